/* SPDX-License-Identifier: Apache-2.0 */
#include "view/sign_in.h"

#include "view/lockout.h"

#define MINUTE_S 60

/* On the writer's connection. Its arena ends with the batch: the token is copied out of it. */
static bool run_sign_in(Db *db, Arena *arena, void *context, Err *err)
{
    SignIn *sign = context;
    RandomSource random = random_system();
    Str token, csrf;
    if (!session_open(arena, db, &random, sign->account, sign->now, &token, &csrf, err))
        return false;
    sign->token = str_dup(sign->arena, token);
    return true;
}

static HttpOutcome after_sign_in(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    const SignIn *sign = job->context;
    if (!job->ok)
        return http_fail(request, response, &job->err);
    return sign->then(request, response, sign);
}

/* A try is taken before the password is looked at, so that several at once are not one. */
static bool sign_try(const Visit *visit, Str login, SignIn *sign)
{
    Lockout *lockout = visit->app->lockout;
    if (lockout)
        sign->wait_s = lockout_try(lockout, login, visit->request->client, monotonic_us());
    return sign->wait_s == 0 ||
           err_set(&sign->err, ERR_TOO_MANY, MSG_session_locked,
                   STR(visit->arena, (sign->wait_s + MINUTE_S - 1) / MINUTE_S));
}

static SignIn *sign_asked(Visit *visit, Str login, Str password, SignedIn *then)
{
    SignIn *sign = NEW(visit->arena, SignIn);
    *sign = (SignIn){.now = visit->now, .arena = visit->arena, .then = then};
    if (sign_try(visit, login, sign) &&
        session_check(visit->arena, visit->db, visit->office, login, password, &sign->account,
                      &sign->err) &&
        visit->app->lockout)
        lockout_clear(visit->app->lockout, login, visit->request->client, monotonic_us());
    return sign;
}

static HttpOutcome sign_answer(Visit *visit, HttpResponse *response, const SignIn *sign)
{
    HttpOutcome outcome = sign->then(visit->request, response, sign);
    if (sign->wait_s)
        http_add_header(response, S("Retry-After"), STR(visit->arena, sign->wait_s));
    return outcome;
}

HttpOutcome sign_in(Visit *visit, HttpResponse *response, Str login, Str password, SignedIn *then)
{
    SignIn *sign = sign_asked(visit, str_trim(login), password, then);
    if (sign->account == 0)
        return sign_answer(visit, response, sign);
    return visit_housekeep(visit, response, run_sign_in, sign, after_sign_in);
}

HttpOutcome sign_in_again(Visit *visit, HttpResponse *response, Str password, SignedIn *then)
{
    return sign_answer(visit, response, sign_asked(visit, visit->account->login, password, then));
}

static bool run_sign_out(Db *db, Arena *arena, void *context, Err *err)
{
    (void)arena;
    return session_close(db, *(const Str *)context, err);
}

HttpOutcome sign_out(Visit *visit, HttpResponse *response, HttpHandler then)
{
    return visit_housekeep(visit, response, run_sign_out, &visit->session.token_hash, then);
}

bool sign_password(Visit *visit, HttpResponse *response, int64_t account, Str password,
                   HttpHandler then, HttpOutcome *ret_outcome, Err *err)
{
    Change *change = NEW(visit->arena, Change);
    *change = (Change){
        .actor = visit->actor, .record = account, .move = S("password_set"), .version = -1};
    if (!password_hash(visit->arena, password, &change->password, err))
        return false;
    *ret_outcome = visit_change(visit, response, change, then);
    return true;
}
