/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

#include "base/utf8.h"

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

static void every_code_point_round_trips(void **state)
{
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        ArenaMark mark = arena_mark(arena);
        Buf buf = buf_open_max(arena, 4);
        utf8_put(&buf, point);
        Str text = buf_str(&buf);
        uint32_t back = 0;
        assert_int_equal(utf8_check(text), text.n);
        assert_int_equal(utf8_count(text), 1);
        assert_true(utf8_next(&text, &back));
        assert_int_equal(back, point);
        assert_false(utf8_next(&text, &back));
        arena_rewind(arena, mark);
    }
}

/* The slow model: decode by the bit patterns, then refuse what is too small, too large, or a
 * surrogate. */
static size_t slow_size(const unsigned char *p, size_t n)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = p[0] < 0x80             ? 1
                  : (p[0] & 0xE0) == 0xC0 ? 2
                  : (p[0] & 0xF0) == 0xE0 ? 3
                  : (p[0] & 0xF8) == 0xF0 ? 4
                                          : 0;
    if (size == 0 || size > n)
        return 0;
    uint32_t point = size == 1 ? p[0] : p[0] & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (p[i] & 0x3Fu);
    }
    bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point < least[size] || point > 0x10FFFF || surrogate ? 0 : size;
}

static void checking_agrees_with_a_slow_model(void **state)
{
    (void)state;
    static const unsigned char edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                          0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
                                          0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    const size_t k = COUNT_OF(edges);
    for (size_t i = 0; i < k * k * k * k; i++) {
        unsigned char p[4] = {edges[i % k], edges[i / k % k], edges[i / k / k % k],
                              edges[i / k / k / k]};
        size_t at = 0;
        size_t size = 0;
        while (at < 4 && (size = slow_size(p + at, 4 - at)) > 0)
            at += size;
        if (utf8_check((Str){(char *)p, 4}) != at)
            fail();
    }
    assert_int_equal(utf8_check((Str){0}), 0);
    assert_int_equal(utf8_check(S("ab\xe8\xaf")), 2);
}

static void clean_text_has_no_control_characters(void **state)
{
    (void)state;
    assert_true(utf8_is_clean(S("诉求\t1\r\n")));
    assert_true(utf8_is_clean((Str){0}));
    assert_false(utf8_is_clean(S("a\0")));
    assert_false(utf8_is_clean(S("a\x1b")));
    assert_false(utf8_is_clean(S("a\x7f")));
    assert_false(utf8_is_clean(S("a\xc2\x85")));
    assert_true(utf8_is_clean(S("a\xc2\xa0")));
    assert_false(utf8_is_clean(S("a\xff")));
}

static void counting_and_heads(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(S("诉求a𠮷")), 4);
    assert_str(utf8_head(S("诉求a𠮷"), 2), S("诉求"));
    assert_str(utf8_head(S("诉求a𠮷"), 4), S("诉求a𠮷"));
    assert_str(utf8_head(S("诉求a𠮷"), 9), S("诉求a𠮷"));
    assert_str(utf8_head(S("诉"), 0), S(""));
    assert_str(utf8_head((Str){0}, 3), S(""));
}

static void full_width_becomes_ascii(void **state)
{
    (void)state;
    assert_str(utf8_narrow(arena, S("ＱＳ－２０２６　（～！）")), S("QS-2026 (~!)"));
    assert_str(utf8_narrow(arena, S("诉求，。￥")), S("诉求,。￥"));
    assert_str(utf8_narrow(arena, (Str){0}), S(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_round_trips),
        cmocka_unit_test(checking_agrees_with_a_slow_model),
        cmocka_unit_test(clean_text_has_no_control_characters),
        cmocka_unit_test(counting_and_heads),
        cmocka_unit_test(full_width_becomes_ascii),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
