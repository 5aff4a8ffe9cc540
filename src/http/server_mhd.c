/* SPDX-License-Identifier: Apache-2.0 */
/* The only file that knows libmicrohttpd (0.9.75; doc/adr/0002-libmicrohttpd.md). It is used for
 * sockets, epoll, parsing of request lines and header lines, chunked bodies and writing answers.
 * Its escape decoding, form parser, authentication and timeouts are not used. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"
#include "http/limits.h"
#include "http/server_internal.h"

struct Listener {
    HttpServer *server;
    struct MHD_Daemon *loops[HTTP_LOOPS_MAX];
    int count;     /* of loops */
    unsigned next; /* the loop whose turn it is; the acceptor's */
    Acceptor acceptor;
    bool is_control;
    bool is_quiet;
};

typedef struct MHD_Connection Handle;

/* Answers may come from any page; these make what a page can do the same everywhere. */
static const char *const fixed_headers[][2] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
     "connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; "
     "frame-ancestors 'none'; base-uri 'none'"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

/* ---- connections ---- */

static Connection *connection_of(Handle *handle)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info != NULL ? info->socket_context : NULL;
}

static void describe_client(Connection *connection, const struct sockaddr *address)
{
    connection->client[0] = '\0';
    if (address == NULL)
        return;
    if (address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr,
                  connection->client, sizeof(connection->client));
    if (address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr,
                  connection->client, sizeof(connection->client));
}

static void describe_peer(Connection *connection)
{
    struct ucred peer;
    socklen_t size = sizeof(peer);
    memcpy(connection->client, "unix", sizeof("unix"));
    if (getsockopt(connection->fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0)
        connection->peer_uid = peer.uid;
}

static void on_connection(void *context, Handle *handle, void **slot,
                          enum MHD_ConnectionNotificationCode code)
{
    Listener *listener = context;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*slot != NULL)
            connection_close(listener->server, *slot);
        *slot = NULL;
        return;
    }
    int fd = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    Connection *connection = connection_open(listener->server, fd, listener->is_control);
    if (listener->is_control)
        describe_peer(connection);
    else
        describe_client(
            connection,
            MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    *slot = connection;
}

/* ---- reading the head ---- */

/* Escapes are decoded by ourselves, strictly, part by part. */
static size_t leave_escaped(void *context UNUSED, Handle *handle UNUSED, char *text)
{
    return strlen(text);
}

/* The first line is whole. A query is taken away from the library by ending the text right behind
 * '?': cut into parts it would fill the connection's memory, and 0.9.75 goes on reading with a lost
 * buffer when that overflows (the result of MHD_parse_arguments_ is ignored in
 * parse_initial_message_line). `uri` is the library's own read buffer, passed here "before it is
 * parsed"; take_query undoes it. What this returns becomes the request's slot, so it is nothing. */
static void *on_first_line(void *context UNUSED, const char *uri, Handle *handle)
{
    Connection *connection = connection_of(handle);
    if (connection == NULL)
        return NULL;
    if (connection_phase_now(connection) == PHASE_IDLE)
        connection_phase(connection, PHASE_HEADER, 0);
    char *mark = strchr((char *)(uintptr_t)uri, '?');
    connection->query = NULL;
    if (mark != NULL && mark[1] != '\0') {
        connection->query = mark + 1;
        connection->query_size = strlen(mark + 1);
        connection->query_first = mark[1];
        mark[1] = '\0';
    }
    return NULL;
}

static Str take_query(Connection *connection)
{
    if (connection->query == NULL)
        return (Str){0};
    Str query = {connection->query, connection->query_size};
    connection->query[0] = connection->query_first;
    connection->query = NULL;
    return query;
}

typedef struct Reading {
    Arena *arena;
    Head *head;
} Reading;

