/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/random.h"
#include "http/route.h"

static HttpOutcome nothing(struct HttpRequest *request UNUSED, struct HttpResponse *response UNUSED)
{
    return HTTP_DONE;
}

#define R(method, pattern)                           \
    {                                                \
        (method), (pattern), nothing, 0, 0, "", NULL \
    }

static const Route pages[] = {
    R(HTTP_GET, "/"),
    R(HTTP_GET, "/records/{kind}"),
    R(HTTP_GET, "/records/{kind}/{number}"),
    R(HTTP_POST, "/records/{kind}/{record}/moves/{move}"),
    R(HTTP_POST, "/records/import"),
    R(HTTP_GET, "/records/{kind}/new"),
    R(HTTP_GET, "/assets/{path*}"),
};
static const Route api[] = {
    R(HTTP_GET, "/api/v1/records/{kind}"),
    R(HTTP_POST, "/api/v1/records/{kind}"),
    R(HTTP_DELETE, "/api/v1/session"),
};

static Arena *arena;
static Router *router;

static int setup(void **state UNUSED)
{
    arena = arena_open();
    RouteTable tables[] = {ROUTE_TABLE(pages), ROUTE_TABLE(api)};
    router = router_open(arena, tables, 2);
    return 0;
}

static int teardown(void **state UNUSED)
{
    arena_close(arena);
    return 0;
}

/* The pattern found, or "404", "405", "308". */
static const char *find(HttpMethod method, const char *path, RouteMatch *ret)
{
    switch (router_match(router, method, str_from_c(path), ret)) {
    case ROUTE_FOUND:
        return ret->route->pattern;
    case ROUTE_UNKNOWN:
        return "404";
    case ROUTE_NO_METHOD:
        return "405";
    case ROUTE_SLASH:
        return "308";
    }
    return "";
}

static void assert_found(HttpMethod method, const char *path, const char *expected)
{
    RouteMatch match;
    assert_string_equal(find(method, path, &match), expected);
}

static void test_literal_and_holes(void **state UNUSED)
{
    assert_found(HTTP_GET, "/", "/");
    assert_found(HTTP_GET, "/records/request", "/records/{kind}");
    assert_found(HTTP_GET, "/records/request/QS-1", "/records/{kind}/{number}");
    assert_found(HTTP_DELETE, "/api/v1/session", "/api/v1/session");
    assert_found(HTTP_POST, "/api/v1/records/x", "/api/v1/records/{kind}");
    assert_found(HTTP_GET, "/record", "404");
    assert_found(HTTP_GET, "/records", "404");
    assert_found(HTTP_GET, "/records/a/b/c", "404");
    assert_found(HTTP_GET, "", "404");
    assert_found(HTTP_GET, "records/x", "404");
    assert_found(HTTP_GET, "//", "404");
}

static void test_literal_wins_over_hole(void **state UNUSED)
{
    assert_found(HTTP_GET, "/records/request/new", "/records/{kind}/new");
    assert_found(HTTP_POST, "/records/import", "/records/import");
    /* The literal has no GET, so the hole is asked next. */
    assert_found(HTTP_GET, "/records/import", "/records/{kind}");
}

static void test_params_carry_the_names_of_their_route(void **state UNUSED)
{
    RouteMatch match;
    find(HTTP_POST, "/records/request/QS%2F1/moves/accept", &match);
    assert_int_equal(match.param_count, 3);
    assert_true(str_eq(match.params[1].name, S("record")));
    assert_true(str_eq(match.params[1].value, S("QS%2F1")));
    assert_true(str_eq(match.params[2].value, S("accept")));
    find(HTTP_GET, "/records/request/QS-1", &match);
    assert_true(str_eq(match.params[1].name, S("number")));
}

static void test_tail_takes_the_rest(void **state UNUSED)
{
    RouteMatch match;
    assert_string_equal(find(HTTP_GET, "/assets/icons/a.svg", &match), "/assets/{path*}");
    assert_true(str_eq(match.params[0].name, S("path")));
    assert_true(str_eq(match.params[0].value, S("icons/a.svg")));
    assert_found(HTTP_GET, "/assets/", "404");
}

