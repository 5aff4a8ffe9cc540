/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/json_in.h"

static Arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static bool parse(const char *text, JsonIn *in)
{
    Err err = {0};
    bool done = json_in_parse(arena, str_from_c(text), in, &err);
    assert_true(done || err.code == ERR_BAD_REQUEST);
    return done;
}

static void assert_member(const InMembers *members, const char *name, InType type, const char *text)
{
    const InMember *member = json_in_find(members, str_from_c(name));
    assert_non_null(member);
    assert_int_equal(member->type, type);
    assert_true(str_eq(member->text, str_from_c(text)));
}

static void test_every_type_keeps_its_text(void **state)
{
    JsonIn in;
    (void)state;
    assert_true(parse("{\"version\":12,\"form\":{\"a\":\"x\\r\\ny\",\"b\":12.5,\"c\":true,"
                      "\"d\":null,\"e\":-3,\"f\":{},\"g\":0.1,\"h\":1000000.01}}",
                      &in));
    assert_true(in.has_form);
    assert_member(&in.members, "version", IN_INTEGER, "12");
    assert_member(&in.form, "a", IN_TEXT, "x\ny");
    assert_member(&in.form, "b", IN_DECIMAL, "12.5");
    assert_member(&in.form, "c", IN_TRUTH, "1");
    assert_member(&in.form, "d", IN_NOTHING, "");
    assert_member(&in.form, "e", IN_INTEGER, "-3");
    assert_member(&in.form, "f", IN_NESTED, "");
    assert_member(&in.form, "g", IN_DECIMAL, "0.1");
    assert_member(&in.form, "h", IN_DECIMAL, "1000000.01");
    assert_null(json_in_find(&in.form, S("z")));
}

static void test_lists_repeat_the_name(void **state)
{
    JsonIn in;
    (void)state;
    assert_true(parse("{\"form\":{\"a\":[\"x\",\"y\"],\"b\":[]}}", &in));
    assert_int_equal(in.form.n, 3);
    assert_true(in.form.p[0].in_list && in.form.p[1].in_list);
    assert_member(&in.form, "b", IN_NOTHING, "");
}

static void test_what_is_no_such_text_is_refused(void **state)
{
    static const char *const bad[] = {"",
                                      "{",
                                      "[]",
                                      "null",
                                      "\"x\"",
                                      "{\"form\":",
                                      "{\"form\":{}} x",
                                      "{\"form\":1}",
                                      "{form:{}}",
                                      "{\"form\":{\"a\":\"1\",\"a\":\"2\"}}",
                                      "{\"form\":{\"a\":\"\\u0000\"}}",
                                      "{\"form\":{\"a\":\"\\u0007\"}}",
                                      "{\"form\":{\"a\":\"\\ud800\"}}",
                                      "{\"form\":{\"a\":\"\xff\"}}",
                                      "{\"form\":{\"a\":1e999}}",
                                      "{\"a\":NaN}"};
    JsonIn in;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (parse(bad[i], &in))
            fail_msg("%s was taken", bad[i]);
}

static void test_depth_and_number_of_members_have_an_end(void **state)
{
    Buf deep = buf_open(arena), wide = buf_open(arena), empty = buf_open(arena);
    JsonIn in;
    (void)state;
    for (int i = 0; i < 5000; i++)
        buf_byte(&deep, '[');
    assert_false(parse(str_c(arena, buf_str(&deep)), &in));
    TEXT(&wide, "{\"form\":{\"a\":[1");
    for (int i = 0; i < JSON_IN_MEMBERS_MAX; i++)
        TEXT(&wide, ",1");
    TEXT(&wide, "]}}");
    assert_false(parse(str_c(arena, buf_str(&wide)), &in));
    TEXT(&empty, "{\"form\":{\"a\":[]");
    for (int i = 0; i < JSON_IN_MEMBERS_MAX; i++)
        TEXT(&empty, ",\"f", i, "\":[]");
    TEXT(&empty, "}}");
    assert_false(parse(str_c(arena, buf_str(&empty)), &in));
}

static void test_text_of_a_member(void **state)
{
    JsonIn in;
    Str text;
    Err err = {0};
    (void)state;
    assert_true(parse("{\"login\":\"unit\",\"password\":5}", &in));
    assert_true(json_in_text(&in, S("login"), &text, &err));
    assert_true(str_eq(text, S("unit")));
    assert_true(json_in_text(&in, S("absent"), &text, &err));
    assert_int_equal(text.n, 0);
    assert_false(json_in_text(&in, S("password"), &text, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type_keeps_its_text),
        cmocka_unit_test(test_lists_repeat_the_name),
        cmocka_unit_test(test_what_is_no_such_text_is_refused),
        cmocka_unit_test(test_depth_and_number_of_members_have_an_end),
        cmocka_unit_test(test_text_of_a_member),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
