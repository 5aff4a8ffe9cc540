/* SPDX-License-Identifier: Apache-2.0 */
/* Files in a form: each is stored and entered before the change that names it, once the rest of the
 * form is right, and taken away again when the change is refused. */
#include "page/pages.h"

#include "view/attachment.h"

/* The Change comes first, so that the job leads back to the rest. */
typedef struct Upload {
    Change change;
    Attachment attachment; /* being entered */
    StrVec ids;            /* stored so far */
    Site *site;
    HttpHandler then;
    Job *refused;
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

/* ---- before anything is stored ---- */

/* Whether a record is there, the writer looks. */
static int64_t any_record(void *context, const Kind *kind, Str reference)
{
    (void)context;
    (void)kind;
    return reference.n > 0;
}

static bool files_are_asked_for(HttpRequest *request, const Kind *kind, const Move *move, Err *err)
{
    const FormFiles *files = &request->form.files;
    for (size_t i = 0; i < files->n; i++) {
        const Field *field = kind ? kind_field(kind, files->p[i].name) : NULL;
        if (!move || !field || field->type != FIELD_ATTACHMENT)
            return err_field(err, request->arena, files->p[i].name, MSG_form_unknown_field, S(""),
                             S(""));
    }
    return true;
}

/* Anybody may send this form: bytes are kept only for one that would be taken. The ids are made up,
 * each another one, for there may be one file to a field. */
static bool upload_check(HttpRequest *request, const Change *change, Err *err)
{
    Visit *visit = visit_of(request);
    const Kind *kind = profile_kind(visit->office->profile, change->kind);
    const Move *move = kind && kind->flow ? flow_move(kind->flow, change->move) : NULL;
    FormLookup lookup = {any_record, NULL};
    FormInput form = change->form;
    BoundForm bound;
    size_t size = 0;
    if (!files_are_asked_for(request, kind, move, err))
        return false;
    for (size_t i = 0; i < request->form.files.n; i++) {
        form_add(request->arena, &form, request->form.files.p[i].name,
                 attachment_new_id(request->arena));
        size += request->form.files.p[i].bytes.n;
    }
    return form_bind(request->arena, visit->office, kind, move, &form,
                     change->actor.type == ACTOR_PUBLIC && change->record == 0, &lookup, &bound,
                     err) &&
           attachment_room(visit, size, err);
}

/* ---- refused ---- */

static bool drop_run(Db *db, Arena *arena, void *context, Err *err)
{
    Upload *upload = context;
    for (size_t i = 0; i < upload->ids.n; i++)
        if (!attachment_drop(upload->site, db, arena, upload->ids.p[i], err))
            return false;
    return true;
}

/* What could not be taken away is tidied later. */
static HttpOutcome after_drop(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    Upload *upload = job->context;
    request->result = upload->refused;
    return upload->then(request, response);
}

static HttpOutcome refuse(HttpRequest *request, HttpResponse *response, Upload *upload, Job *job)
{
    upload->refused = job;
    request->result = job;
    if (upload->ids.n == 0)
        return upload->then(request, response);
    return visit_housekeep(visit_of(request), response, drop_run, upload, after_drop);
}

static HttpOutcome refuse_err(HttpRequest *request, HttpResponse *response, Upload *upload,
                              const Err *err)
{
    Job *job = NEW(request->arena, Job);
    job->change = &upload->change;
    job->arena = request->arena;
    err_copy(request->arena, &job->err, err);
    return refuse(request, response, upload, job);
}

static HttpOutcome after_change(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    Upload *upload = (Upload *)(uintptr_t)job->change;
    /* The first answer named the files that came with it; these are the same once more. */
    if ((job->ok && !job->result.repeated) || job->err.code == ERR_OUTCOME_UNKNOWN)
        return upload->then(request, response);
    return refuse(request, response, upload, job);
}

/* ---- one after the other ---- */

static bool put_run(Db *db, Arena *arena, void *context, Err *err)
{
    Upload *upload = context;
    return attachment_put(db, arena, &upload->attachment, err);
}

static HttpOutcome after_put(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    Upload *upload = job->context;
    if (!job->ok)
        return refuse_err(request, response, upload, &job->err);
    form_add(request->arena, &upload->change.form, request->form.files.p[upload->ids.n - 1].name,
             upload->attachment.id);
    return upload_step(request, response, upload);
}

static HttpOutcome upload_step(HttpRequest *request, HttpResponse *response, Upload *upload)
{
    Visit *visit = visit_of(request);
    Err err = {0};
    if (upload->ids.n == request->form.files.n)
        return visit_change(visit, response, &upload->change, after_change);
    const FormFile *file = &request->form.files.p[upload->ids.n];
    if (!attachment_store(request->arena, visit->site, file, visit->now, &upload->attachment, &err))
        return refuse_err(request, response, upload, &err);
    *vec_push(request->arena, &upload->ids) = upload->attachment.id;
    return visit_housekeep(visit, response, put_run, upload, after_put);
}

HttpOutcome change_with_files(HttpRequest *request, HttpResponse *response, Change *change,
                              HttpHandler then)
{
    Upload *upload = NEW(request->arena, Upload);
    Err err = {0};
    *upload = (Upload){.change = *change, .site = visit_of(request)->site, .then = then};
    if (request->form.files.n > 0 && !upload_check(request, change, &err))
        return refuse_err(request, response, upload, &err);
    return upload_step(request, response, upload);
}
