/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts of money in words: Chinese and English say the same fen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/number.h"
#include "base/random.h"
#include "view/field_view.h"

#define ROUNDS 20000

static Str words(Arena *arena, Language language, bool wan, int64_t fen)
{
    Visit visit = {.arena = arena, .language = language};
    Field field = {.type = FIELD_MONEY, .wan = wan};
    return field_text(&visit, &field, value_int(fen));
}

static void assert_words(Arena *arena, bool wan, int64_t fen, Str zh, Str en)
{
    assert_true(str_eq(words(arena, LANGUAGE_ZH, wan, fen), zh));
    assert_true(str_eq(words(arena, LANGUAGE_EN, wan, fen), en));
}

static void amounts_read_as_each_language_writes_them(void **state)
{
    Arena *arena = *state;
    assert_words(arena, true, 249500000, S("249.5万元"), S("CNY 2,495,000"));
    assert_words(arena, true, 1, S("0.000001万元"), S("CNY 0.01"));
    assert_words(arena, true, 100000000000, S("100000万元"), S("CNY 1,000,000,000"));
    assert_words(arena, false, 0, S("0元"), S("CNY 0"));
    assert_words(arena, false, 99950, S("999.5元"), S("CNY 999.50"));
    assert_words(arena, false, -123456, S("-1234.56元"), S("CNY -1,234.56"));
}

/* What the words say, read back slowly: the text without what is no digit, point or sign. */
static int64_t fen_of(Arena *arena, Str text, int scale)
{
    Buf digits = buf_open(arena);
    int64_t fen = 0;
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] >= '0' && text.p[i] <= '9') || text.p[i] == '.' || text.p[i] == '-')
            buf_byte(&digits, text.p[i]);
    assert_true(decimal_parse(buf_str(&digits), scale, &fen));
    return fen;
}

/* From the point leftwards there is a comma before every third digit and nowhere else. */
static void assert_grouped(Str text)
{
    size_t point = MIN(str_find(text, S("."), 0), text.n);
    size_t digits = 0;
    for (size_t i = point; i > 0 && text.p[i - 1] != ' ' && text.p[i - 1] != '-'; i--) {
        bool comma = digits % 4 == 3;
        assert_int_equal(text.p[i - 1] == ',', comma);
        digits++;
    }
    assert_true(digits % 4 != 0);
    assert_true(point == text.n || text.n - point == 3);
}

static void both_languages_say_the_same_fen(void **state)
{
    uint64_t seed = (uint64_t)instant_now();
    RandomSource random = random_seeded(seed);
    Arena *arena = *state;
    print_message("# seed %llu\n", (unsigned long long)seed);
    for (int i = 0; i < ROUNDS; i++) {
        ArenaMark mark = arena_mark(arena);
        int64_t fen =
            (int64_t)(random_below(&random, UINT64_C(1) << 62) >> random_below(&random, 62));
        bool wan = i % 2;
        fen = i % 5 ? fen : -fen;
        fen = i % 3 ? fen : fen / 1000000 * 1000000;
        Str zh = words(arena, LANGUAGE_ZH, wan, fen), en = words(arena, LANGUAGE_EN, wan, fen);
        assert_int_equal(fen_of(arena, zh, wan ? 6 : 2), fen);
        assert_int_equal(fen_of(arena, en, 2), fen);
        assert_true(str_starts(en, S("CNY ")));
        assert_true(str_ends(zh, wan ? S("万元") : S("元")));
        assert_grouped(en);
        arena_rewind(arena, mark);
    }
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_read_as_each_language_writes_them),
        cmocka_unit_test(both_languages_say_the_same_fen),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
