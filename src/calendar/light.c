/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/due_internal.h"

/* Walks back from the due day and keeps what is left of the clock on the day it has reached. */
typedef struct Left {
    const Calendar *calendar;
    const Term *term;
    const Duration *unit; /* the first limit: what the clock counts */
    int workdays;
    int counted; /* in the unit of the clock */
} Left;

static const Duration *first_limit(const Term *term)
{
    for (size_t i = 0; i < term->duration_count; i++) {
        if (term->durations[i].amount > 0)
            return &term->durations[i];
    }
    return NULL;
}

static void left_add(Left *left, Day day)
{
    if (term_is_paused(left->term, left->unit, day))
        return;
    bool works = calendar_is_workday(left->calendar, day);
    left->workdays += works;
    left->counted += left->unit->unit == DURATION_WORKDAY ? works : 1;
}

static int counted_between(Left left, Day from, Day to)
{
    left.counted = 0;
    for (Day day = from + 1; day <= to; day++)
        left_add(&left, day);
    return left.counted;
}

Lights term_lights(const Calendar *calendar, const Term *term, Due due, LightRule rule)
{
    Lights lights = {0};
    Left left = {.calendar = calendar, .term = term, .unit = first_limit(term)};
    if (!left.unit || due.due == 0)
        return lights;
    int64_t total = counted_between(left, term->from, due.due);
    lights.yellow = due.due;
    for (Day day = due.due - 1; day >= term->from; day--) {
        left_add(&left, day + 1);
        bool few = left.workdays <= rule.workdays;
        bool small = (int64_t)left.counted * 100 <= total * rule.percent;
        if (!few && !small)
            break;
        lights.yellow = day;
    }
    lights.yellow = MAX(lights.yellow, term->from);
    lights.yellow_at = day_start(lights.yellow);
    lights.red_at = day_start(due.due + 1);
    return lights;
}
