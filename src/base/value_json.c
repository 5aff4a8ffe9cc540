/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical form of values. Reading is strict so that each value has exactly one spelling:
 * what was read and is written again gives the same bytes, hence the same commitment. */
#include "base/value.h"

#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"

/* ---- writing ---- */

static const char *short_escape(char byte)
{
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\t':
        return "\\t";
    case '\r':
        return "\\r";
    default:
        return NULL;
    }
}

static void write_escape(Buf *buf, char byte)
{
    const char *escape = short_escape(byte);
    if (escape != NULL) {
        buf_bytes(buf, escape, 2);
        return;
    }
    buf_add(buf, S("\\u00"));
    buf_hex(buf, &byte, 1);
}

static bool needs_escape(char byte)
{
    return (unsigned char)byte < 0x20 || byte == '"' || byte == '\\';
}

static void write_text(Buf *buf, Str text)
{
    buf_byte(buf, '"');
    size_t plain = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!needs_escape(text.p[i]))
            continue;
        buf_add(buf, str_slice(text, plain, i));
        write_escape(buf, text.p[i]);
        plain = i + 1;
    }
    buf_add(buf, str_slice(text, plain, text.n));
    buf_byte(buf, '"');
}

static void write_list(Buf *buf, Value value)
{
    for (size_t i = 0; i < value.count; i++) {
        buf_byte(buf, i == 0 ? '[' : ',');
        if (value.type == VALUE_IDS)
            buf_int(buf, value.ids[i]);
        else
            write_text(buf, value.codes[i]);
    }
    buf_byte(buf, ']');
}

void value_write(Buf *buf, Value value)
{
    if (value.type == VALUE_INT)
        buf_int(buf, value.number);
    else if (value.type == VALUE_TEXT)
        write_text(buf, value.text);
    else if (value.type == VALUE_NONE || value.count == 0)
        buf_add(buf, S("null"));
    else
        write_list(buf, value);
}

void values_write(Buf *buf, const Values *values)
{
    buf_byte(buf, '{');
    for (size_t i = 0; i < values->n; i++) {
        if (i > 0)
            buf_byte(buf, ',');
        write_text(buf, values->p[i].name);
        buf_byte(buf, ':');
        value_write(buf, values->p[i].value);
    }
    buf_byte(buf, '}');
}

/* ---- reading ---- */

typedef struct Reader {
    Arena *arena;
    Str json;
    size_t at;
    Err *err;
} Reader;

static bool fail(const Reader *reader, Str why)
{
    err_set(reader->err, ERR_INTERNAL, MSG_value_unreadable, STR(reader->arena, reader->at));
    return err_detail(reader->err, why);
}

/* The byte that comes next; 0, which no canonical text holds, at the end. */
static char next(const Reader *reader)
{
    if (reader->at == reader->json.n)
        return 0;
    return reader->json.p[reader->at];
}

static bool skip(Reader *reader, char byte)
{
    if (next(reader) != byte || reader->at == reader->json.n)
        return false;
    reader->at++;
    return true;
}

/* Digits that cannot be too many for 64 bits. */
#define DIGITS_SAFE 18

static bool read_int(Reader *reader, int64_t *ret_number)
{
    size_t start = reader->at;
    bool negative = skip(reader, '-');
    size_t digits = reader->at;
    int64_t number = 0;
    for (; next(reader) >= '0' && next(reader) <= '9'; reader->at++)
        if (reader->at - digits < DIGITS_SAFE)
            number = number * 10 + (next(reader) - '0');
    size_t count = reader->at - digits;
    bool zero_first = count > 0 && reader->json.p[digits] == '0' && (count > 1 || negative);
    *ret_number = negative ? -number : number;
    if (count == 0 || zero_first ||
        (count > DIGITS_SAFE && !int_parse(str_slice(reader->json, start, reader->at), ret_number)))
        return fail(reader, S("not a canonical integer"));
    return true;
}

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Behind the backslash: one of the five short escapes, or u00 and two digits for a control
 * character that has none. */
