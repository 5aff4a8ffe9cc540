/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

Str from_hex(Arena *arena, const char *hex)
{
    static const char digits[] = "0123456789abcdef";
    Buf buf = buf_open(arena);
    for (; hex[0] && hex[1]; hex += 2) {
        const char *high = strchr(digits, hex[0]), *low = strchr(digits, hex[1]);
        assert_true(high && low);
        buf_byte(&buf, (char)((high - digits) * 16 + (low - digits)));
    }
    return buf_str(&buf);
}

const char *to_hex(Arena *arena, Str bytes)
{
    Buf buf = buf_open(arena);
    buf_hex(&buf, bytes.p, bytes.n);
    return str_c(arena, buf_str(&buf));
}

Hash hash_from_hex(const char *hex)
{
    Hash hash = {{0}};
    assert_true(hash_parse(str_from_c(hex), &hash));
    return hash;
}

void assert_bytes(Arena *arena, Str actual, const char *expected_hex)
{
    assert_string_equal(to_hex(arena, actual), expected_hex);
}

void assert_hash(Arena *arena, Hash actual, const char *expected_hex)
{
    assert_bytes(arena, hash_bytes(&actual), expected_hex);
}

Entry vector_entry(Arena *arena)
{
    static const EntryField fields[] = {
        {.name = S_CONST("1024.due_on"), .value = S_CONST("20542")},
        {.name = S_CONST("1024.lead"), .value = S_CONST("31")},
        {.name = S_CONST("1024.status"), .value = S_CONST("\"assigned\"")},
        {.name = S_CONST("1024.note"), .value = S_CONST("\"请于三日内联系企业\""), .text = true},
        {.name = S_CONST("1025.title"), .value = S_CONST("\"路灯\""), .text = true},
    };
    Entry entry = {
        .header = {.sequence = 7,
                   .recorded_at = 1700000000123456,
                   .at = 1699999999000000,
                   .actor = S("account:12"),
                   .action = S("enterprise_request.assign"),
                   .profile = S("0000000000000000000000000000000000000000000000000000000000000000"),
                   .key = S("not in the leaf")},
        .fields = arena_copy(arena, fields, sizeof(fields)),
        .field_count = COUNT_OF(fields),
    };
    for (uint8_t i = 0; i < SALT_SIZE; i++) {
        entry.plain_salt[i] = i;
        entry.text_salt[i] = (uint8_t)(SALT_SIZE + i);
    }
    return entry;
}

/* ---- trees ---- */

Hash *some_leaves(Arena *arena, size_t count)
{
    Hash *leaves = NEW_ARRAY(arena, Hash, count);
    for (size_t i = 0; i < count; i++)
        leaves[i] = tree_leaf(TREE_SHA256, (Str){(const char *)&i, sizeof(i)});
    return leaves;
}

static size_t split(size_t count)
{
    size_t k = 1;
    while (k * 2 < count)
        k *= 2;
    return k;
}

Hash slow_root(TreeHash hash, const Hash *leaves, size_t count)
{
    if (count == 0)
        return hash == TREE_SM3 ? hash_sm3((Str){0}) : hash_sha256((Str){0});
    if (count == 1)
        return leaves[0];
    size_t k = split(count);
    Hash left = slow_root(hash, leaves, k), right = slow_root(hash, leaves + k, count - k);
    char bytes[1 + 2 * HASH_SIZE] = {1};
    memcpy(bytes + 1, left.bytes, HASH_SIZE);
    memcpy(bytes + 1 + HASH_SIZE, right.bytes, HASH_SIZE);
    Str input = {bytes, sizeof(bytes)};
    return hash == TREE_SM3 ? hash_sm3(input) : hash_sha256(input);
}

static Proof proof_with(Arena *arena, Proof proof, Hash last)
{
    Proof longer = {NEW_ARRAY(arena, Hash, proof.n + 1), proof.n + 1};
    for (size_t i = 0; i < proof.n; i++)
        longer.p[i] = proof.p[i];
    longer.p[proof.n] = last;
    return longer;
}

Proof slow_inclusion(Arena *arena, size_t index, const Hash *leaves, size_t count)
{
    if (count == 1)
        return (Proof){0};
    size_t k = split(count);
    if (index < k)
        return proof_with(arena, slow_inclusion(arena, index, leaves, k),
                          slow_root(TREE_SHA256, leaves + k, count - k));
    return proof_with(arena, slow_inclusion(arena, index - k, leaves + k, count - k),
                      slow_root(TREE_SHA256, leaves, k));
}

static Proof subproof(Arena *arena, size_t m, const Hash *leaves, size_t count, bool known)
{
    if (m == count && known)
        return (Proof){0};
    if (m == count)
        return proof_with(arena, (Proof){0}, slow_root(TREE_SHA256, leaves, count));
    size_t k = split(count);
    if (m <= k)
        return proof_with(arena, subproof(arena, m, leaves, k, known),
                          slow_root(TREE_SHA256, leaves + k, count - k));
    return proof_with(arena, subproof(arena, m - k, leaves + k, count - k, false),
                      slow_root(TREE_SHA256, leaves, k));
}

Proof slow_consistency(Arena *arena, size_t first, const Hash *leaves, size_t count)
{
    return first == 0 ? (Proof){0} : subproof(arena, first, leaves, count, true);
}

/* ---- tiles ---- */

static Tile *find(TileShelf *shelf, int level, uint64_t index)
{
    for (size_t i = 0; i < shelf->tiles.n; i++) {
        Tile *tile = &shelf->tiles.p[i];
        if (tile->level == level && tile->index == index)
            return tile;
    }
    return NULL;
}

static bool read_tile(void *context, int level, uint64_t index, size_t width, Hash *ret_hashes,
                      Err *err)
{
    TileShelf *shelf = context;
    const Tile *tile = find(shelf, level, index);
    shelf->reads++;
    if (!tile || tile->width < width)
        return err_set(err, ERR_WRONG, MSG_ledger_no_such_size);
    memcpy(ret_hashes, tile->hashes, width * sizeof(Hash));
    return true;
}

TileSource shelf_source(TileShelf *shelf)
{
    return (TileSource){read_tile, shelf};
}

void shelf_put(TileShelf *shelf, TileVec tiles)
{
    for (size_t i = 0; i < tiles.n; i++) {
        Tile *old = find(shelf, tiles.p[i].level, tiles.p[i].index);
        if (old)
            *old = tiles.p[i];
        else
            *vec_push(shelf->arena, &shelf->tiles) = tiles.p[i];
    }
}

TileShelf shelf_of(Arena *arena, const Hash *leaves, size_t count)
{
    TileShelf shelf = {.arena = arena};
    TileSource source = shelf_source(&shelf);
    TileVec tiles = {0};
    assert_true(tiles_grow(arena, &source, 0, leaves, count, &tiles, NULL));
    shelf_put(&shelf, tiles);
    return shelf;
}
