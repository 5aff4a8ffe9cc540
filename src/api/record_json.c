/* SPDX-License-Identifier: Apache-2.0 */
#include "api/record_json.h"

#include "base/number.h"

void json_light(Json *json, Light light)
{
    static const Str words[] = {
        [LIGHT_NONE] = S_CONST(""),           [LIGHT_ON_COURSE] = S_CONST("green"),
        [LIGHT_NEAR] = S_CONST("yellow"),     [LIGHT_LATE] = S_CONST("red"),
        [LIGHT_STANDING] = S_CONST("paused"),
    };
    if (light == LIGHT_NONE)
        json_none(json);
    else
        json_str(json, words[light]);
}

/* ---- values ---- */

static void json_number_of(Json *json, const Field *field, int64_t number)
{
    switch (field->type) {
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        json_decimal(json, number, field_scale(field));
        break;
    case FIELD_DATE:
        json_day(json, (Day)number);
        break;
    case FIELD_YES_NO:
        json_bool(json, number != 0);
        break;
    default:
        json_int(json, number);
    }
}

static void json_links_of(Json *json, Visit *visit, const Field *field, Value value)
{
    bool several = field->type == FIELD_ORGANISATIONS;
    if (!several) {
        int64_t id = value.type == VALUE_INT ? value.number : value.count ? value.ids[0] : 0;
        json_str(json, view_reference(visit, id));
        return;
    }
    json_array_begin(json);
    for (size_t i = 0; value.type == VALUE_IDS && i < value.count; i++)
        json_str(json, view_reference(visit, value.ids[i]));
    json_array_end(json);
}

/* A value as a form would send it: 12.5, "2023-10-20", true, codes, "TL-GXJ". */
static void json_field_value_of(Json *json, Visit *visit, const FieldView *view)
{
    if (view->masked)
        json_str(json, view->text);
    else if (view->value.type == VALUE_NONE)
        json_none(json);
    else if (field_is_link(view->field))
        json_links_of(json, visit, view->field, view->value);
    else if (view->value.type == VALUE_INT)
        json_number_of(json, view->field, view->value.number);
    else
        json_value(json, view->value);
}

void json_fields(Json *json, Visit *visit, const FieldView *fields, size_t count)
{
    json_field_object_begin(json, S("fields"));
    for (size_t i = 0; i < count; i++) {
        json_name(json, fields[i].field->name);
        json_field_value_of(json, visit, &fields[i]);
    }
    json_object_end(json);
    json_field_object_begin(json, S("texts"));
    for (size_t i = 0; i < count; i++)
        json_field_str(json, fields[i].field->name, fields[i].text);
    json_object_end(json);
}

/* ---- rows ---- */

void json_text_or_null(Json *json, Str name, Str text)
{
    if (text.n)
        json_field_str(json, name, text);
    else
        json_field_none(json, name);
}

static Str row_number(const Visit *visit, const RecordRow *row)
{
    return row->number.n ? row->number : STR(visit->arena, row->id);
}

static void row_members(Json *json, const Visit *visit, const RecordRow *row)
{
    json_field_str(json, S("kind"), row->kind ? row->kind->name : S(""));
    json_field_str(json, S("number"), row_number(visit, row));
    json_field_int(json, S("id"), row->id);
    json_field_str(json, S("title"), row->title);
    json_field_str(json, S("status"), row->status);
    json_field_str(json, S("status_label"), row->status_label);
    json_text_or_null(json, S("result_label"), row->result_label);
    json_text_or_null(json, S("place_label"), row->place);
    json_text_or_null(json, S("lead_label"), row->lead);
    json_name(json, S("light"));
    json_light(json, row->light);
    json_field_day(json, S("due_on"), row->due);
    json_text_or_null(json, S("left"), row_left(visit, row));
    json_field_instant(json, S("created_at"), row->created_at);
    json_field_instant(json, S("closed_at"), row->closed_at);
    json_field_bool(json, S("voided"), row->voided);
    json_field_bool(json, S("pending"), row->pending);
    json_text_or_null(json, S("next_move"), row->next_move);
}

static void json_row(Json *json, Visit *visit, const RecordRow *row)
{
    json_object_begin(json);
    row_members(json, visit, row);
    json_fields(json, visit, row->columns, row->n_columns);
    json_object_end(json);
}

void json_rows(Json *json, Visit *visit, Str name, const RecordRow *rows, size_t count)
{
    json_field_array_begin(json, name);
    for (size_t i = 0; i < count; i++)
        json_row(json, visit, &rows[i]);
    json_array_end(json);
}

void json_list(Json *json, Visit *visit, const ListView *view)
{
    json_object_begin(json);
    json_rows(json, visit, S("records"), view->rows, view->n_rows);
    json_text_or_null(json, S("next"), view->next_cursor);
    json_field_str(json, S("count"), view->count);
    json_object_end(json);
}

/* ---- one record ---- */

static void json_inputs(Json *json, const Visit *visit, const MoveView *move)
{
    json_field_array_begin(json, S("form"));
    for (size_t i = 0; i < move->n_inputs; i++) {
        const InputView *input = &move->inputs[i];
        json_field_definition(json, visit, input->field, input->required);
    }
    json_array_end(json);
}

