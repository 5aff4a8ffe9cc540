/* SPDX-License-Identifier: Apache-2.0 */
/* writer.h - the one thread that writes.
 *
 * It takes up to WRITER_BATCH waiting jobs, decides and folds each in memory, writes each table
 * once, commits, and only then answers. A refused change leaves nothing behind. After a failed
 * fsync or a commit of unknown outcome it stops and says so to everyone who waits and who comes.
 */
#ifndef TONGXIN_CHANGE_WRITER_H
#define TONGXIN_CHANGE_WRITER_H

#include "change/site.h"

#define WRITER_BATCH     64
#define WRITER_QUEUE_MAX 4096 /* more waiting jobs are refused with ERR_UNAVAILABLE */

typedef struct Job Job;
struct Job {
    /* Either a change … */
    const Change *change;
    /* (checked inside the transaction, before it is decided; may be NULL) */
    bool (*check)(Db *db, void *context, Err *err);
    /* … or housekeeping that is not journaled: sessions, lock-outs, tree heads. Its `arena` ends
     * with the batch, before `done`: what is to stay is copied into an arena of the context. */
    bool (*housekeep)(Db *db, Arena *arena, void *context, Err *err);
    void *context;

    /* The answer; texts live in `arena`, which belongs to whoever gave the job. */
    Arena *arena;
    ChangeResult result;
    Err err;
    bool ok;

    /* Called on the writer's thread once the outcome is durable or refused. */
    void (*done)(Job *job);
    void *waiter;
    Job *next;
};

typedef struct Writer Writer;

/* Opens the writing connection, migrates, loads the office and starts the thread. The Writer lives
 * in the site's arena. */
NODISCARD bool writer_open(Site *site, Writer **ret_writer, Err *err);
/* Finishes what waits, then ends the thread and closes the connection. */
void writer_close(Writer *writer);
/* Gives a job; false (and `done` is not called) when the queue is full or the writer has stopped.
 * The job and everything it points to stay with the caller until `done`. */
NODISCARD bool writer_submit(Writer *writer, Job *job, Err *err);
/* Gives a row of jobs, in order, and waits for all: up to WRITER_BATCH of them become one
 * transaction. Each says in `ok` and `err` what became of it, also one that could not be given. */
void writer_run_all(Writer *writer, Job *jobs, size_t count);
/* Gives a job and waits. */
NODISCARD bool writer_run(Writer *writer, Job *job, Err *err);

typedef struct WriterCounts {
    int64_t batches, changes, refused;
    int64_t queue;
    bool stopped;
} WriterCounts;
/* Since the writer was opened; `queue` as it is now. Any thread. */
WriterCounts writer_counts(Writer *writer);

#endif
