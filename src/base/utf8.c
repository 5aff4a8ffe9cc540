/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

/* Length of the sequence that starts with this byte, 0 for a byte that cannot start one. */
static size_t sequence_size(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (lead < 0xF0)
        return 3;
    return lead < 0xF5 ? 4 : 0;
}

/* RFC 3629 section 4: after E0, ED, F0 and F4 the second byte has a narrower range; this shuts out
 * overlong forms, surrogates and what lies past U+10FFFF. */
static bool second_is_valid(unsigned char lead, unsigned char second)
{
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
}

/* Length of the valid sequence at `p`, or 0. */
static size_t valid_size(const unsigned char *p, size_t available)
{
    size_t size = sequence_size(p[0]);
    if (size > available)
        return 0;
    if (size >= 2 && !second_is_valid(p[0], p[1]))
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

/* Eight bytes at once: most of what is checked is names and numbers. */
static bool is_ascii(const unsigned char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return (eight & UINT64_C(0x8080808080808080)) == 0;
}

/* Three bytes from E1..EC, whose second byte may be any: nearly every Chinese character. */
static bool is_han(const unsigned char *p)
{
    return p[0] > 0xE0 && p[0] < 0xED && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

size_t utf8_check(Str text)
{
    const unsigned char *p = (const unsigned char *)text.p;
    size_t at = 0;
    while (at < text.n) {
        while (text.n - at >= 3 && is_han(p + at))
            at += 3;
        if (text.n - at >= 8 && is_ascii(p + at)) {
            at += 8;
            continue;
        }
        if (at == text.n)
            break;
        size_t size = valid_size(p + at, text.n - at);
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

static bool is_control(uint32_t point)
{
    if (point == '\t' || point == '\n' || point == '\r')
        return false;
    return point < 0x20 || (point >= 0x7F && point <= 0x9F);
}

bool utf8_is_clean(Str text)
{
    if (utf8_check(text) != text.n)
        return false;
    uint32_t point = 0;
    while (utf8_next(&text, &point))
        if (is_control(point))
            return false;
    return true;
}

size_t utf8_count(Str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++)
        count += ((unsigned char)text.p[i] & 0xC0) != 0x80;
    return count;
}

bool utf8_next(Str *rest, uint32_t *ret_point)
{
    if (rest->n == 0)
        return false;
    const unsigned char *p = (const unsigned char *)rest->p;
    size_t size = sequence_size(p[0]);
    ASSERT(size > 0 && size <= rest->n);
    uint32_t point = size == 1 ? p[0] : p[0] & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++)
        point = point << 6 | (p[i] & 0x3Fu);
    *ret_point = point;
    *rest = str_slice(*rest, size, rest->n);
    return true;
}

void utf8_put(Buf *buf, uint32_t point)
{
    ASSERT(point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF));
    if (point < 0x80) {
        buf_byte(buf, (char)point);
        return;
    }
    char bytes[4];
    size_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    bytes[0] = (char)((0xF00 >> size) | point);
    buf_bytes(buf, bytes, size);
}

Str utf8_head(Str text, size_t count)
{
    size_t at = 0;
    while (at < text.n && count-- > 0)
        do {
            at++;
        } while (at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80);
    return str_slice(text, 0, at);
}

Str utf8_narrow(Arena *arena, Str text)
{
    Buf buf = buf_open_max(arena, text.n);
    uint32_t point = 0;
    while (utf8_next(&text, &point)) {
        if (point >= 0xFF01 && point <= 0xFF5E)
            point = point - 0xFF01 + '!';
        else if (point == 0x3000)
            point = ' ';
        utf8_put(&buf, point);
    }
    return buf_str(&buf);
}
