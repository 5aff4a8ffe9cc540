/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs from tiles, each against the recursive definition and against damage. */
#include "support.h"

#define LEAVES 600

static void assert_same_proof(Proof a, Proof b)
{
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++)
        assert_true(hash_eq(&a.p[i], &b.p[i]));
}

static void includes_every_leaf_of_every_size(void **state)
{
    Arena *arena = *state;
    Hash *leaves = some_leaves(arena, LEAVES);
    TileShelf shelf = shelf_of(arena, leaves, LEAVES);
    TileSource source = shelf_source(&shelf);
    RandomSource random = random_seeded(6);
    for (size_t size = 1; size <= LEAVES; size++) {
        ArenaMark mark = arena_mark(arena);
        TreeHead head = {size, slow_root(TREE_SHA256, leaves, size)};
        Hash root;
        assert_true(proof_root(arena, &source, size, &root, NULL));
        assert_true(hash_eq(&root, &head.root));
        size_t steps = size <= 24 ? size : 6;
        for (size_t i = 0; i < steps; i++) {
            size_t index = steps == size ? i : random_below(&random, size);
            Proof proof = {0};
            assert_true(proof_inclusion(arena, &source, index, size, &proof, NULL));
            assert_same_proof(proof, slow_inclusion(arena, index, leaves, size));
            assert_true(tree_inclusion_check(head, index, &leaves[index], proof));
        }
        arena_rewind(arena, mark);
    }
}

static void is_consistent_between_all_sizes(void **state)
{
    Arena *arena = *state;
    Hash *leaves = some_leaves(arena, LEAVES);
    TileShelf shelf = shelf_of(arena, leaves, LEAVES);
    TileSource source = shelf_source(&shelf);
    RandomSource random = random_seeded(7);
    for (size_t size = 0; size <= LEAVES; size++) {
        ArenaMark mark = arena_mark(arena);
        TreeHead second = {size, slow_root(TREE_SHA256, leaves, size)};
        size_t steps = size <= 24 ? size + 1 : 6;
        for (size_t i = 0; i < steps; i++) {
            size_t from = size <= 24 ? i : random_below(&random, size + 1);
            TreeHead first = {from, slow_root(TREE_SHA256, leaves, from)};
            Proof proof = {0};
            assert_true(proof_consistency(arena, &source, from, size, &proof, NULL));
            assert_same_proof(proof, slow_consistency(arena, from, leaves, size));
            assert_true(tree_consistency_check(first, second, proof));
        }
        arena_rewind(arena, mark);
    }
}

static void flip(Hash *hash, uint64_t bit)
{
    hash->bytes[bit / 8 % HASH_SIZE] ^= (uint8_t)(1 << bit % 8);
}

static void one_wrong_bit_breaks_an_inclusion(void **state)
{
    Arena *arena = *state;
    Hash *leaves = some_leaves(arena, LEAVES);
    TileShelf shelf = shelf_of(arena, leaves, LEAVES);
    TileSource source = shelf_source(&shelf);
    RandomSource random = random_seeded(8);
    for (int i = 0; i < 300; i++) {
        ArenaMark mark = arena_mark(arena);
        size_t size = 2 + random_below(&random, LEAVES - 1), index = random_below(&random, size);
        Proof proof = {0};
        Hash root, leaf = leaves[index];
        assert_true(proof_root(arena, &source, size, &root, NULL));
        assert_true(proof_inclusion(arena, &source, index, size, &proof, NULL));
        TreeHead head = {size, root};
        assert_true(tree_inclusion_check(head, index, &leaf, proof));
        uint64_t bit = random_below(&random, 256);
        size_t at = random_below(&random, proof.n);
        flip(&proof.p[at], bit);
        assert_false(tree_inclusion_check(head, index, &leaf, proof));
        flip(&proof.p[at], bit);
        flip(&leaf, bit);
        assert_false(tree_inclusion_check(head, index, &leaf, proof));
        flip(&leaf, bit);
        flip(&head.root, bit);
        assert_false(tree_inclusion_check(head, index, &leaf, proof));
        flip(&head.root, bit);
        proof.n--;
        assert_false(tree_inclusion_check(head, index, &leaf, proof));
        proof.n++;
        assert_false(tree_inclusion_check(head, index ^ 1, &leaf, proof));
        assert_false(tree_inclusion_check(head, size, &leaf, proof));
        arena_rewind(arena, mark);
    }
}