void json_moves(Json *json, Visit *visit, const MoveView *moves, size_t count)
{
    json_field_array_begin(json, S("moves"));
    for (size_t i = 0; i < count; i++) {
        json_object_begin(json);
        json_field_str(json, S("move"), moves[i].name);
        json_field_str(json, S("label"), moves[i].label);
        json_field_str(json, S("says"), moves[i].says);
        json_field_bool(json, S("primary"), moves[i].move->primary);
        json_field_bool(json, S("needs_approval"), moves[i].needs_approval);
        json_text_or_null(json, S("blocked"), moves[i].blocked);
        json_text_or_null(json, S("proposal"), moves[i].proposal);
        json_inputs(json, visit, &moves[i]);
        json_object_end(json);
    }
    json_array_end(json);
}

static void json_clock(Json *json, const ClockView *clock)
{
    json_name(json, S("clock"));
    if (!clock->due) {
        json_none(json);
        return;
    }
    json_object_begin(json);
    json_field_bool(json, S("runs"), clock->runs);
    json_field_day(json, S("from"), clock->from);
    json_field_day(json, S("due_on"), clock->due);
    json_field_str(json, S("within"), clock->within);
    json_field_str(json, S("source"), clock->source);
    json_field_bool(json, S("provisional"), clock->provisional);
    json_object_end(json);
}

static void json_result(Json *json, Visit *visit, const RecordView *view)
{
    json_name(json, S("result"));
    for (size_t i = 0; i < view->n_fields; i++)
        if (str_eq(view->fields[i].field->name, S("result"))) {
            json_field_value_of(json, visit, &view->fields[i]);
            return;
        }
    json_none(json);
}

static void json_pending(Json *json, Visit *visit, const RecordView *view)
{
    json_name(json, S("waiting"));
    if (view->pending_label.n == 0) {
        json_none(json);
        return;
    }
    json_object_begin(json);
    json_field_str(json, S("label"), view->pending_label);
    json_field_str(json, S("by"), view->pending_by);
    json_field_bool(json, S("may_decide"), view->may_decide);
    json_fields(json, visit, view->pending_fields, view->n_pending_fields);
    json_object_end(json);
}

void json_extensions(Json *json, const ExtensionView *views, size_t count)
{
    json_field_array_begin(json, S("extensions"));
    for (size_t i = 0; i < count; i++) {
        json_object_begin(json);
        json_field_str(json, S("move_label"), views[i].move);
        json_field_str(json, S("asked_by"), views[i].asked_by);
        json_field_instant(json, S("asked_at"), views[i].asked_at);
        json_field_str(json, S("reason"), views[i].reason);
        json_field_bool(json, S("agreed"), views[i].agreed);
        json_field_str(json, S("decided_by"), views[i].decided_by);
        json_field_instant(json, S("decided_at"), views[i].decided_at);
        json_field_day(json, S("old_due_on"), views[i].old_due);
        json_field_day(json, S("new_due_on"), views[i].new_due);
        json_field_str(json, S("refused_reason"), views[i].refused_reason);
        json_object_end(json);
    }
    json_array_end(json);
}

static void json_more(Json *json, const RecordView *view)
{
    json_field_array_begin(json, S("more_children"));
    for (size_t i = 0; i < view->n_more; i++) {
        json_object_begin(json);
        json_field_str(json, S("kind"), view->more[i].kind->name);
        json_field_int(json, S("count"), view->more[i].count);
        json_object_end(json);
    }
    json_array_end(json);
}

void json_record(Json *json, Visit *visit, const RecordView *view)
{
    json_object_begin(json);
    row_members(json, visit, &view->row);
    json_field_int(json, S("version"), view->version);
    json_result(json, visit, view);
    json_fields(json, visit, view->fields, view->n_fields);
    json_clock(json, &view->clock);
    json_moves(json, visit, view->moves, view->n_moves);
    json_pending(json, visit, view);
    json_field_bool(json, S("has_contact"), view->has_contact);
    json_field_bool(json, S("may_reveal_contact"), view->may_reveal);
    json_extensions(json, view->extensions, view->n_extensions);
    json_rows(json, visit, S("children"), view->children, view->n_children);
    json_more(json, view);
    json_rows(json, visit, S("linked"), view->linked, view->n_linked);
    json_object_end(json);
}

void json_history(Json *json, Visit *visit, const HistoryView *history, size_t count)
{
    json_field_array_begin(json, S("entries"));
    for (size_t i = 0; i < count; i++) {
        json_object_begin(json);
        json_field_int(json, S("sequence"), history[i].sequence);
        json_field_instant(json, S("at"), history[i].at);
        json_field_instant(json, S("recorded_at"), history[i].recorded_at);
        json_field_str(json, S("who"), history[i].who);
        json_field_str(json, S("move"), history[i].move);
        json_field_str(json, S("label"), history[i].what);
        json_fields(json, visit, history[i].changes, history[i].n_changes);
        json_object_end(json);
    }
    json_array_end(json);
}

void json_number(Json *json, Str name, Str text)
{
    size_t point = str_find(text, S("."), 0);
    int scale = point == SIZE_MAX ? 0 : (int)(text.n - point - 1);
    int64_t number;
    json_name(json, name);
    if (text.n > 0 && scale <= 9 && decimal_parse(text, scale, &number))
        json_decimal(json, number, scale);
    else
        json_none(json);
}
