/* SPDX-License-Identifier: Apache-2.0 */
/* progress.h - how a target stands: reached or not, and its light by the time that has passed.
 *
 * Pure functions on numbers. Amounts are exact integers at one scale that the caller chooses, the
 * same for what was reached, the goal and the steps; they stay below 10^28, so that nothing here
 * overflows.
 *
 * The schedule is the last step whose day has come or, without steps, the goal times the share of
 * months of the period that have ended (the last one ends with the period). The gap is how many
 * percentage points of the goal are missing to it:
 *     green   less than `yellow_points`, or reached
 *     yellow  up to `red_points`
 *     red     more, or not reached when the period is over
 * Too much of what may be at most so much is red at once. Of what is to be exactly so much, more
 * is behind by as many points as it is too many, and never green. A stretch target is yellow where
 * another would be red.
 */
#ifndef TONGXIN_REPORT_PROGRESS_H
#define TONGXIN_REPORT_PROGRESS_H

#include "base/moment.h"
#include "profile/profile.h"

typedef __int128 Amount;

typedef enum Progress {
    PROGRESS_NONE, /* not begun, or there is no value yet */
    PROGRESS_ON_COURSE,
    PROGRESS_BEHIND,
    PROGRESS_LATE,
    PROGRESS_CAUGHT_UP, /* on course, after a month that was red */
    PROGRESS__COUNT
} Progress;

/* Cumulative: so much by the end of that day. */
typedef struct ProgressStep {
    Day day;
    Amount amount;
} ProgressStep;

typedef struct ProgressGoal {
    Comparator comparator;
    Amount amount;
    Day from, to;              /* the period, both inclusive */
    const ProgressStep *steps; /* ascending by day */
    size_t n_steps;
    int yellow_points, red_points;
} ProgressGoal;

/* True when the actual amount is what the comparator asks for; a goal of "all" of nothing is not
 * reached. */
bool progress_reached(const ProgressGoal *goal, Amount actual);
/* What should have been reached at the end of the day, in whole percent of the goal, 0 to 100. */
int progress_due_percent(const ProgressGoal *goal, Day as_of);
/* The light at the end of the day; never PROGRESS_CAUGHT_UP. */
Progress progress_light(const ProgressGoal *goal, Amount actual, Day as_of);
/* The light of a day that comes after others: what was red once is never plain green again. */
Progress progress_after(Progress now, bool was_late);
/* ">=" ">" "<=" "=" "all" "stretch": how sheets and programs read it. */
Str comparator_mark(Comparator comparator);
/* "green", "yellow", "red", "caught_up", "none". */
Str progress_word(Progress progress);

#endif
