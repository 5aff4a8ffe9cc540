/* SPDX-License-Identifier: Apache-2.0 */
#include "write/url.h"

static bool is_unreserved(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

void url_encode(Buf *buf, Str text)
{
    static const char DIGITS[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char byte = (unsigned char)text.p[i];
        if (is_unreserved(byte))
            continue;
        char escape[3] = {'%', DIGITS[byte >> 4], DIGITS[byte & 15]};
        buf_add(buf, str_slice(text, from, i));
        buf_bytes(buf, escape, sizeof escape);
        from = i + 1;
    }
    buf_add(buf, str_slice(text, from, text.n));
}

Url url_open(Arena *arena, Str path)
{
    ASSERT(path.n > 0 && path.p[0] == '/' && !str_has(path, S("//")));
    for (size_t i = 0; i < path.n; i++)
        ASSERT(path.p[i] == '/' || is_unreserved((unsigned char)path.p[i]));
    Url url = {.text = buf_open(arena)};
    buf_add(&url.text, path);
    return url;
}

void url_segment(Url *url, Str segment)
{
    ASSERT(!url->has_query && !url->has_fragment);
    if (segment.n == 0)
        return;
    if (!str_ends(buf_str(&url->text), S("/")))
        buf_byte(&url->text, '/');
    url_encode(&url->text, segment);
}

void url_segment_int(Url *url, int64_t segment)
{
    url_segment(url, STR(url->text.arena, segment));
}

void url_query(Url *url, Str name, Str value)
{
    ASSERT(!url->has_fragment);
    buf_byte(&url->text, url->has_query ? '&' : '?');
    url->has_query = true;
    url_encode(&url->text, name);
    buf_byte(&url->text, '=');
    url_encode(&url->text, value);
}

UrlMark url_mark(const Url *url)
{
    return (UrlMark){url->text.n, url->has_query};
}

void url_rewind(Url *url, UrlMark mark)
{
    ASSERT(mark.n <= url->text.n && !url->has_fragment);
    url->text.n = mark.n;
    url->has_query = mark.has_query;
}

void url_query_int(Url *url, Str name, int64_t value)
{
    url_query(url, name, STR(url->text.arena, value));
}

Str url_text(const Url *url)
{
    return buf_str(&url->text);
}

bool url_parse(Arena *arena, Str text, Url *ret_url)
{
    if (text.n == 0 || text.p[0] != '/' || str_starts(text, S("//")))
        return false;
    for (size_t i = 0; i < text.n; i++)
        /* Browsers take a backslash for a slash, and drop tabs and newlines. */
        if (text.p[i] <= ' ' || text.p[i] >= 0x7f || text.p[i] == '\\')
            return false;
    Url url = {.text = buf_open(arena),
               .has_query = str_has(text, S("?")),
               .has_fragment = str_has(text, S("#"))};
    buf_add(&url.text, text);
    *ret_url = url;
    return true;
}
