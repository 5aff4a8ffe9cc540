/* SPDX-License-Identifier: Apache-2.0 */
#include "db/db_query.h"
#include "db/db_private.h"

#include <stdio.h>

static bool prepare(Db *db, const DbQuery *query, bool kept, Statement **ret_statement, Err *err)
{
    DbFailure failure = {0};
    if (engine_prepare(db->engine, str_from_c(query->sqlite), kept, ret_statement, &failure))
        return true;
    db_fail(err, &failure);
    err_detail(err, str_from_c(query->place));
    return err_detail(err, str_from_c(query->name));
}

/* A query opened while it is already running (a walk down a tree) gets a statement of its own. */
bool db_query_open(Db *db, size_t query, const DbValue *values, bool copy, DbRows *ret_rows,
                   Err *err)
{
    ASSERT(query < db_query_count);
    const DbQuery *entry = &db_queries[query];
    KeptStatement *kept = &db->queries[query];
    Statement *statement = kept->statement;
    bool nested = kept->used;
    if ((nested || !statement) && !prepare(db, entry, !nested, &statement, err))
        return false;
    if (!nested)
        kept->statement = statement;
    return db_rows_open(ret_rows, db, statement, nested ? NULL : &kept->used, entry, values,
                        (size_t)entry->parameter_count, copy, err);
}

bool db_query_exec(Db *db, size_t query, const DbValue *values, Err *err)
{
    DbRows rows;
    if (!db_query_open(db, query, values, false, &rows, err))
        return false;
    while (db_rows_next(&rows))
        continue;
    return db_rows_close(&rows, err);
}

static bool check_statement(const DbQuery *query, Statement *statement, DbFailure *failure)
{
    char text[160] = "";
    if (engine_parameter_count(statement) != query->parameter_count)
        snprintf(text, sizeof text, "%d parameters, declared %d", engine_parameter_count(statement),
                 query->parameter_count);
    else if (engine_column_count(statement) != query->column_count)
        snprintf(text, sizeof text, "%d columns, declared %d", engine_column_count(statement),
                 query->column_count);
    for (int i = 0; !text[0] && i < query->column_count; i++) {
        const char *name = engine_column_name(statement, i);
        if (strcmp(name, query->columns[i].name) != 0)
            snprintf(text, sizeof text, "column %d is %s, declared %s (write AS)", i + 1, name,
                     query->columns[i].name);
    }
    if (!text[0])
        return true;
    db_failure_set(failure, ERR_INTERNAL, MSG_db_internal, query->place, text);
    return false;
}

bool db_query_check(Db *db, size_t query, Err *err)
{
    ASSERT(query < db_query_count);
    DbFailure failure = {0};
    Statement *statement = NULL;
    if (!prepare(db, &db_queries[query], false, &statement, err))
        return false;
    bool ok = check_statement(&db_queries[query], statement, &failure);
    engine_finalize(statement);
    return ok || db_fail(err, &failure);
}
