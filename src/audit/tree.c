/* SPDX-License-Identifier: Apache-2.0 */
/* The tree over the journal: where it ends, what was signed, what proofs are made from. */
#include "audit/audit_internal.h"
#include "ledger/checkpoint.h"
#include "ledger/tile.h"

#include "query.h"

typedef struct TreeAudit {
    Arena *arena;
    Db *db;
    const Journalled *journal;
    AuditReport *report;
    VerifyKey key;   /* of this site; the name is that of the note looked at */
    uint64_t sealed; /* size of the last head: as far as the tiles go */
} TreeAudit;

static void tree_finding(TreeAudit *audit, Str table, Str row, MessageId message)
{
    finding_add(audit->arena, audit->report, table, row, message, S(""), S(""));
}

static bool audit_state(TreeAudit *audit, Err *err)
{
    Buf sha256 = buf_open(audit->arena), sm3 = buf_open(audit->arena);
    QTreeStateGet row;
    bool found, same;
    if (!q_tree_state_get(audit->db, audit->arena, &row, &found, err))
        return false;
    frontier_write(&sha256, &audit->journal->sha256);
    frontier_write(&sm3, &audit->journal->sm3);
    same = found && row.size == (int64_t)audit->journal->leaves.n &&
           str_eq(row.sha256, buf_str(&sha256)) && str_eq(row.sm3, buf_str(&sm3));
    if (!same && (found || audit->journal->leaves.n))
        tree_finding(audit, S("tree_state"), S("1"), MSG_audit_frontier);
    return true;
}

/* ---- signed heads ---- */

/* One signature, by the site's key, under exactly the text that these trees give. The first line
 * says under which name the journal was signed. */
static bool note_is_ours(TreeAudit *audit, const QTreeHeadRow *row, const Frontier *sha256,
                         const Frontier *sm3)
{
    VerifyKey key = audit->key;
    Str rest = row->note, signature = {0}, text;
    Checkpoint checkpoint = {.head = {(uint64_t)row->size, frontier_root(sha256)},
                             .has_sm3 = true,
                             .sm3_root = frontier_root(sm3)};
    if (!str_next(&rest, '\n', &key.name) || key.name.n == 0)
        return false;
    checkpoint.origin = key.name;
    text = STR(audit->arena, checkpoint_text(audit->arena, &checkpoint), "\n");
    if (!str_starts(row->note, text))
        return false;
    rest = str_slice(row->note, text.n, row->note.n);
    return str_next(&rest, '\n', &signature) && rest.n == 0 && str_ends(row->note, S("\n")) &&
           checkpoint_check(audit->arena, row->note, &key, &checkpoint, NULL);
}

/* The entry after a head vouches for the moment exactly, by its code, also where a clock was set
 * back in between; only the last head has none. */
static bool head_time_fits(const TreeAudit *audit, const QTreeHeadRow *row)
{
    size_t size = (size_t)row->size;
    return size < audit->journal->leaves.n ||
           row->signed_at >= audit->journal->recorded.p[size - 1];
}

static void audit_head(TreeAudit *audit, const QTreeHeadRow *row, const Frontier *sha256,
                       const Frontier *sm3)
{
    Hash root = frontier_root(sha256), root_sm3 = frontier_root(sm3);
    Str name = STR(audit->arena, row->size);
    if (!str_eq(row->root, hash_bytes(&root)) || !str_eq(row->root_sm3, hash_bytes(&root_sm3)))
        tree_finding(audit, S("tree_head"), name, MSG_audit_root);
    else if (!note_is_ours(audit, row, sha256, sm3))
        tree_finding(audit, S("tree_head"), name, MSG_audit_note);
    else if (!head_time_fits(audit, row))
        tree_finding(audit, S("tree_head"), name, MSG_audit_signed_at);
}

