/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <unistd.h>

#include "org/session.h"
#include "task/task.h"

#include "query.h"

#define ORPHANS_MAX 200 /* in one run, on the writer's thread */

/* The file first: a row without file is tidied again, a file without row never. What nobody named
 * for a day could only be named by a form that was open as long, and no session lasts so long. */
static bool tidy_attachments(Site *site, Db *db, Arena *arena, Instant now, Err *err)
{
    QAttachmentOrphans *rows;
    size_t count;
    if (!q_attachment_orphans_all(db, arena, now - DAY_US, ORPHANS_MAX, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        Str path = STR(arena, site->dir, "/attachments/", rows[i].id);
        if (unlink(str_c(arena, path)) != 0 && errno != ENOENT)
            continue;
        if (!q_attachment_remove(db, rows[i].id, err))
            return false;
    }
    return true;
}

static bool tidy_run(Db *db, Arena *arena, void *context, Err *err)
{
    Site *site = context;
    Instant now = site_now(site);
    return q_session_expire(db, now - SESSION_MAX_US, now - SESSION_IDLE_US, err) &&
           tidy_attachments(site, db, arena, now, err);
}

bool task_tidy(Site *site, Err *err)
{
    Arena *arena = arena_open();
    Job job = {.housekeep = tidy_run, .context = site, .arena = arena};
    bool done = writer_run(site->writer, &job, err);
    arena_close(arena);
    return done;
}
