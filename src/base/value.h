/* SPDX-License-Identifier: Apache-2.0 */
/* value.h - one typed value, and a record's values by name.
 *
 * A value is nothing, an integer (counts, money in fen, decimals at the field's scale, Day,
 * Instant, yes/no as 1/0, ids), a text, a list of ids, or a list of codes. Its canonical form is
 * JSON without white space and without floats: null, 12, "text", [3,5], ["a","b"] (lists sorted, no
 * doubles). Escaped are only `"`, `\` and control characters below 0x20, as \n \t \r or \u00xx
 * in lower case. The same bytes stand in the journal, under the leaf's commitments, and in the
 * record's `data`: nothing is ever encoded twice in two ways.
 */
#ifndef TONGXIN_VALUE_H
#define TONGXIN_VALUE_H

#include "base/buf.h"
#include "base/err.h"

typedef enum ValueType { VALUE_NONE, VALUE_INT, VALUE_TEXT, VALUE_IDS, VALUE_CODES } ValueType;

typedef struct Value {
    ValueType type;
    int64_t number;     /* VALUE_INT */
    Str text;           /* VALUE_TEXT */
    const int64_t *ids; /* VALUE_IDS, ascending */
    const Str *codes;   /* VALUE_CODES, ascending */
    size_t count;       /* of ids or codes */
} Value;

#define VALUE_NOTHING ((Value){0})
static inline Value value_int(int64_t number)
{
    return (Value){.type = VALUE_INT, .number = number};
}
static inline Value value_text(Str text)
{
    return (Value){.type = VALUE_TEXT, .text = text};
}
/* Sorts and removes doubles; copies into `arena`. An empty list is VALUE_NONE. */
Value value_ids(Arena *arena, const int64_t *ids, size_t count);
/* The same for codes; their texts are copied too. */
Value value_codes(Arena *arena, const Str *codes, size_t count);

/* The same type and content; equal values have equal canonical forms. */
bool value_eq(Value a, Value b);
/* Canonical JSON. */
void value_write(Buf *buf, Value value);
/* Reads canonical JSON; everything else is refused with ERR_INTERNAL: it comes from our own store.
 * Text is unescaped into `arena`. */
NODISCARD bool value_parse(Arena *arena, Str json, Value *ret, Err *err);
/* A deep copy into `arena`. */
Value value_dup(Arena *arena, Value value);

typedef struct NamedValue {
    Str name;
    uint64_t key; /* name_key(name): names are told apart by one comparison of numbers */
    Value value;
} NamedValue;

/* A number that orders names as their bytes do, as far as the first eight reach. */
static inline uint64_t name_key(Str name)
{
    return be64toh(str_eight(name));
}

static inline NamedValue named_value(Str name, Value value)
{
    return (NamedValue){name, name_key(name), value};
}

/* A record's values, ascending by name, without VALUE_NONE. Names hold no NUL. */
typedef struct Values {
    NamedValue *p;
    size_t n;
    size_t capacity;
} Values;

/* The value, or VALUE_NOTHING. */
Value values_get(const Values *values, Str name);
int64_t values_int(const Values *values, Str name); /* 0 when missing or not an integer */
Str values_text(const Values *values, Str name);    /* empty when missing or not a text */
/* The id of a link with one target: VALUE_INT, or the first of VALUE_IDS; 0 when there is none. */
int64_t values_id(const Values *values, Str name);
/* Adds, replaces, or (VALUE_NONE) removes. The name is not copied. */
void values_set(Arena *arena, Values *values, Str name, Value value);
Values values_dup(Arena *arena, const Values *values);
/* {"a":1,"b":"x"}: names ascending. */
void values_write(Buf *buf, const Values *values);
NODISCARD bool values_parse(Arena *arena, Str json, Values *ret, Err *err);
/* The same, with room for `spare` more in front: ret->p - spare may be written. */
NODISCARD bool values_parse_behind(Arena *arena, size_t spare, Str json, Values *ret, Err *err);

#endif
