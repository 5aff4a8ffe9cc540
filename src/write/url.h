/* SPDX-License-Identifier: Apache-2.0 */
/* url.h - addresses inside this site.
 *
 * A Url is a path of this site with everything that came from outside percent-encoded (RFC 3986,
 * section 2). It can only be made here, so a page cannot link to `javascript:` or to another host.
 * Build order: open, segments, queries; another order is our bug and ASSERTs.
 *
 *     Url url = url_open(arena, S("/records/"));
 *     url_segment(&url, kind);
 *     url_query(&url, S("status"), status);
 */
#ifndef TONGXIN_URL_H
#define TONGXIN_URL_H

#include "base/buf.h"

typedef struct Url {
    Buf text;
    bool has_query;
    bool has_fragment; /* only of one from outside; nothing can be added */
} Url;

/* A path written in the program: starts with one '/', holds only unreserved characters and '/'.
 * Anything else ASSERTs. */
Url url_open(Arena *arena, Str path);
/* Adds one path segment, encoded; puts a '/' before it where there is none. An empty segment adds
 * nothing, so "//" cannot arise. */
void url_segment(Url *url, Str segment);
void url_segment_int(Url *url, int64_t segment);
/* Adds name=value, both encoded; an empty value is written as "name=". */
void url_query(Url *url, Str name, Str value);
void url_query_int(Url *url, Str name, int64_t value);

/* A place to go back to, for several addresses that begin alike. */
typedef struct UrlMark {
    size_t n;
    bool has_query;
} UrlMark;
UrlMark url_mark(const Url *url); /* here */
/* Takes back what was added since the mark. */
void url_rewind(Url *url, UrlMark mark);

/* The address as it stands in a header or a JSON answer. */
Str url_text(const Url *url);
/* Takes an address from outside ("back to" after signing in). True only for a path of this site in
 * printable ASCII without backslash: never "//host", never a scheme. */
bool url_parse(Arena *arena, Str text, Url *ret_url);

/* Percent-encodes all but the unreserved characters A-Z a-z 0-9 - . _ ~. */
void url_encode(Buf *buf, Str text);

#endif
