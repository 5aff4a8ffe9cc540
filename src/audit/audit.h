/* SPDX-License-Identifier: Apache-2.0 */
/* audit.h - does everything readable follow from the journal?
 *
 * verify folds the journal in memory and compares: every leaf against its bytes, the tree against
 * its tiles, frontiers and signed heads, what stands beside a leaf against its keyed code, every
 * row of the folded tables against the fold, every cell against a recount, sealed contacts and
 * files against what their entries say of them, tables, indexes and triggers against the schema. It
 * finds any changed, added or missing row or byte of these. rebuild throws the folded tables away
 * and writes them again from the journal.
 */
#ifndef TONGXIN_AUDIT_H
#define TONGXIN_AUDIT_H

#include "base/message.h"
#include "base/vec.h"
#include "change/site.h"
#include "db/db.h"

/* One thing that does not agree: where, and what is wrong, in the reader's language. */
typedef struct Finding {
    Str table;
    Str row; /* key of the row, or sequence of the entry */
    MessageId message;
    Str args[2];
} Finding;
typedef VEC(Finding) Findings;

typedef struct AuditReport {
    int64_t entries, records, cells;
    uint8_t digest[32]; /* of the folded tables as they stand */
    uint8_t root[32];   /* SHA-256 tree */
    uint8_t root_sm3[32];
    Findings findings; /* at most 1,000 */
} AuditReport;

/* What is audited; `progress(context, done, total)` may be NULL. */
typedef void (*AuditProgress)(void *context, int64_t done, int64_t total);
typedef struct AuditSource {
    Db *db;
    const Site *site; /* its keys, and the folder of its attachments */
    AuditProgress progress;
    void *context;
} AuditSource;

/* Reads in one snapshot; runs beside a serving site, where a file that is erased meanwhile is
 * reported as missing. Memory: about 2 KB an entry. Findings are no error. Beyond its reach is what
 * whoever holds the key file makes of the whole site; the last head taken away together with its
 * tiles while no entry follows it; and what no entry names: sessions, passwords, settings, and
 * uploads that still wait for their record. */
NODISCARD bool audit_verify(Arena *arena, const AuditSource *source, AuditReport *ret_report,
                            Err *err);

/* SHA-256 over all folded tables, each row in order of its key. */
NODISCARD bool audit_digest(Db *db, uint8_t ret_digest[32], Err *err);

/* In one transaction on the writer's connection of a site that nobody serves; load its office anew
 * afterwards. ERR_WRONG, and nothing is changed, when the journal or its tree is damaged. */
NODISCARD bool audit_rebuild(Arena *arena, const AuditSource *source, AuditReport *ret_report,
                             Err *err);

#endif
