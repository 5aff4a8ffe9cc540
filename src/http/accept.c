/* SPDX-License-Identifier: Apache-2.0 */
/* New connections are accepted by a thread of their own and dealt to the loops in turn. Left to
 * itself, the loop of libmicrohttpd's pool that wakes first takes all that wait: sixteen
 * connections of one browser or proxy then stand in one loop, and the other core does nothing. */
#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/server_internal.h"

#define FULL_PAUSE_MS 5 /* until the next look whether somebody has left */

/* Waits until the socket may have a connection, or a moment when no more are to be had. */
static void wait_for_next(Acceptor *acceptor, bool is_full)
{
    struct pollfd ends[] = {{.fd = acceptor->wake, .events = POLLIN},
                            {.fd = acceptor->fd, .events = POLLIN}};
    (void)poll(ends, is_full ? 1 : 2, is_full ? FULL_PAUSE_MS : -1);
}

/* False when there is nothing to accept it with: no descriptor, no memory. */
static bool accept_one(Acceptor *acceptor)
{
    HttpServer *server = acceptor->server;
    struct sockaddr_storage from;
    socklen_t size = sizeof(from);
    struct sockaddr *address = (struct sockaddr *)(void *)&from;
    int fd = accept4(acceptor->fd, address, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
    atomic_fetch_add(&server->open, 1);
    if (!listener_add(acceptor->listener, fd, address, size))
        atomic_fetch_sub(&server->open, 1);
    return true;
}

static void *run(void *context)
{
    Acceptor *acceptor = context;
    HttpServer *server = acceptor->server;
    bool is_full = false;
    while (!atomic_load(&acceptor->stopping)) {
        wait_for_next(acceptor, is_full);
        is_full = atomic_load(&server->open) >= server->options.connections ||
                  (!atomic_load(&acceptor->stopping) && !accept_one(acceptor));
    }
    return NULL;
}

bool acceptor_start(Acceptor *acceptor, HttpServer *server, Listener *listener, int fd, Err *err)
{
    *acceptor = (Acceptor){.server = server, .listener = listener, .fd = fd};
    acceptor->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    acceptor->started =
        acceptor->wake >= 0 && pthread_create(&acceptor->thread, NULL, run, acceptor) == 0;
    return acceptor->started || err_set(err, ERR_ENVIRONMENT, MSG_http_start_failed);
}

void acceptor_stop(Acceptor *acceptor)
{
    if (acceptor->started) {
        atomic_store(&acceptor->stopping, true);
        (void)eventfd_write(acceptor->wake, 1);
        pthread_join(acceptor->thread, NULL);
    }
    if (acceptor->wake >= 0)
        close(acceptor->wake);
    close(acceptor->fd);
}
