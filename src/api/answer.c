/* SPDX-License-Identifier: Apache-2.0 */
#include "api/answer.h"

#include "base/number.h"

Json answer_open(HttpResponse *response, int status)
{
    response->status = status;
    response->content_type = S("application/json");
    return json_open(&response->body);
}

HttpOutcome answer_close(HttpResponse *response, Json *json)
{
    json_close(json);
    buf_byte(&response->body, '\n');
    return HTTP_DONE;
}

bool answer_body(HttpRequest *request, JsonIn *ret_in, Err *err)
{
    return json_in_parse(request->arena, request->body, ret_in, err);
}

/* ---- types of values ---- */

/* What the field expects, when the value is not of it; else MSG_none. */
static MessageId type_expected(const Field *field, const InMember *member)
{
    bool text = member->type == IN_TEXT, whole = member->type == IN_INTEGER;
    bool several = field->type == FIELD_CHOICES || field->type == FIELD_ORGANISATIONS;
    if (member->type == IN_NOTHING)
        return MSG_none;
    if (several)
        return text ? MSG_none : MSG_api_type_list;
    switch (field->type) {
    case FIELD_NUMBER:
        return !member->in_list && (text || whole) ? MSG_none : MSG_api_type_number;
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return !member->in_list && (text || whole || member->type == IN_DECIMAL)
                   ? MSG_none
                   : MSG_api_type_number;
    case FIELD_YES_NO:
        return !member->in_list && (text || member->type == IN_TRUTH) ? MSG_none
                                                                      : MSG_api_type_truth;
    default:
        return !member->in_list && text ? MSG_none : MSG_api_type_text;
    }
}

static Str member_text(Visit *visit, const Field *field, const InMember *member)
{
    if (field && field->type == FIELD_YES_NO && member->type == IN_TRUTH)
        return form_value_text(visit->arena, visit->office, field, value_int(member->number));
    return member->text;
}

static int64_t lookup_record(void *context, const Kind *kind, Str reference)
{
    Visit *visit = context;
    const Org *org =
        str_eq(kind->name, S("org")) ? org_by_code(&visit->office->orgs, reference) : NULL;
    Record record;
    int64_t id;
    bool found;
    if (org)
        return org->id;
    if (str_starts(reference, S("#")) && int_parse(str_slice(reference, 1, reference.n), &id))
        return id; /* the writer looks whether it is there */
    if (!record_find(visit->arena, visit->db, reference, &record, &found, NULL) || !found)
        return 0;
    return str_eq(values_text(&record.values, S("kind")), kind->name) ? record.id : 0;
}

static bool field_is_named(const Err *err, Str name)
{
    for (const ErrField *field = err->fields; field; field = field->next)
        if (str_eq(field->field, name))
            return true;
    return false;
}

typedef struct Typing {
    Visit *visit;
    const Kind *kind;
    const Move *move;
    FormPair *pairs;
    size_t n;
    Err wrong;
} Typing;

static void type_member(Typing *typing, const InMember *member)
{
    Visit *visit = typing->visit;
    const Field *field = typing->kind ? kind_field(typing->kind, member->name) : NULL;
    MessageId expected = MSG_none;
    if (field)
        expected = type_expected(field, member);
    else if (member->type == IN_NESTED)
        expected = MSG_api_type_text;
    if (expected == MSG_none)
        typing->pairs[typing->n++] = (FormPair){member->name, member_text(visit, field, member)};
    else if (!field_is_named(&typing->wrong, member->name))
        err_field(&typing->wrong, visit->arena, member->name, MSG_api_field_type,
                  message(expected, visit->language), S(""));
}

/* The writer would name the rest only after the types were corrected; nobody should have to send a
 * form three times. */
static bool type_rest(Typing *typing, Err *err)
{
    Visit *visit = typing->visit;
    FormLookup lookup = {lookup_record, visit};
    FormInput input = {typing->pairs, typing->n};
    BoundForm bound;
    Err more = {0};
    bool is_public = visit->actor.type == ACTOR_PUBLIC && typing->move->n_from == 0;
    if (!form_bind(visit->arena, visit->office, typing->kind, typing->move, &input, is_public,
                   &lookup, &bound, &more))
        for (const ErrField *field = more.fields; field; field = field->next)
            if (!field_is_named(&typing->wrong, field->field))
                err_field(&typing->wrong, visit->arena, field->field, field->message,
                          field->args[0], field->args[1]);
    err_copy(visit->arena, err, &typing->wrong);
    return false;
}

static bool form_of(Visit *visit, const Kind *kind, const Move *move, const JsonIn *in,
                    FormInput *ret_form, Err *err)
{
    Typing typing = {.visit = visit,
                     .kind = kind,
                     .move = move,
                     .pairs = NEW_ARRAY(visit->arena, FormPair, in->form.n + 1)};
    for (size_t i = 0; i < in->form.n; i++)
        type_member(&typing, &in->form.p[i]);
    if (typing.wrong.fields && move)
        return type_rest(&typing, err);
    if (typing.wrong.fields) {
        err_copy(visit->arena, err, &typing.wrong);
        return false;
    }
    *ret_form = (FormInput){typing.pairs, typing.n};
    return true;
}

/* ---- changes ---- */

static bool at_of(const JsonIn *in, Instant *ret_at, Err *err)
{
    Str text;
    if (!json_in_text(in, S("at"), &text, err))
        return false;
    *ret_at = 0;
    return text.n == 0 || instant_parse(text, ret_at) ||
           err_set(err, ERR_BAD_REQUEST, MSG_api_member_type, S("at"));
}

bool answer_change(Visit *visit, const Kind *kind, const Move *move, const JsonIn *in,
                   Change **ret_change, Err *err)
{
    Change *change = visit_new_change(visit);
    if (!at_of(in, &change->at, err) || !form_of(visit, kind, move, in, &change->form, err))
        return false;
    change->kind = kind->name;
    *ret_change = change;
    return true;
}

bool answer_version(const JsonIn *in, Arena *arena, int64_t *ret_version, Err *err)
{
    const InMember *member = json_in_find(&in->members, S("version"));
    if (!member)
        return err_field(err, arena, S("version"), MSG_api_member_missing, S("version"), S(""));
    if (member->type != IN_INTEGER || member->number < 0)
        return err_field(err, arena, S("version"), MSG_api_member_type, S("version"), S(""));
    *ret_version = member->number;
    return true;
}

static void write_result(Json *json, const Visit *visit, const ChangeResult *result)
{
    if (result->number.n)
        json_field_str(json, S("number"), result->number);
    else
        json_field_str(json, S("number"), STR(visit->arena, result->record));
    json_field_int(json, S("id"), result->record);
    json_field_int(json, S("version"), result->sequence);
    json_field_str(json, S("status"), result->status);
    json_field_bool(json, S("pending"), result->pending);
    if (result->code.n)
        json_field_str(json, S("code"), result->code);
    if (result->repeated)
        json_field_bool(json, S("repeated"), true);
}

HttpOutcome answer_made(HttpRequest *request, HttpResponse *response, int status)
{
    Job *job = request->result;
    Json json;
    if (!job->ok)
        return http_fail(request, response, &job->err);
    json = answer_open(response, status);
    json_object_begin(&json);
    write_result(&json, visit_of(request), &job->result);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome answer_moved(HttpRequest *request, HttpResponse *response)
{
    return answer_made(request, response, 200);
}

HttpOutcome answer_created(HttpRequest *request, HttpResponse *response)
{
    return answer_made(request, response, 201);
}