static enum MHD_Result read_header(void *context, enum MHD_ValueKind kind UNUSED, const char *name,
                                   size_t name_size, const char *value, size_t value_size)
{
    Reading *reading = context;
    FormField line = {{name, name_size}, {value, value_size}};
    reading->head->lines++;
    if (utf8_check(line.name) != line.name.n)
        reading->head->malformed = true;
    if (reading->head->lines > HTTP_HEADERS_MAX || utf8_check(line.value) != line.value.n)
        return MHD_YES;
    *vec_push(reading->arena, &reading->head->headers) = line;
    return MHD_YES;
}

static void read_head(Handle *handle, Arena *arena, Head *head)
{
    Reading reading = {.arena = arena, .head = head};
    MHD_get_connection_values_n(handle, MHD_HEADER_KIND, read_header, &reading);
    head->size =
        MHD_get_connection_info(handle, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
    if (utf8_check(head->path) != head->path.n || utf8_check(head->query) != head->query.n) {
        head->malformed = true;
        head->path = S("/");
        head->query = (Str){0};
    }
}

/* ---- answering ---- */

static struct MHD_Response *make_response(HttpResponse *from, uint64_t *ret_size)
{
    Str content = from->shared.p != NULL ? from->shared : buf_str(&from->body);
    *ret_size = content.n;
    if (from->file >= 0) {
        *ret_size = from->file_size;
        struct MHD_Response *response = MHD_create_response_from_fd64(from->file_size, from->file);
        if (response != NULL)
            from->file = -1; /* closed with the response */
        return response;
    }
    /* The library only reads it; the arena lives until on_completed. */
    return MHD_create_response_from_buffer(content.n, (void *)(uintptr_t)content.p,
                                           MHD_RESPMEM_PERSISTENT);
}

static void add_headers(struct MHD_Response *response, const HttpResponse *from)
{
    Arena *arena = from->arena;
    /* A header that was too large left little memory for the answer's: it says the least. */
    size_t fixed = from->status == 431 || from->status == 414 ? 1 : COUNT_OF(fixed_headers);
    for (size_t i = 0; i < fixed; i++)
        MHD_add_response_header(response, fixed_headers[i][0], fixed_headers[i][1]);
    if (from->cache_control.n > 0)
        MHD_add_response_header(response, "Cache-Control", str_c(arena, from->cache_control));
    if (from->status != 304 && from->status != 204 && from->content_type.n > 0)
        MHD_add_response_header(response, "Content-Type", str_c(arena, from->content_type));
    for (size_t i = 0; i < from->headers.n; i++)
        MHD_add_response_header(response, str_c(arena, from->headers.p[i].name),
                                str_c(arena, from->headers.p[i].value));
    if (from->close)
        MHD_add_response_header(response, "Connection", "close");
}

static enum MHD_Result answer(Exchange *exchange)
{
    uint64_t size;
    struct MHD_Response *response = make_response(&exchange->response, &size);
    if (response == NULL)
        return MHD_NO;
    add_headers(response, &exchange->response);
    exchange_account(exchange, size);
    enum MHD_Result result =
        MHD_queue_response(exchange->handle, (unsigned)exchange->response.status, response);
    MHD_destroy_response(response);
    return result;
}

/* Runs what is to be run; answers, or leaves the connection suspended. */
static enum MHD_Result drive(Exchange *exchange, Handle *handle)
{
    int running = RUNNING;
    atomic_store(&exchange->state, RUNNING);
    exchange_taken(exchange, true);
    if (exchange_run(exchange)) {
        exchange_taken(exchange, false);
        return answer(exchange);
    }
    MHD_suspend_connection(handle);
    if (!atomic_compare_exchange_strong(&exchange->state, &running, SUSPENDED))
        MHD_resume_connection(handle); /* woken before it slept */
    return MHD_YES;
}

static enum MHD_Result begin(Listener *listener, Handle *handle, Head *head, void **slot)
{
    Connection *connection = connection_of(handle);
    if (connection == NULL)
        return MHD_NO;
    Exchange *exchange = exchange_open(listener->server, connection, handle);
    *slot = exchange;
    head->query = take_query(connection);
    read_head(handle, exchange->request.arena, head);
    exchange_begin(exchange, head);
    return exchange->ready && !exchange->drop_body ? answer(exchange) : MHD_YES;
}

static enum MHD_Result on_request(void *context, Handle *handle, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **slot)
{
    Listener *listener = context;
    Exchange *exchange = *slot;
    if (exchange == NULL) {
        Head head = {
            .method = str_from_c(method), .path = str_from_c(url), .version = str_from_c(version)};
        return begin(listener, handle, &head, slot);
    }
    if (*upload_size > 0) {
        bool go_on = exchange_body(exchange, (Str){upload, *upload_size});
        *upload_size = 0;
        return go_on ? MHD_YES : MHD_NO;
    }
    return drive(exchange, handle);
}

static void on_completed(void *context UNUSED, Handle *handle, void **slot,
                         enum MHD_RequestTerminationCode code UNUSED)
{
    Connection *connection = connection_of(handle);
    if (*slot != NULL)
        exchange_close(*slot);
    *slot = NULL;
    if (connection != NULL && connection_phase_now(connection) != PHASE_ENDED)
        connection_phase(connection, PHASE_IDLE, 0);
}

/* ---- starting and stopping ---- */

/* Complaints about clients; interesting only when looking for one. */
__attribute__((format(printf, 2, 0))) static void on_message(void *context UNUSED,
                                                             const char *format, va_list arguments)
{
    char line[256];
    int size = vsnprintf(line, sizeof(line), format, arguments);
    if (size > 0)
        log_event(LOG_DEBUG, S("microhttpd"),
                  str_trim((Str){line, MIN((size_t)size, sizeof(line) - 1)}));
}

/* One loop. It listens to nothing: connections come by listener_add, and the cap is the
 * acceptor's. */
static struct MHD_Daemon *start_loop(Listener *listener)
{
    const HttpOptions *options = &listener->server->options;
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
            MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG,
        0, NULL, NULL, on_request, listener, MHD_OPTION_EXTERNAL_LOGGER, on_message, NULL,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_CONNECTION_MEMORY,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)options->connections, MHD_OPTION_CONNECTION_TIMEOUT,
        0U, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_URI_LOG_CALLBACK,
        on_first_line, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, listener, MHD_OPTION_END);
}

