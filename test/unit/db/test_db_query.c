/* SPDX-License-Identifier: Apache-2.0 */
/* The generated functions, on the queries of fixture/. */
#include "query.h"
#include "test_support.h"

static Db *shop(Fixture *f)
{
    Db *db = NULL;
    must(db_open_memory(f->arena, &db, &f->err), &f->err);
    must(db_migrate(db, &f->err), &f->err);
    return db;
}

static void add(Fixture *f, Db *db, int64_t id, Str name)
{
    must(q_item_add(db, id, name, id * 10, S("note"), S("photo"), true, &f->err), &f->err);
}

static void schema_is_the_dialects_own(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM sqlite_schema WHERE name = 'only_sqlite'"),
                     1);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM sqlite_schema WHERE name = 'only_pg'"), 0);
    assert_int_equal(ask(f, db, "SELECT max(version) FROM schema_version"), 2);
    assert_true(str_has(db_site_migrations.p[0].pg, S("only_pg")));
    assert_false(str_has(db_site_migrations.p[0].pg, S("only_sqlite")));
}

static void one_finds_or_not(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    QItemRow row = {.id = 99};
    bool found = true;
    must(q_item_by_name(db, f->arena, S("pen"), &row, &found, &f->err), &f->err);
    assert_false(found);
    assert_int_equal(row.id, 99); /* untouched */
    add(f, db, 3, S("pen"));
    must(q_item_by_name(db, f->arena, S("pen"), &row, &found, &f->err), &f->err);
    assert_true(found);
    add(f, db, 4, S("ink")); /* the texts are ours, not the statement's */
    assert_int_equal(row.id, 3);
    assert_true(str_eq(row.name, S("pen")));
    assert_int_equal(row.price, 30);
    assert_true(str_eq(row.note, S("note")));
    assert_true(str_eq(row.photo, S("photo")));
    assert_true(row.sold);
    assert_false(row.price_is_null || row.note_is_null || row.photo_is_null);
    assert_int_equal(db_open_rows(db), 0);
}

static void nothing_is_stored_as_null(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    QItemRow row;
    bool found = false;
    must(q_item_add(db, 1, S("x"), 0, S(""), (Str){0}, false, &f->err), &f->err);
    must(q_item_by_name(db, f->arena, S("x"), &row, &found, &f->err), &f->err);
    assert_true(found && row.price_is_null && row.note_is_null && row.photo_is_null);
    assert_int_equal(row.price, 0);
    assert_int_equal(row.note.n, 0);
    assert_false(row.sold);
    /* A parameter without `?` keeps the empty text. */
    must(q_item_add(db, 2, (Str){0}, 1, S("n"), S("p"), false, &f->err), &f->err);
    must(q_item_by_name(db, f->arena, S(""), &row, &found, &f->err), &f->err);
    assert_true(found);
}

static void many_collects_or_steps(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    QItemRow *all = NULL, row;
    size_t count = 1;
    must(q_item_from_all(db, f->arena, 0, &all, &count, &f->err), &f->err);
    assert_int_equal(count, 0);
    must(db_begin(db, &f->err), &f->err);
    for (int64_t i = 1; i <= 1000; i++)
        add(f, db, i, STR(f->arena, "item ", i));
    must(db_commit(db, &f->err), &f->err);
    must(q_item_from_all(db, f->arena, 11, &all, &count, &f->err), &f->err);
    assert_int_equal(count, 990);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(all[i].id, i + 11);
        assert_true(str_eq(all[i].name, STR(f->arena, "item ", (int64_t)i + 11)));
    }
    DbRows rows;
    int64_t next = 11;
    must(q_item_from_open(db, 11, &rows, &f->err), &f->err);
    while (q_item_from_next(&rows, &row))
        assert_int_equal(row.id, next++);
    must(db_rows_close(&rows, &f->err), &f->err);
    assert_int_equal(next, 1001);
}

/* A walk down a tree opens the same query inside itself. */
static size_t walk(Fixture *f, Db *db, int64_t parent)
{
    DbRows rows;
    QItemChildren row;
    size_t count = 1;
    must(q_item_children_open(db, parent, &rows, &f->err), &f->err);
    while (q_item_children_next(&rows, &row))
        count += walk(f, db, row.id);
    must(db_rows_close(&rows, &f->err), &f->err);
    return count;
}

