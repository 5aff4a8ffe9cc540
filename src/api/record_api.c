/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handlers.h"
#include "api/record_json.h"

static const Kind *kind_asked(Visit *visit, Err *err)
{
    Str name = http_param(visit->request, S("kind"));
    const Kind *kind = profile_kind(visit->office->profile, name);
    if (!kind)
        err_set(err, ERR_NOT_FOUND, MSG_view_no_such_kind, name);
    return kind;
}

static bool record_asked(Visit *visit, const Kind **ret_kind, Record *ret_record, Err *err)
{
    return record_open(visit, http_param(visit->request, S("kind")),
                       http_param(visit->request, S("number")), ret_kind, ret_record, err);
}

static HttpOutcome answer_list(Visit *visit, HttpResponse *response, const ListView *view)
{
    Json json = answer_open(response, 200);
    json_list(&json, visit, view);
    return answer_close(response, &json);
}

HttpOutcome api_records(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Err err = {0};
    const Kind *kind = kind_asked(visit, &err);
    ListView view;
    if (!kind || !list_view(visit, kind, &view, &err))
        return http_fail(request, response, &err);
    return answer_list(visit, response, &view);
}

HttpOutcome api_record_create(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Err err = {0};
    const Kind *kind = kind_asked(visit, &err);
    const Move *move;
    Change *change;
    JsonIn in;
    Str wanted;
    if (!kind || !answer_body(request, &in, &err) || !json_in_text(&in, S("move"), &wanted, &err))
        return http_fail(request, response, &err);
    move = wanted.n && kind->flow ? flow_move(kind->flow, wanted) : kind_first_move(kind, false);
    if (!move || move->n_from) {
        err_set(&err, ERR_NOT_FOUND, MSG_no_such_move, wanted);
        return http_fail(request, response, &err);
    }
    if (!answer_change(visit, kind, move, &in, &change, &err))
        return http_fail(request, response, &err);
    change->move = move->name;
    return visit_change(visit, response, change, answer_created);
}

HttpOutcome api_record(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    RecordView view;
    Err err = {0};
    Json json;
    if (!record_view(visit, http_param(request, S("kind")), http_param(request, S("number")), &view,
                     &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_record(&json, visit, &view);
    return answer_close(response, &json);
}

HttpOutcome api_record_history(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Kind *kind;
    Record record;
    const HistoryView *history;
    size_t count;
    Err err = {0};
    Json json;
    if (!record_asked(visit, &kind, &record, &err) ||
        !history_view(visit, kind, &record, &history, &count, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("number"), http_param(request, S("number")));
    json_history(&json, visit, history, count);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_record_similar(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Kind *kind;
    Record record;
    const RecordRow *rows;
    size_t count;
    Err err = {0};
    Json json;
    if (!record_asked(visit, &kind, &record, &err) ||
        !similar_rows(visit, kind, &record, &rows, &count, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_rows(&json, visit, S("records"), rows, count);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_desk(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    DeskView view;
    Err err = {0};
    if (!desk_view(visit, &view, &err))
        return http_fail(request, response, &err);
    return answer_list(visit, response, &view.todo);
}

HttpOutcome api_search(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    ListView view;
    Err err = {0};
    if (!search_view(visit, http_query(request, S("q")), &view, &err))
        return http_fail(request, response, &err);
    return answer_list(visit, response, &view);
}
