/* SPDX-License-Identifier: Apache-2.0 */
/* flush.h - a folded batch, written: each table once. Also what rebuild uses to write a whole
 * site. */
#ifndef TONGXIN_CHANGE_FLUSH_H
#define TONGXIN_CHANGE_FLUSH_H

#include "change/state.h"
#include "org/office.h"

/* Writes every touched record with its links, scope rows and grants, the history rows, counters,
 * editions, and places in the tree; then rewrites the scope rows of whatever an organisation's move
 * made visible to others. `tree` is today's before the batch. */
NODISCARD bool flush_state(SiteState *state, Db *db, const OrgTree *tree, Err *err);

/* Parts of it, for whoever writes a whole site: history rows, counters and editions; places in the
 * tree. */
NODISCARD bool flush_lists(const SiteState *state, Db *db, Err *err);
NODISCARD bool flush_moves(const SiteState *state, Db *db, Err *err);

/* Counts: what the touched records contributed before and contribute now, and what changed for
 * records that link to them. ERR_CONFLICT when that would change figures of a period that `locked`
 * has locked; NULL: nothing is looked at. */
NODISCARD bool count_state(SiteState *state, Db *db, const Profile *profile, const Office *locked,
                           Err *err);

#endif
