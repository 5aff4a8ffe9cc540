/* SPDX-License-Identifier: Apache-2.0 */
#include "http/server.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/number.h"
#include "http/limits.h"
#include "http/server_internal.h"

#define SPARE_DESCRIPTORS ((rlim_t)512) /* for databases, files and the rest of the program */

HttpOptions http_options(void)
{
    return (HttpOptions){.listen_fd = -1,
                         .log_requests = true,
                         .loop_threads = HTTP_LOOP_THREADS,
                         .pool_threads = HTTP_POOL_THREADS,
                         .pool_queue = HTTP_POOL_QUEUE,
                         .connections = HTTP_CONNECTIONS_MAX,
                         .header_ms = HTTP_HEADER_MS,
                         .idle_ms = HTTP_IDLE_MS,
                         .body_ms = HTTP_BODY_MS,
                         .response_ms = HTTP_RESPONSE_MS,
                         .stop_ms = HTTP_STOP_MS};
}

/* ---- data of threads ---- */

typedef struct ThreadData {
    HttpServer *server;
    void *data;
} ThreadData;

static void thread_ended(void *pointer)
{
    ThreadData *own = pointer;
    const HttpOptions *options = &own->server->options;
    if (options->thread_close != NULL)
        options->thread_close(options->app, own->data);
}

void *server_thread_data(HttpServer *server)
{
    ThreadData *own = pthread_getspecific(server->thread_key);
    if (own != NULL)
        return own->data;
    if (server->options.thread_open == NULL)
        return NULL;
    pthread_mutex_lock(&server->mutex);
    own = NEW(server->arena, ThreadData);
    pthread_mutex_unlock(&server->mutex);
    own->server = server;
    own->data = server->options.thread_open(server->options.app);
    pthread_setspecific(server->thread_key, own);
    return own->data;
}

/* ---- start ---- */

/* Every connection is a descriptor. Raises the soft limit as far as allowed; takes fewer
 * connections where that is not far enough. */
static void fit_descriptors(HttpOptions *options)
{
    struct rlimit limit;
    rlim_t wanted = (rlim_t)options->connections + SPARE_DESCRIPTORS;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = MIN(wanted, limit.rlim_max);
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < wanted) {
        rlim_t room = limit.rlim_cur;
        options->connections =
            (int)(room > 2 * SPARE_DESCRIPTORS ? room - SPARE_DESCRIPTORS : room / 2);
        log_event(LOG_WARN, S("connections"), S("fewer connections: descriptor limit too low"));
    }
}

static bool open_address(HttpServer *server, Err *err)
{
    int fd = server->options.listen_fd;
    if (fd < 0 && server->options.listen == NULL)
        return true;
    if (fd < 0 && !listen_address(server->options.listen, &fd, err))
        return false;
    server->port = listen_port(fd);
    server->listeners[0] = listener_open(server, fd, false, err);
    return server->listeners[0] != NULL;
}

static bool open_control(HttpServer *server, Err *err)
{
    int fd;
    if (server->options.unix_path == NULL)
        return true;
    if (!listen_unix(server->options.unix_path, &fd, err))
        return false;
    server->listeners[1] = listener_open(server, fd, true, err);
    return server->listeners[1] != NULL;
}

static HttpServer *server_new(const HttpOptions *options, const Router *router)
{
    Arena *arena = arena_open();
    HttpServer *server = NEW(arena, HttpServer);
    server->arena = arena;
    server->options = *options;
    server->router = router;
    pthread_mutex_init(&server->mutex, NULL);
    sweeper_init(&server->sweeper);
    int failed = pthread_key_create(&server->thread_key, thread_ended);
    ASSERT(failed == 0);
    fit_descriptors(&server->options);
    return server;
}

bool http_start(const HttpOptions *options, const Router *router, HttpServer **ret, Err *err)
{
    arena_settle();
    HttpServer *server = server_new(options, router);
    /* Before the first request can ask for it. */
    *ret = server;
    bool started = jobs_start(&server->jobs, options->pool_threads, options->pool_queue, err) &&
                   sweeper_start(server, err) && open_address(server, err) &&
                   open_control(server, err);
    if (!started) {
        http_stop(server);
        *ret = NULL;
        return false;
    }
    return true;
}

int http_port(const HttpServer *server)
{
    return server->port;
}

/* ---- stop ---- */

static void pause_ms(int64_t ms)
{
    struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* As long as a request is in our hands, and stop_ms more for its client to take the answer. Giving
 * one up would leave whoever is to resume it, a job of the writer, with memory that ends here: its
 * texts point into the library's buffers. */
static void wait_for_running(HttpServer *server)
{
    int64_t patience = (int64_t)server->options.stop_ms * 1000;
    int64_t deadline = monotonic_us() + patience;
    while (atomic_load(&server->in_flight) > 0 && monotonic_us() < deadline) {
        if (atomic_load(&server->taken) > 0)
            deadline = monotonic_us() + patience;
        pause_ms(1);
    }
    /* A body that was still coming may have ended this moment. */
    atomic_store(&server->closing, true);
    while (atomic_load(&server->taken) > 0)
        pause_ms(1);
}

static void server_free(HttpServer *server)
{
    for (Exchange *one = server->spare; one != NULL; one = one->link)
        arena_close(one->request.arena);
    sweeper_free(&server->sweeper);
    pthread_mutex_destroy(&server->mutex);
    arena_close(server->arena);
}

void http_stop(HttpServer *server)
{
    if (server == NULL)
        return;
    atomic_store(&server->stopping, true);
    for (size_t i = 0; i < COUNT_OF(server->listeners); i++)
        listener_quiesce(server->listeners[i]);
    if (server->listeners[1] != NULL)
        (void)unlink(server->options.unix_path);
    wait_for_running(server);
    jobs_stop(&server->jobs);
    sweeper_stop(server);
    for (size_t i = 0; i < COUNT_OF(server->listeners); i++)
        listener_close(server->listeners[i]);
    pthread_key_delete(server->thread_key);
    server_free(server);
}

void http_metrics(const HttpServer *server, HttpMetrics *ret)
{
    *ret = (HttpMetrics){.connections = atomic_load(&server->connections),
                         .open = atomic_load(&server->open),
                         .running = atomic_load(&server->running),
                         .bytes_in = atomic_load(&server->bytes_in),
                         .bytes_out = atomic_load(&server->bytes_out),
                         .refused = atomic_load(&server->refused),
                         .malformed = atomic_load(&server->malformed),
                         .slow = atomic_load(&server->slow),
                         .busy_us = atomic_load(&server->busy_us)};
    for (size_t i = 0; i < COUNT_OF(ret->requests); i++)
        ret->requests[i] = atomic_load(&server->requests[i]);
}
