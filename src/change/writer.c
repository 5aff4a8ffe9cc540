/* SPDX-License-Identifier: Apache-2.0 */
#include "change/writer.h"

#include <pthread.h>

#include "base/log.h"
#include "change/batch.h"

struct Writer {
    Site *site;
    Arena *arena; /* of the writer's whole life: connection and cached statements */
    Db *db;
    Journal journal;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    Job *first, *last;
    WriterCounts counts;
    bool ends;
};

static size_t writer_take(Writer *writer, Job **jobs)
{
    size_t count = 0;
    pthread_mutex_lock(&writer->lock);
    while (!writer->first && !writer->ends)
        pthread_cond_wait(&writer->wake, &writer->lock);
    while (writer->first && count < WRITER_BATCH) {
        jobs[count++] = writer->first;
        writer->first = writer->first->next;
        writer->counts.queue--;
    }
    if (!writer->first)
        writer->last = NULL;
    pthread_mutex_unlock(&writer->lock);
    return count;
}

static void writer_answer(Writer *writer, Job *const *jobs, size_t count)
{
    pthread_mutex_lock(&writer->lock);
    writer->counts.batches++;
    for (size_t i = 0; i < count; i++) {
        writer->counts.changes += jobs[i]->ok;
        writer->counts.refused += !jobs[i]->ok;
    }
    pthread_mutex_unlock(&writer->lock);
    for (size_t i = 0; i < count; i++)
        jobs[i]->done(jobs[i]);
}

/* A failed transaction did nothing; each of its jobs is told why. One bad row must not take its
 * neighbours along, so a batch that a constraint refused is run again job by job. */
static void writer_failed(Writer *writer, Batch *batch, Job *const *jobs, size_t count, Err *err)
{
    size_t taken;
    if (count > 1 && err->code != ERR_OUTCOME_UNKNOWN && !db_is_stopped(writer->db)) {
        for (size_t i = 0; i < count; i++) {
            Err own = {0};
            if (!batch_run(batch, &jobs[i], 1, &taken, &own)) {
                jobs[i]->ok = false;
                err_copy(jobs[i]->arena, &jobs[i]->err, &own);
                log_err(S("change"), &own);
            }
        }
        return;
    }
    log_err(S("change"), err);
    for (size_t i = 0; i < count; i++) {
        jobs[i]->ok = false;
        err_copy(jobs[i]->arena, &jobs[i]->err, err);
    }
}

static void writer_batch(Writer *writer, Arena *arena, Job **jobs, size_t count)
{
    size_t at = 0;
    while (at < count) {
        Batch batch = {writer->site, writer->db, &writer->journal, arena};
        Err err = {0};
        size_t taken = 0;
        if (!batch_run(&batch, jobs + at, count - at, &taken, &err)) {
            taken = count - at;
            writer_failed(writer, &batch, jobs + at, taken, &err);
        }
        writer_answer(writer, jobs + at, taken);
        at += taken;
        arena_reset(arena);
    }
    if (db_is_stopped(writer->db)) {
        pthread_mutex_lock(&writer->lock);
        writer->counts.stopped = true;
        pthread_mutex_unlock(&writer->lock);
    }
}

static void *writer_main(void *context)
{
    Writer *writer = context;
    Arena *arena = arena_open();
    Job *jobs[WRITER_BATCH];
    size_t count;
    while ((count = writer_take(writer, jobs)) > 0)
        writer_batch(writer, arena, jobs, count);
    arena_close(arena);
    return NULL;
}

bool writer_open(Site *site, Writer **ret_writer, Err *err)
{
    Writer *writer = NEW(site->arena, Writer);
    writer->site = site;
    writer->arena = arena_open();
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->wake, NULL);
    if (!db_open_writer(writer->arena, site->db_path, &writer->db, err) ||
        !db_migrate(writer->db, err) || !site_load(site, writer->db, err) ||
        !journal_open(writer->arena, writer->db, &writer->journal, err) ||
        (pthread_create(&writer->thread, NULL, writer_main, writer) != 0 &&
         !err_set(err, ERR_ENVIRONMENT, MSG_no_thread))) {
        arena_close(writer->arena);
        return false;
    }
    *ret_writer = writer;
    return true;
}

void writer_close(Writer *writer)
{
    if (!writer)
        return;
    pthread_mutex_lock(&writer->lock);
    writer->ends = true;
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    db_close(writer->db);
    arena_close(writer->arena);
}

bool writer_submit(Writer *writer, Job *job, Err *err)
{
    bool stopped, full;
    job->next = NULL;
    pthread_mutex_lock(&writer->lock);
    stopped = writer->counts.stopped || writer->ends;
    full = writer->counts.queue >= WRITER_QUEUE_MAX;
    if (!stopped && !full) {
        if (writer->last)
            writer->last->next = job;
        else
            writer->first = job;
        writer->last = job;
        writer->counts.queue++;
        pthread_cond_signal(&writer->wake);
    }
    pthread_mutex_unlock(&writer->lock);
    if (stopped)
        return db_refuse_stopped(err);
    return !full || err_set(err, ERR_UNAVAILABLE, MSG_writer_busy);
}

typedef struct Waiter {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    size_t left;
} Waiter;

static void waiter_done(Job *job)
{
    Waiter *waiter = job->waiter;
    pthread_mutex_lock(&waiter->lock);
    waiter->left--;
    pthread_cond_signal(&waiter->wake);
    pthread_mutex_unlock(&waiter->lock);
}

static bool job_give(Writer *writer, Job *job)
{
    Err err = {0};
    if (writer_submit(writer, job, &err))
        return true;
    job->ok = false;
    err_copy(job->arena, &job->err, &err);
    return false;
}

void writer_run_all(Writer *writer, Job *jobs, size_t count)
{
    Waiter waiter = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, count};
    for (size_t i = 0; i < count; i++) {
        jobs[i].waiter = &waiter;
        jobs[i].done = waiter_done;
        /* Once given, a job is the writer's: it may be answered before this returns. */
        if (!job_give(writer, &jobs[i]))
            waiter_done(&jobs[i]);
    }
    pthread_mutex_lock(&waiter.lock);
    while (waiter.left > 0)
        pthread_cond_wait(&waiter.wake, &waiter.lock);
    pthread_mutex_unlock(&waiter.lock);
}

bool writer_run(Writer *writer, Job *job, Err *err)
{
    writer_run_all(writer, job, 1);
    if (!job->ok && err)
        err_copy(job->arena, err, &job->err);
    return job->ok;
}

WriterCounts writer_counts(Writer *writer)
{
    WriterCounts counts;
    pthread_mutex_lock(&writer->lock);
    counts = writer->counts;
    pthread_mutex_unlock(&writer->lock);
    return counts;
}
