/* SPDX-License-Identifier: Apache-2.0 */
#include "view/attachment.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "ledger/digest.h"
#include "view/mask.h"

#include "query.h"

#define ID_BYTES ((size_t)16)

static const struct {
    Str start;
    Str type;
} types[] = {
    {S_CONST("%PDF-"), S_CONST("application/pdf")},
    {S_CONST("\x89PNG\r\n\x1a\n"), S_CONST("image/png")},
    {S_CONST("\xff\xd8\xff"), S_CONST("image/jpeg")},
    /* .docx .xlsx .pptx are zip files; .doc .xls .ppt .wps are OLE2. */
    {S_CONST("PK\x03\x04"), S_CONST("application/zip")},
    {S_CONST("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), S_CONST("application/x-ole-storage")},
};

Str attachment_type(Str bytes)
{
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (str_starts(bytes, types[i].start))
            return types[i].type;
    return utf8_is_clean(bytes) ? S("text/plain; charset=utf-8") : S("");
}

Str attachment_new_id(Arena *arena)
{
    RandomSource random = random_system();
    return crypto_token(arena, &random, ID_BYTES);
}

static bool write_failed(Err *err)
{
    return file_put_failed(MSG_view_attachment_write, S(""), err);
}

/* Under another name until it is whole, so that a file of that name is always the file. */
static bool write_file(Arena *arena, Str folder, Str id, Str bytes, Err *err)
{
    const char *part = str_c(arena, STR(arena, folder, "/", id, ".part"));
    const char *whole = str_c(arena, STR(arena, folder, "/", id));
    int file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool done;
    if (file < 0)
        return write_failed(err);
    done = file_put(file, bytes) && fsync(file) == 0;
    done = close(file) == 0 && done;
    if (done && rename(part, whole) == 0 && file_sync_folder(str_c(arena, folder)))
        return true;
    write_failed(err);
    unlink(part);
    return false;
}

static Str folder_of(Arena *arena, const Site *site)
{
    return STR(arena, site->dir, "/attachments");
}

bool attachment_room(const Visit *visit, size_t size, Err *err)
{
    int64_t most = visit_is_staff(visit) ? ATTACHMENT_UNCLAIMED_STAFF : ATTACHMENT_UNCLAIMED_PUBLIC;
    QAttachmentUnclaimed row = {0};
    bool found;
    if (!q_attachment_unclaimed(visit->db, visit->arena, &row, &found, err))
        return false;
    return row.bytes + (int64_t)size <= most ||
           err_set(err, ERR_DISK_FULL, MSG_view_attachment_room);
}

static bool check_size(Arena *arena, size_t size, Err *err)
{
    if (size == 0)
        return err_set(err, ERR_BAD_REQUEST, MSG_view_attachment_empty);
    return size <= ATTACHMENT_MAX || err_set(err, ERR_TOO_LARGE, MSG_view_attachment_size,
                                             STR(arena, ATTACHMENT_MAX / 1024 / 1024));
}

bool attachment_keep(Arena *arena, const Site *site, const FormFile *file, Instant now,
                     Attachment *ret_attachment, Err *err)
{
    Str folder = folder_of(arena, site);
    Str type = attachment_type(file->bytes);
    Hash hash = hash_sha256(file->bytes);
    Attachment attachment = {.id = attachment_new_id(arena),
                             .name =
                                 file->file_name.n ? str_dup(arena, file->file_name) : S("file"),
                             .type = type.n ? type : S("application/octet-stream"),
                             .size = (int64_t)file->bytes.n,
                             .sha256 = hash_text(arena, &hash),
                             .put_at = now};
    if (!check_size(arena, file->bytes.n, err))
        return false;
    if (mkdir(str_c(arena, folder), 0700) != 0 && errno != EEXIST)
        return write_failed(err);
    if (!write_file(arena, folder, attachment.id, file->bytes, err))
        return false;
    *ret_attachment = attachment;
    return true;
}

bool attachment_store(Arena *arena, const Site *site, const FormFile *file, Instant now,
                      Attachment *ret_attachment, Err *err)
{
    if (file->bytes.n > 0 && attachment_type(file->bytes).n == 0)
        return err_set(err, ERR_UNSUPPORTED_TYPE, MSG_view_attachment_type);
    return attachment_keep(arena, site, file, now, ret_attachment, err);
}

bool attachment_put(Db *db, Arena *arena, void *context, Err *err)
{
    const Attachment *attachment = context;
    (void)arena;
    return q_attachment_put(db, attachment->id, attachment->name, attachment->type,
                            attachment->size, attachment->sha256, attachment->put_at, err);
}

/* The file first: see task/tidy.c. */
bool attachment_drop(const Site *site, Db *db, Arena *arena, Str id, Err *err)
{
    QAttachmentRow row;
    bool found = false;
    if (!q_attachment_get(db, arena, id, &row, &found, err))
        return false;
    if (found && !row.record_is_null)
        return true;
    if (unlink(str_c(arena, STR(arena, folder_of(arena, site), "/", id))) != 0 && errno != ENOENT)
        return err_set(err, ERR_ENVIRONMENT, MSG_view_attachment_write);
    return q_attachment_remove(db, id, err);
}

/* ---- reading ---- */

static bool no_such(Err *err)
{
    return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_attachment);
}

/* The id becomes part of a path. */
static bool is_id(Str id)
{
    return id.n == 2 * ID_BYTES && str_only(id, S("0123456789abcdef"));
}

static bool may_read(Visit *visit, int64_t id)
{
    Record record;
    const Kind *kind;
    Mask mask;
    if (!id || !record_get(visit->arena, visit->db, id, &record, NULL))
        return false;
    kind = profile_kind(visit->office->profile, values_text(&record.values, S("kind")));
    if (!kind)
        return false;
    mask = mask_of(visit, kind, &record.values);
    return mask.open && mask.texts && !mask.public_only;
}

static int open_file(const Visit *visit, Str id)
{
    Str path = STR(visit->arena, folder_of(visit->arena, visit->site), "/", id);
    return open(str_c(visit->arena, path), O_RDONLY | O_CLOEXEC);
}

bool attachment_waiting(Visit *visit, Str id, Str name, Str *ret_bytes, Err *err)
{
    QAttachmentRow row;
    bool found = false, whole;
    char *bytes;
    int file;
    if (!is_id(id))
        return no_such(err);
    if (!q_attachment_get(visit->db, visit->arena, id, &row, &found, err))
        return false;
    if (!found || !row.record_is_null || !str_eq(row.name, name))
        return no_such(err);
    file = open_file(visit, id);
    if (file < 0)
        return no_such(err);
    bytes = arena_room(visit->arena, (size_t)row.size);
    whole = pread(file, bytes, (size_t)row.size, 0) == row.size;
    close(file);
    *ret_bytes = (Str){bytes, (size_t)row.size};
    return whole || no_such(err);
}

bool attachment_open(Visit *visit, Str id, Attachment *ret_attachment, int *ret_file, Err *err)
{
    QAttachmentRow row;
    bool found = false;
    int file;
    if (!is_id(id))
        return no_such(err);
    if (!q_attachment_get(visit->db, visit->arena, id, &row, &found, err))
        return false;
    if (!found || !may_read(visit, row.record))
        return no_such(err);
    file = open_file(visit, id);
    if (file < 0)
        return no_such(err);
    *ret_attachment = (Attachment){.id = id, .name = row.name, .type = row.type, .size = row.size};
    *ret_file = file;
    return true;
}

HttpOutcome attachment_answer(HttpRequest *request, HttpResponse *response)
{
    Attachment attachment = {0};
    int file = -1;
    Err err = {0};
    if (!attachment_open(visit_of(request), http_param(request, S("id")), &attachment, &file, &err))
        return http_fail(request, response, &err);
    response->content_type = attachment.type;
    response->file = file;
    response->file_size = (uint64_t)attachment.size;
    http_attachment(response, attachment.name);
    return HTTP_DONE;
}
