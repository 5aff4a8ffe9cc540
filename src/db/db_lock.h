/* SPDX-License-Identifier: Apache-2.0 */
/* db_lock.h - who may write a site: an exclusive flock(2) on DIR/lock.
 *
 * The lock is of the open file, so it ends with the process whatever happens, is not inherited by
 * programs we start, and two takers inside one process exclude each other as well. It is on the
 * local machine only; a site directory is not shared over a network.
 */
#ifndef TONGXIN_DB_LOCK_H
#define TONGXIN_DB_LOCK_H

#include "base/err.h"

typedef struct SiteLock {
    int file; /* descriptor; meaningless unless `held` */
    bool held;
} SiteLock;

/* Tries at once, never waits. True with `ret_lock->held` telling whether we have it; the lock file
 * is made (mode 0600) when missing and never removed. False (ERR_ENVIRONMENT) when the file cannot
 * be opened or locked at all. */
NODISCARD bool site_lock_take(Str dir, SiteLock *ret_lock, Err *err);
/* Gives it up. A lock not held, or zeroed, is fine. */
void site_lock_release(SiteLock *lock);

#endif
