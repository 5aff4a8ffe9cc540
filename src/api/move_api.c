/* SPDX-License-Identifier: Apache-2.0 */
#include "api/answer.h"
#include "api/handlers.h"
#include "change/decide_special.h"
#include "change/keep.h"

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

/* Who administers the whole site erases what it may not read: a court or a person asks for a
 * number. It is told nothing but that it was done. */
static bool erases_unread(const Visit *visit, Str move)
{
    return str_eq(move, S("erase_text")) && visit_is_staff(visit) &&
           permit_right(visit->office, &visit->actor, RIGHT_ADMIN, visit->office->orgs.root);
}

static bool open_for_move(Visit *visit, Str move, const Kind **ret_kind, Record *ret_record,
                          Err *err)
{
    Str name = http_param(visit->request, S("kind"));
    Str number = http_param(visit->request, S("number"));
    bool found = false;
    if (!erases_unread(visit, move))
        return record_open(visit, name, number, ret_kind, ret_record, err);
    *ret_kind = profile_kind(visit->office->profile, name);
    if (!*ret_kind)
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_kind, name);
    if (!record_find(visit->arena, visit->db, number, ret_record, &found, err))
        return false;
    return (found && str_eq(values_text(&ret_record->values, S("kind")), name)) ||
           err_set(err, ERR_NOT_FOUND, MSG_view_no_such_record);
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
    int64_t version = -1;
    Err err = {0};
    if (!answer_body(request, &in, &err) || !open_for_move(visit, name, &kind, &record, &err))
        return http_fail(request, response, &err);
    move = flow_move(kind->flow, name);
    if ((!move || move->n_from == 0) && !decide_is_special(name)) {
        err_set(&err, ERR_NOT_FOUND, MSG_no_such_move, name);
        return http_fail(request, response, &err);
    }
    /* The version is known to who has read the record. */
    if ((!(erases_unread(visit, name) && !json_in_find(&in.members, S("version"))) &&
         !answer_version(&in, request->arena, &version, &err)) ||
        !answer_change(visit, kind, move, &in, &change, &err))
        return http_fail(request, response, &err);
    change->record = record.id;
    change->move = name;
    change->version = version;
    return visit_change(visit, response, change,
                        str_eq(name, S("reveal_contact")) ? after_reveal : answer_moved);
}
