/* SPDX-License-Identifier: Apache-2.0 */
/* form_internal.h - shared by form.c, multipart.c and the request's reading; not for other rooms.
 * */
#ifndef TONGXIN_HTTP_FORM_INTERNAL_H
#define TONGXIN_HTTP_FORM_INTERNAL_H

#include "http/form.h"

/* Valid UTF-8 without control characters, or ERR_BAD_REQUEST. */
NODISCARD bool form_check_text(Str text, Err *err);
/* Adds a decoded field within the limits; its line ends become newlines. */
NODISCARD bool form_add_field(Arena *arena, FormFields *fields, FormField field, Err *err);
/* Equality without regard to ASCII case. */
bool form_eq_caseless(Str a, Str b);
/* The parameter `name` (lower case) of a header value such as `form-data; name="x"`: without
 * quotes, `\"` undone; the empty text when absent or malformed. */
Str form_header_parameter(Arena *arena, Str header, Str name);

#endif
