/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"
#include "http/form_internal.h"
#include "http/limits.h"
#include "http/server_internal.h"

#define SPARE_MAX 256 /* exchanges kept warm */
#define BODY_STEADY \
    ((size_t)1024 * 1024) /* bytes after which room for the whole body is taken at once */

/* ---- open and close ---- */

static Exchange *take_spare(HttpServer *server)
{
    pthread_mutex_lock(&server->mutex);
    Exchange *exchange = server->spare;
    if (exchange != NULL) {
        server->spare = exchange->link;
        server->spare_count--;
    } else {
        exchange = NEW(server->arena, Exchange);
    }
    pthread_mutex_unlock(&server->mutex);
    if (exchange->request.arena == NULL)
        exchange->request.arena = arena_open();
    return exchange;
}

void exchange_response_init(HttpResponse *response, Arena *arena)
{
    *response = (HttpResponse){.status = 200,
                               .content_type = S("text/html; charset=utf-8"),
                               .body = buf_open(arena),
                               .file = -1,
                               .cache_control = S("no-store"),
                               .arena = arena};
}

void exchange_close_file(HttpResponse *response)
{
    if (response->file >= 0)
        (void)close(response->file);
    response->file = -1;
}

Exchange *exchange_open(HttpServer *server, Connection *connection, void *handle)
{
    Exchange *exchange = take_spare(server);
    Arena *arena = exchange->request.arena;
    exchange->request = (HttpRequest){.arena = arena,
                                      .client = str_from_c(connection->client),
                                      .is_control = connection->is_control,
                                      .peer_uid = connection->peer_uid,
                                      .secure_cookies = server->options.secure_cookies,
                                      .app = server->options.app};
    exchange_response_init(&exchange->response, arena);
    exchange->server = server;
    exchange->connection = connection;
    exchange->handle = handle;
    exchange->next = NULL;
    exchange->pooled = false;
    exchange->ready = false;
    exchange->taken = false;
    exchange->has_body = false;
    exchange->drop_body = false;
    exchange->content_length = 0;
    exchange->dropped = 0;
    exchange->counted = 0;
    exchange->body = buf_open(arena);
    exchange->link = NULL;
    exchange->started_us = monotonic_us();
    atomic_store(&exchange->state, RUNNING);
    atomic_store(&connection->exchange, exchange);
    atomic_fetch_add(&server->in_flight, 1);
    atomic_fetch_add(&server->running, 1);
    return exchange;
}

void exchange_taken(Exchange *exchange, bool taken)
{
    if (exchange->taken != taken)
        atomic_fetch_add(&exchange->server->taken, taken ? 1 : -1);
    exchange->taken = taken;
}

void exchange_close(Exchange *exchange)
{
    HttpServer *server = exchange->server;
    exchange_taken(exchange, false); /* a client that left is noticed only on waking */
    atomic_store(&exchange->connection->exchange, NULL);
    atomic_fetch_sub(&server->body_bytes, (int64_t)exchange->counted);
    if (!exchange->ready)
        atomic_fetch_sub(&server->running, 1); /* lost before exchange_account */
    exchange_close_file(&exchange->response);
    arena_reset(exchange->request.arena);
    pthread_mutex_lock(&server->mutex);
    bool keep_arena = server->spare_count++ < SPARE_MAX;
    if (!keep_arena) {
        arena_close(exchange->request.arena);
        exchange->request.arena = NULL;
    }
    exchange->link = server->spare;
    server->spare = exchange;
    pthread_mutex_unlock(&server->mutex);
    atomic_fetch_sub(&server->in_flight, 1);
}

/* ---- refusing ---- */

/* Answers with an error. A body that is still coming is read to its end when it is small, so that
 * closing does not destroy the answer on its way (RFC 9112 section 9.6). */
static void refuse(Exchange *exchange, int status, const Err *err)
{
    exchange->request.thread = server_thread_data(exchange->server);
    (void)http_fail_status(&exchange->request, &exchange->response, status, err);
    exchange->ready = true;
    bool small = exchange->content_length == SIZE_MAX || exchange->content_length <= HTTP_DRAIN_MAX;
    bool waits_for_us = http_header(&exchange->request, S("Expect")).n > 0;
    exchange->drop_body = exchange->has_body && small && !waits_for_us;
    if (exchange->has_body && !exchange->drop_body)
        exchange->response.close = true;
}

static void refuse_with(Exchange *exchange, ErrCode code, MessageId message, MessageId hint)
{
    Err err = {0};
    (void)err_set(&err, code, message);
    (void)err_hint(&err, hint);
    refuse(exchange, err_http_status(code), &err);
}