/* Both trees grow once more, and stop at the size of each head. */
static bool audit_heads(TreeAudit *audit, Err *err)
{
    const Journalled *journal = audit->journal;
    Frontier sha256 = frontier_open(TREE_SHA256), sm3 = frontier_open(TREE_SM3);
    QTreeHeadRow row;
    DbRows rows;
    if (!q_tree_head_every_open(audit->db, &rows, err))
        return false;
    while (q_tree_head_every_next(&rows, &row)) {
        ArenaMark mark = arena_mark(audit->arena);
        size_t before = audit->report->findings.n;
        if (row.size < 1 || (uint64_t)row.size > journal->leaves.n) {
            tree_finding(audit, S("tree_head"), STR(audit->arena, row.size), MSG_audit_root);
            continue;
        }
        while (sha256.size < (uint64_t)row.size) {
            frontier_add(&sm3, &journal->leaves_sm3.p[sha256.size]);
            frontier_add(&sha256, &journal->leaves.p[sha256.size]);
        }
        audit->sealed = (uint64_t)row.size;
        audit_head(audit, &row, &sha256, &sm3);
        if (audit->report->findings.n == before)
            arena_rewind(audit->arena, mark);
    }
    return db_rows_close(&rows, err);
}

/* ---- tiles ---- */

static bool no_tile(void *context, int level, uint64_t index, size_t width, Hash *ret_hashes,
                    Err *err)
{
    (void)context, (void)level, (void)index, (void)width, (void)ret_hashes;
    return err_set(err, ERR_INTERNAL, MSG_internal_error);
}

static int tile_order(const Tile *tile, const QTileEvery *row)
{
    if (tile->level != row->level)
        return tile->level < row->level ? -1 : 1;
    return (int64_t)tile->index < row->number ? -1 : (int64_t)tile->index > row->number;
}

static void tile_finding(TreeAudit *audit, int64_t level, int64_t number)
{
    tree_finding(audit, S("tile"), STR(audit->arena, level, "/", number), MSG_audit_tile);
}

static bool audit_tiles(TreeAudit *audit, Err *err)
{
    TileSource source = {no_tile, NULL};
    TileVec tiles = {0};
    QTileEvery row;
    DbRows rows;
    size_t at = 0;
    if (!tiles_grow(audit->arena, &source, 0, audit->journal->leaves.p, audit->sealed, &tiles,
                    err) ||
        !q_tile_every_open(audit->db, &rows, err))
        return false;
    while (q_tile_every_next(&rows, &row)) {
        for (; at < tiles.n && tile_order(&tiles.p[at], &row) < 0; at++)
            tile_finding(audit, tiles.p[at].level, (int64_t)tiles.p[at].index);
        if (at < tiles.n && tile_order(&tiles.p[at], &row) == 0) {
            Str hashes = {(const char *)tiles.p[at].hashes, tiles.p[at].width * HASH_SIZE};
            if (!str_eq(hashes, row.hashes))
                tile_finding(audit, row.level, row.number);
            at++;
        } else {
            tile_finding(audit, row.level, row.number);
        }
    }
    for (; at < tiles.n; at++)
        tile_finding(audit, tiles.p[at].level, (int64_t)tiles.p[at].index);
    return db_rows_close(&rows, err);
}

bool audit_tree(Arena *arena, const AuditSource *source, const Journalled *journal,
                AuditReport *report, Err *err)
{
    TreeAudit audit = {.arena = arena, .db = source->db, .journal = journal, .report = report};
    SigningKey key = signing_key(source->site->keys.sign);
    Hash root = frontier_root(&journal->sha256), root_sm3 = frontier_root(&journal->sm3);
    memcpy(audit.key.public_key, key.public_key, PUBLIC_KEY_SIZE);
    signing_key_close(&key);
    memcpy(report->root, root.bytes, HASH_SIZE);
    memcpy(report->root_sm3, root_sm3.bytes, HASH_SIZE);
    return audit_state(&audit, err) && audit_heads(&audit, err) && audit_tiles(&audit, err);
}
