/* SPDX-License-Identifier: Apache-2.0 */
/* calendar_file.c - the file of a year; the format is in calendar.h. */
#include "base/number.h"
#include "base/utf8.h"
#include "calendar/calendar_internal.h"

#define LINES_MAX 1000

typedef struct Reader {
    Arena *arena;
    Str file;
    int line; /* from 1 */
    CalendarYear *year;
    Err *err;
} Reader;

static bool line_fails(Reader *reader, MessageId message, Str what)
{
    return err_set(reader->err, ERR_WRONG, message, reader->file, STR(reader->arena, reader->line),
                   what);
}

/* The text behind "# key " when the line is that comment. */
static bool comment_value(Str line, Str key, Str *ret_value)
{
    if (!str_starts(line, S("#")))
        return false;
    Str text = str_trim(str_slice(line, 1, line.n));
    if (!str_starts(text, key) || text.n == key.n)
        return false;
    char after = text.p[key.n];
    if (after != ' ' && after != '\t')
        return false;
    *ret_value = str_trim(str_slice(text, key.n, text.n));
    return true;
}

int calendar_file_year(Str tsv)
{
    Str rest = str_slice(tsv, 0, CALENDAR_FILE_MAX), line = {0}, value = {0};
    if (str_starts(rest, S("\xEF\xBB\xBF")))
        rest = str_slice(rest, 3, rest.n);
    while (str_next(&rest, '\n', &line)) {
        int64_t year = 0;
        if (comment_value(line, S("year"), &value) && int_parse(value, &year) &&
            year >= CALENDAR_YEAR_FIRST && year <= CALENDAR_YEAR_LAST)
            return (int)year;
    }
    return 0;
}

static bool has_day(const ExceptionVec *exceptions, Day day)
{
    for (size_t i = 0; i < exceptions->n; i++) {
        if (exceptions->p[i].day == day)
            return true;
    }
    return false;
}

static bool is_weekend(Day day)
{
    int weekday = day_weekday(day);
    return weekday == 0 || weekday == 6;
}

static bool read_date(Reader *reader, Str text, Day *ret_day)
{
    Day day = 0;
    if (!day_parse(text, &day))
        return line_fails(reader, MSG_calendar_line_date, text);
    CivilDate date = day_to_civil(day);
    bool december_before = date.year == reader->year->year - 1 && date.month == 12;
    if (date.year != reader->year->year && !december_before)
        return line_fails(reader, MSG_calendar_line_year, text);
    if (has_day(&reader->year->exceptions, day))
        return line_fails(reader, MSG_calendar_line_twice, text);
    *ret_day = day;
    return true;
}

static bool read_kind(Reader *reader, Str text, Day day, bool *ret_workday)
{
    bool workday = str_eq(text, S("workday"));
    if (!workday && !str_eq(text, S("holiday")))
        return line_fails(reader, MSG_calendar_line_kind, text);
    /* Mostly a slip of the year or month: refused so that it is seen. */
    if (workday && !is_weekend(day))
        return line_fails(reader, MSG_calendar_line_already_workday, day_text(reader->arena, day));
    *ret_workday = workday;
    return true;
}

static bool read_line(Reader *reader, Str line)
{
    Str column[4] = {{0}}, rest = line;
    size_t count = 0;
    while (count < COUNT_OF(column) && str_next(&rest, '\t', &column[count])) {
        column[count] = str_trim(column[count]);
        count++;
    }
    if (count < 3 || rest.n > 0 || column[2].n == 0)
        return line_fails(reader, MSG_calendar_line_columns, (Str){0});
    CalendarException exception = {.year = reader->year->year};
    if (!read_date(reader, column[0], &exception.day) ||
        !read_kind(reader, column[1], exception.day, &exception.workday))
        return false;
    exception.name.zh = str_dup(reader->arena, column[2]);
    exception.name.en = str_dup(reader->arena, column[3]);
    *vec_push(reader->arena, &reader->year->exceptions) = exception;
    return true;
}

static bool read_lines(Reader *reader, Str tsv)
{
    Str rest = tsv, line = {0};
    if (str_starts(rest, S("\xEF\xBB\xBF")))
        rest = str_slice(rest, 3, rest.n);
    while (str_next(&rest, '\n', &line)) {
        if (++reader->line > LINES_MAX)
            return err_set(reader->err, ERR_WRONG, MSG_calendar_file_too_large, reader->file);
        line = str_trim(line);
        if (line.n == 0 || str_starts(line, S("#")))
            continue;
        if (!read_line(reader, line))
            return false;
    }
    return true;
}

/* Days off in every year since 1949; one that is missing means the file was cut short. */
static bool check_complete(Reader *reader)
{
    static const int always[] = {101, 501, 1001, 1002, 1003};
    for (size_t i = 0; i < COUNT_OF(always); i++) {
        Day day = day_from_civil((CivilDate){reader->year->year, always[i] / 100, always[i] % 100});
        if (!is_weekend(day) && !has_day(&reader->year->exceptions, day))
            return err_set(reader->err, ERR_WRONG, MSG_calendar_file_incomplete, reader->file,
                           day_text(reader->arena, day));
    }
    return true;
}

static bool agree_on_year(Reader *reader, int asked, Str tsv)
{
    int said = calendar_file_year(tsv);
    int year = asked ? asked : said;
    if (year < CALENDAR_YEAR_FIRST || year > CALENDAR_YEAR_LAST)
        return err_set(reader->err, ERR_WRONG, MSG_calendar_file_no_year, reader->file);
    if (said && said != year)
        return err_set(reader->err, ERR_WRONG, MSG_calendar_file_other_year, reader->file,
                       STR(reader->arena, said), STR(reader->arena, year));
    reader->year->year = year;
    return true;
}

bool calendar_file_parse(Arena *arena, int year, Str file, Str tsv, CalendarYear *ret, Err *err)
{
    CalendarYear parsed = {0};
    Reader reader = {.arena = arena, .file = file, .year = &parsed, .err = err};
    if (tsv.n > CALENDAR_FILE_MAX)
        return err_set(err, ERR_WRONG, MSG_calendar_file_too_large, file);
    if (!utf8_is_clean(tsv))
        return err_set(err, ERR_WRONG, MSG_calendar_file_not_text, file);
    if (!agree_on_year(&reader, year, tsv) || !read_lines(&reader, tsv) || !check_complete(&reader))
        return false;
    *ret = parsed;
    return true;
}
