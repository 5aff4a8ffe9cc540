/* SPDX-License-Identifier: Apache-2.0 */
#include "change/journal.h"

#include "query.h"

bool journal_open(Arena *arena, Db *db, Journal *ret_journal, Err *err)
{
    Journal journal = {.sha256 = frontier_open(TREE_SHA256), .sm3 = frontier_open(TREE_SM3)};
    QEntryLast last;
    QTreeStateGet tree;
    bool found, has_tree;
    if (!q_entry_last(db, arena, &last, &found, err) ||
        !q_tree_state_get(db, arena, &tree, &has_tree, err))
        return false;
    if (found) {
        journal.sequence = last.sequence;
        journal.recorded_at = last.recorded_at;
    }
    if (has_tree && (!frontier_parse(tree.sha256, TREE_SHA256, &journal.sha256, err) ||
                     !frontier_parse(tree.sm3, TREE_SM3, &journal.sm3, err)))
        return false;
    if (journal.sha256.size != (uint64_t)journal.sequence ||
        journal.sm3.size != (uint64_t)journal.sequence)
        return err_set(err, ERR_WRONG, MSG_journal_unreadable);
    *ret_journal = journal;
    return true;
}

bool journal_follow_head(Journal *journal, Arena *arena, Db *db, Err *err)
{
    QTreeHeadRow head;
    bool found;
    if (!q_tree_head_last(db, arena, &head, &found, err))
        return false;
    if (found) {
        journal->head_size = head.size;
        journal->head_signed_at = head.signed_at;
        journal->recorded_at = MAX(journal->recorded_at, head.signed_at);
    }
    return true;
}

bool journal_append(Journal *journal, Draft *draft, const Decision *decision,
                    JournalEntry *ret_entry, Err *err)
{
    JournalEntry made = {.record = decision->record};
    Leaf leaf;
    made.entry.header = (EntryHeader){
        .sequence = journal->sequence + 1,
        .recorded_at = MAX(draft->now, journal->recorded_at),
        .at = draft->at,
        .actor = draft->actor->name,
        .action = decision->action,
        .profile = str_slice(draft->office->profile->hash_hex, 0, 16),
    };
    if (journal->head_size == journal->sequence)
        made.head_signed_at = journal->head_signed_at;
    draft_fields(draft, &made.entry.fields, &made.entry.field_count);
    random_bytes(draft->random, made.entry.plain_salt, SALT_SIZE);
    random_bytes(draft->random, made.entry.text_salt, SALT_SIZE);
    if (!entry_check(&made.entry, err))
        return false;
    leaf = entry_leaf(draft->arena, &made.entry);
    made.leaf = leaf.sha256;
    frontier_add(&journal->sha256, &leaf.sha256);
    frontier_add(&journal->sm3, &leaf.sm3);
    journal->sequence = made.entry.header.sequence;
    journal->recorded_at = made.entry.header.recorded_at;
    *ret_entry = made;
    return true;
}

Hash journal_mac(Arena *arena, const uint8_t code[SECRET_SIZE], const JournalEntry *made)
{
    const EntryHeader *header = &made->entry.header;
    Str text = STR(arena, "entry:", header->sequence, " ", made->record, " ", made->head_signed_at,
                   " ", header->key.n, ":", header->key, header->form_hash.n, ":",
                   header->form_hash, hash_bytes(&made->leaf));
    Hash mac;
    crypto_keyed_hash(code, text, mac.bytes, HASH_SIZE);
    return mac;
}

bool journal_put(Arena *arena, Db *db, const uint8_t code[SECRET_SIZE], const JournalEntry *made,
                 Err *err)
{
    const Entry *entry = &made->entry;
    Hash mac = journal_mac(arena, code, made);
    return q_entry_put(db,
                       &(QEntryPutParams){
                           .sequence = entry->header.sequence,
                           .recorded_at = entry->header.recorded_at,
                           .at = entry->header.at,
                           .actor = entry->header.actor,
                           .action = entry->header.action,
                           .profile = entry->header.profile,
                           .record = made->record,
                           .key = entry->header.key,
                           .form_hash = entry->header.form_hash,
                           .mac = hash_bytes(&mac),
                           .plain = entry_write_part(arena, entry, false),
                           .text = entry_write_part(arena, entry, true),
                           .plain_salt = {(const char *)entry->plain_salt, SALT_SIZE},
                           .text_salt = {(const char *)entry->text_salt, SALT_SIZE},
                           .leaf = hash_bytes(&made->leaf),
                       },
                       err);
}

bool journal_put_state(Arena *arena, Db *db, const Journal *journal, Err *err)
{
    Buf sha256 = buf_open(arena), sm3 = buf_open(arena);
    frontier_write(&sha256, &journal->sha256);
    frontier_write(&sm3, &journal->sm3);
    return q_tree_state_put(db, journal->sequence, buf_str(&sha256), buf_str(&sm3), err);
}

bool journal_read(Arena *arena, const QEntryRow *row, Entry *ret_entry, Err *err)
{
    Entry entry = {
        .header = {.sequence = row->sequence,
                   .recorded_at = row->recorded_at,
                   .at = row->at,
                   .actor = row->actor,
                   .action = row->action,
                   .profile = row->profile,
                   .key = row->key,
                   .form_hash = row->form_hash},
    };
    if (row->plain_salt.n != SALT_SIZE || row->text_salt.n != SALT_SIZE)
        return err_set(err, ERR_WRONG, MSG_journal_unreadable);
    memcpy(entry.plain_salt, row->plain_salt.p, SALT_SIZE);
    memcpy(entry.text_salt, row->text_salt.p, SALT_SIZE);
    if (!entry_read_parts(arena, &entry, row->plain, row->text, err))
        return false;
    *ret_entry = entry;
    return true;
}

static bool read_tile(void *context, int level, uint64_t index, size_t width, Hash *ret_hashes,
                      Err *err)
{
    JournalTiles *tiles = context;
    QTileGet row;
    bool found;
    if (!q_tile_get(tiles->db, tiles->arena, level, (int64_t)index, &row, &found, err))
        return false;
    if (!found || row.hashes.n < width * HASH_SIZE)
        return err_set(err, ERR_WRONG, MSG_journal_tile_missing, STR(tiles->arena, level),
                       STR(tiles->arena, index));
    memcpy(ret_hashes, row.hashes.p, width * HASH_SIZE);
    return true;
}

TileSource journal_tiles(JournalTiles *tiles)
{
    return (TileSource){read_tile, tiles};
}
