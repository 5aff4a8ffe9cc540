/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/build.h"
#include "profile/redline.h"

#define BIT(type) (1u << (type))
#define NUMBERS   (BIT(FIELD_NUMBER) | BIT(FIELD_DECIMAL) | BIT(FIELD_MONEY))
#define TEXTS     (BIT(FIELD_TEXT) | BIT(FIELD_LONG_TEXT) | BIT(FIELD_CODE))
#define LISTS     (BIT(FIELD_CHOICE) | BIT(FIELD_CHOICES))
#define ORGS      (BIT(FIELD_ORGANISATION) | BIT(FIELD_ORGANISATIONS))
#define PERSONAL  (BIT(FIELD_CONTACT) | BIT(FIELD_PHONE))
#define BIG       FIELD_NUMBER_MAX

/* Keys that only some types know. */
static const struct {
    Str key;
    unsigned types;
} typed_keys[] = {
    {S_CONST("min"), NUMBERS | TEXTS},
    {S_CONST("max"), NUMBERS | TEXTS},
    {S_CONST("scale"), BIT(FIELD_DECIMAL)},
    {S_CONST("unit"), BIT(FIELD_MONEY)},
    {S_CONST("of"), LISTS},
    {S_CONST("to"), BIT(FIELD_RECORD) | BIT(FIELD_POST) | ORGS},
    {S_CONST("credit_code"), BIT(FIELD_CODE)},
    {S_CONST("ascii"), BIT(FIELD_CODE)},
    {S_CONST("unique"), BIT(FIELD_TEXT) | BIT(FIELD_CODE)},
    {S_CONST("told"), TEXTS},
    {S_CONST("raised_by"), BIT(FIELD_RECORD)},
    {S_CONST("disputant"), BIT(FIELD_TEXT)},
    {S_CONST("not"), BIT(FIELD_DATE)},
    {S_CONST("filter"), ~(PERSONAL | BIT(FIELD_LONG_TEXT) | BIT(FIELD_ATTACHMENT))},
    {S_CONST("list"), ~(PERSONAL | BIT(FIELD_ATTACHMENT))},
};

/* These names mean the same in every kind and have typed columns. */
static const struct {
    Str name;
    unsigned types;
    Str type_name;
} well_known[] = {
    {S_CONST("title"), BIT(FIELD_TEXT), S_CONST("text")},
    {S_CONST("body"), BIT(FIELD_LONG_TEXT), S_CONST("long_text")},
    {S_CONST("place"), BIT(FIELD_PLACE), S_CONST("place")},
    {S_CONST("lead"), BIT(FIELD_ORGANISATION), S_CONST("organisation")},
    {S_CONST("co_units"), BIT(FIELD_ORGANISATIONS), S_CONST("organisations")},
    {S_CONST("submitter"), BIT(FIELD_ORGANISATION), S_CONST("organisation")},
    {S_CONST("category"), BIT(FIELD_CHOICE), S_CONST("choice")},
    {S_CONST("amount"), BIT(FIELD_MONEY), S_CONST("money")},
    {S_CONST("result"), BIT(FIELD_CHOICE), S_CONST("choice")},
    {S_CONST("public_title"), BIT(FIELD_TEXT) | BIT(FIELD_LONG_TEXT), S_CONST("text")},
    {S_CONST("public_body"), BIT(FIELD_TEXT) | BIT(FIELD_LONG_TEXT), S_CONST("long_text")},
    {S_CONST("public_reply"), BIT(FIELD_TEXT) | BIT(FIELD_LONG_TEXT), S_CONST("long_text")},
};

static FieldType read_type(Load *load, const Node *node)
{
    Str text = read_required_text(load, node, S("type"));
    StrVec known = {0};
    for (FieldType type = 0; type < FIELD_TYPE__COUNT; type++) {
        *vec_push(load->scratch, &known) = field_type_word(type);
        if (str_eq(text, field_type_word(type)))
            return type;
    }
    if (text.n > 0)
        fault_unknown(load, key_position(node, S("type")), MSG_profile_unknown_type, text, (Str){0},
                      &known);
    return FIELD_TYPE__COUNT;
}

static void check_field_name(Load *load, const Node *node, const Field *field)
{
    Position position = key_position(node, S("name"));
    check_redline(load, position, field->name);
    if (!name_is_good(field->name)) {
        if (!redline_refuses(field->name, NULL))
            check_name(load, position, field->name);
        return;
    }
    if (fact_is_reserved(field->name) || str_eq(field->name, S("any")) ||
        str_eq(field->name, S("not")))
        fault(load, position, MSG_profile_reserved_name, field->name);
    for (size_t i = 0; i < COUNT_OF(well_known) && field->type != FIELD_TYPE__COUNT; i++) {
        if (str_eq(field->name, well_known[i].name) && !(BIT(field->type) & well_known[i].types))
            fault(load, key_position(node, S("type")), MSG_profile_well_known_type, field->name,
                  well_known[i].type_name);
    }
}

static void check_typed_keys(Load *load, const Node *node, const Field *field)
{
    if (field->type == FIELD_TYPE__COUNT)
        return;
    for (size_t i = 0; i < COUNT_OF(typed_keys); i++) {
        const NodePair *pair = node_pair(node, typed_keys[i].key);
        if (pair != NULL && !(BIT(field->type) & typed_keys[i].types))
            fault(load, pair->position, MSG_profile_key_not_for_type, typed_keys[i].key,
                  field_type_word(field->type));
    }
}

