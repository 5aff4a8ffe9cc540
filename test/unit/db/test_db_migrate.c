/* SPDX-License-Identifier: Apache-2.0 */
#include "test_support.h"

static const DbMigration steps[] = {
    {1, S_CONST("0001_first"),
     S_CONST("CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1); -- end\n"), S_CONST("")},
    {2, S_CONST("0002_second"), S_CONST("ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 5"),
     S_CONST("")},
    {3, S_CONST("0003_wrong"), S_CONST("INSERT INTO a VALUES (2, 2); INSERT INTO no VALUES (1)"),
     S_CONST("")},
};

static DbMigrations first(size_t count)
{
    return (DbMigrations){steps, count};
}

static void steps_are_applied_once_and_in_order(void **state)
{
    Fixture *f = *state;
    Db *db = NULL;
    must(db_open_memory(f->arena, &db, &f->err), &f->err);
    must(db_migrate_with(db, first(1), &f->err), &f->err);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM a"), 1);
    must(db_migrate_with(db, first(2), &f->err), &f->err);
    must(db_migrate_with(db, first(2), &f->err), &f->err);
    assert_int_equal(ask(f, db, "SELECT y FROM a"), 5);
    assert_int_equal(ask(f, db, "SELECT max(version) FROM schema_version"), 2);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM schema_version WHERE name LIKE '000%'"), 2);
    must(db_schema_check(db, first(2), &f->err), &f->err);
}

static void failed_step_leaves_the_version_before(void **state)
{
    Fixture *f = *state;
    Db *db = NULL;
    must(db_open_memory(f->arena, &db, &f->err), &f->err);
    must_not(db_migrate_with(db, first(3), &f->err), f, ERR_INTERNAL);
    assert_non_null(strstr(f->err.detail, "0003_wrong"));
    assert_false(db_in_transaction(db));
    assert_int_equal(ask(f, db, "SELECT max(version) FROM schema_version"), 2);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM a"), 1);
}

static void newer_database_is_refused(void **state)
{
    Fixture *f = *state;
    Db *db = NULL;
    must(db_open_memory(f->arena, &db, &f->err), &f->err);
    must(db_migrate_with(db, first(2), &f->err), &f->err);
    must_not(db_migrate_with(db, first(1), &f->err), f, ERR_ENVIRONMENT);
    assert_int_equal(f->err.message, MSG_db_newer);
    assert_int_equal(f->err.hint, MSG_db_newer_hint);
    assert_true(str_eq(f->err.args[0], S("2")));
    assert_true(str_eq(f->err.args[1], S("1")));
    must_not(db_schema_check(db, first(1), &f->err), f, ERR_ENVIRONMENT);
    assert_int_equal(f->err.message, MSG_db_newer);
}

static void reader_wants_exactly_its_version(void **state)
{
    Fixture *f = *state;
    Db *db = NULL, *reader = NULL;
    must(db_open_writer(f->arena, f->path, &db, &f->err), &f->err);
    must(db_open_reader(f->arena, f->path, &reader, &f->err), &f->err);
    must_not(db_schema_check(reader, first(1), &f->err), f, ERR_ENVIRONMENT);
    assert_int_equal(f->err.message, MSG_db_older);
    must(db_migrate_with(db, first(1), &f->err), &f->err);
    must(db_schema_check(reader, first(1), &f->err), &f->err);
    must_not(db_schema_check(reader, first(2), &f->err), f, ERR_ENVIRONMENT);
    assert_int_equal(f->err.message, MSG_db_older);
}

static void own_schema_applies(void **state)
{
    Fixture *f = *state;
    Db *db = NULL;
    Str problem;
    must(db_open_writer(f->arena, f->path, &db, &f->err), &f->err);
    must(db_migrate(db, &f->err), &f->err);
    must(db_migrate(db, &f->err), &f->err);
    must(db_schema_check(db, db_site_migrations, &f->err), &f->err);
    must(db_integrity_check(f->arena, db, &problem, &f->err), &f->err);
    assert_int_equal(problem.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(steps_are_applied_once_and_in_order),
        TEST(failed_step_leaves_the_version_before),
        TEST(newer_database_is_refused),
        TEST(reader_wants_exactly_its_version),
        TEST(own_schema_applies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
