/* SPDX-License-Identifier: Apache-2.0 */
/* years.h - the calendar of the base profile, for tests. */
#ifndef TEST_YEARS_H
#define TEST_YEARS_H

#include "calendar/calendar.h"

/* The file of one year; fails the test when it cannot be read. */
Str year_file(Arena *arena, int year);
/* 2004 to 2026. */
Calendar *shipped_calendar(Arena *arena);
/* "2026-02-13"; fails the test when it is not a date. */
Day day(const char *text);

#endif
