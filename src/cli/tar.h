/* SPDX-License-Identifier: Apache-2.0 */
/* tar.h - a backup is one file that any tar can read: POSIX.1-1988 ustar, plain files only. */
#ifndef TONGXIN_CLI_TAR_H
#define TONGXIN_CLI_TAR_H

#include "base/err.h"

typedef struct Tar {
    int file;
    Str path;
} Tar;

/* A new archive (mode 0600); ERR_CONFLICT when the file exists. */
NODISCARD bool tar_create(Arena *arena, Str path, Tar *ret_tar, Err *err);
/* Adds the bytes of a file under a name of at most 99 bytes. */
NODISCARD bool tar_add(Arena *arena, Tar *tar, Str name, Str from, Err *err);
/* Ends it and makes it durable. */
NODISCARD bool tar_finish(Tar *tar, Err *err);

/* Opens an archive for tar_next and tar_take; end with tar_close. */
NODISCARD bool tar_open(Arena *arena, Str path, Tar *ret_tar, Err *err);
/* The next file's name and size; *ret_found is false at the end. ERR_WRONG for what is no such
 * archive. Its bytes must be taken with tar_take before the next call. */
NODISCARD bool tar_next(Arena *arena, Tar *tar, Str *ret_name, uint64_t *ret_size, bool *ret_found,
                        Err *err);
/* Writes the bytes of the file just found to the new file `to` (mode 0600), synced. ERR_WRONG
 * when the archive ends before. */
NODISCARD bool tar_take(Arena *arena, Tar *tar, uint64_t size, Str to, Err *err);
void tar_close(Tar *tar);

#endif
