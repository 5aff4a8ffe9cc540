/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

#include "base/number.h"

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

/* The slow model: 128-bit arithmetic over the text, one rule at a time. */
static bool slow_parse(Str text, int scale, int64_t *ret_number)
{
    __extension__ __int128 number = 0;
    bool negative = text.n > 0 && text.p[0] == '-';
    size_t point = str_find(text, S("."), 0);
    size_t start = text.n > 0 && (text.p[0] == '-' || text.p[0] == '+');
    size_t end = point == SIZE_MAX ? text.n : point;
    int places = 0;
    if (end == start || point == text.n - 1)
        return false;
    for (size_t i = start; i < text.n; i++) {
        if (i == point)
            continue;
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        if (i > point && ++places > scale) {
            if (text.p[i] != '0')
                return false;
            continue;
        }
        number = number * 10 + (text.p[i] - '0');
    }
    for (int i = MIN(places, scale); i < scale; i++)
        number *= 10;
    number = negative ? -number : number;
    if (number > INT64_MAX || number < INT64_MIN)
        return false;
    *ret_number = (int64_t)number;
    return true;
}

static Str random_number_text(RandomSource *random)
{
    static const char alphabet[] = "0012345678999.-+x";
    char text[24];
    size_t n = random_below(random, sizeof(text));
    /* Mostly digits: a sign or a point in the middle refuses most texts outright. */
    for (size_t i = 0; i < n; i++)
        text[i] = alphabet[random_below(random, random_below(random, 20) == 0 ? 17 : 13)];
    if (n > 3 && random_below(random, 2) == 0)
        text[random_below(random, n)] = '.';
    if (n > 3 && random_below(random, 2) == 0)
        text[0] = '-';
    return str_dup(arena, (Str){text, n});
}

static void decimals_agree_with_a_slow_model(void **state)
{
    (void)state;
    RandomSource random = random_seeded(6);
    int accepted = 0;
    for (int i = 0; i < 50000; i++) {
        ArenaMark mark = arena_mark(arena);
        Str text = random_number_text(&random);
        int scale = (int)random_below(&random, 10);
        int64_t expected = 7;
        int64_t found = 7;
        bool ok = slow_parse(text, scale, &expected);
        if (ok != decimal_parse(text, scale, &found) || expected != found)
            print_error("\"%.*s\" at scale %d\n", (int)text.n, text.p, scale);
        assert_true(expected == found);
        accepted += ok;
        arena_rewind(arena, mark);
    }
    assert_in_range(accepted, 5000, 45000);
}

static void written_decimals_read_back(void **state)
{
    (void)state;
    RandomSource random = random_seeded(7);
    for (int i = 0; i < 20000; i++) {
        Buf buf = buf_open(arena);
        int64_t number = (int64_t)(random_u64(&random) >> random_below(&random, 64));
        number = random_below(&random, 2) == 0 ? number : (int64_t)(0 - (uint64_t)number);
        int scale = (int)random_below(&random, 10);
        decimal_write(&buf, number, scale, random_below(&random, 2) == 0);
        int64_t back = 0;
        assert_true(decimal_parse(buf_str(&buf), scale, &back));
        assert_true(back == number);
    }
}

static void decimals_are_written(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        int scale;
        bool trim;
        Str text;
    } cases[] = {
        {1250, 2, false, S_CONST("12.50")}, {1250, 2, true, S_CONST("12.5")},
        {1200, 2, true, S_CONST("12")},     {-5, 2, false, S_CONST("-0.05")},
        {0, 2, true, S_CONST("0")},         {0, 2, false, S_CONST("0.00")},
        {100, 0, true, S_CONST("100")},     {INT64_MIN, 9, false, S_CONST("-9223372036.854775808")},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Buf buf = buf_open(arena);
        decimal_write(&buf, cases[i].number, cases[i].scale, cases[i].trim);
        assert_str(buf_str(&buf), cases[i].text);
    }
}

static void integers_have_a_sign_and_digits_only(void **state)
{
    (void)state;
    static const Str bad[] = {
        S_CONST(""),   S_CONST("-"),   S_CONST("+-1"), S_CONST("1.0"),
        S_CONST("1."), S_CONST(" 1"),  S_CONST("1e3"), S_CONST("9223372036854775808"),
        S_CONST("１"), S_CONST("0x1"), S_CONST("1 "),  S_CONST("-9223372036854775809"),
    };
    int64_t number = 7;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(int_parse(bad[i], &number));
    assert_int_equal(number, 7);
    assert_true(int_parse(S("-9223372036854775808"), &number) && number == INT64_MIN);
    assert_true(int_parse(S("9223372036854775807"), &number) && number == INT64_MAX);
    assert_true(int_parse(S("+007"), &number) && number == 7);
}

static void add_too_much(void *number)
{
    add_checked(*(int64_t *)number, 1);
}

static void sums_never_wrap(void **state)
{
    (void)state;
    int64_t most = INT64_MAX;
    assert_true(add_checked(most, -1) == INT64_MAX - 1);
    assert_aborts(add_too_much, &most);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_agree_with_a_slow_model),
        cmocka_unit_test(written_decimals_read_back),
        cmocka_unit_test(decimals_are_written),
        cmocka_unit_test(integers_have_a_sign_and_digits_only),
        cmocka_unit_test(sums_never_wrap),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
