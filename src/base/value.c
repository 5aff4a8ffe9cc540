/* SPDX-License-Identifier: Apache-2.0 */
#include "base/value.h"

#include "base/vec.h"

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

Value value_ids(Arena *arena, const int64_t *ids, size_t count)
{
    if (count == 0)
        return VALUE_NOTHING;
    int64_t *sorted = arena_copy(arena, ids, count * sizeof(*ids));
    qsort(sorted, count, sizeof(*sorted), compare_ids);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++)
        if (sorted[i] != sorted[kept - 1])
            sorted[kept++] = sorted[i];
    return (Value){.type = VALUE_IDS, .ids = sorted, .count = kept};
}

Value value_codes(Arena *arena, const Str *codes, size_t count)
{
    if (count == 0)
        return VALUE_NOTHING;
    Str *sorted = arena_copy(arena, codes, count * sizeof(*codes));
    qsort(sorted, count, sizeof(*sorted), str_compare_pointers);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++)
        if (!str_eq(sorted[i], sorted[kept - 1]))
            sorted[kept++] = sorted[i];
    for (size_t i = 0; i < kept; i++)
        sorted[i] = str_dup(arena, sorted[i]);
    return (Value){.type = VALUE_CODES, .codes = sorted, .count = kept};
}

bool value_eq(Value a, Value b)
{
    if (a.type != b.type)
        return false;
    if (a.type == VALUE_NONE)
        return true;
    if (a.type == VALUE_INT)
        return a.number == b.number;
    if (a.type == VALUE_TEXT)
        return str_eq(a.text, b.text);
    bool same = a.count == b.count;
    for (size_t i = 0; same && i < a.count; i++)
        same = a.type == VALUE_IDS ? a.ids[i] == b.ids[i] : str_eq(a.codes[i], b.codes[i]);
    return same;
}

Value value_dup(Arena *arena, Value value)
{
    if (value.type == VALUE_TEXT)
        value.text = str_dup(arena, value.text);
    if (value.type == VALUE_IDS)
        return value_ids(arena, value.ids, value.count);
    if (value.type == VALUE_CODES)
        return value_codes(arena, value.codes, value.count);
    return value;
}

/* ---- a record's values ---- */

/* Index of the first name that is not below `name`. */
static size_t values_place(const Values *values, Str name)
{
    size_t low = 0;
    size_t high = values->n;
    uint64_t key = name_key(name);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const NamedValue *one = &values->p[middle];
        if (one->key < key || (one->key == key && str_cmp(one->name, name) < 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const Values *values, size_t place, Str name)
{
    return place < values->n && str_eq(values->p[place].name, name);
}

Value values_get(const Values *values, Str name)
{
    size_t place = values_place(values, name);
    return is_at(values, place, name) ? values->p[place].value : VALUE_NOTHING;
}

int64_t values_int(const Values *values, Str name)
{
    Value value = values_get(values, name);
    return value.type == VALUE_INT ? value.number : 0;
}

int64_t values_id(const Values *values, Str name)
{
    Value value = values_get(values, name);
    return value.type == VALUE_IDS ? value.ids[0] : value.type == VALUE_INT ? value.number : 0;
}

Str values_text(const Values *values, Str name)
{
    Value value = values_get(values, name);
    return value.type == VALUE_TEXT ? value.text : (Str){0};
}

static void values_remove(Values *values, size_t place)
{
    values->n--;
    memmove(values->p + place, values->p + place + 1, (values->n - place) * sizeof(NamedValue));
}

void values_set(Arena *arena, Values *values, Str name, Value value)
{
    size_t place = values_place(values, name);
    bool there = is_at(values, place, name);
    if (there && value.type == VALUE_NONE) {
        values_remove(values, place);
    } else if (there) {
        values->p[place].value = value;
    } else if (value.type != VALUE_NONE) {
        *vec_push(arena, values) = (NamedValue){0};
        NamedValue *at = values->p + place;
        memmove(at + 1, at, (values->n - 1 - place) * sizeof(NamedValue));
        *at = named_value(name, value);
    }
}

Values values_dup(Arena *arena, const Values *values)
{
    Values copy = {
        .p = NEW_ARRAY(arena, NamedValue, values->n), .n = values->n, .capacity = values->n};
    for (size_t i = 0; i < values->n; i++)
        copy.p[i] =
            named_value(str_dup(arena, values->p[i].name), value_dup(arena, values->p[i].value));
    return copy;
}
