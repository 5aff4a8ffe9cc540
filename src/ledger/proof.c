/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/proof.h"

/* One proof in the making: the tiles read so far and the hashes found. */
typedef struct Prover {
    Arena *arena;
    const TileSource *source;
    uint64_t size; /* of the whole tree */
    TileVec tiles;
    Proof proof;
    Err *err;
} Prover;

/* [begin, begin + count): leaves under one node; begin is a multiple of the largest power of two
 * that is not above count. */
typedef struct Span {
    uint64_t begin;
    uint64_t count;
} Span;

static Prover prover_open(Arena *arena, const TileSource *source, uint64_t size, Err *err)
{
    Prover prover = {.arena = arena, .source = source, .size = size, .err = err};
    prover.proof.p = NEW_ARRAY(arena, Hash, PROOF_MAX);
    return prover;
}

static const Hash *find_tile(Prover *prover, int level, uint64_t index)
{
    for (size_t i = 0; i < prover->tiles.n; i++) {
        const Tile *tile = &prover->tiles.p[i];
        if (tile->level == level && tile->index == index)
            return tile->hashes;
    }
    uint64_t nodes = (prover->size >> (TILE_HEIGHT * level)) - index * TILE_WIDTH;
    Tile tile = {.level = level, .index = index, .width = MIN(nodes, TILE_WIDTH)};
    tile.hashes = NEW_ARRAY(prover->arena, Hash, TILE_WIDTH);
    if (!prover->source->read(prover->source->context, level, index, tile.width, tile.hashes,
                              prover->err))
        return NULL;
    *vec_push(prover->arena, &prover->tiles) = tile;
    return tile.hashes;
}

/* The node over the 2^height leaves from `begin`. */
static bool perfect_node(Prover *prover, uint64_t begin, int height, Hash *ret)
{
    int level = height / TILE_HEIGHT;
    uint64_t at = begin >> (TILE_HEIGHT * level);
    const Hash *hashes = find_tile(prover, level, at / TILE_WIDTH);
    if (!hashes)
        return false;
    *ret = tile_root(hashes + at % TILE_WIDTH, (size_t)1 << (height % TILE_HEIGHT));
    return true;
}

static int height_of(uint64_t count)
{
    return 63 - __builtin_clzll(count);
}

/* MTH(D[begin : begin + count]): the perfect subtrees from the left, joined from the right. */
static bool span_root(Prover *prover, Span span, Hash *ret)
{
    Hash parts[64];
    size_t count = 0;
    ASSERT(span.count > 0);
    while (span.count > 0) {
        int height = height_of(span.count);
        if (!perfect_node(prover, span.begin, height, &parts[count++]))
            return false;
        span.begin += UINT64_C(1) << height;
        span.count -= UINT64_C(1) << height;
    }
    Hash root = parts[--count];
    while (count > 0)
        root = tree_node(TREE_SHA256, &parts[--count], &root);
    *ret = root;
    return true;
}

/* The largest power of two below `count`, which is at least 2: where RFC 9162 splits. */
static uint64_t split_of(uint64_t count)
{
    return UINT64_C(1) << height_of(count - 1);
}

/* The walk goes from the root down and the proof lists from the leaf up. */
static void reverse(Proof *proof)
{
    for (size_t i = 0; i < proof->n / 2; i++) {
        Hash other = proof->p[i];
        proof->p[i] = proof->p[proof->n - 1 - i];
        proof->p[proof->n - 1 - i] = other;
    }
}

bool proof_root(Arena *arena, const TileSource *source, uint64_t size, Hash *ret, Err *err)
{
    if (size >= TREE_SIZE_MAX)
        return err_set(err, ERR_BAD_REQUEST, MSG_ledger_no_such_size);
    if (size == 0) {
        *ret = tree_empty(TREE_SHA256);
        return true;
    }
    Prover prover = prover_open(arena, source, size, err);
    return span_root(&prover, (Span){0, size}, ret);
}

bool proof_inclusion(Arena *arena, const TileSource *source, uint64_t index, uint64_t size,
                     Proof *ret, Err *err)
{
    if (index >= size || size >= TREE_SIZE_MAX)
        return err_set(err, ERR_BAD_REQUEST, MSG_ledger_no_such_leaf);
    Prover prover = prover_open(arena, source, size, err);
    Span span = {0, size};
    while (span.count > 1) {
        uint64_t split = split_of(span.count);
        Span left = {span.begin, split}, right = {span.begin + split, span.count - split};
        bool goes_left = index < right.begin;
        if (!span_root(&prover, goes_left ? right : left, &prover.proof.p[prover.proof.n++]))
            return false;
        span = goes_left ? left : right;
    }
    reverse(&prover.proof);
    *ret = prover.proof;
    return true;
}

bool proof_consistency(Arena *arena, const TileSource *source, uint64_t first, uint64_t second,
                       Proof *ret, Err *err)
{
    if (first > second || second >= TREE_SIZE_MAX)
        return err_set(err, ERR_BAD_REQUEST, MSG_ledger_no_such_size);
    Prover prover = prover_open(arena, source, second, err);
    Span span = {0, second};
    bool known = true; /* SUBPROOF's b: this subtree is the whole first tree */
    while (first > 0 && span.begin + span.count != first) {
        uint64_t split = split_of(span.count);
        Span left = {span.begin, split}, right = {span.begin + split, span.count - split};
        bool goes_left = first <= right.begin;
        if (!span_root(&prover, goes_left ? right : left, &prover.proof.p[prover.proof.n++]))
            return false;
        span = goes_left ? left : right;
        known = known && goes_left;
    }
    if (first > 0 && !known && !span_root(&prover, span, &prover.proof.p[prover.proof.n++]))
        return false;
    reverse(&prover.proof);
    *ret = prover.proof;
    return true;
}
