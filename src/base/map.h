/* SPDX-License-Identifier: Apache-2.0 */
/* map.h - from text or number to pointer, in an arena. Open addressing, insertion order kept.
 *
 * Keys of text are not copied: they must live as long as the map. A NULL value is not storable;
 * NULL means "not there".
 */
#ifndef TONGXIN_MAP_H
#define TONGXIN_MAP_H

#include "base/str.h"

typedef struct MapSlot {
    Str key;        /* empty in a map by number */
    int64_t number; /* 0 in a map by text */
    void *value;
} MapSlot;

typedef struct Map {
    Arena *arena;
    MapSlot *slots; /* in order of insertion */
    size_t n;
    size_t capacity;
    uint32_t *index; /* slot + 1, or 0 */
    size_t index_size;
} Map;

/* An empty map; use it by text or by number, not both. */
Map map_open(Arena *arena);
/* The value, or NULL. */
void *map_find(const Map *map, Str key);
/* Adds or replaces. */
void map_set(Map *map, Str key, void *value);
void *map_find_id(const Map *map, int64_t id);
void map_set_id(Map *map, int64_t id, void *value);

#endif
