/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.h - code points. Strict per RFC 3629: no overlong forms, no surrogates, nothing past
 * U+10FFFF. */
#ifndef TONGXIN_UTF8_H
#define TONGXIN_UTF8_H

#include "base/buf.h"

/* Offset of the first bad byte, or text.n when all is well. */
size_t utf8_check(Str text);
/* True when valid and free of control characters other than tab, newline, carriage return. */
bool utf8_is_clean(Str text);
/* Code points in valid text. A limit "30 characters" counts these. */
size_t utf8_count(Str text);
/* Takes one code point off valid `*rest`; false at the end. */
bool utf8_next(Str *rest, uint32_t *ret_point);
void utf8_put(Buf *buf, uint32_t point);
/* The first `count` code points. */
Str utf8_head(Str text, size_t count);
/* Full-width ASCII (U+FF01..FF5E) and U+3000 to ASCII; other text unchanged. */
Str utf8_narrow(Arena *arena, Str text);

#endif
