/* SPDX-License-Identifier: Apache-2.0 */
#include "api/answer.h"
#include "api/handlers.h"
#include "view/sign_in.h"

/* The place where the account does its work: that of its first role. */
static void write_account(Json *json, const Visit *visit, const Account *account)
{
    const Org *org =
        account->n_grants ? org_find(&visit->office->orgs, account->grants[0].org) : NULL;
    json_field_object_begin(json, S("account"));
    json_field_str(json, S("login"), account->login);
    json_field_str(json, S("title"), label_text(account->title, visit->language));
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

static HttpOutcome signed_in(HttpRequest *request, HttpResponse *response, const SignIn *sign)
{
    Visit *visit = visit_of(request);
    const Account *account = office_account(visit->office, sign->account);
    Json json;
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
    JsonIn in;
    Str login, password;
    Err err = {0};
    if (!answer_body(request, &in, &err) || !json_in_text(&in, S("login"), &login, &err) ||
        !json_in_text(&in, S("password"), &password, &err))
        return http_fail(request, response, &err);
    return sign_in(visit_of(request), response, login, password, signed_in);
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
    return sign_out(visit, response, after_sign_out);
}
