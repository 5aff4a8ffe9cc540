/* SPDX-License-Identifier: Apache-2.0 */
#include "org/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query.h"

#define NOW    (INT64_C(1700000000) * SECOND_US)
#define MINUTE (INT64_C(60) * SECOND_US)

typedef struct Fixture {
    Arena *arena;
    Db *db;
    Office office;
    Account accounts[3];
    RandomSource random;
    Err err;
} Fixture;

static void must(bool done, const Fixture *f)
{
    if (!done)
        fail_msg("%s: %s", err_code_name(f->err.code), f->err.detail);
}

static int fixture_open(void **state)
{
    Arena *arena = arena_open();
    Fixture *f = NEW(arena, Fixture);
    static const Str logins[] = {S_CONST("unit"), S_CONST("gone"), S_CONST("nopass")};
    f->arena = arena;
    f->random = random_seeded(3);
    f->office.accounts = map_open(arena);
    f->office.accounts_by_login = map_open(arena);
    for (int i = 0; i < 3; i++) {
        f->accounts[i] = (Account){.id = 10 + i, .login = logins[i], .disabled = i == 1};
        map_set_id(&f->office.accounts, 10 + i, &f->accounts[i]);
        map_set(&f->office.accounts_by_login, logins[i], &f->accounts[i]);
    }
    must(db_open_memory(arena, &f->db, &f->err), f);
    must(db_migrate(f->db, &f->err), f);
    *state = f;
    return 0;
}

static int fixture_close(void **state)
{
    arena_close(((Fixture *)*state)->arena);
    return 0;
}

static ErrCode check(Fixture *f, const char *login, const char *password)
{
    int64_t account = 0;
    err_clear(&f->err);
    if (!session_check(f->arena, f->db, &f->office, str_from_c(login), str_from_c(password),
                       &account, &f->err)) {
        assert_int_equal(account, 0);
        return f->err.code;
    }
    assert_int_equal(account, 10);
    return ERR_NONE;
}

static bool is_found(Fixture *f, Str token, Instant now)
{
    Session session;
    bool found;
    must(session_find(f->arena, f->db, &f->office, token, now, &session, &found, &f->err), f);
    if (found)
        assert_int_equal(session.account, 10);
    return found;
}

static bool password_set(Fixture *f, int64_t account, Str password)
{
    Str hash;
    return password_hash(f->arena, password, &hash, &f->err) &&
           password_store(f->db, account, hash, &f->err);
}

static Str open_session(Fixture *f)
{
    Str token, csrf;
    must(session_open(f->arena, f->db, &f->random, 10, NOW, &token, &csrf, &f->err), f);
    assert_int_equal(token.n, 64);
    assert_int_equal(csrf.n, 32);
    return token;
}

static void only_the_right_password_opens(void **state)
{
    Fixture *f = *state;
    must(password_set(f, 10, S("correct horse")), f);
    must(password_set(f, 11, S("correct horse")), f);
    assert_int_equal(check(f, "unit", "correct horse"), ERR_NONE);
    assert_int_equal(check(f, "unit", "correct horsf"), ERR_SIGN_IN_REQUIRED);
    /* One sentence for unknown, wrong, disabled and without password. */
    assert_int_equal(f->err.message, MSG_session_wrong);
    assert_int_equal(check(f, "gone", "correct horse"), ERR_SIGN_IN_REQUIRED);
    assert_int_equal(f->err.message, MSG_session_wrong);
    assert_int_equal(check(f, "nopass", ""), ERR_SIGN_IN_REQUIRED);
    assert_int_equal(check(f, "nobody", "correct horse"), ERR_SIGN_IN_REQUIRED);
    assert_int_equal(f->err.message, MSG_session_wrong);
}

/* A part of what a real check takes is enough to tell that a hash was made. */
static void an_unknown_login_costs_as_much(void **state)
{
    Fixture *f = *state;
    int64_t start, wrong, unknown;
    must(password_set(f, 10, S("correct horse")), f);
    start = monotonic_us();
    (void)check(f, "unit", "something else");
    wrong = monotonic_us() - start;
    start = monotonic_us();
    (void)check(f, "nobody", "something else");
    unknown = monotonic_us() - start;
    assert_true(unknown > wrong / 4);
}

static void a_session_ends(void **state)
{
    Fixture *f = *state;
    Str token = open_session(f);
    Session session;
    bool found;
    assert_true(is_found(f, token, NOW));
    assert_false(is_found(f, S(""), NOW));
    assert_false(is_found(f, S("00"), NOW));
    assert_true(is_found(f, token, NOW + SESSION_IDLE_US - 1));
    assert_false(is_found(f, token, NOW + SESSION_IDLE_US));
    must(session_find(f->arena, f->db, &f->office, token, NOW, &session, &found, &f->err), f);
    for (Instant at = NOW; at < NOW + SESSION_MAX_US; at += SESSION_IDLE_US / 2)
        must(session_touch(f->db, session.token_hash, at, &f->err), f);
    assert_true(is_found(f, token, NOW + SESSION_MAX_US - 1));
    assert_false(is_found(f, token, NOW + SESSION_MAX_US));
    f->accounts[0].disabled = true;
    assert_false(is_found(f, token, NOW + SESSION_IDLE_US));
    f->accounts[0].disabled = false;
    must(session_close(f->db, session.token_hash, &f->err), f);
    assert_false(is_found(f, token, NOW));
}

static void a_touch_is_written_once_a_minute(void **state)
{
    Fixture *f = *state;
    Str token = open_session(f);
    Session session;
    bool found;
    must(session_find(f->arena, f->db, &f->office, token, NOW, &session, &found, &f->err), f);
    must(session_touch(f->db, session.token_hash, NOW + MINUTE - 1, &f->err), f);
    must(session_find(f->arena, f->db, &f->office, token, NOW, &session, &found, &f->err), f);
    assert_int_equal(session.seen_at, NOW);
    must(session_touch(f->db, session.token_hash, NOW + MINUTE, &f->err), f);
    must(session_find(f->arena, f->db, &f->office, token, NOW, &session, &found, &f->err), f);
    assert_int_equal(session.seen_at, NOW + MINUTE);
    must(session_touch(f->db, S("none"), NOW, &f->err), f);
}

static void a_password_has_a_length_and_ends_sessions(void **state)
{
    Fixture *f = *state;
    Str token = open_session(f);
    char longest[PASSWORD_MAX + 1];
    memset(longest, 'a', sizeof longest);
    assert_false(password_set(f, 10, S("123456789")));
    assert_int_equal(f->err.code, ERR_INVALID_FORM);
    assert_false(password_set(f, 10, S("\xff\xfe 3456789012")));
    assert_false(password_set(f, 10, (Str){longest, PASSWORD_MAX + 1}));
    assert_true(is_found(f, token, NOW));
    err_clear(&f->err);
    must(password_set(f, 10, (Str){longest, PASSWORD_MAX}), f);
    must(password_set(f, 10, S("铜陵市总商会办公室值班")), f);
    assert_false(is_found(f, token, NOW));
}

static void the_table_holds_no_token(void **state)
{
    Fixture *f = *state;
    Str token = open_session(f);
    QSessionGet row;
    bool found;
    must(q_session_get(f->db, f->arena, token, &row, &found, &f->err), f);
    assert_false(found);
    assert_false(str_eq(open_session(f), token));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_the_right_password_opens),
        TEST(an_unknown_login_costs_as_much),
        TEST(a_session_ends),
        TEST(a_touch_is_written_once_a_minute),
        TEST(a_password_has_a_length_and_ends_sessions),
        TEST(the_table_holds_no_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
