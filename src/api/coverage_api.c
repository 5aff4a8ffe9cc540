/* SPDX-License-Identifier: Apache-2.0 */
/* /coverage: the same views as the pages. */
#include "api/handlers.h"
#include "api/record_json.h"
#include "view/coverage_view.h"

static void write_row(Json *json, const FigureRow *row)
{
    json_field_str(json, S("coverage"), row->name);
    json_field_str(json, S("label"), row->label);
    json_field_str(json, S("define"), row->define);
    json_field_int(json, S("have"), row->value.numerator);
    json_field_int(json, S("of"), row->value.denominator);
    json_field_int(json, S("missing"), row->value.denominator - row->value.numerator);
    json_field_bool(json, S("full"),
                    row->value.has_value && row->value.numerator == row->value.denominator);
    json_field_str(json, S("unit"), row->unit);
    json_field_str(json, S("text"), row->text);
    json_field_str(json, S("period"), row->period);
    json_field_day(json, S("from"), row->from);
    json_field_day(json, S("to"), row->to);
}

HttpOutcome api_coverages(HttpRequest *request, HttpResponse *response)
{
    FigureRow *rows;
    size_t count;
    Err err = {0};
    Json json;
    if (!coverages_view(visit_of(request), &rows, &count, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_array_begin(&json, S("coverage"));
    for (size_t i = 0; i < count; i++) {
        json_object_begin(&json);
        write_row(&json, &rows[i]);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

static void write_members(Json *json, Str name, const MemberViews *members)
{
    json_field_array_begin(json, name);
    for (size_t i = 0; i < members->n; i++) {
        json_object_begin(json);
        json_field_str(json, S("code"), members->p[i].code);
        json_field_str(json, S("label"), members->p[i].label);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_group(Json *json, const CoverageGroup *group)
{
    json_object_begin(json);
    json_name(json, S("org"));
    if (group->code.n)
        json_str(json, group->code);
    else
        json_none(json);
    json_field_str(json, S("label"), group->label);
    json_field_int(json, S("have"), group->have);
    json_field_int(json, S("of"), group->all);
    write_members(json, S("missing"), &group->missing);
    write_members(json, S("having"), &group->having);
    json_object_end(json);
}

HttpOutcome api_coverage(HttpRequest *request, HttpResponse *response)
{
    CoverageView view;
    Err err = {0};
    Json json;
    if (!coverage_view(visit_of(request), http_param(request, S("coverage")), &view, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    write_row(&json, &view.row);
    json_field_str(&json, S("org"), view.org_code);
    json_field_int(&json, S("hidden"), view.hidden);
    json_field_array_begin(&json, S("parts"));
    for (size_t i = 0; i < view.n_groups; i++)
        write_group(&json, &view.groups[i]);
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}
