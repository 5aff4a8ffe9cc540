/* SPDX-License-Identifier: Apache-2.0 */
/* db_private.h - private to src/db: the inside of a Db and of running a statement. */
#ifndef TONGXIN_DB_PRIVATE_H
#define TONGXIN_DB_PRIVATE_H

#include "db/db_engine.h"

#define DB_KEPT_TEXTS 16

typedef struct KeptStatement {
    Statement *statement; /* NULL: not prepared yet */
    bool used;            /* a DbRows runs it */
    uint64_t hash;        /* of its text; DbText only */
    uint64_t last_use;
} KeptStatement;

struct Db {
    Engine *engine;         /* NULL once closed */
    KeptStatement *queries; /* by index of db_queries */
    KeptStatement texts[DB_KEPT_TEXTS];
    uint64_t clock; /* counts uses of texts */
    size_t open_rows;
    EngineMode mode;
    bool stopped;
};

/* Puts a failure into `err`; returns false. */
bool db_fail(Err *err, const DbFailure *failure);
void db_failure_set(DbFailure *failure, ErrCode code, MessageId message, const char *detail,
                    const char *more);
/* Binds `values` to a statement and makes `ret_rows` of it. On failure gives the statement back. */
bool db_rows_open(DbRows *ret_rows, Db *db, Statement *statement, bool *used, const DbQuery *query,
                  const DbValue *values, size_t count, bool copy, Err *err);

#endif
