/* SPDX-License-Identifier: Apache-2.0 */
#include "random_value.h"

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

static Str written(Value value)
{
    Buf buf = buf_open(arena);
    value_write(&buf, value);
    return buf_str(&buf);
}

static void the_canonical_form(void **state)
{
    (void)state;
    int64_t ids[] = {5, 3};
    Str codes[] = {S("b"), S("a")};
    assert_str(written(VALUE_NOTHING), S("null"));
    assert_str(written(value_int(-12)), S("-12"));
    assert_str(written(value_text((Str){0})), S("\"\""));
    assert_str(written(value_ids(arena, ids, 2)), S("[3,5]"));
    assert_str(written(value_codes(arena, codes, 2)), S("[\"a\",\"b\"]"));
    assert_str(written(value_text(S("\"\\/\n\t\r\b\f\0\x1f\x7f诉"))),
               S("\"\\\"\\\\/\\n\\t\\r\\u0008\\u000c\\u0000\\u001f\x7f诉\""));
}

static void values_round_trip(void **state)
{
    (void)state;
    RandomSource random = random_seeded(30);
    for (int i = 0; i < 20000; i++) {
        ArenaMark mark = arena_mark(arena);
        Value value = random_value(arena, &random);
        Value back = value_int(77);
        assert_true(value_parse(arena, written(value), &back, NULL));
        assert_true(value_eq(value, back));
        arena_rewind(arena, mark);
    }
}

static Str written_values(const Values *values)
{
    Buf buf = buf_open(arena);
    values_write(&buf, values);
    return buf_str(&buf);
}

static void records_round_trip(void **state)
{
    (void)state;
    RandomSource random = random_seeded(31);
    for (int i = 0; i < 3000; i++) {
        ArenaMark mark = arena_mark(arena);
        Values values = {0};
        for (size_t n = random_below(&random, 6); n > 0; n--)
            values_set(arena, &values, random_text(arena, &random), random_value(arena, &random));
        Values back = {0};
        Str json = written_values(&values);
        assert_true(values_parse(arena, json, &back, NULL));
        assert_int_equal(back.n, values.n);
        for (size_t k = 0; k < back.n; k++)
            assert_true(value_eq(back.p[k].value, values_get(&values, back.p[k].name)));
        arena_rewind(arena, mark);
    }
}

/* One spelling a value: whatever is accepted is written again with the same bytes. */
static void damaged_text_is_refused_or_canonical(void **state)
{
    (void)state;
    static const char bytes[] = "0123456789-\"\\nrtu[],:{}l \x01\xe8";
    RandomSource random = random_seeded(32);
    for (int i = 0; i < 50000; i++) {
        ArenaMark mark = arena_mark(arena);
        Values values = {0};
        values_set(arena, &values, S("a"), random_value(arena, &random));
        values_set(arena, &values, S("b"), random_value(arena, &random));
        Str json = str_dup(arena, written_values(&values));
        char *p = (char *)(uintptr_t)json.p;
        for (size_t n = random_below(&random, 3); n > 0; n--)
            p[random_below(&random, json.n)] = bytes[random_below(&random, sizeof(bytes) - 1)];
        json.n -= random_below(&random, 10) == 0;
        Values back = {0};
        if (values_parse(arena, json, &back, NULL))
            assert_str(written_values(&back), json);
        Str inner = str_slice(json, 5, json.n - 1);
        Value value;
        if (value_parse(arena, inner, &value, NULL))
            assert_str(written(value), inner);
        arena_rewind(arena, mark);
    }
}

static void other_json_is_refused(void **state)
{
    (void)state;
    static const Str bad[] = {
        S_CONST(""),
        S_CONST(" 1"),
        S_CONST("1 "),
        S_CONST("01"),
        S_CONST("-0"),
        S_CONST("+1"),
        S_CONST("-"),
        S_CONST("1.0"),
        S_CONST("1e3"),
        S_CONST("9223372036854775808"),
        S_CONST("true"),
        S_CONST("nul"),
        S_CONST("nullx"),
        S_CONST("\""),
        S_CONST("\"a"),
        S_CONST("\"a\"b"),
        S_CONST("\"\\"),
        S_CONST("\"\\\""),
        S_CONST("\"\\/\""),
        S_CONST("\"\\b\""),
        S_CONST("\"\\u0041\""),
        S_CONST("\"\\u000a\""),
        S_CONST("\"\\u001F\""),
        S_CONST("\"\\u00"),
        S_CONST("\"\\u8bc9\""),
        S_CONST("\"\n\""),
        S_CONST("\"\xff\""),
        S_CONST("[]"),
        S_CONST("[1"),
        S_CONST("[1,"),
        S_CONST("[1,]"),
        S_CONST("[1,1]"),
        S_CONST("[2,1]"),
        S_CONST("[1, 2]"),
        S_CONST("[1,\"a\"]"),
        S_CONST("[\"a\",1]"),
        S_CONST("[\"a\",\"a\"]"),
        S_CONST("[\"b\",\"a\"]"),
        S_CONST("[[1]]"),
        S_CONST("[null]"),
        S_CONST("{}"),
        S_CONST("\"\0\""),
        S_CONST("1\0"),
    };
    Value value = value_int(77);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        Err err = {0};
        if (value_parse(arena, bad[i], &value, &err))
            print_error("accepted: %.*s\n", (int)bad[i].n, bad[i].p);
        assert_int_equal(err.code, ERR_INTERNAL);
        assert_int_equal(err.message, MSG_value_unreadable);
    }
    assert_true(value_eq(value, value_int(77)));
}

static void other_records_are_refused(void **state)
{
    (void)state;
    static const Str bad[] = {
        S_CONST(""),
        S_CONST("null"),
        S_CONST("{"),
        S_CONST("{\"a\"}"),
        S_CONST("{\"a\":}"),
        S_CONST("{\"a\":1"),
        S_CONST("{\"a\":1,}"),
        S_CONST("{\"a\":null}"),
        S_CONST("{\"a\":1,\"a\":1}"),
        S_CONST("{\"b\":1,\"a\":1}"),
        S_CONST("{\"a\": 1}"),
        S_CONST("{a:1}"),
        S_CONST("{}x"),
        S_CONST("{\"a\":{}}"),
    };
    Values values = {.n = 77};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(values_parse(arena, bad[i], &values, NULL));
    assert_int_equal(values.n, 77);
    assert_true(values_parse(arena, S("{}"), &values, NULL));
    assert_int_equal(values.n, 0);
}

static void the_error_names_the_place(void **state)
{
    (void)state;
    Err err = {0};
    Values values;
    assert_false(values_parse(arena, S("{\"a\":01}"), &values, &err));
    assert_str(err.args[0], S("7"));
    assert_string_equal(err.detail, "not a canonical integer");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_canonical_form),
        cmocka_unit_test(values_round_trip),
        cmocka_unit_test(records_round_trip),
        cmocka_unit_test(damaged_text_is_refused_or_canonical),
        cmocka_unit_test(other_json_is_refused),
        cmocka_unit_test(other_records_are_refused),
        cmocka_unit_test(the_error_names_the_place),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
