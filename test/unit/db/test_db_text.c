/* SPDX-License-Identifier: Apache-2.0 */
#include "test_support.h"

static Db *memory(Fixture *f)
{
    Db *db = NULL;
    must(db_open_memory(f->arena, &db, &f->err), &f->err);
    return db;
}

static bool sql_is(const DbText *text, const char *expected)
{
    return str_eq(buf_str(&text->sql), str_from_c(expected));
}

static void text_is_bound_never_written(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    DbText q = db_text_open(f->arena);
    Str hostile = S("x'; DROP TABLE t; --");
    db_sql_literal(&q, "SELECT ");
    db_sql_text(&q, hostile);
    db_sql_literal(&q, ", ");
    db_sql_int(&q, INT64_MIN);
    db_sql_literal(&q, ", typeof(");
    db_sql_blob(&q, (Str){0});
    db_sql_literal(&q, "), typeof(");
    db_sql_text(&q, (Str){0});
    db_sql_literal(&q, ")");
    assert_true(sql_is(&q, "SELECT ?1, ?2, typeof(?3), typeof(?4)"));
    DbRows rows;
    must(db_run(db, &q, &rows, &f->err), &f->err);
    assert_true(db_rows_next(&rows));
    assert_int_equal(db_rows_columns(&rows), 4);
    assert_true(str_eq(db_rows_text(&rows, 0), hostile));
    assert_true(db_rows_int(&rows, 1) == INT64_MIN);
    assert_true(str_eq(db_rows_text(&rows, 2), S("blob")));
    assert_true(str_eq(db_rows_text(&rows, 3), S("text"))); /* empty, not NULL */
    assert_false(db_rows_next(&rows));
    assert_false(db_rows_next(&rows));
    must(db_rows_close(&rows, &f->err), &f->err);
    must(db_rows_close(&rows, &f->err), &f->err);
}

static void null_reads_as_nothing(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    DbText q = db_text_open(f->arena);
    db_sql_literal(&q, "SELECT NULL, 1, x'00ff'");
    DbRows rows;
    must(db_run(db, &q, &rows, &f->err), &f->err);
    assert_true(db_rows_next(&rows));
    assert_true(db_rows_is_null(&rows, 0));
    assert_int_equal(db_rows_int(&rows, 0), 0);
    assert_int_equal(db_rows_text(&rows, 0).n, 0);
    assert_int_equal(db_rows_blob(&rows, 0).n, 0);
    assert_true(db_rows_bool(&rows, 1));
    assert_true(str_eq(db_rows_blob(&rows, 2), (Str){"\0\xff", 2}));
    must(db_rows_close(&rows, &f->err), &f->err);
}

static void names_are_checked(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    const Str bad[] = {S_CONST(""),          S_CONST("A"),   S_CONST("1a"),  S_CONST("_a"),
                       S_CONST("a b"),       S_CONST("a'b"), S_CONST("a-b"), S_CONST("a.b"),
                       S_CONST("a\xe5\xad"), S_CONST("a\"")};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        DbText q = db_text_open(f->arena);
        DbRows rows;
        db_sql_literal(&q, "SELECT ");
        db_sql_path(&q, bad[i]);
        must_not(db_run(db, &q, &rows, &f->err), f, ERR_INTERNAL);
    }
    DbText q = db_text_open(f->arena);
    db_sql_path(&q, S("amount_2"));
    db_sql_name(&q, S("a"));
    assert_true(sql_is(&q, "'$.amount_2'a"));
    Buf lengthy = buf_open(f->arena);
    for (int i = 0; i <= DB_NAME_MAX_BYTES; i++)
        buf_byte(&lengthy, 'a');
    db_sql_name(&q, str_slice(buf_str(&lengthy), 0, DB_NAME_MAX_BYTES));
    assert_false(q.bad_name);
    db_sql_name(&q, buf_str(&lengthy));
    assert_true(q.bad_name);
}

static void field_uses_its_index(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    must(execute(f, db, "CREATE TABLE record (id INTEGER PRIMARY KEY, data TEXT)"), &f->err);
    DbText make = db_text_open(f->arena), plan = db_text_open(f->arena);
    db_sql_literal(&make, "CREATE INDEX record_");
    db_sql_name(&make, S("amount"));
    db_sql_literal(&make, " ON record (");
    db_sql_field(&make, "data", S("amount"));
    db_sql_literal(&make, ")");
    must(db_execute(db, &make, &f->err), &f->err);
    must(execute(f, db, "INSERT INTO record VALUES (7, '{\"amount\":12}'), (8, '{}')"), &f->err);
    db_sql_literal(&plan, "EXPLAIN QUERY PLAN SELECT id FROM record AS r WHERE ");
    db_sql_field(&plan, "r.data", S("amount"));
    db_sql_literal(&plan, " = ");
    db_sql_int(&plan, 12);
    DbRows rows;
    must(db_run(db, &plan, &rows, &f->err), &f->err);
    assert_true(db_rows_next(&rows));
    assert_true(str_has(db_rows_text(&rows, 3), S("record_amount")));
    must(db_rows_close(&rows, &f->err), &f->err);
}

