/* SPDX-License-Identifier: Apache-2.0 */
/* server_internal.h - the server from inside; for src/http/ only.
 *
 *   server_mhd.c  the only file that knows libmicrohttpd: callbacks in, answers out
 *   exchange.c    one request from the end of its header to its answer, without libmicrohttpd
 *   head.c        what must hold for a header before anything else looks at it
 *   jobs.c        the job pool
 *   accept.c      new connections, dealt to the loops
 *   sweeper.c     connections and their deadlines
 *   listen.c      sockets
 *   server.c      start, stop, counters, data of threads
 */
#ifndef TONGXIN_HTTP_SERVER_INTERNAL_H
#define TONGXIN_HTTP_SERVER_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "http/server.h"

struct Exchange;

/* ---- connections (sweeper.c) ---- */

typedef enum Phase {
    PHASE_HEADER,  /* the client must finish a header */
    PHASE_BODY,    /* the client must send the body */
    PHASE_RUNNING, /* our turn: no deadline for the client */
    PHASE_ANSWER,  /* the client must take the answer */
    PHASE_IDLE,    /* kept open between requests */
    PHASE_ENDED    /* shut down by the sweeper */
} Phase;

typedef struct Connection {
    struct Connection *next;
    struct Connection *previous;
    int fd;
    bool is_control;
    int64_t peer_uid;
    char client[48];
    _Atomic int64_t stage; /* microseconds of the change to a phase, times 8, plus the phase */
    _Atomic int64_t bytes; /* received of a body, or to be taken of an answer */
    int64_t partial_stage; /* the sweeper's: idle stage in which a first byte was seen … */
    int64_t partial_us;    /* … and when */
    struct Exchange *_Atomic exchange;
    char *query; /* of the request being read, in the library's buffer … */
    size_t query_size;
    char query_first; /* … whose first byte is a NUL meanwhile (server_mhd.c on_first_line) */
} Connection;

typedef struct Sweeper {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool started;
    bool stopping;
    Arena *arena;     /* of connections; used under the mutex */
    Connection *open; /* list */
    Connection *spare;
} Sweeper;

/* Empty list, nothing running. */
void sweeper_init(Sweeper *sweeper);
/* Starts the thread; ERR_ENVIRONMENT when there is none to be had. */
NODISCARD bool sweeper_start(HttpServer *server, Err *err);
/* Joins the thread, if it was started. */
void sweeper_stop(HttpServer *server);
/* Ends what has no more connections in it. */
void sweeper_free(Sweeper *sweeper);
Connection *connection_open(HttpServer *server, int fd, bool is_control);
/* Before the descriptor is closed. */
void connection_close(HttpServer *server, Connection *connection);
void connection_phase(Connection *connection, Phase phase, int64_t bytes);
Phase connection_phase_now(const Connection *connection);

/* ---- one request (exchange.c) ---- */

/* Who may touch an exchange. Its loop thread runs it (RUNNING); when it waits, whoever resumes it
 * moves it to AWAKE, and only the one who finds SUSPENDED there also wakes the connection. */
typedef enum ExchangeState { RUNNING, SUSPENDED, AWAKE } ExchangeState;

typedef struct Exchange {
    HttpRequest request; /* first: http_resume finds the exchange from it */
    HttpResponse response;
    HttpServer *server;
    Connection *connection;
    void *handle; /* the library's connection */
    _Atomic int state;
    HttpHandler next; /* to run; NULL means request.on_resume */
    bool pooled;
    bool ready; /* the response is filled in */
    bool taken; /* counted in server->taken; the loop thread's */
    bool has_body;
    bool drop_body;        /* an answer is ready; what still comes is read and forgotten */
    size_t content_length; /* SIZE_MAX when not stated */
    size_t dropped;
    size_t counted; /* bytes of the body within server->body_bytes */
    int64_t started_us;
    Buf body;
    struct Exchange *link; /* spare list or job queue */
} Exchange;

/* The start of a request as the library saw it. */
typedef struct Head {
    Str method;
    Str path;
    Str query;
    Str version;
    size_t size;    /* bytes of request line and header */
    size_t lines;   /* header lines */
    bool malformed; /* a name or value cannot be */
    FormFields headers;
} Head;

