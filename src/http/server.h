/* SPDX-License-Identifier: Apache-2.0 */
/* server.h - starting, watching and stopping the server.
 *
 *     HttpOptions options = http_options();
 *     options.listen = "127.0.0.1:8080";
 *     if (!http_start(&options, router, &server, err)) …
 *     … http_stop(server);
 *
 * Threads: 2 loops (epoll) for the address, one more for the control socket, an acceptor for each
 * of the two, the job pool, and a sweeper that disconnects whoever is slower than limits.h allows.
 * Plain HTTP/1.1: TLS and HTTP/2 are a front proxy's work.
 */
#ifndef TONGXIN_HTTP_SERVER_H
#define TONGXIN_HTTP_SERVER_H

#include "http/request.h"

/* Renders an error as a page: request->language, err, response->status (already set). */
typedef void (*HttpErrorPage)(HttpRequest *request, HttpResponse *response, const Err *err);
/* Runs before every handler, same thread. False: it has filled in the response, no handler runs. */
typedef bool (*HttpGuard)(HttpRequest *request, HttpResponse *response);

typedef struct HttpOptions {
    const char *listen;    /* "127.0.0.1:8080", "[::1]:80", port 0 picks one; NULL: no address */
    int listen_fd;         /* a listening socket handed over (socket activation), else -1 */
    const char *unix_path; /* control socket, mode 0600, replaced if it exists; NULL: none */
    void *app;             /* for handlers: request->app */
    Instant (*clock)(void *app); /* request->received_at; NULL: the machine's clock */
    /* Made when a thread first runs a handler; the pointer is request->thread. May be NULL. */
    void *(*thread_open)(void *app);
    void (*thread_close)(void *app, void *thread); /* when that thread ends */
    HttpErrorPage error_page;                      /* NULL: JSON everywhere */
    HttpGuard guard;                               /* NULL: none */
    bool pool_all;        /* every handler and on_resume on the pool (PostgreSQL) */
    bool log_requests;    /* one line a request at INFO */
    bool secure_cookies;  /* http_set_cookie: the site is behind TLS */
    bool trust_forwarded; /* take the client from the last X-Forwarded-For when the peer is
                                 loopback; only behind a proxy that sets it */
    int loop_threads;     /* 1..HTTP_LOOPS_MAX */
    int pool_threads;     /* 1..64 */
    int pool_queue;       /* jobs waiting, 1.. */
    int connections;      /* together, at most */
    int header_ms;        /* the deadlines of limits.h, in milliseconds */
    int idle_ms;
    int body_ms;
    int response_ms;
    int stop_ms;
} HttpOptions;

/* Counters since the start; read without stopping anything, so not of one instant. */
typedef struct HttpMetrics {
    uint64_t requests[6]; /* answered, by status class: [2] is 2xx; [0] unused */
    uint64_t connections; /* accepted */
    int64_t open;         /* connections now */
    int64_t running;      /* requests between end of header and answer */
    uint64_t bytes_in;    /* of bodies */
    uint64_t bytes_out;   /* of bodies */
    uint64_t refused;     /* 503 because the pool's queue was full */
    uint64_t malformed;   /* requests refused before a route was looked up */
    uint64_t slow;        /* connections ended by the sweeper */
    uint64_t busy_us;     /* from end of header to answer ready, summed over all requests */
} HttpMetrics;

typedef struct HttpServer HttpServer;

/* The defaults of limits.h, logging on, no address. */
HttpOptions http_options(void);
/* Whether `address` is host and port as in `listen` ("localhost" is 127.0.0.1), and whether only
 * this machine reaches it. ERR_USAGE names the part that is wrong. */
NODISCARD bool http_address_check(Str address, bool *ret_loopback, Err *err);
/* Listens and returns; requests are served from now on, and *ret is set before the first of them.
 * The router, the texts in `options` and `app` must outlive the server. ERR_ENVIRONMENT when an
 * address cannot be used. */
NODISCARD bool http_start(const HttpOptions *options, const Router *router, HttpServer **ret,
                          Err *err);
/* The port listened on; 0 without an address. */
int http_port(const HttpServer *server);
/* Accepts nothing new, lets every request finish that a handler has seen, however long it takes,
 * and gives clients stop_ms to take their answers; joins all threads. Whoever has a request left
 * with HTTP_WAIT must therefore resume it. NULL is accepted. Not from a handler. */
void http_stop(HttpServer *server);
void http_metrics(const HttpServer *server, HttpMetrics *ret);

#endif