static void refuse_too_large(Exchange *exchange, size_t limit)
{
    Err err = {0};
    Str text = STR(exchange->request.arena, (int64_t)limit);
    (void)err_set(&err, ERR_TOO_LARGE, MSG_http_body_too_large, text);
    (void)err_hint(&err, MSG_http_body_too_large_hint);
    refuse(exchange, 413, &err);
}

/* ---- the header ---- */

/* The right-most entry is the one our own proxy wrote; what is left of it anybody can invent. Lines
 * of one name are one list (RFC 9110 section 5.3): a proxy may add a line below those it got. */
static Str forwarded_client(const HttpRequest *request)
{
    Str list = {0}, last = {0};
    Str entry;
    for (size_t i = 0; i < request->headers.n; i++)
        if (form_eq_caseless(request->headers.p[i].name, S("X-Forwarded-For")))
            list = request->headers.p[i].value;
    while (str_next(&list, ',', &entry))
        last = str_trim(entry);
    return last.n > 0 && last.n < 46 ? last : request->client;
}

static bool is_loopback(Str client)
{
    return str_starts(client, S("127.")) || str_eq(client, S("::1"));
}

static Language language_of(const HttpRequest *request)
{
    Str chosen = http_cookie(request, S("lang"));
    if (str_eq(chosen, S("zh")))
        return LANGUAGE_ZH;
    if (str_eq(chosen, S("en")))
        return LANGUAGE_EN;
    return http_accept_language(http_header(request, S("Accept-Language")));
}

static void describe(Exchange *exchange, const Head *head)
{
    HttpRequest *request = &exchange->request;
    const HttpOptions *options = &exchange->server->options;
    request->path = head->path;
    request->query_text = head->query;
    request->headers = head->headers;
    request->wants_json = str_starts(head->path, S("/api/"));
    request->received_at = options->clock != NULL ? options->clock(options->app) : instant_now();
    form_parse_cookies(request->arena, http_header(request, S("Cookie")), &request->cookies);
    request->language = language_of(request);
    if (options->trust_forwarded && is_loopback(request->client))
        request->client = forwarded_client(request);
}

/* A browser says where a request comes from (Fetch Metadata); writing from another site is refused
 * here for every route at once. Programs do not send the header. */
static bool is_cross_site(const HttpRequest *request)
{
    bool writes = request->method != HTTP_GET && request->method != HTTP_HEAD &&
                  request->method != HTTP_OPTIONS;
    return writes && str_eq(http_header(request, S("Sec-Fetch-Site")), S("cross-site"));
}

static void answer_slash(Exchange *exchange)
{
    HttpRequest *request = &exchange->request;
    Buf location = buf_open(request->arena);
    buf_add(&location, str_slice(request->path, 0, request->path.n - 1));
    if (request->query_text.n > 0)
        TEXT(&location, "?", request->query_text);
    exchange->response.status = 308;
    http_add_header(&exchange->response, S("Location"), buf_str(&location));
    exchange->ready = true;
    exchange->drop_body = exchange->has_body;
}

static void answer_no_method(Exchange *exchange, unsigned allow)
{
    HttpRequest *request = &exchange->request;
    if (request->method == HTTP_OPTIONS) {
        exchange->response.status = 204;
        exchange->ready = true;
        exchange->drop_body = exchange->has_body;
    } else {
        refuse_with(exchange, ERR_METHOD_NOT_ALLOWED, MSG_http_method_not_allowed, MSG_none);
    }
    http_add_header(&exchange->response, S("Allow"), http_allow_text(request->arena, allow));
}

/* Finds the route and decodes what the path says. False: answered. */
static bool find_route(Exchange *exchange)
{
    HttpRequest *request = &exchange->request;
    RouteMatch match;
    Err err = {0};
    RouteResult result =
        router_match(exchange->server->router, request->method, request->path, &match);
    bool hidden =
        result == ROUTE_FOUND && (match.route->flags & ROUTE_CONTROL) != 0 && !request->is_control;
    if (result == ROUTE_SLASH) {
        answer_slash(exchange);
        return false;
    }
    if (result == ROUTE_NO_METHOD) {
        answer_no_method(exchange, match.allow);
        return false;
    }
    if (result == ROUTE_UNKNOWN || hidden) {
        refuse_with(exchange, ERR_NOT_FOUND, MSG_http_not_found, MSG_http_not_found_hint);
        return false;
    }
    request->route = match.route;
    for (size_t i = 0; i < match.param_count; i++) {
        FormField param = {.name = match.params[i].name};
        if (!form_decode(request->arena, match.params[i].value, false, &param.value, &err)) {
            refuse(exchange, 400, &err);
            return false;
        }
        *vec_push(request->arena, &request->params) = param;
    }
    return true;
}

