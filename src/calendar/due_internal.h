/* SPDX-License-Identifier: Apache-2.0 */
/* due_internal.h - one limit inside a clock, shared by due.c, light.c and strip.c. Not for other
 * rooms. */
#ifndef TONGXIN_DUE_INTERNAL_H
#define TONGXIN_DUE_INTERNAL_H

#include "calendar/due.h"

/* True when `day` is paused in a clock whose limit `duration` is running. */
bool term_is_paused(const Term *term, const Duration *duration, Day day);
/* The end of limit `index` of the clock when the day before it is `from`. */
Due term_stage(const Calendar *calendar, const Term *term, size_t index, Day from);

#endif
