/* SPDX-License-Identifier: Apache-2.0 */
/* adopt.h - another profile over the records that are there.
 *
 * The writer asks inside the transaction that adopts it, so nothing can be recorded in between:
 * does every record still fit, and which are to be written in the new profile's words? Those are
 * renamed by entries of their own that hold the new values; a rebuild needs neither profile.
 */
#ifndef TONGXIN_CHANGE_ADOPT_H
#define TONGXIN_CHANGE_ADOPT_H

#include "change/draft.h"
#include "change/used.h"

#define ADOPT_FIELDS_MAX 500 /* an entry takes no further record once it assigns this much */

/* Ids of the records to rename, in `arena`. ERR_INVALID_FORM with a sentence for each thing that
 * would be lost, under the field `profile`. */
NODISCARD bool adopt_check(Arena *arena, Db *db, const Profile *old, const Profile *next,
                           IdVec *ret_renamed, Err *err);

/* Drafts what changes on the records from `*at` on, and on their parents' counts, until the draft
 * is full; moves `*at` on. The draft's office is the one to come. */
NODISCARD bool adopt_draft(Draft *draft, const IdVec *renamed, size_t *at, Err *err);

#endif
