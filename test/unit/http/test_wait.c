/* SPDX-License-Identifier: Apache-2.0 */
/* Requests that wait: for another thread, for the job pool, for a stop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "client.h"

#define GET(target) "GET " target " HTTP/1.1\r\nHost: a\r\n\r\n"

static Arena *arena;
static HttpServer *server;
static atomic_int delay_ms;
static atomic_int blocked;
static atomic_int gate_closed;
static atomic_int waiting;
static atomic_int opened;
static atomic_int closed;
static HttpRequest *_Atomic kept;

static void *wake_later(void *context)
{
    HttpRequest *request = context;
    int ms = atomic_load(&delay_ms);
    if (ms > 0)
        test_pause_ms(ms);
    atomic_fetch_add(&waiting, 1);
    while (atomic_load(&gate_closed) != 0)
        test_pause_ms(1);
    atomic_fetch_sub(&waiting, 1);
    request->result = arena_copy(request->arena, "woken", 6);
    http_resume(request);
    return NULL;
}

static HttpOutcome woken(HttpRequest *request, HttpResponse *response)
{
    TEXT(&response->body, (const char *)request->result, request->thread != NULL ? " here" : "");
    return HTTP_DONE;
}

static HttpOutcome wait_thread(HttpRequest *request, HttpResponse *response UNUSED)
{
    pthread_t thread;
    request->on_resume = woken;
    pthread_create(&thread, NULL, wake_later, request);
    pthread_detach(thread);
    return HTTP_WAIT;
}

/* Woken before the handler has returned. */
static HttpOutcome wait_not_at_all(HttpRequest *request, HttpResponse *response UNUSED)
{
    request->on_resume = woken;
    request->result = (void *)(uintptr_t) "early";
    http_resume(request);
    return HTTP_WAIT;
}

static HttpOutcome twice(HttpRequest *request, HttpResponse *response)
{
    (void)wait_not_at_all(request, response);
    return HTTP_WAIT;
}

static HttpOutcome wait_twice(HttpRequest *request, HttpResponse *response UNUSED)
{
    request->on_resume = twice;
    http_resume(request);
    return HTTP_WAIT;
}

static HttpOutcome for_ever(HttpRequest *request, HttpResponse *response UNUSED)
{
    request->on_resume = woken;
    atomic_store(&kept, request);
    return HTTP_WAIT;
}

static HttpOutcome block(HttpRequest *request UNUSED, HttpResponse *response)
{
    while (atomic_load(&blocked) != 0)
        test_pause_ms(1);
    TEXT(&response->body, request->thread != NULL ? "done here" : "done");
    return HTTP_DONE;
}

static HttpOutcome quick(HttpRequest *request UNUSED, HttpResponse *response)
{
    TEXT(&response->body, "quick");
    return HTTP_DONE;
}

static const Route routes[] = {
    {HTTP_GET, "/thread", wait_thread, 0, 0, "", NULL},
    {HTTP_GET, "/pooled-thread", wait_thread, ROUTE_POOLED, 0, "", NULL},
    {HTTP_GET, "/early", wait_not_at_all, 0, 0, "", NULL},
    {HTTP_GET, "/pooled-early", wait_not_at_all, ROUTE_POOLED, 0, "", NULL},
    {HTTP_GET, "/twice", wait_twice, 0, 0, "", NULL},
    {HTTP_GET, "/for-ever", for_ever, 0, 0, "", NULL},
    {HTTP_GET, "/pooled-for-ever", for_ever, ROUTE_POOLED, 0, "", NULL},
    {HTTP_GET, "/block", block, ROUTE_POOLED, 0, "", NULL},
    {HTTP_GET, "/quick", quick, 0, 0, "", NULL},
};

static void *thread_open(void *app)
{
    assert_ptr_equal(app, &opened);
    atomic_fetch_add(&opened, 1);
    return &opened;
}

static void thread_close(void *app UNUSED, void *thread)
{
    if (thread == &opened)
        atomic_fetch_add(&closed, 1);
}

static int setup(void **state UNUSED)
{
    arena = arena_open();
    HttpOptions options = test_options();
    options.app = &opened;
    options.thread_open = thread_open;
    options.thread_close = thread_close;
    options.pool_queue = 4;
    options.stop_ms = 200;
    server = test_start(options, routes, COUNT_OF(routes));
    atomic_store(&opened, 0);
    atomic_store(&closed, 0);
    atomic_store(&delay_ms, 30);
    return 0;
}

static int teardown(void **state UNUSED)
{
    if (server != NULL)
        test_stop(server);
    server = NULL;
    arena_close(arena);
    return 0;
}

static void assert_body(const char *target, const char *expected)
{
    Str text = STR(arena, "GET ", target, " HTTP/1.1\r\nHost: a\r\n\r\n");
    Str answer = test_ask(arena, server, str_c(arena, text));
    assert_int_equal(test_status(answer), 200);
    assert_string_equal(str_c(arena, test_body(answer)), expected);
}

static void test_another_thread_resumes_later(void **state UNUSED)
{
    int64_t before = monotonic_us();
    assert_body("/thread", "woken here");
    assert_true(monotonic_us() - before >= 30000);
    assert_body("/pooled-thread", "woken here");
}

static void test_resumed_before_it_slept(void **state UNUSED)
{
    for (int i = 0; i < 200; i++) {
        assert_body("/early", "early here");
        assert_body("/pooled-early", "early here");
        assert_body("/twice", "early here");
    }
    atomic_store(&delay_ms, 0);
    for (int i = 0; i < 200; i++)
        assert_body(i % 2 == 0 ? "/thread" : "/pooled-thread", "woken here");
}