static bool read_escape(Reader *reader, char *ret_byte)
{
    static const char letters[] = "\"\\ntr";
    static const char bytes[] = "\"\\\n\t\r";
    const char *letter = next(reader) == 0 ? NULL : strchr(letters, next(reader));
    if (letter != NULL) {
        *ret_byte = bytes[letter - letters];
        reader->at++;
        return true;
    }
    Str code = str_slice(reader->json, reader->at, reader->at + 5);
    if (code.n < 5 || !str_starts(code, S("u00")))
        return fail(reader, S("unknown escape"));
    int high = hex_digit(code.p[3]);
    int low = hex_digit(code.p[4]);
    if (high < 0 || high > 1 || low < 0 || short_escape((char)(high * 16 + low)) != NULL)
        return fail(reader, S("escape that is not canonical"));
    *ret_byte = (char)(high * 16 + low);
    reader->at += 5;
    return true;
}

/* Bytes up to the closing quote; unescaped text is never longer. */
static size_t text_size_max(const Reader *reader)
{
    size_t end = reader->at;
    while (end < reader->json.n && reader->json.p[end] != '"')
        end += reader->json.p[end] == '\\' ? 2 : 1;
    return MIN(end, reader->json.n) - reader->at;
}

/* None of eight bytes needs an escape: for each pattern the usual test for a zero byte, here of
 * what is left after taking the pattern away. Wrong alarms only cost the look at single bytes. */
static bool eight_are_plain(const char *p)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t eight, quotes, slashes;
    memcpy(&eight, p, sizeof eight);
    quotes = eight ^ ones * '"';
    slashes = eight ^ ones * '\\';
    return (((quotes - ones) | (slashes - ones) | (eight - ones * 0x20)) & ~eight & tops) == 0;
}

/* Nearly every text: no escape in it, so it is a part of what is read. */
static bool read_plain(Reader *reader, Str *ret_text)
{
    const char *start = reader->json.p + reader->at;
    size_t left = reader->json.n - reader->at, n = 0;
    while (left - n >= 8 && eight_are_plain(start + n))
        n += 8;
    while (n < left && !needs_escape(start[n]))
        n++;
    if (n == left || start[n] != '"')
        return false;
    *ret_text = (Str){start, n};
    reader->at += n + 1;
    return true;
}

static bool read_text(Reader *reader, Str *ret_text)
{
    if (!skip(reader, '"'))
        return fail(reader, S("a text was expected"));
    if (read_plain(reader, ret_text))
        return true;
    char *bytes = arena_alloc(reader->arena, text_size_max(reader));
    size_t n = 0;
    while (next(reader) != '"') {
        if ((unsigned char)next(reader) < 0x20)
            return fail(reader, S("control character, or text without end"));
        if (!skip(reader, '\\'))
            bytes[n++] = reader->json.p[reader->at++];
        else if (!read_escape(reader, &bytes[n++]))
            return false;
    }
    reader->at++;
    *ret_text = (Str){bytes, n};
    return true;
}

static bool read_ids(Reader *reader, Value *ret)
{
    IdVec ids = {0};
    do {
        int64_t id = 0;
        if (!read_int(reader, &id))
            return false;
        if (ids.n > 0 && id <= ids.p[ids.n - 1])
            return fail(reader, S("list is not ascending"));
        *vec_push(reader->arena, &ids) = id;
    } while (skip(reader, ','));
    *ret = (Value){.type = VALUE_IDS, .ids = ids.p, .count = ids.n};
    return true;
}

