/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/tile.h"

Hash tile_root(const Hash *hashes, size_t count)
{
    ASSERT(count >= 1 && count <= TILE_WIDTH && (count & (count - 1)) == 0);
    Hash row[TILE_WIDTH];
    memcpy(row, hashes, count * sizeof(*hashes));
    for (; count > 1; count /= 2) {
        for (size_t i = 0; i < count / 2; i++)
            row[i] = tree_node(TREE_SHA256, &row[2 * i], &row[2 * i + 1]);
    }
    return row[0];
}

typedef VEC(Hash) HashVec;

typedef struct Grower {
    Arena *arena;
    const TileSource *source;
    TileVec tiles;
    Err *err;
} Grower;

/* Begins the tile that node number `at` of the level falls in, with what was stored of it. */
static bool begin_tile(Grower *grower, int level, uint64_t at, Tile *ret)
{
    Tile tile = {.level = level, .index = at / TILE_WIDTH, .width = at % TILE_WIDTH};
    tile.hashes = NEW_ARRAY(grower->arena, Hash, TILE_WIDTH);
    if (tile.width > 0 && !grower->source->read(grower->source->context, level, tile.index,
                                                tile.width, tile.hashes, grower->err))
        return false;
    *ret = tile;
    return true;
}

/* Adds the nodes of one level and gives the roots of the tiles that became full. */
static bool grow_level(Grower *grower, int level, uint64_t at, HashVec nodes, HashVec *ret_full)
{
    HashVec full = {0};
    for (size_t i = 0; i < nodes.n;) {
        Tile tile = {0};
        if (!begin_tile(grower, level, at + i, &tile))
            return false;
        while (tile.width < TILE_WIDTH && i < nodes.n)
            tile.hashes[tile.width++] = nodes.p[i++];
        if (tile.width == TILE_WIDTH)
            *vec_push(grower->arena, &full) = tile_root(tile.hashes, TILE_WIDTH);
        *vec_push(grower->arena, &grower->tiles) = tile;
    }
    *ret_full = full;
    return true;
}

bool tiles_grow(Arena *arena, const TileSource *source, uint64_t old_size, const Hash *leaves,
                size_t count, TileVec *ret, Err *err)
{
    ASSERT(old_size < TREE_SIZE_MAX && count < TREE_SIZE_MAX - old_size);
    Grower grower = {.arena = arena, .source = source, .err = err};
    HashVec nodes = {0};
    for (size_t i = 0; i < count; i++)
        *vec_push(arena, &nodes) = leaves[i];
    for (int level = 0; nodes.n > 0; level++) {
        uint64_t at = old_size >> (TILE_HEIGHT * level);
        if (!grow_level(&grower, level, at, nodes, &nodes))
            return false;
    }
    *ret = grower.tiles;
    return true;
}