static void queries_nest(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    for (int64_t i = 1; i <= 100; i++) {
        QItemAddAllParams params = {.id = i, .name = STR(f->arena, i), .parent = i / 2};
        must(q_item_add_all(db, &params, &f->err), &f->err);
    }
    assert_int_equal(walk(f, db, 1), 100);
    assert_int_equal(db_open_rows(db), 0);
}

/* The parameters of an opened cursor need not live on. */
static void cursor_keeps_its_parameters(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    add(f, db, 1, S("pen"));
    char name[] = "pen";
    DbRows rows;
    const DbValue values[] = {db_value_text(str_from_c(name))};
    must(db_query_open(db, QUERY_ITEM_BY_NAME, values, true, &rows, &f->err), &f->err);
    name[0] = 'x';
    assert_true(db_rows_next(&rows));
    must(db_rows_close(&rows, &f->err), &f->err);
}

static void returning_works(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    QItemSell sold;
    bool found = false;
    add(f, db, 1, S("pen"));
    must(q_item_sell(db, f->arena, 1, &sold, &found, &f->err), &f->err);
    assert_true(found);
    assert_int_equal(sold.left_over, 6);
    must(q_item_sell(db, f->arena, 1, &sold, &found, &f->err), &f->err);
    assert_int_equal(sold.left_over, 5);
    must(q_item_forget(db, &f->err), &f->err);
}

static void broken_promise_is_an_error(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    bool found = true;
    QItemPriceWrong price = {.price = 7};
    QItemNameWrong *names = NULL;
    size_t count = 3;
    must(q_item_add(db, 1, S("x"), 0, S(""), S(""), false, &f->err), &f->err);
    must_not(q_item_price_wrong(db, f->arena, 1, &price, &found, &f->err), f, ERR_INTERNAL);
    assert_non_null(strstr(f->err.detail, "item_price_wrong"));
    assert_non_null(strstr(f->err.detail, "price"));
    assert_int_equal(price.price, 7);
    assert_true(found);
    must_not(q_item_name_wrong_all(db, f->arena, &names, &count, &f->err), f, ERR_INTERNAL);
    assert_int_equal(count, 3);
    assert_int_equal(db_open_rows(db), 0);
}

static void conflict_names_the_query(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    add(f, db, 1, S("pen"));
    must_not(q_item_add(db, 2, S("pen"), 0, S(""), S(""), false, &f->err), f, ERR_CONFLICT);
    assert_non_null(strstr(f->err.detail, "item_add"));
    add(f, db, 2, S("ink")); /* the statement is usable again */
}

static void check_compares_with_the_signature(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    for (size_t i = 0; i < db_query_count; i++) {
        bool wrong = i == QUERY_ITEM_COLUMNS_WRONG || i == QUERY_ITEM_COUNT_WRONG;
        err_clear(&f->err);
        assert_int_equal(db_query_check(db, i, &f->err), !wrong);
    }
    must_not(db_query_check(db, QUERY_ITEM_COLUMNS_WRONG, &f->err), f, ERR_INTERNAL);
    assert_non_null(strstr(f->err.detail, "column 1 is name, declared label"));
    must_not(db_query_check(db, QUERY_ITEM_COUNT_WRONG, &f->err), f, ERR_INTERNAL);
    assert_non_null(strstr(f->err.detail, "2 columns, declared 1"));
    Db *empty = NULL;
    must(db_open_memory(f->arena, &empty, &f->err), &f->err);
    must_not(db_query_check(empty, QUERY_ITEM_ADD, &f->err), f, ERR_INTERNAL);
    assert_non_null(strstr(f->err.detail, "item.sql:3"));
}

static void dialects_stand_side_by_side(void **state)
{
    Fixture *f = *state;
    Db *db = shop(f);
    QDialect row;
    bool found = false;
    must(q_dialect(db, f->arena, &row, &found, &f->err), &f->err);
    assert_true(str_eq(row.engine, S("sqlite")));
    assert_string_equal(db_queries[QUERY_DIALECT].pg, "SELECT\n'pg'::text\nAS engine");
    assert_non_null(strstr(db_queries[QUERY_ITEM_FROM].pg, "id >= $1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(schema_is_the_dialects_own),
        TEST(one_finds_or_not),
        TEST(nothing_is_stored_as_null),
        TEST(many_collects_or_steps),
        TEST(queries_nest),
        TEST(cursor_keeps_its_parameters),
        TEST(returning_works),
        TEST(broken_promise_is_an_error),
        TEST(conflict_names_the_query),
        TEST(check_compares_with_the_signature),
        TEST(dialects_stand_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
