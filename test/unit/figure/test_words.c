/* SPDX-License-Identifier: Apache-2.0 */
/* Periods, units, and words of size that must be true. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figure/period.h"
#include "office.h"

static void assert_text(Arena *arena, Str text, const char *expected)
{
    assert_string_equal(str_c(arena, text), expected);
}

static bool round_one(int64_t number, int64_t step, RoundWord word, int64_t *ret_rounded)
{
    static const Indicator pieces = {.type = INDICATOR_FLOW};
    Figure figure = {.of = &pieces, .unit_size = 1};
    FigureValue value = {.value = number, .has_value = true};
    return figure_round(&figure, &value, step, word, ret_rounded);
}

/* A report says 470余; the interval is what may stand behind it. */
static void words_are_true_exactly_in_their_interval(void **state)
{
    static const struct {
        int64_t said, step, low, high;
        RoundWord word;
    } rows[] = {
        {470, 10, 471, 479, ROUND_MORE_THAN},     {1100, 100, 1101, 1199, ROUND_MORE_THAN},
        {630, 10, 631, 639, ROUND_MORE_THAN},     {320, 10, 321, 329, ROUND_MANY},
        {20, 10, 21, 29, ROUND_MORE_THAN},        {200, 100, 201, 299, ROUND_MORE_THAN},
        {1600, 100, 1601, 1699, ROUND_MORE_THAN}, {30, 10, 31, 39, ROUND_MORE_THAN},
        {130, 10, 131, 139, ROUND_MORE_THAN},     {580, 10, 581, 589, ROUND_MORE_THAN},
        {80, 10, 81, 89, ROUND_MORE_THAN},        {5000, 1000, 5001, 5999, ROUND_OVER},
        {1500, 100, 1401, 1499, ROUND_NEARLY},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int64_t value = rows[i].low - 30; value <= rows[i].high + 30; value++) {
            int64_t rounded;
            bool is_true = round_one(value, rows[i].step, rows[i].word, &rounded);
            assert_int_equal(is_true && rounded == rows[i].said,
                             value >= rows[i].low && value <= rows[i].high);
        }
    }
}

static void untrue_words_are_refused(void **state)
{
    int64_t rounded;
    (void)state;
    assert_true(round_one(478, 10, ROUND_MORE_THAN, &rounded));
    assert_int_equal(rounded, 470);
    assert_false(round_one(470, 10, ROUND_MORE_THAN, &rounded)); /* nothing was cut */
    assert_false(round_one(1500, 100, ROUND_NEARLY, &rounded));
    assert_false(round_one(19, 5, ROUND_MORE_THAN, &rounded)); /* small numbers stay exact */
    assert_false(round_one(95, 100, ROUND_MORE_THAN, &rounded));
    assert_false(round_one(478, 0, ROUND_MORE_THAN, &rounded));
    assert_false(round_one(478, -10, ROUND_OVER, &rounded));
    assert_true(round_one(128, 10, ROUND_MORE_THAN, &rounded)); /* 120余, never 130余 */
    assert_int_equal(rounded, 120);
    assert_true(round_one(7, 10, ROUND_EXACT, &rounded));
    assert_int_equal(rounded, 7);
    assert_false(round_one(INT64_MAX, INT64_MAX, ROUND_NEARLY, &rounded));
}

static void words_in_both_languages(void **state)
{
    Arena *arena = arena_open();
    (void)state;
    assert_text(arena, round_text(arena, 470, ROUND_MORE_THAN, LANGUAGE_ZH), "470余");
    assert_text(arena, round_text(arena, 320, ROUND_MANY, LANGUAGE_ZH), "320多");
    assert_text(arena, round_text(arena, 5000, ROUND_OVER, LANGUAGE_ZH), "超5000");
    assert_text(arena, round_text(arena, 1500, ROUND_NEARLY, LANGUAGE_ZH), "近1500");
    assert_text(arena, round_text(arena, 12, ROUND_EXACT, LANGUAGE_ZH), "12");
    assert_text(arena, round_text(arena, 470, ROUND_MORE_THAN, LANGUAGE_EN), "more than 470");
    assert_text(arena, round_text(arena, 1500, ROUND_NEARLY, LANGUAGE_EN), "nearly 1500");
    arena_close(arena);
}

