/* SPDX-License-Identifier: Apache-2.0 */
/* period.h - days, months and how a range of days is read from cells. Pure functions. */
#ifndef TONGXIN_FIGURE_PERIOD_H
#define TONGXIN_FIGURE_PERIOD_H

#include "base/moment.h"

/* 0001-01-01 and 9999-12-31: what "from the beginning" means, and as far as days go. */
#define DAY_FIRST ((Day)-719162)
#define DAY_LAST  ((Day)2932896)

/* True when the value of this name is an Instant (a milestone), not a Day: the name ends in _at. */
bool day_is_instant(Str name);

/* year * 12 + month - 1, the period of a month's cell; its first and its last day. */
int64_t month_of(Day day);
Day month_first(int64_t month);
Day month_last(int64_t month);

/* A range as whole months and the single days before and after; a part whose end is before its
 * beginning is empty. */
typedef struct DayRange {
    int64_t month_from, month_to;
    Day head_from, head_to;
    Day tail_from, tail_to;
} DayRange;

/* Splits [from, to], both inclusive and clipped to DAY_FIRST..DAY_LAST. */
DayRange day_range(Day from, Day to);

#endif
