/* SPDX-License-Identifier: Apache-2.0 */
#include "view/attachment.h"

#include "api/answer.h"
#include "api/handlers.h"

static HttpOutcome after_put(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    const Attachment *attachment = job->context;
    Json json;
    if (!job->ok)
        return http_fail(request, response, &job->err);
    json = answer_open(response, 201);
    json_object_begin(&json);
    json_field_str(&json, S("id"), attachment->id);
    json_field_str(&json, S("name"), attachment->name);
    json_field_str(&json, S("type"), attachment->type);
    json_field_int(&json, S("size"), attachment->size);
    json_object_end(&json);
    return answer_close(response, &json);
}

/* Stored, not yet attached: the id goes into a field of the next move, whose entry claims it. */
HttpOutcome api_attachment_post(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Attachment *attachment = NEW(request->arena, Attachment);
    const FormFile *file = form_file(&request->form, S("file"));
    Record record;
    Err err = {0};
    if (!record_open(visit, http_param(request, S("kind")), http_param(request, S("number")), NULL,
                     &record, &err))
        return http_fail(request, response, &err);
    if (!file) {
        err_field(&err, request->arena, S("file"), MSG_api_no_file, S(""), S(""));
        return http_fail(request, response, &err);
    }
    if (!attachment_room(visit, file->bytes.n, &err))
        return http_fail(request, response, &err);
    if (!attachment_store(request->arena, visit->site, file, visit->now, attachment, &err))
        return http_fail(request, response, &err);
    return visit_housekeep(visit, response, attachment_put, attachment, after_put);
}
