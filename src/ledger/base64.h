/* SPDX-License-Identifier: Apache-2.0 */
/* base64.h - standard base64 with padding (RFC 4648 section 4), strict: nothing but the one way to
 * write a value is read. */
#ifndef TONGXIN_BASE64_H
#define TONGXIN_BASE64_H

#include "base/buf.h"

/* Adds the base64 of `bytes`. */
void base64_write(Buf *buf, Str bytes);
/* Bytes in `arena`; false when `text` is not the base64 of anything. */
bool base64_parse(Arena *arena, Str text, Str *ret_bytes);

#endif
