/* SPDX-License-Identifier: Apache-2.0 */
/* The interface as programs use it: who may, what comes back, what is refused and how. */
#include "client.h"
#include "support.h"

#include "api/api.h"
#include "view/visit.h"

#define FORM                                                                              \
    "\"title\":\"公交站牌看不清\",\"body\":\"夜里看不清站牌上的字。\"," \
    "\"place\":\"CITY\",\"agree_public\":true"

static Town town;
static App app;
static HttpServer *server;

static Instant town_now(void *context)
{
    return site_now(((App *)context)->site);
}

static int open_server(void **state)
{
    HttpOptions options = test_options();
    RouteTable table = api_table();
    Err err = {0};
    (void)state;
    town = town_open();
    app = (App){.site = town.site, .router = router_open(town.arena, &table, 1)};
    options.app = &app;
    options.clock = town_now;
    options.guard = visit_guard;
    options.thread_open = visit_thread_open;
    options.thread_close = visit_thread_close;
    assert_true(http_start(&options, app.router, &server, &err));
    app.server = server;
    return 0;
}

static int close_server(void **state)
{
    (void)state;
    http_stop(server);
    town_close(&town);
    return 0;
}

/* ---- people ---- */

typedef struct Ticket {
    int64_t account;
    Arena *arena;
    Str token, csrf;
} Ticket;

static bool make_ticket(Db *db, Arena *arena, void *context, Err *err)
{
    Ticket *ticket = context;
    RandomSource random = random_system();
    Str token, csrf;
    if (!session_open(arena, db, &random, ticket->account, site_now(town.site), &token, &csrf, err))
        return false;
    ticket->token = str_dup(ticket->arena, token);
    ticket->csrf = str_dup(ticket->arena, csrf);
    return true;
}

/* A session without its password: Argon2 would take most of the test's time. */
static Ticket sign_in(const char *login)
{
    Office *office = site_office(town.site);
    Ticket ticket = {.arena = town.arena};
    Job job = {.housekeep = make_ticket, .context = &ticket, .arena = town.arena};
    ticket.account = office_account_by_login(office, str_from_c(login))->id;
    office_drop(office);
    assert_true(writer_run(town.site->writer, &job, &town.err));
    return ticket;
}

static Str bearer(const char *login)
{
    return STR(town.arena, "Authorization: Bearer ", sign_in(login).token, "\r\n");
}

/* ---- requests ---- */

static Str ask(const char *method, Str path, Str headers, Str body)
{
    Str request = STR(town.arena, method, " ", path, " HTTP/1.1\r\nHost: here\r\n",
                      "Accept-Language: en\r\nConnection: close\r\n", headers,
                      "Content-Type: application/json\r\nContent-Length: ", (int64_t)body.n,
                      "\r\n\r\n", body);
    return test_ask(town.arena, server, str_c(town.arena, request));
}

static Str get(Str path, Str headers)
{
    Str request = STR(town.arena, "GET ", path, " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n",
                      "Accept-Language: en\r\n", headers, "\r\n");
    return test_ask(town.arena, server, str_c(town.arena, request));
}

static void assert_answer(Str answer, int status)
{
    if (test_status(answer) != status)
        fail_msg("expected %d: %.*s", status, (int)answer.n, answer.p);
}

static bool says(Str answer, const char *text)
{
    return str_has(test_body(answer), str_from_c(text));
}

/* "name":"text" of a flat answer. */
static Str member(Str answer, const char *name)
{
    Str mark = STR(town.arena, "\"", name, "\":");
    size_t at = str_find(answer, mark, 0), end;
    assert_true(at != SIZE_MAX);
    at += mark.n;
    if (answer.p[at] == '"')
        end = str_find(answer, S("\""), ++at);
    else
        for (end = at; end < answer.n && answer.p[end] >= '0' && answer.p[end] <= '9';)
            end++;
    return str_slice(answer, at, end);
}

static Str submit(void)
{
    Str answer =
        ask("POST", S("/api/v1/public/records/suggestion"), S(""), S("{\"form\":{" FORM "}}"));
    assert_answer(answer, 201);
    return answer;
}

