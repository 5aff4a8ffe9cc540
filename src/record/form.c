/* SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"
#include "record/bind.h"
#include "rule/rule.h"

Str form_text(const FormInput *form, Str name, bool *ret_found)
{
    for (size_t i = 0; i < form->n; i++) {
        if (str_eq(form->pairs[i].name, name)) {
            *ret_found = true;
            return form->pairs[i].text;
        }
    }
    *ret_found = false;
    return (Str){0};
}

bool bind_wrong(Bind *bind, Str name, MessageId message, Str a, Str b)
{
    bind->failed = true;
    return err_field(bind->err, bind->arena, name, message, a, b);
}

/* ---- which fields ---- */

MoveFields form_fields(Arena *arena, const Kind *kind, const Move *move, bool is_public)
{
    MoveFields all = {0}, fields = {0};
    for (size_t i = 0; i < move->n_form; i++)
        *vec_push(arena, &all) = move->form[i];
    if (move->n_form == 0 && (move->n_from == 0 || move->edits))
        for (size_t i = 0; i < kind->n_fields; i++)
            if (!kind->fields[i]->move_only)
                *vec_push(arena, &all) =
                    (MoveField){kind->fields[i], kind->fields[i]->required && move->n_from == 0};
    for (size_t i = 0; i < all.n; i++)
        if (!is_public || all.p[i].field->public_form)
            *vec_push(arena, &fields) = all.p[i];
    return fields;
}

/* The texts sent for a field, without empty ones; *ret_sent: the name came at all. */
static StrVec form_texts(Bind *bind, Str name, bool *ret_sent)
{
    StrVec texts = {0};
    *ret_sent = false;
    for (size_t i = 0; i < bind->input->n; i++) {
        const FormPair *pair = &bind->input->pairs[i];
        if (!str_eq(pair->name, name))
            continue;
        *ret_sent = true;
        if (text_narrow(bind->arena, pair->text).n)
            *vec_push(bind->arena, &texts) = pair->text;
    }
    return texts;
}

static bool form_takes(const MoveFields *fields, Str name)
{
    for (size_t i = 0; i < fields->n; i++)
        if (str_eq(fields->p[i].field->name, name))
            return true;
    return false;
}

bool form_takes_parent(const MoveFields *fields, const Kind *kind, const Move *move, bool is_public)
{
    return kind->n_parents && move->n_from == 0 && !is_public && !form_takes(fields, S("parent"));
}

/* ---- one field ---- */

static bool bind_value(Bind *bind, const BindField *sent, Value *ret)
{
    switch (sent->field->type) {
    case FIELD_TEXT:
    case FIELD_LONG_TEXT:
        return bind_text(bind, sent, ret);
    case FIELD_NUMBER:
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return bind_number(bind, sent, ret);
    case FIELD_DATE:
        return bind_date(bind, sent, ret);
    case FIELD_YES_NO:
        return bind_yes_no(bind, sent, ret);
    case FIELD_CHOICE:
    case FIELD_CHOICES:
        return bind_choices(bind, sent, ret);
    case FIELD_ORGANISATION:
    case FIELD_ORGANISATIONS:
    case FIELD_POST:
    case FIELD_PLACE:
    case FIELD_RECORD:
        return bind_references(bind, sent, ret);
    case FIELD_ATTACHMENT:
        return bind_attachment(bind, sent, ret);
    case FIELD_CODE:
        return bind_code(bind, sent, ret);
    case FIELD_CONTACT:
    case FIELD_PHONE:
    case FIELD_TYPE__COUNT:
        break;
    }
    ASSERT(false);
    return false;
}

static bool takes_several(const Field *field)
{
    return field->type == FIELD_CHOICES || field->type == FIELD_ORGANISATIONS;
}

static bool bind_is_one(Bind *bind, const BindField *sent)
{
    for (size_t i = 1; i < sent->n && !takes_several(sent->field); i++)
        if (!str_eq(sent->texts[i], sent->texts[0]))
            return bind_wrong(bind, sent->field->name, MSG_form_only_one, S(""), S(""));
    return true;
}

static void bind_keep(Bind *bind, const Field *field, Value value)
{
    if (fact_is_nothing(field->name, value))
        *vec_push(bind->arena, &bind->form->cleared) = field->name;
    else
        values_set(bind->arena, &bind->form->values, field->name, value);
}