static void one_wrong_bit_breaks_a_consistency(void **state)
{
    Arena *arena = *state;
    Hash *leaves = some_leaves(arena, LEAVES);
    TileShelf shelf = shelf_of(arena, leaves, LEAVES);
    TileSource source = shelf_source(&shelf);
    RandomSource random = random_seeded(9);
    for (int i = 0; i < 300; i++) {
        ArenaMark mark = arena_mark(arena);
        TreeHead second = {2 + random_below(&random, LEAVES - 1), {{0}}};
        TreeHead first = {1 + random_below(&random, second.size - 1), {{0}}};
        Proof proof = {0};
        assert_true(proof_root(arena, &source, first.size, &first.root, NULL));
        assert_true(proof_root(arena, &source, second.size, &second.root, NULL));
        assert_true(proof_consistency(arena, &source, first.size, second.size, &proof, NULL));
        uint64_t bit = random_below(&random, 256);
        size_t at = random_below(&random, proof.n);
        flip(&proof.p[at], bit);
        assert_false(tree_consistency_check(first, second, proof));
        flip(&proof.p[at], bit);
        flip(&first.root, bit);
        assert_false(tree_consistency_check(first, second, proof));
        flip(&first.root, bit);
        flip(&second.root, bit);
        assert_false(tree_consistency_check(first, second, proof));
        flip(&second.root, bit);
        proof.n--;
        assert_false(tree_consistency_check(first, second, proof));
        arena_rewind(arena, mark);
    }
}

/* ---- tiles ---- */

static void tiles_do_not_depend_on_the_steps(void **state)
{
    Arena *arena = *state;
    enum { MANY = 70000 };
    Hash *leaves = some_leaves(arena, MANY);
    TileShelf whole = shelf_of(arena, leaves, MANY), steps = {.arena = arena};
    TileSource source = shelf_source(&steps);
    RandomSource random = random_seeded(10);
    for (size_t size = 0; size < MANY;) {
        size_t count = MIN(random_below(&random, 3000), MANY - size);
        TileVec tiles = {0};
        assert_true(tiles_grow(arena, &source, size, leaves + size, count, &tiles, NULL));
        shelf_put(&steps, tiles);
        size += count;
    }
    assert_int_equal(whole.tiles.n, steps.tiles.n);
    for (size_t i = 0; i < whole.tiles.n; i++) {
        const Tile *tile = &whole.tiles.p[i];
        Hash other[TILE_WIDTH];
        assert_true(
            source.read(source.context, tile->level, tile->index, tile->width, other, NULL));
        assert_memory_equal(other, tile->hashes, tile->width * sizeof(Hash));
    }
    /* 70,000 leaves: 274 tiles of leaves, 2 above, 1 on top. */
    assert_int_equal(whole.tiles.n, 277);
}

static void reads_few_tiles(void **state)
{
    Arena *arena = *state;
    enum { MANY = 70000 };
    Hash *leaves = some_leaves(arena, MANY);
    TileShelf shelf = shelf_of(arena, leaves, MANY);
    TileSource source = shelf_source(&shelf);
    Frontier frontier = frontier_open(TREE_SHA256);
    for (size_t i = 0; i < MANY; i++)
        frontier_add(&frontier, &leaves[i]);
    TreeHead head = {MANY, frontier_root(&frontier)};
    Proof proof = {0};
    shelf.reads = 0;
    assert_true(proof_inclusion(arena, &source, 12345, MANY, &proof, NULL));
    assert_true(tree_inclusion_check(head, 12345, &leaves[12345], proof));
    assert_in_range(shelf.reads, 1, 6);
    shelf.reads = 0;
    assert_true(proof_consistency(arena, &source, 54321, MANY, &proof, NULL));
    assert_in_range(shelf.reads, 1, 6);
}

static void a_missing_tile_is_an_error(void **state)
{
    Arena *arena = *state;
    TileShelf empty = {.arena = arena};
    TileSource source = shelf_source(&empty);
    Proof proof = {0};
    Hash *leaves = some_leaves(arena, 1);
    TileVec tiles = {0};
    Hash root;
    assert_false(proof_root(arena, &source, 5, &root, NULL));
    assert_false(proof_inclusion(arena, &source, 3, 5, &proof, NULL));
    assert_false(proof_consistency(arena, &source, 3, 5, &proof, NULL));
    assert_false(tiles_grow(arena, &source, 5, leaves, 1, &tiles, NULL));
    assert_true(proof_root(arena, &source, 0, &root, NULL));
}

static void refuses_sizes_that_cannot_be(void **state)
{
    Arena *arena = *state;
    TileShelf empty = {.arena = arena};
    TileSource source = shelf_source(&empty);
    Proof proof = {0};
    Err err = {0};
    assert_false(proof_inclusion(arena, &source, 5, 5, &proof, &err));
    assert_int_equal(err.code, ERR_BAD_REQUEST);
    assert_false(proof_consistency(arena, &source, 6, 5, &proof, &err));
    assert_int_equal(err.code, ERR_BAD_REQUEST);
    assert_false(proof_inclusion(arena, &source, 5, UINT64_MAX, &proof, &err));
    assert_int_equal(err.code, ERR_BAD_REQUEST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(includes_every_leaf_of_every_size),
        cmocka_unit_test(is_consistent_between_all_sizes),
        cmocka_unit_test(one_wrong_bit_breaks_an_inclusion),
        cmocka_unit_test(one_wrong_bit_breaks_a_consistency),
        cmocka_unit_test(tiles_do_not_depend_on_the_steps),
        cmocka_unit_test(reads_few_tiles),
        cmocka_unit_test(a_missing_tile_is_an_error),
        cmocka_unit_test(refuses_sizes_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
