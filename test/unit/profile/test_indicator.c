/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#define HELD INDICATOR("held") "count: {kind: visit, where: {held_at: present}}\nin: held_at\n---\n"
#define PLANNED          \
    INDICATOR("planned") \
    "count: {kind: visit, where: {topic: land}}\nin: planned_at\nat: lead\n---\n"
#define RATE                                                               \
    "indicator: rate\n"                                                    \
    "label: {zh: 率, en: Rate}\n"                                         \
    "define: {zh: 口径, en: Definition}\n"                               \
    "unit: {dimension: percent, word: {zh: \"%\", en: \"%\"}, scale: 1}\n" \
    "ratio: {of: held, per: planned}\n---\n"
#define FIGURE(name, rest) \
    "figure: " name "\nlabel: {zh: 数, en: Figure}\nperiod: year\n" rest "\n---\n"

static void test_types(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(
        arena,
        SETTINGS VISIT HELD INDICATOR(
            "stock") "count: {kind: visit}\nfrom: planned_at\n"
                     "until: held_at\n---\n" INDICATOR(
                         "units") "count: {kind: visit, distinct: lead}\nin: "
                                  "held_on\n---\n" INDICATOR("heads") "sum: {kind: visit, field: "
                                                                      "heads}\nin: held_at\n");
    assert_int_equal(profile_indicator(profile, S("held"))->type, INDICATOR_FLOW);
    assert_int_equal(profile_indicator(profile, S("stock"))->type, INDICATOR_STOCK);
    assert_int_equal(profile_indicator(profile, S("units"))->type, INDICATOR_DISTINCT);
    assert_str(profile_indicator(profile, S("heads"))->sum, S("heads"));
    assert_str(profile_indicator(profile, S("held"))->at, S("place"));
    assert_int_equal(profile_indicator(profile, S("heads"))->where->n_parts, 0);
    arena_close(arena);
}

/* Closed among those accepted: the numerator's records, on the denominator's day and place, and
 * only those that the denominator counts. */
static void test_a_ratio_counts_in_the_denominators_cohort(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(arena, SETTINGS VISIT RATE HELD PLANNED);
    const Indicator *rate = profile_indicator(profile, S("rate"));
    assert_int_equal(rate->type, INDICATOR_RATIO);
    assert_ptr_equal(rate->denominator, profile_indicator(profile, S("planned")));
    assert_true(rate->numerator->hidden);
    assert_str(rate->numerator->in, S("planned_at"));
    assert_str(rate->numerator->at, S("lead"));
    assert_int_equal(rate->numerator->where->type, CONDITION_ALL);
    assert_int_equal(rate->numerator->where->n_parts, 2);
    assert_ptr_equal(rate->kind, rate->denominator->kind);
    assert_null(profile_indicator(profile, rate->numerator->name));
    assert_int_equal(profile->n_indicators, 4);
    arena_close(arena);
}

static void test_a_figure_without_where_is_its_indicator(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(arena, SETTINGS VISIT HELD FIGURE("all", "of: held"));
    const Figure *figure = profile_figure(profile, S("all"));
    assert_ptr_equal(figure->of, profile_indicator(profile, S("held")));
    assert_str(figure->unit.zh, S("次"));
    assert_int_equal(figure->unit_size, 1);
    arena_close(arena);
}

static void test_a_figures_where_is_folded_in(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(
        arena, SETTINGS VISIT HELD PLANNED RATE FIGURE("one", "of: held\nwhere: {topic: loans}")
                   FIGURE("two", "of: held\nwhere: {topic: loans}")
                       FIGURE("three", "of: rate\nwhere: {heads: present}"));
    const Figure *one = profile_figure(profile, S("one")), *two = profile_figure(profile, S("two"));
    const Figure *three = profile_figure(profile, S("three"));
    assert_true(one->of->hidden);
    assert_int_equal(one->of->where->n_parts, 2);
    assert_ptr_equal(one->of, two->of); /* the same definition is counted once */
    assert_int_equal(three->of->type, INDICATOR_RATIO);
    assert_true(three->of->hidden);
    assert_int_equal(three->of->denominator->where->n_parts, 2);
    assert_str(three->of->numerator->in, S("planned_at"));
    arena_close(arena);
}

static uint64_t key_of(Arena *arena, const char *text)
{
    return profile_indicator(load_good(arena, text), S("held"))->key;
}

#define COUNTED(text) SETTINGS VISIT INDICATOR("held") text

static void test_the_key_is_of_the_definition(void **state UNUSED)
{
    Arena *arena = arena_open();
    uint64_t key = key_of(arena, COUNTED("count: {kind: visit, where: {heads: 1}}\nin: held_at\n"));
    assert_int_equal(key >> 63, 0);
    assert_int_equal(key, key_of(arena, COUNTED("in: held_at\nat: place\n"
                                                "count: {where: {heads: [1]}, kind: visit}\n")));
    assert_int_not_equal(
        key, key_of(arena, COUNTED("count: {kind: visit, where: {heads: 2}}\nin: held_at\n")));
    assert_int_not_equal(
        key, key_of(arena, COUNTED("count: {kind: visit, where: {cost: 1}}\nin: held_at\n")));
    assert_int_not_equal(
        key, key_of(arena, COUNTED("count: {kind: visit, where: {heads: 1}}\nin: planned_at\n")));
    assert_int_not_equal(
        key,
        key_of(arena, COUNTED("count: {kind: visit, where: {heads: 1}}\nin: held_at\nat: lead\n")));
    arena_close(arena);
}

static void test_names_are_not_part_of_the_key(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(
        arena,
        SETTINGS VISIT INDICATOR("held") "count: {kind: visit}\nin: held_at\n---\n"
                                         "indicator: other\nlabel: {zh: 别名, en: Alias}\n"
                                         "define: {zh: 另, en: Other}\n"
                                         "unit: {dimension: session, word: {zh: 场, en: s}}\n"
                                         "count: {kind: visit}\nin: held_at\n");
    /* Cells are kept under this number: it changes only together with a recount. */
    assert_int_equal(profile_indicator(profile, S("held"))->key, UINT64_C(7064858615632411209));
    assert_int_equal(profile_indicator(profile, S("held"))->key,
                     profile_indicator(profile, S("other"))->key);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_a_ratio_counts_in_the_denominators_cohort),
        cmocka_unit_test(test_a_figure_without_where_is_its_indicator),
        cmocka_unit_test(test_a_figures_where_is_folded_in),
        cmocka_unit_test(test_the_key_is_of_the_definition),
        cmocka_unit_test(test_names_are_not_part_of_the_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
