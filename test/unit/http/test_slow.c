/* SPDX-License-Identifier: Apache-2.0 */
/* Slow clients, addresses, the control socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client.h"

#define GET(target) "GET " target " HTTP/1.1\r\nHost: a\r\n\r\n"

static Arena *arena;
static HttpServer *server;
static char folder[] = "/tmp/tongxin-http-XXXXXX";
static const char *socket_path;

static HttpOutcome who(HttpRequest *request, HttpResponse *response)
{
    TEXT(&response->body, request->client, " ", request->is_control ? "control " : "open ",
         request->peer_uid);
    return HTTP_DONE;
}

static HttpOutcome huge(HttpRequest *request UNUSED, HttpResponse *response)
{
    static char bytes[16 * 1024 * 1024];
    response->shared = (Str){bytes, sizeof(bytes)};
    return HTTP_DONE;
}

static HttpOutcome slow_handler(HttpRequest *request UNUSED, HttpResponse *response)
{
    test_pause_ms(600);
    TEXT(&response->body, "late");
    return HTTP_DONE;
}

static const Route routes[] = {
    {HTTP_GET, "/who", who, 0, 0, "", NULL},
    {HTTP_POST, "/who", who, 0, 0, "", NULL},
    {HTTP_GET, "/huge", huge, 0, 0, "", NULL},
    {HTTP_GET, "/slow", slow_handler, ROUTE_POOLED, 0, "", NULL},
    {HTTP_GET, "/control", who, ROUTE_CONTROL, 0, "", NULL},
};

static int setup(void **state UNUSED)
{
    arena = arena_open();
    if (mkdtemp(folder) == NULL)
        return 1;
    socket_path = str_c(arena, STR(arena, (const char *)folder, "/control.sock"));
    HttpOptions options = test_options();
    options.header_ms = 300;
    options.body_ms = 300;
    options.idle_ms = 900;
    options.response_ms = 300;
    options.unix_path = socket_path;
    options.trust_forwarded = true;
    server = test_start(options, routes, COUNT_OF(routes));
    return 0;
}

static int teardown(void **state UNUSED)
{
    test_stop(server);
    int gone = access(socket_path, F_OK);
    rmdir(folder);
    arena_close(arena);
    return gone == -1 ? 0 : 1;
}

/* Sends one byte every 50 ms until the server hangs up; how long that took. */
static int64_t drip(int fd, const char *text, int limit_ms)
{
    int64_t start = monotonic_us();
    for (size_t i = 0; monotonic_us() - start < (int64_t)limit_ms * 1000; i++) {
        test_send(fd, (Str){&text[i % strlen(text)], 1});
        if (test_closes(fd, 50))
            break;
    }
    close(fd);
    return (monotonic_us() - start) / 1000;
}

static void test_header_drop_by_drop(void **state UNUSED)
{
    HttpMetrics before;
    HttpMetrics after;
    http_metrics(server, &before);
    int fd = test_connect(server);
    test_send_c(fd, "GET /who HTTP/1.1\r\nHost: a\r\nX-Drip: ");
    assert_in_range(drip(fd, "x", 3000), 200, 900);
    assert_in_range(drip(test_connect(server), "GETTTTTTTTTTT", 3000), 200, 900);
    http_metrics(server, &after);
    assert_int_equal(after.slow - before.slow, 2);
}

static void test_nothing_sent_at_all(void **state UNUSED)
{
    int fd = test_connect(server);
    assert_true(test_closes(fd, 900));
    close(fd);
}

static void test_kept_connection_may_idle_but_not_drip(void **state UNUSED)
{
    int fd = test_connect(server);
    test_send_c(fd, GET("/who"));
    assert_int_equal(test_status(test_receive(arena, fd, false)), 200);
    /* Longer than a header may take, shorter than a connection may idle. */
    assert_false(test_closes(fd, 500));
    test_send_c(fd, GET("/who"));
    assert_int_equal(test_status(test_receive(arena, fd, false)), 200);
    /* The second header, in its first line, before the library knows of a request. */
    test_pause_ms(100);
    assert_in_range(drip(fd, "GETTTTTTTTTTT", 3000), 200, 750);

    fd = test_connect(server);
    test_send_c(fd, GET("/who"));
    assert_int_equal(test_status(test_receive(arena, fd, false)), 200);
    assert_true(test_closes(fd, 1600));
    close(fd);
}