/* ---- tests ---- */

static void test_nothing_of_the_staff_without_signing_in(void **state)
{
    static const char *const paths[] = {"/api/v1/kinds", "/api/v1/records/suggestion",
                                        "/api/v1/figures", "/api/v1/accounts", "/api/v1/desk"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        Str answer = get(str_from_c(paths[i]), S(""));
        assert_answer(answer, 401);
        assert_true(says(answer, "\"code\":\"sign_in_required\""));
        assert_answer(get(str_from_c(paths[i]), S("Authorization: Bearer nonsense\r\n")), 401);
    }
    assert_answer(get(S("/api/v1/orgs"), S("")), 200);
    assert_answer(get(S("/healthz"), S("")), 200);
    assert_answer(get(S("/metrics"), S("")), 200);
}

static void test_roles_open_routes(void **state)
{
    (void)state;
    assert_answer(get(S("/api/v1/accounts"), bearer("unit")), 403);
    assert_answer(get(S("/api/v1/accounts"), bearer("admin")), 200);
    assert_answer(get(S("/api/v1/records/suggestion"), bearer("admin")), 403);
}

static void test_a_matter_from_submission_to_the_unit(void **state)
{
    Str sent = submit(), number = member(sent, "number"), path, record, answer;
    Str intake = bearer("intake");
    (void)state;
    assert_int_equal(member(sent, "code").n, 10);
    path = STR(town.arena, "/api/v1/records/suggestion/", number);
    record = get(path, intake);
    assert_answer(record, 200);
    assert_true(says(record, "\"title\":\"公交站牌看不清\""));
    assert_true(says(record, "\"agree_public\":true"));
    assert_true(says(record, "\"place\":\"CITY\""));
    assert_true(says(record, "\"light\":\"yellow\""));
    answer = ask("POST", STR(town.arena, path, "/moves/accept"), intake,
                 STR(town.arena, "{\"version\":", member(record, "version"),
                     ",\"form\":{\"category\":\"traffic\",\"place\":\"CITY\"}}"));
    assert_answer(answer, 200);
    assert_true(says(answer, "\"status\":\"accepted\""));
    answer = ask("POST", STR(town.arena, path, "/moves/accept"), intake,
                 STR(town.arena, "{\"version\":", member(record, "version"), ",\"form\":{}}"));
    assert_answer(answer, 409);
    assert_answer(get(path, bearer("unit")), 404);
    assert_answer(get(STR(town.arena, path, "/history"), intake), 200);
    assert_true(says(get(STR(town.arena, path, "/history"), intake), "\"move\":\"accept\""));
    assert_answer(get(STR(town.arena, path, "/similar"), intake), 200);
}

static void test_every_wrong_field_is_named(void **state)
{
    Str empty = ask("POST", S("/api/v1/public/records/suggestion"), S(""), S("{\"form\":{}}"));
    Str typed = ask("POST", S("/api/v1/public/records/suggestion"), S(""),
                    S("{\"form\":{\"title\":5,\"body\":[\"x\"],\"nothing\":\"x\"}}"));
    (void)state;
    assert_answer(empty, 422);
    assert_true(says(empty, "\"field\":\"title\"") && says(empty, "\"field\":\"body\"") &&
                says(empty, "\"field\":\"place\""));
    assert_answer(typed, 422);
    assert_true(says(typed, "\"field\":\"title\"") && says(typed, "\"field\":\"body\"") &&
                says(typed, "\"field\":\"place\"") && says(typed, "\"field\":\"nothing\""));
}

static void test_versions_are_whole_numbers(void **state)
{
    static const char *const bad[] = {"\"x\"", "-1", "1e300", "null", "true"};
    Str path =
        STR(town.arena, "/api/v1/records/suggestion/", member(submit(), "number"), "/moves/accept");
    Str intake = bearer("intake");
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        Str body = STR(town.arena, "{\"form\":{},\"version\":", bad[i], "}");
        int status = test_status(ask("POST", path, intake, body));
        assert_true(status == 422 || status == 400);
    }
    assert_answer(ask("POST", path, intake, S("{\"form\":{}}")), 422);
}

