/* SPDX-License-Identifier: Apache-2.0 */
/* What a record keeps about its clock gives back the limit that was set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/clock.h"

static Values clock_values(Arena *arena, Duration limit)
{
    Values values = {0};
    values_set(arena, &values, S("clock_within"), value_text(clock_duration_text(arena, limit)));
    values_set(arena, &values, S("clock_rule"), clock_duration_rule(arena, limit));
    values_set(arena, &values, S("clock_source"), value_text(S("第九条")));
    values_set(arena, &values, S("clock_source_en"), value_text(S("art. 9")));
    values_set(arena, &values, S("clock_from"), value_int(20000));
    return values;
}

static void test_a_limit_is_read_back(void **state)
{
    Arena *arena = arena_open();
    const Duration limits[] = {
        {.amount = 10, .unit = DURATION_WORKDAY, .roll = true},
        {.amount = 30, .unit = DURATION_CALENDAR_DAY, .start = DURATION_SAME_DAY},
        {.amount = 3, .unit = DURATION_MONTH, .roll = true, .pausable = true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(limits); i++) {
        Values values = clock_values(arena, limits[i]);
        RecordClock clock;
        assert_true(record_clock(arena, &values, &clock));
        assert_int_equal(clock.durations[0].amount, limits[i].amount);
        assert_int_equal(clock.durations[0].unit, limits[i].unit);
        assert_int_equal(clock.durations[0].start, limits[i].start);
        assert_int_equal(clock.durations[0].roll, limits[i].roll);
        assert_int_equal(clock.durations[0].pausable, limits[i].pausable);
        assert_true(str_eq(clock.source.zh, S("第九条")));
        assert_true(str_eq(clock.source.en, S("art. 9")));
        assert_int_equal(clock.term.from, 20000);
        assert_int_equal(clock.term.duration_count, 1);
    }
    arena_close(arena);
}

static void test_extension_and_pauses(void **state)
{
    Arena *arena = arena_open();
    Values values = clock_values(arena, (Duration){.amount = 5, .roll = true});
    Str pauses[] = {S("2024-10-10/2024-10-12"), S("2024-10-20/2024-10-21"), S("damaged")};
    RecordClock clock;
    (void)state;
    values_set(arena, &values, S("extended_workdays"), value_int(4));
    values_set(arena, &values, S("pauses"), value_codes(arena, pauses, COUNT_OF(pauses)));
    values_set(arena, &values, S("paused_on"), value_int(20010));
    assert_true(record_clock(arena, &values, &clock));
    assert_int_equal(clock.term.duration_count, 2);
    assert_int_equal(clock.durations[1].amount, 4);
    assert_int_equal(clock.term.pause_count, 2);
    assert_int_equal(clock.term.pauses[1].to - clock.term.pauses[1].from, 1);
    assert_true(clock.paused);
    arena_close(arena);
}

static void test_without_a_clock(void **state)
{
    Arena *arena = arena_open();
    Values values = {0};
    RecordClock clock;
    (void)state;
    assert_false(record_clock(arena, &values, &clock));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_limit_is_read_back),
        cmocka_unit_test(test_extension_and_pauses),
        cmocka_unit_test(test_without_a_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
