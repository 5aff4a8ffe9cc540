/* SPDX-License-Identifier: Apache-2.0 */
/* task.h - everything that runs by itself. Each is a function over the site; whatever changes data is
 * an ordinary Change with an idempotency key, so running one twice does nothing twice.
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

NODISCARD bool task_seal(Site *site, Err *err);
NODISCARD bool task_clock(Site *site, Err *err);
NODISCARD bool task_follow(Site *site, Search *search, bool *ret_more, Err *err);
NODISCARD bool task_tidy(Site *site, Err *err);

typedef struct Tasks Tasks;
/* One thread: follow every half second, seal every 5 seconds when something is new, clock every
 * minute, tidy every hour. */
NODISCARD bool tasks_start(Site *site, Tasks **ret_tasks, Err *err);
void tasks_stop(Tasks *tasks);

#endif
