/* SPDX-License-Identifier: Apache-2.0 */
/* route.h - which function answers which path.
 *
 * Rooms declare constant arrays of Route; http_start is given a Router made of all of them. The
 * same table feeds `tongxin routes`, the OpenAPI document and the permission matrix test, so there
 * is no other way to reach a handler.
 *
 * A pattern is "/records/{kind}/{number}": literal parts and {holes}, each one part of the path,
 * not empty; a last hole "{rest*}" takes all that remains. Literal parts win over holes. A HEAD
 * request uses the GET route. A path with one slash too many at its end is sent (308) to the one
 * without.
 */
#ifndef TONGXIN_HTTP_ROUTE_H
#define TONGXIN_HTTP_ROUTE_H

#include "base/vec.h"
#include "http/limits.h"

typedef enum HttpMethod {
    HTTP_GET,
    HTTP_HEAD, /* only in requests, never in a Route */
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS, /* answered by the server from the table */
    HTTP_METHOD__COUNT
} HttpMethod;

/* What a handler tells the server. */
typedef enum HttpOutcome {
    HTTP_DONE, /* the response is filled in */
    HTTP_WAIT  /* somebody has the request and will call http_resume(request) exactly once */
} HttpOutcome;

struct HttpRequest;
struct HttpResponse;
typedef HttpOutcome (*HttpHandler)(struct HttpRequest *request, struct HttpResponse *response);

typedef enum RouteFlag {
    ROUTE_POOLED = 1 << 0,  /* runs on the job pool: may block or take more than a millisecond */
    ROUTE_FORM = 1 << 1,    /* the body is a form without files; parsed into request->form */
    ROUTE_UPLOAD = 1 << 2,  /* the body is a form that may have files */
    ROUTE_JSON = 1 << 3,    /* the body must be application/json and UTF-8; left raw */
    ROUTE_PUBLIC = 1 << 4,  /* needs no account; for the guard and for lists, no meaning here */
    ROUTE_QUIET = 1 << 5,   /* no log line: health checks, static files */
    ROUTE_CONTROL = 1 << 6, /* only over the control socket; 404 elsewhere */
    ROUTE_COSTLY =
        1 << 7 /* for the guard: who has no account may ask it as often as it may write */
} RouteFlag;

typedef struct Route {
    HttpMethod method;
    const char *pattern;
    HttpHandler handler;
    unsigned flags;      /* RouteFlag together */
    size_t body_limit;   /* bytes; 0 means HTTP_BODY_DEFAULT */
    const char *summary; /* one English line, for lists and OpenAPI */
    const char *roles; /* who may, comma-separated; for the guard and for lists; NULL when public */
} Route;

typedef struct RouteTable {
    const Route *routes;
    size_t count;
} RouteTable;

#define ROUTE_TABLE(array) ((RouteTable){(array), COUNT_OF(array)})

typedef struct RouteParam {
    Str name;
    Str value; /* a part of the path, still percent-encoded */
} RouteParam;

typedef enum RouteResult {
    ROUTE_FOUND,
    ROUTE_UNKNOWN,   /* 404 */
    ROUTE_NO_METHOD, /* 405: the path exists, `allow` says with which methods */
    ROUTE_SLASH      /* 308: the path without its last slash exists */
} RouteResult;

typedef struct RouteMatch {
    const Route *route; /* set when ROUTE_FOUND */
    RouteParam params[HTTP_PARAMS_MAX];
    size_t param_count;
    unsigned allow; /* bits 1 << HttpMethod, HEAD and OPTIONS included */
} RouteMatch;

typedef struct Router Router;

/* Builds the router in `arena` (app lifetime); the tables must live as long. Two routes with the
 * same method and shape, or a malformed pattern, are bugs: ASSERT. Afterwards read-only, any
 * thread. */
Router *router_open(Arena *arena, const RouteTable *tables, size_t count);
/* Matches without allocating; `path` is the raw path of the request and outlives the match. */
RouteResult router_match(const Router *router, HttpMethod method, Str path, RouteMatch *ret);
/* Visits every route in the order declared. */
void router_each(const Router *router, void (*visit)(const Route *route, void *context),
                 void *context);

const char *http_method_name(HttpMethod method); /* "GET" */
bool http_method_parse(Str text, HttpMethod *ret);
/* "GET, HEAD, OPTIONS" for the bits of RouteMatch.allow. */
Str http_allow_text(Arena *arena, unsigned allow);

#endif
