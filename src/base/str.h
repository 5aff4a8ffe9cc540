/* SPDX-License-Identifier: Apache-2.0 */
/* str.h - text as pointer and length.
 *
 * A Str is a view of UTF-8 bytes that somebody else owns. It is passed by value, is not
 * NUL-terminated, and was validated where it entered the program (utf8_check). The zero Str is the
 * empty text. Comparisons are by bytes, which for UTF-8 is by code point.
 */
#ifndef TONGXIN_STR_H
#define TONGXIN_STR_H

#include <endian.h>

#include "base/arena.h"

typedef struct Str {
    const char *p;
    size_t n; /* bytes */
} Str;

/* Text of a string literal; refuses anything else at compile time. */
#define S(literal) ((Str){"" literal, sizeof(literal) - 1})
/* The same where a constant expression is needed (static tables). */
#define S_CONST(literal)                \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }

/* A Str over a NUL-terminated string from a foreign library; NULL gives the empty text. */
Str str_from_c(const char *text);
/* A NUL-terminated copy for a foreign library. The text must not contain NUL: ASSERT. */
const char *str_c(Arena *arena, Str text);
Str str_dup(Arena *arena, Str text);

/* The same bytes. The last byte is looked at first: names begin alike, and most comparisons are
 * with what is something else. */
static inline bool str_eq(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || (a.p[a.n - 1] == b.p[a.n - 1] && memcmp(a.p, b.p, a.n) == 0));
}

/* <0, 0, >0 by bytes; a prefix comes first. */
static inline int str_cmp(Str a, Str b)
{
    size_t common = MIN(a.n, b.n);
    if (common > 0 && a.p[0] != b.p[0])
        return (unsigned char)a.p[0] - (unsigned char)b.p[0];
    int order = common == 0 ? 0 : memcmp(a.p, b.p, common);
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

/* The first eight bytes as they would lie in memory, NUL behind the end: for looking at them at
 * once. Nothing outside the text is read. */
static inline uint64_t str_eight(Str text)
{
    uint64_t eight = 0;
    uint32_t first, last;
    if (text.n >= sizeof eight) {
        memcpy(&eight, text.p, sizeof eight);
    } else if (text.n >= sizeof first) { /* the two overlap in equal bytes */
        memcpy(&first, text.p, sizeof first);
        memcpy(&last, text.p + text.n - sizeof last, sizeof last);
        eight = le64toh(le32toh(first) | (uint64_t)le32toh(last) << (8 * (text.n - 4)));
    } else {
        for (size_t i = 0; i < text.n; i++)
            eight |= le64toh((uint64_t)(unsigned char)text.p[i] << (8 * i));
    }
    return eight;
}

/* The first bytes are these. */
static inline bool str_starts(Str text, Str prefix)
{
    return text.n >= prefix.n && str_eq((Str){text.p, prefix.n}, prefix);
}

/* The last bytes are these. */
static inline bool str_ends(Str text, Str suffix)
{
    return text.n >= suffix.n &&
           (suffix.n == 0 || str_eq((Str){text.p + (text.n - suffix.n), suffix.n}, suffix));
}

/* Byte offset of the first `needle` at or after `from`, or SIZE_MAX. */
size_t str_find(Str text, Str needle, size_t from);
bool str_has(Str text, Str needle); /* anywhere */
bool str_only(Str text, Str bytes); /* has no byte but these */
/* Bytes [from, to), both clipped to the text. */
static inline Str str_slice(Str text, size_t from, size_t to)
{
    to = MIN(to, text.n);
    from = MIN(from, to);
    return text.n == 0 ? text : (Str){text.p + from, to - from};
}

/* Without ASCII white space at both ends. */
Str str_trim(Str text);
/* Takes the part before the next `separator` off `*rest` and returns true; false when `*rest` is
 * exhausted. "a,,b" gives "a", "", "b"; "" gives nothing; a separator at the end ends the last
 * part ("a,b," gives two), as line ends do. */
bool str_next(Str *rest, char separator, Str *ret_part);
/* Bytes turned to ASCII lower case. */
Str str_lower(Arena *arena, Str text);
/* CR LF and lone CR turned to LF: `text` itself where there is none. Forms come with CR LF from
 * browsers and with LF from programs: one text, one hash. */
Str str_newlines(Arena *arena, Str text);
/* FNV-1a, 64 bits. Not for secrets. */
uint64_t str_hash(Str text);
/* Equality in time that depends on the lengths only. For secrets. */
bool str_eq_secret(Str a, Str b);
/* For qsort: an array of Str by bytes. */
int str_compare_pointers(const void *a, const void *b);

#endif
