/* SPDX-License-Identifier: Apache-2.0 */
/* Which matters there are, and when each of their steps happens. */
#include "cli/demo/scenario.h"

#define SESSION_HOUR_US (14 * HOUR_US + 30 * MINUTE_US)

/* ---- how many ---- */

static int64_t planned(const Scenario *scenario, bool each_only)
{
    int64_t count = 0;
    for (size_t i = 0; i < scenario->groups.n; i++)
        if (!each_only || scenario->groups.p[i].each)
            count += scenario->groups.p[i].count;
    return count;
}

/* More than the plan: the groups that fill share the rest. Fewer: all but `each` shrink alike. */
static void plan_scale(Scenario *scenario, int64_t records, int64_t standing)
{
    int64_t fixed = planned(scenario, true), whole = planned(scenario, false) - fixed;
    int64_t wanted = records - standing - fixed, weights = 0;
    if (records == 0)
        return;
    for (size_t i = 0; i < scenario->groups.n; i++)
        weights += scenario->groups.p[i].fill;
    for (size_t i = 0; i < scenario->groups.n; i++) {
        Group *group = &scenario->groups.p[i];
        if (group->fill && wanted > whole)
            group->count = (wanted - whole) * group->fill / weights;
        else if (!group->fill && !group->each && wanted < whole)
            group->count = group->count * MAX(wanted, 0) / whole;
    }
}

/* ---- cases ---- */

/* False when the other group has no such case. */
static bool case_link(const GroupLink *link, int64_t count, int64_t place, size_t *ret_case)
{
    int64_t first = link->first ? link->first - 1 : 0;
    int64_t last = link->last ? link->last : (int64_t)link->to->n_cases;
    int64_t span = MIN(last, (int64_t)link->to->n_cases) - first;
    if (span <= 0)
        return false;
    /* spread evenly; groups that are as long as their span visit each once */
    *ret_case = link->to->first_case +
                (size_t)(first + (count >= span ? place % span : place * span / count));
    return true;
}

static void case_links(const Group *group, Case *matter)
{
    while (matter->n_links < group->n_links &&
           case_link(&group->links[matter->n_links], group->count, matter->place,
                     &matter->links[matter->n_links]))
        matter->n_links++;
}

static void case_make(const Plan *plan, Group *group, int64_t place, Case *matter)
{
    RandomSource random =
        random_seeded(str_hash(group->name) + (uint64_t)place * 0x9E3779B97F4A7C15u);
    *matter = (Case){.group = group, .place = place, .seed = random_u64(&random)};
    case_links(group, matter);
    if (group->same_row)
        matter->row = matter->n_links ? plan->cases[matter->links[0]].row : 0;
    else if (group->in_turn)
        matter->row = (size_t)group->rows.p[place];
    else
        matter->row = (size_t)group->rows.p[random_below(&random, group->rows.n)];
}

static bool case_begins(const Plan *plan, Case *matter, Err *err)
{
    const Group *group = matter->group;
    RandomSource random = random_seeded(matter->seed ^ 1);
    bool any_hour = str_eq(group->script->steps.p[0].who, S("public"));
    Str day_cell = sheet_cell(group->sheet, matter->row, S("day"));
    Day from, to;
    for (size_t i = 0; i < matter->n_links; i++)
        matter->begins = MAX(matter->begins, plan->cases[matter->links[i]].made);
    if (matter->n_links && group->from.n == 0)
        return true;
    if (day_cell.n && day_parse(day_cell, &from)) {
        matter->begins = day_start(from) + SESSION_HOUR_US;
        return true;
    }
    if (!plan_day_parse(group->from, plan->now, &from) ||
        !plan_day_parse(group->to, plan->now, &to) || to < from)
        return err_set(err, ERR_WRONG, MSG_cli_scenario_wrong, S("plan.tsv"), group->name,
                       group->from);
    from += (Day)random_below(&random, (uint64_t)((int64_t)to - from + 1));
    Instant planned_at = time_on(plan->calendar, from, any_hour, &random);
    matter->begins = MAX(matter->begins, planned_at);
    return true;
}

/* Of the first step; *random goes on to the next. */
static Instant case_made(const Plan *plan, const Case *matter, RandomSource *random)
{
    const ScenarioStep *first = &matter->group->script->steps.p[0];
    if (matter->n_links == 0)
        return matter->begins;
    return time_after(plan->calendar, matter->begins, first->after, str_eq(first->who, S("public")),
                      random);
}

bool plan_cases(Arena *arena, Plan *plan, Scenario *scenario, int64_t records, int64_t standing,
                Err *err)
{
    int64_t count;
    plan_scale(scenario, records, standing);
    count = planned(scenario, false);
    plan->scenario = scenario;
    plan->cases = NEW_ARRAY(arena, Case, (size_t)count);
    for (size_t i = 0; i < scenario->groups.n; i++) {
        Group *group = &scenario->groups.p[i];
        group->first_case = plan->n_cases;
        for (int64_t j = 0; j < group->count; j++) {
            Case *matter = &plan->cases[plan->n_cases];
            case_make(plan, group, j, matter);
            if (matter->n_links < group->n_links)
                continue;
            if (!case_begins(plan, matter, err))
                return false;
            RandomSource random = random_seeded(matter->seed ^ 2);
            matter->made = case_made(plan, matter, &random);
            plan->n_cases++;
        }
        group->n_cases = plan->n_cases - group->first_case;
    }
    return true;
}

/* ---- events ---- */

static int event_compare(const void *a, const void *b)
{
    const Event *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (int)x->step - (int)y->step;
}

/* Whatever would come after now does not happen, and neither does what follows it. */
static void case_events(Plan *plan, size_t number)
{
    const Case *matter = &plan->cases[number];
    const Script *script = matter->group->script;
    RandomSource random = random_seeded(matter->seed ^ 2);
    Instant at = case_made(plan, matter, &random);
    for (size_t i = 0; i < script->steps.n; i++) {
        const ScenarioStep *step = &script->steps.p[i];
        if (i > 0)
            at = time_after(plan->calendar, at, step->after, str_eq(step->who, S("public")),
                            &random);
        if (at >= plan->now)
            return;
        plan->events[plan->n_events++] = (Event){at, (uint32_t)number, (uint16_t)i};
    }
}

void plan_events(Arena *arena, Plan *plan)
{
    size_t most = 0;
    for (size_t i = 0; i < plan->n_cases; i++)
        most += plan->cases[i].group->script->steps.n;
    plan->events = NEW_ARRAY(arena, Event, most);
    for (size_t i = 0; i < plan->n_cases; i++)
        case_events(plan, i);
    if (plan->n_events)
        qsort(plan->events, plan->n_events, sizeof *plan->events, event_compare);
}
