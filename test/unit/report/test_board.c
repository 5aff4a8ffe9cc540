/* SPDX-License-Identifier: Apache-2.0 */
/* The board: figures with months and parts, and lights of open matters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "city.h"
#include "report/board.h"

static void figures_come_with_months_and_parts(void **state)
{
    City *city = city_open();
    BoardFigures figures;
    Err err = {0};
    (void)state;
    city_matters(city, 6, 2, "2022-12-31", NULL); /* the year before, but on the board's months */
    city_matters(city, 5, 2, "2023-05-10", "2023-06-01");
    city_matters(city, 3, 3, "2023-05-31", NULL);
    city_matters(city, 2, 0, "2023-06-01", NULL);
    city_matters(city, 4, 3, "2023-06-30", NULL); /* after the day of the board */
    assert_true(board_figures(city->arena, city->db, &city->office, 0, city_day("2023-06-15"),
                              &figures, &err));
    assert_int_equal(figures.n, 4); /* those with board: true */
    for (size_t i = 0; i < figures.n; i++) {
        const BoardFigure *one = &figures.p[i];
        FigureQuery query = {one->figure->of, one->org, one->from, one->to};
        FigureValue value;
        assert_true(figure_value(city->arena, city->db, &city->office, &query, &value, &err));
        assert_int_equal(one->value.value, value.value);
        assert_int_equal(one->value.n, value.n);
        assert_int_equal(one->value.has_value, value.has_value);
    }
    const BoardFigure *accepted = &figures.p[0], *closure = &figures.p[2];
    assert_int_equal(accepted->value.value, 10);
    assert_int_equal(accepted->months[10].value, 8);
    assert_int_equal(accepted->months[11].value, 2);
    assert_int_equal(accepted->months[0].value, 0);
    assert_int_equal(accepted->n_parts, 3); /* 2, 3, 未归属 */
    assert_int_equal(accepted->parts[0].org, 2);
    assert_int_equal(accepted->parts[0].value.value, 5);
    assert_int_equal(accepted->parts[1].value.value, 3);
    assert_int_equal(accepted->parts[2].org, 0);
    assert_int_equal(accepted->parts[2].value.value, 2);
    assert_int_equal(closure->value.numerator, 5);
    assert_int_equal(closure->value.denominator, 10);
    assert_int_equal(closure->value.value, 500);
    assert_int_equal(closure->parts[2].value.denominator, 2);
    assert_int_equal(figures.p[3].n_parts, 0); /* different submitters do not add */
    city_close(city);
}

typedef struct Open {
    int64_t lead;
    const char *yellow, *red; /* NULL: no limit */
    bool paused, voided;
} Open;

static void store_open(City *city, Open one)
{
    Arena *arena = city->arena;
    Values values = {0};
    values_set(arena, &values, S("place"), value_int(2));
    values_set(arena, &values, S("open"), value_int(1));
    if (one.lead)
        values_set(arena, &values, S("lead"), value_int(one.lead));
    if (one.red) {
        values_set(arena, &values, S("yellow_at"), value_int(city_noon(one.yellow)));
        values_set(arena, &values, S("red_at"), value_int(city_noon(one.red)));
    }
    if (one.paused)
        values_set(arena, &values, S("paused_on"), value_int(city_day("2023-05-01")));
    if (one.voided)
        values_set(arena, &values, S("voided_at"), value_int(city_noon("2023-05-01")));
    (void)city_store(city, &values);
}

static void store_closed(City *city, int64_t lead, const char *closed, int64_t days)
{
    Values values = {0};
    values_set(city->arena, &values, S("place"), value_int(2));
    values_set(city->arena, &values, S("lead"), value_int(lead));
    values_set(city->arena, &values, S("closed_at"), value_int(city_noon(closed)));
    values_set(city->arena, &values, S("days_used"), value_int(days));
    (void)city_store(city, &values);
}

static void lights_by_leading_organisation(void **state)
{
    static const Open rows[] = {
        {3, "2023-05-20", "2023-05-30", false, false}, /* green */
        {3, "2023-05-05", "2023-05-30", false, false}, /* yellow */
        {3, "2023-05-01", "2023-05-09", false, false}, /* red */
        {3, "2023-05-01", "2023-05-09", true, false},  /* paused, whatever the date */
        {3, NULL, NULL, false, false},
        {3, "2023-05-01", "2023-05-09", false, true}, /* voided */
        {0, "2023-05-01", "2023-05-09", false, false},
    };
    City *city = city_open();
    BoardLights lights;
    Err err = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        store_open(city, rows[i]);
    store_closed(city, 3, "2023-02-01", 4);
    store_closed(city, 3, "2023-03-01", 9);
    store_closed(city, 3, "2022-12-31", 100); /* last year */
    store_closed(city, 2, "2023-03-01", 7);
    store_closed(city, 2, "2023-03-02", 0); /* on its first day */
    assert_true(
        board_lights(city->arena, city->db, &city->office, city_noon("2023-05-10"), &lights, &err));
    assert_int_equal(lights.n, 3);
    assert_int_equal(lights.p[0].lead, 0);
    assert_int_equal(lights.p[0].red, 1);
    assert_int_equal(lights.p[1].lead, 2);
    assert_int_equal(lights.p[1].closed, 2);
    assert_int_equal(lights.p[1].median_tenths, 35);
    const BoardLight *west = &lights.p[2];
    assert_int_equal(west->green, 1);
    assert_int_equal(west->yellow, 1);
    assert_int_equal(west->red, 1);
    assert_int_equal(west->paused, 1);
    assert_int_equal(west->unlimited, 1);
    assert_int_equal(west->closed, 2);
    assert_int_equal(west->median_tenths, 65);
    city_close(city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_come_with_months_and_parts),
        cmocka_unit_test(lights_by_leading_organisation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
