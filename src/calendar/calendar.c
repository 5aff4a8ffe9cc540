/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/calendar_internal.h"
#include "calendar/statutory.h"

struct Calendar {
    Arena *arena;
    ExceptionVec exceptions; /* ascending by day, each day once */
    YearVec years;           /* ascending; their own exceptions are empty */
    uint64_t covered[4];     /* a bit for each year from CALENDAR_YEAR_FIRST */
};

Calendar *calendar_open(Arena *arena)
{
    Calendar *calendar = NEW(arena, Calendar);
    calendar->arena = arena;
    return calendar;
}

/* ---- adding a year ---- */

static int compare_exceptions(const void *a, const void *b)
{
    const CalendarException *left = a, *right = b;
    if (left->day != right->day)
        return left->day < right->day ? -1 : 1;
    return left->year - right->year;
}

/* The file of the later year knows more about a December day, so it wins. */
static void keep_last_of_day(ExceptionVec *exceptions)
{
    size_t kept = 0;
    for (size_t i = 0; i < exceptions->n; i++) {
        if (kept > 0 && exceptions->p[kept - 1].day == exceptions->p[i].day)
            kept--;
        exceptions->p[kept++] = exceptions->p[i];
    }
    exceptions->n = kept;
}

static void merge_exceptions(Calendar *calendar, const CalendarYear *year)
{
    ExceptionVec merged = {0};
    for (size_t i = 0; i < calendar->exceptions.n; i++) {
        if (calendar->exceptions.p[i].year != year->year)
            *vec_push(calendar->arena, &merged) = calendar->exceptions.p[i];
    }
    for (size_t i = 0; i < year->exceptions.n; i++)
        *vec_push(calendar->arena, &merged) = year->exceptions.p[i];
    if (merged.n > 1)
        qsort(merged.p, merged.n, sizeof(*merged.p), compare_exceptions);
    keep_last_of_day(&merged);
    calendar->exceptions = merged;
}

static void set_year(Calendar *calendar, const CalendarYear *year)
{
    CalendarYear row = {.year = year->year};
    size_t at = 0;
    while (at < calendar->years.n && calendar->years.p[at].year < row.year)
        at++;
    if (at == calendar->years.n || calendar->years.p[at].year != row.year) {
        *vec_push(calendar->arena, &calendar->years) = row;
        memmove(&calendar->years.p[at + 1], &calendar->years.p[at],
                (calendar->years.n - 1 - at) * sizeof(*calendar->years.p));
    }
    calendar->years.p[at] = row;
    int bit = row.year - CALENDAR_YEAR_FIRST;
    calendar->covered[bit / 64] |= UINT64_C(1) << (bit % 64);
}

bool calendar_add_year(Calendar *calendar, int year, Str file, Str tsv, Err *err)
{
    CalendarYear parsed = {0};
    if (!calendar_file_parse(calendar->arena, year, file, tsv, &parsed, err))
        return false;
    merge_exceptions(calendar, &parsed);
    set_year(calendar, &parsed);
    return true;
}

/* ---- asking ---- */

bool calendar_has_year(const Calendar *calendar, int year)
{
    if (year < CALENDAR_YEAR_FIRST || year > CALENDAR_YEAR_LAST)
        return false;
    int bit = year - CALENDAR_YEAR_FIRST;
    return (calendar->covered[bit / 64] >> (bit % 64)) & 1;
}

bool calendar_covers(const Calendar *calendar, Day day)
{
    return calendar_has_year(calendar, day_to_civil(day).year);
}

int calendar_first_year(const Calendar *calendar)
{
    return calendar->years.n ? calendar->years.p[0].year : 0;
}

int calendar_last_year(const Calendar *calendar)
{
    return calendar->years.n ? calendar->years.p[calendar->years.n - 1].year : 0;
}

/* Index of the first exception on `day` or later. */
static size_t exceptions_place(const Calendar *calendar, Day day)
{
    size_t low = 0, high = calendar->exceptions.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (calendar->exceptions.p[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const CalendarException *find_exception(const Calendar *calendar, Day day)
{
    size_t at = exceptions_place(calendar, day);
    bool found = at < calendar->exceptions.n && calendar->exceptions.p[at].day == day;
    return found ? &calendar->exceptions.p[at] : NULL;
}

static bool is_weekend(Day day)
{
    int weekday = day_weekday(day);
    return weekday == 0 || weekday == 6;
}

CalendarDay calendar_day(const Calendar *calendar, Day day)
{
    CalendarDay answer = {.day = day, .covered = calendar_covers(calendar, day)};
    answer.kind = is_weekend(day) ? DAY_WEEKEND : DAY_WORKDAY;
    /* Also in years not covered: a notice may move a workday into the December before it. */
    const CalendarException *exception = find_exception(calendar, day);
    if (exception) {
        answer.kind = exception->workday ? DAY_MAKE_UP : DAY_HOLIDAY;
        answer.name = exception->name;
    } else if (!answer.covered && statutory_find(day, &answer.name)) {
        answer.kind = DAY_HOLIDAY;
    }
    return answer;
}

bool calendar_is_workday(const Calendar *calendar, Day day)
{
    DayKind kind = calendar_day(calendar, day).kind;
    return kind == DAY_WORKDAY || kind == DAY_MAKE_UP;
}

/* Mondays to Fridays of (from, to]. */
static int weekdays_between(Day from, Day to)
{
    int weeks = (to - from) / 7, count = weeks * 5;
    for (Day day = from + weeks * 7 + 1; day <= to; day++)
        count += !is_weekend(day);
    return count;
}

/* In a year whose notice is known only its exceptions have to be looked at. */
static int covered_workdays(const Calendar *calendar, Day from, Day to)
{
    int count = weekdays_between(from, to);
    for (size_t i = exceptions_place(calendar, from + 1);
         i < calendar->exceptions.n && calendar->exceptions.p[i].day <= to; i++) {
        const CalendarException *exception = &calendar->exceptions.p[i];
        count += (int)exception->workday - (int)!is_weekend(exception->day);
    }
    return count;
}

int workdays_between(const Calendar *calendar, Day from, Day to)
{
    if (to < from)
        return -workdays_between(calendar, to, from);
    int count = 0;
    while (from < to) {
        int year = day_to_civil(from + 1).year;
        Day end = MIN(to, day_from_civil((CivilDate){year, 12, 31}));
        if (calendar_has_year(calendar, year))
            count += covered_workdays(calendar, from, end);
        else
            for (Day day = from + 1; day <= end; day++)
                count += calendar_is_workday(calendar, day);
        from = end;
    }
    return count;
}

Day workday_at_or_after(const Calendar *calendar, Day day, bool *ret_provisional)
{
    for (;; day++) {
        CalendarDay known = calendar_day(calendar, day);
        if (!known.covered && ret_provisional)
            *ret_provisional = true;
        if (known.kind == DAY_WORKDAY || known.kind == DAY_MAKE_UP)
            return day;
    }
}
