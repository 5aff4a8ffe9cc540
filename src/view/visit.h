/* SPDX-License-Identifier: Apache-2.0 */
/* visit.h - one request: who asks, in which language, of which office, over which connection.
 *
 * visit_guard runs before every handler: it finds the session (cookie `session` or bearer token),
 * holds the office for the request, checks the form token of writes from browsers, refuses routes
 * the visitor may not use, and puts a Visit into request->user.
 */
#ifndef TONGXIN_VIEW_VISIT_H
#define TONGXIN_VIEW_VISIT_H

#include "base/map.h"
#include "change/writer.h"
#include "http/request.h"
#include "org/session.h"
#include "search/search.h"

/* What one server thread keeps: its reading connections. */
typedef struct VisitThread {
    Arena *arena;
    Db *db;
    Search *search;       /* NULL while the index is being made */
    int64_t search_tried; /* monotonic_us of the last attempt to open it */
} VisitThread;

/* What the server keeps for all: HttpOptions.app. */
typedef struct App {
    Site *site;
    const Router *router;
    struct HttpServer *server;
    Str public_url; /* "https://tongxin.example.cn", as browsers have it; empty: not known */
    Instant started_at;
    struct Throttle *throttle; /* NULL: the public may write as often as it likes */
    struct Lockout *lockout;   /* NULL: passwords may be tried as often */
} App;

typedef struct Visit {
    Arena *arena;
    App *app;
    Site *site;
    Office *office;
    Db *db;
    Search *search;
    Actor actor;
    const Account *account; /* NULL for the public */
    Session session;        /* of the account */
    Language language;
    Instant now; /* the site's clock */
    bool large;  /* large print: cookie `size` */
    HttpRequest *request;
    HttpResponse *response;
    bool by_bearer; /* signed in by token: no form token needed */
    Str visitor;    /* cookie behind the public's form tokens; empty until one is needed */
    Map names;      /* of records looked up so far: id → Str* */
    Map ranked;     /* look-alikes of records ranked so far: id → IdVec* */
} Visit;

/* HttpOptions.guard. */
bool visit_guard(HttpRequest *request, HttpResponse *response);
/* The visit of a request, with the reading connections of the thread that runs now: after
 * HTTP_WAIT ask again. For a request that no guard has seen (an error page) it is a visit of the
 * public without office and database. */
Visit *visit_of(HttpRequest *request);

/* The owner of the folder: the user of the system who runs the command, or who is at the other end
 * of the control socket. */
Actor visit_owner(Arena *arena, int64_t uid);
/* The same request as anybody may make it, signed in or not: what the public is shown and does is
 * the same for all. */
Visit *visit_as_public(const Visit *visit);

/* True when the visitor is of the office: an account, or the owner of the folder. */
bool visit_is_staff(const Visit *visit);
/* What a route asks for, Route.roles: "public", "staff", names of rights (admin, audit, board,
 * briefing, import, reveal_contact, see_all) or of roles, comma-separated; one is enough. */
bool visit_may(const Visit *visit, Str roles);

/* Token that forms of this visitor carry as `_token`: of the session, or for the public an HMAC
 * over a cookie. */
Str visit_form_token(Visit *visit);
/* A fresh one-time key for a form's `_key`: HTML forms are idempotent too. */
Str visit_form_key(Visit *visit);

/* "https://tongxin.example" as the visitor's browser knows this site, for what leaves the screen: a
 * QR code. What serve was told (--public-url) or else the request; empty when neither tells. */
Str visit_site_address(const Visit *visit);

/* Hands the change to the writer and suspends the request; `then` runs with the answer in
 * request->result (a Job). The change must live in the request's arena. */
HttpOutcome visit_change(Visit *visit, HttpResponse *response, const Change *change,
                         HttpHandler then);
/* The same for several, in order; request->result is the first of `count` Jobs in a row. Each says
 * in `ok` and `err` what became of it, and has the context. What `changes` point to lives in the
 * request's arena. */
HttpOutcome visit_changes(Visit *visit, HttpResponse *response, const Change *const *changes,
                          size_t count, void *context, HttpHandler then);
/* The same for housekeeping. */
HttpOutcome visit_housekeep(Visit *visit, HttpResponse *response,
                            bool (*run)(Db *db, Arena *arena, void *context, Err *err),
                            void *context, HttpHandler then);

/* A change with actor, language and idempotency key of the request (header Idempotency-Key or form
 * field _key) filled in. Form fields whose names start with '_' are left out of `form`. */
Change *visit_new_change(Visit *visit);

/* VisitThread, for HttpOptions.thread_open and thread_close. */
void *visit_thread_open(void *app);
void visit_thread_close(void *app, void *thread);

#endif
