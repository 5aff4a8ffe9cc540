/* SPDX-License-Identifier: Apache-2.0 */
/* session.h - signing in and staying signed in. How often it may be tried: view/lockout.h.
 *
 * A token is 32 random bytes in hex, given to the browser once; the table holds its SHA-256 only.
 * A session ends after SESSION_MAX_US, or SESSION_IDLE_US without a request, or when the account
 * is disabled or its password changed. An unknown login costs as much time as a wrong password.
 *
 * The functions that write take the writer's connection: they run as housekeeping jobs, never in
 * the journal.
 */
#ifndef TONGXIN_ORG_SESSION_H
#define TONGXIN_ORG_SESSION_H

#include "base/crypto.h"
#include "org/office.h"

#define SESSION_MAX_US   (12 * HOUR_US)
#define SESSION_IDLE_US  (2 * HOUR_US)
#define SESSION_TOUCH_US MINUTE_US /* seen_at is written no more often */
#define PASSWORD_MIN     10        /* characters */
#define PASSWORD_MAX     200       /* bytes */

typedef struct Session {
    int64_t account;
    Str csrf;       /* token that forms carry */
    Str token_hash; /* 32 bytes */
    Instant created_at, seen_at;
} Session;

/* The session of a token; *ret_found is false when there is none, it ran out, or its account is
 * disabled or gone. */
NODISCARD bool session_find(Arena *arena, Db *db, const Office *office, Str token, Instant now,
                            Session *ret_session, bool *ret_found, Err *err);

/* Checks login and password: some 50 ms and 64 MiB, so on the pool only. On success *ret_account
 * is set. ERR_SIGN_IN_REQUIRED with one sentence for unknown login and wrong password alike. */
NODISCARD bool session_check(Arena *arena, Db *db, const Office *office, Str login, Str password,
                             int64_t *ret_account, Err *err);

/* The hash of a new password, ERR_INVALID_FORM when it is too short or too long. As slow as
 * session_check: on the pool, never on the writer's thread. */
NODISCARD bool password_hash(Arena *arena, Str password, Str *ret_hash, Err *err);

/* ---- on the writer's connection ---- */

/* Makes a session. `*ret_token` is the text for the cookie. */
NODISCARD bool session_open(Arena *arena, Db *db, RandomSource *random, int64_t account,
                            Instant now, Str *ret_token, Str *ret_csrf, Err *err);
NODISCARD bool session_close(Db *db, Str token_hash, Err *err);
/* Written at most once a minute for one session. */
NODISCARD bool session_touch(Db *db, Str token_hash, Instant now, Err *err);
/* Stores what password_hash made and ends the account's sessions. */
NODISCARD bool password_store(Db *db, int64_t account, Str hash, Err *err);

#endif
