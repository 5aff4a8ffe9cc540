/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"

#define FIRST_CAPACITY 8

Map map_open(Arena *arena)
{
    return (Map){.arena = arena};
}

/* The last step of splitmix64: neighbouring ids must not be neighbouring places. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t slot_hash(Str key, int64_t number)
{
    return mix(str_hash(key) ^ mix((uint64_t)number));
}

/* Where the key is in the index, or the free place where it belongs. */
static size_t place_of(const Map *map, Str key, int64_t number)
{
    size_t place = (size_t)slot_hash(key, number) & (map->index_size - 1);
    while (map->index[place] != 0) {
        const MapSlot *slot = &map->slots[map->index[place] - 1];
        if (slot->number == number && str_eq(slot->key, key))
            break;
        place = (place + 1) & (map->index_size - 1);
    }
    return place;
}

static void grow(Map *map)
{
    size_t capacity = map->capacity == 0 ? FIRST_CAPACITY : map->capacity * 2;
    ASSERT(capacity < UINT32_MAX);
    MapSlot *slots = NEW_ARRAY(map->arena, MapSlot, capacity);
    if (map->n > 0)
        memcpy(slots, map->slots, map->n * sizeof(MapSlot));
    map->slots = slots;
    map->capacity = capacity;
    /* Twice the slots: probes stay short, and a free place always ends them. */
    map->index_size = capacity * 2;
    map->index = NEW_ARRAY(map->arena, uint32_t, map->index_size);
    for (size_t i = 0; i < map->n; i++)
        map->index[place_of(map, slots[i].key, slots[i].number)] = (uint32_t)(i + 1);
}

static void *find(const Map *map, Str key, int64_t number)
{
    if (map->n == 0)
        return NULL;
    uint32_t slot = map->index[place_of(map, key, number)];
    return slot == 0 ? NULL : map->slots[slot - 1].value;
}

static void set(Map *map, Str key, int64_t number, void *value)
{
    ASSERT(value != NULL);
    if (map->n == map->capacity)
        grow(map);
    size_t place = place_of(map, key, number);
    if (map->index[place] != 0) {
        map->slots[map->index[place] - 1].value = value;
        return;
    }
    map->slots[map->n++] = (MapSlot){key, number, value};
    map->index[place] = (uint32_t)map->n;
}

void *map_find(const Map *map, Str key)
{
    return find(map, key, 0);
}

void map_set(Map *map, Str key, void *value)
{
    set(map, key, 0, value);
}

void *map_find_id(const Map *map, int64_t id)
{
    return find(map, (Str){0}, id);
}

void map_set_id(Map *map, int64_t id, void *value)
{
    set(map, (Str){0}, id, value);
}
