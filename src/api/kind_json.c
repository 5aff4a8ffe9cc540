/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds of record as the profile has them: what forms are made from. */
#include "api/record_json.h"

static void json_choices(Json *json, const Visit *visit, const ChoiceList *list)
{
    json_field_array_begin(json, S("choices"));
    for (size_t i = 0; i < list->n; i++) {
        json_object_begin(json);
        json_field_str(json, S("code"), list->items[i].code);
        json_field_str(json, S("label"), label_text(list->items[i].label, visit->language));
        if (list->items[i].note.zh.n || list->items[i].note.en.n)
            json_field_str(json, S("note"), label_text(list->items[i].note, visit->language));
        json_object_end(json);
    }
    json_array_end(json);
}

void json_money_unit(Json *json, const Field *field)
{
    json_field_str(json, S("unit"), field->wan ? S("wan") : S("yuan"));
    json_field_str(json, S("currency"), S("CNY"));
    json_field_int(json, S("unit_yuan"), field->wan ? 10000 : 1);
}

static void json_limits(Json *json, const Field *field)
{
    if (field_has_length(field) && field->max > 0)
        json_field_int(json, S("max"), field->max);
    if (field_has_length(field) && field->min > 0)
        json_field_int(json, S("min"), field->min);
    if (field->type == FIELD_DECIMAL)
        json_field_int(json, S("scale"), field->scale);
    if (field->type == FIELD_MONEY)
        json_money_unit(json, field);
}

void json_field_definition(Json *json, const Visit *visit, const Field *field, bool required)
{
    Str help = label_text(field->help, visit->language);
    json_object_begin(json);
    json_field_str(json, S("name"), field->name);
    json_field_str(json, S("type"), field_type_word(field->type));
    json_field_str(json, S("label"), label_text(field->label, visit->language));
    if (help.n)
        json_field_str(json, S("help"), help);
    json_field_bool(json, S("required"), required);
    json_field_bool(json, S("public"), field->public_form);
    json_field_bool(json, S("filter"), field->filter);
    json_limits(json, field);
    if (field->to)
        json_field_str(json, S("to"), field->to->name);
    if (field->choices)
        json_choices(json, visit, field->choices);
    json_object_end(json);
}

static void json_states(Json *json, const Visit *visit, const Flow *flow)
{
    json_field_array_begin(json, S("states"));
    for (size_t i = 0; i < flow->n_states; i++) {
        json_object_begin(json);
        json_field_str(json, S("name"), flow->states[i].name);
        json_field_str(json, S("label"), label_text(flow->states[i].label, visit->language));
        json_field_bool(json, S("open"), flow->states[i].open);
        json_object_end(json);
    }
    json_array_end(json);
}

static void json_move_lists(Json *json, const Visit *visit, const Move *move)
{
    json_field_array_begin(json, S("from"));
    for (size_t i = 0; i < move->n_from; i++)
        json_str(json, move->from[i]->name);
    json_array_end(json);
    json_field_array_begin(json, S("who"));
    if (move->by_public)
        json_str(json, S("public"));
    if (move->by_clock)
        json_str(json, S("clock"));
    for (size_t i = 0; i < move->n_who; i++)
        json_str(json, move->who[i]->name);
    json_array_end(json);
    json_field_array_begin(json, S("form"));
    for (size_t i = 0; i < move->n_form; i++)
        json_field_definition(json, visit, move->form[i].field,
                              move->form[i].required ||
                                  (move->n_from == 0 && move->form[i].field->required));
    json_array_end(json);
}

static void json_flow_moves(Json *json, const Visit *visit, const Flow *flow)
{
    json_field_array_begin(json, S("moves"));
    for (size_t i = 0; i < flow->n_moves; i++) {
        const Move *move = &flow->moves[i];
        json_object_begin(json);
        json_field_str(json, S("move"), move->name);
        json_field_str(json, S("label"), label_text(move->label, visit->language));
        json_field_str(json, S("says"), label_text(move->says, visit->language));
        json_field_bool(json, S("creates"), move->n_from == 0);
        if (move->to)
            json_field_str(json, S("to"), move->to->name);
        json_field_bool(json, S("primary"), move->primary);
        json_field_bool(json, S("danger"), move->danger);
        json_field_bool(json, S("backdate"), move->backdate);
        json_field_bool(json, S("needs_approval"), move->n_approval > 0);
        json_move_lists(json, visit, move);
        json_object_end(json);
    }
    json_array_end(json);
}

/* Fields that only moves ask for stand with their moves. */
static void json_kind_fields(Json *json, const Visit *visit, const Kind *kind)
{
    json_field_array_begin(json, S("fields"));
    for (size_t i = 0; i < kind->n_fields; i++)
        if (!kind->fields[i]->move_only)
            json_field_definition(json, visit, kind->fields[i], kind->fields[i]->required);
    json_array_end(json);
}

static void json_parents(Json *json, const Kind *kind)
{
    json_field_array_begin(json, S("parents"));
    for (size_t i = 0; i < kind->n_parents; i++)
        json_str(json, kind->parents[i]->name);
    json_array_end(json);
}

void json_kind(Json *json, const Visit *visit, const Kind *kind, bool whole)
{
    json_object_begin(json);
    json_field_str(json, S("kind"), kind->name);
    json_field_str(json, S("label"), label_text(kind->label, visit->language));
    json_field_str(json, S("describe"), label_text(kind->describe, visit->language));
    json_field_bool(json, S("public"), kind_first_move(kind, true) != NULL);
    json_field_bool(json, S("confidential"), kind->confidential);
    json_field_bool(json, S("built_in"), kind->built_in);
    if (kind->number.n)
        json_field_str(json, S("numbering"), kind->number);
    if (kind->n_parents)
        json_parents(json, kind);
    if (whole) {
        json_kind_fields(json, visit, kind);
        if (kind->flow) {
            json_states(json, visit, kind->flow);
            json_flow_moves(json, visit, kind->flow);
        }
    }
    json_object_end(json);
}
