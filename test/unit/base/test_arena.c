/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

static void assert_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        assert_int_equal(bytes[i], 0);
}

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    RandomSource random = random_seeded(1);
    for (int round = 0; round < 3; round++) {
        unsigned char *blocks[300];
        size_t sizes[300];
        for (size_t i = 0; i < COUNT_OF(blocks); i++) {
            sizes[i] = random_below(&random, i % 50 == 0 ? 600000 : 2000);
            blocks[i] = arena_alloc(arena, sizes[i]);
            assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
            assert_zero(blocks[i], sizes[i]);
            if (sizes[i] > 0)
                memset(blocks[i], (int)(i % 255) + 1, sizes[i]);
        }
        for (size_t i = 0; i < COUNT_OF(blocks); i++)
            for (size_t at = 0; at < sizes[i]; at += 97)
                assert_int_equal(blocks[i][at], i % 255 + 1);
        arena_reset(arena);
    }
    arena_close(arena);
}

static void size_zero_gives_a_pointer(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    assert_non_null(arena_alloc(arena, 0));
    assert_non_null(arena_copy(arena, NULL, 0));
    assert_non_null(NEW_ARRAY(arena, int64_t, 0));
    arena_close(arena);
    arena_close(NULL);
}

static void a_copy_is_a_copy(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    char original[] = "abc";
    char *copy = arena_copy(arena, original, sizeof(original));
    original[0] = 'x';
    assert_string_equal(copy, "abc");
    arena_close(arena);
}

typedef struct Trail {
    int order[8];
    size_t n;
} Trail;

static Trail trail;

static void leave(void *pointer)
{
    trail.order[trail.n++] = *(int *)pointer;
}

static void deferred_functions_run_newest_first(void **state)
{
    (void)state;
    static int numbers[] = {0, 1, 2, 3};
    Arena *arena = arena_open();
    trail.n = 0;
    arena_defer(arena, leave, &numbers[0]);
    ArenaMark mark = arena_mark(arena);
    arena_defer(arena, leave, &numbers[1]);
    arena_alloc(arena, 100000);
    arena_defer(arena, leave, &numbers[2]);
    arena_rewind(arena, mark);
    assert_int_equal(trail.n, 2);
    assert_int_equal(trail.order[0], 2);
    assert_int_equal(trail.order[1], 1);
    arena_defer(arena, leave, &numbers[3]);
    arena_reset(arena);
    assert_int_equal(trail.n, 4);
    assert_int_equal(trail.order[2], 3);
    assert_int_equal(trail.order[3], 0);
    arena_close(arena);
    assert_int_equal(trail.n, 4);
}

static void rewinding_keeps_what_is_older(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    for (size_t size = 0; size < 3000000; size = size * 3 + 1) {
        unsigned char *kept = arena_alloc(arena, 1000);
        memset(kept, 7, 1000);
        ArenaMark mark = arena_mark(arena);
        memset(arena_alloc(arena, size + 1), 1, size + 1);
        memset(arena_alloc(arena, 20000), 1, 20000);
        arena_rewind(arena, mark);
        assert_zero(arena_alloc(arena, size), size);
        for (size_t i = 0; i < 1000; i++)
            assert_int_equal(kept[i], 7);
    }
    arena_close(arena);
}

static void a_fresh_arena_can_be_rewound(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    ArenaMark mark = arena_mark(arena);
    for (int i = 0; i < 3; i++) {
        unsigned char *bytes = arena_alloc(arena, 50000);
        assert_zero(bytes, 50000);
        memset(bytes, 1, 50000);
        arena_rewind(arena, mark);
    }
    arena_close(arena);
}

static void used_counts_bytes_asked_for(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    assert_int_equal(arena_used(arena), 0);
    arena_alloc(arena, 3);
    arena_alloc(arena, 2000000);
    assert_int_equal(arena_used(arena), 2000003);
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    arena_close(arena);
}

static void overflow(void *arena)
{
    arena_array(arena, SIZE_MAX / 2, 3);
}

static void impossible(void *arena)
{
    arena_alloc(arena, SIZE_MAX - 8);
}

static void sizes_past_memory_abort(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    assert_aborts(overflow, arena);
    assert_aborts(impossible, arena);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(size_zero_gives_a_pointer),
        cmocka_unit_test(a_copy_is_a_copy),
        cmocka_unit_test(deferred_functions_run_newest_first),
        cmocka_unit_test(rewinding_keeps_what_is_older),
        cmocka_unit_test(a_fresh_arena_can_be_rewound),
        cmocka_unit_test(used_counts_bytes_asked_for),
        cmocka_unit_test(sizes_past_memory_abort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
