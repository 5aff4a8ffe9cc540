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

static size_t case_link(const Group *group, int64_t place)
{
    int64_t first = group->link_first ? group->link_first - 1 : 0;
    int64_t last = group->link_last ? group->link_last : (int64_t)group->link->n_cases;
    int64_t span = MIN(last, (int64_t)group->link->n_cases) - first;
    if (span <= 0)
        return 0;
    /* spread evenly; groups that are as long as their span visit each once */
    return group->link->first_case +
           (size_t)(first + (group->count >= span ? place % span : place * span / group->count)) +
           1;
}

static void case_make(const Plan *plan, Group *group, int64_t place, Case *matter)
{
    RandomSource random =
        random_seeded(str_hash(group->name) + (uint64_t)place * 0x9E3779B97F4A7C15u);
    *matter = (Case){.group = group, .seed = random_u64(&random)};
    if (group->link)
        matter->link = case_link(group, place);
    if (group->same_row)
        matter->row = matter->link ? plan->cases[matter->link - 1].row : 0;
    else if (group->each)
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
    if (matter->link) {
        matter->begins = plan->cases[matter->link - 1].begins;
        return true;
    }
    if (day_cell.n && day_parse(day_cell, &from)) {
        matter->begins = day_start(from) + SESSION_HOUR_US;
        return true;
    }
    if (!plan_day_parse(group->from, plan->now, &from) ||
        !plan_day_parse(group->to, plan->now, &to) || to < from)
        return err_set(err, ERR_WRONG, MSG_cli_scenario_wrong, S("plan.tsv"), group->name,
                       group->from);
    from += (Day)random_below(&random, (uint64_t)((int64_t)to - from + 1));
    matter->begins = time_on(plan->calendar, from, any_hour, &random);
    return true;
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
            if (group->link && !matter->link)
                continue;
            if (!case_begins(plan, matter, err))
                return false;
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
    Instant at = matter->begins;
    for (size_t i = 0; i < script->steps.n; i++) {
        const ScenarioStep *step = &script->steps.p[i];
        if (i > 0 || matter->link)
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
