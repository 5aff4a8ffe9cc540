/* SPDX-License-Identifier: Apache-2.0 */
/* db_engine.h - private to src/db: what an engine does for it. db_sqlite.c is the only
 * implementation and the only file that includes sqlite3.h; PostgreSQL will be a second one behind
 * these functions.
 *
 * Functions that fail fill a DbFailure; the message and code are the engine-independent ones of
 * db.h. */
#ifndef TONGXIN_DB_ENGINE_H
#define TONGXIN_DB_ENGINE_H

#include "db/db_query.h"

typedef struct Engine Engine;
typedef struct Statement Statement;

typedef enum EngineMode { ENGINE_WRITER, ENGINE_READER, ENGINE_MEMORY } EngineMode;
typedef enum EngineStep { ENGINE_ROW, ENGINE_DONE, ENGINE_FAILED } EngineStep;

/* The Engine lives in `arena`, but is closed only by engine_close. */
bool engine_open(Arena *arena, Str path, EngineMode mode, Engine **ret_engine, DbFailure *failure);
void engine_close(Engine *engine);

/* Runs SQL of our own, several statements, no rows. */
bool engine_exec(Engine *engine, const char *sql, DbFailure *failure);
/* No transaction is open afterwards, whatever the outcome. */
bool engine_commit(Engine *engine, DbFailure *failure);
void engine_rollback(Engine *engine);
bool engine_in_transaction(const Engine *engine);

/* `kept`: the statement will live long. */
bool engine_prepare(Engine *engine, Str sql, bool kept, Statement **ret_statement,
                    DbFailure *failure);
/* NULL is fine. */
void engine_finalize(Statement *statement);
const char *engine_sql(const Statement *statement);
int engine_parameter_count(Statement *statement);
/* It may change the database. */
bool engine_writes(Statement *statement);
bool engine_bind(Engine *engine, Statement *statement, int index, DbValue value, bool copy,
                 DbFailure *failure);
/* A write outside a transaction commits in here; then an I/O error is ERR_OUTCOME_UNKNOWN, as in
 * engine_commit. */
EngineStep engine_step(Engine *engine, Statement *statement, DbFailure *failure);
/* Ends the run and forgets the bound values; the statement may be run again. */
void engine_reset(Statement *statement);

/* Columns from 0; text lives until the next step or reset. */
int engine_column_count(Statement *statement);
const char *engine_column_name(Statement *statement, int column);
bool engine_column_is_null(Statement *statement, int column);
/* The stored value is of this type, without conversion. */
bool engine_column_is(Statement *statement, int column, DbType type);
int64_t engine_column_int(Statement *statement, int column);
Str engine_column_text(Statement *statement, int column);
Str engine_column_blob(Statement *statement, int column);

/* Pages in the write-ahead log after the last commit. */
int engine_log_pages(const Engine *engine);
/* `empty`: also try to empty the log, without waiting. Readers in the way are no failure. */
bool engine_checkpoint(Engine *engine, bool empty, DbFailure *failure);
/* See db_backup. */
bool engine_backup(Arena *scratch, Engine *engine, Str path, DbFailure *failure);

#endif
