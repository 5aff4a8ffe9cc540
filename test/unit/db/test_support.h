/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of this room share: a fresh folder, statements without ceremony. */
#ifndef TONGXIN_TEST_DB_SUPPORT_H
#define TONGXIN_TEST_DB_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/db_text.h"

typedef struct Fixture {
    Arena *arena;
    Str dir;
    Str path; /* of a database in it */
    Err err;
} Fixture;

static inline int fixture_open(void **state)
{
    Arena *arena = arena_open();
    Fixture *fixture = NEW(arena, Fixture);
    char name[] = "/tmp/tongxin-test-db-XXXXXX";
    assert_non_null(mkdtemp(name));
    fixture->arena = arena;
    fixture->dir = str_dup(arena, str_from_c(name));
    fixture->path = STR(arena, fixture->dir, "/site.db");
    *state = fixture;
    return 0;
}

static inline int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info, (void)kind, (void)place;
    return remove(path);
}

static inline int fixture_close(void **state)
{
    Fixture *fixture = *state;
    nftw(str_c(fixture->arena, fixture->dir), remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_close(fixture->arena);
    return 0;
}

/* Fails the test with the detail of the error. */
static inline void must(bool ok, const Err *err)
{
    if (!ok)
        fail_msg("%s: %s", err_code_name(err->code), err->detail);
}

#define must_not(ok, fixture, expected)                                                   \
    do {                                                                                  \
        err_clear(&(fixture)->err);                                                       \
        assert_false(ok);                                                                 \
        assert_string_equal(err_code_name((fixture)->err.code), err_code_name(expected)); \
    } while (0)

/* Runs one statement given as a literal. */
#define execute(fixture, db, literal)                          \
    __extension__({                                            \
        DbText execute_text_ = db_text_open((fixture)->arena); \
        db_sql_literal(&execute_text_, literal);               \
        db_execute((db), &execute_text_, &(fixture)->err);     \
    })

/* The first column of the first row, 0 without one. */
#define ask(fixture, db, literal)                          \
    __extension__({                                        \
        DbText ask_text_ = db_text_open((fixture)->arena); \
        db_sql_literal(&ask_text_, literal);               \
        ask_text(fixture, db, &ask_text_);                 \
    })

static inline int64_t ask_text(Fixture *fixture, Db *db, const DbText *text)
{
    DbRows rows;
    must(db_run(db, text, &rows, &fixture->err), &fixture->err);
    int64_t number = db_rows_next(&rows) ? db_rows_int(&rows, 0) : 0;
    must(db_rows_close(&rows, &fixture->err), &fixture->err);
    return number;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

#endif
