/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of the profile's moves as JSON Schema, from the fields that the binder reads. */
#include "api/openapi.h"
#include "api/record_json.h"
#include "record/form.h"

/* ---- one field ---- */

static Str schema_type(const Field *field)
{
    switch (field->type) {
    case FIELD_NUMBER:
        return S("integer");
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return S("number");
    case FIELD_YES_NO:
        return S("boolean");
    default:
        return S("string");
    }
}

static void write_enum(Json *json, const ChoiceList *list)
{
    json_field_array_begin(json, S("enum"));
    for (size_t i = 0; i < list->n; i++)
        json_str(json, list->items[i].code);
    json_array_end(json);
}

/* Bounds in the unit of the form; what the profile leaves open is not written. */
static void write_bounds(Json *json, const Field *field)
{
    int scale = field_scale(field);
    if (field->min > FIELD_NUMBER_MIN) {
        json_name(json, S("minimum"));
        json_decimal(json, field->min, scale);
    }
    if (field->max < FIELD_NUMBER_MAX) {
        json_name(json, S("maximum"));
        json_decimal(json, field->max, scale);
    }
}

static void write_limits(Json *json, const Field *field)
{
    if (field->type == FIELD_DATE)
        json_field_str(json, S("format"), S("date"));
    else if (field->type == FIELD_NUMBER || field->type == FIELD_DECIMAL ||
             field->type == FIELD_MONEY)
        write_bounds(json, field);
    else if (field_has_length(field)) {
        json_field_int(json, S("minLength"), field->min);
        json_field_int(json, S("maxLength"), field->max);
        if (field->ascii)
            json_field_str(json, S("pattern"), S("^[A-Za-z0-9._-]+$"));
    }
}

static void write_one_value(Json *json, const Field *field)
{
    json_field_str(json, S("type"), schema_type(field));
    if (field->choices)
        write_enum(json, field->choices);
    write_limits(json, field);
}

static bool takes_org(const Field *field)
{
    return !field->to || str_eq(field->to->name, S("org"));
}

static void write_description(Json *json, const Visit *visit, const Field *field)
{
    Buf text = buf_open(visit->arena);
    buf_add(&text, label_text(field->help, visit->language));
    if (field->type == FIELD_MONEY)
        TEXT(&text, text.n ? S(" ") : S(""),
             message(field->wan ? MSG_api_money_wan : MSG_api_money_yuan, visit->language));
    if (field_is_link(field))
        TEXT(&text, text.n ? S(" ") : S(""),
             message(takes_org(field) ? MSG_api_reference_org : MSG_api_reference_record,
                     visit->language));
    if (text.n)
        json_field_str(json, S("description"), buf_str(&text));
}

static void write_field(Json *json, const Visit *visit, const Field *field)
{
    json_field_object_begin(json, field->name);
    json_field_str(json, S("title"), label_text(field->label, visit->language));
    write_description(json, visit, field);
    if (field->type == FIELD_MONEY)
        json_money_unit(json, field);
    if (field_is_link(field))
        json_field_str(json, S("to"), field->to ? field->to->name : S("org"));
    if (field->type == FIELD_CHOICES || field->type == FIELD_ORGANISATIONS) {
        json_field_str(json, S("type"), S("array"));
        json_field_object_begin(json, S("items"));
        write_one_value(json, field);
        json_object_end(json);
    } else {
        write_one_value(json, field);
    }
    json_object_end(json);
}

/* ---- one form ---- */

typedef struct MoveForm {
    const Kind *kind;
    const Move *move;
    bool is_public;
    Str name; /* of the component */
} MoveForm;

static void write_required(Json *json, const MoveFields *fields, bool takes_parent)
{
    json_field_array_begin(json, S("required"));
    if (takes_parent)
        json_str(json, S("parent"));
    for (size_t i = 0; i < fields->n; i++)
        if (fields->p[i].required)
            json_str(json, fields->p[i].field->name);
    json_array_end(json);
}

