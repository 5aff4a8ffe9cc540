/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - files that a command is given, and tables of text in them. */
#ifndef TONGXIN_CLI_FILE_H
#define TONGXIN_CLI_FILE_H

#include "base/err.h"
#include "base/vec.h"

/* The bytes of a file of at most `max`. ERR_ENVIRONMENT when it cannot be read or is larger. */
NODISCARD bool file_bytes(Arena *arena, Str path, size_t max, Str *ret_bytes, Err *err);
/* The whole file, at most `max` bytes, which must be UTF-8. ERR_ENVIRONMENT when it cannot be read,
 * ERR_WRONG when it is too large or not text. */
NODISCARD bool file_read(Arena *arena, Str path, size_t max, Str *ret_text, Err *err);
/* Writes a new file (mode 0644) or replaces one, synced. "-" is standard output. */
NODISCARD bool file_write(Arena *arena, Str path, Str text, Err *err);
/* The same in pieces: makes it and opens it; writes it to the disk and closes it; closes it after a
 * failure and leaves it as far as it came. */
NODISCARD bool file_create(Arena *arena, Str path, int *ret_file, Err *err);
NODISCARD bool file_finish(int file, Str path, Err *err);
void file_abandon(int file);
/* Copies a file of exactly `size` bytes (at most 4 KiB) to a new one of mode 0600, synced. */
NODISCARD bool file_copy_private(Arena *arena, Str from, Str to, size_t size, Err *err);
bool file_exists(Arena *arena, Str path);

#define SHEET_MAX (8u << 20) /* bytes of a table */

/* A table: the first line names the columns, tabs between cells; lines that start with # and empty
 * lines are skipped. Short lines have empty cells at their end. */
typedef struct Sheet {
    StrVec columns;
    VEC(StrVec) rows;
} Sheet;
/* Reads a file of at most 8 MiB; errors as file_read. Cells are views into `arena`. */
NODISCARD bool sheet_read(Arena *arena, Str path, Sheet *ret_sheet, Err *err);
/* The cell, or the empty text when there is no such column. */
Str sheet_cell(const Sheet *sheet, size_t row, Str column);

/* A site's settings need no folder's slash: "a/" and "a" name the same. */
Str path_join(Arena *arena, Str dir, Str name);

#endif
