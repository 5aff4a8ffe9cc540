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

static Values error_values(HttpRequest *request, const Err *err)
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
    return values;
}

static HttpOutcome answer_error(HttpRequest *request, HttpResponse *response, const Err *err)
{
    Values values = error_values(request, err);
    response->status = err_http_status(err->code);
    return answer(request, response, &values);
}

static Values result_values(Arena *arena, const ChangeResult *result)
{
    Values values = {0};
    values_set(arena, &values, S("record"), value_int(result->record));
    values_set(arena, &values, S("sequence"), value_int(result->sequence));
    values_set(arena, &values, S("number"), value_text(result->number));
    values_set(arena, &values, S("status"), value_text(result->status));
    values_set(arena, &values, S("pending"), value_int(result->pending));
    values_set(arena, &values, S("repeated"), value_int(result->repeated));
    return values;
}

static HttpOutcome changed(HttpRequest *request, HttpResponse *response)
{
    const Job *job = request->result;
    Values values;
    if (!job->ok)
        return answer_error(request, response, &job->err);
    values = result_values(request->arena, &job->result);
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

/* ---- several ---- */

typedef struct Several {
    Change changes[CONTROL_CHANGES];
    const Change *given[CONTROL_CHANGES];
    size_t n;
} Several;

static HttpOutcome changed_several(HttpRequest *request, HttpResponse *response)
{
    const Job *jobs = request->result;
    const Several *several = jobs[0].context;
    Arena *arena = request->arena;
    Values values = {0};
    for (size_t i = 0; i < several->n; i++) {
        Values one = jobs[i].ok ? result_values(arena, &jobs[i].result)
                                : error_values(request, &jobs[i].err);
        Buf text = buf_open(arena);
        values_write(&text, &one);
        values_set(arena, &values, control_name(arena, i, S("answer")), value_text(buf_str(&text)));
    }
    return answer(request, response, &values);
}

static bool several_of(HttpRequest *request, Several *several, Err *err)
{
    Values question, one;
    if (!question_of(request, &question, err))
        return false;
    for (size_t i = 0; i < question.n && i < CONTROL_CHANGES; i++) {
        if (!values_parse(request->arena, question.p[i].value.text, &one, NULL))
            return err_set(err, ERR_BAD_REQUEST, MSG_http_malformed);
        control_read(request->arena, &one, &several->changes[i]);
        several->changes[i].actor = visit_of(request)->actor;
        several->given[i] = &several->changes[i];
        several->n++;
    }
    return (several->n > 0 && several->n == question.n) ||
           err_set(err, ERR_BAD_REQUEST, MSG_http_malformed);
}

static HttpOutcome control_changes_route(HttpRequest *request, HttpResponse *response)
{
    Several *several = NEW(request->arena, Several);
    Err err = {0};
    if (!several_of(request, several, &err))
        return answer_error(request, response, &err);
    return visit_changes(visit_of(request), response, several->given, several->n, several,
                         changed_several);
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
    {HTTP_POST, "/control/changes", control_changes_route, ROUTE_CONTROL, BODY_MAX,
     "several changes by the owner of the folder", "cli"},
    {HTTP_POST, "/control/password", control_password_route, ROUTE_CONTROL, 0,
     "sets an account's password", "cli"},
};

RouteTable control_table(void)
{
    return ROUTE_TABLE(routes);
}
