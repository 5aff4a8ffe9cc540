/* SPDX-License-Identifier: Apache-2.0 */
/* Marks: what a value gives, against a model that counts up hundredth by hundredth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "report/assessment.h"
#include "report/progress.h"

static AssessmentItem item_of(int weight, int64_t zero, int64_t full)
{
    return (AssessmentItem){.weight = weight, .zero = zero, .full = full};
}

static ScoreValue percent_of(int64_t numerator, int64_t denominator)
{
    return (ScoreValue){numerator * 10000, denominator};
}

/* ---- one by one ---- */

static void the_bounds_give_all_and_nothing(void **state)
{
    AssessmentItem item = item_of(60, 7000, 9500); /* 70 % to 95 % */
    (void)state;
    assert_int_equal(assessment_marks(&item, percent_of(95, 100)), 6000);
    assert_int_equal(assessment_marks(&item, percent_of(100, 100)), 6000);
    assert_int_equal(assessment_marks(&item, percent_of(70, 100)), 0);
    assert_int_equal(assessment_marks(&item, percent_of(0, 100)), 0);
    assert_int_equal(assessment_marks(&item, percent_of(825, 1000)), 3000);
    /* 120 of 129 are 93.0233 %, not 93.0 %: nothing is rounded before the marks are. */
    assert_int_equal(assessment_marks(&item, percent_of(120, 129)), 5526);
}

static void less_can_be_better(void **state)
{
    AssessmentItem item = item_of(10, 2000, 0); /* 20 % gives nothing, 0 % everything */
    (void)state;
    assert_int_equal(assessment_marks(&item, percent_of(0, 7)), 1000);
    assert_int_equal(assessment_marks(&item, percent_of(1, 10)), 500);
    assert_int_equal(assessment_marks(&item, percent_of(1, 5)), 0);
    assert_int_equal(assessment_marks(&item, percent_of(1, 1)), 0);
}

static void half_of_a_hundredth_counts_up(void **state)
{
    AssessmentItem item = item_of(1, 0, 20000);
    (void)state;
    assert_int_equal(assessment_marks(&item, (ScoreValue){100, 1}), 1); /* 0.5 */
    assert_int_equal(assessment_marks(&item, (ScoreValue){99, 1}), 0);
    assert_int_equal(assessment_marks(&item, (ScoreValue){300, 1}), 2); /* 1.5 */
}

/* ---- against a model ---- */

/* The most hundredths h with h - 1/2 <= weight * 100 * share, where the share is the part of the
 * way from zero to full. */
static int64_t slow_marks(const AssessmentItem *item, ScoreValue value)
{
    __int128 way = (__int128)(item->full - item->zero) * value.below;
    __int128 done = (__int128)value.above - (__int128)item->zero * value.below;
    int64_t marks = 0;
    if (way < 0) {
        way = -way;
        done = -done;
    }
    if (done > way)
        done = way;
    while (marks < (int64_t)item->weight * 100 &&
           (2 * (__int128)marks + 1) * way <= 2 * (__int128)item->weight * 100 * done)
        marks++;
    return marks;
}

static void marks_are_those_of_the_model(void **state)
{
    RandomSource system = random_system();
    uint64_t seed = random_u64(&system);
    RandomSource random = random_seeded(seed);
    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int i = 0; i < 20000; i++) {
        AssessmentItem item =
            item_of((int)random_below(&random, 100) + 1, (int64_t)random_below(&random, 10001),
                    (int64_t)random_below(&random, 10001));
        int64_t below = (int64_t)random_below(&random, 500) + 1;
        ScoreValue value = percent_of((int64_t)random_below(&random, (uint64_t)below + 1), below);
        if (item.zero == item.full)
            continue;
        assert_int_equal(assessment_marks(&item, value), slow_marks(&item, value));
    }
}

static void more_never_gives_less(void **state)
{
    AssessmentItem item = item_of(40, 6050, 9525);
    int64_t before = 0;
    (void)state;
    for (int64_t n = 0; n <= 1000; n++) {
        int64_t marks = assessment_marks(&item, percent_of(n, 1000));
        assert_true(marks >= before && marks <= 4000);
        before = marks;
    }
    assert_int_equal(before, 4000);
}

static void no_value_gives_no_marks(void **state)
{
    Indicator ratio = {.type = INDICATOR_RATIO}, count = {.type = INDICATOR_FLOW};
    Figure rate = {.of = &ratio, .unit_size = 1}, money = {.of = &count, .unit_size = 1000000};
    AssessmentItem item = item_of(50, 0, 1000);
    FigureValue value = {.has_value = false};
    int64_t marks = -1;
    (void)state;
    item.figure = &rate;
    assert_false(assessment_item_marks(&item, &value, &marks));
    assert_int_equal(marks, -1);
    item.figure = &money; /* counted in fen, shown in 万元: five of ten */
    value = (FigureValue){.has_value = true, .value = 5000000};
    assert_true(assessment_item_marks(&item, &value, &marks));
    assert_int_equal(marks, 2500);
}

/* 45 of 50 members are 90 %, not 45 of the unit. */
static void a_coverage_is_scored_by_its_share(void **state)
{
    Indicator coverage = {.type = INDICATOR_COVERAGE};
    Figure covered = {.of = &coverage, .unit_size = 1};
    AssessmentItem item = item_of(100, 8000, 10000);
    FigureValue value = {.has_value = true, .value = 45, .numerator = 45, .denominator = 50};
    int64_t marks = 0;
    (void)state;
    item.figure = &covered;
    assert_true(assessment_item_marks(&item, &value, &marks));
    assert_int_equal(marks, 5000);
    value = (FigureValue){.has_value = true};
    assert_false(assessment_item_marks(&item, &value, &marks));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bounds_give_all_and_nothing),
        cmocka_unit_test(less_can_be_better),
        cmocka_unit_test(half_of_a_hundredth_counts_up),
        cmocka_unit_test(marks_are_those_of_the_model),
        cmocka_unit_test(more_never_gives_less),
        cmocka_unit_test(no_value_gives_no_marks),
        cmocka_unit_test(a_coverage_is_scored_by_its_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
