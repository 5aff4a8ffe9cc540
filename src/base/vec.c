/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"

#define FIRST_CAPACITY 8

void *vec_grow(Arena *arena, const void *items, size_t *capacity, size_t size)
{
    size_t full = *capacity, larger = full == 0 ? FIRST_CAPACITY : full * 2;
    /* Half of it is there already, so the product fits. */
    void *moved = arena_room(arena, larger * size);
    if (full > 0)
        memcpy(moved, items, full * size);
    *capacity = larger;
    return moved;
}

bool ids_have(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}
