/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

enum Nine { NINE = 9 };

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

static void it_grows(void **state)
{
    (void)state;
    Buf buf = buf_open(arena);
    assert_int_equal(buf_str(&buf).n, 0);
    for (int i = 0; i < 10000; i++)
        buf_byte(&buf, (char)('a' + i % 26));
    assert_int_equal(buf.n, 10000);
    for (size_t i = 0; i < buf.n; i++)
        assert_int_equal(buf.p[i], 'a' + i % 26);
    assert_true(buf_ok(&buf));
}

static void past_max_nothing_is_added(void **state)
{
    (void)state;
    Buf buf = buf_open_max(arena, 5);
    buf_add(&buf, S("abc"));
    buf_add(&buf, S("def"));
    assert_false(buf_ok(&buf));
    buf_byte(&buf, 'x');
    assert_null(buf_reserve(&buf, 0));
    assert_str(buf_str(&buf), S("abc"));
    buf_clear(&buf);
    buf_add(&buf, S("12345"));
    assert_true(buf_ok(&buf));
    assert_str(buf_str(&buf), S("12345"));
}

static void reserve_leaves_the_size(void **state)
{
    (void)state;
    Buf buf = buf_open(arena);
    buf_add(&buf, S("ab"));
    char *room = buf_reserve(&buf, 1000);
    memset(room, 'z', 1000);
    assert_str(buf_str(&buf), S("ab"));
    buf.n += 1;
    assert_str(buf_str(&buf), S("abz"));
    assert_null(buf_reserve(&buf, SIZE_MAX));
}

static void integers(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        int width;
        Str text;
    } cases[] = {
        {0, 1, S_CONST("0")},
        {-7, 1, S_CONST("-7")},
        {42, 5, S_CONST("00042")},
        {-42, 3, S_CONST("-042")},
        {123, 2, S_CONST("123")},
        {INT64_MAX, 1, S_CONST("9223372036854775807")},
        {INT64_MIN, 1, S_CONST("-9223372036854775808")},
        {7, 25, S_CONST("0000000000000000000000007")},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Buf buf = buf_open(arena);
        buf_int_padded(&buf, cases[i].number, cases[i].width);
        assert_str(buf_str(&buf), cases[i].text);
    }
}

static void hex(void **state)
{
    (void)state;
    Buf buf = buf_open(arena);
    buf_hex(&buf, "\x00\x7f\xff", 3);
    assert_str(buf_str(&buf), S("007fff"));
}

static void text_takes_every_kind_of_piece(void **state)
{
    (void)state;
    const char *pointer = "p";
    char array[] = "array";
    const Str constant = S("c");
    Buf buf = buf_open(arena);
    TEXT(&buf, "lit ", S("str"), constant, pointer, array, (const char *)NULL);
    assert_str(buf_str(&buf), S("lit strcparray"));
    buf_clear(&buf);
    bool yes = true;
    uint8_t small = 200;
    short s = -3;
    size_t size = 4;
    int64_t big = INT64_C(5000000000);
    uint32_t u = UINT32_MAX;
    TEXT(&buf, yes, ' ', " ", small, " ", s, " ", size, " ", big, " ", u, " ", 7L, " ", NINE);
    assert_str(buf_str(&buf), S("132 200 -3 4 5000000000 4294967295 7 9"));
}

static void text_takes_one_to_sixteen(void **state)
{
    (void)state;
    assert_str(STR(arena, 1), S("1"));
    assert_str(STR(arena, ""), S(""));
    assert_str(STR(arena, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, "x"),
               S("123456789101112131415x"));
    int calls = 0;
    assert_str(STR(arena, ++calls, "-"), S("1-"));
    assert_int_equal(calls, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_grows),
        cmocka_unit_test(past_max_nothing_is_added),
        cmocka_unit_test(reserve_leaves_the_size),
        cmocka_unit_test(integers),
        cmocka_unit_test(hex),
        cmocka_unit_test(text_takes_every_kind_of_piece),
        cmocka_unit_test(text_takes_one_to_sixteen),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