static void test_head_is_get_and_405_says_what_is_allowed(void **state UNUSED)
{
    RouteMatch match;
    assert_found(HTTP_HEAD, "/records/request", "/records/{kind}");
    assert_string_equal(find(HTTP_PUT, "/api/v1/records/x", &match), "405");
    assert_true(str_eq(http_allow_text(arena, match.allow), S("GET, HEAD, POST, OPTIONS")));
    assert_string_equal(find(HTTP_PUT, "/records/import", &match), "405");
    assert_true(str_eq(http_allow_text(arena, match.allow), S("GET, HEAD, POST, OPTIONS")));
    assert_string_equal(find(HTTP_HEAD, "/api/v1/session", &match), "405");
}

static void test_slash_at_the_end(void **state UNUSED)
{
    assert_found(HTTP_GET, "/records/request/", "308");
    assert_found(HTTP_GET, "/records/request//", "404");
    assert_found(HTTP_GET, "/nothing/", "404");
    /* Would become "//evil.example", another site. */
    assert_found(HTTP_GET, "//evil.example/", "404");
}

static void test_limits(void **state UNUSED)
{
    Buf buf = buf_open(arena);
    for (int i = 0; i < 5000; i++)
        TEXT(&buf, "/a");
    RouteMatch match;
    assert_int_equal(router_match(router, HTTP_GET, buf_str(&buf), &match), ROUTE_UNKNOWN);
}

static void count_route(const Route *route, void *context)
{
    int *count = context;
    assert_ptr_equal(route, *count < (int)COUNT_OF(pages) ? &pages[*count]
                                                          : &api[*count - (int)COUNT_OF(pages)]);
    (*count)++;
}

static void test_each_visits_all_in_order(void **state UNUSED)
{
    int count = 0;
    router_each(router, count_route, &count);
    assert_int_equal(count, COUNT_OF(pages) + COUNT_OF(api));
}

/* ---- against an obvious model ---- */

static bool part_fits(Str pattern, Str part)
{
    bool hole = str_starts(pattern, S("{"));
    return hole ? part.n > 0 : str_eq(pattern, part);
}

/* Does the pattern fit, part by part, from the left? */
static bool model_fits(const char *pattern, Str path)
{
    Str want = str_slice(str_from_c(pattern), 1, SIZE_MAX);
    Str have = str_slice(path, 1, path.n);
    for (;;) {
        size_t w = MIN(str_find(want, S("/"), 0), want.n);
        size_t h = MIN(str_find(have, S("/"), 0), have.n);
        if (str_ends(str_slice(want, 0, w), S("*}")))
            return h > 0;
        if (!part_fits(str_slice(want, 0, w), str_slice(have, 0, h)))
            return false;
        if (w == want.n || h == have.n)
            return w == want.n && h == have.n;
        want = str_slice(want, w + 1, want.n);
        have = str_slice(have, h + 1, have.n);
    }
}

static void test_random_paths_agree_with_model(void **state UNUSED)
{
    static const char *const parts[] = {"records", "import", "new",   "x",
                                        "",        "assets", "moves", "api"};
    RandomSource random = random_seeded(7);
    for (int round = 0; round < 20000; round++) {
        ArenaMark mark = arena_mark(arena);
        Buf path = buf_open(arena);
        uint64_t count = 1 + random_below(&random, 5);
        for (uint64_t i = 0; i < count; i++)
            TEXT(&path, "/", parts[random_below(&random, COUNT_OF(parts))]);
        bool fits = false;
        for (size_t i = 0; i < COUNT_OF(pages); i++)
            fits = fits ||
                   (pages[i].method == HTTP_GET && model_fits(pages[i].pattern, buf_str(&path)));
        RouteMatch match;
        bool found = router_match(router, HTTP_GET, buf_str(&path), &match) == ROUTE_FOUND;
        assert_int_equal(found, fits);
        assert_true(!found || model_fits(match.route->pattern, buf_str(&path)));
        arena_rewind(arena, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_literal_and_holes),
        cmocka_unit_test(test_literal_wins_over_hole),
        cmocka_unit_test(test_params_carry_the_names_of_their_route),
        cmocka_unit_test(test_tail_takes_the_rest),
        cmocka_unit_test(test_head_is_get_and_405_says_what_is_allowed),
        cmocka_unit_test(test_slash_at_the_end),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_each_visits_all_in_order),
        cmocka_unit_test(test_random_paths_agree_with_model),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
