/* SPDX-License-Identifier: Apache-2.0 */
#include "base/moment.h"

#define CHINA_OFFSET_US (8 * HOUR_US)

static int64_t clock_us(clockid_t clock)
{
    struct timespec time;
    ASSERT(clock_gettime(clock, &time) == 0);
    return (int64_t)time.tv_sec * SECOND_US + time.tv_nsec / 1000;
}

Instant instant_now(void)
{
    return clock_us(CLOCK_REALTIME);
}

int64_t monotonic_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

Day day_of(Instant instant)
{
    int64_t day = floor_divide(instant, DAY_US);
    int64_t within = instant % DAY_US; /* not instant - day * DAY_US, which overflows at the end */
    within += within < 0 ? DAY_US : 0;
    return (Day)(day + (within + CHINA_OFFSET_US) / DAY_US);
}

Instant day_start(Day day)
{
    return (int64_t)day * DAY_US - CHINA_OFFSET_US;
}

/* Years are counted from 1 March, so that the leap day is the last of its year; 400 years are one
 * era of 146,097 days. 719,468 days lie between 0000-03-01 and 1970-01-01. (Howard Hinnant,
 * chrono-Compatible Low-Level Date Algorithms.) */
Day day_from_civil(CivilDate date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = floor_divide(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (Day)(era * 146097 + day_of_era - 719468);
}

CivilDate day_to_civil(Day day)
{
    int64_t shifted = (int64_t)day + 719468;
    int64_t era = floor_divide(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int64_t civil_month = month < 10 ? month + 3 : month - 9;
    int64_t year = year_of_era + era * 400 + (civil_month <= 2);
    return (CivilDate){.year = (int)year,
                       .month = (int)civil_month,
                       .day = (int)(day_of_year - (153 * month + 2) / 5 + 1)};
}

int day_weekday(Day day)
{
    /* 1970-01-01 was a Thursday. */
    return (int)((((int64_t)day + 4) % 7 + 7) % 7);
}

Day month_start(Day day, int months)
{
    CivilDate date = day_to_civil(day);
    int64_t month = (int64_t)date.year * 12 + date.month - 1 + months;
    int64_t year = floor_divide(month, 12);
    return day_from_civil(
        (CivilDate){.year = (int)year, .month = (int)(month - year * 12) + 1, .day = 1});
}

int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    ASSERT(month >= 1 && month <= 12);
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : lengths[month - 1];
}

/* Takes exactly `width` digits, then `after` (0 for nothing). */
static bool take(Str *rest, size_t width, char after, int *ret_number)
{
    size_t size = width + (after != 0);
    if (rest->n < size || (after != 0 && rest->p[width] != after))
        return false;
    int number = 0;
    for (size_t i = 0; i < width; i++) {
        if (rest->p[i] < '0' || rest->p[i] > '9')
            return false;
        number = number * 10 + (rest->p[i] - '0');
    }
    *ret_number = number;
    *rest = str_slice(*rest, size, rest->n);
    return true;
}

static bool take_date(Str *rest, Day *ret_day)
{
    CivilDate date;
    if (!take(rest, 4, '-', &date.year) || !take(rest, 2, '-', &date.month) ||
        !take(rest, 2, 0, &date.day))
        return false;
    if (date.year < 1 || date.month < 1 || date.month > 12)
        return false;
    if (date.day < 1 || date.day > month_length(date.year, date.month))
        return false;
    *ret_day = day_from_civil(date);
    return true;
}

bool day_parse(Str text, Day *ret_day)
{
    Day day = 0;
    if (!take_date(&text, &day) || text.n > 0)
        return false;
    *ret_day = day;
    return true;
}

/* ".25": digits behind the sixth are cut off. */
static bool take_fraction(Str *rest, int64_t *us)
{
    if (!str_starts(*rest, S(".")))
        return true;
    int64_t weight = SECOND_US / 10;
    size_t i = 1;
    for (; i < rest->n && rest->p[i] >= '0' && rest->p[i] <= '9'; i++) {
        *us += (rest->p[i] - '0') * weight;
        weight /= 10;
    }
    *rest = str_slice(*rest, i, rest->n);
    return i > 1;
}

/* 09:30, 09:30:15, 09:30:15.5 as microseconds of the day. */
static bool take_clock(Str *rest, int64_t *ret_us, bool *ret_has_seconds)
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    int64_t fraction = 0;
    if (!take(rest, 2, ':', &hour) || !take(rest, 2, 0, &minute))
        return false;
    *ret_has_seconds = str_starts(*rest, S(":"));
    if (*ret_has_seconds) {
        *rest = str_slice(*rest, 1, rest->n);
        if (!take(rest, 2, 0, &second) || !take_fraction(rest, &fraction))
            return false;
    }
    *ret_us = (hour * HOUR_US + minute * MINUTE_US + second * SECOND_US) + fraction;
    return hour <= 23 && minute <= 59 && second <= 59;
}

