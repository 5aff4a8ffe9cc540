/* SPDX-License-Identifier: Apache-2.0 */
#include "test_support.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static Db *writer(Fixture *f)
{
    Db *db = NULL;
    must(db_open_writer(f->arena, f->path, &db, &f->err), &f->err);
    must(execute(f, db, "CREATE TABLE IF NOT EXISTS t (a INTEGER UNIQUE, b TEXT)"), &f->err);
    return db;
}

static Db *reader(Fixture *f)
{
    Db *db = NULL;
    must(db_open_reader(f->arena, f->path, &db, &f->err), &f->err);
    return db;
}

static bool text_is(Fixture *f, Db *db, const DbText *text, const char *expected)
{
    DbRows rows;
    must(db_run(db, text, &rows, &f->err), &f->err);
    bool same = db_rows_next(&rows) && str_eq(db_rows_text(&rows, 0), str_from_c(expected));
    must(db_rows_close(&rows, &f->err), &f->err);
    return same;
}

static void writer_is_durable_and_private(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    DbText mode = db_text_open(f->arena);
    db_sql_literal(&mode, "PRAGMA journal_mode");
    assert_true(text_is(f, db, &mode, "wal"));
    assert_int_equal(ask(f, db, "PRAGMA synchronous"), 2);
    assert_int_equal(ask(f, db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(ask(f, db, "PRAGMA temp_store"), 2);
    assert_int_equal(ask(f, db, "PRAGMA mmap_size"), 0);
    assert_int_equal(ask(f, db, "PRAGMA cache_size"), -DB_WRITER_CACHE_KIB);
    assert_int_equal(ask(f, db, "PRAGMA wal_autocheckpoint"), 0);
    struct stat info;
    assert_int_equal(stat(str_c(f->arena, f->path), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(stat(str_c(f->arena, STR(f->arena, f->path, "-wal")), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void transaction_is_all_or_nothing(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f), *other = reader(f);
    must(db_begin(db, &f->err), &f->err);
    must(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), &f->err);
    assert_true(db_in_transaction(db));
    assert_int_equal(ask(f, other, "SELECT count(*) FROM t"), 0);
    db_rollback(db);
    assert_false(db_in_transaction(db));
    db_rollback(db);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM t"), 0);

    must(db_begin(db, &f->err), &f->err);
    must(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), &f->err);
    must(db_commit(db, &f->err), &f->err);
    assert_int_equal(ask(f, other, "SELECT count(*) FROM t"), 1);
}

static void close_undoes_and_forgives(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    DbRows rows;
    DbText all = db_text_open(f->arena);
    db_sql_literal(&all, "SELECT a FROM t");
    must(db_begin(db, &f->err), &f->err);
    must(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), &f->err);
    must(db_run(db, &all, &rows, &f->err), &f->err);
    assert_int_equal(db_open_rows(db), 1);
    assert_true(db_rows_next(&rows));
    db_close(db); /* with a cursor and a transaction open */
    db_close(db);
    db_close(NULL);
    db = writer(f);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM t"), 0);
}

static void reader_sees_one_state_in_a_transaction(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f), *other = reader(f);
    must(db_begin(other, &f->err), &f->err);
    assert_int_equal(ask(f, other, "SELECT count(*) FROM t"), 0);
    must(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), &f->err);
    assert_int_equal(ask(f, other, "SELECT count(*) FROM t"), 0);
    must(db_commit(other, &f->err), &f->err);
    assert_int_equal(ask(f, other, "SELECT count(*) FROM t"), 1);
}

static void reader_cannot_change_anything(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f), *other = reader(f);
    must(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), &f->err);
    must_not(execute(f, other, "INSERT INTO t VALUES (2, 'y')"), f, ERR_INTERNAL);
    must_not(execute(f, other, "UPDATE t SET a = 3"), f, ERR_INTERNAL);
    must_not(execute(f, other, "DELETE FROM t"), f, ERR_INTERNAL);
    must_not(execute(f, other, "DROP TABLE t"), f, ERR_INTERNAL);
    must_not(execute(f, other, "CREATE TABLE u (a)"), f, ERR_INTERNAL);
    must_not(execute(f, other, "CREATE TEMP TABLE u (a)"), f, ERR_INTERNAL);
    must_not(execute(f, other, "ATTACH ':memory:' AS u"), f, ERR_INTERNAL);
    must_not(execute(f, other, "PRAGMA query_only = 0"), f, ERR_INTERNAL);
    must_not(execute(f, other, "PRAGMA wal_checkpoint"), f, ERR_INTERNAL);
    must_not(execute(f, other, "VACUUM"), f, ERR_INTERNAL);
    must_not(execute(f, other, "SELECT load_extension('x')"), f, ERR_INTERNAL);
    assert_int_equal(ask(f, other, "SELECT count(*) FROM t"), 1);
}

