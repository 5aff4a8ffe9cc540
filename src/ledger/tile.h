/* SPDX-License-Identifier: Apache-2.0 */
/* tile.h - the stored nodes of the SHA-256 tree (C2SP tlog-tiles).
 *
 * A tile (level, index) holds up to 256 neighbouring nodes of the tree at height 8 * level: tile
 * (0, 0) the leaves 0 to 255, tile (1, 0) the roots of the first 256 full tiles of level 0. Nodes
 * between are computed from a tile, so a proof in a tree of n leaves reads about log256 n tiles
 * along its path and as many along the right edge.
 *
 * Only the last tile of a level is partial; a row of table tile is replaced while it grows.
 * Storing is done by the caller through TileSource and the tiles that tiles_grow returns.
 */
#ifndef TONGXIN_TILE_H
#define TONGXIN_TILE_H

#include "base/vec.h"
#include "ledger/tree.h"

#define TILE_WIDTH  256
#define TILE_HEIGHT 8
#define TILE_LEVELS 8 /* 256^8 leaves are more than TREE_SIZE_MAX */

typedef struct Tile {
    int level;      /* 0..TILE_LEVELS-1 */
    uint64_t index; /* from 0 */
    size_t width;   /* 1..TILE_WIDTH */
    Hash *hashes;   /* `width` of them; stored as width * 32 bytes in a row */
} Tile;

typedef VEC(Tile) TileVec;

/* Where stored tiles are read. `read` gives the first `width` hashes of a tile; the stored tile may
 * be wider. It fails (ERR_WRONG or what the store says) when the tile is missing or narrower. */
typedef struct TileSource {
    bool (*read)(void *context, int level, uint64_t index, size_t width, Hash *ret_hashes,
                 Err *err);
    void *context;
} TileSource;

/* The tiles to write, lower levels first, when `count` leaves are added behind the first
 * `old_size`: all that are new or became wider, each whole. Partial tiles of the old tree are read
 * from `source`. Tiles are in `arena`. */
NODISCARD bool tiles_grow(Arena *arena, const TileSource *source, uint64_t old_size,
                          const Hash *leaves, size_t count, TileVec *ret, Err *err);

/* The root of 2^k neighbouring hashes (count = 1, 2, 4 .. 256) of the SHA-256 tree. */
Hash tile_root(const Hash *hashes, size_t count);

#endif
