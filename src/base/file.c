/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool file_put(int file, Str bytes)
{
    while (bytes.n > 0) {
        ssize_t written = write(file, bytes.p, bytes.n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = str_slice(bytes, (size_t)written, bytes.n);
    }
    return true;
}

bool file_sync_folder(const char *folder)
{
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return synced;
}

bool file_put_failed(MessageId sentence, Str argument, Err *err)
{
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    (void)err_set(err, full ? ERR_DISK_FULL : ERR_ENVIRONMENT, sentence, argument);
    return err_hint(err, full ? MSG_db_disk_full_hint : MSG_db_read_failed_hint);
}
