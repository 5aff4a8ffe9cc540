/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/due_internal.h"

static Day first_day(const Duration *duration, Day from)
{
    return duration->start == DURATION_SAME_DAY ? from : from + 1;
}

/* The corresponding day `months` later, or the last day of that month (Civil Code art. 202). With
 * SAME_DAY the first day is inside, so the end is the day before the corresponding one. */
static Day add_months(const Duration *duration, Day from)
{
    CivilDate start = day_to_civil(from);
    Day month = month_start(from, duration->amount);
    CivilDate target = day_to_civil(month);
    int length = month_length(target.year, target.month);
    if (start.day > length)
        return month + length - 1;
    return month + start.day - 1 - (duration->start == DURATION_SAME_DAY);
}

/* The amount-th workday that is not paused. */
static Due workday_stage(const Calendar *calendar, const Term *term, const Duration *duration,
                         Day from)
{
    Due due = {0};
    Day day = first_day(duration, from);
    for (int left = duration->amount;; day++) {
        CalendarDay known = calendar_day(calendar, day);
        due.provisional |= !known.covered;
        bool works = known.kind == DAY_WORKDAY || known.kind == DAY_MAKE_UP;
        if (works && !term_is_paused(term, duration, day) && --left == 0)
            break;
    }
    due.raw = due.due = day;
    return due;
}

static Day roll(const Calendar *calendar, const Duration *duration, Day raw, bool *ret_provisional)
{
    return duration->roll ? workday_at_or_after(calendar, raw, ret_provisional) : raw;
}

/* Adds the pauses one after the other: one that begins on or before the end so far moves it. A
 * pause inside the rolled days moves the rolled end, or the matter would fall due while paused. */
static Due calendar_stage(const Calendar *calendar, const Term *term, const Duration *duration,
                          Day from)
{
    Due due = {0};
    Day counted = first_day(duration, from);
    due.raw = duration->unit == DURATION_MONTH ? add_months(duration, from)
                                               : counted + duration->amount - 1;
    due.due = roll(calendar, duration, due.raw, &due.provisional);
    size_t count = duration->pausable ? term->pause_count : 0;
    for (size_t i = 0; i < count; i++) {
        Day begin = MAX(term->pauses[i].from, counted), end = term->pauses[i].to;
        if (begin > due.due || end <= begin)
            continue;
        bool in_roll = begin > due.raw;
        Day moved = (in_roll ? due.due : due.raw) + (end - begin);
        due.provisional = false;
        due.due = roll(calendar, duration, moved, &due.provisional);
        due.raw = in_roll ? due.raw : moved;
        counted = end;
    }
    return due;
}

bool term_is_paused(const Term *term, const Duration *duration, Day day)
{
    size_t count = duration->pausable ? term->pause_count : 0;
    for (size_t i = 0; i < count; i++) {
        if (day >= term->pauses[i].from && day < term->pauses[i].to)
            return true;
    }
    return false;
}

Due term_stage(const Calendar *calendar, const Term *term, size_t index, Day from)
{
    const Duration *duration = &term->durations[index];
    if (duration->unit == DURATION_WORKDAY)
        return workday_stage(calendar, term, duration, from);
    return calendar_stage(calendar, term, duration, from);
}

Due term_due(const Calendar *calendar, const Term *term)
{
    Due due = {0};
    Day from = term->from;
    for (size_t i = 0; i < term->duration_count; i++) {
        if (term->durations[i].amount <= 0)
            continue;
        Due stage = term_stage(calendar, term, i, from);
        stage.provisional |= due.provisional;
        due = stage;
        from = due.due;
    }
    return due;
}

Due due_date(const Calendar *calendar, Duration duration, Day from)
{
    Term term = {.durations = &duration, .duration_count = 1, .from = from};
    return term_due(calendar, &term);
}

Str duration_words(Arena *arena, Duration duration, Language language)
{
    static const MessageId one[] = {
        [DURATION_WORKDAY] = MSG_duration_one_workday,
        [DURATION_CALENDAR_DAY] = MSG_duration_one_day,
        [DURATION_MONTH] = MSG_duration_one_month,
    };
    static const MessageId many[] = {
        [DURATION_WORKDAY] = MSG_duration_workdays,
        [DURATION_CALENDAR_DAY] = MSG_duration_days,
        [DURATION_MONTH] = MSG_duration_months,
    };
    if (duration.amount <= 0)
        return (Str){0};
    if (duration.amount == 1)
        return message(one[duration.unit], language);
    Str amount = STR(arena, duration.amount);
    return message_fill(arena, many[duration.unit], language, &amount, 1);
}