static size_t body_limit(const Route *route)
{
    return route->body_limit != 0 ? route->body_limit : HTTP_BODY_DEFAULT;
}

static void begin_route(Exchange *exchange)
{
    HttpRequest *request = &exchange->request;
    Err err = {0};
    if (!find_route(exchange))
        return;
    if (!form_parse_query(request->arena, request->query_text, &request->query, &err)) {
        refuse(exchange, err_http_status(err.code), &err);
        return;
    }
    if (is_cross_site(request)) {
        refuse_with(exchange, ERR_FORBIDDEN, MSG_http_cross_site, MSG_none);
        return;
    }
    size_t limit = body_limit(request->route);
    if (exchange->content_length != SIZE_MAX && exchange->content_length > limit) {
        refuse_too_large(exchange, limit);
        return;
    }
    exchange->body = buf_open_max(request->arena, limit);
    exchange->next = request->route->handler;
    exchange->pooled =
        exchange->server->options.pool_all || (request->route->flags & ROUTE_POOLED) != 0;
}

/* The socket's mode keeps others out; this does where somebody has loosened it. */
static bool is_strangers_control(const HttpRequest *request)
{
    return request->is_control && request->peer_uid != 0 && request->peer_uid != (int64_t)geteuid();
}

void exchange_begin(Exchange *exchange, const Head *head)
{
    HttpRequest *request = &exchange->request;
    Err err = {0};
    int status;
    describe(exchange, head);
    if (!head_check(head, &exchange->has_body, &exchange->content_length, &status, &err)) {
        atomic_fetch_add(&exchange->server->malformed, 1);
        refuse(exchange, status, &err);
        exchange->drop_body = false; /* where this request ends is not certain */
        exchange->response.close = true;
    } else if (!http_method_parse(head->method, &request->method)) {
        (void)err_set(&err, ERR_BAD_REQUEST, MSG_http_method_unknown);
        refuse(exchange, 501, &err);
    } else if (is_strangers_control(request)) {
        refuse_with(exchange, ERR_FORBIDDEN, MSG_http_control_owner, MSG_none);
        exchange->response.close = true;
    } else if (atomic_load(&exchange->server->stopping)) {
        refuse_with(exchange, ERR_UNAVAILABLE, MSG_http_busy, MSG_http_busy_hint);
        exchange->response.close = true;
    } else {
        begin_route(exchange);
    }
    connection_phase(exchange->connection, exchange->has_body ? PHASE_BODY : PHASE_RUNNING, 0);
}

/* ---- the body ---- */

static bool drop(Exchange *exchange, size_t size)
{
    exchange->dropped += size;
    return exchange->dropped <= HTTP_DRAIN_MAX + HTTP_BODY_DEFAULT;
}

/* An arena keeps what a growing buffer left behind: doubling to 20 MB would hold 52. Only for who
 * has sent something already, and what is not touched costs no memory. */
static void reserve_whole(Exchange *exchange, size_t more)
{
    Buf *body = &exchange->body;
    size_t whole = MIN(exchange->content_length, body->max);
    if (body->n + more > BODY_STEADY && whole > body->n)
        (void)buf_reserve(body, whole - body->n);
}

static void keep(Exchange *exchange, Str bytes)
{
    HttpServer *server = exchange->server;
    int64_t total = atomic_fetch_add(&server->body_bytes, (int64_t)bytes.n);
    exchange->counted += bytes.n;
    if (total + (int64_t)bytes.n > HTTP_BODY_TOTAL) {
        atomic_fetch_add(&server->refused, 1);
        refuse_with(exchange, ERR_UNAVAILABLE, MSG_http_busy, MSG_http_busy_hint);
        exchange->drop_body = true;
        return;
    }
    reserve_whole(exchange, bytes.n);
    buf_add(&exchange->body, bytes);
    if (!buf_ok(&exchange->body)) {
        refuse_too_large(exchange, exchange->body.max);
        exchange->drop_body = true;
    }
}

bool exchange_body(Exchange *exchange, Str bytes)
{
    atomic_fetch_add(&exchange->server->bytes_in, bytes.n);
    atomic_fetch_add(&exchange->connection->bytes, (int64_t)bytes.n);
    if (exchange->drop_body)
        return drop(exchange, bytes.n);
    keep(exchange, bytes);
    return true;
}

