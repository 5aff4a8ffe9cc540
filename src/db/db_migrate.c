/* SPDX-License-Identifier: Apache-2.0 */
#include "db/db_private.h"
#include "db/db_text.h"

#define VERSION_TABLE                             \
    "CREATE TABLE IF NOT EXISTS schema_version (" \
    "version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL)"

static bool single_int(Db *db, const DbText *text, int64_t *ret_number, Err *err)
{
    DbRows rows;
    if (!db_run(db, text, &rows, err))
        return false;
    int64_t number = db_rows_next(&rows) ? db_rows_int(&rows, 0) : 0;
    if (!db_rows_close(&rows, err))
        return false;
    *ret_number = number;
    return true;
}

/* 0 for an empty database. */
static bool version_get(Arena *scratch, Db *db, int64_t *ret_version, Err *err)
{
    DbText table = db_text_open(scratch), version = db_text_open(scratch);
    int64_t tables = 0;
    db_sql_literal(&table, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'");
    db_sql_literal(&version, "SELECT max(version) FROM schema_version");
    if (!single_int(db, &table, &tables, err))
        return false;
    *ret_version = 0;
    return tables == 0 || single_int(db, &version, ret_version, err);
}

static bool version_refuse(Arena *scratch, int64_t found, int64_t known, Err *err)
{
    bool newer = found > known;
    err_set(err, ERR_ENVIRONMENT, newer ? MSG_db_newer : MSG_db_older, STR(scratch, found),
            STR(scratch, known));
    return err_hint(err, newer ? MSG_db_newer_hint : MSG_db_older_hint);
}

static bool apply(Arena *scratch, Db *db, const DbMigration *step, Err *err)
{
    DbFailure failure = {0};
    DbText note = db_text_open(scratch);
    db_sql_literal(&note, "INSERT INTO schema_version (version, name) VALUES (");
    db_sql_int(&note, step->version);
    db_sql_literal(&note, ", ");
    db_sql_text(&note, step->name);
    db_sql_literal(&note, ")");
    if (!engine_exec(db->engine, VERSION_TABLE, &failure) ||
        !engine_exec(db->engine, str_c(scratch, step->sqlite), &failure))
        return db_fail(err, &failure);
    return db_execute(db, &note, err);
}

static bool apply_in_transaction(Arena *scratch, Db *db, const DbMigration *step, Err *err)
{
    if (!db_begin(db, err))
        return false;
    if (!apply(scratch, db, step, err)) {
        db_rollback(db);
        return err_detail(err, step->name);
    }
    return db_commit(db, err);
}

static bool migrate(Arena *scratch, Db *db, DbMigrations migrations, Err *err)
{
    int64_t version = 0;
    if (!version_get(scratch, db, &version, err))
        return false;
    if (version > (int64_t)migrations.n)
        return version_refuse(scratch, version, (int64_t)migrations.n, err);
    for (size_t i = (size_t)version; i < migrations.n; i++) {
        ASSERT(migrations.p[i].version == (int64_t)i + 1);
        if (!apply_in_transaction(scratch, db, &migrations.p[i], err))
            return false;
    }
    return true;
}

bool db_migrate_with(Db *db, DbMigrations migrations, Err *err)
{
    Arena *scratch = arena_open();
    bool ok = migrate(scratch, db, migrations, err);
    arena_close(scratch);
    return ok;
}

bool db_migrate(Db *db, Err *err)
{
    return db_migrate_with(db, db_site_migrations, err);
}

bool db_schema_check(Db *db, DbMigrations migrations, Err *err)
{
    Arena *scratch = arena_open();
    int64_t version = 0;
    bool ok = version_get(scratch, db, &version, err);
    if (ok && version != (int64_t)migrations.n)
        ok = version_refuse(scratch, version, (int64_t)migrations.n, err);
    arena_close(scratch);
    return ok;
}