static void rounding_is_in_the_figures_unit(void **state)
{
    Indicator clicks = {.type = INDICATOR_FLOW};
    Figure figure = {.of = &clicks, .unit_size = 10000};
    FigureValue value = {.value = INT64_C(50000001), .has_value = true};
    int64_t rounded;
    (void)state;
    assert_true(figure_round(&figure, &value, 1000, ROUND_OVER, &rounded));
    assert_int_equal(rounded, 5000);
    value.value = 50000000;
    assert_false(figure_round(&figure, &value, 1000, ROUND_OVER, &rounded));
    value.value = 195000; /* 19.5 units: small numbers stay exact */
    assert_false(figure_round(&figure, &value, 10, ROUND_OVER, &rounded));
    clicks.type = INDICATOR_RATIO;
    assert_false(figure_round(&figure, &value, 10, ROUND_OVER, &rounded));
}

static void values_in_their_unit(void **state)
{
    Arena *arena = arena_open();
    Indicator money = {.type = INDICATOR_FLOW, .scale = 2};
    Indicator pieces = {.type = INDICATOR_FLOW};
    Indicator rate = {.type = INDICATOR_RATIO, .scale = 1};
    Figure yi = {.of = &money,
                 .unit_size = INT64_C(10000000000),
                 .unit = {S("亿元"), S("100 million yuan")}};
    Figure count = {.of = &pieces, .unit_size = 1, .unit = {S("个"), S("issues")}};
    Figure ratio = {.of = &rate, .unit_size = 1, .unit = {S("%"), S("%")}};
    FigureValue value = {.value = INT64_C(327000000000), .has_value = true};
    FigureValue closed = figure_ratio(120, 129, 1), none = figure_ratio(0, 0, 1);
    (void)state;
    assert_text(arena, figure_number(arena, &yi, &value), "32.7");
    assert_text(arena, figure_text(arena, &yi, &value, LANGUAGE_ZH), "32.70亿元");
    value.value = INT64_C(327049999999);
    assert_text(arena, figure_number(arena, &yi, &value), "32.7");
    value.value = INT64_C(327050000000); /* half up */
    assert_text(arena, figure_number(arena, &yi, &value), "32.71");
    value.value = 129;
    assert_text(arena, figure_number(arena, &count, &value), "129");
    assert_text(arena, figure_text(arena, &count, &value, LANGUAGE_ZH), "129个");
    assert_text(arena, figure_text(arena, &count, &value, LANGUAGE_EN), "129 issues");
    assert_text(arena, figure_with_unit(arena, &count, &value, LANGUAGE_ZH), "129个");
    assert_text(arena, figure_with_unit(arena, &ratio, &closed, LANGUAGE_EN), "93.0%");
    assert_text(arena, figure_with_unit(arena, &ratio, &none, LANGUAGE_EN), "");
    assert_text(arena, figure_number(arena, &ratio, &closed), "93.0");
    assert_text(arena, figure_text(arena, &ratio, &closed, LANGUAGE_ZH), "93.0%（120/129）");
    assert_text(arena, figure_text(arena, &ratio, &closed, LANGUAGE_EN), "93.0% (120/129)");
    assert_text(arena, figure_number(arena, &ratio, &none), "");
    assert_text(arena, figure_text(arena, &ratio, &none, LANGUAGE_EN), "no value (0/0)");
    assert_int_equal(figure_ratio(1, 8, 0).value, 13); /* 12.5 % */
    assert_int_equal(figure_ratio(1, 3, 1).value, 333);
    assert_int_equal(figure_ratio(2, 3, 1).value, 667);
    arena_close(arena);
}

