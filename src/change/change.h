/* SPDX-License-Identifier: Apache-2.0 */
/* change.h - the one door. Everything that changes a site passes it.
 *
 *     load    what the change touches                     State
 *     decide  (state, change, office, now, random)        pure: permit, check, compute → Draft
 *     fold    (state, entry) → state                      pure: no profile, clock or randomness
 *     count   contributions before and after              → cell deltas, merged in memory
 *     flush   each table once for the batch; commit; only then answer
 *
 * A Change says who wants which move made on which record, with a form. The answer is a
 * ChangeResult or an Err; a refused change leaves nothing behind. An entry holds results (new
 * values), never intentions, so a rebuild is fold alone.
 */
#ifndef TONGXIN_CHANGE_H
#define TONGXIN_CHANGE_H

#include "base/random.h"
#include "org/permit.h"
#include "record/form.h"
#include "record/record.h"

typedef struct Change {
    Actor actor;
    Str kind;       /* creating: the kind; else may be empty */
    int64_t record; /* 0 when creating */
    /* Name of a move of the kind's flow, or approve, refuse, reveal_contact, erase_text,
     * password_set. */
    Str move;
    int64_t version;    /* the version the person saw; -1: not checked */
    FormInput form;     /* raw texts; bound to the move's fields by decide */
    Instant at;         /* when it happened; 0: now. Earlier only where the move says backdate */
    Str key;            /* idempotency key, at most 100 bytes; empty: none */
    bool key_is_shared; /* of whoever comes with it; else the actor's own */
    bool with_code;     /* ACTOR_PUBLIC: the query code of the record was shown and is right */
    Str frozen;         /* publishing a briefing: what report/ froze, canonical JSON; else empty */
    Str password;       /* setting a password: what password_hash made of it; else empty */
} Change;

typedef struct ChangeResult {
    int64_t record;
    int64_t sequence; /* of the entry: the record's new version */
    Str number;
    Str status;
    Str code;      /* query code, for a public submission; else empty */
    bool pending;  /* waits for the second person */
    bool repeated; /* the same key came before: this is the first answer */
} ChangeResult;

#endif