/* Gives the finished body to the request in the shape its route asks for. */
static bool read_body(Exchange *exchange, Err *err)
{
    HttpRequest *request = &exchange->request;
    unsigned flags = request->route->flags;
    Str type = http_header(request, S("Content-Type"));
    request->body = buf_str(&exchange->body);
    if ((flags & ROUTE_JSON) != 0) {
        if (!form_type_is(type, S("application/json")))
            return err_set(err, ERR_UNSUPPORTED_TYPE, MSG_http_type_json);
        if (utf8_check(request->body) != request->body.n)
            return err_set(err, ERR_BAD_REQUEST, MSG_form_not_utf8);
        return true;
    }
    if ((flags & (ROUTE_FORM | ROUTE_UPLOAD)) == 0)
        return true;
    /* A button without fields posts nothing and, in some clients, names no type. */
    if (request->body.n == 0 && type.n == 0)
        return true;
    return form_parse(request->arena, type, request->body, (flags & ROUTE_UPLOAD) != 0,
                      &request->form, err);
}

/* ---- running ---- */

static bool guard_passes(Exchange *exchange)
{
    HttpGuard guard = exchange->server->options.guard;
    return guard == NULL || guard(&exchange->request, &exchange->response);
}

/* After HTTP_WAIT the exchange may already belong to somebody else: nothing of it is touched. */
static bool run(Exchange *exchange)
{
    HttpRequest *request = &exchange->request;
    HttpHandler handler = exchange->next;
    request->thread = server_thread_data(exchange->server);
    exchange->next = NULL;
    if (handler == NULL) {
        handler = request->on_resume;
        ASSERT(handler != NULL);
    } else if (!guard_passes(exchange)) {
        exchange->ready = true;
        return true;
    }
    if (handler(request, &exchange->response) == HTTP_WAIT)
        return false;
    exchange->ready = true;
    return true;
}

bool exchange_run(Exchange *exchange)
{
    Err err = {0};
    if (exchange->ready)
        return true;
    bool is_first = exchange->next != NULL;
    connection_phase(exchange->connection, PHASE_RUNNING, 0);
    if (is_first && atomic_load(&exchange->server->closing)) {
        refuse_with(exchange, ERR_UNAVAILABLE, MSG_http_busy, MSG_http_busy_hint);
        return true;
    }
    if (is_first && !read_body(exchange, &err)) {
        refuse(exchange, err_http_status(err.code), &err);
        return true;
    }
    if (!exchange->pooled)
        return run(exchange);
    if (jobs_push(&exchange->server->jobs, exchange, false))
        return false;
    atomic_fetch_add(&exchange->server->refused, 1);
    refuse_with(exchange, ERR_UNAVAILABLE, MSG_http_busy, MSG_http_busy_hint);
    return true;
}

void exchange_job(Exchange *exchange)
{
    if (run(exchange))
        exchange_wake(exchange);
}

void exchange_wake(Exchange *exchange)
{
    for (;;) {
        int state = RUNNING;
        if (atomic_compare_exchange_strong(&exchange->state, &state, AWAKE))
            return; /* its loop thread has not suspended it yet and will see this */
        state = SUSPENDED;
        void *handle = exchange->handle;
        if (atomic_compare_exchange_strong(&exchange->state, &state, AWAKE)) {
            listener_resume(handle);
            return;
        }
        ASSERT(state != AWAKE); /* resumed twice */
    }
}

void http_resume(HttpRequest *request)
{
    Exchange *exchange = exchange_of(request);
    if (!exchange->pooled) {
        exchange_wake(exchange);
        return;
    }
    /* The pool ends after the last request that was taken. */
    bool pushed = jobs_push(&exchange->server->jobs, exchange, true);
    ASSERT(pushed);
}

/* ---- accounts ---- */

static void log_answer(Exchange *exchange, int64_t took_us)
{
    HttpRequest *request = &exchange->request;
    const Route *route = request->route;
    if (!exchange->server->options.log_requests || (route && (route->flags & ROUTE_QUIET)))
        return;
    log_event(LOG_INFO, S("request"),
              STR(request->arena, http_method_name(request->method), " ",
                  route != NULL ? route->pattern : "-", " ", exchange->response.status, " ",
                  took_us));
}

void exchange_account(Exchange *exchange, uint64_t bytes)
{
    HttpServer *server = exchange->server;
    int64_t took_us = monotonic_us() - exchange->started_us;
    int class = exchange->response.status / 100;
    ASSERT(class >= 2 && class <= 5);
    atomic_fetch_add(&server->requests[class], 1);
    atomic_fetch_add(&server->bytes_out, bytes);
    atomic_fetch_add(&server->busy_us, (uint64_t)took_us);
    atomic_fetch_sub(&server->running, 1);
    connection_phase(exchange->connection, PHASE_ANSWER, (int64_t)bytes);
    log_answer(exchange, took_us);
}
