/* SPDX-License-Identifier: Apache-2.0 */
#include "api/answer.h"
#include "api/handlers.h"
#include "change/keep.h"

/* Moves that every kind has, beside those of its flow. */
static bool is_special(Str move)
{
    static const Str names[] = {S_CONST("approve"), S_CONST("refuse"), S_CONST("reveal_contact"),
                                S_CONST("erase_text")};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq(names[i], move))
            return true;
    return false;
}

/* The contact is read only after the journal says who read it and why. */
static HttpOutcome after_reveal(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Job *job = request->result;
    Contact contact;
    Err err = {0};
    Json json;
    if (!job->ok)
        return http_fail(request, response, &job->err);
    if (!contact_open(request->arena, visit->site, visit->db, job->result.record, &contact, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("number"), job->result.number);
    json_field_int(&json, S("version"), job->result.sequence);
    json_field_object_begin(&json, S("contact"));
    json_field_str(&json, S("name"), contact.name);
    json_field_str(&json, S("phone"), contact.phone);
    json_object_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_move(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Str name = http_param(request, S("move"));
    const Kind *kind;
    const Move *move;
    Record record;
    Change *change;
    JsonIn in;
    int64_t version;
    Err err = {0};
    if (!answer_body(request, &in, &err) ||
        !record_open(visit, http_param(request, S("kind")), http_param(request, S("number")), &kind,
                     &record, &err))
        return http_fail(request, response, &err);
    move = kind->flow ? flow_move(kind->flow, name) : NULL;
    if ((!move || move->n_from == 0) && !is_special(name)) {
        err_set(&err, ERR_NOT_FOUND, MSG_no_such_move, name);
        return http_fail(request, response, &err);
    }
    if (!answer_version(&in, request->arena, &version, &err) ||
        !answer_change(visit, kind, move, &in, &change, &err))
        return http_fail(request, response, &err);
    change->record = record.id;
    change->move = name;
    change->version = version;
    return visit_change(visit, response, change,
                        str_eq(name, S("reveal_contact")) ? after_reveal : answer_moved);
}
