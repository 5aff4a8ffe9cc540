/* SPDX-License-Identifier: Apache-2.0 */
#include "view/guard.h"

#include "view/throttle.h"

#define VISITOR_BYTES ((size_t)16)
#define TOKEN_BYTES   ((size_t)16)

/* ---- which route ---- */

static const struct {
    Str name;
    RoleRight right;
} rights[] = {
    {S_CONST("admin"), RIGHT_ADMIN},     {S_CONST("audit"), RIGHT_AUDIT},
    {S_CONST("board"), RIGHT_BOARD},     {S_CONST("briefing"), RIGHT_BRIEFING},
    {S_CONST("import"), RIGHT_IMPORT},   {S_CONST("reveal_contact"), RIGHT_REVEAL_CONTACT},
    {S_CONST("see_all"), RIGHT_SEE_ALL},
};

bool visit_is_staff(const Visit *visit)
{
    return visit->account != NULL || visit->actor.type == ACTOR_CLI;
}

static bool word_allows(const Visit *visit, Str word)
{
    if (str_eq(word, S("public")))
        return true;
    if (!visit_is_staff(visit))
        return false;
    if (str_eq(word, S("staff")) || visit->actor.type == ACTOR_CLI)
        return true;
    for (size_t i = 0; i < COUNT_OF(rights); i++)
        if (str_eq(word, rights[i].name))
            return permit_right(visit->office, &visit->actor, rights[i].right, 0);
    for (size_t i = 0; i < visit->account->n_grants; i++)
        if (str_eq(visit->account->grants[i].role->name, word))
            return true;
    return false;
}

bool visit_may(const Visit *visit, Str roles)
{
    Str word;
    while (str_next(&roles, ',', &word))
        if (word_allows(visit, str_trim(word)))
            return true;
    return false;
}

bool guard_route(const Visit *visit, Err *err)
{
    const Route *route = visit->request->route;
    if ((route->flags & ROUTE_PUBLIC) != 0 || !route->roles)
        return true;
    if (visit_may(visit, str_from_c(route->roles)))
        return true;
    if (!visit_is_staff(visit))
        return err_set(err, ERR_SIGN_IN_REQUIRED, MSG_view_sign_in_required);
    return err_set(err, ERR_FORBIDDEN, MSG_view_route_forbidden);
}

/* ---- how often ---- */

static bool request_reads(const HttpRequest *request)
{
    return request->method == HTTP_GET || request->method == HTTP_HEAD ||
           request->method == HTTP_OPTIONS;
}

static Throttle *throttle_of(const Visit *visit)
{
    return visit->app && !visit->request->is_control ? visit->app->throttle : NULL;
}

bool guard_rate(const Visit *visit, int *ret_seconds, Err *err)
{
    const HttpRequest *request = visit->request;
    Throttle *throttle = throttle_of(visit);
    *ret_seconds = 0;
    if (!throttle || visit->account || (request->route->flags & ROUTE_PUBLIC) == 0)
        return true;
    if (!request_reads(request) || (request->route->flags & ROUTE_COSTLY) != 0)
        *ret_seconds = throttle_take(throttle, throttle_address(request->client), monotonic_us());
    else if (http_query(request, S("code")).n)
        *ret_seconds = throttle_wait(throttle, throttle_address(request->client), monotonic_us());
    return *ret_seconds == 0 || err_set(err, ERR_TOO_MANY, MSG_view_too_many);
}

void guard_miss(const Visit *visit)
{
    Throttle *throttle = throttle_of(visit);
    if (throttle)
        (void)throttle_take(throttle, throttle_address(visit->request->client), monotonic_us());
}

void guard_to_sign_in(const Visit *visit, HttpResponse *response)
{
    const HttpRequest *request = visit->request;
    Buf location = buf_open(visit->arena);
    buf_add(&location, S("/sign-in"));
    if (request->method == HTTP_GET || request->method == HTTP_HEAD) {
        Str back = request->query_text.n
                       ? STR(visit->arena, request->path, "?", request->query_text)
                       : request->path;
        buf_add(&location, S("?next="));
        form_encode(&location, back);
    }
    http_redirect(response, buf_str(&location));
}

