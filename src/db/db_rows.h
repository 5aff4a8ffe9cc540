/* SPDX-License-Identifier: Apache-2.0 */
/* db_rows.h - the rows of a running query.
 *
 *     DbRows rows;
 *     if (!db_run(db, &text, &rows, err))
 *         return false;
 *     while (db_rows_next(&rows))
 *         use(db_rows_int(&rows, 0));
 *     return db_rows_close(&rows, err);
 *
 * A failure on the way ends the loop and is kept; db_rows_close reports it. Every opened DbRows is
 * closed, also when the loop is left early; a forgotten one holds back the checkpoint
 * (db_open_rows counts them).
 */
#ifndef TONGXIN_DB_ROWS_H
#define TONGXIN_DB_ROWS_H

#include "db/db.h"

/* Why a call of the engine failed, kept until somebody asks. */
typedef struct DbFailure {
    ErrCode code; /* ERR_NONE: it did not */
    MessageId message;
    char detail[200]; /* NUL-terminated, for the log */
} DbFailure;

/* Private fields; see db_rows.c. */
typedef struct DbRows {
    Db *db;
    struct Statement *statement; /* NULL once closed */
    bool *used;                  /* flag of the cached statement; NULL: finalize on close */
    const struct DbQuery *query; /* NULL for a DbText */
    bool at_end;
    DbFailure failure;
} DbRows;

/* Steps to the next row. False at the end and after a failure. */
bool db_rows_next(DbRows *rows);
/* Gives the statement back. False when any step failed. A second call does nothing. */
NODISCARD bool db_rows_close(DbRows *rows, Err *err);

/* Columns of the current row, from 0. Text and blobs live until the next step or close. NULL gives
 * 0 or the empty text. Rows of a named query check type and NULL against its signature; a mismatch
 * ends the loop with ERR_INTERNAL. */
int db_rows_columns(const DbRows *rows);
int64_t db_rows_int(DbRows *rows, int column);
bool db_rows_bool(DbRows *rows, int column);
Str db_rows_text(DbRows *rows, int column);
Str db_rows_blob(DbRows *rows, int column);
bool db_rows_is_null(const DbRows *rows, int column);

#endif
