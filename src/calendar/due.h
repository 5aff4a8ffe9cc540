/* SPDX-License-Identifier: Apache-2.0 */
/* due.h - on what day a limit ends, when its light turns, and which days were counted.
 *
 * Rules (domain rule 2.2; Civil Code arts 201 to 203 by analogy):
 *  - the day of receipt does not count (DURATION_NEXT_DAY), or counts as day 1 (DURATION_SAME_DAY);
 *  - a limit in workdays ends on its last workday;
 *  - a limit in days or months ends on its last day (`raw`); a month ends on the corresponding day,
 *    or on the last day of the month when there is none; with `roll`, an end on a day of rest moves
 *    to the next workday (`due`);
 *  - paused days do not count: a pause of [from, to) moves the end by the workdays, or for days and
 *    months by the calendar days, that it took out;
 *  - an extension begins when the limit before it ends: "5 more workdays" count from the due day.
 * A due day is provisional when a day that had to be looked up is in a year without a notice.
 * Everything here is a pure function; no clock is read.
 */
#ifndef TONGXIN_DUE_H
#define TONGXIN_DUE_H

#include "base/duration.h"
#include "calendar/calendar.h"

typedef struct Due {
    Day raw; /* end before rolling */
    Day due; /* the last day on which it is on time; 0 when there is no limit */
    bool provisional;
} Due;

/* [from, to): on the day `to` the clock runs again. An open pause gives the day asked about. */
typedef struct Pause {
    Day from;
    Day to;
} Pause;

/* The whole clock of one matter. Arrays belong to the caller. */
typedef struct Term {
    const Duration *durations; /* the limit, then its extensions; those of amount 0 are skipped */
    size_t duration_count;
    Day from;            /* the day of receipt */
    const Pause *pauses; /* ascending; where two overlap the second starts where the first ends */
    size_t pause_count;
} Term;

/* The end of one limit without pauses; all zero when the amount is 0. */
Due due_date(const Calendar *calendar, Duration duration, Day from);
/* The end of a whole clock. Limits that are not pausable ignore the pauses; a pause that begins
 * after the due day does not make a late matter on time. All zero when there is no limit. */
Due term_due(const Calendar *calendar, const Term *term);

/* ---- lights ---- */

/* Yellow when at most `workdays` are left or at most `percent` of the time is left. */
typedef struct LightRule {
    int workdays; /* 0..3650 */
    int percent;  /* 0..100 */
} LightRule;

typedef struct Lights {
    Day yellow;        /* never before the day of receipt, never after the due day */
    Instant yellow_at; /* start of that day at +08:00; 0 when there is no limit */
    Instant red_at;    /* start of the day after the due day */
} Lights;

/* On day d the time left is (d, due]: on the due day itself nothing is left. Percent is of the
 * counted time in (from, due], in workdays when the first limit is in workdays, else in calendar
 * days; paused days are taken out of both. */
Lights term_lights(const Calendar *calendar, const Term *term, Due due, LightRule rule);

/* ---- the strip of counted days on the page of a record ---- */

typedef struct CountedDay {
    CalendarDay calendar; /* the day, what kind of day it is, the holiday's name */
    int number;           /* 1-based ordinal of the counted day; 0 when the day does not count */
    bool is_start;        /* the day of receipt */
    bool is_paused;
    bool is_rolled; /* after `raw`, up to the due day: waiting for a workday */
} CountedDay;

#define STRIP_DAYS_MAX 800

/* Every day from the day of receipt to the due day with why it counts or not, in `arena`;
 * *ret_count of them, at most STRIP_DAYS_MAX (the first ones). An extension counts on. */
const CountedDay *term_days(Arena *arena, const Calendar *calendar, const Term *term,
                            size_t *ret_count);

/* "10 个工作日", "10 workdays" for a person; empty when the amount is 0. */
Str duration_words(Arena *arena, Duration duration, Language language);

#endif
