/* SPDX-License-Identifier: Apache-2.0 */
/* calendar_internal.h - what calendar.c and calendar_file.c share. Not for other rooms. */
#ifndef TONGXIN_CALENDAR_INTERNAL_H
#define TONGXIN_CALENDAR_INTERNAL_H

#include "base/vec.h"
#include "calendar/calendar.h"

typedef struct CalendarException {
    Day day;
    bool workday;
    int year; /* of the file it came from */
    Label name;
} CalendarException;

typedef VEC(CalendarException) ExceptionVec;

typedef struct CalendarYear {
    int year;
    ExceptionVec exceptions; /* in file order */
} CalendarYear;

typedef VEC(CalendarYear) YearVec;

/* Reads the file of a year into `arena`; see calendar_add_year for what it refuses. */
NODISCARD bool calendar_file_parse(Arena *arena, int year, Str file, Str tsv, CalendarYear *ret,
                                   Err *err);

#endif