static bool start_loops(Listener *listener)
{
    int wanted = listener->is_control ? 1 : listener->server->options.loop_threads;
    for (; listener->count < wanted; listener->count++) {
        listener->loops[listener->count] = start_loop(listener);
        if (listener->loops[listener->count] == NULL)
            return false;
    }
    return true;
}

Listener *listener_open(HttpServer *server, int fd, bool is_control, Err *err)
{
    pthread_mutex_lock(&server->mutex); /* the other listener's threads may be at work already */
    Listener *listener = NEW(server->arena, Listener);
    pthread_mutex_unlock(&server->mutex);
    listener->server = server;
    listener->is_control = is_control;
    if (!start_loops(listener)) {
        close(fd);
        (void)err_set(err, ERR_ENVIRONMENT, MSG_http_start_failed);
        listener_close(listener);
        return NULL;
    }
    if (!acceptor_start(&listener->acceptor, server, listener, fd, err)) {
        listener_quiesce(listener);
        listener_close(listener);
        return NULL;
    }
    return listener;
}

bool listener_add(Listener *listener, int fd, const struct sockaddr *from, socklen_t size)
{
    struct MHD_Daemon *loop = listener->loops[listener->next++ % (unsigned)listener->count];
    return MHD_add_connection(loop, fd, from, size) == MHD_YES;
}

void listener_quiesce(Listener *listener)
{
    if (listener == NULL || listener->is_quiet)
        return;
    listener->is_quiet = true;
    acceptor_stop(&listener->acceptor);
}

void listener_close(Listener *listener)
{
    for (int i = 0; listener != NULL && i < listener->count; i++)
        MHD_stop_daemon(listener->loops[i]);
}

void listener_resume(void *handle)
{
    MHD_resume_connection(handle);
}
