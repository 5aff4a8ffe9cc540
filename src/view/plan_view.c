/* SPDX-License-Identifier: Apache-2.0 */
#include "view/plan_view.h"

#include "base/number.h"
#include "view/field_view.h"
#include "view/list_query.h"
#include "write/url.h"

bool plan_is_staffed(const Visit *visit)
{
    const Kind *kind = visit->office->profile->plan_parts[PLAN_ROOT];
    if (visit->actor.type == ACTOR_CLI)
        return true;
    return visit->account && kind &&
           permit_list_orgs(visit->arena, visit->office, &visit->actor, kind).n > 0;
}

/* A field of the kind that is this part, in words. */
static Str part_text(Visit *visit, PlanPart part, const Record *record, Str name)
{
    const Kind *kind = visit->office->profile->plan_parts[part];
    const Field *field = kind ? kind_field(kind, name) : NULL;
    return field ? field_text(visit, field, values_get(&record->values, name)) : S("");
}

static Str part_href(Visit *visit, PlanPart part, const Record *record)
{
    if (!plan_is_staffed(visit))
        return S("");
    return view_href(visit, visit->office->profile->plan_parts[part], record);
}

static Str title_of(const Visit *visit, PlanPart part, const Record *record)
{
    return record_title(visit->office->profile->plan_parts[part], &record->values);
}

/* ---- targets ---- */

/* The figure over the days and the organisation of the promise. */
static Str figure_href(const Visit *visit, const PlanTarget *target)
{
    const Org *org = org_find(&visit->office->orgs, target->org);
    Url url = url_open(visit->arena, S("/figures"));
    url_segment(&url, target->figure->name);
    if (org && !str_eq(org->code, target->figure->org))
        url_query(&url, S("org"), org->code);
    if (target->figure->period != PERIOD_ALL)
        url_query(&url, S("from"), day_text(visit->arena, target->from));
    url_query(&url, S("to"), day_text(visit->arena, target->until));
    return url_text(&url);
}

static TargetView target_view(Visit *visit, const PlanRowView *row, const PlanTarget *target)
{
    const Figure *figure = target->figure;
    const Org *org = org_find(&visit->office->orgs, target->org);
    return (TargetView){
        .target = target,
        .number = view_reference(visit, target->record->id),
        .title = title_of(visit, PLAN_TARGET, target->record),
        .under = row->title,
        .lead = row->lead,
        .figure = figure->name,
        .figure_label = label_text(figure->label, visit->language),
        .figure_href = figure_href(visit, target),
        .comparator = part_text(visit, PLAN_TARGET, target->record, S("comparator")),
        .goal = target_number(visit->arena, target),
        .unit = label_text(figure->unit, visit->language),
        .actual = figure_number(visit->arena, figure, &target->actual),
        .period = figure_period_text(visit->arena, target->from, target->to, visit->language),
        .scope = label_text(org ? org->title : visit->office->profile->label, visit->language),
        .href = part_href(visit, PLAN_TARGET, target->record)};
}

static void row_targets(Visit *visit, PlanView *plan, PlanRowView *view)
{
    const PlanTargets *all = &view->row->targets;
    TargetView *targets = NEW_ARRAY(visit->arena, TargetView, all->n);
    for (size_t i = 0; i < all->n; i++) {
        if (!all->p[i].figure || all->p[i].comparator == COMPARE__COUNT)
            continue;
        targets[view->n_targets++] = target_view(visit, view, &all->p[i]);
        plan->lights[all->p[i].light]++;
    }
    view->targets = targets;
    plan->n_targets += view->n_targets;
}

/* ---- rows ---- */

static void row_milestones(Visit *visit, PlanRowView *view)
{
    const RecordPtrs *all = &view->row->milestones;
    MilestoneView *milestones = NEW_ARRAY(visit->arena, MilestoneView, all->n);
    for (size_t i = 0; i < all->n; i++)
        milestones[i] =
            (MilestoneView){.title = title_of(visit, PLAN_MILESTONE, all->p[i]),
                            .day = (Day)values_int(&all->p[i]->values, S("day")),
                            .is_done = values_int(&all->p[i]->values, S("done_at")) != 0};
    view->milestones = milestones;
    view->n_milestones = all->n;
}

static PlanRowView row_view(Visit *visit, PlanView *plan, const PlanRow *row)
{
    const Values *values = &row->record->values;
    PlanRowView view = {.row = row,
                        .number = view_reference(visit, row->record->id),
                        .code = values_text(values, S("code")),
                        .title = title_of(visit, row->part, row->record),
                        .tier = part_text(visit, row->part, row->record, S("tier")),
                        .lead = part_text(visit, row->part, row->record, S("lead")),
                        .co_units = part_text(visit, row->part, row->record, S("co_units")),
                        .from = (Day)values_int(values, S("from_on")),
                        .until = (Day)values_int(values, S("until_on")),
                        .is_done = values_int(values, S("done_at")) != 0,
                        .href = part_href(visit, row->part, row->record)};
    row_targets(visit, plan, &view);
    row_milestones(visit, &view);
    plan->n_vague += row->is_vague;
    return view;
}

static PlanView plan_view(Visit *visit, const PlanTree *tree, Day as_of)
{
    PlanRowView *rows = NEW_ARRAY(visit->arena, PlanRowView, tree->rows.n);
    PlanView view = {.pattern = values_text(&tree->record->values, S("pattern")),
                     .year = tree->year,
                     .as_of = as_of,
                     .is_announced = values_int(&tree->record->values, S("announced_at")) != 0,
                     .rows = rows,
                     .n_rows = tree->rows.n};
    for (size_t i = 0; i < tree->rows.n; i++)
        rows[i] = row_view(visit, &view, &tree->rows.p[i]);
    view.number = rows[0].number;
    view.title = rows[0].title;
    view.href = rows[0].href;
    return view;
}

bool plans_view(Visit *visit, PlanView **ret_plans, size_t *ret_count, Err *err)
{
    PlanAsk ask = {.announced_only = !plan_is_staffed(visit)};
    Str year = http_query(visit->request, S("year"));
    PlanTrees *trees = NEW(visit->arena, PlanTrees);
    PlanView *plans;
    if (!query_day(visit, S("as_of"), &ask.as_of, err))
        return false;
    if (year.n && !int_parse(year, &ask.year))
        return err_set(err, ERR_BAD_REQUEST, MSG_view_bad_query, S("year"));
    if (!ask.as_of)
        ask.as_of = day_of(visit->now);
    if (!plans_read(visit->arena, visit->db, visit->office, &ask, trees, err))
        return false;
    plans = NEW_ARRAY(visit->arena, PlanView, trees->n);
    for (size_t i = 0; i < trees->n; i++)
        plans[i] = plan_view(visit, &trees->p[i], ask.as_of);
    *ret_plans = plans;
    *ret_count = trees->n;
    return true;
}
