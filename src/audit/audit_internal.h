/* SPDX-License-Identifier: Apache-2.0 */
/* audit_internal.h - the parts of an audit; for the files of this room.
 *
 * The folded tables are checked by making them a second time: the whole journal is folded into one
 * state in memory, the state is written into an empty database in memory by the same code that
 * writes a site, and the two are compared row by row. Memory grows with the journal's values: about
 * 2 KB an entry. */
#ifndef TONGXIN_AUDIT_INTERNAL_H
#define TONGXIN_AUDIT_INTERNAL_H

#include "audit/audit.h"
#include "change/state.h"
#include "ledger/entry.h"
#include "ledger/tree.h"

#define FINDINGS_MAX 1000

/* Adds a finding unless there are enough. Texts must live as long as `arena`. */
void finding_add(Arena *arena, AuditReport *report, Str table, Str row, MessageId message, Str a,
                 Str b);

/* What reading the journal from the first to the last entry gives. */
typedef struct Journalled {
    SiteState state;
    VEC(Hash) leaves;
    VEC(Hash) leaves_sm3;
    VEC(Instant) recorded;
    Frontier sha256, sm3;
    Map heads;    /* size → Instant*, when that head was signed */
    Map contacts; /* record → what the journal says of its contact (kept.c) */
    Map files;    /* id of an attachment → what it says of it (kept.c) */
} Journalled;

/* Reads, checks and folds all entries; what is wrong becomes findings. */
NODISCARD bool audit_journal(Arena *arena, const AuditSource *source, Journalled *ret_journal,
                             AuditReport *report, Err *err);
/* Tree state, signed heads and tiles against the leaves. */
NODISCARD bool audit_tree(Arena *arena, const AuditSource *source, const Journalled *journal,
                          AuditReport *report, Err *err);

/* Notes what an entry says of contacts and files; then all of these against their tables. */
void audit_kept_take(Arena *arena, Journalled *journal, const Entry *entry);
NODISCARD bool audit_kept(Arena *arena, const AuditSource *source, const Journalled *journal,
                          AuditReport *report, Err *err);

/* Writes the folded tables, empty before, from a state with everything in it; counts cells. What
 * cannot be written becomes a finding. */
NODISCARD bool audit_store(Arena *arena, Db *db, SiteState *state, AuditReport *report, Err *err);
/* Every folded table and the schema of `db` against those of `wanted`. */
NODISCARD bool audit_compare(Arena *arena, Db *db, Db *wanted, AuditReport *report, Err *err);
/* Empties the folded tables. */
NODISCARD bool audit_clear(Db *db, Err *err);

#endif
