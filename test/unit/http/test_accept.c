/* SPDX-License-Identifier: Apache-2.0 */
/* New connections: dealt to the loops in turn, and no more than the cap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <stdatomic.h>
#include <unistd.h>

#include "client.h"

#define LOOPS 2
#define GET   "GET /loop HTTP/1.1\r\nHost: a\r\n\r\n"

static Arena *arena;
static atomic_int opened;
static int names[LOOPS];

static void *thread_open(void *app UNUSED)
{
    int number = atomic_fetch_add(&opened, 1);
    assert_true(number < LOOPS);
    names[number] = number;
    return &names[number];
}

static HttpOutcome loop(HttpRequest *request, HttpResponse *response)
{
    TEXT(&response->body, (int64_t) * (int *)request->thread);
    return HTTP_DONE;
}

static const Route routes[] = {{HTTP_GET, "/loop", loop, 0, 0, "", NULL}};

static HttpServer *serve(int connections)
{
    HttpOptions options = test_options();
    options.loop_threads = LOOPS;
    options.connections = connections;
    options.thread_open = thread_open;
    atomic_store(&opened, 0);
    return test_start(options, routes, COUNT_OF(routes));
}

static int setup(void **state UNUSED)
{
    arena = arena_open();
    return 0;
}

static int teardown(void **state UNUSED)
{
    arena_close(arena);
    return 0;
}

/* Without dealing, the loop that wakes first takes all that wait. */
static void test_loops_take_turns(void **state UNUSED)
{
    HttpServer *server = serve(100);
    int fds[16], of_loop[LOOPS] = {0};
    for (size_t i = 0; i < COUNT_OF(fds); i++)
        fds[i] = test_connect(server);
    for (size_t i = 0; i < COUNT_OF(fds); i++) {
        test_send_c(fds[i], GET);
        Str number = test_body(test_receive(arena, fds[i], false));
        assert_int_equal(number.n, 1);
        of_loop[number.p[0] - '0']++;
    }
    for (size_t i = 0; i < COUNT_OF(fds); i++)
        close(fds[i]);
    test_stop(server);
    assert_int_equal(of_loop[0], COUNT_OF(fds) / 2);
    assert_int_equal(of_loop[1], COUNT_OF(fds) / 2);
}

static bool answers_within(int fd, int ms)
{
    struct pollfd end = {.fd = fd, .events = POLLIN};
    return poll(&end, 1, ms) == 1;
}

/* Who comes past the cap waits, is not refused, and has his turn when somebody leaves. */
static void test_past_the_cap_one_waits(void **state UNUSED)
{
    HttpServer *server = serve(2);
    int fds[3];
    for (size_t i = 0; i < COUNT_OF(fds); i++) {
        fds[i] = test_connect(server);
        test_send_c(fds[i], GET);
        assert_int_equal(answers_within(fds[i], i < 2 ? 5000 : 200), i < 2);
    }
    close(fds[0]);
    assert_int_equal(test_status(test_receive(arena, fds[2], false)), 200);
    close(fds[1]);
    close(fds[2]);
    test_stop(server);
}

static void test_stops_while_full(void **state UNUSED)
{
    HttpServer *server = serve(1);
    int first = test_connect(server);
    test_send_c(first, GET);
    assert_int_equal(test_status(test_receive(arena, first, false)), 200);
    int second = test_connect(server);
    test_stop(server);
    assert_true(test_closes(second, 5000));
    close(first);
    close(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loops_take_turns),
        cmocka_unit_test(test_past_the_cap_one_waits),
        cmocka_unit_test(test_stops_while_full),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
