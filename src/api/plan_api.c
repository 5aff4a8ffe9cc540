/* SPDX-License-Identifier: Apache-2.0 */
/* /plan and /targets: the same views as the pages. */
#include "api/handlers.h"
#include "api/record_json.h"
#include "view/plan_view.h"

static void write_months(Json *json, const PlanTarget *target)
{
    json_field_array_begin(json, S("months"));
    for (size_t i = 0; i < target->months.n; i++) {
        json_object_begin(json);
        json_field_day(json, S("day"), target->months.p[i].day);
        json_field_str(json, S("light"), progress_word(target->months.p[i].light));
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_target(Json *json, const TargetView *view)
{
    const PlanTarget *target = view->target;
    json_object_begin(json);
    json_field_str(json, S("number"), view->number);
    json_field_str(json, S("title"), view->title);
    json_field_str(json, S("under"), view->under);
    json_text_or_null(json, S("lead_label"), view->lead);
    json_field_str(json, S("figure"), view->figure);
    json_field_str(json, S("label"), view->figure_label);
    json_field_str(json, S("comparator"), comparator_word(target->comparator));
    json_number(json, S("target"), view->goal);
    json_field_str(json, S("unit"), view->unit);
    json_number(json, S("actual"), view->actual);
    json_field_bool(json, S("reached"), target->reached);
    json_field_int(json, S("percent"), target->percent);
    json_field_int(json, S("due_percent"), target->due_percent);
    json_field_str(json, S("light"), progress_word(target->light));
    json_field_day(json, S("from"), target->from);
    json_field_day(json, S("to"), target->to);
    write_months(json, target);
    json_object_end(json);
}

static void write_targets(Json *json, const PlanRowView *row)
{
    for (size_t i = 0; i < row->n_targets; i++)
        write_target(json, &row->targets[i]);
}

/* ---- the tree ---- */

static void write_milestones(Json *json, const PlanRowView *row)
{
    json_field_array_begin(json, S("milestones"));
    for (size_t i = 0; i < row->n_milestones; i++) {
        json_object_begin(json);
        json_field_str(json, S("title"), row->milestones[i].title);
        json_field_day(json, S("day"), row->milestones[i].day);
        json_field_bool(json, S("done"), row->milestones[i].is_done);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_row(Json *json, const PlanRowView *row)
{
    static const Str words[PLAN__COUNT] = {[PLAN_ROOT] = S_CONST("plan"),
                                           [PLAN_NODE] = S_CONST("node"),
                                           [PLAN_ITEM] = S_CONST("item")};
    json_object_begin(json);
    json_field_str(json, S("part"), words[row->row->part]);
    json_field_int(json, S("depth"), row->row->depth);
    json_field_str(json, S("number"), row->number);
    json_text_or_null(json, S("node_code"), row->code);
    json_field_str(json, S("title"), row->title);
    json_text_or_null(json, S("tier"), row->tier);
    json_text_or_null(json, S("lead_label"), row->lead);
    json_text_or_null(json, S("co_units_label"), row->co_units);
    json_field_day(json, S("from"), row->from);
    json_field_day(json, S("until"), row->until);
    json_field_bool(json, S("done"), row->is_done);
    json_field_bool(json, S("vague"), row->row->is_vague);
    json_field_bool(json, S("loose"), row->row->is_loose);
    json_field_array_begin(json, S("targets"));
    write_targets(json, row);
    json_array_end(json);
    write_milestones(json, row);
    json_object_end(json);
}

static void write_plan(Json *json, const PlanView *plan)
{
    json_object_begin(json);
    json_field_str(json, S("number"), plan->number);
    json_field_str(json, S("title"), plan->title);
    json_field_int(json, S("year"), plan->year);
    json_text_or_null(json, S("pattern"), plan->pattern);
    json_field_bool(json, S("announced"), plan->is_announced);
    json_field_array_begin(json, S("rows"));
    for (size_t i = 0; i < plan->n_rows; i++)
        write_row(json, &plan->rows[i]);
    json_array_end(json);
    json_object_end(json);
}

/* ---- the handlers ---- */

/* {"NAME": [what `write` makes of each plan]} */
static HttpOutcome answer_plans(HttpRequest *request, HttpResponse *response, Str name,
                                void (*write)(Json *json, const PlanView *plan))
{
    PlanView *plans;
    size_t count;
    Err err = {0};
    Json json;
    if (!plans_view(visit_of(request), &plans, &count, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_array_begin(&json, name);
    for (size_t i = 0; i < count; i++)
        write(&json, &plans[i]);
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_plan(HttpRequest *request, HttpResponse *response)
{
    return answer_plans(request, response, S("plans"), write_plan);
}

static void write_targets_of(Json *json, const PlanView *plan)
{
    for (size_t i = 0; i < plan->n_rows; i++)
        write_targets(json, &plan->rows[i]);
}

HttpOutcome api_targets(HttpRequest *request, HttpResponse *response)
{
    return answer_plans(request, response, S("targets"), write_targets_of);
}
