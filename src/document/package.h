/* SPDX-License-Identifier: Apache-2.0 */
/* package.h - parts under their names, in one ZIP file (ECMA-376 part 2). The same parts give the
 * same bytes: no time of day goes in. */
#ifndef TONGXIN_DOCUMENT_PACKAGE_H
#define TONGXIN_DOCUMENT_PACKAGE_H

#include "base/err.h"

typedef struct PackagePart {
    const char *name; /* "word/document.xml" */
    Str bytes;
} PackagePart;

/* In the order given; the result is in `arena`. ERR_INTERNAL when libzip refuses. */
NODISCARD bool package_write(Arena *arena, const PackagePart *parts, size_t count, Str *ret_bytes,
                             Err *err);

#endif
