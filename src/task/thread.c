/* SPDX-License-Identifier: Apache-2.0 */
/* The one thread in which everything runs that runs by itself. */
#include <time.h>

#include "base/log.h"
#include "task/task.h"

#include "query.h"

#define FOLLOW_ENTRIES 500
#define TICK_US        (SECOND_US / 2)
#define SEAL_US        (5 * SECOND_US)
#define CLOCK_US       MINUTE_US
#define TIDY_US        HOUR_US

struct Tasks {
    Site *site;
    Arena *arena;
    Search *search; /* NULL while the index cannot be opened */
    Db *db;         /* the follower's reader; NULL while it cannot be opened */
    ClockMarks marks;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool ends;
    int64_t seal_at, clock_at, tidy_at, open_at; /* monotonic: not before */
};

static bool tasks_end(Tasks *tasks)
{
    bool ends;
    pthread_mutex_lock(&tasks->lock);
    ends = tasks->ends;
    pthread_mutex_unlock(&tasks->lock);
    return ends;
}

/* Waits one tick; false when it is time to end. */
static bool tasks_wait(Tasks *tasks)
{
    struct timespec until;
    bool goes_on;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += TICK_US * 1000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&tasks->lock);
    while (!tasks->ends && pthread_cond_timedwait(&tasks->wake, &tasks->lock, &until) == 0)
        ;
    goes_on = !tasks->ends;
    pthread_mutex_unlock(&tasks->lock);
    return goes_on;
}

bool task_follow(Site *site, Db *db, Search *search, bool *ret_more, Err *err)
{
    Office *office = site_office(site);
    bool done;
    *ret_more = false;
    done = !office || search_follow(search, db, office, FOLLOW_ENTRIES, ret_more, err);
    office_drop(office);
    return done;
}

/* Both stay open: twice a second is too often to open a file and check its schema. */
static bool tasks_open(Tasks *tasks, Err *err)
{
    if (!tasks->db && !site_reader(tasks->arena, tasks->site, &tasks->db, err)) {
        tasks->db = NULL;
        return false;
    }
    if (tasks->search && !search_is_current(tasks->search)) {
        search_close(tasks->search);
        tasks->search = NULL;
    }
    if (!tasks->search &&
        !search_open_writer(tasks->arena, tasks->site->dir, &tasks->search, err)) {
        tasks->search = NULL;
        return false;
    }
    return true;
}

static void tasks_shut(Tasks *tasks)
{
    search_close(tasks->search);
    if (tasks->db)
        db_close(tasks->db);
    tasks->search = NULL;
    tasks->db = NULL;
}

static void tasks_follow(Tasks *tasks, int64_t now)
{
    Err err = {0};
    bool more = true, good;
    if (now < tasks->open_at)
        return;
    good = tasks_open(tasks, &err);
    while (good && more && !tasks_end(tasks))
        good = task_follow(tasks->site, tasks->db, tasks->search, &more, &err);
    if (good)
        return;
    log_err(S("search"), &err);
    tasks_shut(tasks);
    tasks->open_at = now + CLOCK_US;
}

/* A task that fails is tried again when its time comes. */
static void tasks_run(Tasks *tasks, bool (*task)(Tasks *tasks, Err *err), int64_t *next,
                      int64_t every, int64_t now)
{
    Err err = {0};
    if (now < *next || tasks_end(tasks))
        return;
    *next = now + every;
    if (!task(tasks, &err))
        log_err(S("task"), &err);
}

static bool tasks_seal(Tasks *tasks, Err *err)
{
    return task_seal(tasks->site, err);
}

static bool tasks_clock(Tasks *tasks, Err *err)
{
    return task_clock(tasks->site, &tasks->marks, err);
}

static bool tasks_tidy(Tasks *tasks, Err *err)
{
    return task_tidy(tasks->site, err);
}

static void *tasks_main(void *context)
{
    Tasks *tasks = context;
    do {
        int64_t now = monotonic_us();
        tasks_run(tasks, tasks_seal, &tasks->seal_at, SEAL_US, now);
        tasks_run(tasks, tasks_clock, &tasks->clock_at, CLOCK_US, now);
        tasks_run(tasks, tasks_tidy, &tasks->tidy_at, TIDY_US, now);
        tasks_follow(tasks, now);
    } while (tasks_wait(tasks));
    return NULL;
}

bool tasks_start(Site *site, Tasks **ret_tasks, Err *err)
{
    Arena *arena = arena_open();
    Tasks *tasks = NEW(arena, Tasks);
    pthread_condattr_t attributes;
    tasks->site = site;
    tasks->arena = arena;
    tasks->marks = clock_marks(arena);
    pthread_mutex_init(&tasks->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&tasks->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&tasks->thread, NULL, tasks_main, tasks) != 0) {
        arena_close(arena);
        return err_set(err, ERR_ENVIRONMENT, MSG_no_thread);
    }
    *ret_tasks = tasks;
    return true;
}

void tasks_stop(Tasks *tasks)
{
    if (!tasks)
        return;
    pthread_mutex_lock(&tasks->lock);
    tasks->ends = true;
    pthread_cond_signal(&tasks->wake);
    pthread_mutex_unlock(&tasks->lock);
    pthread_join(tasks->thread, NULL);
    tasks_shut(tasks);
    pthread_cond_destroy(&tasks->wake);
    pthread_mutex_destroy(&tasks->lock);
    arena_close(tasks->arena);
}
