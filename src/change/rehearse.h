/* SPDX-License-Identifier: Apache-2.0 */
/* rehearse.h - what the door would say to many changes, one after the other, with nothing written.
 *
 * The same decide and the same fold as the writer's, on a state of its own over a reading
 * connection: a later change sees what an earlier one would have done (a value that may stand once
 * only stands then). The writer decides again, on the state of its own moment, and has the last
 * word. Threads: the caller's; `db` must not be used by another meanwhile.
 */
#ifndef TONGXIN_CHANGE_REHEARSE_H
#define TONGXIN_CHANGE_REHEARSE_H

#include "change/change.h"
#include "change/state.h"

typedef struct Rehearsal {
    const Office *office;
    Instant now;   /* the site's clock */
    Arena *arena;  /* of the state; grows with what the changes would write */
    Arena *change; /* of one change */
    SiteState state;
    int64_t sequence;
    RandomSource random;
} Rehearsal;

/* Reads through `db` until rehearsal_close. */
void rehearsal_open(Rehearsal *rehearsal, Db *db, const Office *office, Instant now);
void rehearsal_close(Rehearsal *rehearsal);
typedef struct Rehearsed {
    int64_t record; /* 0: none */
    Str number;     /* of the record */
} Rehearsed;
/* What the change under this shared key made before, whatever its form; none when there was none.
 * Texts live in `arena`. */
NODISCARD bool rehearse_known(Arena *arena, Rehearsal *rehearsal, Str key, Rehearsed *ret_made,
                              Err *err);
/* True when the door would take the change now; the record it made may get another id and number
 * then. Texts and `err->fields` live in `arena`. */
NODISCARD bool rehearse(Arena *arena, Rehearsal *rehearsal, const Change *change,
                        Rehearsed *ret_made, Err *err);

#endif
