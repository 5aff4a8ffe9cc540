/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/utf8.h"
#include "http/form.h"
#include "http/limits.h"

static Arena *arena;

static int setup(void **state UNUSED)
{
    arena = arena_open();
    return 0;
}

static int teardown(void **state UNUSED)
{
    arena_close(arena);
    return 0;
}

static void assert_text(Str actual, const char *expected)
{
    assert_int_equal(actual.n, strlen(expected));
    assert_memory_equal(actual.p, expected, actual.n);
}

static FormFields parse(const char *query)
{
    FormFields fields = {0};
    Err err = {0};
    assert_true(form_parse_query(arena, str_from_c(query), &fields, &err));
    return fields;
}

static void assert_refused(Str query, ErrCode code, MessageId message)
{
    FormFields fields = {0};
    Err err = {0};
    assert_false(form_parse_query(arena, query, &fields, &err));
    assert_int_equal(err.code, code);
    assert_int_equal(err.message, message);
    assert_int_equal(fields.n, 0);
}

static void test_query(void **state UNUSED)
{
    FormFields fields = parse("a=1&b=two+words&&c&d=%E8%AF%89%E6%B1%82&a=2&=x&e=f=g");
    assert_int_equal(fields.n, 7);
    assert_text(form_get(&fields, S("a")), "1");
    assert_text(form_get(&fields, S("b")), "two words");
    assert_text(form_get(&fields, S("c")), "");
    assert_text(form_get(&fields, S("d")), "诉求");
    assert_text(form_get(&fields, S("e")), "f=g");
    StrVec all = form_all(arena, &fields, S("a"));
    assert_int_equal(all.n, 2);
    assert_text(all.p[1], "2");
    assert_int_equal(parse("").n, 0);
}

static void test_query_refuses(void **state UNUSED)
{
    assert_refused(S("a=%"), ERR_BAD_REQUEST, MSG_form_escape);
    assert_refused(S("a=%4"), ERR_BAD_REQUEST, MSG_form_escape);
    assert_refused(S("a=%zz"), ERR_BAD_REQUEST, MSG_form_escape);
    assert_refused(S("%=1"), ERR_BAD_REQUEST, MSG_form_escape);
    assert_refused(S("a=%00"), ERR_BAD_REQUEST, MSG_form_control);
    assert_refused(S("a=%1B[31m"), ERR_BAD_REQUEST, MSG_form_control);
    assert_refused(S("a=%C0%AF"), ERR_BAD_REQUEST, MSG_form_not_utf8);
    assert_refused(S("a=%ED%A0%80"), ERR_BAD_REQUEST, MSG_form_not_utf8);
    assert_refused(S("a=\xff"), ERR_BAD_REQUEST, MSG_form_not_utf8);
}

static void test_escape_at_the_very_end(void **state UNUSED)
{
    Str out;
    assert_true(form_decode(arena, S("%41"), false, &out, NULL));
    assert_text(out, "A");
    assert_true(form_decode(arena, S("a+b"), false, &out, NULL));
    assert_text(out, "a+b");
    assert_true(form_decode(arena, S("a+b"), true, &out, NULL));
    assert_text(out, "a b");
}

static void test_line_ends_become_newlines(void **state UNUSED)
{
    FormFields fields = parse("t=a%0D%0Ab%0Dc%0Ad%0D");
    assert_text(form_get(&fields, S("t")), "a\nb\nc\nd\n");
}

static void test_limits(void **state UNUSED)
{
    Buf many = buf_open(arena);
    for (int i = 0; i < FORM_FIELDS_MAX; i++)
        TEXT(&many, "f=1&");
    FormFields fields = {0};
    assert_true(form_parse_query(arena, buf_str(&many), &fields, NULL));
    assert_int_equal(fields.n, FORM_FIELDS_MAX);
    TEXT(&many, "f=1");
    assert_refused(buf_str(&many), ERR_TOO_LARGE, MSG_form_fields_many);

    Buf value = buf_open(arena);
    TEXT(&value, "f=");
    memset(buf_reserve(&value, FORM_FIELD_MAX), 'x', FORM_FIELD_MAX);
    value.n = 2 + FORM_FIELD_MAX;
    assert_true(form_parse_query(arena, buf_str(&value), &fields, NULL));
    buf_byte(&value, 'x');
    assert_refused(buf_str(&value), ERR_TOO_LARGE, MSG_form_field_long);

    Buf name = buf_open(arena);
    for (int i = 0; i <= FORM_NAME_MAX; i++)
        buf_byte(&name, 'n');
    assert_refused(buf_str(&name), ERR_TOO_LARGE, MSG_form_name_long);
}

