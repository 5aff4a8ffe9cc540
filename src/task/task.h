/* SPDX-License-Identifier: Apache-2.0 */
/* task.h - everything that runs by itself. Each is a function over the site; whatever changes data
 * is an ordinary Change with an idempotency key, so running one twice does nothing twice.
 *
 *     seal     tiles and a signed tree head over the entries since the last one
 *     clock    moves made `by clock` whose wait is over; contacts past their time are erased;
 *              provisional deadlines computed again when a calendar year was loaded
 *     follow   the search index
 *     tidy     sessions that ran out, attachments nobody named
 */
#ifndef TONGXIN_TASK_H
#define TONGXIN_TASK_H

#include "base/map.h"
#include "change/writer.h"
#include "record/list.h"
#include "search/search.h"

/* Waits for the writer. Nothing new: nothing is written. */
NODISCARD bool task_seal(Site *site, Err *err);
/* How far the last run came with each move, so that records whose guard never holds do not keep
 * those behind them from their turn. Grows by one for each move of the profile. */
typedef struct ClockMarks {
    Arena *arena;
    Map waits;    /* "kind.move" → Wait* */
    int64_t made; /* changes of all runs */
} ClockMarks;
/* Marks of no move yet, in `arena`; the first run begins with those that waited longest. */
ClockMarks clock_marks(Arena *arena);
/* In batches of the writer: at most 500 of each move and 500 erased contacts; deadlines are
 * computed again all at once, after a calendar year was loaded. False only when nothing more can be
 * written or read. A refused change is asked for again when its turn comes. `marks` NULL: this run
 * begins with the longest waiting. */
NODISCARD bool task_clock(Site *site, ClockMarks *marks, Err *err);
/* Indexes up to 500 entries read through `db`; `search` is the follower's. */
NODISCARD bool task_follow(Site *site, Db *db, Search *search, bool *ret_more, Err *err);
/* Sessions that ran out; attachments, with their files, that no entry named for a day. */
NODISCARD bool task_tidy(Site *site, Err *err);

typedef struct Tasks Tasks;
/* One thread: follow every half second, seal every 5 seconds when something is new, clock every
 * minute, tidy every hour. */
NODISCARD bool tasks_start(Site *site, Tasks **ret_tasks, Err *err);
void tasks_stop(Tasks *tasks);

#endif
