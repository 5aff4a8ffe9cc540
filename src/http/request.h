/* SPDX-License-Identifier: Apache-2.0 */
/* request.h - what a handler gets and what it fills in.
 *
 * A request and its response live in the request's arena, from the end of the header until the
 * answer has been sent; nothing of them may be kept longer. All text is valid UTF-8 (bodies of
 * routes without ROUTE_FORM, ROUTE_UPLOAD or ROUTE_JSON are raw bytes).
 *
 * Life: guard (if any), then handler, on the connection's loop thread, or on the job pool when the
 * route is ROUTE_POOLED or the server runs `pool_all`. A handler that returns HTTP_WAIT has given
 * the request to somebody else, who calls http_resume(request) exactly once, from any thread; from
 * HTTP_WAIT on the handler's side must not touch it. Then `on_resume` runs, where the handler ran
 * (loop or pool), and returns HTTP_DONE or again HTTP_WAIT. Between the two, the waiting side may
 * read the request, allocate from its arena and set `request->result`.
 */
#ifndef TONGXIN_HTTP_REQUEST_H
#define TONGXIN_HTTP_REQUEST_H

#include "base/err.h"
#include "base/moment.h"
#include "http/form.h"
#include "http/route.h"

#define HTTP_HOST_PREFIX "__Host-"

typedef struct HttpRequest {
    Arena *arena;
    HttpMethod method;
    const Route *route; /* NULL when an error is rendered before a route was found */
    Str path;           /* raw, without the query: "/records/request/QS-2026-00001" */
    Str query_text;     /* raw, without '?' */
    FormFields params;  /* {holes} of the pattern, decoded */
    FormFields query;   /* decoded, in order */
    FormFields cookies;
    FormFields headers; /* as received; values that are not UTF-8 are left out */
    Str body;
    Form form;           /* ROUTE_FORM and ROUTE_UPLOAD */
    Str client;          /* address as text, "127.0.0.1"; "unix" on the control socket */
    Language language;   /* cookie `lang`, else Accept-Language, else Chinese */
    Instant received_at; /* end of the header */
    bool is_control;     /* came over the control socket */
    int64_t peer_uid;    /* user at the other end of the control socket; -1 otherwise */
    bool secure_cookies; /* as configured */
    bool wants_json;     /* errors are rendered as JSON: path under /api/ */
    void *app;           /* HttpOptions.app */
    void *thread;        /* what thread_open gave for the thread that is running now */
    void *user;          /* for the guard: who this is */
    void *result;        /* for whoever resumes */
    HttpHandler on_resume;
} HttpRequest;

typedef struct HttpResponse {
    int status;         /* 200 unless changed */
    Str content_type;   /* "text/html; charset=utf-8" unless changed */
    FormFields headers; /* beyond those every answer has */
    Buf body;           /* grows in the request's arena */
    Str shared; /* used instead of `body` when shared.p is set; lives as long as the server */
    int file;   /* descriptor sent instead, -1 when none; closed by the server */
    uint64_t file_size; /* bytes of `file` to send, from its start */
    Str cache_control;  /* "no-store" unless changed */
    bool close;         /* close the connection afterwards */
    Arena *arena;       /* the request's */
} HttpResponse;

/* The value of a header, whatever the case of its name; the empty text when absent. */
Str http_header(const HttpRequest *request, Str name);
/* Value of a {hole} of the pattern; the empty text when there is no such hole. */
Str http_param(const HttpRequest *request, Str name);
/* First value in the query; the empty text when absent. */
Str http_query(const HttpRequest *request, Str name);
/* A cookie of http_set_cookie; the empty text when absent. */
Str http_cookie(const HttpRequest *request, Str name);

/* Wakes a request that was left with HTTP_WAIT. Exactly once for each HTTP_WAIT, from any thread;
 * it may come before the handler has returned. The caller must not touch the request afterwards.
 * http_stop waits for it. */
void http_resume(HttpRequest *request);

/* Adds a header line. Control characters in `value` become spaces, so no line can be smuggled in.
 * Content-Type, Content-Length, Cache-Control and Set-Cookie have their own ways. */
void http_add_header(HttpResponse *response, Str name, Str value);
/* 303 See Other: the browser fetches `location` (a path of this site) with GET. */
HttpOutcome http_redirect(HttpResponse *response, Str location);
/* HttpOnly, SameSite=Lax, Path=/. When secure_cookies, also Secure and under the name "__Host-…",
 * which a browser takes from this host over TLS alone (RFC 6265bis 4.1.3.2). `max_age_s` 0 ends
 * with the browser, negative deletes. Name and value must be RFC 6265 tokens without spaces,
 * quotes, commas, semicolons, backslashes: ASSERT. */
void http_set_cookie(HttpRequest *request, HttpResponse *response, Str name, Str value,
                     int64_t max_age_s);
/* Names the version of what is answered (`tag` without quotes, no quotes inside) and lets the
 * browser keep it if it asks again. True: the browser has it already; the response is now 304 and
 * the handler returns HTTP_DONE at once. Only for GET and HEAD. */
bool http_etag(HttpRequest *request, HttpResponse *response, Str tag);
/* Content-Disposition: attachment with the name as RFC 6266 wants it. */
void http_attachment(HttpResponse *response, Str file_name);
/* Renders `err` (contract.md "Errors") and drops what the response held: JSON for paths under
 * /api/, else through HttpOptions.error_page. Returns HTTP_DONE:  return http_fail(request,
 * response, &err); */
HttpOutcome http_fail(HttpRequest *request, HttpResponse *response, const Err *err);
/* The same with a status the code does not imply (414, 431). */
HttpOutcome http_fail_status(HttpRequest *request, HttpResponse *response, int status,
                             const Err *err);
/* The error shape of the JSON API into `buf`. */
void http_error_json(HttpRequest *request, Buf *buf, const Err *err);

/* zh or en from an Accept-Language value (RFC 9110 section 12.5.4); Chinese when neither is named.
 * */
Language http_accept_language(Str header);

#endif
