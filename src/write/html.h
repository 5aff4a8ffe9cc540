/* SPDX-License-Identifier: Apache-2.0 */
/* html.h - HTML that is escaped by type.
 *
 *     HTML(h, "<a href=\"", url, "\">", title, "</a> ", count);
 *
 * Each piece is written by what it is: a string literal is markup and goes out as it stands; a Str
 * is text and is always escaped; an integer prints its digits; a Url (write/url.h) is a checked
 * type. Anything else does not compile. A `char *` or an array that is not a literal is refused by
 * the compiler, so text from a person can never be taken for markup (ADR 0004,
 * test/compile_fail/html/).
 *
 * Rules for callers: attribute values stand in double quotes; nothing is written inside <script> or
 * <style> but JSON (write/json.h). A MessageId is an int to the compiler: write T(h, MSG_x), never
 * MSG_x alone.
 *
 * A writer never fails; its Buf remembers being too large (buf_ok). Threads: as the Buf's arena.
 */
#ifndef TONGXIN_HTML_H
#define TONGXIN_HTML_H

#include "base/buf.h"
#include "base/message.h"
#include "write/url.h"

typedef struct Html {
    Buf *buf;
    Language language; /* of the page: T, html_label */
} Html;

/* A writer onto `buf`, which must outlive it. */
Html html_open(Buf *buf, Language language);

/* Text with & < > " ' escaped: safe between tags and inside a quoted attribute. */
void html_text(Html *h, Str text);
/* Markup from a literal. Called through HTML(), which proves that it is a literal. */
static inline void html_literal(Html *h, const char *markup)
{
    buf_bytes(h->buf, markup, strlen(markup));
}
void html_int(Html *h, int64_t number);
void html_url(Html *h, Url url); /* an address inside a quoted attribute */
/* 12345 as 12,345. */
void html_count(Html *h, int64_t number);
/* Escaped text whose line ends become <br>; for what people typed. */
void html_lines(Html *h, Str text);
/* A profile's name for something in the page's language, escaped. */
void html_label(Html *h, Label label);

/* A message in the page's language with up to three Str put into its holes; in the Buf's arena.
 *     HTML(h, "<h1>", T(h, MSG_page_desk), "</h1><p>", T(h, MSG_page_hello, name), "</p>"); */
#define T(h, ...)                   T_PICK(h, __VA_ARGS__, (Str){0}, (Str){0}, (Str){0}, 0)
#define T_PICK(h, id, a, b, c, ...) html_say((h), (id), (a), (b), (c))
Str html_say(const Html *h, MessageId id, Str a, Str b, Str c);

/* 1 for what could be a C string, whose every use must then be a literal. */
#define HTML_IS_CHARS(x)                                                                        \
    _Generic((x), char * : 1, const char * : 1, unsigned char * : 1, const unsigned char * : 1, \
             default : 0)
/* No `default`: a double, a bool pointer or a struct has no way into a page. */
#define HTML_WRITER(x) \
    _Generic((x), char *                                                                           \
             : html_literal, const char *                                                          \
             : html_literal, Str                                                                   \
             : html_text, Url                                                                      \
             : html_url, int                                                                       \
             : html_int, unsigned                                                                  \
             : html_int, long                                                                      \
             : html_int, unsigned long                                                             \
             : html_int, long long                                                                 \
             : html_int, unsigned long long                                                        \
             : html_int, short                                                                     \
             : html_int, unsigned short                                                            \
             : html_int, unsigned char                                                             \
             : html_int)
/* The compiler itself answers whether x is a literal: __builtin_constant_p is true of a pointer
 * only when it points at a string literal (gcc 12, clang 14, at every optimisation level). */
#define HTML_ONE(x)                                                                     \
    ((void)sizeof(struct {                                                              \
         _Static_assert(!HTML_IS_CHARS(x) || __builtin_constant_p(x),                   \
                        "HTML(): markup must be a string literal; text must be a Str"); \
         int proven;                                                                    \
     }),                                                                                \
     HTML_WRITER(x)(html_writer_, (x)))

/* Writes 1 to 16 pieces. */
#define HTML(h, ...)                     \
    do {                                 \
        Html *html_writer_ = (h);        \
        MAP_EACH(HTML_ONE, __VA_ARGS__); \
    } while (0)

#endif
