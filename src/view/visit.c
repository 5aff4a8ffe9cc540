/* SPDX-License-Identifier: Apache-2.0 */
#include "view/visit.h"

#include <pwd.h>

#include "base/log.h"
#include "view/guard.h"

#define SEARCH_RETRY_US (5 * SECOND_US)
#define KEY_MAX         100 /* bytes of an idempotency key */

/* ---- threads ---- */

static void thread_open_search(VisitThread *thread, const Site *site)
{
    int64_t now = monotonic_us();
    Err err = {0};
    if (thread->search && !search_is_current(thread->search)) {
        search_close(thread->search);
        thread->search = NULL;
    }
    if (thread->search || (thread->search_tried && now - thread->search_tried < SEARCH_RETRY_US))
        return;
    thread->search_tried = now;
    if (!search_open_reader(thread->arena, site->dir, &thread->search, &err))
        thread->search = NULL;
}

void *visit_thread_open(void *context)
{
    App *app = context;
    Arena *arena = arena_open();
    VisitThread *thread = NEW(arena, VisitThread);
    Err err = {0};
    thread->arena = arena;
    if (!site_reader(arena, app->site, &thread->db, &err)) {
        log_err(S("reader"), &err);
        thread->db = NULL;
    }
    return thread;
}

void visit_thread_close(void *app, void *context)
{
    VisitThread *thread = context;
    (void)app;
    if (!thread)
        return;
    search_close(thread->search);
    db_close(thread->db);
    arena_close(thread->arena);
}

/* ---- who asks ---- */

static Actor actor_of_public(void)
{
    return (Actor){.type = ACTOR_PUBLIC, .name = S("public")};
}

Visit *visit_as_public(const Visit *visit)
{
    Visit *public = arena_copy(visit->arena, visit, sizeof *visit);
    public->actor = actor_of_public();
    public->account = NULL;
    return public;
}

Actor visit_owner(Arena *arena, int64_t uid)
{
    struct passwd entry, *found = NULL;
    char *room = arena_alloc(arena, 4096);
    Str name = STR(arena, uid);
    if (getpwuid_r((uid_t)uid, &entry, room, 4096, &found) == 0 && found)
        name = str_from_c(found->pw_name);
    return (Actor){.type = ACTOR_CLI, .name = STR(arena, "cli:", name)};
}

static Str bearer_of(const HttpRequest *request)
{
    Str header = http_header(request, S("Authorization"));
    return header.n > 7 && str_eq(str_lower(request->arena, str_slice(header, 0, 7)), S("bearer "))
               ? str_trim(str_slice(header, 7, header.n))
               : S("");
}

typedef struct Touch {
    Job job;
    Str token_hash;
    Instant now;
} Touch;

static bool touch_run(Db *db, Arena *arena, void *context, Err *err)
{
    Touch *touch = context;
    (void)arena;
    return session_touch(db, touch->token_hash, touch->now, err);
}

static void touch_done(Job *job)
{
    arena_close(job->arena);
}

/* Nobody waits for this one, so it has an arena of its own. */
static void session_seen(const Visit *visit)
{
    Arena *arena;
    Touch *touch;
    if (!visit->site->writer || visit->now - visit->session.seen_at < SESSION_TOUCH_US)
        return;
    arena = arena_open();
    touch = NEW(arena, Touch);
    touch->token_hash = str_dup(arena, visit->session.token_hash);
    touch->now = visit->now;
    touch->job =
        (Job){.housekeep = touch_run, .context = touch, .arena = arena, .done = touch_done};
    if (!writer_submit(visit->site->writer, &touch->job, NULL))
        arena_close(arena);
}

