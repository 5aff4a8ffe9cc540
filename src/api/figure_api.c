/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handlers.h"
#include "api/record_json.h"
#include "view/figure_view.h"

static void figure_fields(Json *json, const FigureRow *row)
{
    json_field_str(json, S("figure"), row->name);
    json_field_str(json, S("label"), row->label);
    json_field_str(json, S("define"), row->define);
    json_number(json, S("value"), row->number);
    json_field_str(json, S("unit"), row->unit);
    json_field_str(json, S("text"), row->text);
    if (indicator_has_whole(row->figure->of)) {
        json_field_int(json, S("numerator"), row->value.numerator);
        json_field_int(json, S("denominator"), row->value.denominator);
    }
    json_field_str(json, S("period"), row->period);
    json_field_day(json, S("from"), row->from);
    json_field_day(json, S("to"), row->to);
    json_field_bool(json, S("board"), row->figure->board);
    json_field_array_begin(json, S("overlaps"));
    for (size_t i = 0; i < row->n_overlaps; i++)
        json_str(json, row->overlaps[i]->name);
    json_array_end(json);
    json_name(json, S("subset_of"));
    if (row->figure->subset_of)
        json_str(json, row->figure->subset_of->name);
    else
        json_none(json);
}

HttpOutcome api_figures(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    FigureRow *rows;
    size_t count;
    Err err = {0};
    Json json;
    if (!figures_view(visit, &rows, &count, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_array_begin(&json, S("figures"));
    for (size_t i = 0; i < count; i++) {
        json_object_begin(&json);
        figure_fields(&json, &rows[i]);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

static void write_parts(Json *json, const FigureView *view)
{
    json_field_array_begin(json, S("parts"));
    for (size_t i = 0; i < view->n_parts; i++) {
        json_object_begin(json);
        json_name(json, S("org"));
        if (view->parts[i].code.n)
            json_str(json, view->parts[i].code);
        else
            json_none(json);
        json_field_str(json, S("label"), view->parts[i].label);
        json_number(json, S("value"), view->parts[i].number);
        json_object_end(json);
    }
    json_array_end(json);
    json_field_bool(json, S("parts_add_up"), view->parts_add_up);
}

static void write_months(Json *json, const Visit *visit, const FigureView *view)
{
    json_field_array_begin(json, S("months"));
    for (int i = 0; i < view->n_months; i++) {
        json_object_begin(json);
        json_field_day(json, S("from"), view->month_starts[i]);
        json_number(json, S("value"),
                    figure_number(visit->arena, view->row.figure, &view->months[i]));
        json_object_end(json);
    }
    json_array_end(json);
}

HttpOutcome api_figure(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    FigureView view;
    Err err = {0};
    Json json;
    if (!figure_summary_view(visit, http_param(request, S("figure")), &view, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    figure_fields(&json, &view.row);
    json_field_str(&json, S("org"), view.org_code);
    write_parts(&json, &view);
    write_months(&json, visit, &view);
    json_field_array_begin(&json, S("excluded"));
    for (size_t i = 0; i < view.n_excluded; i++) {
        json_object_begin(&json);
        figure_fields(&json, &view.excluded[i]);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

/* Beside the records, in their order; none where nothing is decided. */
static void write_decisions(Json *json, const FigureView *view)
{
    json_field_array_begin(json, S("decisions"));
    for (size_t i = 0; view->decisions && i < view->records.n_rows; i++) {
        json_object_begin(json);
        json_field_str(json, S("number"), view->records.rows[i].number);
        json_field_str(json, S("reason"), view->decisions[i].reason);
        json_field_str(json, S("asked_by"), view->decisions[i].asked_by);
        json_field_str(json, S("decided_by"), view->decisions[i].decided_by);
        json_object_end(json);
    }
    json_array_end(json);
}

HttpOutcome api_figure_records(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    FigureView view;
    Err err = {0};
    Json json;
    if (!figure_view(visit, http_param(request, S("figure")), &view, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("figure"), view.row.name);
    json_field_str(&json, S("text"), view.row.text);
    json_rows(&json, visit, S("openings"), view.openings.rows, view.openings.n_rows);
    json_rows(&json, visit, S("records"), view.records.rows, view.records.n_rows);
    write_decisions(&json, &view);
    json_name(&json, S("next"));
    if (view.records.next_cursor.n)
        json_str(&json, view.records.next_cursor);
    else
        json_none(&json);
    json_field_str(&json, S("count"), view.records.count);
    json_name(&json, S("hidden"));
    if (view.hidden == HIDDEN_UNKNOWN)
        json_none(&json);
    else
        json_int(&json, view.hidden);
    if (view.sum.n)
        json_field_str(&json, S("sum"), view.sum);
    json_object_end(&json);
    return answer_close(response, &json);
}
