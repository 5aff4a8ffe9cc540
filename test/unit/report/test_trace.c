/* SPDX-License-Identifier: Apache-2.0 */
/* The list behind a figure is the figure: its rows, sum or different refs, for every type of
 * indicator, organisation and range. Cells on one side, the ordinary record list on the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "city.h"
#include "record/list.h"

#define DAYS_FROM 19350 /* 2022-12-24 */
#define DAYS      400

static int64_t below(RandomSource *random, uint64_t limit)
{
    return (int64_t)random_below(random, limit);
}

static void some_day(City *city, RandomSource *random, Values *values, Str name)
{
    Day day = (Day)(DAYS_FROM + below(random, DAYS));
    if (below(random, 4) == 0)
        return;
    values_set(city->arena, values, name,
               value_int(str_ends(name, S("_at")) ? day_start(day) + below(random, DAY_US) : day));
}

static void some_matter(City *city, RandomSource *random)
{
    Values values = {0};
    int64_t lead = 1 + below(random, 4), submitter = 900 + below(random, 5);
    if (below(random, 5))
        values_set(city->arena, &values, S("place"), value_int(1 + below(random, 4)));
    if (below(random, 5))
        values_set(city->arena, &values, S("lead"), value_int(lead));
    if (below(random, 5))
        values_set(city->arena, &values, S("submitter"), value_int(submitter));
    values_set(city->arena, &values, S("heads"), value_int(below(random, 20)));
    some_day(city, random, &values, S("accepted_at"));
    some_day(city, random, &values, S("closed_at"));
    some_day(city, random, &values, S("opened_on"));
    some_day(city, random, &values, S("closed_on"));
    if (below(random, 10) == 0)
        values_set(city->arena, &values, S("voided_at"), value_int(city_noon("2024-01-01")));
    (void)city_store(city, &values);
}

/* What the list says: rows, sum, or different refs. */
static int64_t listed(City *city, const FigureQuery *query, bool denominator)
{
    Selection selection;
    int64_t count, sum;
    Err err = {0};
    assert_true(figure_selection(city->arena, &city->office, query, denominator, &selection, &err));
    ListQuery list = {.kind = selection.kind, .everything = true, .selection = &selection};
    assert_true(
        record_count(city->arena, city->db, &city->office.orgs, &list, 100000, &count, &sum, &err));
    return selection.sum.n || selection.distinct.n ? sum : count;
}

static void a_trace_is_its_figure(void **state)
{
    City *city = city_open();
    RandomSource random = random_seeded(11);
    const Profile *profile = city->office.profile;
    (void)state;
    for (int i = 0; i < 250; i++)
        some_matter(city, &random);
    for (size_t i = 0; i < profile->n_indicators; i++) {
        for (int round = 0; round < 40; round++) {
            Day a = (Day)(DAYS_FROM + below(&random, DAYS));
            Day b = (Day)(DAYS_FROM + below(&random, DAYS));
            FigureQuery query = {&profile->indicators[i], below(&random, 5), MIN(a, b), MAX(a, b)};
            FigureValue value;
            Err err = {0};
            assert_true(figure_value(city->arena, city->db, &city->office, &query, &value, &err));
            bool has_whole = indicator_has_whole(query.indicator);
            assert_int_equal(listed(city, &query, true),
                             has_whole ? value.denominator : value.value);
            if (query.indicator->type == INDICATOR_RATIO)
                assert_int_equal(listed(city, &query, false), value.numerator);
        }
    }
    city_close(city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_trace_is_its_figure)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