static Day day_from(const char *text)
{
    Day day;
    assert_true(day_parse(str_from_c(text), &day));
    return day;
}

static void periods_in_words(void **state)
{
    static const struct {
        const char *from, *to, *zh, *en;
    } rows[] = {
        {"2023-01-01", "2023-12-31", "2023年", "2023"},
        {"2021-01-01", "2023-12-31", "2021—2023年", "2021 to 2023"},
        {"2023-01-01", "2023-09-30", "2023年1—9月", "January to September 2023"},
        {"2023-02-01", "2023-02-28", "2023年2月", "February 2023"},
        {"2022-11-01", "2023-02-28", "2022年11月至2023年2月", "November 2022 to February 2023"},
        {"2023-03-05", "2023-03-05", "2023年3月5日", "5 March 2023"},
        {"2023-01-01", "2023-09-15", "2023年1月1日至2023年9月15日",
         "1 January 2023 to 15 September 2023"},
        {"1970-01-02", "2023-12-31", "截至2023年12月31日", "up to 31 December 2023"},
    };
    Arena *arena = arena_open();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Day from = day_from(rows[i].from), to = day_from(rows[i].to);
        assert_text(arena, figure_period_text(arena, from, to, LANGUAGE_ZH), rows[i].zh);
        assert_text(arena, figure_period_text(arena, from, to, LANGUAGE_EN), rows[i].en);
    }
    arena_close(arena);
}

static void periods_begin_and_end(void **state)
{
    static const struct {
        PeriodType period;
        const char *as_of, *from;
        bool ended;
    } rows[] = {
        {PERIOD_YEAR, "2023-08-20", "2023-01-01", false},
        {PERIOD_YEAR, "2023-12-31", "2023-01-01", true},
        {PERIOD_QUARTER, "2023-08-20", "2023-07-01", false},
        {PERIOD_QUARTER, "2023-09-30", "2023-07-01", true},
        {PERIOD_QUARTER, "2023-08-31", "2023-07-01", false},
        {PERIOD_MONTH, "2024-02-29", "2024-02-01", true},
        {PERIOD_MONTH, "2024-02-28", "2024-02-01", false},
        {PERIOD_ALL, "2023-08-20", "1970-01-02", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Day from, to, as_of = day_from(rows[i].as_of);
        figure_period(rows[i].period, as_of, &from, &to);
        assert_int_equal(from, day_from(rows[i].from));
        assert_int_equal(to, as_of);
        assert_int_equal(figure_period_ended(rows[i].period, as_of), rows[i].ended);
    }
}

/* Every day of a range is read once, as a month or as a day. */
static void a_range_is_months_and_days(void **state)
{
    Day start = day_from("2022-12-20");
    (void)state;
    for (Day from = start; from < start + 100; from += 3) {
        for (Day to = from - 1; to < from + 120; to++) {
            DayRange range = day_range(from, to);
            int64_t days = MAX(range.head_to - range.head_from + 1, 0) +
                           MAX(range.tail_to - range.tail_from + 1, 0);
            assert_true(days <= 62);
            if (range.month_from <= range.month_to) {
                assert_int_equal(range.head_to + 1, month_first(range.month_from));
                assert_int_equal(range.tail_from - 1, month_last(range.month_to));
                days += month_last(range.month_to) - month_first(range.month_from) + 1;
            }
            assert_int_equal(days, to - from + 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_true_exactly_in_their_interval),
        cmocka_unit_test(untrue_words_are_refused),
        cmocka_unit_test(words_in_both_languages),
        cmocka_unit_test(rounding_is_in_the_figures_unit),
        cmocka_unit_test(values_in_their_unit),
        cmocka_unit_test(periods_in_words),
        cmocka_unit_test(periods_begin_and_end),
        cmocka_unit_test(a_range_is_months_and_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
