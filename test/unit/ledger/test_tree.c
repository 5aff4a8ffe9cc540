/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"
#include "vectors.h"

/* The eight leaves with which implementations of Certificate Transparency are tested. */
static const char *const ct_inputs[] = {"",
                                        "00",
                                        "10",
                                        "2021",
                                        "3031",
                                        "40414243",
                                        "5051525354555657",
                                        "606162636465666768696a6b6c6d6e6f"};
static const char *const ct_roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static Hash *ct_leaves(Arena *arena)
{
    Hash *leaves = NEW_ARRAY(arena, Hash, COUNT_OF(ct_inputs));
    for (size_t i = 0; i < COUNT_OF(ct_inputs); i++)
        leaves[i] = tree_leaf(TREE_SHA256, from_hex(arena, ct_inputs[i]));
    return leaves;
}

static void has_the_published_roots(void **state)
{
    Arena *arena = *state;
    Hash *leaves = ct_leaves(arena);
    Frontier frontier = frontier_open(TREE_SHA256);
    for (size_t size = 0; size <= 8; size++) {
        assert_hash(arena, frontier_root(&frontier), ct_roots[size]);
        if (size < 8)
            frontier_add(&frontier, &leaves[size]);
    }
}

static Proof proof_of(Arena *arena, const char *const *hashes, size_t count)
{
    Proof proof = {NEW_ARRAY(arena, Hash, count), count};
    for (size_t i = 0; i < count; i++)
        proof.p[i] = hash_from_hex(hashes[i]);
    return proof;
}

static TreeHead ct_head(uint64_t size)
{
    return (TreeHead){size, hash_from_hex(ct_roots[size])};
}

static void accepts_the_published_proofs(void **state)
{
    Arena *arena = *state;
    Hash *leaves = ct_leaves(arena);
    static const char *const first_of_8[] = {
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"};
    static const char *const sixth_of_8[] = {
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"};
    static const char *const one_to_8[] = {
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"};
    static const char *const six_to_8[] = {
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"};
    assert_true(tree_inclusion_check(ct_head(8), 0, &leaves[0], proof_of(arena, first_of_8, 3)));
    assert_true(tree_inclusion_check(ct_head(8), 5, &leaves[5], proof_of(arena, sixth_of_8, 3)));
    assert_true(tree_consistency_check(ct_head(1), ct_head(8), proof_of(arena, one_to_8, 3)));
    assert_true(tree_consistency_check(ct_head(6), ct_head(8), proof_of(arena, six_to_8, 3)));
    assert_true(tree_consistency_check(ct_head(0), ct_head(8), (Proof){0}));
    assert_true(tree_consistency_check(ct_head(8), ct_head(8), (Proof){0}));
    assert_false(tree_consistency_check(ct_head(8), ct_head(6), proof_of(arena, six_to_8, 3)));
    assert_false(tree_consistency_check(ct_head(7), ct_head(8), (Proof){0}));
}

static void has_the_documented_roots_and_frontiers(void **state)
{
    Arena *arena = *state;
    Frontier sha = frontier_open(TREE_SHA256), third = frontier_open(TREE_SM3);
    for (char i = 0; i < 7; i++) {
        char bytes[8];
        memset(bytes, i, sizeof(bytes));
        Str input = {bytes, (size_t)i};
        Hash leaf = tree_leaf(TREE_SHA256, input), leaf3 = tree_leaf(TREE_SM3, input);
        frontier_add(&sha, &leaf);
        frontier_add(&third, &leaf3);
    }
    assert_hash(arena, frontier_root(&sha), VECTOR_root_sha256);
    assert_hash(arena, frontier_root(&third), VECTOR_root_sm3);
    Buf buf = buf_open(arena);
    frontier_write(&buf, &sha);
    assert_bytes(arena, buf_str(&buf), VECTOR_frontier_sha256);
    buf_clear(&buf);
    frontier_write(&buf, &third);
    assert_bytes(arena, buf_str(&buf), VECTOR_frontier_sm3);
}

static void grows_like_the_definition(void **state)
{
    Arena *arena = *state;
    for (TreeHash hash = TREE_SHA256; hash <= TREE_SM3; hash++) {
        size_t max = hash == TREE_SHA256 ? 600 : 130;
        Hash *leaves = some_leaves(arena, max);
        Frontier frontier = frontier_open(hash);
        for (size_t size = 0; size <= max; size++) {
            Hash actual = frontier_root(&frontier), expected = slow_root(hash, leaves, size);
            assert_true(hash_eq(&actual, &expected));
            if (size < max)
                frontier_add(&frontier, &leaves[size]);
        }
    }
}

static void goes_on_from_a_stored_frontier(void **state)
{
    Arena *arena = *state;
    Hash *leaves = some_leaves(arena, 100);
    Frontier frontier = frontier_open(TREE_SM3), back = {0};
    for (size_t i = 0; i < 100; i++) {
        Buf buf = buf_open(arena);
        frontier_write(&buf, &frontier);
        assert_true(frontier_parse(buf_str(&buf), TREE_SM3, &back, NULL));
        frontier = back;
        frontier_add(&frontier, &leaves[i]);
    }
    Hash actual = frontier_root(&frontier), expected = slow_root(TREE_SM3, leaves, 100);
    assert_true(hash_eq(&actual, &expected));
}

static void refuses_a_damaged_frontier(void **state)
{
    Arena *arena = *state;
    Frontier back = {0};
    Str bytes = from_hex(arena, VECTOR_frontier_sha256);
    for (size_t cut = 0; cut < bytes.n; cut++)
        assert_false(frontier_parse(str_slice(bytes, 0, cut), TREE_SHA256, &back, NULL));
    assert_false(frontier_parse(STR(arena, bytes, "x"), TREE_SHA256, &back, NULL));
    assert_false(frontier_parse(from_hex(arena, "ffffffffffffffff"), TREE_SHA256, &back, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_published_roots),
        cmocka_unit_test(accepts_the_published_proofs),
        cmocka_unit_test(has_the_documented_roots_and_frontiers),
        cmocka_unit_test(grows_like_the_definition),
        cmocka_unit_test(goes_on_from_a_stored_frontier),
        cmocka_unit_test(refuses_a_damaged_frontier),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