static void test_the_same_key_gives_the_first_answer(void **state)
{
    Str key = S("Idempotency-Key: one-two-three\r\n");
    Str path = S("/api/v1/public/records/suggestion");
    Str first = ask("POST", path, key, S("{\"form\":{" FORM "}}"));
    Str again = ask("POST", path, key, S("{\"form\":{" FORM "}}"));
    Str other = ask("POST", path, key, S("{\"form\":{" FORM ",\"causes\":\"x\"}}"));
    (void)state;
    assert_answer(first, 201);
    assert_answer(again, 201);
    assert_true(str_eq(member(first, "number"), member(again, "number")));
    assert_answer(other, 409);
    assert_answer(ask("POST", path, S("Idempotency-Key: \r\n"), S("{\"form\":{" FORM "}}")), 400);
    assert_answer(ask("POST", path, S("Idempotency-Key: a b\r\n"), S("{\"form\":{" FORM "}}")),
                  400);
}

static void test_a_cookie_alone_changes_nothing(void **state)
{
    Ticket ticket = sign_in("intake");
    Str cookie = STR(town.arena, "Cookie: session=", ticket.token, "\r\n");
    Str path =
        STR(town.arena, "/api/v1/records/suggestion/", member(submit(), "number"), "/moves/accept");
    Str body = S("{\"version\":999999,\"form\":{\"category\":\"traffic\",\"place\":\"CITY\"}}");
    (void)state;
    assert_answer(get(S("/api/v1/session"), cookie), 200);
    assert_answer(ask("POST", path, cookie, body), 403);
    assert_answer(ask("POST", path, STR(town.arena, cookie, "Origin: http://elsewhere\r\n"), body),
                  403);
    assert_answer(ask("POST", path, STR(town.arena, cookie, "Origin: http://here\r\n"), body), 409);
    assert_answer(
        ask("POST", path, STR(town.arena, cookie, "X-CSRF-Token: ", ticket.csrf, "\r\n"), body),
        409);
}

static void test_who_submits_follows_and_withdraws(void **state)
{
    Str sent = submit(), code = member(sent, "code"), answer;
    Str path = STR(town.arena, "/api/v1/public/records/", member(sent, "number"));
    (void)state;
    assert_answer(get(path, S("")), 404);
    assert_answer(get(STR(town.arena, path, "?code=0000000000"), S("")), 404);
    answer = get(STR(town.arena, path, "?code=", code), S(""));
    assert_answer(answer, 200);
    assert_true(says(answer, "\"move\":\"withdraw\""));
    assert_answer(ask("POST", STR(town.arena, path, "/rating"), S(""),
                      STR(town.arena, "{\"code\":\"", code, "\",\"form\":{}}")),
                  422);
    assert_answer(ask("POST", STR(town.arena, path, "/moves/withdraw"), S(""),
                      S("{\"code\":\"0000000000\",\"form\":{}}")),
                  404);
    assert_answer(ask("POST", STR(town.arena, path, "/moves/withdraw"), S(""),
                      STR(town.arena, "{\"code\":\"", code, "\",\"form\":{}}")),
                  200);
    assert_answer(ask("POST", STR(town.arena, path, "/moves/accept"), S(""),
                      STR(town.arena, "{\"code\":\"", code, "\",\"form\":{}}")),
                  404);
}

static void test_a_contact_is_read_with_a_reason_and_by_few(void **state)
{
    Str sent = ask("POST", S("/api/v1/public/records/suggestion"), S(""),
                   S("{\"form\":{" FORM ",\"contact_name\":\"王先生\","
                     "\"contact_phone\":\"13900002222\"}}"));
    Str path, record, answer, intake = bearer("intake");
    (void)state;
    assert_answer(sent, 201);
    path = STR(town.arena, "/api/v1/records/suggestion/", member(sent, "number"));
    record = get(path, intake);
    assert_false(says(record, "13900002222"));
    assert_true(says(record, "\"may_reveal_contact\":true"));
    answer = ask("POST", STR(town.arena, path, "/moves/reveal_contact"), intake,
                 STR(town.arena, "{\"version\":", member(record, "version"), ",\"form\":{}}"));
    assert_answer(answer, 422);
    answer = ask("POST", STR(town.arena, path, "/moves/reveal_contact"), intake,
                 STR(town.arena, "{\"version\":", member(record, "version"),
                     ",\"form\":{\"reason\":\"回访\"}}"));
    assert_answer(answer, 200);
    assert_true(says(answer, "13900002222"));
    assert_false(says(get(STR(town.arena, path, "/history"), intake), "13900002222"));
}

