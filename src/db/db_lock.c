/* SPDX-License-Identifier: Apache-2.0 */
#include "db/db_lock.h"
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

static bool lock_fail(Str dir, const char *doing, int number, Err *err)
{
    char detail[80];
    snprintf(detail, sizeof detail, "%s: errno %d", doing, number);
    err_set(err, ERR_ENVIRONMENT, MSG_db_lock_failed, dir);
    return err_detail(err, str_from_c(detail));
}

bool site_lock_take(Str dir, SiteLock *ret_lock, Err *err)
{
    Arena *scratch = arena_open();
    const char *path = str_c(scratch, STR(scratch, dir, "/lock"));
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    arena_close(scratch);
    if (file < 0)
        return lock_fail(dir, "open", errno, err);
    if (flock(file, LOCK_EX | LOCK_NB) == 0) {
        *ret_lock = (SiteLock){.file = file, .held = true};
        return true;
    }
    int number = errno;
    close(file);
    if (number != EWOULDBLOCK)
        return lock_fail(dir, "flock", number, err);
    *ret_lock = (SiteLock){.file = -1};
    return true;
}

void site_lock_release(SiteLock *lock)
{
    if (lock->held)
        close(lock->file);
    *lock = (SiteLock){.file = -1};
}
