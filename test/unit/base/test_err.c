/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

#include "base/err.h"

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

static void setting_takes_up_to_three_arguments(void **state)
{
    (void)state;
    Err err = {0};
    Str one = S("one");
    assert_false(err_set(&err, ERR_INTERNAL, MSG_internal_error));
    assert_int_equal(err.args[0].n, 0);
    assert_false(err_set(&err, ERR_NOT_FOUND, MSG_no_such_record, one));
    assert_str(err.args[0], S("one"));
    assert_false(err_set(&err, ERR_NOT_FOUND, MSG_no_such_record, one, S("two")));
    assert_str(err.args[1], S("two"));
    assert_false(err_set(&err, ERR_NOT_FOUND, MSG_no_such_record, one, S("two"), S("three")));
    assert_str(err.args[2], S("three"));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_true(err.line > 0);
    assert_true(str_ends(str_from_c(err.file), S("test_err.c")));
}

static void nobody_needs_to_care(void **state)
{
    (void)state;
    assert_false(err_set(NULL, ERR_INTERNAL, MSG_internal_error));
    assert_false(err_hint(NULL, MSG_internal_error));
    assert_false(err_detail(NULL, S("x")));
    assert_false(err_field(NULL, arena, S("f"), MSG_internal_error, (Str){0}, (Str){0}));
    err_clear(NULL);
}

static void the_sentence_is_in_the_readers_language(void **state)
{
    (void)state;
    Err err = {0};
    err_set(&err, ERR_NOT_FOUND, MSG_no_such_record, S("QS-1"));
    err_hint(&err, MSG_internal_error);
    assert_str(err_message(arena, &err, LANGUAGE_ZH), S("没有找到QS-1"));
    assert_str(err_message(arena, &err, LANGUAGE_EN), S("QS-1 was not found"));
    assert_str(err_hint_text(arena, &err, LANGUAGE_EN), message(MSG_internal_error, LANGUAGE_EN));
}

static void a_copy_outlives_the_original(void **state)
{
    (void)state;
    Arena *short_lived = arena_open();
    Err *first = NEW(short_lived, Err);
    err_set(first, ERR_NOT_FOUND, MSG_no_such_record, STR(short_lived, "QS-", 2));
    Err copy = *first;
    arena_close(short_lived);
    assert_str(err_message(arena, &copy, LANGUAGE_ZH), S("没有找到QS-2"));
}

static void an_error_can_be_reworded_with_its_own_arguments(void **state)
{
    (void)state;
    Err err = {0};
    err_set(&err, ERR_INTERNAL, MSG_internal_error, S("aa"), S("bbb"));
    err_detail(&err, S("old"));
    err_set(&err, ERR_NOT_FOUND, MSG_no_such_record, err.args[1], err.args[0]);
    assert_str(err.args[0], S("bbb"));
    assert_str(err.args[1], S("aa"));
    assert_string_equal(err.detail, "");
}

static void long_arguments_are_cut_between_characters(void **state)
{
    (void)state;
    Buf buf = buf_open(arena);
    buf_byte(&buf, 'x');
    for (int i = 0; i < 400; i++)
        buf_add(&buf, S("诉"));
    Err err = {0};
    err_set(&err, ERR_NOT_FOUND, MSG_no_such_record, buf_str(&buf), S("lost"));
    assert_int_equal(err.args[0].n, 478);
    assert_int_equal(err.args[1].n, 2);
    err_detail(&err, buf_str(&buf));
    assert_int_equal(strlen(err.detail), 238);
}

static void detail_goes_in_front(void **state)
{
    (void)state;
    Err err = {0};
    err_set(&err, ERR_INTERNAL, MSG_internal_error);
    err_detail(&err, S("disk"));
    assert_false(err_detail(&err, S("while sealing")));
    assert_string_equal(err.detail, "while sealing: disk");
}

static void wrong_fields_are_collected_in_order(void **state)
{
    (void)state;
    Err err = {0};
    err_field(&err, arena, S("title"), MSG_no_such_record, S("a"), (Str){0});
    assert_false(err_field(&err, arena, S("amount"), MSG_internal_error, (Str){0}, (Str){0}));
    assert_int_equal(err.code, ERR_INVALID_FORM);
    assert_int_equal(err.message, MSG_invalid_form);
    assert_str(err.fields->field, S("title"));
    assert_str(err_field_text(arena, err.fields, LANGUAGE_EN), S("a was not found"));
    assert_str(err.fields->next->field, S("amount"));
    assert_null(err.fields->next->next);
    err_clear(&err);
    assert_int_equal(err.code, ERR_NONE);
    assert_null(err.fields);
}

static void codes(void **state)
{
    (void)state;
    assert_string_equal(err_code_name(ERR_NOT_FOUND), "not_found");
    assert_string_equal(err_code_name(ERR_NONE), "none");
    assert_int_equal(err_http_status(ERR_STALE), 409);
    assert_int_equal(err_exit_code(ERR_USAGE), 2);
    assert_int_equal(err_exit_code(ERR_NONE), 0);
    for (int code = 1; code < ERR__COUNT; code++) {
        assert_true(err_http_status(code) >= 400 && err_http_status(code) < 600);
        assert_true(err_exit_code(code) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_takes_up_to_three_arguments),
        cmocka_unit_test(nobody_needs_to_care),
        cmocka_unit_test(the_sentence_is_in_the_readers_language),
        cmocka_unit_test(a_copy_outlives_the_original),
        cmocka_unit_test(an_error_can_be_reworded_with_its_own_arguments),
        cmocka_unit_test(long_arguments_are_cut_between_characters),
        cmocka_unit_test(detail_goes_in_front),
        cmocka_unit_test(wrong_fields_are_collected_in_order),
        cmocka_unit_test(codes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