static void test_many_wait_at_once_on_kept_connections(void **state UNUSED)
{
    int fds[40];
    for (size_t i = 0; i < COUNT_OF(fds); i++)
        fds[i] = test_connect(server);
    for (int round = 0; round < 3; round++) {
        atomic_store(&gate_closed, 1);
        for (size_t i = 0; i < COUNT_OF(fds); i++)
            test_send_c(fds[i], GET("/thread"));
        /* One after the other they would never all be there. */
        for (int ms = 0; ms < 10000 && atomic_load(&waiting) < (int)COUNT_OF(fds); ms++)
            test_pause_ms(1);
        assert_int_equal(atomic_load(&waiting), COUNT_OF(fds));
        atomic_store(&gate_closed, 0);
        for (size_t i = 0; i < COUNT_OF(fds); i++)
            assert_int_equal(test_status(test_receive(arena, fds[i], false)), 200);
    }
    for (size_t i = 0; i < COUNT_OF(fds); i++)
        close(fds[i]);
}

static void test_loops_go_on_while_the_pool_is_busy(void **state UNUSED)
{
    int fds[6];
    atomic_store(&blocked, 1);
    for (size_t i = 0; i < COUNT_OF(fds); i++) {
        fds[i] = test_connect(server);
        test_send_c(fds[i], GET("/block"));
        test_pause_ms(20);
    }
    /* Two run and four wait: the queue is full. */
    Str answer = test_ask(arena, server, GET("/block"));
    assert_int_equal(test_status(answer), 503);
    assert_true(test_header(answer, "Retry-After").n > 0);
    assert_body("/quick", "quick");
    atomic_store(&blocked, 0);
    for (size_t i = 0; i < COUNT_OF(fds); i++) {
        answer = test_receive(arena, fds[i], false);
        assert_true(str_eq(test_body(answer), S("done here")));
        close(fds[i]);
    }
    HttpMetrics metrics;
    http_metrics(server, &metrics);
    assert_int_equal(metrics.refused, 1);
}

static void test_client_that_leaves_while_waiting(void **state UNUSED)
{
    for (int i = 0; i < 20; i++) {
        int fd = test_connect(server);
        test_send_c(fd, i % 2 == 0 ? GET("/thread") : GET("/pooled-thread"));
        close(fd);
    }
    test_pause_ms(100);
    assert_body("/quick", "quick");
}

static void test_thread_data_is_closed(void **state UNUSED)
{
    assert_body("/quick", "quick");
    assert_body("/block", "done here");
    test_stop(server);
    server = NULL;
    assert_in_range(atomic_load(&opened), 2, 4);
    assert_int_equal(atomic_load(&closed), atomic_load(&opened));
}

static void test_stop_lets_running_requests_finish(void **state UNUSED)
{
    int fd = test_connect(server);
    atomic_store(&delay_ms, 100);
    test_send_c(fd, GET("/thread"));
    test_pause_ms(30);
    test_stop(server);
    server = NULL;
    assert_int_equal(test_status(test_receive(arena, fd, false)), 200);
    close(fd);
}

static void *stop_now(void *context UNUSED)
{
    test_stop(server);
    return NULL;
}

/* What the waiter reads lies in the library's buffers, which end with the server. */
static HttpOutcome woken_late(HttpRequest *request, HttpResponse *response)
{
    TEXT(&response->body, http_header(request, S("X-Kept")), " ", (const char *)request->result);
    return HTTP_DONE;
}

static void test_stop_waits_for_whoever_has_a_request(void **state UNUSED)
{
    static const char *const targets[] = {
        "GET /for-ever HTTP/1.1\r\nHost: a\r\nX-Kept: kept\r\n\r\n",
        "GET /pooled-for-ever HTTP/1.1\r\nHost: a\r\nX-Kept: kept\r\n\r\n"};
    pthread_t stopper;
    int fds[COUNT_OF(targets)];
    HttpRequest *requests[COUNT_OF(targets)];
    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        atomic_store(&kept, NULL);
        fds[i] = test_connect(server);
        test_send_c(fds[i], targets[i]);
        while ((requests[i] = atomic_load(&kept)) == NULL)
            test_pause_ms(1);
    }
    int64_t before = monotonic_us();
    pthread_create(&stopper, NULL, stop_now, NULL);
    test_pause_ms(600); /* three times what clients are given */
    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        assert_true(str_eq(http_header(requests[i], S("X-Kept")), S("kept")));
        requests[i]->on_resume = woken_late;
        requests[i]->result = arena_copy(requests[i]->arena, "woken", 6);
        http_resume(requests[i]);
    }
    pthread_join(stopper, NULL);
    server = NULL;
    assert_true(monotonic_us() - before >= 600000);
    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        Str answer = test_receive(arena, fds[i], false);
        assert_int_equal(test_status(answer), 200);
        assert_string_equal(str_c(arena, test_body(answer)), "kept woken");
        close(fds[i]);
    }
}

/* A client that never sends its body holds nobody up for long. */
static void test_stop_does_not_wait_for_slow_clients(void **state UNUSED)
{
    int fd = test_connect(server);
    test_send_c(fd, "GET /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
    test_pause_ms(30);
    int64_t before = monotonic_us();
    test_stop(server);
    server = NULL;
    assert_true(monotonic_us() - before < 2000000);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_another_thread_resumes_later, setup, teardown),
        cmocka_unit_test_setup_teardown(test_resumed_before_it_slept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_many_wait_at_once_on_kept_connections, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_loops_go_on_while_the_pool_is_busy, setup, teardown),
        cmocka_unit_test_setup_teardown(test_client_that_leaves_while_waiting, setup, teardown),
        cmocka_unit_test_setup_teardown(test_thread_data_is_closed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stop_lets_running_requests_finish, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stop_waits_for_whoever_has_a_request, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stop_does_not_wait_for_slow_clients, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
