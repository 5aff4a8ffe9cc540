/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/tree.h"
#include "ledger/bytes.h"

static Hash digest(TreeHash hash, const Str *pieces, size_t count)
{
    if (hash == TREE_SM3)
        return hash_sm3_pieces(pieces, count);
    Sha256 sha = sha256_begin();
    for (size_t i = 0; i < count; i++)
        sha256_add(&sha, pieces[i]);
    return sha256_end(&sha);
}

Hash tree_leaf(TreeHash hash, Str input)
{
    static const char zero[1] = {0};
    Str pieces[] = {{zero, 1}, input};
    return digest(hash, pieces, COUNT_OF(pieces));
}

Hash tree_node(TreeHash hash, const Hash *left, const Hash *right)
{
    static const char one[1] = {1};
    Str pieces[] = {{one, 1}, hash_bytes(left), hash_bytes(right)};
    return digest(hash, pieces, COUNT_OF(pieces));
}

Hash tree_empty(TreeHash hash)
{
    return digest(hash, NULL, 0);
}

/* ---- frontier ---- */

Frontier frontier_open(TreeHash hash)
{
    return (Frontier){.hash = hash};
}

void frontier_add(Frontier *frontier, const Hash *leaf)
{
    ASSERT(frontier->size < TREE_SIZE_MAX - 1);
    Hash node = *leaf;
    int height = 0;
    /* As adding 1 to a binary number: each carry joins two subtrees. */
    for (; (frontier->size >> height) & 1; height++)
        node = tree_node(frontier->hash, &frontier->nodes[height], &node);
    frontier->nodes[height] = node;
    frontier->size++;
}

Hash frontier_root(const Frontier *frontier)
{
    if (frontier->size == 0)
        return tree_empty(frontier->hash);
    int height = __builtin_ctzll(frontier->size);
    Hash root = frontier->nodes[height];
    while (++height < (int)COUNT_OF(frontier->nodes)) {
        if ((frontier->size >> height) & 1)
            root = tree_node(frontier->hash, &frontier->nodes[height], &root);
    }
    return root;
}

void frontier_write(Buf *buf, const Frontier *frontier)
{
    bytes_u64(buf, frontier->size);
    for (int height = COUNT_OF(frontier->nodes) - 1; height >= 0; height--) {
        if ((frontier->size >> height) & 1)
            bytes_hash(buf, &frontier->nodes[height]);
    }
}

bool frontier_parse(Str bytes, TreeHash hash, Frontier *ret, Err *err)
{
    Frontier frontier = {.hash = hash};
    ByteReader reader = {.rest = bytes};
    frontier.size = take_u64(&reader);
    if (frontier.size >= TREE_SIZE_MAX)
        return err_set(err, ERR_WRONG, MSG_ledger_frontier_unreadable);
    for (int height = COUNT_OF(frontier.nodes) - 1; height >= 0; height--) {
        if ((frontier.size >> height) & 1)
            frontier.nodes[height] = take_hash(&reader);
    }
    if (!take_done(&reader))
        return err_set(err, ERR_WRONG, MSG_ledger_frontier_unreadable);
    *ret = frontier;
    return true;
}

/* ---- checking proofs; names fn, sn, fr, sr as in RFC 9162 ---- */

bool tree_inclusion_check(TreeHead head, uint64_t index, const Hash *leaf, Proof proof)
{
    if (index >= head.size || proof.n > PROOF_MAX)
        return false;
    uint64_t fn = index, sn = head.size - 1;
    Hash root = *leaf;
    for (size_t i = 0; i < proof.n; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) || fn == sn) {
            root = tree_node(TREE_SHA256, &proof.p[i], &root);
            while (!(fn & 1) && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            root = tree_node(TREE_SHA256, &root, &proof.p[i]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && hash_eq(&root, &head.root);
}

/* Steps 4 to 7 for first.size that is 0 < first.size < second.size; `fn` and `sn`
 * are already shifted. */
static bool walk_consistency(TreeHead first, TreeHead second, Proof proof, uint64_t fn, uint64_t sn)
{
    Hash fr = proof.p[0], sr = proof.p[0];
    for (size_t i = 1; i < proof.n; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) || fn == sn) {
            fr = tree_node(TREE_SHA256, &proof.p[i], &fr);
            sr = tree_node(TREE_SHA256, &proof.p[i], &sr);
            while (!(fn & 1) && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sr = tree_node(TREE_SHA256, &sr, &proof.p[i]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && hash_eq(&fr, &first.root) && hash_eq(&sr, &second.root);
}

bool tree_consistency_check(TreeHead first, TreeHead second, Proof proof)
{
    if (first.size > second.size || proof.n > PROOF_MAX)
        return false;
    if (first.size == 0) {
        Hash empty = tree_empty(TREE_SHA256);
        return proof.n == 0 && hash_eq(&first.root, &empty);
    }
    if (first.size == second.size)
        return proof.n == 0 && hash_eq(&first.root, &second.root);
    Hash path[PROOF_MAX + 1];
    Proof whole = {path, 0};
    /* A first tree of 2^k leaves is itself a node of the second, so the proof leaves it out. */
    if ((first.size & (first.size - 1)) == 0)
        path[whole.n++] = first.root;
    for (size_t i = 0; i < proof.n; i++)
        path[whole.n++] = proof.p[i];
    if (proof.n == 0)
        return false;
    uint64_t fn = first.size - 1, sn = second.size - 1;
    while (fn & 1) {
        fn >>= 1;
        sn >>= 1;
    }
    return walk_consistency(first, second, whole, fn, sn);
}
