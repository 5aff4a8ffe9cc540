/* SPDX-License-Identifier: Apache-2.0 */
#include "db/db_private.h"
#include "db/db_text.h"

#include <stdio.h>

/* ---- Failures ---- */

/* What to do about a message, where there is something to do. */
static MessageId hint_of(MessageId message)
{
    static const MessageId hints[][2] = {
        {MSG_db_cannot_open, MSG_db_cannot_open_hint},
        {MSG_db_disk_full, MSG_db_disk_full_hint},
        {MSG_db_outcome_unknown, MSG_db_outcome_unknown_hint},
        {MSG_db_stopped, MSG_db_stopped_hint},
        {MSG_db_busy, MSG_db_busy_hint},
        {MSG_db_read_failed, MSG_db_read_failed_hint},
        {MSG_db_damaged, MSG_db_damaged_hint},
    };
    for (size_t i = 0; i < COUNT_OF(hints); i++)
        if (hints[i][0] == message)
            return hints[i][1];
    return MSG_none;
}

void db_failure_set(DbFailure *failure, ErrCode code, MessageId message, const char *detail,
                    const char *more)
{
    failure->code = code;
    failure->message = message;
    snprintf(failure->detail, sizeof failure->detail, "%s: %s", detail, more);
}

bool db_fail(Err *err, const DbFailure *failure)
{
    err_set(err, failure->code, failure->message);
    MessageId hint = hint_of(failure->message);
    if (hint != MSG_none)
        err_hint(err, hint);
    return err_detail(err, str_from_c(failure->detail));
}

/* ---- Connections ---- */

static void close_deferred(void *db)
{
    db_close(db);
}

static bool open_mode(Arena *arena, Str path, EngineMode mode, Db **ret_db, Err *err)
{
    Db *db = NEW(arena, Db);
    DbFailure failure = {0};
    db->mode = mode;
    if (!engine_open(arena, path, mode, &db->engine, &failure)) {
        db_fail(err, &failure);
        return err_detail(err, path);
    }
    db->queries = NEW_ARRAY(arena, KeptStatement, db_query_count);
    arena_defer(arena, close_deferred, db);
    *ret_db = db;
    return true;
}

bool db_open_writer(Arena *arena, Str path, Db **ret_db, Err *err)
{
    return open_mode(arena, path, ENGINE_WRITER, ret_db, err);
}

bool db_open_reader(Arena *arena, Str path, Db **ret_db, Err *err)
{
    return open_mode(arena, path, ENGINE_READER, ret_db, err);
}

bool db_open_memory(Arena *arena, Db **ret_db, Err *err)
{
    return open_mode(arena, (Str){0}, ENGINE_MEMORY, ret_db, err);
}

/* Before the engine closes: statements on a virtual table keep it alive, and it has statements of
 * its own that only it may finalize. */
static void close_kept(KeptStatement *kept, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        engine_finalize(kept[i].statement);
        kept[i].statement = NULL;
    }
}

void db_close(Db *db)
{
    if (!db || !db->engine)
        return;
    engine_rollback(db->engine);
    close_kept(db->queries, db_query_count);
    close_kept(db->texts, DB_KEPT_TEXTS);
    engine_close(db->engine);
    db->engine = NULL;
}

/* ---- Transactions ---- */

bool db_refuse_stopped(Err *err)
{
    DbFailure failure = {0};
    db_failure_set(&failure, ERR_UNAVAILABLE, MSG_db_stopped, "begin", "writer has stopped");
    return db_fail(err, &failure);
}

bool db_begin(Db *db, Err *err)
{
    DbFailure failure = {0};
    ASSERT(!engine_in_transaction(db->engine));
    if (db->stopped)
        return db_refuse_stopped(err);
    const char *sql = db->mode == ENGINE_READER ? "BEGIN" : "BEGIN IMMEDIATE";
    return engine_exec(db->engine, sql, &failure) || db_fail(err, &failure);
}

/* What was committed stands whatever becomes of the checkpoint; only the next transaction is not
 * taken if the disk failed. */
static void checkpoint_when_due(Db *db)
{
    DbFailure failure = {0};
    if (db->mode != ENGINE_WRITER || engine_log_pages(db->engine) < DB_CHECKPOINT_PAGES)
        return;
    if (!engine_checkpoint(db->engine, false, &failure) && failure.code == ERR_ENVIRONMENT)
        db->stopped = true;
}

bool db_commit(Db *db, Err *err)
{
    DbFailure failure = {0};
    /* An error on the way (disk full, I/O) may have undone the transaction already; then COMMIT
     * itself fails, and nothing is reported as saved. */
    if (!engine_commit(db->engine, &failure)) {
        db->stopped = db->stopped || failure.code == ERR_OUTCOME_UNKNOWN;
        return db_fail(err, &failure);
    }
    checkpoint_when_due(db);
    return true;
}

void db_rollback(Db *db)
{
    engine_rollback(db->engine);
}

bool db_in_transaction(const Db *db)
{
    return engine_in_transaction(db->engine);
}

bool db_is_stopped(const Db *db)
{
    return db->stopped;
}

size_t db_open_rows(const Db *db)
{
    return db->open_rows;
}

/* ---- Upkeep ---- */

bool db_checkpoint(Db *db, Err *err)
{
    DbFailure failure = {0};
    ASSERT(db->mode != ENGINE_READER);
    if (engine_checkpoint(db->engine, true, &failure))
        return true;
    db->stopped = db->stopped || failure.code == ERR_ENVIRONMENT;
    return db_fail(err, &failure);
}

/* integrity_check says "ok" or one problem a row; foreign_key_check gives a row for each orphan.
 * Damage may be such that the check itself cannot go on; that is an answer, not a failure. */
static bool collect_problems(Db *db, const DbText *check, Buf *problems, Err *err)
{
    DbRows rows;
    if (!db_run(db, check, &rows, err))
        return false;
    while (db_rows_next(&rows)) {
        Str first = db_rows_text(&rows, 0);
        bool orphan = db_rows_columns(&rows) > 1;
        if (orphan || !str_eq(first, S("ok")))
            TEXT(problems, first, orphan ? S(": foreign key") : S(""), "\n");
    }
    if (rows.failure.message == MSG_db_damaged) {
        TEXT(problems, str_from_c(rows.failure.detail), "\n");
        rows.failure = (DbFailure){0};
    }
    return db_rows_close(&rows, err);
}

bool db_integrity_check(Arena *arena, Db *db, Str *ret_problem, Err *err)
{
    Buf problems = buf_open_max(arena, 65536);
    DbText pages = db_text_open(arena), keys = db_text_open(arena);
    db_sql_literal(&pages, "PRAGMA integrity_check(20)");
    db_sql_literal(&keys, "PRAGMA foreign_key_check");
    if (!collect_problems(db, &pages, &problems, err) ||
        (problems.n == 0 && !collect_problems(db, &keys, &problems, err)))
        return false;
    *ret_problem = buf_str(&problems);
    return true;
}

bool db_backup(Db *db, Str path, Err *err)
{
    DbFailure failure = {0};
    Arena *scratch = arena_open();
    bool ok = engine_backup(scratch, db->engine, path, &failure);
    arena_close(scratch);
    if (ok)
        return true;
    if (failure.message == MSG_db_backup_exists)
        return err_set(err, failure.code, failure.message, path);
    return db_fail(err, &failure);
}
