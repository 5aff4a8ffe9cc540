/* SPDX-License-Identifier: Apache-2.0 */
/* support.h - what the tests of the journal share. Each group's state is an Arena. */
#ifndef TEST_LEDGER_SUPPORT_H
#define TEST_LEDGER_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "ledger/entry.h"
#include "ledger/proof.h"

int open_arena(void **state);
int close_arena(void **state);

Str from_hex(Arena *arena, const char *hex);
const char *to_hex(Arena *arena, Str bytes);
Hash hash_from_hex(const char *hex);
void assert_bytes(Arena *arena, Str actual, const char *expected_hex);
void assert_hash(Arena *arena, Hash actual, const char *expected_hex);

/* The entry of vectors.py. */
Entry vector_entry(Arena *arena);

/* Leaf hashes 0 .. count-1, all different. */
Hash *some_leaves(Arena *arena, size_t count);
/* RFC 9162 2.1.1, 2.1.3.1 and 2.1.4.1 as written there, slowly. */
Hash slow_root(TreeHash hash, const Hash *leaves, size_t count);
Proof slow_inclusion(Arena *arena, size_t index, const Hash *leaves, size_t count);
Proof slow_consistency(Arena *arena, size_t first, const Hash *leaves, size_t count);

/* Tiles in memory. */
typedef struct TileShelf {
    Arena *arena;
    TileVec tiles;
    size_t reads;
} TileShelf;

TileSource shelf_source(TileShelf *shelf);
/* Stores what tiles_grow gives. */
void shelf_put(TileShelf *shelf, TileVec tiles);
/* A shelf with the tiles of these leaves, added in one step. */
TileShelf shelf_of(Arena *arena, const Hash *leaves, size_t count);

#endif
