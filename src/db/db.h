/* SPDX-License-Identifier: Apache-2.0 */
/* db.h - connections to a site's database, transactions, upkeep, migrations.
 *
 * Fixed SQL stands in sql/query and is called through the typed functions of the generated query.h;
 * SQL that depends on the profile is put together with db_text.h. Nothing else reaches the engine,
 * and only db_sqlite.c knows which engine it is.
 *
 * One connection of a site writes and checkpoints, ever: the SQLite of Debian 12 (3.40.1) can
 * damage a database in WAL mode when two do so at one instant (sqlite.org/wal.html, "WAL-reset
 * bug"). Whoever opens a writer holds the site lock (db_lock.h). Readers cannot write or
 * checkpoint.
 *
 * Threads: a Db belongs to one thread at a time; different Db are independent.
 * Errors of every function here and in query.h:
 *   ERR_DISK_FULL        nothing of the transaction was saved
 *   ERR_OUTCOME_UNKNOWN  the commit failed while writing to disk: saved or not, nobody knows
 *   ERR_UNAVAILABLE      another process holds a lock too long, or this writer has stopped
 *   ERR_CONFLICT         a constraint of the schema refused the row
 *   ERR_ENVIRONMENT      the file cannot be opened or read, is damaged, or is of another version
 *   ERR_TOO_LARGE        a text or blob beyond what the engine takes
 *   ERR_INTERNAL         a mistake of ours; the detail says which
 */
#ifndef TONGXIN_DB_H
#define TONGXIN_DB_H

#include "base/err.h"

typedef struct Db Db;

/* Memory of the page cache; the prepared statements come on top. */
#define DB_WRITER_CACHE_KIB 8192
#define DB_READER_CACHE_KIB 2048
/* After a commit that leaves this many pages in the log, the writer checkpoints. */
#define DB_CHECKPOINT_PAGES 1000

/* ---- Connections. The Db lives in `arena` and is closed with it or by db_close. ---- */

/* Opens `path` for writing and creates it (mode 0600) when missing: WAL, synchronous=FULL, foreign
 * keys on. The caller holds the site lock. */
NODISCARD bool db_open_writer(Arena *arena, Str path, Db **ret_db, Err *err);
/* Opens an existing `path` for reading. Refuses every statement that is not a SELECT, never
 * checkpoints, waits up to 5 seconds for a lock. */
NODISCARD bool db_open_reader(Arena *arena, Str path, Db **ret_db, Err *err);
/* An empty database in memory with a writer's rights; for tests and dry runs. */
NODISCARD bool db_open_memory(Arena *arena, Db **ret_db, Err *err);
/* Ends what is open (an unfinished transaction is rolled back). NULL and a second call are fine. */
void db_close(Db *db);

/* ---- Transactions. They do not nest. ---- */

/* A writer takes the write lock at once; a reader sees one unchanging state until it ends the
 * transaction. */
NODISCARD bool db_begin(Db *db, Err *err);
/* True means durable. After false no transaction is open. After ERR_OUTCOME_UNKNOWN the writer has
 * stopped: every later db_begin and every write fails with ERR_UNAVAILABLE until it is opened
 * again, because after a failed fsync the kernel may forget what it could not write. */
NODISCARD bool db_commit(Db *db, Err *err);
/* Undoes the open transaction; without one it does nothing. */
void db_rollback(Db *db);
bool db_in_transaction(const Db *db);
/* A write to disk has failed and this writer takes no more transactions. */
bool db_is_stopped(const Db *db);
/* What is said to whoever comes afterwards; returns false. */
bool db_refuse_stopped(Err *err);

/* Cursors not yet closed. The edge of a request expects 0: an open cursor of a reader holds back
 * the checkpoint. */
size_t db_open_rows(const Db *db);

/* ---- Upkeep ---- */

/* Moves the log into the database file and, if no reader is in the way, empties it. Never waits.
 * Writer only. Also done by db_commit every DB_CHECKPOINT_PAGES pages and when the writer is the
 * last to close. */
NODISCARD bool db_checkpoint(Db *db, Err *err);
/* Reads every page, index and foreign key. `*ret_problem` is empty when all is sound, else the
 * first problems in the engine's English, one a line, in `arena`. */
NODISCARD bool db_integrity_check(Arena *arena, Db *db, Str *ret_problem, Err *err);
/* Copies one state of the database to the new file `path` (mode 0600, no log beside it), synced.
 * ERR_CONFLICT when the file exists; a copy that fails is removed. Best called on a reader, so that
 * the writer goes on. */
NODISCARD bool db_backup(Db *db, Str path, Err *err);

/* ---- Schema: numbered steps, forward only ---- */

typedef struct DbMigration {
    int64_t version; /* 1, 2, 3 … */
    Str name;        /* of the file: "0001_core" */
    Str sqlite;      /* its SQL for each engine */
    Str pg;
} DbMigration;

typedef struct DbMigrations {
    const DbMigration *p; /* ascending, without gaps */
    size_t n;
} DbMigrations;

/* The steps of sql/schema, embedded when the program is built. */
extern const DbMigrations db_site_migrations;

/* Applies the missing steps of sql/schema, each in a transaction of its own. A database with a step
 * this program does not know is refused: ERR_ENVIRONMENT, MSG_db_newer. */
NODISCARD bool db_migrate(Db *db, Err *err);
/* The same for another file with steps of its own (the search index, tests). */
NODISCARD bool db_migrate_with(Db *db, DbMigrations migrations, Err *err);
/* For readers: refuses a database whose version is not exactly that of `migrations`
 * (MSG_db_newer, MSG_db_older). */
NODISCARD bool db_schema_check(Db *db, DbMigrations migrations, Err *err);

#endif
