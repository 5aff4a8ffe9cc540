/* SPDX-License-Identifier: Apache-2.0 */
/* json_in.h - the JSON that people send, taken apart. Adapter of jansson (RFC 8259): strict
 * UTF-8, no name twice, no U+0000, no lone surrogates.
 *
 * A body is one object. Its member `form` is an object of field names and values; a value is a
 * string, a number, true, false, null, or a list of these. Everything is kept as text with its
 * type, because the one binder (record/form.h) reads texts. */
#ifndef TONGXIN_API_JSON_IN_H
#define TONGXIN_API_JSON_IN_H

#include "base/buf.h"
#include "base/err.h"

#define JSON_IN_MEMBERS_MAX 500 /* members and list elements together */

typedef enum InType {
    IN_NOTHING, /* null */
    IN_TEXT,
    IN_INTEGER,
    IN_DECIMAL, /* text: shortest that reads back the same, 12.5 */
    IN_TRUTH,
    IN_NESTED /* an object or list where none may be */
} InType;

typedef struct InMember {
    Str name;
    InType type;
    Str text;       /* line ends are LF */
    int64_t number; /* IN_INTEGER; IN_TRUTH: 1 or 0 */
    bool in_list;   /* an element of a list; elements repeat the name */
} InMember;

typedef struct InMembers {
    const InMember *p;
    size_t n;
} InMembers;

typedef struct JsonIn {
    InMembers members; /* all but `form` */
    InMembers form;
    bool has_form;
} JsonIn;

/* ERR_BAD_REQUEST for what is not such a text, with line and column. Texts live in `arena`. */
NODISCARD bool json_in_parse(Arena *arena, Str body, JsonIn *ret_in, Err *err);

/* The member of that name, or NULL. */
const InMember *json_in_find(const InMembers *members, Str name);
/* The text of a string member; empty when absent or null. ERR_BAD_REQUEST when it is of another
 * type. */
NODISCARD bool json_in_text(const JsonIn *in, Str name, Str *ret_text, Err *err);

#endif
