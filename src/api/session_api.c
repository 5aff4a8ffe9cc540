/* SPDX-License-Identifier: Apache-2.0 */
#include "api/answer.h"
#include "api/handlers.h"

/* What travels from the check on the pool to the writer's thread and back. */
typedef struct SignIn {
    int64_t account; /* 0: refused */
    int64_t failed;  /* whose failure is counted; 0: nobody's */
    Instant now;
    Err err;
    Arena *arena; /* the request's: what the writer's job leaves there stays */
    Str token;
} SignIn;

/* The place where the account does its work: that of its first role. */
static void write_account(Json *json, const Visit *visit, const Account *account)
{
    const Org *org =
        account->n_grants ? org_find(&visit->office->orgs, account->grants[0].org) : NULL;
    json_field_object_begin(json, S("account"));
    json_field_str(json, S("login"), account->login);
    json_field_str(json, S("title"), account->title);
    json_field_str(json, S("org"), org ? org->code : S(""));
    json_object_end(json);
    json_field_array_begin(json, S("roles"));
    for (size_t i = 0; i < account->n_grants; i++) {
        const Org *where = org_find(&visit->office->orgs, account->grants[i].org);
        json_object_begin(json);
        json_field_str(json, S("role"), account->grants[i].role->name);
        json_field_str(json, S("org"), where ? where->code : S(""));
        json_object_end(json);
    }
    json_array_end(json);
}

/* On the writer's connection. */
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
    SignIn *sign = job->context;
    Visit *visit = visit_of(request);
    const Account *account = office_account(visit->office, sign->account);
    Json json;
    if (!job->ok)
        return http_fail(request, response, &job->err);
    if (!account)
        return http_fail(request, response, &sign->err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("token"), sign->token);
    write_account(&json, visit, account);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_session_post(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    SignIn *sign = NEW(request->arena, SignIn);
    JsonIn in;
    Str login, password;
    Err err = {0};
    sign->now = visit->now;
    sign->arena = request->arena;
    if (!answer_body(request, &in, &err) || !json_in_text(&in, S("login"), &login, &err) ||
        !json_in_text(&in, S("password"), &password, &err))
        return http_fail(request, response, &err);
    if (!session_check(request->arena, visit->db, visit->office, str_trim(login), password,
                       visit->now, &sign->account, &sign->failed, &sign->err)) {
        sign->account = 0;
        if (sign->failed == 0)
            return http_fail(request, response, &sign->err);
    }
    return visit_housekeep(visit, response, run_sign_in, sign, after_sign_in);
}

HttpOutcome api_session_get(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Json json = answer_open(response, 200);
    json_object_begin(&json);
    if (visit->account)
        write_account(&json, visit, visit->account);
    json_field_str(&json, S("actor"), visit->actor.name);
    json_object_end(&json);
    return answer_close(response, &json);
}

static bool run_sign_out(Db *db, Arena *arena, void *context, Err *err)
{
    (void)arena;
    return session_close(db, *(const Str *)context, err);
}

static HttpOutcome after_sign_out(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    if (!job->ok)
        return http_fail(request, response, &job->err);
    response->status = 204;
    if (http_cookie(request, S("session")).n)
        http_set_cookie(request, response, S("session"), S("x"), -1);
    return HTTP_DONE;
}

HttpOutcome api_session_delete(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    if (!visit->account) {
        response->status = 204;
        return HTTP_DONE;
    }
    return visit_housekeep(visit, response, run_sign_out, &visit->session.token_hash,
                           after_sign_out);
}