static void bind_field(Bind *bind, const MoveField *item)
{
    const Field *field = item->field;
    bool was_sent;
    StrVec texts = form_texts(bind, field->name, &was_sent);
    BindField sent = {field, texts.p, texts.n};
    Value value = VALUE_NOTHING;
    if (texts.n == 0) {
        if (item->required || (was_sent && field->required))
            bind_wrong(bind, field->name, MSG_form_required, S(""), S(""));
        else if (was_sent && !field_is_personal(field))
            *vec_push(bind->arena, &bind->form->cleared) = field->name;
        return;
    }
    if (!bind_is_one(bind, &sent))
        return;
    if (field_is_personal(field))
        bind_personal(bind, &sent);
    else if (bind_value(bind, &sent, &value))
        bind_keep(bind, field, value);
}

/* The record a new child belongs to. */
static void bind_parent(Bind *bind)
{
    bool found;
    Str name = S("parent");
    Str reference = text_narrow(bind->arena, form_text(bind->input, name, &found));
    int64_t id = 0;
    if (reference.n == 0) {
        bind_wrong(bind, name, MSG_form_required, S(""), S(""));
        return;
    }
    for (size_t i = 0; !id && bind->lookup && i < bind->kind->n_parents; i++)
        id = bind->lookup->record(bind->lookup->context, bind->kind->parents[i], reference);
    if (id)
        values_set(bind->arena, &bind->form->values, name, value_int(id));
    else
        bind_wrong(bind, name, MSG_form_no_such_record, reference, S(""));
}

/* ---- the form ---- */

static void bind_unknown(Bind *bind, const MoveFields *fields, bool takes_parent)
{
    StrVec told = {0};
    for (size_t i = 0; i < bind->input->n; i++) {
        Str name = bind->input->pairs[i].name;
        bool known = str_starts(name, S("_")) || form_takes(fields, name) ||
                     (takes_parent && str_eq(name, S("parent")));
        for (size_t j = 0; j < told.n && !known; j++)
            known = str_eq(told.p[j], name);
        if (known)
            continue;
        *vec_push(bind->arena, &told) = name;
        bind_wrong(bind, name, MSG_form_unknown_field, S(""), S(""));
    }
}

/* Of what the public is not asked the profile may know the answer: by which channel it came. */
static void bind_unasked(Bind *bind, const Move *move)
{
    for (size_t i = 0; i < move->n_form && move->n_from == 0; i++) {
        const Field *field = move->form[i].field;
        if (!field->public_form && field->unasked.type != VALUE_NONE)
            values_set(bind->arena, &bind->form->values, field->name, field->unasked);
    }
}

bool form_bind(Arena *arena, const Office *office, const Kind *kind, const Move *move,
               const FormInput *input, bool is_public, const FormLookup *lookup,
               BoundForm *ret_form, Err *err)
{
    BoundForm form = {0};
    Bind bind = {.arena = arena,
                 .office = office,
                 .kind = kind,
                 .lookup = lookup,
                 .input = input,
                 .form = &form,
                 .err = err};
    MoveFields fields = form_fields(arena, kind, move, is_public);
    bool takes_parent = form_takes_parent(&fields, kind, move, is_public);
    if (takes_parent)
        bind_parent(&bind);
    for (size_t i = 0; i < fields.n; i++)
        bind_field(&bind, &fields.p[i]);
    if (is_public)
        bind_unasked(&bind, move);
    bind_unknown(&bind, &fields, takes_parent);
    if (bind.failed)
        return false;
    *ret_form = form;
    return true;
}

/* ---- back to text ---- */

static Str org_code(const Office *office, int64_t id)
{
    const Org *org = office ? org_find(&office->orgs, id) : NULL;
    return org ? org->code : (Str){0};
}

static Str number_text(Arena *arena, const Office *office, const Field *field, int64_t number)
{
    Buf buf = buf_open(arena);
    switch (field->type) {
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        decimal_write(&buf, number, field_scale(field), true);
        break;
    case FIELD_DATE:
        day_write(&buf, (Day)number);
        break;
    case FIELD_PLACE:
    case FIELD_ORGANISATION:
    case FIELD_ORGANISATIONS:
        return org_code(office, number);
    case FIELD_RECORD:
    case FIELD_POST:
        break;
    default:
        buf_int(&buf, number);
    }
    return buf_str(&buf);
}

Str form_value_text(Arena *arena, const Office *office, const Field *field, Value value)
{
    Buf buf = buf_open(arena);
    if (value.type == VALUE_TEXT)
        return value.text;
    if (value.type == VALUE_INT)
        return number_text(arena, office, field, value.number);
    for (size_t i = 0; i < value.count; i++) {
        Str one = value.type == VALUE_CODES ? value.codes[i]
                                            : number_text(arena, office, field, value.ids[i]);
        if (one.n && buf.n)
            buf_byte(&buf, ',');
        buf_add(&buf, one);
    }
    return buf_str(&buf);
}
