/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static Arena *arena;
    if (arena == NULL)
        arena = arena_open();
    arena_reset(arena);
    fuzz_one(arena, (Str){arena_copy(arena, bytes, size), size});
    return 0;
}
