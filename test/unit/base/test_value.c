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

static void lists_are_sorted_without_doubles(void **state)
{
    (void)state;
    int64_t ids[] = {5, INT64_MIN, 3, 5, INT64_MAX};
    Value value = value_ids(arena, ids, COUNT_OF(ids));
    assert_int_equal(value.count, 4);
    assert_true(value.ids[0] == INT64_MIN && value.ids[1] == 3 && value.ids[3] == INT64_MAX);
    Str codes[] = {S("b"), S("a"), S("b"), S("")};
    Value texts = value_codes(arena, codes, COUNT_OF(codes));
    assert_int_equal(texts.count, 3);
    assert_str(texts.codes[0], S(""));
    assert_str(texts.codes[2], S("b"));
    assert_int_equal(value_ids(arena, NULL, 0).type, VALUE_NONE);
    assert_int_equal(value_codes(arena, NULL, 0).type, VALUE_NONE);
}

static void lists_are_copied(void **state)
{
    (void)state;
    char text[] = "abc";
    Str codes[] = {str_from_c(text)};
    Value value = value_codes(arena, codes, 1);
    text[0] = 'x';
    assert_str(value.codes[0], S("abc"));
}

static void equality(void **state)
{
    (void)state;
    int64_t ids[] = {1, 2};
    Str codes[] = {S("1"), S("2")};
    Value values[] = {
        VALUE_NOTHING,
        value_int(0),
        value_int(1),
        value_text((Str){0}),
        value_text(S("1")),
        value_ids(arena, ids, 1),
        value_ids(arena, ids, 2),
        value_ids(arena, ids + 1, 1),
        value_codes(arena, codes, 1),
        value_codes(arena, codes, 2),
    };
    for (size_t i = 0; i < COUNT_OF(values); i++)
        for (size_t k = 0; k < COUNT_OF(values); k++)
            assert_int_equal(value_eq(values[i], values[k]), i == k);
}

static void a_copy_outlives_the_original(void **state)
{
    (void)state;
    RandomSource random = random_seeded(20);
    for (int i = 0; i < 1000; i++) {
        RandomSource same = random;
        Arena *short_lived = arena_open();
        Value copy = value_dup(arena, random_value(short_lived, &random));
        arena_close(short_lived);
        assert_true(value_eq(copy, random_value(arena, &same)));
    }
}

/* The slow model: one place for each of a few names. */
static void records_agree_with_a_slow_model(void **state)
{
    (void)state;
    static const Str names[] = {S_CONST("a"), S_CONST("ab"), S_CONST("b"), S_CONST("诉"),
                                S_CONST("")};
    Value model[COUNT_OF(names)] = {0};
    Values values = {0};
    RandomSource random = random_seeded(21);
    for (int i = 0; i < 3000; i++) {
        size_t name = random_below(&random, COUNT_OF(names));
        model[name] = random_value(arena, &random);
        values_set(arena, &values, names[name], model[name]);
        size_t present = 0;
        for (size_t k = 0; k < COUNT_OF(names); k++) {
            assert_true(value_eq(values_get(&values, names[k]), model[k]));
            present += model[k].type != VALUE_NONE;
        }
        assert_int_equal(values.n, present);
        for (size_t k = 1; k < values.n; k++)
            assert_true(str_cmp(values.p[k - 1].name, values.p[k].name) < 0);
    }
}

static void missing_or_other_types_read_as_empty(void **state)
{
    (void)state;
    Values values = {0};
    values_set(arena, &values, S("n"), value_int(5));
    values_set(arena, &values, S("t"), value_text(S("x")));
    assert_int_equal(values_int(&values, S("n")), 5);
    assert_int_equal(values_int(&values, S("t")), 0);
    assert_int_equal(values_int(&values, S("?")), 0);
    assert_str(values_text(&values, S("t")), S("x"));
    assert_str(values_text(&values, S("n")), S(""));
}

static void a_copied_record_is_apart(void **state)
{
    (void)state;
    Arena *short_lived = arena_open();
    Values values = {0};
    values_set(short_lived, &values, STR(short_lived, "na", "me"), value_text(S("x")));
    Values copy = values_dup(arena, &values);
    values_set(short_lived, &values, S("name"), value_int(1));
    arena_close(short_lived);
    assert_str(values_text(&copy, S("name")), S("x"));
    values_set(arena, &copy, S("a"), value_int(1));
    assert_int_equal(copy.n, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_sorted_without_doubles),
        cmocka_unit_test(lists_are_copied),
        cmocka_unit_test(equality),
        cmocka_unit_test(a_copy_outlives_the_original),
        cmocka_unit_test(records_agree_with_a_slow_model),
        cmocka_unit_test(missing_or_other_types_read_as_empty),
        cmocka_unit_test(a_copied_record_is_apart),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
