/* SPDX-License-Identifier: Apache-2.0 */
/* buf.h - text that grows, in an arena.
 *
 * A Buf keeps a sticky `too_large` state: writers never check, the one who finishes does
 * (buf_ok). Past `max` bytes nothing more is added. TEXT() joins literals, Str, integers.
 */
#ifndef TONGXIN_BUF_H
#define TONGXIN_BUF_H

#include "base/str.h"

typedef struct Buf {
    char *p;
    size_t n;
    size_t capacity;
    size_t max; /* bytes; SIZE_MAX when unlimited */
    Arena *arena;
    bool too_large;
} Buf;

/* An empty Buf without limit. */
Buf buf_open(Arena *arena);
/* A Buf that refuses to grow past `max` bytes. */
Buf buf_open_max(Arena *arena, size_t max);
/* Makes room for `more` bytes and returns where they go; NULL when too large. `n` is unchanged: the
 * caller adds what it wrote to `buf->n`. */
char *buf_reserve(Buf *buf, size_t more);
void buf_add(Buf *buf, Str text);
void buf_bytes(Buf *buf, const void *bytes, size_t size);
void buf_byte(Buf *buf, char byte);
void buf_int(Buf *buf, int64_t number);
/* `number` with at least `width` digits, zeros in front. */
void buf_int_padded(Buf *buf, int64_t number, int width);
void buf_hex(Buf *buf, const void *bytes, size_t size);
/* What was written so far; stays valid until the Buf grows. */
Str buf_str(const Buf *buf);
bool buf_ok(const Buf *buf);
void buf_clear(Buf *buf);

/* ---- TEXT(buf, "literal", str, integer, …): up to 16 pieces, chosen by type ---- */

typedef struct TextPiece {
    Str text;
    int64_t number;
    bool is_number;
} TextPiece;

static inline TextPiece text_piece_str(Str text)
{
    return (TextPiece){.text = text};
}
static inline TextPiece text_piece_int(int64_t number)
{
    return (TextPiece){.number = number, .is_number = true};
}
static inline TextPiece text_piece_c(const char *text)
{
    return (TextPiece){.text = str_from_c(text)};
}

#define TEXT_PIECE(x) \
    _Generic((x), Str                                                                              \
             : text_piece_str, char *                                                              \
             : text_piece_c, const char *                                                          \
             : text_piece_c, default                                                               \
             : text_piece_int)(x)

#define MAP_1(m, a)       m(a)
#define MAP_2(m, a, ...)  m(a), MAP_1(m, __VA_ARGS__)
#define MAP_3(m, a, ...)  m(a), MAP_2(m, __VA_ARGS__)
#define MAP_4(m, a, ...)  m(a), MAP_3(m, __VA_ARGS__)
#define MAP_5(m, a, ...)  m(a), MAP_4(m, __VA_ARGS__)
#define MAP_6(m, a, ...)  m(a), MAP_5(m, __VA_ARGS__)
#define MAP_7(m, a, ...)  m(a), MAP_6(m, __VA_ARGS__)
#define MAP_8(m, a, ...)  m(a), MAP_7(m, __VA_ARGS__)
#define MAP_9(m, a, ...)  m(a), MAP_8(m, __VA_ARGS__)
#define MAP_10(m, a, ...) m(a), MAP_9(m, __VA_ARGS__)
#define MAP_11(m, a, ...) m(a), MAP_10(m, __VA_ARGS__)
#define MAP_12(m, a, ...) m(a), MAP_11(m, __VA_ARGS__)
#define MAP_13(m, a, ...) m(a), MAP_12(m, __VA_ARGS__)
#define MAP_14(m, a, ...) m(a), MAP_13(m, __VA_ARGS__)
#define MAP_15(m, a, ...) m(a), MAP_14(m, __VA_ARGS__)
#define MAP_16(m, a, ...) m(a), MAP_15(m, __VA_ARGS__)
#define MAP_PICK(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, name, ...) \
    name
/* Applies macro `m` to each of 1 to 16 arguments, separated by commas. */
#define MAP_EACH(m, ...)                                                                        \
    MAP_PICK(__VA_ARGS__, MAP_16, MAP_15, MAP_14, MAP_13, MAP_12, MAP_11, MAP_10, MAP_9, MAP_8, \
             MAP_7, MAP_6, MAP_5, MAP_4, MAP_3, MAP_2, MAP_1, 0)                                \
    (m, __VA_ARGS__)

/* What TEXT and STR call. */
void text_write(Buf *buf, const TextPiece *pieces, size_t count);
Str text_join(Arena *arena, const TextPiece *pieces, size_t count);

#define TEXT_PIECES(...) ((TextPiece[]){MAP_EACH(TEXT_PIECE, __VA_ARGS__)})
#define TEXT_COUNT(...)  (sizeof(TEXT_PIECES(__VA_ARGS__)) / sizeof(TextPiece))

/* Adds the pieces to `buf`. */
#define TEXT(buf, ...) text_write((buf), TEXT_PIECES(__VA_ARGS__), TEXT_COUNT(__VA_ARGS__))
/* The pieces as one Str in `arena`. */
#define STR(arena, ...) text_join((arena), TEXT_PIECES(__VA_ARGS__), TEXT_COUNT(__VA_ARGS__))

#endif
