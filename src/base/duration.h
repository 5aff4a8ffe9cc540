/* SPDX-License-Identifier: Apache-2.0 */
/* duration.h - a limit of time as the rules of an office state it.
 *
 * Never a bare number of days: the unit, when it starts, whether its end moves off a day of rest,
 * whether it can be paused, and the rule it comes from are part of it (domain rule 2.2).
 * What day it ends on is computed by calendar/due.h.
 */
#ifndef TONGXIN_DURATION_H
#define TONGXIN_DURATION_H

#include "base/message.h"

#define DURATION_AMOUNT_MAX 3650

typedef enum DurationUnit { DURATION_WORKDAY, DURATION_CALENDAR_DAY, DURATION_MONTH } DurationUnit;

/* Civil Code art. 201: the day of receipt does not count. */
typedef enum DurationStart { DURATION_NEXT_DAY, DURATION_SAME_DAY } DurationStart;

typedef struct Duration {
    int amount; /* 0..DURATION_AMOUNT_MAX; 0 = no limit */
    DurationUnit unit;
    DurationStart start;
    bool roll; /* Civil Code art. 203: an end on a day of rest moves to the next working day */
    bool pausable;
    Label source; /* citation: law and article, local rule, or "site default" */
} Duration;

/* "10 workdays", "30 days", "3 months", "1 workday"; starts next day, rolls, not pausable, no
 * source. */
bool duration_parse(Str text, Duration *ret_duration);

#endif
