/* SPDX-License-Identifier: Apache-2.0 */
/* moment.h - instants and days.
 *
 * An Instant is microseconds since 1970-01-01T00:00:00Z. A Day is days since 1970-01-01 as a civil
 * date at the fixed offset +08:00 (China has one time zone and no summer time after 1991; domain
 * rule 3.6). 0 means "none" for both: no site was at work in 1970.
 * Texts follow RFC 3339 / GB/T 7408.1-2023: 2026-03-05, 2026-03-05T09:30:00+08:00.
 */
#ifndef TONGXIN_MOMENT_H
#define TONGXIN_MOMENT_H

#include "base/buf.h"

typedef int64_t Instant;
typedef int32_t Day;

#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US   (60 * MINUTE_US)
#define DAY_US    (24 * HOUR_US)

typedef struct CivilDate {
    int year;  /* 1..9999 */
    int month; /* 1..12 */
    int day;   /* 1..31 */
} CivilDate;

/* The machine's clock. Only cli/ and task/ call it; everything else is handed `now`. */
Instant instant_now(void);
/* Microseconds of a clock that never jumps; for measuring and deadlines of connections. */
int64_t monotonic_us(void);

/* The day at +08:00 that holds the instant. */
Day day_of(Instant instant);
/* The first instant of the day at +08:00. */
Instant day_start(Day day);
Day day_from_civil(CivilDate date);
CivilDate day_to_civil(Day day);
/* 0 is Sunday … 6 is Saturday. */
int day_weekday(Day day);
/* First day of the month `months` after that of `day` (negative goes back). */
Day month_start(Day day, int months);
/* Days in that month, 28..31. */
int month_length(int year, int month);

/* "2026-03-05"; refuses impossible dates. */
bool day_parse(Str text, Day *ret_day);
/* A date, or RFC 3339 with offset, or "2026-03-05 09:30[:00]" (also with T, as HTML forms send it)
 * taken at +08:00. Fractions are cut to microseconds; a leap second (:60) is refused. */
bool instant_parse(Str text, Instant *ret_instant);
void day_write(Buf *buf, Day day);          /* 2026-03-05 */
void instant_write(Buf *buf, Instant when); /* 2026-03-05T09:30:00+08:00 */
Str day_text(Arena *arena, Day day);
Str instant_text(Arena *arena, Instant when);

#endif