static bool read_codes(Reader *reader, Value *ret)
{
    StrVec codes = {0};
    do {
        Str code = {0};
        if (!read_text(reader, &code))
            return false;
        if (codes.n > 0 && str_cmp(code, codes.p[codes.n - 1]) <= 0)
            return fail(reader, S("list is not ascending"));
        *vec_push(reader->arena, &codes) = code;
    } while (skip(reader, ','));
    *ret = (Value){.type = VALUE_CODES, .codes = codes.p, .count = codes.n};
    return true;
}

static bool read_value(Reader *reader, Value *ret)
{
    Value value = {0};
    bool read = true;
    if (next(reader) == '"') {
        value.type = VALUE_TEXT;
        read = read_text(reader, &value.text);
    } else if (str_starts(str_slice(reader->json, reader->at, reader->json.n), S("null"))) {
        reader->at += 4;
    } else if (skip(reader, '[')) {
        read = next(reader) == '"' ? read_codes(reader, &value) : read_ids(reader, &value);
        if (read && !skip(reader, ']'))
            read = fail(reader, S("list without end"));
    } else {
        value.type = VALUE_INT;
        read = read_int(reader, &value.number);
    }
    if (read)
        *ret = value;
    return read;
}

/* Texts point into one copy of the whole. Escapes give control characters only, so checking the raw
 * bytes checks every text inside. */
static bool reader_check(Reader *reader)
{
    reader->json = str_dup(reader->arena, reader->json);
    reader->at = utf8_check(reader->json);
    if (reader->at != reader->json.n)
        return fail(reader, S("not UTF-8"));
    reader->at = 0;
    return true;
}

static bool read_end(const Reader *reader)
{
    return reader->at == reader->json.n || fail(reader, S("more behind the end"));
}

bool value_parse(Arena *arena, Str json, Value *ret, Err *err)
{
    Reader reader = {.arena = arena, .json = json, .err = err};
    Value value = {0};
    if (!reader_check(&reader) || !read_value(&reader, &value) || !read_end(&reader))
        return false;
    *ret = value;
    return true;
}

static bool read_named(Reader *reader, const NamedValue *last, NamedValue *ret)
{
    Str name = {0};
    Value value = {0};
    if (!read_text(reader, &name))
        return false;
    *ret = named_value(name, value);
    if (last != NULL &&
        (last->key > ret->key || (last->key == ret->key && str_cmp(last->name, ret->name) >= 0)))
        return fail(reader, S("names are not ascending"));
    if (!skip(reader, ':'))
        return fail(reader, S("a colon was expected"));
    if (!read_value(reader, &ret->value))
        return false;
    return ret->value.type != VALUE_NONE || fail(reader, S("a name without a value"));
}

/* Bytes of a name with its value, more or less. */
#define NAMED_BYTES 32

/* What is spare is kept free as elements of the array, so that it moves with it. */
static bool read_values(Reader *reader, size_t spare, Values *ret)
{
    Values all = {.n = spare, .capacity = spare + reader->json.n / NAMED_BYTES + 2};
    all.p = arena_room(reader->arena, all.capacity * sizeof(NamedValue));
    if (!skip(reader, '{'))
        return fail(reader, S("an object was expected"));
    while (all.n == spare ? next(reader) != '}' : skip(reader, ',')) {
        NamedValue *at = vec_push(reader->arena, &all);
        if (!read_named(reader, all.n - 1 > spare ? at - 1 : NULL, at))
            return false;
    }
    *ret = (Values){.p = all.p + spare, .n = all.n - spare, .capacity = all.capacity - spare};
    return skip(reader, '}') || fail(reader, S("object without end"));
}

bool values_parse_behind(Arena *arena, size_t spare, Str json, Values *ret, Err *err)
{
    Reader reader = {.arena = arena, .json = json, .err = err};
    Values values = {0};
    if (!reader_check(&reader) || !read_values(&reader, spare, &values) || !read_end(&reader))
        return false;
    *ret = values;
    return true;
}

bool values_parse(Arena *arena, Str json, Values *ret, Err *err)
{
    return values_parse_behind(arena, 0, json, ret, err);
}
