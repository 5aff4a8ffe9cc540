/* SPDX-License-Identifier: Apache-2.0 */
#include "org/session.h"

#include "base/crypto.h"
#include "base/utf8.h"

#include "query.h"

#define TOKEN_BYTES 32
#define CSRF_BYTES  16
#define TOKEN_MAX   200 /* bytes of a cookie worth hashing */

/* Of 32 random bytes that nobody kept, with the limits of crypto_password_hash: an unknown login is
 * checked against it and takes as long as a wrong password. */
static const Str nobodys_hash = S_CONST("$argon2id$v=19$m=65536,t=2,p=1$c/bb+Ab0Tia6BvXJJ0ZX3g$"
                                        "hD/AqEk9xiC+oG6+aHX5VHkxbh2cR9B67DmUyRM/hSA");

static Str token_hash(Arena *arena, Str token)
{
    uint8_t digest[SECRET_SIZE];
    crypto_sha256(token, digest);
    return (Str){arena_copy(arena, digest, sizeof digest), sizeof digest};
}

static bool session_lives(const QSessionGet *row, const Office *office, Instant now)
{
    const Account *account = office_account(office, row->account);
    return account && !account->disabled && now - row->created_at < SESSION_MAX_US &&
           now - row->seen_at < SESSION_IDLE_US;
}

bool session_find(Arena *arena, Db *db, const Office *office, Str token, Instant now,
                  Session *ret_session, bool *ret_found, Err *err)
{
    QSessionGet row;
    Str hash;
    *ret_found = false;
    if (token.n == 0 || token.n > TOKEN_MAX)
        return true;
    hash = token_hash(arena, token);
    if (!q_session_get(db, arena, hash, &row, ret_found, err))
        return false;
    *ret_found = *ret_found && session_lives(&row, office, now);
    if (*ret_found)
        *ret_session = (Session){row.account, row.csrf, hash, row.created_at, row.seen_at};
    return true;
}

bool session_check(Arena *arena, Db *db, const Office *office, Str login, Str password,
                   int64_t *ret_account, Err *err)
{
    const Account *account = office_account_by_login(office, login);
    QCredentialGet row;
    bool found = false, right;
    if (account && !q_credential_get(db, arena, account->id, &row, &found, err))
        return false;
    /* The same work whoever it is: nobody learns which logins there are by the clock. */
    right = crypto_password_check(arena, found ? row.hash : nobodys_hash,
                                  str_slice(password, 0, PASSWORD_MAX));
    if (!found || !right || account->disabled || password.n > PASSWORD_MAX)
        return err_set(err, ERR_SIGN_IN_REQUIRED, MSG_session_wrong);
    *ret_account = account->id;
    return true;
}

bool session_open(Arena *arena, Db *db, RandomSource *random, int64_t account, Instant now,
                  Str *ret_token, Str *ret_csrf, Err *err)
{
    Str token = crypto_token(arena, random, TOKEN_BYTES);
    Str csrf = crypto_token(arena, random, CSRF_BYTES);
    if (!q_session_put(db, token_hash(arena, token), account, csrf, now, err))
        return false;
    *ret_token = token;
    *ret_csrf = csrf;
    return true;
}

bool session_close(Db *db, Str hash, Err *err)
{
    return q_session_remove(db, hash, err);
}

bool session_touch(Db *db, Str hash, Instant now, Err *err)
{
    Arena *arena = arena_open();
    QSessionGet row;
    bool found;
    bool done = q_session_get(db, arena, hash, &row, &found, err);
    if (done && found && now - row.seen_at >= SESSION_TOUCH_US)
        done = q_session_seen(db, hash, now, err);
    arena_close(arena);
    return done;
}

static bool password_check_length(Arena *arena, Str password, Err *err)
{
    if (utf8_check(password) != password.n || utf8_count(password) < PASSWORD_MIN)
        return err_field(err, arena, S("password"), MSG_password_too_short,
                         STR(arena, PASSWORD_MIN), S(""));
    return password.n <= PASSWORD_MAX || err_field(err, arena, S("password"), MSG_password_too_long,
                                                   STR(arena, PASSWORD_MAX), S(""));
}

bool password_hash(Arena *arena, Str password, Str *ret_hash, Err *err)
{
    if (!password_check_length(arena, password, err))
        return false;
    return crypto_password_hash(arena, password, ret_hash) ||
           err_set(err, ERR_ENVIRONMENT, MSG_password_no_memory);
}

bool password_store(Db *db, int64_t account, Str hash, Err *err)
{
    return q_credential_put(db, account, hash, err) && q_session_remove_account(db, account, err);
}
