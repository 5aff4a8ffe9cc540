/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

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

static void make_c(void *text)
{
    str_c(arena, *(Str *)text);
}

static void to_and_from_c(void **state)
{
    (void)state;
    Str with_nul = S("a\0b");
    assert_str(str_from_c(NULL), S(""));
    assert_str(str_from_c("abc"), S("abc"));
    assert_string_equal(str_c(arena, str_slice(S("abcdef"), 1, 3)), "bc");
    assert_string_equal(str_c(arena, (Str){0}), "");
    assert_aborts(make_c, &with_nul);
    assert_str(str_dup(arena, (Str){0}), S(""));
}

static void comparing(void **state)
{
    (void)state;
    assert_true(str_eq((Str){0}, S("")));
    assert_false(str_eq(S("a"), S("b")));
    assert_false(str_eq(S("a"), S("ab")));
    assert_true(str_cmp(S("a"), S("ab")) < 0);
    assert_true(str_cmp(S("b"), S("ab")) > 0);
    assert_true(str_cmp(S("\xff"), S("a")) > 0);
    assert_true(str_cmp((Str){0}, S("")) == 0);
    assert_true(str_eq_secret(S("token"), S("token")));
    assert_false(str_eq_secret(S("token"), S("tokex")));
    assert_false(str_eq_secret(S("token"), S("toke")));
    Str list[] = {S("b"), S(""), S("ab"), S("a")};
    qsort(list, COUNT_OF(list), sizeof(list[0]), str_compare_pointers);
    assert_str(list[0], S(""));
    assert_str(list[2], S("ab"));
}

static void beginnings_and_ends(void **state)
{
    (void)state;
    assert_true(str_starts(S("abc"), S("ab")) && str_starts(S("abc"), (Str){0}));
    assert_false(str_starts(S("a"), S("ab")));
    assert_true(str_ends(S("abc"), S("bc")) && str_ends((Str){0}, (Str){0}));
    assert_false(str_ends(S("c"), S("bc")));
}

/* The slow model: every place, byte by byte. */
static size_t slow_find(Str text, Str needle, size_t from)
{
    for (size_t at = from; at <= text.n; at++)
        if (str_starts(str_slice(text, at, text.n), needle))
            return at;
    return SIZE_MAX;
}

static void finding_agrees_with_a_slow_model(void **state)
{
    (void)state;
    RandomSource random = random_seeded(11);
    for (int i = 0; i < 20000; i++) {
        char bytes[12];
        for (size_t k = 0; k < sizeof(bytes); k++)
            bytes[k] = (char)('a' + random_below(&random, 2));
        Str text = {bytes, random_below(&random, 9)};
        Str needle = {bytes + 9, random_below(&random, 4)};
        size_t from = random_below(&random, 11);
        assert_int_equal(str_find(text, needle, from), slow_find(text, needle, from));
        assert_int_equal(str_has(text, needle), slow_find(text, needle, 0) != SIZE_MAX);
    }
    assert_int_equal(str_find((Str){0}, (Str){0}, 0), 0);
}

static void only_some_bytes(void **state)
{
    (void)state;
    assert_true(str_only((Str){0}, S("0123")));
    assert_true(str_only(S("3001"), S("0123")));
    assert_false(str_only(S("3041"), S("0123")));
    assert_false(str_only(S("30\0"), S("0123")));
}

static void slices_are_clipped(void **state)
{
    (void)state;
    assert_str(str_slice(S("abc"), 1, 2), S("b"));
    assert_str(str_slice(S("abc"), 1, SIZE_MAX), S("bc"));
    assert_str(str_slice(S("abc"), 2, 1), S(""));
    assert_str(str_slice(S("abc"), 9, 9), S(""));
    assert_str(str_slice((Str){0}, 1, 2), S(""));
    assert_str(str_trim(S(" \t\r\n a b\v\f ")), S("a b"));
    assert_str(str_trim(S("  ")), S(""));
}

static Str joined_parts(Str text)
{
    Buf buf = buf_open(arena);
    Str part;
    while (str_next(&text, ',', &part))
        TEXT(&buf, "<", part, ">");
    return buf_str(&buf);
}

static void parts(void **state)
{
    (void)state;
    assert_str(joined_parts(S("a,,b")), S("<a><><b>"));
    assert_str(joined_parts(S("")), S(""));
    assert_str(joined_parts((Str){0}), S(""));
    assert_str(joined_parts(S("a,b,")), S("<a><b>"));
    assert_str(joined_parts(S(",")), S("<>"));
}

static void line_ends_become_newlines(void **state)
{
    (void)state;
    Str plain = S("a\nb\n");
    assert_ptr_equal(str_newlines(arena, plain).p, plain.p);
    assert_str(str_newlines(arena, (Str){0}), S(""));
    assert_str(str_newlines(arena, S("a\r\nb\rc\nd\r")), S("a\nb\nc\nd\n"));
    assert_str(str_newlines(arena, S("\r\r\n\n\r")), S("\n\n\n\n"));
}

static void lower_case_and_hash(void **state)
{
    (void)state;
    assert_str(str_lower(arena, S("AZaz09[诉")), S("azaz09[诉"));
    /* Published FNV-1a test vectors. */
    assert_true(str_hash((Str){0}) == UINT64_C(0xcbf29ce484222325));
    assert_true(str_hash(S("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(str_hash(S("foobar")) == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(to_and_from_c),       cmocka_unit_test(comparing),
        cmocka_unit_test(beginnings_and_ends), cmocka_unit_test(finding_agrees_with_a_slow_model),
        cmocka_unit_test(slices_are_clipped),  cmocka_unit_test(parts),
        cmocka_unit_test(only_some_bytes),     cmocka_unit_test(line_ends_become_newlines),
        cmocka_unit_test(lower_case_and_hash),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
