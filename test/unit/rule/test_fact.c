/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule/rule.h"

/* The table of columns is the schema's: a column added there must be added here. */
static void test_columns_are_those_of_the_schema(void **state)
{
    Arena *arena = arena_open();
    DbText sql = db_text_open(arena);
    Db *db;
    DbRows rows;
    size_t found = 0;
    (void)state;
    assert_true(db_open_memory(arena, &db, NULL) && db_migrate(db, NULL));
    db_sql_literal(&sql, "SELECT name, type FROM pragma_table_info('record') "
                         "WHERE name NOT IN ('id', 'version', 'days_used', 'data') "
                         "ORDER BY name");
    assert_true(db_run(db, &sql, &rows, NULL));
    while (db_rows_next(&rows)) {
        const FactColumn *column = fact_column(db_rows_text(&rows, 0));
        assert_non_null(column);
        assert_int_equal(column->is_text, str_eq(db_rows_text(&rows, 1), S("TEXT")));
        assert_int_equal(column->index, found);
        assert_ptr_equal(column, &fact_columns[found]);
        found++;
    }
    assert_true(db_rows_close(&rows, NULL));
    assert_int_equal(found, fact_columns_count);
    arena_close(arena);
}

static void test_other_names_have_no_column(void **state)
{
    (void)state;
    assert_null(fact_column(S("version")));
    assert_null(fact_column(S("id")));
    assert_null(fact_column(S("data")));
    assert_null(fact_column(S("")));
    assert_null(fact_column(S("zzz")));
    assert_null(fact_column(S("places")));
}

static void test_dots_stand_for_underscores(void **state)
{
    Arena *arena = arena_open();
    Values values = {0};
    (void)state;
    values_set(arena, &values, S("children_sitting"), value_int(3));
    assert_int_equal(fact_value(&values, S("children.sitting")).number, 3);
    assert_int_equal(fact_value(&values, S("children_sitting")).number, 3);
    assert_int_equal(fact_value(&values, S("children.none")).type, VALUE_NONE);
    arena_close(arena);
}

static void test_none_of_a_column_is_nothing(void **state)
{
    Arena *arena = arena_open();
    Values values = {0};
    (void)state;
    assert_true(fact_is_nothing(S("amount"), value_int(0)));
    assert_true(fact_is_nothing(S("title"), value_text(S(""))));
    assert_true(fact_is_nothing(S("rounds"), VALUE_NOTHING));
    assert_false(fact_is_nothing(S("amount"), value_int(-1)));
    assert_false(fact_is_nothing(S("rounds"), value_int(0)));
    assert_false(fact_is_nothing(S("reply"), value_text(S(""))));
    values_set(arena, &values, S("amount"), value_int(0));
    values_set(arena, &values, S("place"), value_text(S("x")));
    values_set(arena, &values, S("rounds"), value_int(0));
    assert_int_equal(fact_value(&values, S("amount")).type, VALUE_NONE);
    assert_int_equal(fact_value(&values, S("place")).type, VALUE_NONE);
    assert_int_equal(fact_value(&values, S("rounds")).type, VALUE_INT);
    arena_close(arena);
}

/* A name longer than any name of a profile is simply not there, whatever it holds. */
static void test_long_names_are_harmless(void **state)
{
    Arena *arena = arena_open();
    Values values = {0};
    char name[300];
    (void)state;
    memset(name, '.', sizeof name);
    assert_int_equal(fact_value(&values, (Str){name, sizeof name}).type, VALUE_NONE);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_are_those_of_the_schema),
        cmocka_unit_test(test_other_names_have_no_column),
        cmocka_unit_test(test_dots_stand_for_underscores),
        cmocka_unit_test(test_none_of_a_column_is_nothing),
        cmocka_unit_test(test_long_names_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
