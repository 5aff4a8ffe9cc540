/* SPDX-License-Identifier: Apache-2.0 */
/* journal.h - the writer's end of the journal: what the next entry must follow. */
#ifndef TONGXIN_CHANGE_JOURNAL_H
#define TONGXIN_CHANGE_JOURNAL_H

#include "base/crypto.h"
#include "change/decide.h"
#include "ledger/tile.h"

typedef struct Journal {
    int64_t sequence;    /* of the last entry */
    Instant recorded_at; /* of the last entry or head: the next entry is never before it */
    int64_t head_size;   /* of the last head; 0: none was signed */
    Instant head_signed_at;
    Frontier sha256;
    Frontier sm3;
} Journal;

/* Reads where the journal ends. */
NODISCARD bool journal_open(Arena *arena, Db *db, Journal *ret_journal, Err *err);
/* Heads are signed beside the writer's entries: takes in the last one, so that what is appended
 * next is not before it, whatever the system's clock did meanwhile. */
NODISCARD bool journal_follow_head(Journal *journal, Arena *arena, Db *db, Err *err);

/* An entry with what its row needs beside it. */
typedef struct JournalEntry {
    Entry entry;
    int64_t record;
    Hash leaf;
    Instant head_signed_at; /* of the head that was signed just before it; 0: none was */
} JournalEntry;
/* Makes the entry of a decided draft, with salts drawn from the draft's source, and moves the
 * journal on in memory. The entry lives in the draft's arena. */
NODISCARD bool journal_append(Journal *journal, Draft *draft, const Decision *decision,
                              JournalEntry *ret_entry, Err *err);
/* What no leaf says, bound to the entry with the site's key `code`: the record it is about, its
 * idempotency key, the hash of its form, and whether and when a head was signed just before it. A
 * head of size N is written between the entries N and N + 1, so entry N + 1 vouches for it. */
Hash journal_mac(Arena *arena, const uint8_t code[SECRET_SIZE], const JournalEntry *entry);
/* Writes an entry's row. */
NODISCARD bool journal_put(Arena *arena, Db *db, const uint8_t code[SECRET_SIZE],
                           const JournalEntry *entry, Err *err);
/* Writes the frontiers after the last entry of a batch. */
NODISCARD bool journal_put_state(Arena *arena, Db *db, const Journal *journal, Err *err);

struct QEntryRow;
/* An Entry out of its row; the header's texts stay the row's. ERR_WRONG: the row is damaged. */
NODISCARD bool journal_read(Arena *arena, const struct QEntryRow *row, Entry *ret_entry, Err *err);

/* The stored tiles, for proofs; ERR_WRONG: one is missing or too short. */
typedef struct JournalTiles {
    Db *db;
    Arena *arena;
} JournalTiles;
/* The source reads through `tiles`, which must outlive it. */
TileSource journal_tiles(JournalTiles *tiles);

#endif
