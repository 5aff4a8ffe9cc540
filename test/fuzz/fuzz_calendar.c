/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the file of a year: a calendar whose days can be counted, or a line that is wrong
 * and a calendar as before. */
#include "calendar/calendar.h"
#include "fuzz.h"

static void check_days(const Calendar *calendar, int year)
{
    Day first = day_from_civil((CivilDate){year - 1, 12, 1}),
        last = day_from_civil((CivilDate){year, 12, 31});
    int workdays = 0;
    for (Day day = first + 1; day <= last; day++) {
        CalendarDay known = calendar_day(calendar, day);
        ASSERT(known.kind < DAY__COUNT);
        ASSERT(calendar_is_workday(calendar, day) == (known.kind <= DAY_MAKE_UP));
        workdays += calendar_is_workday(calendar, day);
    }
    ASSERT(workdays_between(calendar, first, last) == workdays);
    ASSERT(workday_at_or_after(calendar, first, NULL) >= first);
}

void fuzz_one(Arena *arena, Str input)
{
    Calendar *calendar = calendar_open(arena);
    Err err = {0};
    if (calendar_add_year(calendar, 0, S("year.tsv"), input, &err)) {
        int year = calendar_file_year(input);
        ASSERT(calendar_first_year(calendar) == year && calendar_has_year(calendar, year));
        check_days(calendar, year);
    } else {
        ASSERT(err.message != MSG_none && calendar_first_year(calendar) == 0);
    }
}
