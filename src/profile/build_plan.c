/* SPDX-License-Identifier: Apache-2.0 */
/* Which kinds make up the plan. Its pages read fields by name, so a kind that is a part of the plan
 * must have them, each of its type. */
#include "profile/build.h"

#define PART_WORDS S("plan node item milestone target")

static const struct {
    PlanPart part;
    Str name;
    FieldType type;
    bool optional;
} plan_fields[] = {
    {PLAN_ROOT, S_CONST("year"), FIELD_NUMBER, false},
    {PLAN_ROOT, S_CONST("pattern"), FIELD_TEXT, true},
    {PLAN_NODE, S_CONST("code"), FIELD_CODE, false},
    {PLAN_NODE, S_CONST("above"), FIELD_RECORD, false},
    {PLAN_NODE, S_CONST("tier"), FIELD_TEXT, true},
    {PLAN_NODE, S_CONST("position"), FIELD_NUMBER, true},
    {PLAN_ITEM, S_CONST("lead"), FIELD_ORGANISATION, false},
    {PLAN_ITEM, S_CONST("co_units"), FIELD_ORGANISATIONS, true},
    {PLAN_ITEM, S_CONST("from_on"), FIELD_DATE, true},
    {PLAN_ITEM, S_CONST("until_on"), FIELD_DATE, false},
    {PLAN_MILESTONE, S_CONST("day"), FIELD_DATE, false},
    {PLAN_MILESTONE, S_CONST("value"), FIELD_DECIMAL, true},
    {PLAN_TARGET, S_CONST("figure"), FIELD_CHOICE, false},
    {PLAN_TARGET, S_CONST("comparator"), FIELD_CHOICE, false},
    {PLAN_TARGET, S_CONST("value"), FIELD_DECIMAL, false},
    {PLAN_TARGET, S_CONST("from_on"), FIELD_DATE, true},
    {PLAN_TARGET, S_CONST("until_on"), FIELD_DATE, true},
    {PLAN_TARGET, S_CONST("scope"), FIELD_PLACE, true},
};

static const Str comparators[COMPARE__COUNT] = {
    [COMPARE_AT_LEAST] = S_CONST("at_least"), [COMPARE_MORE_THAN] = S_CONST("more_than"),
    [COMPARE_AT_MOST] = S_CONST("at_most"),   [COMPARE_EXACTLY] = S_CONST("exactly"),
    [COMPARE_ALL] = S_CONST("all"),           [COMPARE_STRETCH] = S_CONST("stretch"),
};

Str comparator_word(Comparator comparator)
{
    return comparators[comparator];
}

Comparator comparator_of(Str word)
{
    Comparator comparator = 0;
    while (comparator < COMPARE__COUNT && !str_eq(comparators[comparator], word))
        comparator++;
    return comparator;
}

/* The place of the word among the known ones, from 1; 0 when missing or reported. */
static size_t word_read(Load *load, const Node *node, Str key, Str words)
{
    StrVec known = words_of(load->scratch, words);
    Str word = read_text(load, node, key);
    for (size_t i = 0; i < known.n; i++) {
        if (str_eq(known.p[i], word))
            return i + 1;
    }
    if (word.n > 0)
        fault_unknown(load, key_position(node, key), MSG_profile_unknown_word, word, key, &known);
    return 0;
}

PlanPart plan_part_read(Load *load, const Node *node)
{
    return (PlanPart)word_read(load, node, S("plan"), PART_WORDS);
}

/* ---- the kinds ---- */

static void check_comparators(Load *load, const Field *field)
{
    StrVec known = {0};
    for (Comparator one = 0; one < COMPARE__COUNT; one++)
        *vec_push(load->scratch, &known) = comparators[one];
    for (size_t i = 0; i < field->choices->n; i++) {
        Str code = field->choices->items[i].code;
        if (comparator_of(code) == COMPARE__COUNT)
            fault_unknown(load, field->position, MSG_profile_unknown_word, code, field->name,
                          &known);
    }
}

/* A target names a figure of this profile, and compares in a way that is known. */
static void check_target(Load *load, const Kind *kind)
{
    const Field *figure = kind_field(kind, S("figure"));
    const Field *comparator = kind_field(kind, S("comparator"));
    if (figure->choices != NULL && !str_eq(figure->choices->name, CHOICES_FIGURE))
        fault(load, figure->position, MSG_profile_plan_figure, figure->choices->name);
    if (comparator->choices != NULL)
        check_comparators(load, comparator);
}

static bool check_part(Load *load, const Kind *kind)
{
    size_t before = load->diagnostics->n;
    for (size_t i = 0; i < COUNT_OF(plan_fields); i++) {
        const Field *field = kind_field(kind, plan_fields[i].name);
        if (plan_fields[i].part != kind->plan_part || (field == NULL && plan_fields[i].optional) ||
            (field != NULL && field->type == FIELD_TYPE__COUNT))
            continue;
        if (field == NULL || field->type != plan_fields[i].type)
            fault(load, field != NULL ? field->position : kind->position, MSG_profile_plan_field,
                  kind->name, plan_fields[i].name, field_type_word(plan_fields[i].type));
    }
    return load->diagnostics->n == before;
}

static void build_part(Load *load, const Kind *kind)
{
    const Kind **part = &load->profile->plan_parts[kind->plan_part];
    if (*part != NULL)
        fault(load, kind->position, MSG_profile_plan_twice, kind->name, (*part)->name);
    *part = kind;
    if (check_part(load, kind) && kind->plan_part == PLAN_TARGET)
        check_target(load, kind);
}

/* Whatever is in a plan hangs on it. */
static void check_parts(Load *load)
{
    const Kind *const *parts = load->profile->plan_parts;
    for (PlanPart part = PLAN_NODE; part < PLAN__COUNT && parts[PLAN_ROOT] == NULL; part++) {
        if (parts[part] != NULL)
            fault(load, parts[part]->position, MSG_profile_plan_rootless, parts[part]->name);
    }
}

/* ---- the lists ---- */

static void build_lists(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_PLAN_LIST];
    PlanList *lists = NEW_ARRAY(load->arena, PlanList, all->n);
    for (size_t i = 0; i < all->n; i++) {
        const Node *node = all->p[i].node;
        size_t rows = word_read(load, node, S("rows"), S("targets items units"));
        check_keys(load, node, S("plan_list label describe rows"));
        if (node_get(node, S("rows")) == NULL)
            fault(load, all->p[i].position, MSG_profile_missing, S("rows"));
        lists[i] = (PlanList){.name = all->p[i].name,
                              .label = read_required_label(load, node, S("label")),
                              .describe = read_label(load, node, S("describe")),
                              .rows = (PlanRows)(rows ? rows - 1 : 0),
                              .position = all->p[i].position};
        check_label_redline(load, node, S("label"), lists[i].label);
    }
    load->profile->plan_lists = lists;
    load->profile->n_plan_lists = all->n;
}

void build_plan(Load *load)
{
    for (size_t i = 0; i < load->profile->n_kinds; i++) {
        if (load->kinds[i].plan_part != PLAN_NONE)
            build_part(load, &load->kinds[i]);
    }
    check_parts(load);
    build_lists(load);
}
