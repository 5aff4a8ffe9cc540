/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"
#include "calendar/due_internal.h"

typedef VEC(CountedDay) StripVec;

/* The days of one limit: (from, end.due], or [from, end.due] when the first day counts. */
static void add_stage(Arena *arena, const Calendar *calendar, const Term *term, StripVec *strip,
                      const Duration *duration, Day from, Due end, int *number)
{
    Day day = duration->start == DURATION_SAME_DAY ? from : from + 1;
    /* The due day of the limit before is on the strip already. */
    if (strip->n > 0 && day <= strip->p[strip->n - 1].calendar.day)
        day = strip->p[strip->n - 1].calendar.day + 1;
    for (; day <= end.due && strip->n < STRIP_DAYS_MAX; day++) {
        CountedDay *counted = vec_push(arena, strip);
        counted->calendar = calendar_day(calendar, day);
        counted->is_start = day == term->from;
        counted->is_paused = term_is_paused(term, duration, day);
        counted->is_rolled = day > end.raw;
        DayKind kind = counted->calendar.kind;
        bool counts =
            duration->unit != DURATION_WORKDAY || kind == DAY_WORKDAY || kind == DAY_MAKE_UP;
        if (counts && !counted->is_paused && !counted->is_rolled)
            counted->number = ++*number;
    }
}

static void add_start(Arena *arena, const Calendar *calendar, const Term *term, StripVec *strip)
{
    CountedDay *start = vec_push(arena, strip);
    start->calendar = calendar_day(calendar, term->from);
    start->is_start = true;
}

const CountedDay *term_days(Arena *arena, const Calendar *calendar, const Term *term,
                            size_t *ret_count)
{
    StripVec strip = {0};
    Day from = term->from;
    int number = 0;
    for (size_t i = 0; i < term->duration_count; i++) {
        const Duration *duration = &term->durations[i];
        if (duration->amount <= 0)
            continue;
        if (strip.n == 0 && duration->start != DURATION_SAME_DAY)
            add_start(arena, calendar, term, &strip);
        Due end = term_stage(calendar, term, i, from);
        add_stage(arena, calendar, term, &strip, duration, from, end, &number);
        from = end.due;
    }
    *ret_count = strip.n;
    return strip.p;
}