static void nobody_attaches(void **state)
{
    Fixture *f = *state;
    must_not(execute(f, writer(f), "ATTACH ':memory:' AS u"), f, ERR_INTERNAL);
}

/* A reader that closes last must leave the log alone: only the writer checkpoints. */
static void reader_never_checkpoints(void **state)
{
    Fixture *f = *state;
    pid_t child = fork();
    if (child == 0) {
        Db *db = writer(f);
        if (!execute(f, db, "INSERT INTO t VALUES (1, 'x')"))
            _exit(1);
        _exit(0); /* without closing: the log stays, as after a kill */
    }
    int status = 1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    struct stat before, after;
    const char *log = str_c(f->arena, STR(f->arena, f->path, "-wal"));
    assert_int_equal(stat(log, &before), 0);
    assert_true(before.st_size > 0);
    Db *other = reader(f);
    assert_int_equal(ask(f, other, "SELECT count(*) FROM t"), 1);
    db_close(other);
    assert_int_equal(stat(log, &after), 0);
    assert_int_equal(after.st_size, before.st_size);
}

static void checkpoint_empties_the_log(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f), *other = reader(f);
    struct stat info;
    const char *log = str_c(f->arena, STR(f->arena, f->path, "-wal"));
    must(db_begin(other, &f->err), &f->err);
    assert_int_equal(ask(f, other, "SELECT count(*) FROM t"), 0);
    must(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), &f->err);
    must(db_checkpoint(db, &f->err), &f->err); /* a reader in the way is no error */
    assert_int_equal(stat(log, &info), 0);
    assert_true(info.st_size > 0);
    must(db_commit(other, &f->err), &f->err);
    must(db_checkpoint(db, &f->err), &f->err);
    assert_int_equal(stat(log, &info), 0);
    assert_int_equal(info.st_size, 0);
}

/* Without the checkpoint in db_commit the log would hold all 3000 pages and more. */
static void commit_keeps_the_log_short(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    for (int i = 0; i < 30; i++) {
        must(db_begin(db, &f->err), &f->err);
        must(execute(f, db,
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100)"
                     "INSERT INTO t SELECT NULL, hex(zeroblob(2000)) FROM n"),
             &f->err);
        must(db_commit(db, &f->err), &f->err);
    }
    struct stat info;
    assert_int_equal(stat(str_c(f->arena, STR(f->arena, f->path, "-wal")), &info), 0);
    assert_in_range(info.st_size, 1, 1500 * 4096);
    assert_false(db_is_stopped(db));
}

static void full_disk_is_said_and_nothing_is_saved(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    assert_int_equal(ask(f, db, "PRAGMA max_page_count = 20"), 20);
    must(db_begin(db, &f->err), &f->err);
    must(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), &f->err);
    must_not(execute(f, db, "INSERT INTO t VALUES (2, hex(zeroblob(200000)))"), f, ERR_DISK_FULL);
    assert_int_equal(f->err.message, MSG_db_disk_full);
    assert_int_equal(f->err.hint, MSG_db_disk_full_hint);
    assert_int_equal(err_http_status(f->err.code), 507);
    db_rollback(db);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM t"), 0);

    /* Room again: the same connection goes on. */
    assert_int_equal(ask(f, db, "PRAGMA max_page_count = 2000"), 2000);
    must(db_begin(db, &f->err), &f->err);
    must(execute(f, db, "INSERT INTO t VALUES (2, hex(zeroblob(200000)))"), &f->err);
    must(db_commit(db, &f->err), &f->err);
}