static void test_cookies(void **state UNUSED)
{
    FormFields cookies;
    form_parse_cookies(arena, S("session=abc; lang=en;x;=y; q=\"quoted\"; bad=a b; \xff=1; s=2"),
                       &cookies);
    assert_text(form_get(&cookies, S("session")), "abc");
    assert_text(form_get(&cookies, S("lang")), "en");
    assert_text(form_get(&cookies, S("q")), "quoted");
    assert_text(form_get(&cookies, S("s")), "2");
    assert_int_equal(cookies.n, 4);
    form_parse_cookies(arena, (Str){0}, &cookies);
    assert_int_equal(cookies.n, 0);
}

static void test_type(void **state UNUSED)
{
    assert_true(form_type_is(S("Application/JSON; charset=utf-8"), S("application/json")));
    assert_true(form_type_is(S("application/json"), S("application/json")));
    assert_false(form_type_is(S("application/jsonx"), S("application/json")));
    Form form;
    Err err = {0};
    assert_false(form_parse(arena, S("text/plain"), S("a=1"), true, &form, &err));
    assert_int_equal(err.code, ERR_UNSUPPORTED_TYPE);
    assert_true(form_parse(arena, S("application/x-www-form-urlencoded; charset=UTF-8"), S("a=1"),
                           false, &form, &err));
    assert_text(form_get(&form.fields, S("a")), "1");
}

/* What is encoded decodes to itself, for all texts that may pass. */
static void test_encode_then_decode(void **state UNUSED)
{
    RandomSource random = random_seeded(11);
    for (int round = 0; round < 2000; round++) {
        ArenaMark mark = arena_mark(arena);
        Buf text = buf_open(arena);
        Buf query = buf_open(arena);
        for (uint64_t i = random_below(&random, 20); i > 0; i--) {
            uint32_t point = (uint32_t)random_below(&random, 0x3000) + 0x20;
            utf8_put(&text, point == 0x7f || (point >= 0x80 && point < 0xa0) ? 'x' : point);
        }
        TEXT(&query, "k=");
        form_encode(&query, buf_str(&text));
        FormFields fields = {0};
        assert_true(form_parse_query(arena, buf_str(&query), &fields, NULL));
        assert_true(str_eq(form_get(&fields, S("k")), buf_str(&text)));
        arena_rewind(arena, mark);
    }
}

static void test_random_bytes_give_clean_text_or_an_error(void **state UNUSED)
{
    static const char alphabet[] = "a=&%+4E0DZ\xe8\xaf\x89\r\n\x00;";
    RandomSource random = random_seeded(13);
    int good = 0;
    for (int round = 0; round < 20000; round++) {
        ArenaMark mark = arena_mark(arena);
        char bytes[16];
        size_t n = random_below(&random, sizeof(bytes) + 1);
        for (size_t i = 0; i < n; i++)
            bytes[i] = alphabet[random_below(&random, sizeof(alphabet))];
        FormFields fields = {0};
        Err err = {0};
        if (form_parse_query(arena, (Str){bytes, n}, &fields, &err)) {
            good++;
            for (size_t i = 0; i < fields.n; i++)
                assert_true(utf8_is_clean(fields.p[i].value) && utf8_is_clean(fields.p[i].name));
        } else {
            assert_int_not_equal(err.message, MSG_none);
        }
        arena_rewind(arena, mark);
    }
    assert_in_range(good, 500, 19500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_query),
        cmocka_unit_test(test_query_refuses),
        cmocka_unit_test(test_escape_at_the_very_end),
        cmocka_unit_test(test_line_ends_become_newlines),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_cookies),
        cmocka_unit_test(test_type),
        cmocka_unit_test(test_encode_then_decode),
        cmocka_unit_test(test_random_bytes_give_clean_text_or_an_error),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