/* Who it is by cookie or token. False: refused. */
static bool visit_sign_in(Visit *visit, Err *err)
{
    Str bearer = bearer_of(visit->request);
    Str token = bearer.n ? bearer : http_cookie(visit->request, S("session"));
    bool found = false;
    visit->actor = actor_of_public();
    if (visit->request->is_control) {
        visit->actor = visit_owner(visit->arena, visit->request->peer_uid);
        return true;
    }
    if (token.n == 0)
        return true;
    if (!session_find(visit->arena, visit->db, visit->office, token, visit->now, &visit->session,
                      &found, err))
        return false;
    if (!found)
        return bearer.n == 0 || err_set(err, ERR_SIGN_IN_REQUIRED, MSG_view_session_over);
    visit->account = office_account(visit->office, visit->session.account);
    if (!visit->account)
        return true;
    visit->by_bearer = bearer.n > 0;
    visit->actor = (Actor){.type = ACTOR_ACCOUNT,
                           .account = visit->account->id,
                           .name = STR(visit->arena, "account:", visit->account->id)};
    session_seen(visit);
    return true;
}

static void drop_office(void *pointer)
{
    office_drop(pointer);
}

static Visit *visit_make(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = NEW(request->arena, Visit);
    App *app = request->app;
    *visit = (Visit){.arena = request->arena,
                     .app = app,
                     .site = app->site,
                     .now = site_now(app->site),
                     .actor = actor_of_public(),
                     .language = request->language,
                     .request = request,
                     .response = response};
    visit->large = str_eq(http_cookie(request, S("size")), S("large"));
    visit->names = map_open(request->arena);
    visit->ranked = map_open(request->arena);
    return visit;
}

/* The key travels into the journal: only what is printable and short. */
static bool key_is_printable(Str key)
{
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] <= ' ' || key.p[i] >= 0x7f)
            return false;
    return key.n <= KEY_MAX;
}

static bool key_is_good(const HttpRequest *request, Err *err)
{
    for (size_t i = 0; i < request->headers.n; i++) {
        Str name = request->headers.p[i].name, value = request->headers.p[i].value;
        if (!str_eq(str_lower(request->arena, name), S("idempotency-key")))
            continue;
        if (value.n == 0 || !key_is_printable(value))
            return err_set(err, ERR_BAD_REQUEST, MSG_view_bad_key);
    }
    return key_is_printable(form_get(&request->form.fields, S("_key"))) ||
           err_set(err, ERR_BAD_REQUEST, MSG_view_bad_key);
}

static bool visit_begin(Visit *visit, int *ret_seconds, Err *err)
{
    VisitThread *thread = visit->request->thread;
    const Route *route = visit->request->route;
    /* Health and static files need neither office nor session. */
    bool quiet =
        (route->flags & ROUTE_QUIET) != 0 && ((route->flags & ROUTE_PUBLIC) != 0 || !route->roles);
    if (thread && !quiet)
        thread_open_search(thread, visit->site);
    visit->db = thread ? thread->db : NULL;
    visit->search = thread ? thread->search : NULL;
    visit->office = site_office(visit->site);
    if (visit->office)
        arena_defer(visit->arena, drop_office, visit->office);
    if (quiet)
        return true;
    if (!visit->office)
        return err_set(err, ERR_UNAVAILABLE, MSG_view_no_profile);
    if (!visit->db)
        return err_set(err, ERR_UNAVAILABLE, MSG_view_no_database);
    return visit_sign_in(visit, err) && guard_route(visit, err) &&
           guard_rate(visit, ret_seconds, err) && guard_write(visit, err) &&
           key_is_good(visit->request, err);
}

bool visit_guard(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_make(request, response);
    Err err = {0};
    int seconds = 0;
    request->user = visit;
    if (visit_begin(visit, &seconds, &err))
        return true;
    if (err.code == ERR_SIGN_IN_REQUIRED && !request->wants_json && !request->is_control)
        guard_to_sign_in(visit, response);
    else
        http_fail(request, response, &err);
    if (seconds)
        http_add_header(response, S("Retry-After"), STR(visit->arena, seconds));
    return false;
}

Visit *visit_of(HttpRequest *request)
{
    Visit *visit = request->user;
    VisitThread *thread = request->thread;
    if (!visit) {
        visit = visit_make(request, NULL);
        request->user = visit;
        return visit;
    }
    if (thread) {
        visit->db = thread->db;
        visit->search = thread->search;
    }
    return visit;
}
