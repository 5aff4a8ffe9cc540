/* SPDX-License-Identifier: Apache-2.0 */
/* keep.h - what a change puts beside the journal: sealed contacts, claimed attachments, and the
 * overwriting of erased texts. Kept tables are copied by rebuild and backup, never folded. */
#ifndef TONGXIN_CHANGE_KEEP_H
#define TONGXIN_CHANGE_KEEP_H

#include "change/draft.h"
#include "change/site.h"

/* Writes what the draft wants kept, in the transaction that writes its entry `sequence`. */
NODISCARD bool keep_draft(Site *site, Db *db, const Draft *draft, int64_t sequence, Err *err);

typedef struct Contact {
    int64_t sequence; /* of the entry that gave it */
    Str name;
    Str phone;
} Contact;
/* Opens what was sealed for `record`; false when it was not, or not with this key. */
bool contact_unseal(Arena *arena, const Site *site, int64_t record, Str sealed,
                    Contact *ret_contact);
/* Opens a record's sealed contact. Whoever calls this has made the change `reveal_contact` first.
 * ERR_NOT_FOUND when there is none (never given, or erased). */
NODISCARD bool contact_open(Arena *arena, const Site *site, Db *db, int64_t record,
                            Contact *ret_contact, Err *err);

#endif