/* SQLite has undone the transaction itself; the commit must not look like a success. */
static void commit_after_a_lost_transaction_fails(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    must(db_begin(db, &f->err), &f->err);
    must(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), &f->err);
    must_not(execute(f, db, "INSERT OR ROLLBACK INTO t VALUES (1, 'y')"), f, ERR_CONFLICT);
    must_not(db_commit(db, &f->err), f, ERR_INTERNAL);
}

/* RLIMIT_FSIZE makes the write of the log fail with EFBIG, which SQLite reports as an I/O error. */
static void failed_write_at_commit_is_unknown_and_stops(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    struct rlimit old, small = {0};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_IGN);
    must(db_begin(db, &f->err), &f->err);
    must(execute(f, db, "INSERT INTO t VALUES (1, hex(zeroblob(100000)))"), &f->err);
    small = (struct rlimit){.rlim_cur = 65536, .rlim_max = old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    err_clear(&f->err);
    bool committed = db_commit(db, &f->err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_false(committed);
    assert_int_equal(f->err.code, ERR_OUTCOME_UNKNOWN);
    assert_true(db_is_stopped(db));
    assert_false(db_in_transaction(db));
    must_not(db_begin(db, &f->err), f, ERR_UNAVAILABLE);
    assert_int_equal(f->err.message, MSG_db_stopped);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM t"), 0); /* reading goes on */
}

/* The same for a write without a transaction, which commits as it ends. */
static void failed_lone_write_is_unknown_and_stops(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    struct rlimit old, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_IGN);
    small = (struct rlimit){.rlim_cur = 65536, .rlim_max = old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    err_clear(&f->err);
    bool written = execute(f, db, "INSERT INTO t VALUES (1, hex(zeroblob(100000)))");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_false(written);
    assert_int_equal(f->err.code, ERR_OUTCOME_UNKNOWN);
    assert_true(db_is_stopped(db));
    must_not(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), f, ERR_UNAVAILABLE);
    assert_int_equal(ask(f, db, "SELECT count(*) FROM t"), 0);
    assert_int_equal(db_open_rows(db), 0);
}

static void second_writer_is_refused_as_busy(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f), *second = writer(f);
    must(db_begin(db, &f->err), &f->err);
    must_not(db_begin(second, &f->err), f, ERR_UNAVAILABLE);
    assert_int_equal(f->err.message, MSG_db_busy);
}

static void constraint_is_a_conflict(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    must(execute(f, db, "INSERT INTO t VALUES (1, 'x')"), &f->err);
    must_not(execute(f, db, "INSERT INTO t VALUES (1, 'secret')"), f, ERR_CONFLICT);
    assert_non_null(strstr(f->err.detail, "t.a"));
    assert_null(strstr(f->err.detail, "secret"));
}

static void open_refuses_what_is_no_database(void **state)
{
    Fixture *f = *state;
    Db *db = NULL;
    must_not(db_open_reader(f->arena, f->path, &db, &f->err), f, ERR_ENVIRONMENT);
    assert_int_equal(f->err.message, MSG_db_cannot_open);
    must_not(db_open_writer(f->arena, STR(f->arena, f->dir, "/no/such"), &db, &f->err), f,
             ERR_ENVIRONMENT);
    FILE *file = fopen(str_c(f->arena, f->path), "w");
    for (int i = 0; i < 1000; i++)
        fputs("this is not a database. ", file);
    fclose(file);
    must_not(db_open_reader(f->arena, f->path, &db, &f->err), f, ERR_ENVIRONMENT);
    assert_int_equal(f->err.message, MSG_db_damaged);
    must_not(db_open_writer(f->arena, f->path, &db, &f->err), f, ERR_ENVIRONMENT);
    assert_null(db);
}

static void integrity_check_finds_damage(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    Str problem;
    must(execute(f, db,
                 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500)"
                 "INSERT INTO t SELECT i, hex(zeroblob(100)) FROM n"),
         &f->err);
    must(db_integrity_check(f->arena, db, &problem, &f->err), &f->err);
    assert_int_equal(problem.n, 0);
    db_close(db);

    /* Page 3 is the index of t.a: an entry of it now names another row. */
    int file = open(str_c(f->arena, f->path), O_RDWR);
    char page[4096];
    assert_int_equal(pread(file, page, sizeof page, 2 * 4096), sizeof page);
    for (size_t i = 2048; i < sizeof page; i++)
        page[i] = (char)(page[i] ^ 1);
    assert_int_equal(pwrite(file, page, sizeof page, 2 * 4096), sizeof page);
    close(file);
    Db *other = reader(f);
    must(db_integrity_check(f->arena, other, &problem, &f->err), &f->err);
    assert_true(problem.n > 0);
}

