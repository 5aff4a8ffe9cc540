/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include "base/random.h"
#include "profile/fault.h"
#include "profile/read.h"

static Str nearest(Arena *arena, Str word, Str words)
{
    StrVec known = words_of(arena, words);
    return suggest(word, &known);
}

static void test_hints(void **state UNUSED)
{
    Arena *arena = arena_open();
    Str words = S("submitted assigned closed lead");
    assert_str(nearest(arena, S("submited"), words), S("submitted"));
    assert_str(nearest(arena, S("asisgned"), words), S("assigned"));
    assert_str(nearest(arena, S("colsed"), words), S("closed"));
    assert_str(nearest(arena, S("led"), words), S("lead"));
    assert_int_equal(nearest(arena, S("banana"), words).n, 0);
    assert_int_equal(nearest(arena, S("lead"), words).n, 0); /* no hint to write the same again */
    assert_int_equal(nearest(arena, S(""), S("a b")).n, 0);
    arena_close(arena);
}

/* The definition of optimal string alignment, as slow as it is short. */
static int slow_distance(Str a, Str b)
{
    if (a.n == 0 || b.n == 0)
        return (int)(a.n + b.n);
    Str a1 = str_slice(a, 0, a.n - 1), b1 = str_slice(b, 0, b.n - 1);
    int best = MIN(slow_distance(a1, b), slow_distance(a, b1)) + 1;
    best = MIN(best, slow_distance(a1, b1) + (a.p[a.n - 1] != b.p[b.n - 1]));
    if (a.n > 1 && b.n > 1 && a.p[a.n - 1] == b.p[b.n - 2] && a.p[a.n - 2] == b.p[b.n - 1])
        best = MIN(best, slow_distance(str_slice(a, 0, a.n - 2), str_slice(b, 0, b.n - 2)) + 1);
    return best;
}

static Str random_word(RandomSource *source, char *bytes)
{
    size_t n = 4 + random_below(source, 2);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)('a' + random_below(source, 3));
    return (Str){bytes, n};
}

static void test_hints_agree_with_the_definition(void **state UNUSED)
{
    RandomSource source = random_seeded(7);
    char a[8], b[8];
    for (int i = 0; i < 1000; i++) {
        Str word = random_word(&source, a), other = random_word(&source, b);
        StrVec known = {&other, 1, 1};
        bool near = slow_distance(word, other) <= 2 && !str_eq(word, other);
        assert_int_equal(suggest(word, &known).n > 0, near);
    }
}

static void test_the_caret_counts_display_columns(void **state UNUSED)
{
    Arena *arena = arena_open();
    Buf buf = buf_open(arena);
    Diagnostic one = {.position = {S("f.yaml"), 3, 5},
                      .line_text = S("标题: x"),
                      .message = MSG_profile_min_over_max,
                      .hint = MSG_none};
    Diagnostics all = {&one, 1, 1};
    diagnostics_write(&buf, &all, LANGUAGE_EN);
    assert_str(buf_str(&buf), S("f.yaml:3:5: error: min is greater than max\n"
                                "    标题: x\n"
                                "          ^\n"));
    arena_close(arena);
}

static void test_a_long_line_is_cut_between_characters(void **state UNUSED)
{
    Arena *arena = arena_open();
    Buf line = buf_open(arena), buf = buf_open(arena);
    TEXT(&line, "a");
    for (int i = 0; i < 200; i++)
        TEXT(&line, "字");
    Diagnostic one = {.position = {S("f"), 1, 500},
                      .line_text = buf_str(&line),
                      .message = MSG_profile_min_over_max,
                      .hint = MSG_none};
    Diagnostics all = {&one, 1, 1};
    diagnostics_write(&buf, &all, LANGUAGE_ZH);
    assert_true(str_has(buf_str(&buf), S("字\n")));
    assert_false(str_has(buf_str(&buf), buf_str(&line)));
    arena_close(arena);
}

static void test_mistakes_are_sorted_by_place(void **state UNUSED)
{
    Arena *arena = arena_open();
    Diagnostics all =
        load_bad(arena, S("%%% b/two.yaml\nrolle: x\n---\nrole: x\n%%% a/one.yaml\nfoo: x\n"));
    for (size_t i = 1; i < all.n; i++) {
        int order = str_cmp(all.p[i - 1].position.file, all.p[i].position.file);
        assert_true(order < 0 ||
                    (order == 0 && all.p[i - 1].position.line <= all.p[i].position.line));
    }
    assert_str(all.p[0].position.file, S("a/one.yaml"));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hints),
        cmocka_unit_test(test_hints_agree_with_the_definition),
        cmocka_unit_test(test_the_caret_counts_display_columns),
        cmocka_unit_test(test_a_long_line_is_cut_between_characters),
        cmocka_unit_test(test_mistakes_are_sorted_by_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
