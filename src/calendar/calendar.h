/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.h - which days people work.
 *
 * A calendar is a set of covered years. In a covered year every day is known: Monday to Friday are
 * workdays, Saturday and Sunday are not, and the exceptions of the yearly State Council notice
 * stand above that rule. A year that is not covered follows the weekend rule and the 13 statutory
 * days of 全国年节及纪念日放假办法 (2024, art. 2); days moved to weekends by a notice that is not out
 * yet are unknown, so whatever is computed from such a year is provisional.
 *
 * Built once with calendar_open and calendar_add_year, then only read: a const Calendar may be
 * shared by threads. It lives in the arena it was opened in.
 *
 * The file of a year (UTF-8, at most 64 KB, lines end in LF or CRLF):
 *
 *     # year 2026
 *     # source npm chinese-days 1.5.7, MIT
 *     2026-01-01<TAB>holiday<TAB>元旦<TAB>New Year's Day
 *     2026-01-04<TAB>workday<TAB>元旦<TAB>New Year's Day
 *
 * Only days that break the weekend rule need a line; a holiday that is a Saturday or Sunday may
 * have one. The name of a workday line is the holiday it makes up for. The English name may be
 * missing. A line may be dated in December of the year before, because a notice moves workdays
 * across New Year.
 */
#ifndef TONGXIN_CALENDAR_H
#define TONGXIN_CALENDAR_H

#include "base/err.h"
#include "base/moment.h"

#define CALENDAR_FILE_MAX   65536 /* bytes */
#define CALENDAR_YEAR_FIRST 1970
#define CALENDAR_YEAR_LAST  2225

typedef enum DayKind {
    DAY_WORKDAY, /* an ordinary day of work */
    DAY_MAKE_UP, /* a Saturday or Sunday on which people work (调休) */
    DAY_WEEKEND,
    DAY_HOLIDAY, /* a day off by law or by notice */
    DAY__COUNT
} DayKind;

typedef struct CalendarDay {
    Day day;
    DayKind kind;
    Label name;   /* of the holiday kept or made up for; empty for WORKDAY and WEEKEND */
    bool covered; /* false: from the rule for years without a notice */
} CalendarDay;

typedef struct Calendar Calendar;

/* A calendar without a year. */
Calendar *calendar_open(Arena *arena);

/* Adds the year in `tsv`, or replaces it when it was there (notices are amended). `year` is
 * CALENDAR_YEAR_FIRST..LAST, or 0 to take it from the line "# year"; when both are given they must
 * agree. `file` is only for the words of an error. Nothing of `tsv` is kept by reference.
 * Fails with ERR_WRONG and file and line: not UTF-8, too large, a line that cannot be read, a date
 * of another year, a day twice, a workday line on a day of work, or 1 January, 1 May or 1 to 3
 * October not a day off (a file cut short). On failure the calendar is as before. */
NODISCARD bool calendar_add_year(Calendar *calendar, int year, Str file, Str tsv, Err *err);

/* Year of the line "# year" in a file, or 0. */
int calendar_file_year(Str tsv);

/* True when the notice of the day's year is known. */
bool calendar_covers(const Calendar *calendar, Day day);
/* The first and the last covered year, 0 when there is none. Years between may be missing. */
int calendar_first_year(const Calendar *calendar);
int calendar_last_year(const Calendar *calendar);
bool calendar_has_year(const Calendar *calendar, int year);

/* Whether people work on `day`, and all that is known of it; the name lives as long as the
 * calendar. Any day may be asked about. */
bool calendar_is_workday(const Calendar *calendar, Day day);
CalendarDay calendar_day(const Calendar *calendar, Day day);

/* Workdays in (from, to]: the day of receipt does not count, the last day does. Negative when `to`
 * is before `from`. Days used = (start, today], days left = (today, due]. */
int workdays_between(const Calendar *calendar, Day from, Day to);
/* The first workday at or after `day`. Sets *ret_provisional (may be NULL) when a day that was
 * looked at is not covered; it is never set to false. */
Day workday_at_or_after(const Calendar *calendar, Day day, bool *ret_provisional);

#endif
