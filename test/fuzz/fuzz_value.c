/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a value or a record's values: refused, or written again to the very same bytes, on
 * which every commitment of the journal rests. */
#include "base/value.h"
#include "fuzz.h"

void fuzz_one(Arena *arena, Str input)
{
    Buf buf = buf_open(arena), all = buf_open(arena);
    Value value;
    Values values;
    Err err = {0};
    if (value_parse(arena, input, &value, &err)) {
        value_write(&buf, value);
        ASSERT(str_eq(buf_str(&buf), input) && value_eq(value, value_dup(arena, value)));
    }
    if (values_parse(arena, input, &values, &err)) {
        values_write(&all, &values);
        ASSERT(str_eq(buf_str(&all), input));
    }
}
