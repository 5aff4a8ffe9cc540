/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <malloc.h>

/* Normal blocks double from FIRST to LAST; what exceeds LARGE and does not fit gets its own. */
#define BLOCK_FIRST ((size_t)16 * 1024)
#define BLOCK_LAST  ((size_t)1024 * 1024)
#define LARGE       (BLOCK_LAST / 4)

#if defined(__SANITIZE_ADDRESS__)
#define EACH_ALONE true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EACH_ALONE true
#endif
#endif
#ifndef EACH_ALONE
#define EACH_ALONE false
#endif

typedef struct Block {
    struct Block *previous;
    size_t size;
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
} Block;

typedef struct Cleanup {
    void (*run)(void *pointer);
    void *pointer;
    struct Cleanup *next;
} Cleanup;

struct Arena {
    Block *block; /* newest normal block */
    Block *large; /* newest block of a single allocation */
    Cleanup *cleanup;
    size_t next_size;
    size_t used;
};

static _Noreturn void out_of_memory(size_t size)
{
    fprintf(stderr, "out of memory: %zu bytes\n", size);
    abort();
}

static void *given(void *memory, size_t size)
{
    if (memory == NULL)
        out_of_memory(size);
    return memory;
}

/* Of a megabyte most requests use a tenth, so what is handed out is zeroed and not the block; a
 * large one may come from the system, where it is zero without being touched. */
static Block *block_open(Block *previous, size_t size, bool zero)
{
    if (size > PTRDIFF_MAX - sizeof(Block))
        out_of_memory(size);
    size_t total = sizeof(Block) + size;
    Block *block = given(zero ? calloc(1, total) : malloc(total), total);
    *block = (Block){.previous = previous, .size = size};
    return block;
}

/* Frees the chain down to, not including, `last`. */
static Block *blocks_close(Block *block, const Block *last)
{
    while (block != last) {
        Block *previous = block->previous;
        free(block);
        block = previous;
    }
    return block;
}

Arena *arena_open(void)
{
    Arena *arena = given(malloc(sizeof(Arena)), sizeof(Arena));
    *arena = (Arena){.next_size = BLOCK_FIRST};
    return arena;
}

/* A cleanup may itself defer or allocate, so each is taken off before it runs. */
static void run_cleanups(Arena *arena, const Cleanup *last)
{
    while (arena->cleanup != last) {
        Cleanup *cleanup = arena->cleanup;
        arena->cleanup = cleanup->next;
        cleanup->run(cleanup->pointer);
    }
}

void arena_close(Arena *arena)
{
    if (arena == NULL)
        return;
    run_cleanups(arena, NULL);
    blocks_close(arena->block, NULL);
    blocks_close(arena->large, NULL);
    free(arena);
}

void arena_reset(Arena *arena)
{
    run_cleanups(arena, NULL);
    arena->large = blocks_close(arena->large, NULL);
    arena->used = 0;
    if (arena->block == NULL)
        return;
    /* The newest is the largest: the next request then fits into one block. */
    arena->block->previous = blocks_close(arena->block->previous, NULL);
    arena->block->used = 0;
}

static void *block_take(Block *block, size_t size)
{
    unsigned char *memory = block->bytes + block->used;
    block->used += size;
    return memory;
}

static void *take_large(Arena *arena, size_t size, bool zero)
{
    arena->large = block_open(arena->large, size, zero);
    return block_take(arena->large, size);
}

static void add_block(Arena *arena, size_t size)
{
    while (arena->next_size < size)
        arena->next_size *= 2;
    arena->block = block_open(arena->block, arena->next_size, false);
    arena->next_size = MIN(arena->next_size * 2, BLOCK_LAST);
}

static void *take(Arena *arena, size_t size, bool zero)
{
    arena->used += size;
    if (EACH_ALONE)
        return take_large(arena, size, zero);
    if (size > PTRDIFF_MAX)
        out_of_memory(size);
    size_t rounded = (size + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
    if (arena->block == NULL || arena->block->size - arena->block->used < rounded) {
        if (rounded > LARGE)
            return take_large(arena, rounded, zero);
        add_block(arena, rounded);
    }
    void *memory = block_take(arena->block, rounded);
    return zero ? memset(memory, 0, size) : memory;
}

void *arena_alloc(Arena *arena, size_t size)
{
    return take(arena, size, true);
}

void *arena_room(Arena *arena, size_t size)
{
    return take(arena, size, false);
}

void *arena_array(Arena *arena, size_t count, size_t size)
{
    size_t total = 0;
    if (__builtin_mul_overflow(count, size, &total))
        out_of_memory(SIZE_MAX);
    return arena_alloc(arena, total);
}

void *arena_copy(Arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_room(arena, size);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

void arena_defer(Arena *arena, void (*run)(void *pointer), void *pointer)
{
    Cleanup *cleanup = NEW(arena, Cleanup);
    *cleanup = (Cleanup){.run = run, .pointer = pointer, .next = arena->cleanup};
    arena->cleanup = cleanup;
}

ArenaMark arena_mark(Arena *arena)
{
    return (ArenaMark){.block = arena->block,
                       .used = arena->block == NULL ? 0 : arena->block->used,
                       .large = arena->large,
                       .cleanup = arena->cleanup};
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
    run_cleanups(arena, mark.cleanup);
    arena->large = blocks_close(arena->large, mark.large);
    if (arena->block == NULL)
        return;
    /* A mark from before the first block: that block stays, warm. */
    if (mark.block == NULL) {
        arena->block->previous = blocks_close(arena->block->previous, NULL);
        arena->block->used = 0;
        return;
    }
    arena->block = blocks_close(arena->block, mark.block);
    arena->block->used = mark.used;
}

size_t arena_used(const Arena *arena)
{
    return arena->used;
}

/* Each thread would get a heap of its own, and a heap once grown is kept. */
#define HEAPS_MAX 2

void arena_settle(void)
{
    mallopt(M_ARENA_MAX, HEAPS_MAX);
    malloc_trim(0);
}
