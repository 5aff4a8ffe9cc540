/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/tar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/cli.h"

#define BLOCK     512
#define NAME_MAX_ 99
#define CHUNK     65536
#define SIZE_MAX_ UINT64_C(077777777777) /* eleven octal digits */

/* IEEE Std 1003.1-1988, 10.1.1 */
typedef struct Header {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type, link[100];
    char magic[6], version[2], owner[32], group[32], major[8], minor[8], prefix[155], pad[12];
} Header;
_Static_assert(sizeof(Header) == BLOCK, "a header is one block");

static bool tar_failed(const Tar *tar, Err *err)
{
    return file_put_failed(MSG_cannot_write_file, tar->path, err);
}

static bool bytes_write(int file, const void *bytes, size_t size)
{
    return file_put(file, (Str){bytes, size});
}

static bool bytes_read(int file, void *bytes, size_t size)
{
    char *at = bytes;
    while (size > 0) {
        ssize_t n = read(file, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

static unsigned header_sum(const Header *header)
{
    Header copy = *header;
    const unsigned char *bytes = (const unsigned char *)&copy;
    unsigned sum = 0;
    memset(copy.checksum, ' ', sizeof copy.checksum);
    for (size_t i = 0; i < sizeof copy; i++)
        sum += bytes[i];
    return sum;
}

bool tar_create(Arena *arena, Str path, Tar *ret_tar, Err *err)
{
    Tar tar = {open(str_c(arena, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), path};
    if (tar.file < 0 && errno == EEXIST)
        return err_set(err, ERR_CONFLICT, MSG_db_backup_exists, path);
    if (tar.file < 0)
        return tar_failed(&tar, err);
    *ret_tar = tar;
    return true;
}

static bool header_write(const Tar *tar, Str name, uint64_t size)
{
    Header header = {.type = '0'};
    memcpy(header.name, name.p, name.n);
    (void)snprintf(header.mode, sizeof header.mode, "%07o", 0600u);
    (void)snprintf(header.uid, sizeof header.uid, "%07o", 0u);
    (void)snprintf(header.gid, sizeof header.gid, "%07o", 0u);
    (void)snprintf(header.size, sizeof header.size, "%011llo", (unsigned long long)size);
    (void)snprintf(header.mtime, sizeof header.mtime, "%011o", 0u);
    memcpy(header.magic, "ustar", 6);
    memcpy(header.version, "00", 2);
    (void)snprintf(header.checksum, sizeof header.checksum, "%06o", header_sum(&header));
    header.checksum[7] = ' ';
    return bytes_write(tar->file, &header, sizeof header);
}

static bool copy_bytes(int from, int to, uint64_t size)
{
    char chunk[CHUNK];
    while (size > 0) {
        size_t part = (size_t)MIN(size, (uint64_t)sizeof chunk);
        if (!bytes_read(from, chunk, part) || !bytes_write(to, chunk, part))
            return false;
        size -= part;
    }
    return true;
}

static size_t padding(uint64_t size)
{
    return (size_t)((BLOCK - size % BLOCK) % BLOCK);
}

bool tar_add(Arena *arena, Tar *tar, Str name, Str from, Err *err)
{
    static const char zeros[BLOCK];
    int file = open(str_c(arena, from), O_RDONLY | O_CLOEXEC);
    struct stat about;
    bool added;
    if (file < 0 || fstat(file, &about) != 0 || name.n > NAME_MAX_ ||
        (uint64_t)about.st_size > SIZE_MAX_) {
        if (file >= 0)
            close(file);
        return err_set(err, ERR_ENVIRONMENT, MSG_cannot_read_file, from);
    }
    added = header_write(tar, name, (uint64_t)about.st_size) &&
            copy_bytes(file, tar->file, (uint64_t)about.st_size) &&
            bytes_write(tar->file, zeros, padding((uint64_t)about.st_size));
    close(file);
    return added || tar_failed(tar, err);
}

bool tar_finish(Tar *tar, Err *err)
{
    static const char zeros[2 * BLOCK];
    bool done = bytes_write(tar->file, zeros, sizeof zeros) && fsync(tar->file) == 0;
    done = close(tar->file) == 0 && done;
    return done || tar_failed(tar, err);
}

bool tar_open(Arena *arena, Str path, Tar *ret_tar, Err *err)
{
    Tar tar = {open(str_c(arena, path), O_RDONLY | O_CLOEXEC), path};
    if (tar.file < 0)
        return err_set(err, ERR_ENVIRONMENT, MSG_cannot_read_file, path);
    *ret_tar = tar;
    return true;
}

static bool octal_parse(const char *text, size_t size, uint64_t *ret_number)
{
    uint64_t number = 0;
    for (size_t i = 0; i < size && text[i] && text[i] != ' '; i++) {
        if (text[i] < '0' || text[i] > '7')
            return false;
        number = number * 8 + (uint64_t)(text[i] - '0');
    }
    *ret_number = number;
    return true;
}

bool tar_next(Arena *arena, Tar *tar, Str *ret_name, uint64_t *ret_size, bool *ret_found, Err *err)
{
    static const Header end;
    Header header;
    uint64_t sum, size;
    if (!bytes_read(tar->file, &header, sizeof header))
        return err_set(err, ERR_WRONG, MSG_cli_not_a_backup, tar->path);
    *ret_found = memcmp(&header, &end, sizeof end) != 0;
    if (!*ret_found)
        return true;
    if (memcmp(header.magic, "ustar", 5) != 0 || header.type != '0' || header.name[99] != 0 ||
        !octal_parse(header.checksum, sizeof header.checksum, &sum) || sum != header_sum(&header) ||
        !octal_parse(header.size, sizeof header.size, &size))
        return err_set(err, ERR_WRONG, MSG_cli_not_a_backup, tar->path);
    *ret_name = str_dup(arena, str_from_c(header.name));
    *ret_size = size;
    return true;
}

/* An archive that was cut is told from a disk that is full. */
static bool tar_holds(const Tar *tar, uint64_t size)
{
    struct stat about;
    off_t at = lseek(tar->file, 0, SEEK_CUR);
    return at >= 0 && fstat(tar->file, &about) == 0 && about.st_size >= at &&
           (uint64_t)(about.st_size - at) >= size + padding(size);
}

bool tar_take(Arena *arena, Tar *tar, uint64_t size, Str to, Err *err)
{
    char pad[BLOCK];
    int file = open(str_c(arena, to), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool taken;
    if (file < 0)
        return file_put_failed(MSG_cannot_write_file, to, err);
    if (!tar_holds(tar, size)) {
        close(file);
        return err_set(err, ERR_WRONG, MSG_cli_not_a_backup, tar->path);
    }
    taken = copy_bytes(tar->file, file, size) && bytes_read(tar->file, pad, padding(size)) &&
            fsync(file) == 0;
    taken = close(file) == 0 && taken;
    return taken || file_put_failed(MSG_cannot_write_file, to, err);
}

void tar_close(Tar *tar)
{
    close(tar->file);
}
