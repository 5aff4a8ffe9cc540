/* SPDX-License-Identifier: Apache-2.0 */
/* /supervision: the same views as the pages. */
#include "api/handlers.h"
#include "api/record_json.h"
#include "view/supervision_view.h"

static void write_row(Json *json, const SheetRow *sheet)
{
    json_object_begin(json);
    json_field_str(json, S("kind"), sheet->row.kind->name);
    json_field_str(json, S("number"), sheet->row.number);
    json_field_str(json, S("title"), sheet->row.title);
    json_field_str(json, S("status"), sheet->row.status);
    json_field_str(json, S("unit"), sheet->unit_code);
    json_name(json, S("light"));
    json_light(json, sheet->row.light);
    json_field_day(json, S("due_on"), sheet->row.due);
    json_field_bool(json, S("due_in_week"), sheet->is_due);
    json_field_bool(json, S("newly_overdue"), sheet->is_new_late);
    json_field_str(json, S("step_label"), sheet->step);
    json_field_str(json, S("step_number"), sheet->step_number);
    json_field_instant(json, S("step_at"), sheet->step_at);
    json_extensions(json, sheet->extensions, sheet->n_extensions);
    json_object_end(json);
}

static void write_rows(Json *json, Str name, const SheetRows *rows)
{
    json_field_array_begin(json, name);
    for (size_t i = 0; i < rows->n; i++)
        write_row(json, &rows->p[i]);
    json_array_end(json);
}

HttpOutcome api_supervision(HttpRequest *request, HttpResponse *response)
{
    SupervisionView view;
    Err err = {0};
    Json json;
    if (!supervision_view(visit_of(request), &view, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_day(&json, S("from"), view.from);
    json_field_day(&json, S("to"), view.to);
    json_field_array_begin(&json, S("units"));
    for (size_t i = 0; i < view.n_units; i++) {
        const UnitView *unit = &view.units[i];
        json_object_begin(&json);
        json_field_str(&json, S("code"), unit->code);
        json_field_str(&json, S("label"), unit->unit);
        json_field_int(&json, S("red"), unit->red);
        json_field_int(&json, S("yellow"), unit->yellow);
        json_field_int(&json, S("green"), unit->green);
        json_field_int(&json, S("paused"), unit->paused);
        json_field_int(&json, S("newly_overdue"), (int64_t)unit->new_late);
        json_field_int(&json, S("second_stage"), (int64_t)unit->second);
        json_object_end(&json);
    }
    json_array_end(&json);
    write_rows(&json, S("newly_overdue"), &view.new_late);
    write_rows(&json, S("second_stage"), &view.second);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_sheet(HttpRequest *request, HttpResponse *response)
{
    SheetView view;
    Err err = {0};
    Json json;
    if (!sheet_view(visit_of(request), http_param(request, S("unit")), &view, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("code"), view.code);
    json_field_str(&json, S("label"), view.unit);
    json_field_day(&json, S("from"), view.from);
    json_field_day(&json, S("to"), view.to);
    json_field_day(&json, S("as_of"), view.as_of);
    json_field_object_begin(&json, S("lights"));
    json_field_int(&json, S("red"), (int64_t)view.lights[LIGHT_LATE]);
    json_field_int(&json, S("yellow"), (int64_t)view.lights[LIGHT_NEAR]);
    json_field_int(&json, S("green"), (int64_t)view.lights[LIGHT_ON_COURSE]);
    json_field_int(&json, S("paused"), (int64_t)view.lights[LIGHT_STANDING]);
    json_field_int(&json, S("none"), (int64_t)view.lights[LIGHT_NONE]);
    json_object_end(&json);
    write_rows(&json, S("owed"), &view.owed);
    write_rows(&json, S("matters"), &view.matters);
    json_object_end(&json);
    return answer_close(response, &json);
}
