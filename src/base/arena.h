/* SPDX-License-Identifier: Apache-2.0 */
/* arena.h - the only way this project gets memory.
 *
 * An arena hands out zeroed memory and takes all of it back at once. There are three lifetimes:
 * the app (profile, organisation tree), a request or job, and scratch inside a function
 * (arena_mark / arena_rewind). A function that returns memory takes an `Arena *` as its first
 * parameter; what it returns lives as long as that arena. Nothing is freed singly, so nothing is
 * freed twice.
 *
 * Out of memory aborts: every size a user controls is limited at the edge (http/limits.h).
 * Threads: an arena belongs to one thread at a time.
 * Under AddressSanitizer each allocation is a block of its own, so overruns and use after reset
 * are caught where they happen.
 */
#ifndef TONGXIN_ARENA_H
#define TONGXIN_ARENA_H

#include "base/base.h"

typedef struct Arena Arena;

/* A place to rewind to. Valid until the arena is reset or rewound to an earlier mark. */
typedef struct ArenaMark {
    void *block;
    size_t used;
    void *large;
    void *cleanup;
} ArenaMark;

/* An empty arena; its first block comes with the first allocation. */
Arena *arena_open(void);
/* Runs the deferred functions, newest first, and gives everything back. NULL is accepted. */
void arena_close(Arena *arena);
/* As close and open, but keeps one warm block. */
void arena_reset(Arena *arena);

/* `size` zeroed bytes aligned for any type; size 0 gives a valid pointer. */
void *arena_alloc(Arena *arena, size_t size);
/* `count` times `size` bytes; aborts on overflow. */
void *arena_array(Arena *arena, size_t count, size_t size);
/* The same without zeroes, for bytes that are written before they are read. */
void *arena_room(Arena *arena, size_t size);
/* A copy of `size` bytes at `bytes`. */
void *arena_copy(Arena *arena, const void *bytes, size_t size);

/* Calls `run(pointer)` when the arena is reset, closed, or rewound past this point. Ties handles of
 * foreign libraries to the arena. */
void arena_defer(Arena *arena, void (*run)(void *pointer), void *pointer);

/* Where the arena stands now. */
ArenaMark arena_mark(Arena *arena);
/* Takes back everything handed out since the mark, running the functions deferred since then. */
void arena_rewind(Arena *arena, ArenaMark mark);

/* Bytes asked for since open or reset; rewinding does not lower it. */
size_t arena_used(const Arena *arena);

#define NEW(arena, Type)              ((Type *)arena_alloc((arena), sizeof(Type)))
#define NEW_ARRAY(arena, Type, count) ((Type *)arena_array((arena), (count), sizeof(Type)))

/* For a program that stays: few heaps beside the main one, and what was freed goes back to the
 * system at once. Called when loading is over, before the threads that serve are started. */
void arena_settle(void);

#endif
