/* SPDX-License-Identifier: Apache-2.0 */
/* recount.h - cells from the records alone, in one pass over them.
 *
 * Needed when a profile brings new definitions (only those are counted), by rebuild (all of them
 * into empty tables). figure/ knows no record rows: who calls gives a source that walks all records
 * and finds one by id.
 * Memory grows with the number of cells and of distinct refs, not with the number of records.
 * Threads: the writer's, or any thread with a Db of its own where nothing is written.
 */
#ifndef TONGXIN_FIGURE_RECOUNT_H
#define TONGXIN_FIGURE_RECOUNT_H

#include "figure/cell.h"

/* Called with each record; its values live until it returns. False stops the walk with `err`. */
typedef bool (*RecountVisit)(void *context, int64_t id, const Values *values, Err *err);

typedef struct RecountSource {
    void *context;
    /* Calls `visit(visitor, …)` for every record, in any order. */
    bool (*each)(void *context, RecountVisit visit, void *visitor, Err *err);
    /* The values of one record into `arena`; *ret_found says whether there is one. Called from
     * inside `each`, for conditions that look through a link. */
    bool (*get)(void *context, Arena *arena, int64_t id, Values *ret_values, bool *ret_found,
                Err *err);
} RecountSource;

/* Inside the caller's transaction: deletes the cells of indicators that `next` no longer has, and
 * counts those whose key `old` (NULL: no profile yet) did not have. Without a difference nothing is
 * read. */
NODISCARD bool recount_changed(Arena *arena, Db *db, const Profile *old, const Profile *next,
                               const RecountSource *source, Err *err);

/* All cells and refs of a profile, sorted, in `arena`. cell_deltas_flush into empty tables is the
 * rebuild. */
NODISCARD bool recount_all(Arena *arena, const Profile *profile, const RecountSource *source,
                           CellDeltas *ret_deltas, Err *err);

#endif
