/* SPDX-License-Identifier: Apache-2.0 */
/* unzip.h - parts out of a ZIP file that anybody may have made (APPNOTE 6.3), by its central
 * directory. Refused: encryption, other methods than stored and deflate, entries that overlap, a
 * wrong checksum, ZIP64, and more than a budget of inflated bytes over all parts. */
#ifndef TONGXIN_DOCUMENT_UNZIP_H
#define TONGXIN_DOCUMENT_UNZIP_H

#include "base/err.h"
#include "base/vec.h"

#define ZIP_PARTS_MAX 1000

typedef struct ZipPart {
    Str name;
    uint32_t checksum;
    size_t packed, size, at; /* bytes in the file, bytes inflated, place of the local header */
    int method;
} ZipPart;

typedef struct Zip {
    Arena *arena;
    Str bytes;
    VEC(ZipPart) parts;
    size_t budget; /* bytes that may still be inflated */
} Zip;

/* Reads the directory. ERR_WRONG for what is no such file. */
NODISCARD bool unzip_open(Arena *arena, Str bytes, size_t budget, Zip *ret_zip, Err *err);
/* The bytes of a part; not there: found is false. ERR_WRONG, ERR_TOO_LARGE. */
NODISCARD bool unzip_part(Zip *zip, Str name, Str *ret_bytes, bool *ret_found, Err *err);

#endif