/* ---- form tokens ---- */

static Str fresh_token(const Visit *visit, size_t size)
{
    RandomSource random = random_system();
    return crypto_token(visit->arena, &random, size);
}

/* The token is bound to a cookie that a page of another site can neither read nor set. */
static Str public_token(const Visit *visit, Str visitor)
{
    uint8_t code[TOKEN_BYTES];
    Buf text = buf_open(visit->arena);
    crypto_keyed_hash(visit->site->keys.code, STR(visit->arena, "form:", visitor), code,
                      sizeof code);
    buf_hex(&text, code, sizeof code);
    return buf_str(&text);
}

static bool is_visitor(Str text)
{
    return text.n == 2 * VISITOR_BYTES && str_only(text, S("0123456789abcdef"));
}

static bool cookie_is_set(const HttpResponse *response, Str text)
{
    for (size_t i = 0; i < response->headers.n; i++)
        if (str_eq(response->headers.p[i].name, S("Set-Cookie")) &&
            str_has(response->headers.p[i].value, text))
            return true;
    return false;
}

Str visit_form_token(Visit *visit)
{
    Str sent = http_cookie(visit->request, S("visitor"));
    if (visit->account)
        return visit->session.csrf;
    if (!visit->site)
        return S("");
    if (is_visitor(sent))
        return public_token(visit, sent);
    if (visit->visitor.n == 0)
        visit->visitor = fresh_token(visit, VISITOR_BYTES);
    /* Asked again after an error page dropped the headers, the cookie is set again. */
    if (visit->response && !cookie_is_set(visit->response, S("visitor=")))
        http_set_cookie(visit->request, visit->response, S("visitor"), visit->visitor, 0);
    return public_token(visit, visit->visitor);
}

Str visit_form_key(Visit *visit)
{
    return fresh_token(visit, TOKEN_BYTES);
}

static bool origin_is_ours(const Visit *visit)
{
    Str origin = http_header(visit->request, S("Origin"));
    Str host = http_header(visit->request, S("Host"));
    size_t at = str_find(origin, S("://"), 0);
    if (visit->app->public_url.n)
        return str_eq(origin, visit->app->public_url);
    return host.n > 0 && at != SIZE_MAX && str_eq(str_slice(origin, at + 3, origin.n), host);
}

Str visit_site_address(const Visit *visit)
{
    Str host = http_header(visit->request, S("Host"));
    if (visit->app->public_url.n)
        return visit->app->public_url;
    if (origin_is_ours(visit))
        return http_header(visit->request, S("Origin"));
    if (host.n == 0)
        return host;
    return STR(visit->arena, "http://", host);
}

static bool token_is_right(Visit *visit)
{
    const HttpRequest *request = visit->request;
    Str sent = form_get(&request->form.fields, S("_token"));
    Str visitor = http_cookie(request, S("visitor"));
    if (request->wants_json) {
        /* Without an account there is nothing that a cookie could be misused for. */
        if (!visit->account)
            return true;
        sent = http_header(request, S("X-CSRF-Token"));
        return str_eq_secret(sent, visit->session.csrf) || origin_is_ours(visit);
    }
    if (visit->account && str_eq_secret(sent, visit->session.csrf))
        return true;
    if (visit->account || !is_visitor(visitor))
        return false;
    return str_eq_secret(sent, public_token(visit, visitor));
}

bool guard_write(Visit *visit, Err *err)
{
    const HttpRequest *request = visit->request;
    if (request_reads(request) || request->is_control || visit->by_bearer || token_is_right(visit))
        return true;
    return err_set(err, ERR_FORBIDDEN, MSG_view_form_token);
}
