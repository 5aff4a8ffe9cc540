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

#include "change/writer.h"
#include "search/search.h"

/* Waits for the writer. Nothing new: nothing is written. */
NODISCARD bool task_seal(Site *site, Err *err);
/* At most 500 changes of each sort, one after the other; false only when nothing more can be
 * written or read. A refused change is asked for again next time. */
NODISCARD bool task_clock(Site *site, Err *err);
/* Indexes up to 500 entries; `search` is the follower's. */
NODISCARD bool task_follow(Site *site, Search *search, bool *ret_more, Err *err);
/* Sessions that ran out; attachments, with their files, that no entry named for a day. */
NODISCARD bool task_tidy(Site *site, Err *err);

typedef struct Tasks Tasks;
/* One thread: follow every half second, seal every 5 seconds when something is new, clock every
 * minute, tidy every hour. */
NODISCARD bool tasks_start(Site *site, Tasks **ret_tasks, Err *err);
void tasks_stop(Tasks *tasks);

#endif
