/* SPDX-License-Identifier: Apache-2.0 */
#include "write/json.h"

#include "base/number.h"

Json json_open(Buf *buf)
{
    return (Json){.buf = buf};
}

void json_close(const Json *json)
{
    ASSERT(json->depth == 0 && json->filled && !json->named);
}

/* 0 outside all brackets. */
static char innermost(const Json *json)
{
    if (json->depth == 0)
        return 0;
    return json->open[json->depth - 1];
}

/* Every value comes through here: it writes the comma and proves that a value may stand now. */
static void before_value(Json *json)
{
    ASSERT(json->named == (innermost(json) == '{'));
    ASSERT(json->depth > 0 || !json->filled);
    if (innermost(json) == '[' && json->filled)
        buf_byte(json->buf, ',');
    json->named = false;
    json->filled = true;
}

static void begin(Json *json, char bracket)
{
    before_value(json);
    ASSERT(json->depth < JSON_DEPTH_MAX);
    json->open[json->depth++] = bracket;
    json->filled = false;
    buf_byte(json->buf, bracket);
}

static void end(Json *json, char bracket, char closing)
{
    ASSERT(innermost(json) == bracket && !json->named);
    json->depth--;
    json->filled = true;
    buf_byte(json->buf, closing);
}

void json_object_begin(Json *json)
{
    begin(json, '{');
}

void json_object_end(Json *json)
{
    end(json, '{', '}');
}

void json_array_begin(Json *json)
{
    begin(json, '[');
}

void json_array_end(Json *json)
{
    end(json, '[', ']');
}

static void unicode_escape(Buf *buf, unsigned point)
{
    const unsigned char bytes[2] = {(unsigned char)(point >> 8), (unsigned char)point};
    buf_add(buf, S("\\u"));
    buf_hex(buf, bytes, 2);
}

static void escape_byte(Buf *buf, unsigned char byte)
{
    switch (byte) {
    case '"':
        buf_add(buf, S("\\\""));
        return;
    case '\\':
        buf_add(buf, S("\\\\"));
        return;
    case '\n':
        buf_add(buf, S("\\n"));
        return;
    case '\r':
        buf_add(buf, S("\\r"));
        return;
    case '\t':
        buf_add(buf, S("\\t"));
        return;
    default:
        unicode_escape(buf, byte);
    }
}

/* Length of what must be escaped at `at`: 0 nothing, 1 a byte, 3 a line separator in UTF-8. */
static size_t escape_length(Str text, size_t at)
{
    unsigned char byte = (unsigned char)text.p[at];
    if (byte < 0x20 || byte == 0x7f || byte == '"' || byte == '\\' || byte == '<' || byte == '>' ||
        byte == '&')
        return 1;
    Str three = str_slice(text, at, at + 3);
    if (byte == 0xe2 && (str_eq(three, S("\xe2\x80\xa8")) || str_eq(three, S("\xe2\x80\xa9"))))
        return 3;
    return 0;
}

static void quoted(Buf *buf, Str text)
{
    size_t from = 0;
    buf_byte(buf, '"');
    for (size_t i = 0; i < text.n;) {
        size_t length = escape_length(text, i);
        if (length == 0) {
            i++;
            continue;
        }
        buf_bytes(buf, text.p + from, i - from);
        if (length == 1)
            escape_byte(buf, (unsigned char)text.p[i]);
        else
            unicode_escape(buf, text.p[i + 2] == (char)0xa8 ? 0x2028 : 0x2029);
        i += length;
        from = i;
    }
    if (from < text.n)
        buf_bytes(buf, text.p + from, text.n - from);
    buf_byte(buf, '"');
}

void json_name(Json *json, Str name)
{
    ASSERT(innermost(json) == '{' && !json->named);
    if (json->filled)
        buf_byte(json->buf, ',');
    quoted(json->buf, name);
    buf_byte(json->buf, ':');
    json->named = true;
}

void json_str(Json *json, Str text)
{
    before_value(json);
    quoted(json->buf, text);
}

void json_int(Json *json, int64_t number)
{
    before_value(json);
    buf_int(json->buf, number);
}

void json_bool(Json *json, bool truth)
{
    before_value(json);
    buf_add(json->buf, truth ? S("true") : S("false"));
}

void json_none(Json *json)
{
    before_value(json);
    buf_add(json->buf, S("null"));
}

void json_decimal(Json *json, int64_t number, int scale)
{
    before_value(json);
    decimal_write(json->buf, number, scale, true);
}

void json_day(Json *json, Day day)
{
    if (day == 0) {
        json_none(json);
        return;
    }
    before_value(json);
    buf_byte(json->buf, '"');
    day_write(json->buf, day);
    buf_byte(json->buf, '"');
}

void json_instant(Json *json, Instant when)
{
    if (when == 0) {
        json_none(json);
        return;
    }
    before_value(json);
    buf_byte(json->buf, '"');
    instant_write(json->buf, when);
    buf_byte(json->buf, '"');
}

void json_value(Json *json, Value value)
{
    switch (value.type) {
    case VALUE_NONE:
        json_none(json);
        return;
    case VALUE_INT:
        json_int(json, value.number);
        return;
    case VALUE_TEXT:
        json_str(json, value.text);
        return;
    case VALUE_IDS:
    case VALUE_CODES:
        break;
    }
    json_array_begin(json);
    for (size_t i = 0; i < value.count; i++) {
        if (value.type == VALUE_IDS)
            json_int(json, value.ids[i]);
        else
            json_str(json, value.codes[i]);
    }
    json_array_end(json);
}

void json_field_str(Json *json, Str name, Str text)
{
    json_name(json, name);
    json_str(json, text);
}

void json_field_int(Json *json, Str name, int64_t number)
{
    json_name(json, name);
    json_int(json, number);
}

void json_field_bool(Json *json, Str name, bool truth)
{
    json_name(json, name);
    json_bool(json, truth);
}

void json_field_none(Json *json, Str name)
{
    json_name(json, name);
    json_none(json);
}

void json_field_day(Json *json, Str name, Day day)
{
    json_name(json, name);
    json_day(json, day);
}

void json_field_instant(Json *json, Str name, Instant when)
{
    json_name(json, name);
    json_instant(json, when);
}

void json_field_object_begin(Json *json, Str name)
{
    json_name(json, name);
    json_object_begin(json);
}

void json_field_array_begin(Json *json, Str name)
{
    json_name(json, name);
    json_array_begin(json);
}
