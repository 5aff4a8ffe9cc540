/* SPDX-License-Identifier: Apache-2.0 */
/* The server's end of the control socket. */
#include "cli/control.h"
#include "view/sign_in.h"

#define BODY_MAX (9u << 20) /* a profile's bundle is at most 8 MiB */

static HttpOutcome answer(HttpRequest *request, HttpResponse *response, const Values *values)
{
    (void)request;
    response->content_type = S("application/json");
    values_write(&response->body, values);
    return HTTP_DONE;
}

static HttpOutcome answer_error(HttpRequest *request, HttpResponse *response, const Err *err)
{
    Arena *arena = request->arena;
    Values values = {0};
    Buf text = buf_open(arena);
    Str hint = err_hint_text(arena, err, request->language);
    buf_add(&text, err_message(arena, err, request->language));
    for (const ErrField *field = err->fields; field; field = field->next)
        TEXT(&text, "\n  ", field->field, ": ", err_field_text(arena, field, request->language));
    if (hint.n)
        TEXT(&text, "\n  ", hint);
    values_set(arena, &values, S("error"), value_text(str_from_c(err_code_name(err->code))));
    values_set(arena, &values, S("message"), value_text(buf_str(&text)));
    response->status = err_http_status(err->code);
    return answer(request, response, &values);
}

static HttpOutcome changed(HttpRequest *request, HttpResponse *response)
{
    const Job *job = request->result;
    Arena *arena = request->arena;
    Values values = {0};
    if (!job->ok)
        return answer_error(request, response, &job->err);
    values_set(arena, &values, S("record"), value_int(job->result.record));
    values_set(arena, &values, S("sequence"), value_int(job->result.sequence));
    values_set(arena, &values, S("number"), value_text(job->result.number));
    values_set(arena, &values, S("status"), value_text(job->result.status));
    values_set(arena, &values, S("pending"), value_int(job->result.pending));
    return answer(request, response, &values);
}

static bool question_of(HttpRequest *request, Values *ret_values, Err *err)
{
    return values_parse(request->arena, request->body, ret_values, NULL) ||
           err_set(err, ERR_BAD_REQUEST, MSG_http_malformed);
}

static HttpOutcome control_change_route(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Change *change = NEW(request->arena, Change);
    Values values;
    Err err = {0};
    if (!question_of(request, &values, &err))
        return answer_error(request, response, &err);
    control_read(request->arena, &values, change);
    change->actor = visit->actor;
    return visit_change(visit, response, change, changed);
}

static HttpOutcome control_password_route(HttpRequest *request, HttpResponse *response)
{
    HttpOutcome outcome;
    Values values;
    Err err = {0};
    if (!question_of(request, &values, &err) ||
        !sign_password(visit_of(request), response, values_int(&values, S("account")),
                       values_text(&values, S("password")), changed, &outcome, &err))
        return answer_error(request, response, &err);
    return outcome;
}

static const Route routes[] = {
    {HTTP_POST, "/control/change", control_change_route, ROUTE_CONTROL, BODY_MAX,
     "a change by the owner of the folder", "cli"},
    {HTTP_POST, "/control/password", control_password_route, ROUTE_CONTROL, 0,
     "sets an account's password", "cli"},
};

RouteTable control_table(void)
{
    return ROUTE_TABLE(routes);
}
