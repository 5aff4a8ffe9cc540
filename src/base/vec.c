/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"

#define FIRST_CAPACITY 8

void *vec_grow(Arena *arena, void **items, size_t *count, size_t *capacity, size_t size)
{
    /* `*items` is declared as a pointer to some other type, so it is read and written as bytes. */
    void *first = NULL;
    memcpy(&first, items, sizeof(first));
    if (*count == *capacity) {
        size_t larger = *capacity == 0 ? FIRST_CAPACITY : *capacity * 2;
        void *moved = arena_array(arena, larger, size);
        if (*count > 0)
            memcpy(moved, first, *count * size);
        first = moved;
        memcpy(items, &first, sizeof(first));
        *capacity = larger;
    }
    /* An element popped by lowering the count may have left bytes behind. */
    return memset((char *)first + size * (*count)++, 0, size);
}

bool ids_have(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}
