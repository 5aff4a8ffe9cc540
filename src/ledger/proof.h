/* SPDX-License-Identifier: Apache-2.0 */
/* proof.h - making the proofs of RFC 9162 section 2.1 from stored tiles.
 *
 * Each function reads O(log256 n) tiles, once each, and returns hashes in `arena`. Sizes may be any
 * size the tiles cover, also one between two checkpoints. Checking is in tree.h.
 */
#ifndef TONGXIN_PROOF_H
#define TONGXIN_PROOF_H

#include "ledger/tile.h"

/* The root of the first `size` leaves; the empty tree's for 0. */
NODISCARD bool proof_root(Arena *arena, const TileSource *source, uint64_t size, Hash *ret,
                          Err *err);
/* That leaf `index` (from 0) is in the tree of `size` leaves: PATH(index, D[size]).
 * ERR_BAD_REQUEST unless index < size < TREE_SIZE_MAX. */
NODISCARD bool proof_inclusion(Arena *arena, const TileSource *source, uint64_t index,
                               uint64_t size, Proof *ret, Err *err);
/* That the tree of `second` leaves begins with the tree of `first`: PROOF(first, D[second]); empty
 * when first is 0 or equal to second. ERR_BAD_REQUEST unless first <= second < TREE_SIZE_MAX. */
NODISCARD bool proof_consistency(Arena *arena, const TileSource *source, uint64_t first,
                                 uint64_t second, Proof *ret, Err *err);

#endif
