/* SPDX-License-Identifier: Apache-2.0 */
/* json.h - JSON written straight onto a Buf (RFC 8259).
 *
 * Commas and nesting are the writer's business; a name outside an object, a value without a name
 * inside one, or a wrong end is our bug and ASSERTs. Text is escaped so that the answer may also
 * stand in <script type="application/json">: < > & U+2028 U+2029 are written as \u escapes.
 *
 *     Json json = json_open(buf);
 *     json_object_begin(&json);
 *     json_field_str(&json, S("number"), number);
 *     json_object_end(&json);
 *     json_close(&json);
 */
#ifndef TONGXIN_JSON_H
#define TONGXIN_JSON_H

#include "base/moment.h"
#include "base/value.h"

#define JSON_DEPTH_MAX 32

typedef struct Json {
    Buf *buf;
    int depth;
    bool named;                /* a name was written and its value has not come yet */
    bool filled;               /* the current object or array holds something */
    char open[JSON_DEPTH_MAX]; /* '{' or '[' */
} Json;

/* A writer of one JSON text onto `buf`, which must outlive it. */
Json json_open(Buf *buf);
/* ASSERTs that exactly one complete value was written. */
void json_close(const Json *json);

/* Objects and arrays, up to JSON_DEPTH_MAX deep. */
void json_object_begin(Json *json);
void json_object_end(Json *json);
void json_array_begin(Json *json);
void json_array_end(Json *json);
/* The name of the next value; only inside an object. */
void json_name(Json *json, Str name);

/* Single values: the one root, an array's next element, or what follows a name. */
void json_str(Json *json, Str text);
void json_int(Json *json, int64_t number);
void json_bool(Json *json, bool truth);
/* null. Not json_null: jansson, which reads JSON at the edge, has a function of that name. */
void json_none(Json *json);
/* number / 10^scale as a JSON number, trailing zeros dropped: 327 at scale 1 is 32.7. */
void json_decimal(Json *json, int64_t number, int scale);
/* "2026-03-05"; 0 (none) is null. */
void json_day(Json *json, Day day);
/* "2026-03-05T09:30:00+08:00"; 0 (none) is null. */
void json_instant(Json *json, Instant when);
/* A typed value: null, 12, "text", [3,5], ["a","b"]; as value_write but safe inside <script>. */
void json_value(Json *json, Value value);

/* A name and its value in one step. */
void json_field_str(Json *json, Str name, Str text);
void json_field_int(Json *json, Str name, int64_t number);
void json_field_bool(Json *json, Str name, bool truth);
void json_field_none(Json *json, Str name);
void json_field_day(Json *json, Str name, Day day);
void json_field_instant(Json *json, Str name, Instant when);
void json_field_object_begin(Json *json, Str name);
void json_field_array_begin(Json *json, Str name);

#endif
