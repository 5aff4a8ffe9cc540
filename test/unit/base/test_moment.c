/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

#include "base/moment.h"

static Arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_open();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

/* The slow calendar: counts on day by day. */
static bool is_leap(int year)
{
    if (year % 400 == 0)
        return true;
    if (year % 100 == 0)
        return false;
    return year % 4 == 0;
}

static int slow_length(CivilDate date)
{
    if (date.month == 2)
        return is_leap(date.year) ? 29 : 28;
    return date.month == 4 || date.month == 6 || date.month == 9 || date.month == 11 ? 30 : 31;
}

static CivilDate slow_next(CivilDate date)
{
    if (++date.day <= slow_length(date))
        return date;
    date.day = 1;
    if (++date.month <= 12)
        return date;
    return (CivilDate){date.year + 1, 1, 1};
}

static void days_agree_with_a_slow_calendar(void **state)
{
    (void)state;
    CivilDate date = {1900, 1, 1}; /* a Monday, 25,567 days before 1970-01-01 */
    Day day = -25567;
    int weekday = 1;
    for (; date.year <= 2100; date = slow_next(date), day++, weekday = (weekday + 1) % 7) {
        ArenaMark mark = arena_mark(arena);
        Day parsed = 1;
        CivilDate back = day_to_civil(day);
        assert_int_equal(day_from_civil(date), day);
        assert_memory_equal(&back, &date, sizeof(date));
        assert_int_equal(day_weekday(day), weekday);
        assert_int_equal(month_start(day, 0), day - date.day + 1);
        assert_int_equal(month_length(date.year, date.month), slow_length(date));
        assert_int_equal(day_of(day_start(day)), day);
        assert_int_equal(day_of(day_start(day) - 1), day - 1);
        assert_true(day_parse(day_text(arena, day), &parsed) && parsed == day);
        arena_rewind(arena, mark);
    }
    assert_int_equal(day, 47847); /* 2101-01-01 */
}

static void months_count_forth_and_back(void **state)
{
    (void)state;
    Day day = day_from_civil((CivilDate){2026, 3, 31});
    assert_str(day_text(arena, month_start(day, 0)), S("2026-03-01"));
    assert_str(day_text(arena, month_start(day, -3)), S("2025-12-01"));
    assert_str(day_text(arena, month_start(day, 10)), S("2027-01-01"));
    assert_str(day_text(arena, month_start(day, -2400)), S("1826-03-01"));
    Day walked = month_start(day, -60);
    for (int months = -60; months < 60; months++) {
        assert_int_equal(month_start(day, months), walked);
        CivilDate date = day_to_civil(walked);
        walked += month_length(date.year, date.month);
    }
}

static void impossible_dates_are_refused(void **state)
{
    (void)state;
    static const Str bad[] = {
        S_CONST(""),
        S_CONST("2026-3-5"),
        S_CONST("2026-02-29"),
        S_CONST("2026-00-01"),
        S_CONST("2026-13-01"),
        S_CONST("2026-01-00"),
        S_CONST("2026-04-31"),
        S_CONST("0000-01-01"),
        S_CONST("2026-01-011"),
        S_CONST("2026/01/01"),
        S_CONST("1900-02-29"),
        S_CONST(" 2026-01-01"),
        S_CONST("+026-01-01"),
        S_CONST("2026-01-01T00:00:00Z"),
    };
    Day day = 77;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(day_parse(bad[i], &day));
    assert_int_equal(day, 77);
    assert_true(day_parse(S("2000-02-29"), &day));
    assert_true(day_parse(S("0001-01-01"), &day));
    assert_true(day_parse(S("9999-12-31"), &day));
}

static void instants_are_read(void **state)
{
    (void)state;
    /* 1,772,674,200 s is 2026-03-05T01:30:00Z (date -d). */
    static const struct {
        Str text;
        int64_t us;
    } cases[] = {
        {S_CONST("2026-03-05T09:30:00+08:00"), INT64_C(1772674200000000)},
        {S_CONST("2026-03-05T01:30:00Z"), INT64_C(1772674200000000)},
        {S_CONST("2026-03-05t01:30:00z"), INT64_C(1772674200000000)},
        {S_CONST("2026-03-04T22:00:00-03:30"), INT64_C(1772674200000000)},
        {S_CONST("2026-03-05 09:30"), INT64_C(1772674200000000)},
        {S_CONST("2026-03-05T09:30"), INT64_C(1772674200000000)},
        {S_CONST("2026-03-05 09:30:01"), INT64_C(1772674201000000)},
        {S_CONST("2026-03-05T09:30:00.25+08:00"), INT64_C(1772674200250000)},
        {S_CONST("2026-03-05T09:30:00.123456789+08:00"), INT64_C(1772674200123456)},
        {S_CONST("2026-03-05"), INT64_C(1772640000000000)},
        {S_CONST("1969-12-31T23:59:59.999999Z"), -1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Instant instant = 0;
        assert_true(instant_parse(cases[i].text, &instant));
        assert_true(instant == cases[i].us);
    }
}

static void other_instants_are_refused(void **state)
{
    (void)state;
    static const Str bad[] = {
        S_CONST(""),
        S_CONST("2026-03-05T"),
        S_CONST("2026-03-05X09:30"),
        S_CONST("2026-03-05 24:00"),
        S_CONST("2026-03-05 09:60"),
        S_CONST("2026-03-05 9:30"),
        S_CONST("2026-03-05T09:30Z"),
        S_CONST("2026-03-05T09:30:60Z"),
        S_CONST("2026-03-05T09:30:00.Z"),
        S_CONST("2026-03-05T09:30:00+0800"),
        S_CONST("2026-03-05T09:30:00+24:00"),
        S_CONST("2026-03-05T09:30:00+08:00 "),
        S_CONST("2026-02-30T09:30:00Z"),
        S_CONST("9999-12-31T20:00:00Z"),
        S_CONST("0001-01-01T00:00:00+09:00"),
    };
    Instant instant = 77;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(instant_parse(bad[i], &instant));
    assert_true(instant == 77);
}

static void instants_round_trip_to_the_second(void **state)
{
    (void)state;
    RandomSource random = random_seeded(5);
    for (int i = 0; i < 2000; i++) {
        Instant instant = (int64_t)random_below(&random, UINT64_C(8000000000)) - 4000000000;
        instant *= SECOND_US;
        Instant within = instant + (int64_t)random_below(&random, SECOND_US);
        Instant back = 0;
        assert_true(instant_parse(instant_text(arena, within), &back));
        assert_true(back == instant);
    }
    assert_str(instant_text(arena, -1), S("1970-01-01T07:59:59+08:00"));
}

static void any_instant_has_a_day(void **state)
{
    (void)state;
    assert_true(day_start(day_of(INT64_MAX / 2)) <= INT64_MAX / 2);
    assert_true(day_of(INT64_MAX) > day_of(INT64_MIN));
}

static void clocks_move_on(void **state)
{
    (void)state;
    int64_t first = monotonic_us();
    assert_true(monotonic_us() >= first);
    assert_true(instant_now() > INT64_C(1700000000) * SECOND_US);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_agree_with_a_slow_calendar),
        cmocka_unit_test(months_count_forth_and_back),
        cmocka_unit_test(impossible_dates_are_refused),
        cmocka_unit_test(instants_are_read),
        cmocka_unit_test(other_instants_are_refused),
        cmocka_unit_test(instants_round_trip_to_the_second),
        cmocka_unit_test(any_instant_has_a_day),
        cmocka_unit_test(clocks_move_on),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