static void test_a_file_comes_in_and_is_only_stored(void **state)
{
    Str body = S("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
                 "text\r\n--B--\r\n");
    Str path =
        STR(town.arena, "/api/v1/records/suggestion/", member(submit(), "number"), "/attachments");
    Str request = STR(town.arena, "POST ", path, " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n",
                      bearer("intake"), "Content-Type: multipart/form-data; boundary=B\r\n",
                      "Content-Length: ", (int64_t)body.n, "\r\n\r\n", body);
    Str answer = test_ask(town.arena, server, str_c(town.arena, request));
    (void)state;
    assert_answer(answer, 201);
    assert_answer(
        get(STR(town.arena, "/api/v1/attachments/", member(answer, "id")), bearer("intake")), 404);
}

static void test_unknown_things_are_not_there(void **state)
{
    static const char *const paths[] = {"/api/v1/nothing",
                                        "/api/v1/kinds/nothing",
                                        "/api/v1/records/nothing",
                                        "/api/v1/figures/nothing",
                                        "/api/v1/briefings/nothing",
                                        "/api/v1/attachments/nothing",
                                        "/api/v1/records/suggestion/XX-1"};
    Str intake = bearer("intake");
    (void)state;
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        assert_answer(get(str_from_c(paths[i]), intake), 404);
    assert_answer(ask("POST", S("/api/v1/public/records/org"), S(""), S("{\"form\":{}}")), 403);
}

static void test_the_interface_describes_itself(void **state)
{
    Str answer = get(S("/api/v1/openapi.json"), S(""));
    Str kind = get(S("/api/v1/kinds/suggestion"), bearer("unit"));
    (void)state;
    assert_answer(answer, 200);
    assert_true(says(answer, "\"openapi\":\"3.1.0\""));
    assert_true(says(answer, "\"/api/v1/records/{kind}/{number}/moves/{move}\""));
    assert_true(says(answer, "\"suggestion.accept\""));
    assert_answer(kind, 200);
    assert_true(says(kind, "\"type\":\"long_text\"") && says(kind, "\"move\":\"accept\""));
}

static void test_figures_and_their_records(void **state)
{
    Str intake = bearer("intake");
    Str all = get(S("/api/v1/figures"), intake);
    Str name;
    (void)state;
    assert_answer(all, 200);
    name = member(all, "figure");
    assert_answer(get(STR(town.arena, "/api/v1/figures/", name), intake), 200);
    assert_answer(get(STR(town.arena, "/api/v1/figures/", name, "/records"), intake), 200);
    assert_answer(get(S("/api/v1/figures?from=2023-12-31&to=2023-01-01"), intake), 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_of_the_staff_without_signing_in),
        cmocka_unit_test(test_roles_open_routes),
        cmocka_unit_test(test_a_matter_from_submission_to_the_unit),
        cmocka_unit_test(test_every_wrong_field_is_named),
        cmocka_unit_test(test_versions_are_whole_numbers),
        cmocka_unit_test(test_the_same_key_gives_the_first_answer),
        cmocka_unit_test(test_a_cookie_alone_changes_nothing),
        cmocka_unit_test(test_who_submits_follows_and_withdraws),
        cmocka_unit_test(test_a_contact_is_read_with_a_reason_and_by_few),
        cmocka_unit_test(test_a_file_comes_in_and_is_only_stored),
        cmocka_unit_test(test_unknown_things_are_not_there),
        cmocka_unit_test(test_the_interface_describes_itself),
        cmocka_unit_test(test_figures_and_their_records),
    };
    return cmocka_run_group_tests(tests, open_server, close_server);
}
