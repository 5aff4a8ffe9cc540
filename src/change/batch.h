/* SPDX-License-Identifier: Apache-2.0 */
/* batch.h - up to WRITER_BATCH jobs in one transaction. */
#ifndef TONGXIN_CHANGE_BATCH_H
#define TONGXIN_CHANGE_BATCH_H

#include "change/journal.h"
#include "change/writer.h"

typedef struct Batch {
    Site *site;
    Db *db;
    Journal *journal; /* moved on only when the batch commits */
    Arena *arena;     /* of this batch */
} Batch;

/* Runs the jobs; fills each job's result or error. `*ret_taken` jobs were dealt with: fewer than
 * `count` when one of them changed the office, after which the next batch must see the new one.
 * False when the transaction failed: no job was done, `err` says why. */
NODISCARD bool batch_run(Batch *batch, Job *const *jobs, size_t count, size_t *ret_taken, Err *err);

#endif
