/* SPDX-License-Identifier: Apache-2.0 */
/* db_sqlite.c - the adapter to SQLite; see db_engine.h. */
#include "db/db_private.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#define READER_WAIT_MS  5000
#define WRITER_WAIT_MS  1000
#define LOG_LIMIT_BYTES "33554432"

struct Engine {
    sqlite3 *db;
    EngineMode mode;
    int log_pages;
};

static sqlite3_stmt *stmt(Statement *statement)
{
    return (sqlite3_stmt *)(void *)statement;
}

/* ---- Failures ---- */

typedef struct Meaning {
    int result;
    ErrCode code;
    MessageId message;
} Meaning;

/* By primary result code; whatever is not here is a mistake of ours. */
static const Meaning meanings[] = {
    {SQLITE_FULL, ERR_DISK_FULL, MSG_db_disk_full},
    {SQLITE_BUSY, ERR_UNAVAILABLE, MSG_db_busy},
    {SQLITE_LOCKED, ERR_UNAVAILABLE, MSG_db_busy},
    {SQLITE_PROTOCOL, ERR_UNAVAILABLE, MSG_db_busy},
    {SQLITE_IOERR, ERR_ENVIRONMENT, MSG_db_read_failed},
    {SQLITE_CANTOPEN, ERR_ENVIRONMENT, MSG_db_cannot_open},
    {SQLITE_PERM, ERR_ENVIRONMENT, MSG_db_cannot_open},
    {SQLITE_CORRUPT, ERR_ENVIRONMENT, MSG_db_damaged},
    {SQLITE_NOTADB, ERR_ENVIRONMENT, MSG_db_damaged},
    {SQLITE_CONSTRAINT, ERR_CONFLICT, MSG_db_conflict},
    {SQLITE_TOOBIG, ERR_TOO_LARGE, MSG_db_too_large},
    {SQLITE_INTERRUPT, ERR_TIMEOUT, MSG_db_interrupted},
};

/* Text of SQLite's messages is names of tables and columns, never values. */
static bool fail(sqlite3 *db, int result, const char *doing, DbFailure *failure)
{
    Meaning meaning = {0, ERR_INTERNAL, MSG_db_internal};
    for (size_t i = 0; i < COUNT_OF(meanings); i++)
        if ((result & 0xff) == meanings[i].result)
            meaning = meanings[i];
    char text[160];
    snprintf(text, sizeof text, "sqlite %d: %s", result, db ? sqlite3_errmsg(db) : "no connection");
    db_failure_set(failure, meaning.code, meaning.message, doing, text);
    return false;
}

/* ---- Opening ---- */

static void configure_library(void)
{
    /* Saves a global lock on every allocation; we read no memory statistics. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
}

/* SQLite would make the file with mode 0644. O_EXCL matters: closing a second descriptor of a file
 * that this process has open would drop the POSIX locks SQLite holds on it. */
static void create_private(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0)
        close(file);
}

/* A second wall behind SQLITE_OPEN_READONLY and query_only: a reader selects, nothing else. The
 * PRAGMAs are those of db_integrity_check and one that FTS5 asks for by itself. */
