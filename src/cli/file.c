/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "cli/cli.h"

static bool read_all(Arena *arena, int file, size_t max, Str *ret_text)
{
    Buf buf = buf_open_max(arena, max + 1);
    ssize_t got;
    do {
        char *to = buf_reserve(&buf, 65536);
        if (!to)
            return false;
        got = read(file, to, 65536);
        buf.n += got > 0 ? (size_t)got : 0;
    } while (got > 0 && buf.n <= max);
    *ret_text = buf_str(&buf);
    return got == 0;
}

bool file_bytes(Arena *arena, Str path, size_t max, Str *ret_bytes, Err *err)
{
    int file = open(str_c(arena, path), O_RDONLY | O_CLOEXEC);
    struct stat about;
    Str text = {0};
    bool whole;
    if (file < 0)
        return err_set(err, ERR_ENVIRONMENT, MSG_cannot_read_file, path);
    whole = fstat(file, &about) == 0 && (size_t)about.st_size <= max &&
            read_all(arena, file, max + 65536, &text);
    close(file);
    if (!whole)
        return err_set(err, ERR_ENVIRONMENT, MSG_cannot_read_file, path);
    *ret_bytes = text;
    return true;
}

bool file_read(Arena *arena, Str path, size_t max, Str *ret_text, Err *err)
{
    Str text;
    if (!file_bytes(arena, path, max, &text, err))
        return false;
    if (str_starts(text, S("\xef\xbb\xbf")))
        text = str_slice(text, 3, text.n);
    if (utf8_check(text) != text.n)
        return err_set(err, ERR_WRONG, MSG_cli_file_not_text, path);
    *ret_text = text;
    return true;
}

bool file_create(Arena *arena, Str path, int *ret_file, Err *err)
{
    int file = STDOUT_FILENO;
    if (!str_eq(path, S("-")))
        file = open(str_c(arena, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return file_put_failed(MSG_cannot_write_file, path, err);
    *ret_file = file;
    return true;
}

bool file_finish(int file, Str path, Err *err)
{
    bool written;
    if (file == STDOUT_FILENO)
        return true;
    written = fsync(file) == 0;
    written = close(file) == 0 && written;
    return written || file_put_failed(MSG_cannot_write_file, path, err);
}

void file_abandon(int file)
{
    if (file != STDOUT_FILENO)
        close(file);
}

bool file_write(Arena *arena, Str path, Str text, Err *err)
{
    int file = -1;
    if (str_eq(path, S("-"))) {
        cli_print(text);
        return true;
    }
    if (!file_create(arena, path, &file, err))
        return false;
    if (file_put(file, text))
        return file_finish(file, path, err);
    (void)file_put_failed(MSG_cannot_write_file, path, err);
    file_abandon(file);
    return false;
}

bool file_copy_private(Arena *arena, Str from, Str to, size_t size, Err *err)
{
    char bytes[4096];
    int in = open(str_c(arena, from), O_RDONLY | O_CLOEXEC), out;
    ssize_t n = in >= 0 ? read(in, bytes, sizeof bytes) : -1;
    bool written;
    if (in >= 0)
        close(in);
    if (n != (ssize_t)size)
        return err_set(err, ERR_ENVIRONMENT, MSG_cannot_read_file, from);
    out = open(str_c(arena, to), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    written = out >= 0 && write(out, bytes, size) == (ssize_t)size && fsync(out) == 0;
    if (out >= 0)
        written = close(out) == 0 && written;
    memset(bytes, 0, sizeof bytes);
    return written || err_set(err, ERR_ENVIRONMENT, MSG_cannot_write_file, to);
}

bool file_exists(Arena *arena, Str path)
{
    return access(str_c(arena, path), F_OK) == 0;
}

static StrVec cells_of(Arena *arena, Str line)
{
    StrVec cells = {0};
    Str cell;
    while (str_next(&line, '\t', &cell))
        *vec_push(arena, &cells) = cell;
    return cells;
}

bool sheet_read(Arena *arena, Str path, Sheet *ret_sheet, Err *err)
{
    Sheet sheet = {0};
    Str text, line;
    if (!file_read(arena, path, SHEET_MAX, &text, err))
        return false;
    while (str_next(&text, '\n', &line)) {
        if (str_ends(line, S("\r")))
            line.n--;
        if (line.n == 0 || str_starts(line, S("#")))
            continue;
        if (sheet.columns.n == 0)
            sheet.columns = cells_of(arena, line);
        else
            *vec_push(arena, &sheet.rows) = cells_of(arena, line);
    }
    *ret_sheet = sheet;
    return true;
}

Str sheet_cell(const Sheet *sheet, size_t row, Str column)
{
    const StrVec *cells = &sheet->rows.p[row];
    for (size_t i = 0; i < sheet->columns.n && i < cells->n; i++)
        if (str_eq(sheet->columns.p[i], column))
            return cells->p[i];
    return (Str){0};
}

Str path_join(Arena *arena, Str dir, Str name)
{
    return str_ends(dir, S("/")) ? STR(arena, dir, name) : STR(arena, dir, "/", name);
}
