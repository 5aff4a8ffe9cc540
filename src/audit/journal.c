/* SPDX-License-Identifier: Apache-2.0 */
#include "change/journal.h"
#include "audit/audit_internal.h"
#include "change/fold.h"

#include "query.h"

#define PROGRESS_EVERY 1000

void finding_add(Arena *arena, AuditReport *report, Str table, Str row, MessageId message, Str a,
                 Str b)
{
    if (report->findings.n >= FINDINGS_MAX)
        return;
    *vec_push(arena, &report->findings) = (Finding){.table = table,
                                                    .row = row,
                                                    .message = message,
                                                    .args = {str_dup(arena, a), str_dup(arena, b)}};
}

typedef struct Reading {
    Arena *arena;
    Arena *scratch; /* of one entry */
    const Site *site;
    Journalled *journal;
    AuditReport *report;
} Reading;

static void entry_finding(Reading *reading, int64_t sequence, MessageId message, Str a)
{
    finding_add(reading->arena, reading->report, S("entry"), STR(reading->arena, sequence), message,
                a, S(""));
}

/* What stands beside the leaf, and the head just before the entry. */
static void check_beside(Reading *reading, const QEntryRow *row, const Entry *entry,
                         const Leaf *leaf)
{
    const Instant *signed_at = map_find_id(&reading->journal->heads, row->sequence - 1);
    JournalEntry made = {*entry, row->record, leaf->sha256, signed_at ? *signed_at : 0};
    Hash mac = journal_mac(reading->scratch, reading->site->keys.code, &made);
    if (!str_eq(row->mac, hash_bytes(&mac)))
        entry_finding(reading, row->sequence, MSG_audit_beside, S(""));
}

static void check_order(Reading *reading, const QEntryRow *row)
{
    const Journalled *journal = reading->journal;
    size_t count = journal->recorded.n;
    if (row->sequence != (int64_t)count + 1)
        entry_finding(reading, row->sequence, MSG_audit_entry_gap,
                      STR(reading->scratch, count + 1));
    if (count && row->recorded_at < journal->recorded.p[count - 1])
        entry_finding(reading, row->sequence, MSG_audit_entry_column, S("recorded_at"));
}

/* The tree grows by what the entry says, not by what its row says its hash is. */
static void take_leaf(Reading *reading, const QEntryRow *row, const Leaf *leaf)
{
    Journalled *journal = reading->journal;
    if (!str_eq(row->leaf, hash_bytes(&leaf->sha256)))
        entry_finding(reading, row->sequence, MSG_audit_leaf, S(""));
    *vec_push(reading->arena, &journal->leaves) = leaf->sha256;
    *vec_push(reading->arena, &journal->leaves_sm3) = leaf->sm3;
    *vec_push(reading->arena, &journal->recorded) = row->recorded_at;
    frontier_add(&journal->sha256, &leaf->sha256);
    frontier_add(&journal->sm3, &leaf->sm3);
}

static void take_entry(Reading *reading, const QEntryRow *row)
{
    Err why = {0};
    Entry entry;
    Leaf leaf = {0};
    check_order(reading, row);
    if (!journal_read(reading->scratch, row, &entry, &why)) {
        entry_finding(reading, row->sequence, MSG_audit_unreadable, S(""));
        take_leaf(reading, row, &leaf);
        return;
    }
    leaf = entry_leaf(reading->scratch, &entry);
    take_leaf(reading, row, &leaf);
    check_beside(reading, row, &entry, &leaf);
    audit_kept_take(reading->arena, reading->journal, &entry);
    if (!fold_entry(&reading->journal->state, &entry, &why))
        entry_finding(reading, row->sequence, MSG_audit_unreadable, S(""));
}

static bool read_heads(Arena *arena, Db *db, Map *heads, Err *err)
{
    QTreeHeadRow row;
    DbRows rows;
    if (!q_tree_head_every_open(db, &rows, err))
        return false;
    while (q_tree_head_every_next(&rows, &row)) {
        Instant *signed_at = NEW(arena, Instant);
        *signed_at = row.signed_at;
        map_set_id(heads, row.size, signed_at);
    }
    return db_rows_close(&rows, err);
}

bool audit_journal(Arena *arena, const AuditSource *source, Journalled *ret_journal,
                   AuditReport *report, Err *err)
{
    Reading reading = {arena, arena_open(), source->site, ret_journal, report};
    QEntryLast last;
    QEntryRow row;
    DbRows rows;
    bool found, opened;
    int64_t done = 0;
    *ret_journal = (Journalled){.state = state_open(arena, NULL),
                                .sha256 = frontier_open(TREE_SHA256),
                                .sm3 = frontier_open(TREE_SM3),
                                .heads = map_open(arena),
                                .contacts = map_open(arena),
                                .files = map_open(arena)};
    opened = read_heads(arena, source->db, &ret_journal->heads, err) &&
             q_entry_last(source->db, arena, &last, &found, err) &&
             q_entry_after_open(source->db, INT64_MIN, &rows, err);
    while (opened && q_entry_after_next(&rows, &row)) {
        take_entry(&reading, &row);
        arena_reset(reading.scratch);
        if (++done % PROGRESS_EVERY == 0 && source->progress)
            source->progress(source->context, done, last.sequence);
    }
    arena_close(reading.scratch);
    report->entries = done;
    return opened && db_rows_close(&rows, err);
}
