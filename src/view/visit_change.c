/* SPDX-License-Identifier: Apache-2.0 */
/* Handing changes to the writer while the connection sleeps. */
#include "view/visit.h"

/* On the writer's thread: wakes the request, after which nothing of it may be touched. */
static void job_done(Job *job)
{
    http_resume(job->waiter);
}

static HttpOutcome submit(Visit *visit, HttpResponse *response, Job *job, HttpHandler then)
{
    HttpRequest *request = visit->request;
    Err err = {0};
    job->arena = request->arena;
    job->done = job_done;
    job->waiter = request;
    request->result = job;
    request->on_resume = then;
    if (!visit->site->writer)
        err_set(&err, ERR_UNAVAILABLE, MSG_view_no_writer);
    else if (writer_submit(visit->site->writer, job, &err))
        return HTTP_WAIT;
    return http_fail(request, response, &err);
}

HttpOutcome visit_change(Visit *visit, HttpResponse *response, const Change *change,
                         HttpHandler then)
{
    Job *job = NEW(visit->arena, Job);
    job->change = change;
    return submit(visit, response, job, then);
}

HttpOutcome visit_housekeep(Visit *visit, HttpResponse *response,
                            bool (*run)(Db *db, Arena *arena, void *context, Err *err),
                            void *context, HttpHandler then)
{
    Job *job = NEW(visit->arena, Job);
    job->housekeep = run;
    job->context = context;
    return submit(visit, response, job, then);
}

static FormInput form_of(Visit *visit)
{
    const FormFields *fields = &visit->request->form.fields;
    FormPair *pairs = NEW_ARRAY(visit->arena, FormPair, fields->n + 1);
    size_t count = 0;
    for (size_t i = 0; i < fields->n; i++)
        if (fields->p[i].name.n && fields->p[i].name.p[0] != '_')
            pairs[count++] = (FormPair){fields->p[i].name, fields->p[i].value};
    return (FormInput){pairs, count};
}

Change *visit_new_change(Visit *visit)
{
    Change *change = NEW(visit->arena, Change);
    Str key = http_header(visit->request, S("Idempotency-Key"));
    *change = (Change){.actor = visit->actor, .version = -1, .form = form_of(visit)};
    change->key = key.n ? key : form_get(&visit->request->form.fields, S("_key"));
    return change;
}
