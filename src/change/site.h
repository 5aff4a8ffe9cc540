/* SPDX-License-Identifier: Apache-2.0 */
/* site.h - a site: one folder with a database, keys, attachments and a lock.
 *
 *     site/site.db      records, journal, everything in tables
 *     site/keys         secrets, in no backup of the database. ERR_ENVIRONMENT when others may
 *                       read it, or when the database was made with other keys
 *     site/attachments/ bytes of attachments, one file each
 *     site/search.db    the search index, rebuilt at leisure
 *     site/lock         who holds it writes
 *     site/control.sock where the holder takes commands of the folder's owner
 *
 * Threads: a Site is shared; its office is swapped whole; the clock is set before threads start.
 */
#ifndef TONGXIN_CHANGE_SITE_H
#define TONGXIN_CHANGE_SITE_H

#include <pthread.h>

#include "base/crypto.h"
#include "change/change.h"
#include "db/db_lock.h"

typedef struct SiteKeys {
    uint8_t code[SECRET_SIZE];    /* query codes and tokens of forms */
    uint8_t contact[SECRET_SIZE]; /* seals contacts */
    uint8_t sign[SECRET_SIZE];    /* seed of the key that signs tree heads */
} SiteKeys;

typedef struct Site {
    Arena *arena;
    Str dir;
    Str db_path;
    SiteKeys keys;
    SiteLock lock; /* held by a site opened for writing */
    bool is_demo;
    int64_t clock_offset; /* demo sites: added to the machine's clock, in microseconds */
    Instant clock_fixed;  /* demo generator and tests: stands still here when not 0 */
    RandomSource random;  /* the writer's */
    pthread_mutex_t office_lock;
    Office *office;
    struct Writer *writer; /* NULL when opened for reading */
} Site;

/* Makes the folder with keys and an empty, migrated database. ERR_CONFLICT when it is a site
 * already, ERR_ENVIRONMENT when it cannot be written. */
NODISCARD bool site_create(Str dir, bool is_demo, Err *err);

/* Opens for writing: takes the lock (ERR_UNAVAILABLE when another process has it), migrates, loads
 * the office if there is one, starts the writer thread. */
NODISCARD bool site_open(Str dir, Site **ret_site, Err *err);
/* Opens for reading only: no lock, no writer. */
NODISCARD bool site_open_reader(Str dir, Site **ret_site, Err *err);
/* As site_open_reader, without the office: its rows may be what is damaged. */
NODISCARD bool site_open_audit(Str dir, Site **ret_site, Err *err);
/* Ends the writer after what it has taken, checkpoints, gives the lock back. NULL is fine. */
void site_close(Site *site);

/* The site's clock. */
Instant site_now(const Site *site);
/* The office as it stands; drop it when done. NULL before a profile was activated. */
Office *site_office(Site *site);
/* Puts `next` in the place of the office and takes over its reference. */
void site_swap(Site *site, Office *next);
/* Reads the settings and the office from `db`, before other threads look at the site. A site that
 * is being made has no office yet. */
NODISCARD bool site_load(Site *site, Db *db, Err *err);
/* A reading connection in `arena`. */
NODISCARD bool site_reader(Arena *arena, const Site *site, Db **ret_db, Err *err);

/* The code with which a submitter follows record `id`: 10 characters of Crockford's base 32, the
 * first 50 bits of HMAC-SHA-256(site secret, id). Never stored. */
Str site_query_code(Arena *arena, const Site *site, int64_t id);
/* Compares in constant time; small letters, spaces, O for 0 and I, L for 1 are understood. */
bool site_query_code_is(const Site *site, int64_t id, Str code);

/* Gives a new site the office it needs to decide its first changes: the profile, no organisations,
 * an empty calendar. Replaced when the site's own profile has been adopted. The bundle is loaded
 * again, so nothing of the caller's arena is kept. */
NODISCARD bool site_bootstrap(Site *site, Str bundle, Err *err);

/* ---- making changes ---- */

/* One change, waits for the durable answer. From any thread but the writer's. `result` texts live
 * in `arena`. */
NODISCARD bool site_change(Site *site, Arena *arena, const Change *change, ChangeResult *ret_result,
                           Err *err);

#endif
