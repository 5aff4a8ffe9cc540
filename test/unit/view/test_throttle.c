/* SPDX-License-Identifier: Apache-2.0 */
/* How often an address may write or guess. */
#include "visitor.h"

#include "view/throttle.h"

#define SECOND 1000000

static int take(Throttle *throttle, Str client, int64_t now_us)
{
    return throttle_take(throttle, throttle_address(client), now_us);
}

static void test_a_burst_then_one_at_a_time(void **state)
{
    Arena *arena = arena_open();
    Throttle *throttle = throttle_open(arena, 3, 2 * SECOND);
    Str one = S("192.0.2.1");
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(throttle, one, 100 * SECOND), 0);
    assert_int_equal(take(throttle, one, 100 * SECOND), 2);
    assert_int_equal(take(throttle, one, 100 * SECOND + SECOND / 2), 2);
    assert_int_equal(take(throttle, one, 101 * SECOND), 1);
    assert_int_equal(take(throttle, one, 102 * SECOND), 0);
    assert_int_equal(take(throttle, one, 102 * SECOND), 2);
    /* Full again after a rest, and not fuller. */
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(throttle, one, 900 * SECOND), 0);
    assert_true(take(throttle, one, 900 * SECOND) > 0);
    arena_close(arena);
}

static void test_asking_takes_nothing(void **state)
{
    Arena *arena = arena_open();
    Throttle *throttle = throttle_open(arena, 1, SECOND);
    (void)state;
    for (int i = 0; i < 9; i++)
        assert_int_equal(throttle_wait(throttle, throttle_address(S("192.0.2.1")), SECOND), 0);
    assert_int_equal(take(throttle, S("192.0.2.1"), SECOND), 0);
    assert_int_equal(throttle_wait(throttle, throttle_address(S("192.0.2.1")), SECOND), 1);
    arena_close(arena);
}

static void test_addresses_are_counted_apart(void **state)
{
    Arena *arena = arena_open();
    Throttle *throttle = throttle_open(arena, 1, SECOND);
    (void)state;
    assert_int_equal(take(throttle, S("192.0.2.1"), SECOND), 0);
    assert_int_equal(take(throttle, S("192.0.2.2"), SECOND), 0);
    assert_int_equal(take(throttle, S("::ffff:192.0.2.2"), SECOND), 1);
    assert_int_equal(take(throttle, S("2001:db8:0:1::1"), SECOND), 0);
    assert_int_equal(take(throttle, S("2001:db8:0:1:ffff::2"), SECOND), 1);
    assert_int_equal(take(throttle, S("2001:db8:0:2::1"), SECOND), 0);
    for (int i = 0; i < 9; i++) {
        assert_int_equal(take(throttle, S("127.0.0.1"), SECOND), 0);
        assert_int_equal(take(throttle, S("::1"), SECOND), 0);
        assert_int_equal(take(throttle, S("unix"), SECOND), 0);
    }
    arena_close(arena);
}

/* Many addresses push out the ones that waited longest; who writes all the time stays known. */
static void test_a_crowd_does_not_free_who_writes_now(void **state)
{
    Arena *arena = arena_open();
    Throttle *throttle = throttle_open(arena, 30, 2 * SECOND);
    int64_t now = 1000 * (int64_t)SECOND;
    int taken = 0;
    (void)state;
    for (int i = 0; i < 60000; i++) {
        char other[32];
        (void)snprintf(other, sizeof other, "198.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        (void)take(throttle, str_from_c(other), now + i);
        if (i % 100 == 0)
            taken += take(throttle, S("192.0.2.1"), now + i) == 0;
    }
    assert_true(taken >= 30 && taken < 60);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_burst_then_one_at_a_time),
        cmocka_unit_test(test_asking_takes_nothing),
        cmocka_unit_test(test_addresses_are_counted_apart),
        cmocka_unit_test(test_a_crowd_does_not_free_who_writes_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