static void read_limits(Load *load, const Node *node, Field *field)
{
    bool text = BIT(field->type) & TEXTS;
    int64_t most = field->type == FIELD_LONG_TEXT ? 1000000 : field->type == FIELD_CODE ? 64 : 1000;
    IntRange min = {text ? 0 : -BIG, text ? most : BIG, text ? 0 : -BIG};
    IntRange max = {text ? 1 : -BIG, text ? most : BIG, text ? MIN(most, 4000) : BIG};
    if (field->type == FIELD_TEXT)
        max.preset = 200;
    if (!text && !(BIT(field->type) & NUMBERS))
        return;
    field->min = read_int(load, node, S("min"), min);
    field->max = read_int(load, node, S("max"), max);
    if (field->min > field->max)
        fault(load, key_position(node, S("min")), MSG_profile_min_over_max);
}

static void link_choices(Load *load, const Node *node, Field *field)
{
    Str name = read_required_text(load, node, S("of"));
    StrVec known = document_names(load, HEAD_CHOICES);
    *vec_push(load->scratch, &known) = CHOICES_FIGURE;
    *vec_push(load->scratch, &known) = CHOICES_ASSESSMENT;
    *vec_push(load->scratch, &known) = CHOICES_STOCK_FIGURE;
    field->choices = profile_choices(load->profile, name);
    if (name.n > 0 && field->choices == NULL)
        fault_unknown(load, key_position(node, S("of")), MSG_profile_unknown_choices, name,
                      (Str){0}, &known);
}

static void link_to(Load *load, const Node *node, Field *field)
{
    const Node *to = node_get(node, S("to"));
    if (to != NULL)
        field->to = kind_named(load, to);
    else if (field->type == FIELD_RECORD || field->type == FIELD_POST)
        fault(load, node->position, MSG_profile_missing, S("to"));
}

static void read_money_unit(Load *load, const Node *node, Field *field)
{
    Str unit = read_text(load, node, S("unit"));
    field->wan = str_eq(unit, S("wan"));
    if (unit.n > 0 && !field->wan)
        fault(load, key_position(node, S("unit")), MSG_profile_bad_unit, unit);
}

/* The place of the key's value among the words, from 1; 0 when there is none. */
static int read_word(Load *load, const Node *node, Str key, Str words)
{
    Str word = read_text(load, node, key);
    StrVec known = words_of(load->scratch, words);
    for (size_t i = 0; i < known.n; i++)
        if (str_eq(word, known.p[i]))
            return (int)i + 1;
    if (word.n > 0)
        fault_unknown(load, key_position(node, key), MSG_profile_unknown_word, word, key, &known);
    return 0;
}

static void read_flags(Load *load, const Node *node, Field *field)
{
    field->required = read_flag(load, node, S("required"));
    field->filter = read_flag(load, node, S("filter"));
    field->list = read_flag(load, node, S("list"));
    field->public_form = read_flag(load, node, S("public"));
    field->check_credit_code = read_flag(load, node, S("credit_code"));
    field->ascii = read_flag(load, node, S("ascii"));
    field->unique = read_flag(load, node, S("unique"));
    field->told = read_flag(load, node, S("told"));
    field->raised_by = read_flag(load, node, S("raised_by"));
}

/* A value of the field itself, under `key`. */
static void read_own_value(Load *load, const Node *node, Str key, const Field *field, Value *value)
{
    const Node *own = node_get(node, key);
    Kind alone = {.name = field->name};
    const Field *fields[] = {field};
    Fact fact;
    if (own == NULL || field->type == FIELD_TYPE__COUNT)
        return;
    alone.fields = fields;
    alone.n_fields = 1;
    if (fact_find(load->profile, &alone, field->name, &fact))
        (void)value_build(load, &alone, field->name, &fact, own, value);
}

static void read_unasked(Load *load, const Node *node, Field *field)
{
    read_own_value(load, node, S("unasked"), field, &field->unasked);
    if (node_get(node, S("unasked")) != NULL && field->public_form)
        fault(load, key_position(node, S("unasked")), MSG_profile_unasked_is_asked, field->name);
}

Field *field_build(Load *load, const Node *node)
{
    Field *field = NEW(load->arena, Field);
    check_keys(load, node,
               S("name type label help required min max scale unit of to filter list public "
                 "credit_code ascii unique told disputant not preset unasked raised_by"));
    field->position = key_position(node, S("name"));
    field->name = read_required_text(load, node, S("name"));
    field->type = read_type(load, node);
    field->label = read_required_label(load, node, S("label"));
    field->help = read_label(load, node, S("help"));
    field->scale = (int)read_int(load, node, S("scale"), (IntRange){0, 6, 0});
    check_typed_keys(load, node, field);
    if (field->type != FIELD_TYPE__COUNT)
        read_limits(load, node, field);
    if (field->type == FIELD_CHOICE || field->type == FIELD_CHOICES)
        link_choices(load, node, field);
    if (BIT(field->type) & (BIT(FIELD_RECORD) | BIT(FIELD_POST) | ORGS))
        link_to(load, node, field);
    read_money_unit(load, node, field);
    field->disputant = (Disputant)read_word(load, node, S("disputant"), S("a b"));
    field->day_bound = (DayBound)read_word(load, node, S("not"), S("future past"));
    read_flags(load, node, field);
    if (field->name.n > 0)
        check_field_name(load, node, field);
    check_label_redline(load, node, S("label"), field->label);
    read_own_value(load, node, S("preset"), field, &field->preset);
    read_unasked(load, node, field);
    return field;
}
