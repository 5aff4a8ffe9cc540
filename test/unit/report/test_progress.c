/* SPDX-License-Identifier: Apache-2.0 */
/* The light of a target by the time that has passed, against a model that walks every day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "report/progress.h"

static Day day(int year, int month, int of_month)
{
    return day_from_civil((CivilDate){.year = year, .month = month, .day = of_month});
}

static ProgressGoal year_goal(Comparator comparator, Amount amount)
{
    return (ProgressGoal){.comparator = comparator,
                          .amount = amount,
                          .from = day(2023, 1, 1),
                          .to = day(2023, 12, 31),
                          .yellow_points = 10,
                          .red_points = 30};
}

/* ---- one by one ---- */

static void comparators_compare(void **state)
{
    static const struct {
        Comparator comparator;
        int less, same, more;
    } rows[] = {
        {COMPARE_AT_LEAST, 0, 1, 1}, {COMPARE_MORE_THAN, 0, 0, 1}, {COMPARE_AT_MOST, 1, 1, 0},
        {COMPARE_EXACTLY, 0, 1, 0},  {COMPARE_ALL, 0, 1, 1},       {COMPARE_STRETCH, 0, 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ProgressGoal goal = year_goal(rows[i].comparator, 20);
        assert_int_equal(progress_reached(&goal, 19), rows[i].less);
        assert_int_equal(progress_reached(&goal, 20), rows[i].same);
        assert_int_equal(progress_reached(&goal, 21), rows[i].more);
        assert_true(comparator_of(comparator_word(rows[i].comparator)) == rows[i].comparator);
    }
    assert_true(comparator_of(S("about")) == COMPARE__COUNT);
    ProgressGoal nothing = year_goal(COMPARE_ALL, 0);
    assert_false(progress_reached(&nothing, 0));
}

static void lights_follow_the_months(void **state)
{
    ProgressGoal goal = year_goal(COMPARE_AT_LEAST, 120);
    (void)state;
    assert_int_equal(progress_light(&goal, 0, day(2022, 12, 31)), PROGRESS_NONE);
    assert_int_equal(progress_light(&goal, 0, day(2023, 1, 30)), PROGRESS_ON_COURSE);
    /* six months: 60 are due; 10 points are 12, 30 points are 36 */
    assert_int_equal(progress_light(&goal, 49, day(2023, 6, 30)), PROGRESS_ON_COURSE);
    assert_int_equal(progress_light(&goal, 48, day(2023, 6, 30)), PROGRESS_BEHIND);
    assert_int_equal(progress_light(&goal, 24, day(2023, 7, 30)), PROGRESS_BEHIND);
    assert_int_equal(progress_light(&goal, 23, day(2023, 7, 30)), PROGRESS_LATE);
    assert_int_equal(progress_due_percent(&goal, day(2023, 7, 30)), 50);
    assert_int_equal(progress_light(&goal, 119, day(2023, 12, 31)), PROGRESS_ON_COURSE);
    assert_int_equal(progress_light(&goal, 119, day(2024, 1, 1)), PROGRESS_LATE);
    assert_int_equal(progress_light(&goal, 120, day(2024, 1, 1)), PROGRESS_ON_COURSE);
}

static void steps_win_over_months(void **state)
{
    const ProgressStep steps[] = {{day(2023, 6, 30), 1}, {day(2023, 9, 30), 2}};
    ProgressGoal goal = year_goal(COMPARE_EXACTLY, 3);
    (void)state;
    goal.steps = steps;
    goal.n_steps = COUNT_OF(steps);
    assert_int_equal(progress_light(&goal, 0, day(2023, 6, 29)), PROGRESS_ON_COURSE);
    assert_int_equal(progress_light(&goal, 0, day(2023, 6, 30)), PROGRESS_LATE);
    assert_int_equal(progress_light(&goal, 1, day(2023, 9, 29)), PROGRESS_ON_COURSE);
    assert_int_equal(progress_light(&goal, 1, day(2023, 9, 30)), PROGRESS_LATE);
    assert_int_equal(progress_light(&goal, 2, day(2023, 12, 31)), PROGRESS_LATE);
}

static void each_comparator_has_its_limits(void **state)
{
    ProgressGoal most = year_goal(COMPARE_AT_MOST, 10);
    ProgressGoal exact = year_goal(COMPARE_EXACTLY, 10);
    ProgressGoal stretch = year_goal(COMPARE_STRETCH, 10);
    Day june = day(2023, 6, 30);
    (void)state;
    assert_int_equal(progress_light(&most, 10, june), PROGRESS_ON_COURSE);
    assert_int_equal(progress_light(&most, 11, june), PROGRESS_LATE);
    assert_int_equal(progress_light(&exact, 11, june), PROGRESS_BEHIND);
    assert_int_equal(progress_light(&exact, 14, june), PROGRESS_LATE);
    assert_int_equal(progress_light(&stretch, 0, june), PROGRESS_BEHIND);
    assert_int_equal(progress_light(&stretch, 0, day(2025, 1, 1)), PROGRESS_BEHIND);
}

static void what_was_red_is_caught_up(void **state)
{
    (void)state;
    assert_int_equal(progress_after(PROGRESS_ON_COURSE, false), PROGRESS_ON_COURSE);
    assert_int_equal(progress_after(PROGRESS_ON_COURSE, true), PROGRESS_CAUGHT_UP);
    assert_int_equal(progress_after(PROGRESS_LATE, true), PROGRESS_LATE);
}

/* ---- against a slow model ---- */

/* Walks the days: a month is over on its last day, or with the period. Everything in parts of a
 * hundredth of the goal and of a month. */
static Progress model(const ProgressGoal *goal, int64_t actual, Day as_of)
{
    int64_t amount = (int64_t)goal->amount, ended = 0, months = 0, missing, whole;
    for (Day at = goal->from; at <= goal->to; at++) {
        bool ends = at == goal->to || day_to_civil(at + 1).day == 1;
        months += ends;
        ended += ends && at <= as_of;
    }
    if (as_of < goal->from)
        return PROGRESS_NONE;
    if (goal->comparator == COMPARE_AT_MOST)
        return actual <= amount ? PROGRESS_ON_COURSE : PROGRESS_LATE;
    bool enough = goal->comparator == COMPARE_MORE_THAN ? actual > amount : actual >= amount;
    if (goal->comparator == COMPARE_EXACTLY)
        enough = actual == amount;
    if (enough)
        return PROGRESS_ON_COURSE;
    bool soft = goal->comparator == COMPARE_STRETCH;
    if (as_of > goal->to)
        return soft ? PROGRESS_BEHIND : PROGRESS_LATE;
    whole = amount * months;
    missing = 100 * (amount * ended - actual * months);
    if (actual > amount)
        missing = MAX(100 * (actual - amount) * months, goal->yellow_points * whole);
    if (missing < goal->yellow_points * whole)
        return PROGRESS_ON_COURSE;
    return missing <= goal->red_points * whole || soft ? PROGRESS_BEHIND : PROGRESS_LATE;
}

static void lights_are_those_of_the_model(void **state)
{
    RandomSource random = random_seeded(20231229);
    (void)state;
    for (int i = 0; i < 20000; i++) {
        Comparator comparator = (Comparator)random_below(&random, COMPARE__COUNT);
        ProgressGoal goal = year_goal(comparator, 1 + (Amount)random_below(&random, 60));
        goal.from = day(2022, 1, 1) + (Day)random_below(&random, 600);
        goal.to = goal.from + (Day)random_below(&random, 800);
        goal.yellow_points = 1 + (int)random_below(&random, 40);
        goal.red_points = goal.yellow_points + (int)random_below(&random, 40);
        int64_t actual = (int64_t)random_below(&random, 90);
        Day as_of = goal.from - 40 + (Day)random_below(&random, 900);
        assert_int_equal(progress_light(&goal, actual, as_of), model(&goal, actual, as_of));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparators_compare),
        cmocka_unit_test(lights_follow_the_months),
        cmocka_unit_test(steps_win_over_months),
        cmocka_unit_test(each_comparator_has_its_limits),
        cmocka_unit_test(what_was_red_is_caught_up),
        cmocka_unit_test(lights_are_those_of_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