static void lists_are_numbered_on(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    DbText q = db_text_open(f->arena);
    db_sql_literal(&q, "SELECT ");
    db_sql_int(&q, 5);
    db_sql_literal(&q, " IN ");
    db_sql_ids(&q, (int64_t[]){4, 5, 6}, 3);
    db_sql_literal(&q, " AND ");
    db_sql_text(&q, S("b"));
    db_sql_literal(&q, " IN ");
    db_sql_texts(&q, (Str[]){S("a"), S("b")}, 2);
    db_sql_literal(&q, " AND NOT coalesce(5 IN ");
    db_sql_ids(&q, NULL, 0);
    db_sql_literal(&q, ", 0)");
    assert_true(sql_is(&q, "SELECT ?1 IN (?2,?3,?4) AND ?5 IN (?6,?7) "
                           "AND NOT coalesce(5 IN (NULL), 0)"));
    assert_int_equal(ask_text(f, db, &q), 1);
}

static void limits_hold(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    DbRows rows;
    DbText many = db_text_open(f->arena), lengthy = db_text_open(f->arena);
    int64_t *ids = NEW_ARRAY(f->arena, int64_t, DB_TEXT_MAX_VALUES + 1);
    db_sql_literal(&many, "SELECT 0 IN ");
    db_sql_ids(&many, ids, DB_TEXT_MAX_VALUES);
    assert_int_equal(ask_text(f, db, &many), 1);
    db_sql_int(&many, 1);
    must_not(db_run(db, &many, &rows, &f->err), f, ERR_TOO_LARGE);
    for (size_t i = 0; i < DB_TEXT_MAX_BYTES / 8 + 1; i++)
        db_sql_literal(&lengthy, "SELECT 1");
    must_not(db_run(db, &lengthy, &rows, &f->err), f, ERR_TOO_LARGE);
}

static void our_mistakes_are_internal(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    must_not(execute(f, db, "SELEC 1"), f, ERR_INTERNAL);
    must_not(execute(f, db, "SELECT 1; SELECT 2"), f, ERR_INTERNAL);
    must_not(execute(f, db, ""), f, ERR_INTERNAL);
    must_not(execute(f, db, "SELECT ?1"), f, ERR_INTERNAL);
    must_not(execute(f, db, "SELECT \"not_a_column\""), f, ERR_INTERNAL);
    assert_int_equal(db_open_rows(db), 0);
}

/* A failure in the middle of the rows ends the loop and comes out of close. */
static void close_reports_a_failed_step(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    DbText q = db_text_open(f->arena);
    DbRows rows;
    db_sql_literal(&q, "SELECT json_extract(value, '$.a') FROM json_each('[\"{}\",\"not json\"]')");
    must(db_run(db, &q, &rows, &f->err), &f->err);
    assert_true(db_rows_next(&rows));
    assert_false(db_rows_next(&rows));
    must_not(db_rows_close(&rows, &f->err), f, ERR_INTERNAL);
    assert_int_equal(db_open_rows(db), 0);
}

/* More different texts running at once than are kept, twice each. */
static void many_texts_at_once(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    DbRows rows[60];
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 60; i++) {
            DbText q = db_text_open(f->arena);
            db_sql_literal(&q, "SELECT ");
            db_sql_int(&q, i);
            for (int j = 0; j < i % 30; j++)
                db_sql_literal(&q, " + 1");
            must(db_run(db, &q, &rows[i], &f->err), &f->err);
        }
        assert_int_equal(db_open_rows(db), 60);
        for (int i = 0; i < 60; i++) {
            assert_true(db_rows_next(&rows[i]));
            assert_int_equal(db_rows_int(&rows[i], 0), i + i % 30);
            must(db_rows_close(&rows[i], &f->err), &f->err);
        }
    }
    assert_int_equal(db_open_rows(db), 0);
}

/* The kept statement is prepared again by the engine when the schema has changed. */
static void kept_text_survives_a_new_schema(void **state)
{
    Fixture *f = *state;
    Db *db = memory(f);
    must(execute(f, db, "CREATE TABLE t (a INTEGER)"), &f->err);
    must(execute(f, db, "INSERT INTO t VALUES (1)"), &f->err);
    DbText q = db_text_open(f->arena);
    db_sql_literal(&q, "SELECT a FROM t");
    assert_int_equal(ask_text(f, db, &q), 1);
    must(execute(f, db, "DROP TABLE t"), &f->err);
    must(execute(f, db, "CREATE TABLE t (b INTEGER, a INTEGER)"), &f->err);
    must(execute(f, db, "INSERT INTO t VALUES (1, 2)"), &f->err);
    assert_int_equal(ask_text(f, db, &q), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_is_bound_never_written), TEST(null_reads_as_nothing),
        TEST(names_are_checked),           TEST(field_uses_its_index),
        TEST(lists_are_numbered_on),       TEST(limits_hold),
        TEST(our_mistakes_are_internal),   TEST(close_reports_a_failed_step),
        TEST(many_texts_at_once),          TEST(kept_text_survives_a_new_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
