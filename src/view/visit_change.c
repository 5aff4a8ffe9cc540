/* SPDX-License-Identifier: Apache-2.0 */
/* Handing changes to the writer while the connection sleeps. */
#include <stdatomic.h>

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

/* ---- several ---- */

typedef struct Jobs {
    HttpRequest *request;
    atomic_size_t left; /* and one for whoever gives them */
} Jobs;

/* On the writer's thread, and once on the giver's: the last one wakes the request. */
static void jobs_one_less(Jobs *jobs)
{
    if (atomic_fetch_sub(&jobs->left, 1) == 1)
        http_resume(jobs->request);
}

static void jobs_done(Job *job)
{
    jobs_one_less(job->waiter);
}

/* Nothing may be taken from the request's arena once the first was given: the writer's answers
 * are written there. */
HttpOutcome visit_changes(Visit *visit, HttpResponse *response, const Change *const *changes,
                          size_t count, void *context, HttpHandler then)
{
    Job *row = NEW_ARRAY(visit->arena, Job, count);
    Jobs *jobs = NEW(visit->arena, Jobs);
    Writer *writer = visit->site->writer;
    Err err = {0};
    if (!writer) {
        err_set(&err, ERR_UNAVAILABLE, MSG_view_no_writer);
        return http_fail(visit->request, response, &err);
    }
    jobs->request = visit->request;
    atomic_store(&jobs->left, count + 1);
    visit->request->result = row;
    visit->request->on_resume = then;
    for (size_t i = 0; i < count; i++)
        row[i] = (Job){.change = changes[i],
                       .context = context,
                       .arena = visit->request->arena,
                       .done = jobs_done,
                       .waiter = jobs};
    for (size_t i = 0; i < count; i++) {
        Err refused = {0};
        if (writer_submit(writer, &row[i], &refused))
            continue;
        row[i].err = refused;
        jobs_one_less(jobs);
    }
    jobs_one_less(jobs);
    return HTTP_WAIT;
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
