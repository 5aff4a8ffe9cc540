/* SPDX-License-Identifier: Apache-2.0 */
/* attachment.h - files that people send: bytes in site/attachments under a random name, a row that
 * says what they are, and a field of a record that names them.
 *
 * The bytes are on disk (synced, also the folder) before the row is written, and the row before
 * an entry names it; what nobody named is tidied away. What a file is, is told from its bytes
 * and never from what the sender claims. */
#ifndef TONGXIN_VIEW_ATTACHMENT_H
#define TONGXIN_VIEW_ATTACHMENT_H

#include "view/visit.h"

#define ATTACHMENT_MAX ((size_t)10 * 1024 * 1024) /* bytes */

/* Bytes that may lie there without a record that names them: what anybody may send must not fill
 * the disk, nor keep the staff from sending. */
#define ATTACHMENT_UNCLAIMED_PUBLIC (INT64_C(256) * 1024 * 1024)
#define ATTACHMENT_UNCLAIMED_STAFF  (INT64_C(1024) * 1024 * 1024)

typedef struct Attachment {
    Str id;   /* 32 hexadecimal digits: the value of the field */
    Str name; /* as the sender calls it */
    Str type; /* media type, from the bytes */
    int64_t size;
    Str sha256; /* of the bytes, in hex */
    Instant put_at;
} Attachment;

/* There is room for `size` more bytes from this visitor. ERR_DISK_FULL when too much waits for a
 * record. */
NODISCARD bool attachment_room(const Visit *visit, size_t size, Err *err);
/* Writes the bytes; for the pool. ERR_TOO_LARGE, ERR_UNSUPPORTED_TYPE, ERR_DISK_FULL,
 * ERR_ENVIRONMENT. Texts live in `arena`. */
NODISCARD bool attachment_store(Arena *arena, const Site *site, const FormFile *file, Instant now,
                                Attachment *ret_attachment, Err *err);
/* The same for bytes of any type that only the program reads again. */
NODISCARD bool attachment_keep(Arena *arena, const Site *site, const FormFile *file, Instant now,
                               Attachment *ret_attachment, Err *err);
/* Writes the row: for visit_housekeep, with an Attachment as context. */
NODISCARD bool attachment_put(Db *db, Arena *arena, void *context, Err *err);

/* Takes file and row away, on the writer's thread, unless a record names it by now. */
NODISCARD bool attachment_drop(const Site *site, Db *db, Arena *arena, Str id, Err *err);

/* Opens one that a record names and whose texts the visitor may read; *ret_file is a descriptor to
 * be closed. ERR_NOT_FOUND otherwise. */
NODISCARD bool attachment_open(Visit *visit, Str id, Attachment *ret_attachment, int *ret_file,
                               Err *err);
/* The bytes of one that waits for a record under exactly this name, whole, in the visit's arena.
 * ERR_NOT_FOUND otherwise. */
NODISCARD bool attachment_waiting(Visit *visit, Str id, Str name, Str *ret_bytes, Err *err);
/* Handler of …/attachments/{id}: sends what attachment_open gives. */
HttpOutcome attachment_answer(HttpRequest *request, HttpResponse *response);

/* An id that no file has. */
Str attachment_new_id(Arena *arena);

/* The media type that the bytes show; empty when it is none that is accepted. */
Str attachment_type(Str bytes);

#endif
