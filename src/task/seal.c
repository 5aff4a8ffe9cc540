/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing: tiles and a signed head over what was recorded since the last one. */
#include "change/journal.h"
#include "ledger/checkpoint.h"
#include "task/task.h"

#include "query.h"

typedef struct Sealing {
    Site *site;
    Arena *arena;
    Db *db;
    int64_t sealed; /* size of the last head */
} Sealing;

static bool seal_leaves(Sealing *sealing, int64_t size, const Hash **ret_leaves, Err *err)
{
    Hash *leaves = NEW_ARRAY(sealing->arena, Hash, (size_t)(size - sealing->sealed));
    QEntryLeaves row;
    DbRows rows;
    int64_t count = 0;
    if (!q_entry_leaves_open(sealing->db, sealing->sealed + 1, size, &rows, err))
        return false;
    while (q_entry_leaves_next(&rows, &row) && row.leaf.n == HASH_SIZE)
        memcpy(leaves[count++].bytes, row.leaf.p, HASH_SIZE);
    if (!db_rows_close(&rows, err))
        return false;
    *ret_leaves = leaves;
    return count == size - sealing->sealed || err_set(err, ERR_WRONG, MSG_journal_unreadable);
}

static bool seal_tiles(Sealing *sealing, int64_t size, Err *err)
{
    JournalTiles stored = {sealing->db, sealing->arena};
    TileSource source = journal_tiles(&stored);
    const Hash *leaves;
    TileVec tiles;
    if (!seal_leaves(sealing, size, &leaves, err) ||
        !tiles_grow(sealing->arena, &source, (uint64_t)sealing->sealed, leaves,
                    (size_t)(size - sealing->sealed), &tiles, err))
        return false;
    for (size_t i = 0; i < tiles.n; i++) {
        const Tile *tile = &tiles.p[i];
        Str hashes = {(const char *)tile->hashes, tile->width * HASH_SIZE};
        if (!q_tile_put(sealing->db, tile->level, (int64_t)tile->index, hashes, err))
            return false;
    }
    return true;
}

static Str seal_own_name(Sealing *sealing)
{
    SigningKey key = signing_key(sealing->site->keys.sign);
    Buf name = buf_open(sealing->arena);
    buf_add(&name, S("tongxin/"));
    buf_hex(&name, key.public_key, 8);
    signing_key_close(&key);
    return buf_str(&name);
}

/* Which journal it is: what the site was told, else made from the public key, so that no two sites
 * have one name. */
static bool seal_origin(Sealing *sealing, Str *ret_origin, Err *err)
{
    QSettingGet row;
    bool found;
    if (!q_setting_get(sealing->db, sealing->arena, S("origin"), &row, &found, err))
        return false;
    if (found && row.value.n)
        *ret_origin = row.value;
    else
        *ret_origin = seal_own_name(sealing);
    return true;
}

static bool seal_head(Sealing *sealing, const QTreeStateGet *tree, Err *err)
{
    SigningKey key = signing_key(sealing->site->keys.sign);
    Checkpoint checkpoint = {.has_sm3 = true};
    Frontier sha256, sm3;
    QEntryLast last;
    Instant signed_at;
    bool put, found;
    if (!frontier_parse(tree->sha256, TREE_SHA256, &sha256, err) ||
        !frontier_parse(tree->sm3, TREE_SM3, &sm3, err) ||
        !q_entry_last(sealing->db, sealing->arena, &last, &found, err) ||
        !seal_origin(sealing, &checkpoint.origin, err)) {
        signing_key_close(&key);
        return false;
    }
    checkpoint.head = (TreeHead){sha256.size, frontier_root(&sha256)};
    checkpoint.sm3_root = frontier_root(&sm3);
    /* A clock that was set back does not make a head older than what it is over. */
    signed_at = MAX(site_now(sealing->site), found ? last.recorded_at : 0);
    put = q_tree_head_put(sealing->db, tree->size, hash_bytes(&checkpoint.head.root),
                          hash_bytes(&checkpoint.sm3_root), signed_at,
                          checkpoint_sign(sealing->arena, &checkpoint, &key), err);
    signing_key_close(&key);
    return put;
}

static bool seal_run(Db *db, Arena *arena, void *context, Err *err)
{
    Sealing sealing = {.site = context, .arena = arena, .db = db};
    QTreeStateGet tree;
    QTreeHeadRow last;
    bool has_tree, has_head;
    if (!q_tree_state_get(db, arena, &tree, &has_tree, err) ||
        !q_tree_head_last(db, arena, &last, &has_head, err))
        return false;
    sealing.sealed = has_head ? last.size : 0;
    if (!has_tree || tree.size <= sealing.sealed)
        return true;
    return seal_tiles(&sealing, tree.size, err) && seal_head(&sealing, &tree, err);
}

/* Looked at from a reader first, so that the writer is left alone when nothing is new. */
static bool seal_is_due(Arena *arena, const Site *site, bool *ret_due, Err *err)
{
    QEntryLast entry;
    QTreeHeadRow head;
    bool has_entry, has_head;
    Db *db;
    if (!site_reader(arena, site, &db, err) || !q_entry_last(db, arena, &entry, &has_entry, err) ||
        !q_tree_head_last(db, arena, &head, &has_head, err))
        return false;
    db_close(db);
    *ret_due = has_entry && (!has_head || head.size < entry.sequence);
    return true;
}

bool task_seal(Site *site, Err *err)
{
    Arena *arena = arena_open();
    Job job = {.housekeep = seal_run, .context = site, .arena = arena};
    bool due = false;
    bool done =
        seal_is_due(arena, site, &due, err) && (!due || writer_run(site->writer, &job, err));
    arena_close(arena);
    return done;
}
