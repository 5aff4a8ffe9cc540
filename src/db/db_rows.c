/* SPDX-License-Identifier: Apache-2.0 */
#include "db/db_rows.h"
#include "db/db_private.h"

#include <stdio.h>

static void give_back(DbRows *rows)
{
    engine_reset(rows->statement);
    if (rows->used)
        *rows->used = false;
    else
        engine_finalize(rows->statement);
    rows->statement = NULL;
    rows->db->open_rows--;
}

bool db_rows_open(DbRows *ret_rows, Db *db, Statement *statement, bool *used, const DbQuery *query,
                  const DbValue *values, size_t count, bool copy, Err *err)
{
    DbRows rows = {.db = db, .statement = statement, .used = used, .query = query};
    db->open_rows++;
    if (used)
        *used = true;
    if (db->stopped && engine_writes(statement)) {
        db_failure_set(&rows.failure, ERR_UNAVAILABLE, MSG_db_stopped, "write",
                       "writer has stopped");
        give_back(&rows);
        return db_fail(err, &rows.failure);
    }
    for (size_t i = 0; i < count; i++) {
        if (engine_bind(db->engine, statement, (int)i + 1, values[i], copy, &rows.failure))
            continue;
        give_back(&rows);
        return db_fail(err, &rows.failure);
    }
    *ret_rows = rows;
    return true;
}

bool db_rows_next(DbRows *rows)
{
    if (!rows->statement || rows->at_end || rows->failure.code != ERR_NONE)
        return false;
    EngineStep step = engine_step(rows->db->engine, rows->statement, &rows->failure);
    rows->at_end = step != ENGINE_ROW;
    if (rows->failure.code == ERR_OUTCOME_UNKNOWN)
        rows->db->stopped = true;
    return step == ENGINE_ROW;
}

bool db_rows_close(DbRows *rows, Err *err)
{
    if (!rows->statement)
        return true;
    give_back(rows);
    if (rows->failure.code == ERR_NONE)
        return true;
    db_fail(err, &rows->failure);
    return rows->query ? err_detail(err, str_from_c(rows->query->name)) : false;
}

int db_rows_columns(const DbRows *rows)
{
    return engine_column_count(rows->statement);
}

/* The signature in sql/query is a promise about types and NULL; a row that breaks it must not be
 * read as 0. */
static bool column_fits(DbRows *rows, int column)
{
    if (!rows->query)
        return true;
    const DbField *field = &rows->query->columns[column];
    bool is_null = engine_column_is_null(rows->statement, column);
    if (is_null ? field->may_be_null : engine_column_is(rows->statement, column, field->type))
        return true;
    if (rows->failure.code == ERR_NONE)
        db_failure_set(&rows->failure, ERR_INTERNAL, MSG_db_internal,
                       is_null ? "NULL where the signature has none, column"
                               : "not of the declared type, column",
                       field->name);
    return false;
}

int64_t db_rows_int(DbRows *rows, int column)
{
    return column_fits(rows, column) ? engine_column_int(rows->statement, column) : 0;
}

bool db_rows_bool(DbRows *rows, int column)
{
    return db_rows_int(rows, column) != 0;
}

Str db_rows_text(DbRows *rows, int column)
{
    return column_fits(rows, column) ? engine_column_text(rows->statement, column) : (Str){0};
}

Str db_rows_blob(DbRows *rows, int column)
{
    return column_fits(rows, column) ? engine_column_blob(rows->statement, column) : (Str){0};
}

bool db_rows_is_null(const DbRows *rows, int column)
{
    return engine_column_is_null(rows->statement, column);
}
