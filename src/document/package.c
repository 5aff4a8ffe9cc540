/* SPDX-License-Identifier: Apache-2.0 */
#include "document/package.h"

#include <zip.h>

#include "base/buf.h"

/* 1980-01-01 00:00: the first moment the format knows, in its own terms. */
#define NO_DATE 0x0021
#define NO_TIME 0

static bool failed(Err *err, zip_error_t *error)
{
    (void)err_set(err, ERR_INTERNAL, MSG_document_failed);
    (void)err_detail(err, str_from_c(zip_error_strerror(error)));
    zip_error_fini(error);
    return false;
}

static bool add_part(zip_t *archive, const PackagePart *part)
{
    zip_source_t *source = zip_source_buffer(archive, part->bytes.p, part->bytes.n, 0);
    zip_int64_t index = -1;
    if (source != NULL)
        index = zip_file_add(archive, part->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_file_set_dostime(archive, (zip_uint64_t)index, NO_TIME, NO_DATE, 0) == 0;
}

/* Closing writes; the archive is given back either way. */
static bool fill(zip_source_t *store, const PackagePart *parts, size_t count, zip_error_t *error)
{
    zip_t *archive = zip_open_from_source(store, ZIP_TRUNCATE, error);
    bool is_good = archive != NULL;
    if (archive == NULL)
        return false;
    zip_source_keep(store);
    for (size_t i = 0; i < count && is_good; i++)
        is_good = add_part(archive, &parts[i]);
    if (is_good && zip_close(archive) == 0)
        return true;
    zip_error_set(error, zip_error_code_zip(zip_get_error(archive)), 0);
    zip_discard(archive);
    return false;
}

static bool take(Arena *arena, zip_source_t *store, Str *ret_bytes)
{
    zip_stat_t about;
    if (zip_source_stat(store, &about) != 0 || !(about.valid & ZIP_STAT_SIZE) ||
        zip_source_open(store) != 0)
        return false;
    char *bytes = arena_room(arena, about.size);
    zip_int64_t size = zip_source_read(store, bytes, about.size);
    (void)zip_source_close(store);
    *ret_bytes = (Str){bytes, about.size};
    return size >= 0 && (zip_uint64_t)size == about.size;
}

bool package_write(Arena *arena, const PackagePart *parts, size_t count, Str *ret_bytes, Err *err)
{
    zip_error_t error;
    Str bytes = {0};
    zip_error_init(&error);
    zip_source_t *store = zip_source_buffer_create(NULL, 0, 0, &error);
    if (store == NULL)
        return failed(err, &error);
    if (!fill(store, parts, count, &error) || !take(arena, store, &bytes)) {
        zip_source_free(store);
        return failed(err, &error);
    }
    zip_source_free(store);
    zip_error_fini(&error);
    *ret_bytes = bytes;
    return true;
}
