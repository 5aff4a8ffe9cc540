/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "write/json.h"

static int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

static void write_everything(Json *json)
{
    json_object_begin(json);
    json_field_str(json, S("number"), S("QS-2026-00001"));
    json_field_int(json, S("least"), INT64_MIN);
    json_field_bool(json, S("open"), true);
    json_field_none(json, S("closed_at"));
    json_name(json, S("amount"));
    json_decimal(json, 327, 1);
    json_field_day(json, S("due"), day_from_civil((CivilDate){2026, 10, 21}));
    json_field_day(json, S("no_day"), 0);
    json_field_instant(json, S("at"), day_start(day_from_civil((CivilDate){2026, 3, 5})));
    json_field_array_begin(json, S("rows"));
    json_array_begin(json);
    json_array_end(json);
    json_int(json, 1);
    json_bool(json, false);
    json_object_begin(json);
    json_object_end(json);
    json_array_end(json);
    json_field_object_begin(json, S("in"));
    json_field_str(json, S("a\"b"), S(""));
    json_object_end(json);
    json_object_end(json);
}

static void everything_is_written_with_its_commas(void **state)
{
    Buf buf = buf_open(*state);
    Json json = json_open(&buf);
    write_everything(&json);
    json_close(&json);
    assert_true(
        str_eq(buf_str(&buf),
               S("{\"number\":\"QS-2026-00001\",\"least\":-9223372036854775808,\"open\":true,"
                 "\"closed_at\":null,\"amount\":32.7,\"due\":\"2026-10-21\",\"no_day\":null,"
                 "\"at\":\"2026-03-05T00:00:00+08:00\",\"rows\":[[],1,false,{}],\"in\":{\"a\\\"b\":"
                 "\"\"}}")));
}

static void values_take_their_canonical_form(void **state)
{
    const int64_t ids[] = {5, 3, 5};
    const Str codes[] = {S_CONST("b"), S_CONST("<a>")};
    Buf buf = buf_open(*state);
    Json json = json_open(&buf);
    json_array_begin(&json);
    json_value(&json, value_codes(*state, codes, 2));
    json_value(&json, value_ids(*state, ids, 3));
    json_value(&json, value_int(1250));
    json_value(&json, value_text(S("a&b")));
    json_value(&json, VALUE_NOTHING);
    json_array_end(&json);
    json_close(&json);
    assert_true(
        str_eq(buf_str(&buf), S("[[\"\\u003ca\\u003e\",\"b\"],[3,5],1250,\"a\\u0026b\",null]")));
}

static void script_data_cannot_be_left(void **state)
{
    Buf buf = buf_open(*state);
    Json json = json_open(&buf);
    json_str(&json, S("</script><!--\xe2\x80\xa8\xe2\x80\xa9&\x7f\x01\n\xe2\x80\xaa"));
    assert_true(str_eq(buf_str(&buf), S("\"\\u003c/script\\u003e\\u003c!--\\u2028\\u2029\\u0026"
                                        "\\u007f\\u0001\\n\xe2\x80\xaa\"")));
}

/* Another person's parser reads back exactly what went in. */
static void texts_survive_the_round_trip(void **state)
{
    static const Str PIECES[] = {
        S_CONST("\""), S_CONST("\\"), S_CONST("<"),  S_CONST("\n"),           S_CONST("\t"),
        S_CONST("中"), S_CONST("a"),  S_CONST("/"),  S_CONST("\xe2\x80\xa8"), S_CONST("𠀀"),
        S_CONST("&"),  S_CONST("\b"), S_CONST("\r"), S_CONST("\xe2\x80\xa7"), S_CONST("\x1f"),
    };
    uint64_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        Buf text = buf_open(*state);
        for (int i = 0; i < round % 24; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            buf_add(&text, PIECES[(seed >> 33) % COUNT_OF(PIECES)]);
        }
        Buf buf = buf_open(*state);
        Json json = json_open(&buf);
        json_array_begin(&json);
        json_str(&json, buf_str(&text));
        json_array_end(&json);
        json_t *back = json_loadb(buf.p, buf.n, 0, NULL);
        assert_non_null(back);
        json_t *first = json_array_get(back, 0);
        assert_int_equal(json_string_length(first), text.n);
        assert_memory_equal(json_string_value(first), text.n ? text.p : "", text.n);
        json_decref(back);
    }
}

static void value_without_name(Json *json)
{
    json_object_begin(json);
    json_int(json, 1);
}

static void name_in_array(Json *json)
{
    json_array_begin(json);
    json_name(json, S("a"));
}

static void wrong_end(Json *json)
{
    json_array_begin(json);
    json_object_end(json);
}

static void name_without_value(Json *json)
{
    json_object_begin(json);
    json_name(json, S("a"));
    json_object_end(json);
}

static void two_roots(Json *json)
{
    json_int(json, 1);
    json_int(json, 2);
}

static void left_open(Json *json)
{
    json_array_begin(json);
}

static void nothing_at_all(Json *json)
{
    (void)json;
}

static void too_deep(Json *json)
{
    for (int i = 0; i <= JSON_DEPTH_MAX; i++)
        json_array_begin(json);
}

/* Runs in a child, because ASSERT aborts. */
static bool aborts(void (*write)(Json *json))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit none = {0, 0};
        (void)setrlimit(RLIMIT_CORE, &none);
        (void)signal(SIGABRT, SIG_DFL);
        (void)close(STDERR_FILENO);
        Arena *arena = arena_open();
        Buf buf = buf_open(arena);
        Json json = json_open(&buf);
        write(&json);
        json_close(&json);
        arena_close(arena);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void misnesting_is_our_bug(void **state)
{
    (void)state;
    assert_false(aborts(write_everything));
    assert_true(aborts(value_without_name));
    assert_true(aborts(name_in_array));
    assert_true(aborts(wrong_end));
    assert_true(aborts(name_without_value));
    assert_true(aborts(two_roots));
    assert_true(aborts(left_open));
    assert_true(aborts(nothing_at_all));
    assert_true(aborts(too_deep));
}

#define with_arena(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_arena(everything_is_written_with_its_commas),
        with_arena(values_take_their_canonical_form),
        with_arena(script_data_cannot_be_left),
        with_arena(texts_survive_the_round_trip),
        with_arena(misnesting_is_our_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