/* Z, +08:00, -03:30, and nothing behind it. */
static bool take_offset(Str rest, int64_t *ret_us)
{
    if (rest.n == 1 && (rest.p[0] == 'Z' || rest.p[0] == 'z')) {
        *ret_us = 0;
        return true;
    }
    if (rest.n == 0 || (rest.p[0] != '+' && rest.p[0] != '-'))
        return false;
    int64_t sign = rest.p[0] == '-' ? -1 : 1;
    int hour = 0;
    int minute = 0;
    rest = str_slice(rest, 1, rest.n);
    if (!take(&rest, 2, ':', &hour) || !take(&rest, 2, 0, &minute) || rest.n > 0)
        return false;
    *ret_us = sign * (hour * HOUR_US + minute * MINUTE_US);
    return hour <= 23 && minute <= 59;
}

bool instant_parse(Str text, Instant *ret_instant)
{
    Day day = 0;
    int64_t within = 0;
    int64_t offset = CHINA_OFFSET_US;
    bool has_seconds = false;
    if (!take_date(&text, &day))
        return false;
    if (text.n > 0) {
        if (text.p[0] != 'T' && text.p[0] != 't' && text.p[0] != ' ')
            return false;
        text = str_slice(text, 1, text.n);
        if (!take_clock(&text, &within, &has_seconds))
            return false;
        if (text.n > 0 && (!has_seconds || !take_offset(text, &offset)))
            return false;
    }
    Instant instant = day * DAY_US + within - offset;
    /* An offset may carry the day out of the years that can be written. */
    int year = day_to_civil(day_of(instant)).year;
    if (year < 1 || year > 9999)
        return false;
    *ret_instant = instant;
    return true;
}

void day_write(Buf *buf, Day day)
{
    CivilDate date = day_to_civil(day);
    buf_int_padded(buf, date.year, 4);
    buf_byte(buf, '-');
    buf_int_padded(buf, date.month, 2);
    buf_byte(buf, '-');
    buf_int_padded(buf, date.day, 2);
}

void instant_write(Buf *buf, Instant when)
{
    Day day = day_of(when);
    int64_t seconds = (when - day_start(day)) / SECOND_US;
    day_write(buf, day);
    buf_byte(buf, 'T');
    buf_int_padded(buf, seconds / 3600, 2);
    buf_byte(buf, ':');
    buf_int_padded(buf, seconds / 60 % 60, 2);
    buf_byte(buf, ':');
    buf_int_padded(buf, seconds % 60, 2);
    buf_add(buf, S("+08:00"));
}

Str day_text(Arena *arena, Day day)
{
    Buf buf = buf_open(arena);
    day_write(&buf, day);
    return buf_str(&buf);
}

Str instant_text(Arena *arena, Instant when)
{
    Buf buf = buf_open(arena);
    instant_write(&buf, when);
    return buf_str(&buf);
}
