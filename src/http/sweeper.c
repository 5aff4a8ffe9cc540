/* SPDX-License-Identifier: Apache-2.0 */
/* libmicrohttpd's timeout only counts inactivity: one byte every two seconds keeps a connection for
 * ever. So every connection is kept in a list with the phase it is in and since when, and a thread
 * of its own shuts down those past their absolute deadline; the loop then sees end of file. The
 * descriptor stays valid while the connection is in the list, because the library tells us of the
 * end before it closes. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>

#include "http/limits.h"
#include "http/server_internal.h"

#define MS_US INT64_C(1000)

void sweeper_init(Sweeper *sweeper)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&sweeper->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&sweeper->mutex, NULL);
    sweeper->arena = arena_open();
}

void sweeper_free(Sweeper *sweeper)
{
    arena_close(sweeper->arena);
    pthread_cond_destroy(&sweeper->wake);
    pthread_mutex_destroy(&sweeper->mutex);
}

Connection *connection_open(HttpServer *server, int fd, bool is_control)
{
    Sweeper *sweeper = &server->sweeper;
    pthread_mutex_lock(&sweeper->mutex);
    Connection *connection = sweeper->spare;
    if (connection != NULL)
        sweeper->spare = connection->next;
    else
        connection = NEW(sweeper->arena, Connection);
    connection->fd = fd;
    connection->is_control = is_control;
    connection->peer_uid = -1;
    connection->partial_stage = 0;
    connection_phase(connection, PHASE_HEADER, 0);
    connection->previous = NULL;
    connection->next = sweeper->open;
    if (connection->next != NULL)
        connection->next->previous = connection;
    sweeper->open = connection;
    pthread_mutex_unlock(&sweeper->mutex);
    atomic_fetch_add(&server->connections, 1);
    return connection;
}

void connection_close(HttpServer *server, Connection *connection)
{
    Sweeper *sweeper = &server->sweeper;
    pthread_mutex_lock(&sweeper->mutex);
    if (connection->previous != NULL)
        connection->previous->next = connection->next;
    else
        sweeper->open = connection->next;
    if (connection->next != NULL)
        connection->next->previous = connection->previous;
    connection->next = sweeper->spare;
    sweeper->spare = connection;
    pthread_mutex_unlock(&sweeper->mutex);
    atomic_fetch_sub(&server->open, 1);
}

/* Phase and its start are one number, so that the sweeper never sees one without the other. */
void connection_phase(Connection *connection, Phase phase, int64_t bytes)
{
    atomic_store(&connection->bytes, bytes);
    atomic_store(&connection->stage, monotonic_us() * 8 + (int64_t)phase);
}

Phase connection_phase_now(const Connection *connection)
{
    return (Phase)(atomic_load(&connection->stage) % 8);
}

/* A kept connection is idle until the first byte of the next request. The library tells of a
 * request only once its first line is whole, so the kernel is asked when it last received
 * something. */
static int64_t idle_deadline(const HttpOptions *options, Connection *connection, int64_t stage,
                             int64_t now)
{
    int64_t since = stage / 8;
    if (connection->partial_stage != stage) {
        struct tcp_info info;
        socklen_t size = sizeof(info);
        if (getsockopt(connection->fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0) {
            int64_t received = now - (int64_t)info.tcpi_last_data_recv * MS_US;
            /* The kernel counts whole ticks; two of the slowest ones are not a byte. */
            if (received > since + 20 * MS_US) {
                connection->partial_stage = stage;
                connection->partial_us = received;
            }
        }
    }
    int64_t deadline = since + (int64_t)options->idle_ms * MS_US;
    if (connection->partial_stage == stage)
        deadline = MIN(deadline, connection->partial_us + (int64_t)options->header_ms * MS_US);
    return deadline;
}

/* A client that left in the middle of a header would keep its place to the end of the header's
 * time, for the library does not see that it has gone. A second lets a whole request that came
 * together with the end be read. */
static bool is_left(const Connection *connection)
{
    struct tcp_info info;
    socklen_t size = sizeof(info);
    return getsockopt(connection->fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
           info.tcpi_state != TCP_ESTABLISHED;
}

static int64_t header_deadline(const HttpOptions *options, const Connection *connection,
                               int64_t since, int64_t now)
{
    int64_t deadline = since + (int64_t)options->header_ms * MS_US;
    int64_t left = since + MIN((int64_t)options->header_ms * MS_US, SECOND_US);
    return now >= left && now < deadline && is_left(connection) ? left : deadline;
}

static int64_t deadline_of(const HttpOptions *options, Connection *connection, int64_t now)
{
    int64_t stage = atomic_load(&connection->stage);
    int64_t since = stage / 8;
    int64_t bytes = atomic_load(&connection->bytes);
    switch ((Phase)(stage % 8)) {
    case PHASE_HEADER:
        return header_deadline(options, connection, since, now);
    case PHASE_BODY:
        return since + (int64_t)options->body_ms * MS_US + bytes * SECOND_US / HTTP_BODY_RATE;
    case PHASE_ANSWER:
        return since + (int64_t)options->response_ms * MS_US +
               bytes * SECOND_US / HTTP_RESPONSE_RATE;
    case PHASE_IDLE:
        return idle_deadline(options, connection, stage, now);
    case PHASE_RUNNING:
    case PHASE_ENDED:
        break;
    }
    return INT64_MAX;
}

/* With the mutex held. */
static void sweep(HttpServer *server)
{
    int64_t now = monotonic_us();
    for (Connection *one = server->sweeper.open; one != NULL; one = one->next) {
        if (now < deadline_of(&server->options, one, now))
            continue;
        bool was_idle = connection_phase_now(one) == PHASE_IDLE &&
                        one->partial_stage != atomic_load(&one->stage);
        connection_phase(one, PHASE_ENDED, 0);
        if (!was_idle)
            atomic_fetch_add(&server->slow, 1);
        (void)shutdown(one->fd, SHUT_RDWR);
    }
}

/* A quarter of the shortest deadline, at most a second. */
static int64_t sweep_interval_ms(const HttpOptions *options)
{
    int shortest =
        MIN(MIN(options->header_ms, options->idle_ms), MIN(options->body_ms, options->response_ms));
    return MAX(MIN(shortest / 4, 1000), 10);
}

static void *run(void *context)
{
    HttpServer *server = context;
    Sweeper *sweeper = &server->sweeper;
    int64_t interval_ns = sweep_interval_ms(&server->options) * 1000000;
    pthread_mutex_lock(&sweeper->mutex);
    while (!sweeper->stopping) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        int64_t ns = until.tv_nsec + interval_ns;
        until.tv_sec += ns / 1000000000;
        until.tv_nsec = ns % 1000000000;
        pthread_cond_timedwait(&sweeper->wake, &sweeper->mutex, &until);
        sweep(server);
    }
    pthread_mutex_unlock(&sweeper->mutex);
    return NULL;
}

bool sweeper_start(HttpServer *server, Err *err)
{
    if (pthread_create(&server->sweeper.thread, NULL, run, server) != 0)
        return err_set(err, ERR_ENVIRONMENT, MSG_http_start_failed);
    server->sweeper.started = true;
    return true;
}

void sweeper_stop(HttpServer *server)
{
    Sweeper *sweeper = &server->sweeper;
    if (!sweeper->started)
        return;
    pthread_mutex_lock(&sweeper->mutex);
    sweeper->stopping = true;
    pthread_cond_signal(&sweeper->wake);
    pthread_mutex_unlock(&sweeper->mutex);
    pthread_join(sweeper->thread, NULL);
    sweeper->started = false;
}