static void test_body_drop_by_drop(void **state UNUSED)
{
    int fd = test_connect(server);
    test_send_c(fd, "POST /who HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    assert_in_range(drip(fd, "x", 3000), 200, 900);
}

static void test_answer_that_is_not_taken(void **state UNUSED)
{
    int fd = test_connect(server);
    int small = 4096;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    HttpMetrics metrics;
    http_metrics(server, &metrics);
    uint64_t before = metrics.slow;
    test_send_c(fd, GET("/huge"));
    /* 16 MB at the lowest rate would take half an hour; here only the start of the clock is
     * watched: nothing is cut off while the answer may still be taken in time. */
    test_pause_ms(700);
    http_metrics(server, &metrics);
    assert_int_equal(metrics.slow, before);
    close(fd);
}

static void test_our_own_slowness_is_not_the_clients(void **state UNUSED)
{
    assert_int_equal(test_status(test_ask(arena, server, GET("/slow"))), 200);
}

static void test_forwarded_address(void **state UNUSED)
{
    Str answer = test_ask(arena, server,
                          "GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 10.1.2.3\r\n"
                          "\r\n");
    assert_true(str_eq(test_body(answer), S("10.1.2.3 open -1")));
    answer = test_ask(arena, server,
                      "GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6\r\n"
                      "x-forwarded-for: 7.7.7.7, 10.1.2.4\r\n\r\n");
    assert_true(str_eq(test_body(answer), S("10.1.2.4 open -1")));
    assert_true(str_eq(test_body(test_ask(arena, server, GET("/who"))), S("127.0.0.1 open -1")));
}

static void test_control_socket(void **state UNUSED)
{
    struct stat info;
    assert_int_equal(stat(socket_path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    int fd = test_connect_unix(socket_path);
    test_send_c(fd, GET("/control"));
    Str answer = test_receive(arena, fd, false);
    assert_int_equal(test_status(answer), 200);
    assert_true(str_eq(test_body(answer), STR(arena, "unix control ", (int64_t)getuid())));
    close(fd);
    assert_int_equal(test_status(test_ask(arena, server, GET("/control"))), 404);
}

static void test_who_reaches_an_address(void **state UNUSED)
{
    static const Str inside[] = {S_CONST("127.0.0.1:0"), S_CONST("127.9.9.9:80"),
                                 S_CONST("[::1]:80"), S_CONST("localhost:8080")};
    static const Str outside[] = {S_CONST("0.0.0.0:80"), S_CONST("10.0.0.1:80"), S_CONST("[::]:80"),
                                  S_CONST("[2001:db8::1]:80")};
    bool loopback = false;
    Err err = {0};
    for (size_t i = 0; i < COUNT_OF(inside); i++) {
        assert_true(http_address_check(inside[i], &loopback, &err));
        assert_true(loopback);
        assert_true(http_address_check(outside[i], &loopback, &err));
        assert_false(loopback);
    }
}

static void test_addresses(void **state UNUSED)
{
    static const char *const bad[] = {
        "",       "8080",  "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:-1",
        "::1:80", "[::1]", "host:80",   ":80"};
    RouteTable table = ROUTE_TABLE(routes);
    Router *router = router_open(arena, &table, 1);
    HttpOptions options = test_options();
    HttpServer *other;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        Err err = {0};
        options.listen = bad[i];
        assert_false(http_start(&options, router, &other, &err));
        assert_int_equal(err.code, ERR_USAGE);
    }
    Err err = {0};
    options.listen = str_c(arena, STR(arena, "127.0.0.1:", (int64_t)http_port(server)));
    assert_false(http_start(&options, router, &other, &err));
    assert_int_equal(err.code, ERR_ENVIRONMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header_drop_by_drop),
        cmocka_unit_test(test_nothing_sent_at_all),
        cmocka_unit_test(test_kept_connection_may_idle_but_not_drip),
        cmocka_unit_test(test_body_drop_by_drop),
        cmocka_unit_test(test_answer_that_is_not_taken),
        cmocka_unit_test(test_our_own_slowness_is_not_the_clients),
        cmocka_unit_test(test_forwarded_address),
        cmocka_unit_test(test_control_socket),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_who_reaches_an_address),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
