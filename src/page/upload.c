/* SPDX-License-Identifier: Apache-2.0 */
/* Files in a form: each is stored and entered before the change that names it. */
#include "page/pages.h"

#include "view/attachment.h"

/* The attachment comes first: it is what the housekeeping job is given. */
typedef struct Upload {
    Attachment attachment;
    Change *change;
    size_t next; /* file to be stored */
    HttpHandler then;
} Upload;

static HttpOutcome upload_step(HttpRequest *request, HttpResponse *response, Upload *upload);

void form_add(Arena *arena, FormInput *form, Str name, Str text)
{
    FormPair *pairs = NEW_ARRAY(arena, FormPair, form->n + 1);
    for (size_t i = 0; i < form->n; i++)
        pairs[i] = form->pairs[i];
    pairs[form->n] = (FormPair){name, text};
    *form = (FormInput){pairs, form->n + 1};
}

static HttpOutcome after_put(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    Upload *upload = job->context;
    if (!job->ok)
        return http_fail(request, response, &job->err);
    form_add(request->arena, &upload->change->form, request->form.files.p[upload->next - 1].name,
             upload->attachment.id);
    return upload_step(request, response, upload);
}

static HttpOutcome upload_step(HttpRequest *request, HttpResponse *response, Upload *upload)
{
    Visit *visit = visit_of(request);
    Err err = {0};
    if (upload->next == request->form.files.n)
        return visit_change(visit, response, upload->change, upload->then);
    const FormFile *file = &request->form.files.p[upload->next++];
    if (!attachment_store(request->arena, visit->site, file, visit->now, &upload->attachment, &err))
        return http_fail(request, response, &err);
    return visit_housekeep(visit, response, attachment_put, upload, after_put);
}

HttpOutcome change_with_files(HttpRequest *request, HttpResponse *response, Change *change,
                              HttpHandler then)
{
    Upload *upload = NEW(request->arena, Upload);
    *upload = (Upload){.change = change, .then = then};
    return upload_step(request, response, upload);
}

HttpOutcome page_attachment(HttpRequest *request, HttpResponse *response)
{
    Attachment attachment;
    int file = -1;
    Err err = {0};
    if (!attachment_open(visit_of(request), http_param(request, S("id")), &attachment, &file, &err))
        return http_fail(request, response, &err);
    response->content_type = attachment.type;
    response->file = file;
    response->file_size = (uint64_t)attachment.size;
    http_attachment(response, attachment.name);
    return HTTP_DONE;
}
