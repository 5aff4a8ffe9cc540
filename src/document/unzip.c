/* SPDX-License-Identifier: Apache-2.0 */
#include "document/unzip.h"

#include <stdlib.h>
#include <zlib.h>

#define END_SIZE    22
#define ENTRY_SIZE  46
#define LOCAL_SIZE  30
#define COMMENT_MAX 65535

static uint32_t number_at(Str bytes, size_t at, size_t width)
{
    uint32_t number = 0;
    for (size_t i = width; i > 0; i--)
        number = number << 8 | (uint8_t)bytes.p[at + i - 1];
    return number;
}

static bool is_at(Str bytes, size_t at, const char *mark)
{
    return at + 4 <= bytes.n && memcmp(bytes.p + at, mark, 4) == 0;
}

static bool no_book(Err *err)
{
    return err_set(err, ERR_WRONG, MSG_document_no_workbook);
}

static bool find_end(Str bytes, size_t *ret_at)
{
    size_t least = bytes.n > END_SIZE + COMMENT_MAX ? bytes.n - END_SIZE - COMMENT_MAX : 0;
    for (size_t at = bytes.n - END_SIZE + 1; at > least; at--)
        if (is_at(bytes, at - 1, "PK\5\6")) {
            *ret_at = at - 1;
            return true;
        }
    return false;
}

static bool take_entry(Zip *zip, size_t *at, size_t end)
{
    Str bytes = zip->bytes;
    ZipPart part;
    size_t name, rest;
    if (*at + ENTRY_SIZE > end || !is_at(bytes, *at, "PK\1\2"))
        return false;
    name = number_at(bytes, *at + 28, 2);
    rest = number_at(bytes, *at + 30, 2) + number_at(bytes, *at + 32, 2);
    if (*at + ENTRY_SIZE + name + rest > end || (number_at(bytes, *at + 8, 2) & 1) != 0)
        return false;
    part = (ZipPart){.name = str_slice(bytes, *at + ENTRY_SIZE, *at + ENTRY_SIZE + name),
                     .checksum = number_at(bytes, *at + 16, 4),
                     .packed = number_at(bytes, *at + 20, 4),
                     .size = number_at(bytes, *at + 24, 4),
                     .at = number_at(bytes, *at + 42, 4),
                     .method = (int)number_at(bytes, *at + 10, 2)};
    if (part.method != 0 && part.method != 8)
        return false;
    *vec_push(zip->arena, &zip->parts) = part;
    *at += ENTRY_SIZE + name + rest;
    return true;
}

static int place_order(const void *a, const void *b)
{
    const ZipPart *first = a, *second = b;
    return (first->at > second->at) - (first->at < second->at);
}

/* Files that overlap give many bytes for few. */
static bool stand_apart(const Zip *zip, size_t end)
{
    for (size_t i = 0; i < zip->parts.n; i++) {
        const ZipPart *part = &zip->parts.p[i];
        size_t next = i + 1 < zip->parts.n ? zip->parts.p[i + 1].at : end;
        if (part->at > next || next - part->at < LOCAL_SIZE ||
            next - part->at - LOCAL_SIZE < part->packed || !is_at(zip->bytes, part->at, "PK\3\4"))
            return false;
    }
    return true;
}

bool unzip_open(Arena *arena, Str bytes, size_t budget, Zip *ret_zip, Err *err)
{
    Zip zip = {.arena = arena, .bytes = bytes, .budget = budget};
    size_t end, at, count;
    if (bytes.n < END_SIZE || !find_end(bytes, &end))
        return no_book(err);
    count = number_at(bytes, end + 10, 2);
    at = number_at(bytes, end + 16, 4);
    if (count == 0 || count > ZIP_PARTS_MAX || at > end)
        return no_book(err);
    size_t directory = at;
    while (zip.parts.n < count)
        if (!take_entry(&zip, &at, end))
            return no_book(err);
    qsort(zip.parts.p, zip.parts.n, sizeof *zip.parts.p, place_order);
    if (!stand_apart(&zip, directory))
        return no_book(err);
    *ret_zip = zip;
    return true;
}

static bool unpack(const ZipPart *part, Str packed, char *room)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)packed.p,
                       .avail_in = (uInt)packed.n,
                       .next_out = (Bytef *)room,
                       .avail_out = (uInt)part->size};
    bool whole;
    if (part->method == 0) {
        if (packed.n != part->size)
            return false;
        memcpy(room, packed.p, packed.n);
        return true;
    }
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return false;
    whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.total_out == part->size;
    inflateEnd(&stream);
    return whole;
}

bool unzip_part(Zip *zip, Str name, Str *ret_bytes, bool *ret_found, Err *err)
{
    const ZipPart *part = NULL;
    size_t from;
    char *room;
    for (size_t i = 0; i < zip->parts.n && !part; i++)
        if (str_eq(zip->parts.p[i].name, name))
            part = &zip->parts.p[i];
    *ret_found = part != NULL;
    if (!part)
        return true;
    if (part->size > zip->budget)
        return err_set(err, ERR_TOO_LARGE, MSG_document_workbook_large);
    zip->budget -= part->size;
    from = part->at + LOCAL_SIZE + number_at(zip->bytes, part->at + 26, 2) +
           number_at(zip->bytes, part->at + 28, 2);
    if (from > zip->bytes.n || part->packed > zip->bytes.n - from)
        return no_book(err);
    room = arena_room(zip->arena, part->size + 1);
    if (!unpack(part, str_slice(zip->bytes, from, from + part->packed), room) ||
        crc32(0, (const Bytef *)room, (uInt)part->size) != part->checksum)
        return no_book(err);
    *ret_bytes = (Str){room, part->size};
    return true;
}