static void integrity_check_finds_orphans(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    Str problem;
    must(execute(f, db, "CREATE TABLE child (a INTEGER REFERENCES t (a))"), &f->err);
    must_not(execute(f, db, "INSERT INTO child VALUES (5)"), f, ERR_CONFLICT);
    must(execute(f, db, "PRAGMA foreign_keys = 0"), &f->err);
    must(execute(f, db, "INSERT INTO child VALUES (5)"), &f->err);
    must(db_integrity_check(f->arena, db, &problem, &f->err), &f->err);
    assert_true(str_eq(problem, S("child: foreign key\n")));
}

static void backup_is_one_whole_file(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f), *other = reader(f);
    must(execute(f, db, "INSERT INTO t VALUES (41, 'x')"), &f->err);
    Str copy = STR(f->arena, f->dir, "/copy.db");
    must(db_backup(other, copy, &f->err), &f->err);
    struct stat info;
    assert_int_equal(stat(str_c(f->arena, copy), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_not_equal(stat(str_c(f->arena, STR(f->arena, copy, "-wal")), &info), 0);
    /* Bytes 18 and 19 of the file: 1 rollback journal, 2 WAL (fileformat2.html 1.3.3). */
    char head[20] = {0};
    int file = open(str_c(f->arena, copy), O_RDONLY);
    assert_int_equal(read(file, head, sizeof head), sizeof head);
    close(file);
    assert_int_equal(head[18], 1);
    assert_int_equal(head[19], 1);
    must_not(db_backup(other, copy, &f->err), f, ERR_CONFLICT);
    must_not(db_backup(other, STR(f->arena, f->dir, "/no/copy"), &f->err), f, ERR_ENVIRONMENT);
    f->path = copy;
    assert_int_equal(ask(f, reader(f), "SELECT a FROM t"), 41);
}

static void failed_backup_leaves_no_file(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    must(execute(f, db, "INSERT INTO t VALUES (1, hex(zeroblob(100000)))"), &f->err);
    Str copy = STR(f->arena, f->dir, "/copy.db");
    struct rlimit old, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_IGN);
    small = (struct rlimit){.rlim_cur = 65536, .rlim_max = old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool copied = db_backup(db, copy, &f->err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_false(copied);
    assert_int_not_equal(access(str_c(f->arena, copy), F_OK), 0);
    must(db_backup(db, copy, &f->err), &f->err);
}

static void nobody_writes_the_schema_table(void **state)
{
    Fixture *f = *state;
    Db *db = writer(f);
    must(execute(f, db, "PRAGMA writable_schema = 1"), &f->err);
    must_not(execute(f, db, "UPDATE sqlite_schema SET sql = 'x'"), f, ERR_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(writer_is_durable_and_private),
        TEST(transaction_is_all_or_nothing),
        TEST(close_undoes_and_forgives),
        TEST(reader_sees_one_state_in_a_transaction),
        TEST(reader_cannot_change_anything),
        TEST(nobody_attaches),
        TEST(reader_never_checkpoints),
        TEST(checkpoint_empties_the_log),
        TEST(commit_keeps_the_log_short),
        TEST(full_disk_is_said_and_nothing_is_saved),
        TEST(commit_after_a_lost_transaction_fails),
        TEST(failed_write_at_commit_is_unknown_and_stops),
        TEST(failed_lone_write_is_unknown_and_stops),
        TEST(second_writer_is_refused_as_busy),
        TEST(constraint_is_a_conflict),
        TEST(open_refuses_what_is_no_database),
        TEST(integrity_check_finds_damage),
        TEST(integrity_check_finds_orphans),
        TEST(backup_is_one_whole_file),
        TEST(failed_backup_leaves_no_file),
        TEST(nobody_writes_the_schema_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
