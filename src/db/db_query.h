/* SPDX-License-Identifier: Apache-2.0 */
/* db_query.h - what the generated query.c is made of. Callers use the typed functions of query.h.
 *
 * How to write an entry of sql/query (tools/sqlgen.py checks all of it and names file and line):
 *
 *     -- What it is for; becomes the comment in query.h.
 *     -- name: record_by_number :one (kind text, number text) -> (id int, due_on int?)
 *     SELECT id, due_on FROM record WHERE kind = :kind AND number = :number;
 *
 *   :one   q_NAME(db, arena, params…, &row, &found, err)        the first row, if there is one
 *   :many  q_NAME_all(db, arena, params…, &rows, &count, err)   all rows in `arena`
 *          q_NAME_open(db, params…, &rows, err), q_NAME_next(&rows, &row), db_rows_close:
 *          one by one; text lives until the next step
 *   :exec  q_NAME(db, params…, err)                             no rows
 *
 * Types are int (int64_t), bool, text and blob (Str). Each column has the declared name (write AS).
 * `?` after a type: in a row, may be NULL, read as 0 or empty with `x_is_null` set; in a parameter,
 * 0 or the empty text is stored as NULL (where 0 and nothing differ, take a second parameter and
 * write CASE WHEN :has_x THEN :x END). More than six parameters become one `const QNameParams *`.
 * A signature may go on over several `--` lines.
 * Queries that give the same columns share a row type: `-> record_row (id int, …)` in one of them,
 * `-> record_row` in the others, is QRecordRow.
 * Where dialects differ: lines `-- @sqlite`, `-- @pg`, `-- @end` around each variant.
 */
#ifndef TONGXIN_DB_QUERY_H
#define TONGXIN_DB_QUERY_H

#include "base/vec.h"
#include "db/db_rows.h"

typedef enum DbType { DB_INT, DB_BOOL, DB_TEXT, DB_BLOB } DbType;

typedef struct DbField {
    const char *name;
    DbType type;
    bool may_be_null;
} DbField;

typedef struct DbQuery {
    const char *name;  /* "record_by_number" */
    const char *place; /* "record.sql:12" */
    const char *sqlite;
    const char *pg;
    const DbField *parameters;
    const DbField *columns;
    int parameter_count;
    int column_count;
} DbQuery;

extern const DbQuery db_queries[];
extern const size_t db_query_count;

/* A value to bind: parameter 1 is the first of the array. */
typedef struct DbValue {
    DbType type;
    bool is_null;
    int64_t number;
    Str text;
} DbValue;

static inline DbValue db_value_int(int64_t number)
{
    return (DbValue){.type = DB_INT, .number = number};
}
static inline DbValue db_value_text(Str text)
{
    return (DbValue){.type = DB_TEXT, .text = text};
}
static inline DbValue db_value_blob(Str bytes)
{
    return (DbValue){.type = DB_BLOB, .text = bytes};
}

/* Opens query number `query` (an index of db_queries); `values` are as many as it has parameters.
 * `copy`: the engine copies texts; else they must live until db_rows_close. */
NODISCARD bool db_query_open(Db *db, size_t query, const DbValue *values, bool copy,
                             DbRows *ret_rows, Err *err);
/* Runs a query to its end. */
NODISCARD bool db_query_exec(Db *db, size_t query, const DbValue *values, Err *err);
/* Prepares a query and compares the number of parameters and the names of columns with its
 * signature; ERR_INTERNAL with both in the detail when they differ. */
NODISCARD bool db_query_check(Db *db, size_t query, Err *err);

#endif