static void write_form(Json *json, const Visit *visit, const MoveForm *form)
{
    MoveFields fields = form_fields(visit->arena, form->kind, form->move, form->is_public);
    bool takes_parent = form_takes_parent(&fields, form->kind, form->move, form->is_public);
    json_field_object_begin(json, form->name);
    json_field_str(json, S("title"),
                   STR(visit->arena, label_text(form->kind->label, visit->language), ": ",
                       label_text(form->move->label, visit->language)));
    json_field_str(json, S("type"), S("object"));
    json_field_object_begin(json, S("properties"));
    if (takes_parent) {
        json_field_object_begin(json, S("parent"));
        json_field_str(json, S("type"), S("string"));
        json_object_end(json);
    }
    for (size_t i = 0; i < fields.n; i++)
        write_field(json, visit, fields.p[i].field);
    json_object_end(json);
    write_required(json, &fields, takes_parent);
    json_field_bool(json, S("additionalProperties"), false);
    json_object_end(json);
}

/* ---- all forms ---- */

typedef VEC(MoveForm) Forms;

static void forms_add(const Visit *visit, Forms *forms, const Kind *kind, const Move *move,
                      FormSet set)
{
    bool is_public = set == FORMS_PUBLIC_CREATE || set == FORMS_PUBLIC_MOVE;
    bool creates = set == FORMS_CREATE || set == FORMS_PUBLIC_CREATE;
    if (creates != (move->n_from == 0) || !(is_public ? move->by_public : move->n_who > 0))
        return;
    *vec_push(visit->arena, forms) = (MoveForm){
        kind, move, is_public && creates,
        STR(visit->arena, is_public ? S("public.") : S(""), kind->name, ".", move->name)};
}

static Forms forms_of(const Visit *visit, FormSet set)
{
    const Profile *profile = visit->office->profile;
    Forms forms = {0};
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *kind = &profile->kinds[i];
        for (size_t j = 0; kind->flow && j < kind->flow->n_moves; j++)
            forms_add(visit, &forms, kind, &kind->flow->moves[j], set);
    }
    return forms;
}

void openapi_forms(Json *json, const Visit *visit)
{
    for (FormSet set = FORMS_CREATE; set <= FORMS_PUBLIC_MOVE; set++) {
        Forms forms = forms_of(visit, set);
        for (size_t i = 0; i < forms.n; i++)
            write_form(json, visit, &forms.p[i]);
    }
}

static void reference_element(Json *json, Str name)
{
    json_object_begin(json);
    openapi_reference(json, "schemas", name);
    json_object_end(json);
}

void openapi_form_references(Json *json, const Visit *visit, FormSet set)
{
    Forms forms = forms_of(visit, set);
    size_t count;
    const Shape *shapes = operation_shapes(&count);
    for (size_t i = 0; i < forms.n; i++)
        reference_element(json, forms.p[i].name);
    for (size_t i = 0; i < count && set == FORMS_MOVE; i++)
        if (str_starts(str_from_c(shapes[i].name), S(OPERATION_EVERY)))
            reference_element(json, str_from_c(shapes[i].name));
}

/* ---- filters ---- */

/* Declared under the parameters that every list has. */
static bool is_plain_filter(Str name)
{
    size_t count;
    const Parameter *parameters = operation_parameters(&count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(str_from_c(parameters[i].name), name))
            return true;
    return false;
}

static Str kinds_filtered_by(const Visit *visit, Str name)
{
    const Profile *profile = visit->office->profile;
    Buf text = buf_open(visit->arena);
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Field *field = kind_field(&profile->kinds[i], name);
        if (field && field->filter)
            TEXT(&text, text.n ? S(", ") : S(""), profile->kinds[i].name);
    }
    return buf_str(&text);
}

static void write_filter(Json *json, const Visit *visit, const Field *field)
{
    json_object_begin(json);
    json_field_str(json, S("name"), field->name);
    json_field_str(json, S("in"), S("query"));
    json_field_str(json, S("description"),
                   STR(visit->arena, "Filter. Kinds: ", kinds_filtered_by(visit, field->name)));
    json_field_object_begin(json, S("schema"));
    json_field_str(json, S("type"), S("string"));
    json_object_end(json);
    json_object_end(json);
}

void openapi_filters(Json *json, const Visit *visit)
{
    const Profile *profile = visit->office->profile;
    Map seen = map_open(visit->arena);
    for (size_t i = 0; i < profile->n_kinds; i++)
        for (size_t j = 0; j < profile->kinds[i].n_fields; j++) {
            const Field *field = profile->kinds[i].fields[j];
            if (!field->filter || is_plain_filter(field->name) || map_find(&seen, field->name))
                continue;
            map_set(&seen, field->name, (void *)(uintptr_t)field);
            write_filter(json, visit, field);
        }
}