static int allow_reading(void *context, int action, const char *first, const char *second,
                         const char *database, const char *trigger)
{
    static const char *const pragmas[] = {"integrity_check", "foreign_key_check", "data_version"};
    (void)context, (void)database, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return sqlite3_stricmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
        for (size_t i = 0; i < COUNT_OF(pragmas); i++)
            if (sqlite3_stricmp(first, pragmas[i]) == 0)
                return SQLITE_OK;
        return SQLITE_DENY;
    case SQLITE_UPDATE:
        /* So it looks when a table-valued function such as json_each is declared. SQLite itself
         * lets nobody update its own table. */
        return sqlite3_stricmp(first, "sqlite_master") == 0 ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static int note_log(void *context, sqlite3 *db, const char *database, int pages)
{
    (void)db, (void)database;
    ((Engine *)context)->log_pages = pages;
    return SQLITE_OK;
}

/* "wal" comes back only if the file system can do it. */
static bool set_wal(Engine *engine, DbFailure *failure)
{
    sqlite3_stmt *pragma = NULL;
    int result = sqlite3_prepare_v2(engine->db, "PRAGMA journal_mode=WAL", -1, &pragma, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(pragma);
    if (result != SQLITE_ROW) {
        fail(engine->db, result, "journal_mode", failure);
        sqlite3_finalize(pragma);
        return false;
    }
    const char *mode = (const char *)sqlite3_column_text(pragma, 0);
    bool wal = mode && sqlite3_stricmp(mode, "wal") == 0;
    sqlite3_finalize(pragma);
    if (!wal)
        db_failure_set(failure, ERR_ENVIRONMENT, MSG_db_cannot_open, "journal_mode",
                       "the file system cannot do WAL");
    return wal;
}

#define TEXT_OF_NUMBER(number) #number
#define TEXT_OF(number)        TEXT_OF_NUMBER(number)

static bool configure_reader(Engine *engine, DbFailure *failure)
{
    sqlite3_db_config(engine->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_busy_timeout(engine->db, READER_WAIT_MS);
    if (!engine_exec(engine,
                     "PRAGMA wal_autocheckpoint=0; PRAGMA query_only=1;"
                     "PRAGMA cache_size=-" TEXT_OF(DB_READER_CACHE_KIB),
                     failure))
        return false;
    sqlite3_set_authorizer(engine->db, allow_reading, NULL);
    return true;
}

/* The hook takes the place of the automatic checkpoint, whose failures SQLite ignores;
 * engine_commit's caller checkpoints and sees them. */
static bool configure_writer(Engine *engine, DbFailure *failure)
{
    sqlite3_busy_timeout(engine->db, WRITER_WAIT_MS);
    if (engine->mode == ENGINE_WRITER && !set_wal(engine, failure))
        return false;
    if (!engine_exec(engine,
                     "PRAGMA synchronous=FULL; PRAGMA foreign_keys=1;"
                     "PRAGMA journal_size_limit=" LOG_LIMIT_BYTES ";"
                     "PRAGMA cache_size=-" TEXT_OF(DB_WRITER_CACHE_KIB),
                     failure))
        return false;
    sqlite3_wal_hook(engine->db, note_log, engine);
    return true;
}

/* TRUSTED_SCHEMA stays on: without it 3.40 refuses json_extract in an index as "unsafe use". */
static bool configure(Engine *engine, DbFailure *failure)
{
    sqlite3 *db = engine->db;
    sqlite3_extended_result_codes(db, 1);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    if (!engine_exec(engine, "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0", failure))
        return false;
    return engine->mode == ENGINE_READER ? configure_reader(engine, failure)
                                         : configure_writer(engine, failure);
}

/* Opening reads nothing; this does, so that a damaged or foreign file is refused at once. */
static bool touch(Engine *engine, DbFailure *failure)
{
    int result = sqlite3_exec(engine->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    return result == SQLITE_OK || fail(engine->db, result, "open", failure);
}

bool engine_open(Arena *arena, Str path, EngineMode mode, Engine **ret_engine, DbFailure *failure)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure_library);
    Engine *engine = NEW(arena, Engine);
    engine->mode = mode;
    const char *name = mode == ENGINE_MEMORY ? ":memory:" : str_c(arena, path);
    int flags =
        mode == ENGINE_READER ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (mode == ENGINE_WRITER)
        create_private(name);
    int result = sqlite3_open_v2(name, &engine->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    bool ok = result == SQLITE_OK ? configure(engine, failure) && touch(engine, failure)
                                  : fail(engine->db, result, "open", failure);
    if (!ok) {
        engine_close(engine);
        return false;
    }
    *ret_engine = engine;
    return true;
}

void engine_close(Engine *engine)
{
    /* Statements that a caller forgot to close are finalized here: close_v2 alone would leave the
     * connection alive behind our back. The first close is refused because of them, but has made
     * virtual tables (FTS5) finalize their own, which must not happen twice. */
    if (sqlite3_close(engine->db) == SQLITE_BUSY) {
        for (sqlite3_stmt *left; (left = sqlite3_next_stmt(engine->db, NULL));)
            sqlite3_finalize(left);
        sqlite3_close(engine->db);
    }
    engine->db = NULL;
}

/* ---- Transactions ---- */

bool engine_exec(Engine *engine, const char *sql, DbFailure *failure)
{
    int result = sqlite3_exec(engine->db, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || fail(engine->db, result, "exec", failure);
}

/* SQLITE_FULL is a clean refusal: the frame that carries the commit is written last, so the log
 * ends before it. An I/O error is not: the frame may be in the file, and a fsync that failed says
 * nothing about what reached the disk. */
static void commit_failed(sqlite3 *db, int result, DbFailure *failure)
{
    fail(db, result, "commit", failure);
    if ((result & 0xff) == SQLITE_IOERR) {
        failure->code = ERR_OUTCOME_UNKNOWN;
        failure->message = MSG_db_outcome_unknown;
    }
}

bool engine_commit(Engine *engine, DbFailure *failure)
{
    int result = sqlite3_exec(engine->db, "COMMIT", NULL, NULL, NULL);
    if (result == SQLITE_OK)
        return true;
    commit_failed(engine->db, result, failure);
    engine_rollback(engine);
    return false;
}

void engine_rollback(Engine *engine)
{
    /* Some errors have rolled back already; then there is nothing to do, and nothing to report. */
    if (engine_in_transaction(engine))
        sqlite3_exec(engine->db, "ROLLBACK", NULL, NULL, NULL);
}

bool engine_in_transaction(const Engine *engine)
{
    return !sqlite3_get_autocommit(engine->db);
}

/* ---- Statements ---- */

bool engine_prepare(Engine *engine, Str sql, bool kept, Statement **ret_statement,
                    DbFailure *failure)
{
    sqlite3_stmt *made = NULL;
    const char *rest = NULL;
    int result = sqlite3_prepare_v3(engine->db, sql.p, (int)sql.n,
                                    kept ? SQLITE_PREPARE_PERSISTENT : 0, &made, &rest);
    if (result != SQLITE_OK)
        return fail(engine->db, result, "prepare", failure);
    if (!made || rest != sql.p + sql.n) {
        sqlite3_finalize(made);
        db_failure_set(failure, ERR_INTERNAL, MSG_db_internal, "prepare", "not one statement");
        return false;
    }
    *ret_statement = (Statement *)(void *)made;
    return true;
}

void engine_finalize(Statement *statement)
{
    sqlite3_finalize(stmt(statement));
}

const char *engine_sql(const Statement *statement)
{
    return sqlite3_sql((sqlite3_stmt *)(uintptr_t)statement);
}

int engine_parameter_count(Statement *statement)
{
    return sqlite3_bind_parameter_count(stmt(statement));
}

bool engine_writes(Statement *statement)
{
    return !sqlite3_stmt_readonly(stmt(statement));
}

/* An empty Str may have a NULL pointer, which SQLite would bind as NULL. */
static int bind(sqlite3_stmt *statement, int index, DbValue value, sqlite3_destructor_type copy)
{
    if (value.is_null)
        return sqlite3_bind_null(statement, index);
    if (value.type == DB_INT || value.type == DB_BOOL)
        return sqlite3_bind_int64(statement, index, value.number);
    const char *bytes = value.text.n ? value.text.p : "";
    if (value.type == DB_BLOB)
        return sqlite3_bind_blob64(statement, index, bytes, value.text.n, copy);
    return sqlite3_bind_text64(statement, index, bytes, value.text.n, copy, SQLITE_UTF8);
}

bool engine_bind(Engine *engine, Statement *statement, int index, DbValue value, bool copy,
                 DbFailure *failure)
{
    int result = bind(stmt(statement), index, value, copy ? SQLITE_TRANSIENT : SQLITE_STATIC);
    return result == SQLITE_OK || fail(engine->db, result, "bind", failure);
}

EngineStep engine_step(Engine *engine, Statement *statement, DbFailure *failure)
{
    bool commits = !engine_in_transaction(engine) && engine_writes(statement);
    int result = sqlite3_step(stmt(statement));
    if (result == SQLITE_ROW)
        return ENGINE_ROW;
    if (result == SQLITE_DONE)
        return ENGINE_DONE;
    if (commits)
        commit_failed(engine->db, result, failure);
    else
        fail(engine->db, result, "step", failure);
    return ENGINE_FAILED;
}

void engine_reset(Statement *statement)
{
    sqlite3_reset(stmt(statement));
    sqlite3_clear_bindings(stmt(statement));
}

/* ---- Columns ---- */

int engine_column_count(Statement *statement)
{
    return sqlite3_column_count(stmt(statement));
}

const char *engine_column_name(Statement *statement, int column)
{
    return sqlite3_column_name(stmt(statement), column);
}

bool engine_column_is_null(Statement *statement, int column)
{
    return sqlite3_column_type(stmt(statement), column) == SQLITE_NULL;
}

bool engine_column_is(Statement *statement, int column, DbType type)
{
    static const int types[] = {[DB_INT] = SQLITE_INTEGER,
                                [DB_BOOL] = SQLITE_INTEGER,
                                [DB_TEXT] = SQLITE_TEXT,
                                [DB_BLOB] = SQLITE_BLOB};
    return sqlite3_column_type(stmt(statement), column) == types[type];
}

int64_t engine_column_int(Statement *statement, int column)
{
    return sqlite3_column_int64(stmt(statement), column);
}

Str engine_column_text(Statement *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt(statement), column);
    if (!text)
        return (Str){0};
    return (Str){text, (size_t)sqlite3_column_bytes(stmt(statement), column)};
}

Str engine_column_blob(Statement *statement, int column)
{
    const char *bytes = sqlite3_column_blob(stmt(statement), column);
    if (!bytes)
        return (Str){0};
    return (Str){bytes, (size_t)sqlite3_column_bytes(stmt(statement), column)};
}

/* ---- Upkeep ---- */

int engine_log_pages(const Engine *engine)
{
    return engine->log_pages;
}

bool engine_checkpoint(Engine *engine, bool empty, DbFailure *failure)
{
    int mode = empty ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    sqlite3_busy_timeout(engine->db, 0);
    int result = sqlite3_wal_checkpoint_v2(engine->db, "main", mode, NULL, NULL);
    sqlite3_busy_timeout(engine->db, WRITER_WAIT_MS);
    if (result == SQLITE_OK || (result & 0xff) == SQLITE_BUSY)
        return true;
    return fail(engine->db, result, "checkpoint", failure);
}

/* The copy takes over the mark "WAL" of its source; as one lone file it should open without a
 * log. */
static bool copy_into(sqlite3 *target, sqlite3 *source, DbFailure *failure)
{
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    if (!backup)
        return fail(target, sqlite3_extended_errcode(target), "backup", failure);
    sqlite3_backup_step(backup, -1);
    int result = sqlite3_backup_finish(backup);
    if (result == SQLITE_OK)
        result = sqlite3_exec(target, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    return result == SQLITE_OK || fail(target, result, "backup", failure);
}

bool engine_backup(Arena *scratch, Engine *engine, Str path, DbFailure *failure)
{
    const char *name = str_c(scratch, path);
    int file = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        bool exists = errno == EEXIST;
        db_failure_set(failure, exists ? ERR_CONFLICT : ERR_ENVIRONMENT,
                       exists ? MSG_db_backup_exists : MSG_db_cannot_open, "backup", name);
        return false;
    }
    close(file);
    sqlite3 *target = NULL;
    int result = sqlite3_open_v2(name, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    bool ok = result == SQLITE_OK ? copy_into(target, engine->db, failure)
                                  : fail(target, result, "backup", failure);
    sqlite3_close(target);
    if (!ok)
        unlink(name);
    return ok;
}
