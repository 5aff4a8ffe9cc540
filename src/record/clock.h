/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - a record's clock as the calendar understands it.
 *
 * The limit that a move gave is kept in the record's own values (change/clock.c says which), so
 * that the deadline, its source and the counted days can be shown and recomputed without the
 * profile of that day.
 */
#ifndef TONGXIN_RECORD_CLOCK_H
#define TONGXIN_RECORD_CLOCK_H

#include "base/value.h"
#include "calendar/due.h"
#include "rule/rule.h"

typedef struct RecordClock {
    Term term;             /* points into the two arrays below */
    Duration durations[2]; /* the limit and what it was extended by */
    Label source;
    bool paused; /* paused now */
} RecordClock;

/* False when the record has no clock. `*ret_clock` must not be moved: it points into itself. */
bool record_clock(Arena *arena, const Values *values, RecordClock *ret_clock);

/* The move must still wait at `at` (its `wait`): until the end of `*ret_last`, or without a
 * duration until the instant it waits for. `facts` are those of the record as the move would
 * leave it. */
bool wait_runs(const Calendar *calendar, const Move *move, const Facts *facts, Instant at,
               Day *ret_last);

/* "10 workdays"; read back by duration_parse. */
Str clock_duration_text(Arena *arena, Duration duration);
/* What differs from the usual: codes same_day, no_roll, pausable. */
Value clock_duration_rule(Arena *arena, Duration duration);

#endif
