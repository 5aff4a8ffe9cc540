/* SPDX-License-Identifier: Apache-2.0 */
/* Without an account: submit, follow, rate, withdraw, read what was published. */
#include "api/handlers.h"
#include "api/record_json.h"

/* Whoever is signed in, here one is the public. */
static Visit *as_public(HttpRequest *request)
{
    return visit_as_public(visit_of(request));
}

static bool public_kind(const Visit *visit, Str name, const Kind **ret_kind, const Move **ret_move,
                        Err *err)
{
    const Kind *kind = profile_kind(visit->office->profile, name);
    const Move *move = kind ? kind_first_move(kind, true) : NULL;
    if (!kind)
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_kind, name);
    if (!move)
        return err_set(err, ERR_FORBIDDEN, MSG_api_not_public, kind->label.zh, kind->label.en);
    *ret_kind = kind;
    *ret_move = move;
    return true;
}

HttpOutcome api_public_create(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = as_public(request);
    const Kind *kind;
    const Move *move;
    Change *change;
    JsonIn in;
    Err err = {0};
    if (!public_kind(visit, http_param(request, S("kind")), &kind, &move, &err) ||
        !answer_body(request, &in, &err) || !answer_change(visit, kind, move, &in, &change, &err))
        return http_fail(request, response, &err);
    /* Late entry is for desks. */
    change->at = 0;
    change->move = move->name;
    return visit_change(visit, response, change, answer_created);
}

HttpOutcome api_public_list(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = as_public(request);
    ListView view;
    Err err = {0};
    Json json;
    if (!answers_view(visit, &view, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_list(&json, visit, &view);
    return answer_close(response, &json);
}

static void write_steps(Json *json, const TrackView *view)
{
    json_field_array_begin(json, S("steps"));
    for (size_t i = 0; i < view->n_steps; i++) {
        json_object_begin(json);
        json_field_instant(json, S("at"), view->steps[i].at);
        json_field_str(json, S("move"), view->steps[i].move);
        json_field_str(json, S("label"), view->steps[i].what);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_track(Json *json, Visit *visit, const TrackView *view)
{
    json_object_begin(json);
    json_field_str(json, S("number"), view->number);
    json_field_str(json, S("title"), view->title);
    json_field_str(json, S("kind_label"), view->kind_label);
    json_field_str(json, S("status_label"), view->status_label);
    json_field_instant(json, S("submitted_at"), view->submitted_at);
    json_field_str(json, S("next"), view->next);
    json_field_str(json, S("reply"), view->reply);
    json_field_str(json, S("result_label"), view->result_label);
    json_field_instant(json, S("replied_at"), view->replied_at);
    json_field_int(json, S("version"), view->version);
    write_steps(json, view);
    json_moves(json, visit, view->moves, view->n_moves);
    json_object_end(json);
}

HttpOutcome api_public_track(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = as_public(request);
    TrackView view;
    Err err = {0};
    Json json;
    if (!track_view(visit, http_param(request, S("number")), http_query(request, S("code")), &view,
                    &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    write_track(&json, visit, &view);
    return answer_close(response, &json);
}

static const Move *rating_move(const Kind *kind)
{
    for (size_t i = 0; kind->flow && i < kind->flow->n_moves; i++)
        if (kind->flow->moves[i].rates && kind->flow->moves[i].by_public)
            return &kind->flow->moves[i];
    return NULL;
}

/* `move` empty: the rating. */
static HttpOutcome public_move(HttpRequest *request, HttpResponse *response, Str name)
{
    Visit *visit = as_public(request);
    const Kind *kind;
    const Move *move;
    Record record;
    Change *change;
    JsonIn in;
    Str code;
    Err err = {0};
    if (!answer_body(request, &in, &err) || !json_in_text(&in, S("code"), &code, &err) ||
        !track_open(visit, http_param(request, S("number")), code, &kind, &record, &err))
        return http_fail(request, response, &err);
    move = name.n && kind->flow ? flow_move(kind->flow, name) : rating_move(kind);
    if (!move || !move->by_public || move->n_from == 0) {
        if (name.n)
            err_set(&err, ERR_NOT_FOUND, MSG_no_such_move, name);
        else
            err_set(&err, ERR_NOT_ALLOWED_NOW, MSG_api_no_rating);
        return http_fail(request, response, &err);
    }
    if (!answer_change(visit, kind, move, &in, &change, &err))
        return http_fail(request, response, &err);
    change->at = 0;
    change->record = record.id;
    change->move = move->name;
    change->with_code = true;
    return visit_change(visit, response, change, answer_moved);
}

HttpOutcome api_public_rating(HttpRequest *request, HttpResponse *response)
{
    return public_move(request, response, S(""));
}

HttpOutcome api_public_move(HttpRequest *request, HttpResponse *response)
{
    return public_move(request, response, http_param(request, S("move")));
}
