/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#define FIRST_CAPACITY 256

/* "-9223372036854775808" */
#define INT_DIGITS 20

Buf buf_open(Arena *arena)
{
    return buf_open_max(arena, SIZE_MAX);
}

Buf buf_open_max(Arena *arena, size_t max)
{
    return (Buf){.arena = arena, .max = max};
}

static void grow(Buf *buf, size_t needed)
{
    size_t capacity = MAX(needed, buf->capacity > SIZE_MAX / 2 ? SIZE_MAX : buf->capacity * 2);
    capacity = MIN(MAX(capacity, FIRST_CAPACITY), buf->max);
    char *bytes = arena_room(buf->arena, capacity);
    if (buf->n > 0)
        memcpy(bytes, buf->p, buf->n);
    buf->p = bytes;
    buf->capacity = capacity;
}

char *buf_reserve(Buf *buf, size_t more)
{
    if (buf->too_large || more > buf->max - buf->n) {
        buf->too_large = true;
        buf->capacity = buf->n; /* so that there is no room for less either */
        return NULL;
    }
    if (buf->p == NULL || more > buf->capacity - buf->n)
        grow(buf, buf->n + more);
    return buf->p + buf->n;
}

void buf_bytes(Buf *buf, const void *bytes, size_t size)
{
    if (size == 0 || (size > buf->capacity - buf->n && buf_reserve(buf, size) == NULL))
        return;
    memcpy(buf->p + buf->n, bytes, size);
    buf->n += size;
}

void buf_add(Buf *buf, Str text)
{
    buf_bytes(buf, text.p, text.n);
}

void buf_byte(Buf *buf, char byte)
{
    if (buf->capacity == buf->n && buf_reserve(buf, 1) == NULL)
        return;
    buf->p[buf->n++] = byte;
}

void buf_int(Buf *buf, int64_t number)
{
    buf_int_padded(buf, number, 1);
}

void buf_int_padded(Buf *buf, int64_t number, int width)
{
    char digits[INT_DIGITS];
    char *p = digits + INT_DIGITS;
    /* Unsigned, because -INT64_MIN does not exist. */
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    while (rest > 0) {
        *--p = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (number < 0)
        buf_byte(buf, '-');
    int count = (int)(digits + INT_DIGITS - p);
    for (int i = count; i < width; i++)
        buf_byte(buf, '0');
    buf_bytes(buf, p, (size_t)count);
}

void buf_hex(Buf *buf, const void *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *in = bytes;
    for (size_t i = 0; i < size; i++) {
        char pair[2] = {digits[in[i] >> 4], digits[in[i] & 15]};
        buf_bytes(buf, pair, 2);
    }
}

Str buf_str(const Buf *buf)
{
    return (Str){buf->p, buf->n};
}

bool buf_ok(const Buf *buf)
{
    return !buf->too_large;
}

void buf_clear(Buf *buf)
{
    buf->n = 0;
    buf->too_large = false;
}

void text_write(Buf *buf, const TextPiece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].is_number)
            buf_int(buf, pieces[i].number);
        else
            buf_add(buf, pieces[i].text);
    }
}

Str text_join(Arena *arena, const TextPiece *pieces, size_t count)
{
    Buf buf = buf_open(arena);
    text_write(&buf, pieces, count);
    return buf_str(&buf);
}
