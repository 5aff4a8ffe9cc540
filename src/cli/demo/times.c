/* SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"
#include "cli/demo/scenario.h"

#define OPENS_US   (8 * HOUR_US + 30 * MINUTE_US)
#define CLOSES_US  (17 * HOUR_US + 30 * MINUTE_US)
#define DAYTIME_US (8 * HOUR_US)
#define EVENING_US (22 * HOUR_US)

/* "0", "2h", "1-3w", "15d" */
bool after_parse(Str text, After *ret_after)
{
    size_t dash = str_find(text, S("-"), 0);
    int64_t least = 0, most = 0;
    After after = {.unit = 'm'};
    if (str_eq(text, S("0"))) {
        *ret_after = after;
        return true;
    }
    if (text.n < 2)
        return false;
    after.unit = text.p[text.n - 1];
    if (!int_parse(str_slice(text, 0, MIN(dash, text.n - 1)), &least))
        return false;
    most = least;
    if (dash != SIZE_MAX && !int_parse(str_slice(text, dash + 1, text.n - 1), &most))
        return false;
    after.least = (int)least;
    after.most = (int)most;
    *ret_after = after;
    return str_has(S("mhwd"), str_slice(text, text.n - 1, text.n)) && least >= 0 && most >= least &&
           most < 4000;
}

bool plan_day_parse(Str text, Instant now, Day *ret_day)
{
    int64_t days = 0;
    if (!str_starts(text, S("now")))
        return day_parse(text, ret_day);
    if (text.n > 5 && !int_parse(str_slice(text, 4, text.n - 1), &days))
        return false;
    *ret_day = day_of(now) - (Day)days;
    return true;
}

static Instant random_between(RandomSource *random, Instant from, Instant to)
{
    return from + (Instant)random_below(random, (uint64_t)(to - from)) / SECOND_US * SECOND_US;
}

Instant time_on(const Calendar *calendar, Day day, bool any_hour, RandomSource *random)
{
    if (any_hour)
        return random_between(random, day_start(day) + DAYTIME_US, day_start(day) + EVENING_US);
    day = workday_at_or_after(calendar, day, NULL);
    return random_between(random, day_start(day) + OPENS_US, day_start(day) + CLOSES_US);
}

/* Before the office opens or after it closes becomes the next morning. */
static Instant office_hours(const Calendar *calendar, Instant at, RandomSource *random)
{
    Day day = day_of(at);
    Instant since = at - day_start(day);
    if (calendar_is_workday(calendar, day) && since >= OPENS_US && since < CLOSES_US)
        return at;
    if (since >= CLOSES_US || !calendar_is_workday(calendar, day))
        day = workday_at_or_after(calendar, day + (since >= CLOSES_US), NULL);
    return random_between(random, day_start(day) + OPENS_US, day_start(day) + OPENS_US + HOUR_US);
}

static Day workdays_later(const Calendar *calendar, Day day, int64_t count)
{
    while (count-- > 0)
        day = workday_at_or_after(calendar, day + 1, NULL);
    return day;
}

Instant time_after(const Calendar *calendar, Instant from, After after, bool any_hour,
                   RandomSource *random)
{
    int64_t amount = after.least + (int64_t)random_below(
                                       random, (uint64_t)((int64_t)after.most - after.least + 1));
    Instant at = from;
    if (after.unit == 'm')
        at = from + amount * MINUTE_US;
    else if (after.unit == 'h')
        at = from + amount * HOUR_US + (Instant)random_below(random, 3600) * SECOND_US / 2;
    else if (after.unit == 'w' && amount > 0)
        at = time_on(calendar, workdays_later(calendar, day_of(from), amount), any_hour, random);
    else if (after.unit == 'd' && amount > 0)
        at = time_on(calendar, day_of(from) + (Day)amount, any_hour, random);
    at = MAX(at, from + MINUTE_US + (Instant)random_below(random, 600) * SECOND_US);
    return any_hour ? at : office_hours(calendar, at, random);
}
