/* SPDX-License-Identifier: Apache-2.0 */
#include "figure/period.h"

#include "figure/figure.h"

bool day_is_instant(Str name)
{
    return str_ends(name, S("_at"));
}

int64_t month_of(Day day)
{
    CivilDate date = day_to_civil(day);
    return (int64_t)date.year * 12 + date.month - 1;
}

Day month_first(int64_t month)
{
    return day_from_civil(
        (CivilDate){.year = (int)(month / 12), .month = (int)(month % 12) + 1, .day = 1});
}

Day month_last(int64_t month)
{
    return month_first(month + 1) - 1;
}

DayRange day_range(Day from, Day to)
{
    DayRange range = {.month_from = 1, .head_from = 1, .tail_from = 1};
    from = MAX(from, DAY_FIRST);
    to = MIN(to, DAY_LAST);
    if (from > to)
        return range;
    int64_t first = month_of(from), last = month_of(to);
    first += from != month_first(first);
    last -= to != month_last(last);
    range.head_from = from;
    range.head_to = to;
    if (first > last)
        return range;
    range.month_from = first;
    range.month_to = last;
    range.head_to = month_first(first) - 1;
    range.tail_from = month_last(last) + 1;
    range.tail_to = to;
    return range;
}

void figure_period(PeriodType period, Day as_of, Day *ret_from, Day *ret_to)
{
    CivilDate date = day_to_civil(as_of);
    *ret_to = as_of;
    if (period == PERIOD_ALL) {
        *ret_from = 1;
        return;
    }
    date.day = 1;
    if (period == PERIOD_YEAR)
        date.month = 1;
    if (period == PERIOD_QUARTER)
        date.month -= (date.month - 1) % 3;
    *ret_from = day_from_civil(date);
}

bool figure_period_ended(PeriodType period, Day to)
{
    CivilDate next = day_to_civil(to + 1);
    if (period == PERIOD_ALL || next.day != 1)
        return period == PERIOD_ALL;
    if (period == PERIOD_YEAR)
        return next.month == 1;
    return period == PERIOD_MONTH || next.month % 3 == 1;
}

/* ---- in words ---- */

static Str month_word(int month, Language language)
{
    static const MessageId names[] = {
        MSG_figure_january,   MSG_figure_february, MSG_figure_march,    MSG_figure_april,
        MSG_figure_may,       MSG_figure_june,     MSG_figure_july,     MSG_figure_august,
        MSG_figure_september, MSG_figure_october,  MSG_figure_november, MSG_figure_december,
    };
    return message(names[month - 1], language);
}

static Str fill(Arena *arena, MessageId id, Language language, Str a, Str b, Str c)
{
    Str args[] = {a, b, c};
    return message_fill(arena, id, language, args, COUNT_OF(args));
}

static Str year_text(Arena *arena, CivilDate date, Language language)
{
    return fill(arena, MSG_figure_year, language, STR(arena, date.year), S(""), S(""));
}

static Str month_text(Arena *arena, CivilDate date, Language language)
{
    return fill(arena, MSG_figure_month, language, STR(arena, date.year),
                month_word(date.month, language), S(""));
}

static Str full_day_text(Arena *arena, CivilDate date, Language language)
{
    return fill(arena, MSG_figure_day, language, STR(arena, date.year),
                month_word(date.month, language), STR(arena, date.day));
}

static Str years_text(Arena *arena, CivilDate from, CivilDate to, Language language)
{
    if (from.year == to.year)
        return year_text(arena, from, language);
    return fill(arena, MSG_figure_years, language, STR(arena, from.year), STR(arena, to.year),
                S(""));
}

static Str months_text(Arena *arena, CivilDate from, CivilDate to, Language language)
{
    if (from.year == to.year && from.month == to.month)
        return month_text(arena, from, language);
    if (from.year == to.year)
        return fill(arena, MSG_figure_months, language, STR(arena, from.year),
                    month_word(from.month, language), month_word(to.month, language));
    return fill(arena, MSG_figure_from_to, language, month_text(arena, from, language),
                month_text(arena, to, language), S(""));
}

Str figure_period_text(Arena *arena, Day from, Day to, Language language)
{
    CivilDate first = day_to_civil(from), last = day_to_civil(to);
    bool whole_months = first.day == 1 && day_to_civil(to + 1).day == 1;
    if (from <= 1)
        return fill(arena, MSG_figure_up_to, language, full_day_text(arena, last, language), S(""),
                    S(""));
    if (whole_months && first.month == 1 && last.month == 12)
        return years_text(arena, first, last, language);
    if (whole_months)
        return months_text(arena, first, last, language);
    if (from == to)
        return full_day_text(arena, first, language);
    return fill(arena, MSG_figure_from_to, language, full_day_text(arena, first, language),
                full_day_text(arena, last, language), S(""));
}
