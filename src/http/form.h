/* SPDX-License-Identifier: Apache-2.0 */
/* form.h - what browsers send: queries, forms, files, cookies.
 *
 * Own parsers, because these read bytes from anybody before sign-in; each is fuzzed (test/fuzz/).
 * They take any bytes, never crash, and either give a whole result or an Err with a sentence.
 * Text that comes out is valid UTF-8 without control characters except tab and newline; line ends
 * of forms (CR LF) become one newline, so that lengths and hashes do not depend on the browser.
 * Sources: URL Standard "application/x-www-form-urlencoded", RFC 7578 multipart/form-data,
 * RFC 6265 cookies, RFC 3986 percent-encoding. Limits: http/limits.h.
 * Threads: any; nothing is shared.
 */
#ifndef TONGXIN_HTTP_FORM_H
#define TONGXIN_HTTP_FORM_H

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

/* A name with its text: a field of a form, a part of a query, a cookie, a header line. */
typedef struct FormField {
    Str name;
    Str value;
} FormField;

/* In the order received; names may repeat (choices with several values). */
typedef VEC(FormField) FormFields;

/* An uploaded file. Everything about it is the sender's claim. */
typedef struct FormFile {
    Str name;         /* of the form's field */
    Str file_name;    /* without folders and control characters; may be empty */
    Str content_type; /* as claimed, lower case, without parameters; may be empty */
    Str bytes;        /* any bytes; a view into the body */
} FormFile;

typedef VEC(FormFile) FormFiles;

typedef struct Form {
    FormFields fields;
    FormFiles files; /* files chosen by the person; empty file inputs are left out */
} Form;

/* Decodes %XX, and '+' as a space when `plus` is set. ERR_BAD_REQUEST for a broken escape, bytes
 * that are not UTF-8, or control characters. The result is `text` itself when nothing is escaped,
 * else lives in `arena`. */
NODISCARD bool form_decode(Arena *arena, Str text, bool plus, Str *ret, Err *err);
/* Adds `text` with everything but RFC 3986 unreserved characters as %XX. */
void form_encode(Buf *buf, Str text);

/* The part of a URL after '?', without it. */
NODISCARD bool form_parse_query(Arena *arena, Str query, FormFields *ret, Err *err);
/* A body of type application/x-www-form-urlencoded. */
NODISCARD bool form_parse_urlencoded(Arena *arena, Str body, Form *ret, Err *err);
/* A body of type multipart/form-data; `boundary` as in the Content-Type, 1..70 bytes. */
NODISCARD bool form_parse_multipart(Arena *arena, Str body, Str boundary, Form *ret, Err *err);
/* Chooses by `content_type` (the whole header value). Files are refused unless `files` is set.
 * ERR_UNSUPPORTED_TYPE for any other type. */
NODISCARD bool form_parse(Arena *arena, Str content_type, Str body, bool files, Form *ret,
                          Err *err);
/* A Cookie header. Cookies of strangers may hold anything, so what is malformed is left out. */
void form_parse_cookies(Arena *arena, Str header, FormFields *ret);

/* The first value of that name; the empty text when there is none. */
Str form_get(const FormFields *fields, Str name);
/* All values of that name, in order, in `arena`. */
StrVec form_all(Arena *arena, const FormFields *fields, Str name);
/* The first file of that name, or NULL. */
const FormFile *form_file(const Form *form, Str name);

/* True when the media type (before ';') of a Content-Type value is `type` (given in lower case). */
bool form_type_is(Str content_type, Str type);

#endif
