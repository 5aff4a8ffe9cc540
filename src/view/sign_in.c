/* SPDX-License-Identifier: Apache-2.0 */
#include "view/sign_in.h"

/* On the writer's connection. Its arena ends with the batch: the token is copied out of it. */
static bool run_sign_in(Db *db, Arena *arena, void *context, Err *err)
{
    SignIn *sign = context;
    RandomSource random = random_system();
    Str token, csrf;
    if (sign->account == 0)
        return session_fail(arena, db, sign->failed, sign->now, err);
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

static SignIn *sign_asked(Visit *visit, Str login, Str password, SignedIn *then)
{
    SignIn *sign = NEW(visit->arena, SignIn);
    sign->now = visit->now;
    sign->arena = visit->arena;
    sign->then = then;
    if (!session_check(visit->arena, visit->db, visit->office, login, password, visit->now,
                       &sign->account, &sign->failed, &sign->err))
        sign->account = 0;
    return sign;
}

HttpOutcome sign_in(Visit *visit, HttpResponse *response, Str login, Str password, SignedIn *then)
{
    SignIn *sign = sign_asked(visit, str_trim(login), password, then);
    if (sign->account == 0 && sign->failed == 0)
        return then(visit->request, response, sign);
    return visit_housekeep(visit, response, run_sign_in, sign, after_sign_in);
}

HttpOutcome sign_in_again(Visit *visit, HttpResponse *response, Str password, SignedIn *then)
{
    SignIn *sign = sign_asked(visit, visit->account->login, password, then);
    if (sign->account != 0 || sign->failed == 0)
        return then(visit->request, response, sign);
    return visit_housekeep(visit, response, run_sign_in, sign, after_sign_in);
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
    NewPassword *wanted = NEW(visit->arena, NewPassword);
    wanted->account = account;
    if (!password_hash(visit->arena, password, &wanted->hash, err))
        return false;
    *ret_outcome = visit_housekeep(visit, response, password_store, wanted, then);
    return true;
}
