/* SPDX-License-Identifier: Apache-2.0 */
/* random_value.h - any value a record may hold, for property tests. */
#ifndef TONGXIN_RANDOM_VALUE_H
#define TONGXIN_RANDOM_VALUE_H

#include "base/utf8.h"
#include "base/value.h"
#include "base_test.h"

static inline Str random_text(Arena *arena, RandomSource *random)
{
    static const uint32_t points[] = {0,    1,    8,    9,      10,     12,     13,      31,
                                      ' ',  '"',  '\\', '/',    'a',    'u',    '[',     ',',
                                      0x7F, 0x80, 0xE9, 0x8BC9, 0x2028, 0xFFFF, 0x20BB7, 0x10FFFF};
    Buf buf = buf_open(arena);
    for (size_t n = random_below(random, 8); n > 0; n--)
        utf8_put(&buf, points[random_below(random, COUNT_OF(points))]);
    return buf_str(&buf);
}

static inline int64_t random_int(RandomSource *random)
{
    static const int64_t edges[] = {0, 1, -1, 9, 10, -10, INT64_MAX, INT64_MIN};
    if (random_below(random, 3) == 0)
        return edges[random_below(random, COUNT_OF(edges))];
    return (int64_t)(random_u64(random) >> random_below(random, 64));
}

static inline Value random_value(Arena *arena, RandomSource *random)
{
    int64_t ids[6];
    Str codes[6];
    size_t count = random_below(random, COUNT_OF(ids) + 1);
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        ids[i] = random_int(random);
        codes[i] = random_text(arena, random);
    }
    switch ((ValueType)random_below(random, 5)) {
    case VALUE_INT:
        return value_int(random_int(random));
    case VALUE_TEXT:
        return value_text(random_text(arena, random));
    case VALUE_IDS:
        return value_ids(arena, ids, count);
    case VALUE_CODES:
        return value_codes(arena, codes, count);
    default:
        return VALUE_NOTHING;
    }
}

#endif
