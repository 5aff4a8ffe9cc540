/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - the Merkle tree of RFC 9162 section 2.1 over leaf hashes, and checking its proofs.
 *
 * A tree grows through its frontier: the roots of the perfect subtrees along its right edge, one
 * for each bit of its size. That is all that must be kept to append and to know the root. The
 * SHA-256 tree is also stored in tiles (tile.h), from which proofs are made (proof.h); of the SM3
 * tree over the same leaf inputs only the frontier is kept.
 * Pure functions; a Frontier belongs to its caller.
 */
#ifndef TONGXIN_TREE_H
#define TONGXIN_TREE_H

#include "base/err.h"
#include "ledger/digest.h"

#define TREE_SIZE_MAX (UINT64_C(1) << 62)
#define PROOF_MAX     64 /* hashes of a proof */

typedef enum TreeHash { TREE_SHA256, TREE_SM3 } TreeHash;

/* Size and root: what a checkpoint says. */
typedef struct TreeHead {
    uint64_t size; /* leaves */
    Hash root;
} TreeHead;

typedef struct Frontier {
    TreeHash hash;
    uint64_t size;
    Hash nodes[62]; /* nodes[h]: root of the subtree of 2^h leaves, when bit h of size is set */
} Frontier;

typedef struct Proof {
    Hash *p;
    size_t n; /* at most PROOF_MAX */
} Proof;

/* H(0x00 || input), H(0x01 || left || right), H() */
Hash tree_leaf(TreeHash hash, Str input);
Hash tree_node(TreeHash hash, const Hash *left, const Hash *right);
Hash tree_empty(TreeHash hash);

/* An empty tree; one leaf more; the root of what was added. */
Frontier frontier_open(TreeHash hash);
void frontier_add(Frontier *frontier, const Hash *leaf);
Hash frontier_root(const Frontier *frontier);
/* u64 size, then the nodes, the largest subtree first. */
void frontier_write(Buf *buf, const Frontier *frontier);
NODISCARD bool frontier_parse(Str bytes, TreeHash hash, Frontier *ret, Err *err);

/* RFC 9162 2.1.3.2: leaf number `index` (from 0) of the SHA-256 tree `head` is `leaf`. */
bool tree_inclusion_check(TreeHead head, uint64_t index, const Hash *leaf, Proof proof);
/* RFC 9162 2.1.4.2: the SHA-256 tree `second` begins with the tree `first`. The empty tree begins
 * every tree and needs an empty proof. */
bool tree_consistency_check(TreeHead first, TreeHead second, Proof proof);

#endif
