/* SPDX-License-Identifier: Apache-2.0 */
/* used.h - what the records of a site say in the words of its profile, for whoever wants to put
 * another profile in its place. */
#ifndef TONGXIN_CHANGE_USED_H
#define TONGXIN_CHANGE_USED_H

#include "base/map.h"
#include "db/db.h"
#include "record/record.h"

typedef struct Used {
    Arena *arena;
    const Profile *old, *next;
    Map seen;      /* "kind\nwhat\ncode" */
    IdVec renamed; /* records that `next` writes differently, ascending */
} Used;

/* One pass over all records. Memory grows with the words that are used and the records to be
 * renamed, not with the records. */
NODISCARD bool used_read(Arena *arena, Db *db, const Profile *old, const Profile *next,
                         Used **ret_used, Err *err);
/* ProfileUsed. */
bool used_is(void *used, Str kind, Str what, Str code);

/* What `next` writes differently of these values: names of states and codes that have `was`, and
 * `open` where the state's changed. Empty when nothing differs or the kind is gone. Texts live in
 * `arena` or in the profile. */
Values used_renamed(Arena *arena, const Profile *next, const Values *values);

#endif