/* A warm or new exchange for the request that begins on `connection`; RUNNING, its own arena. */
Exchange *exchange_open(HttpServer *server, Connection *connection, void *handle);
/* After the answer was sent or the connection lost. */
void exchange_close(Exchange *exchange);
/* Looks at the header. Afterwards `ready` may be set: then answer at once unless `drop_body`. */
void exchange_begin(Exchange *exchange, const Head *head);
/* A piece of the body. False: too much nonsense, cut the connection. */
bool exchange_body(Exchange *exchange, Str bytes);
/* Runs what is to be run next. True: the response is ready. False: it waits for exchange_wake. */
bool exchange_run(Exchange *exchange);
/* The job pool's turn. */
void exchange_job(Exchange *exchange);
/* It is in our hands: running, or left with HTTP_WAIT. Of its loop thread. */
void exchange_taken(Exchange *exchange, bool taken);
/* Ends a wait. */
void exchange_wake(Exchange *exchange);
/* An empty 200. */
void exchange_response_init(HttpResponse *response, Arena *arena);
/* Closes a file that was to be sent and is not. */
void exchange_close_file(HttpResponse *response);
/* Counts and logs; called when the answer goes out. */
void exchange_account(Exchange *exchange, uint64_t bytes);

static inline Exchange *exchange_of(HttpRequest *request)
{
    return (Exchange *)(void *)request;
}

/* ---- the header (head.c) ---- */

/* RFC 9112: framing, Host, version, tokens. On false `*ret_status` is the status to answer. */
NODISCARD bool head_check(const Head *head, bool *ret_has_body, size_t *ret_length, int *ret_status,
                          Err *err);

/* ---- job pool (jobs.c) ---- */

typedef struct Jobs {
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    pthread_t threads[64];
    int count;
    Exchange *first;
    Exchange *last;
    int waiting;
    int limit;
    bool stopping;
} Jobs;

/* `threads` 1..64; at most `limit` jobs wait. */
NODISCARD bool jobs_start(Jobs *jobs, int threads, int limit, Err *err);
/* False when the queue is full (never with `always`) or stopping. */
bool jobs_push(Jobs *jobs, Exchange *exchange, bool always);
/* Runs what is queued and joins the threads. */
void jobs_stop(Jobs *jobs);

/* ---- sockets (listen.c) ---- */

/* A listening, non-blocking socket; ERR_USAGE for the text, ERR_ENVIRONMENT for the machine. */
NODISCARD bool listen_address(const char *address, int *ret_fd, Err *err);
/* The same in the file system, mode 0600; replaces a socket left behind, nothing else. */
NODISCARD bool listen_unix(const char *path, int *ret_fd, Err *err);
/* 0 when it has none. */
int listen_port(int fd);

/* ---- new connections (accept.c) ---- */

typedef struct Listener Listener;

typedef struct Acceptor {
    HttpServer *server;
    Listener *listener;
    pthread_t thread;
    int fd;   /* the listening socket */
    int wake; /* an event that ends the wait */
    bool started;
    atomic_bool stopping;
} Acceptor;

/* A thread that takes connections from `fd` for `listener`, as long as fewer than
 * options.connections are open; more wait in the kernel's queue. Owns `fd`. */
NODISCARD bool acceptor_start(Acceptor *acceptor, HttpServer *server, Listener *listener, int fd,
                              Err *err);
/* Joins the thread, if it was started, and closes the socket. */
void acceptor_stop(Acceptor *acceptor);

/* ---- the library (server_mhd.c) ---- */

/* Takes over `fd`. NULL with `err` when it will not start. */
Listener *listener_open(HttpServer *server, int fd, bool is_control, Err *err);
/* Gives an accepted connection to a loop. False: it was refused and is closed. */
bool listener_add(Listener *listener, int fd, const struct sockaddr *from, socklen_t size);
/* No new connections. */
void listener_quiesce(Listener *listener);
/* Joins the loops; nothing may wait any more. */
void listener_close(Listener *listener);
void listener_resume(void *handle);

/* ---- the whole (server.c) ---- */

struct HttpServer {
    HttpOptions options;
    const Router *router;
    Arena *arena; /* this struct, thread data, exchanges; used under `mutex` */
    pthread_mutex_t mutex;
    pthread_key_t thread_key;
    Listener *listeners[2];
    int port;
    atomic_bool stopping; /* no new requests … */
    atomic_bool closing;  /* … and none that was still being read */
    Sweeper sweeper;
    Jobs jobs;
    Exchange *spare;
    int spare_count;
    _Atomic int64_t in_flight; /* exchanges open */
    _Atomic int64_t taken;     /* exchanges in our hands: running, or left with HTTP_WAIT */
    _Atomic int64_t body_bytes;
    _Atomic uint64_t requests[6];
    _Atomic uint64_t connections;
    _Atomic int64_t open;
    _Atomic int64_t running;
    _Atomic uint64_t bytes_in, bytes_out, refused, malformed, slow, busy_us;
};

/* The data of the thread that is running, made when first asked for. */
void *server_thread_data(HttpServer *server);

#endif
