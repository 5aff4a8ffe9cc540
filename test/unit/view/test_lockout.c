/* SPDX-License-Identifier: Apache-2.0 */
/* How often a password may be tried. */
#include "visitor.h"

#include "view/lockout.h"

#define LOGIN S("unit")
#define DESK  S("192.0.2.1")
#define START (INT64_C(1000) * SECOND_US)

static int wait_of(Lockout *lockout, Str login, Str client, int tries)
{
    int seconds = 0;
    for (int i = 0; i < tries; i++)
        seconds = lockout_try(lockout, login, client, START);
    return seconds;
}

static void test_five_tries_then_one_at_a_time(void **state)
{
    Arena *arena = arena_open();
    Lockout *lockout = lockout_open(arena);
    int64_t later = START + LOCKOUT_EVERY_US;
    (void)state;
    assert_int_equal(wait_of(lockout, LOGIN, DESK, LOCKOUT_TRIES), 0);
    assert_int_equal(lockout_try(lockout, LOGIN, DESK, START), 180);
    assert_int_equal(lockout_try(lockout, LOGIN, DESK, START + SECOND_US), 179);
    assert_int_equal(lockout_try(lockout, LOGIN, DESK, later), 0);
    assert_int_equal(lockout_try(lockout, LOGIN, DESK, later), 180);
    lockout_clear(lockout, LOGIN, DESK, later);
    assert_int_equal(wait_of(lockout, LOGIN, DESK, LOCKOUT_TRIES), 0);
    arena_close(arena);
}

static void test_a_login_at_an_address_is_counted_apart(void **state)
{
    Arena *arena = arena_open();
    Lockout *lockout = lockout_open(arena);
    (void)state;
    assert_true(wait_of(lockout, LOGIN, DESK, LOCKOUT_TRIES + 1) > 0);
    assert_int_equal(wait_of(lockout, LOGIN, S("192.0.2.2"), LOCKOUT_TRIES), 0);
    assert_int_equal(wait_of(lockout, S("intake"), DESK, LOCKOUT_TRIES), 0);
    assert_true(wait_of(lockout, LOGIN, S("127.0.0.1"), LOCKOUT_TRIES + 1) > 0);
    assert_true(wait_of(lockout, LOGIN, S("2001:db8::1"), LOCKOUT_TRIES + 1) > 0);
    assert_true(wait_of(lockout, LOGIN, S("2001:db8::2"), 1) > 0);
    arena_close(arena);
}

/* Each address has its five tries, all together a hundred; a desk where one signed in is not held
 * back by what others do. */
static void test_many_addresses_are_held_back_but_not_a_known_one(void **state)
{
    Arena *arena = arena_open();
    Lockout *lockout = lockout_open(arena);
    char client[32];
    int taken = 0;
    (void)state;
    lockout_clear(lockout, LOGIN, DESK, START);
    for (int i = 0; i < 50; i++) {
        (void)snprintf(client, sizeof client, "198.51.100.%d", i);
        for (int j = 0; j < LOCKOUT_TRIES; j++)
            taken += lockout_try(lockout, LOGIN, str_from_c(client), START) == 0;
    }
    assert_int_equal(taken, LOCKOUT_AFAR_TRIES);
    assert_int_equal(lockout_try(lockout, LOGIN, S("203.0.113.1"), START), 36);
    assert_int_equal(lockout_try(lockout, S("other"), S("203.0.113.1"), START), 0);
    assert_int_equal(wait_of(lockout, LOGIN, DESK, LOCKOUT_TRIES), 0);
    arena_close(arena);
}

/* Somebody who tries many logins does not make room for more tries on one of them. */
/* Held back because of others, one still has all five tries when the wait is over. */
static void test_a_refusal_takes_nothing(void **state)
{
    Arena *arena = arena_open();
    Lockout *lockout = lockout_open(arena);
    Str here = S("203.0.113.1");
    int64_t later = START + LOCKOUT_TRIES * LOCKOUT_AFAR_EVERY_US;
    char client[32];
    (void)state;
    for (int i = 0; i < LOCKOUT_AFAR_TRIES; i++) {
        (void)snprintf(client, sizeof client, "198.51.100.%d", i);
        assert_int_equal(lockout_try(lockout, LOGIN, str_from_c(client), START), 0);
    }
    assert_true(wait_of(lockout, LOGIN, here, LOCKOUT_TRIES) > 0);
    for (int i = 0; i < LOCKOUT_TRIES; i++)
        assert_int_equal(lockout_try(lockout, LOGIN, here, later), 0);
    arena_close(arena);
}

static void test_a_crowd_of_logins_frees_none(void **state)
{
    Arena *arena = arena_open();
    Lockout *lockout = lockout_open(arena);
    char login[32];
    (void)state;
    assert_true(wait_of(lockout, LOGIN, DESK, LOCKOUT_TRIES + 1) > 0);
    for (int i = 0; i < 60000; i++) {
        (void)snprintf(login, sizeof login, "nobody-%d", i);
        (void)lockout_try(lockout, str_from_c(login), DESK, START);
    }
    assert_true(lockout_try(lockout, LOGIN, DESK, START) > 0);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_five_tries_then_one_at_a_time),
        cmocka_unit_test(test_a_login_at_an_address_is_counted_apart),
        cmocka_unit_test(test_many_addresses_are_held_back_but_not_a_known_one),
        cmocka_unit_test(test_a_refusal_takes_nothing),
        cmocka_unit_test(test_a_crowd_of_logins_frees_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
