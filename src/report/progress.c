/* SPDX-License-Identifier: Apache-2.0 */
#include "report/progress.h"

#include "figure/period.h"

/* A schedule as a fraction: what is due is `amount` / `of`. */
typedef struct Due {
    Amount amount;
    int64_t of; /* above 0 */
} Due;

bool progress_reached(const ProgressGoal *goal, Amount actual)
{
    switch (goal->comparator) {
    case COMPARE_MORE_THAN:
        return actual > goal->amount;
    case COMPARE_AT_MOST:
        return actual <= goal->amount;
    case COMPARE_EXACTLY:
        return actual == goal->amount;
    case COMPARE_ALL:
        return goal->amount > 0 && actual >= goal->amount;
    case COMPARE_AT_LEAST:
    case COMPARE_STRETCH:
    case COMPARE__COUNT:
        break;
    }
    return actual >= goal->amount;
}

static int64_t months_ended(const ProgressGoal *goal, Day as_of)
{
    int64_t month = month_of(as_of);
    int64_t ended = month - month_of(goal->from) + (as_of == month_last(month));
    return as_of < goal->from ? 0 : ended;
}

static Due due_at(const ProgressGoal *goal, Day as_of)
{
    int64_t months = month_of(goal->to) - month_of(goal->from) + 1;
    Due due = {0, 1};
    if (as_of >= goal->to)
        return (Due){goal->amount, 1};
    if (goal->n_steps == 0)
        return (Due){goal->amount * months_ended(goal, as_of), months};
    for (size_t i = 0; i < goal->n_steps && goal->steps[i].day <= as_of; i++)
        due.amount = goal->steps[i].amount;
    return due;
}

int progress_due_percent(const ProgressGoal *goal, Day as_of)
{
    Due due = due_at(goal, as_of);
    if (goal->amount <= 0)
        return 0;
    return (int)MIN(MAX(due.amount * 100 / (goal->amount * due.of), 0), 100);
}

/* The light of so many parts in `of` behind. */
static Progress light_of_gap(const ProgressGoal *goal, Amount parts, Amount of)
{
    if (parts * 100 < of * goal->yellow_points)
        return PROGRESS_ON_COURSE;
    return parts * 100 <= of * goal->red_points ? PROGRESS_BEHIND : PROGRESS_LATE;
}

static Progress light_open(const ProgressGoal *goal, Amount actual, Day as_of)
{
    Due due = due_at(goal, as_of);
    bool is_over = actual > goal->amount;
    if (goal->comparator == COMPARE_AT_MOST)
        return PROGRESS_LATE;
    if (goal->amount <= 0)
        return is_over ? PROGRESS_LATE : PROGRESS_BEHIND;
    if (is_over)
        return MAX(PROGRESS_BEHIND, light_of_gap(goal, actual - goal->amount, goal->amount));
    return light_of_gap(goal, due.amount - actual * due.of, goal->amount * due.of);
}

Progress progress_light(const ProgressGoal *goal, Amount actual, Day as_of)
{
    Progress light;
    if (as_of < goal->from)
        return PROGRESS_NONE;
    if (progress_reached(goal, actual))
        return PROGRESS_ON_COURSE;
    light = as_of > goal->to ? PROGRESS_LATE : light_open(goal, actual, as_of);
    return goal->comparator == COMPARE_STRETCH ? MIN(light, PROGRESS_BEHIND) : light;
}

Progress progress_after(Progress now, bool was_late)
{
    return was_late && now == PROGRESS_ON_COURSE ? PROGRESS_CAUGHT_UP : now;
}

Str comparator_mark(Comparator comparator)
{
    static const Str marks[COMPARE__COUNT] = {
        [COMPARE_AT_LEAST] = S_CONST(">="), [COMPARE_MORE_THAN] = S_CONST(">"),
        [COMPARE_AT_MOST] = S_CONST("<="),  [COMPARE_EXACTLY] = S_CONST("="),
        [COMPARE_ALL] = S_CONST("all"),     [COMPARE_STRETCH] = S_CONST("stretch"),
    };
    return marks[comparator];
}

Str progress_word(Progress progress)
{
    static const Str words[] = {
        [PROGRESS_NONE] = S_CONST("none"),           [PROGRESS_ON_COURSE] = S_CONST("green"),
        [PROGRESS_BEHIND] = S_CONST("yellow"),       [PROGRESS_LATE] = S_CONST("red"),
        [PROGRESS_CAUGHT_UP] = S_CONST("caught_up"),
    };
    return words[progress];
}
