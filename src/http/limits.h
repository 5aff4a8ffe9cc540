/* SPDX-License-Identifier: Apache-2.0 */
/* limits.h - every size and time that somebody outside controls, and where it ends.
 *
 * Out of memory aborts (base/arena.h), so nothing from outside may grow without one of these.
 * What is refused: request line 414, header 431, body and fields 413, connections are not accepted,
 * slow clients are disconnected. Reasons for the figures: doc/adr/0002-libmicrohttpd.md.
 */
#ifndef TONGXIN_HTTP_LIMITS_H
#define TONGXIN_HTTP_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#define HTTP_CONNECTION_MEMORY ((size_t)8 * 1024) /* bytes the parser keeps for each connection */
#define HTTP_URL_MAX           3072 /* bytes of path and query; what is longer is 414 */
#define HTTP_HEADER_MAX        ((size_t)4 * 1024) /* bytes of request line and header; else 431 */
#define HTTP_HEADER_BUDGET     ((size_t)6 * 1024) /* what it may take of the memory … */
#define HTTP_LINE_COST         64                 /* … with this for each line and each cookie */
#define HTTP_HEADERS_MAX       60                 /* header lines; else 431 */
#define HTTP_LOCATION_MAX      2048 /* bytes of a Location; a longer one loses its query */
#define HTTP_SEGMENTS_MAX      16   /* parts of a path between slashes; else 404 */
#define HTTP_PARAMS_MAX        8    /* {holes} of one pattern */

#define HTTP_BODY_DEFAULT ((size_t)64 * 1024) /* bytes, where the route states no body_limit */
/* Bytes of all bodies being received; else 503. */
#define HTTP_BODY_TOTAL ((int64_t)256 * 1024 * 1024)
#define HTTP_DRAIN_MAX  ((size_t)1024 * 1024) /* bytes read and dropped so that a 413 arrives */

#define FORM_FIELDS_MAX      (200)               /* fields of a form, of a query, cookies */
#define FORM_NAME_MAX        (128)               /* bytes of a field's name */
#define FORM_FIELD_MAX       ((size_t)64 * 1024) /* bytes of a field's value */
#define FORM_FILES_MAX       (20)                /* files of a form */
#define FORM_PART_HEADER_MAX (2048) /* bytes of the header of one part of multipart/form-data */
#define FORM_FILE_NAME_MAX   (255)  /* bytes; longer names are cut at the front */

#define HTTP_CONNECTIONS_MAX 10500
#define HTTP_LOOP_THREADS    2
#define HTTP_LOOPS_MAX       64
#define HTTP_POOL_THREADS    2
#define HTTP_POOL_QUEUE      64 /* waiting jobs; beyond that 503 with Retry-After */

#define HTTP_HEADER_MS     10000 /* from the first byte (or connecting) to the end of the header */
#define HTTP_IDLE_MS       75000 /* between two requests of a kept connection */
#define HTTP_BODY_MS       15000 /* for a body, plus one second for each HTTP_BODY_RATE bytes */
#define HTTP_BODY_RATE     2048  /* bytes a second */
#define HTTP_RESPONSE_MS   60000 /* for taking an answer, plus one second for each RESPONSE_RATE */
#define HTTP_RESPONSE_RATE 8192  /* bytes a second */
#define HTTP_STOP_MS       5000  /* how long http_stop waits for clients */

#endif
