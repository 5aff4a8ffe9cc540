/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "client.h"
#include "http/limits.h"

static Arena *arena;
static HttpServer *server;

/* Says back what it was given, one thing a line. */
static HttpOutcome echo(HttpRequest *request, HttpResponse *response)
{
    Buf *out = &response->body;
    response->content_type = S("text/plain; charset=utf-8");
    TEXT(out, "method ", http_method_name(request->method), "\npath ", request->path, "\nquery ",
         request->query_text, "\nclient ", request->client, "\nlanguage ",
         request->language == LANGUAGE_EN ? "en" : "zh", "\n");
    for (size_t i = 0; i < request->params.n; i++)
        TEXT(out, "param ", request->params.p[i].name, "=", request->params.p[i].value, "\n");
    for (size_t i = 0; i < request->query.n; i++)
        TEXT(out, "query ", request->query.p[i].name, "=", request->query.p[i].value, "\n");
    for (size_t i = 0; i < request->form.fields.n; i++)
        TEXT(out, "field ", request->form.fields.p[i].name, "=", request->form.fields.p[i].value,
             "\n");
    for (size_t i = 0; i < request->form.files.n; i++)
        TEXT(out, "file ", request->form.files.p[i].file_name, " ",
             (int64_t)request->form.files.p[i].bytes.n, "\n");
    TEXT(out, "body ", (int64_t)request->body.n, "\n");
    return HTTP_DONE;
}

static HttpOutcome tagged(HttpRequest *request, HttpResponse *response)
{
    if (http_etag(request, response, S("v1")))
        return HTTP_DONE;
    TEXT(&response->body, "fresh");
    return HTTP_DONE;
}

static HttpOutcome cookie(HttpRequest *request, HttpResponse *response)
{
    http_set_cookie(request, response, S("session"), S("abc"), 60);
    http_add_header(response, S("X-Note"), S("a\r\nX-Evil: 1"));
    http_attachment(response, S("诉求 1.pdf"));
    return http_redirect(response, S("/echo"));
}

static HttpOutcome wrong_form(HttpRequest *request, HttpResponse *response)
{
    Err err = {0};
    TEXT(&response->body, "half a page");
    (void)err_field(&err, request->arena, S("title"), MSG_http_malformed, (Str){0}, (Str){0});
    (void)err_field(&err, request->arena, S("place"), MSG_http_busy, (Str){0}, (Str){0});
    return http_fail(request, response, &err);
}

static HttpOutcome big(HttpRequest *request UNUSED, HttpResponse *response)
{
    static char bytes[300000];
    memset(bytes, 'x', sizeof(bytes));
    response->shared = (Str){bytes, sizeof(bytes)};
    response->cache_control = S("public, max-age=60");
    return HTTP_DONE;
}

static HttpOutcome file(HttpRequest *request UNUSED, HttpResponse *response)
{
    FILE *out = tmpfile();
    fputs("from a file", out);
    fflush(out);
    response->file = dup(fileno(out));
    response->file_size = 11;
    fclose(out);
    return HTTP_DONE;
}

static const Route routes[] = {
    {HTTP_GET, "/echo", echo, ROUTE_PUBLIC, 0, "", NULL},
    {HTTP_POST, "/echo", echo, 0, 0, "", NULL},
    {HTTP_GET, "/records/{kind}/{number}", echo, 0, 0, "", NULL},
    {HTTP_POST, "/form", echo, ROUTE_FORM, 0, "", NULL},
    {HTTP_POST, "/upload", echo, ROUTE_UPLOAD, 1000000, "", NULL},
    {HTTP_POST, "/api/v1/json", echo, ROUTE_JSON, 0, "", NULL},
    {HTTP_POST, "/api/v1/fail", wrong_form, 0, 0, "", NULL},
    {HTTP_GET, "/fail", wrong_form, 0, 0, "", NULL},
    {HTTP_GET, "/tagged", tagged, 0, 0, "", NULL},
    {HTTP_GET, "/cookie", cookie, 0, 0, "", NULL},
    {HTTP_GET, "/big", big, 0, 0, "", NULL},
    {HTTP_GET, "/file", file, 0, 0, "", NULL},
    {HTTP_GET, "/control", echo, ROUTE_CONTROL, 0, "", NULL},
};

static void error_page(HttpRequest *request UNUSED, HttpResponse *response, const Err *err)
{
    TEXT(&response->body, "<h1>", err_code_name(err->code), "</h1>");
}

static int setup(void **state UNUSED)
{
    arena = arena_open();
    HttpOptions options = test_options();
    options.error_page = error_page;
    server = test_start(options, routes, COUNT_OF(routes));
    return 0;
}

static int teardown(void **state UNUSED)
{
    test_stop(server);
    arena_close(arena);
    return 0;
}

#define GET(target, more) "GET " target " HTTP/1.1\r\nHost: a\r\n" more "\r\n"

static Str ask(const char *text)
{
    return test_ask(arena, server, text);
}

static void assert_has(Str text, const char *part)
{
    if (!str_has(text, str_from_c(part)))
        fail_msg("no \"%s\" in: %s", part, str_c(arena, text));
}

static void assert_header(Str answer, const char *name, const char *value)
{
    assert_string_equal(str_c(arena, test_header(answer, name)), value);
}

static void test_get(void **state UNUSED)
{
    Str answer = ask(GET("/echo?a=1&b=x+y&c=%E8%AF%89&d", ""));
    assert_int_equal(test_status(answer), 200);
    assert_has(answer, "method GET\npath /echo\nquery a=1&b=x+y&c=%E8%AF%89&d\nclient 127.0.0.1\n");
    assert_has(answer, "query b=x y\nquery c=诉\nquery d=\n");
}

static void test_every_answer_has_the_security_headers(void **state UNUSED)
{
    static const char *const asked[] = {GET("/echo", ""), GET("/none", ""), GET("/echo?%", "")};
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        Str answer = ask(asked[i]);
        assert_header(answer, "Content-Security-Policy",
                      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' "
                      "data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
                      "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        assert_header(answer, "X-Content-Type-Options", "nosniff");
        assert_header(answer, "Referrer-Policy", "same-origin");
        assert_header(answer, "Cross-Origin-Opener-Policy", "same-origin");
        assert_header(answer, "Cache-Control", "no-store");
    }
}

static void test_params_are_decoded(void **state UNUSED)
{
    Str answer = ask(GET("/records/request/QS%2F2026%20%E8%AF%89", ""));
    assert_has(answer, "param kind=request\nparam number=QS/2026 诉\n");
    assert_int_equal(test_status(ask(GET("/records/request/%00", ""))), 400);
    assert_int_equal(test_status(ask(GET("/records/request/%FF", ""))), 400);
    assert_int_equal(test_status(ask(GET("/records/request/%4", ""))), 400);
    assert_int_equal(test_status(ask(GET("/echo?a=%FF", ""))), 400);
}

static void test_unknown_path_and_method(void **state UNUSED)
{
    Str answer = ask(GET("/none", ""));
    assert_int_equal(test_status(answer), 404);
    assert_has(test_body(answer), "<h1>not_found</h1>");
    answer = ask("PUT /echo HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(test_status(answer), 405);
    assert_header(answer, "Allow", "GET, HEAD, POST, OPTIONS");
    answer = ask("OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(test_status(answer), 204);
    assert_header(answer, "Allow", "GET, HEAD, POST, OPTIONS");
    assert_int_equal(test_status(ask("BREW /echo HTTP/1.1\r\nHost: a\r\n\r\n")), 501);
    assert_int_equal(test_status(ask(GET("/control", ""))), 404);
}

static void test_slash_at_the_end_redirects(void **state UNUSED)
{
    Str answer = ask(GET("/echo/?a=1", ""));
    assert_int_equal(test_status(answer), 308);
    assert_header(answer, "Location", "/echo?a=1");
}

static void test_head_has_the_length_and_no_body(void **state UNUSED)
{
    int fd = test_connect(server);
    test_send_c(fd, "HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n" GET("/echo", "Connection: close\r\n"));
    Str head = test_receive(arena, fd, true);
    assert_int_equal(test_status(head), 200);
    assert_true(test_header(head, "Content-Length").n > 0);
    /* The next bytes are the next answer: there was no body. */
    assert_int_equal(test_status(test_receive(arena, fd, false)), 200);
    close(fd);
}

static void test_connection_is_kept(void **state UNUSED)
{
    int fd = test_connect(server);
    for (int i = 0; i < 50; i++) {
        test_send_c(fd, "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: "
                        "application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=b+c");
        Str answer = test_receive(arena, fd, false);
        assert_has(answer, "field a=b c\n");
    }
    close(fd);
}

static void test_etag(void **state UNUSED)
{
    Str answer = ask(GET("/tagged", ""));
    assert_int_equal(test_status(answer), 200);
    assert_header(answer, "ETag", "\"v1\"");
    assert_header(answer, "Cache-Control", "private, no-cache");
    answer = ask(GET("/tagged", "If-None-Match: \"v0\", W/\"v1\"\r\n"));
    assert_int_equal(test_status(answer), 304);
    assert_header(answer, "ETag", "\"v1\"");
    assert_int_equal(test_status(ask(GET("/tagged", "If-None-Match: \"v2\"\r\n"))), 200);
}

static void test_cookie_redirect_and_header_injection(void **state UNUSED)
{
    Str answer = ask(GET("/cookie", ""));
    assert_int_equal(test_status(answer), 303);
    assert_header(answer, "Location", "/echo");
    assert_header(answer, "Set-Cookie", "session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    assert_header(answer, "X-Note", "a  X-Evil: 1");
    assert_header(answer, "X-Evil", "");
    assert_header(answer, "Content-Disposition",
                  "attachment; filename*=UTF-8''%E8%AF%89%E6%B1%82%201.pdf");
}

static void test_errors_name_all_fields(void **state UNUSED)
{
    Str answer = ask("POST /api/v1/fail HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\n\r\n");
    assert_int_equal(test_status(answer), 422);
    assert_header(answer, "Content-Type", "application/json");
    assert_has(test_body(answer), "{\"error\":{\"code\":\"invalid_form\",\"message\":\"");
    assert_has(test_body(answer),
               "\"field\":\"title\",\"fields\":[{\"field\":\"title\",\"message\":"
               "\"The request is malformed and was not handled\"},{\"field\":"
               "\"place\",\"message\":\"The system is busy; nothing was done\"}]");
    answer = ask(GET("/fail", ""));
    assert_has(test_body(answer), "<h1>invalid_form</h1>");
    assert_false(str_has(answer, S("half a page")));
}

static void test_language(void **state UNUSED)
{
    assert_has(ask(GET("/echo", "")), "language zh");
    assert_has(ask(GET("/echo", "Accept-Language: en-GB,en;q=0.9,zh;q=0.8\r\n")), "language en");
    assert_has(ask(GET("/echo", "Accept-Language: en;q=0.1, zh-CN;q=0.2\r\n")), "language zh");
    assert_has(ask(GET("/echo", "Accept-Language: fr\r\n")), "language zh");
    assert_has(ask(GET("/echo", "Accept-Language: en\r\nCookie: lang=zh\r\n")), "language zh");
    assert_has(ask(GET("/echo", "Cookie: x=1; lang=en\r\n")), "language en");
}

#define POST(target, type, length)                                                             \
    "POST " target " HTTP/1.1\r\nHost: a\r\nContent-Type: " type "\r\nContent-Length: " length \
    "\r\n\r\n"

static void test_bodies_by_type(void **state UNUSED)
{
    assert_has(ask(POST("/echo", "text/plain", "3") "abc"), "body 3");
    assert_int_equal(test_status(ask(POST("/form", "text/plain", "3") "abc")), 415);
    assert_int_equal(test_status(ask(POST("/api/v1/json", "text/plain", "2") "{}")), 415);
    assert_has(ask(POST("/api/v1/json", "application/json", "2") "{}"), "body 2");
    assert_int_equal(test_status(ask(POST("/api/v1/json", "application/json", "1") "\xff")), 400);
    assert_int_equal(
        test_status(ask(POST("/upload", "multipart/form-data; boundary=B", "7") "--B\r\nxx")), 400);
    assert_int_equal(test_status(ask("POST /form HTTP/1.1\r\nHost: a\r\n\r\n")), 200);
}

static void test_upload_and_chunks(void **state UNUSED)
{
    Str answer = ask("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; "
                     "boundary=B\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "5\r\n--B\r\n\r\n3e\r\nContent-Disposition: form-data; name=\"f\"; "
                     "filename=\"a.txt\"\r\n\r\n\r\n9\r\nxyz\r\n--B-\r\n1\r\n-\r\n0\r\n\r\n");
    assert_has(answer, "file a.txt 3\n");
}

static void test_too_large(void **state UNUSED)
{
    Buf post = buf_open(arena);
    TEXT(&post, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: ", HTTP_BODY_DEFAULT + 1,
         "\r\n\r\n");
    for (size_t i = 0; i <= HTTP_BODY_DEFAULT; i++)
        buf_byte(&post, 'x');
    Str answer = ask(str_c(arena, buf_str(&post)));
    assert_int_equal(test_status(answer), 413);
    assert_has(test_body(answer), "<h1>too_large</h1>");

    answer = ask(POST("/echo", "text/plain", "99999999999"));
    assert_int_equal(test_status(answer), 413);
    assert_header(answer, "Connection", "close");

    buf_clear(&post);
    TEXT(&post, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (size_t i = 0; i <= HTTP_BODY_DEFAULT / 16; i++)
        TEXT(&post, "10\r\n0123456789abcdef\r\n");
    TEXT(&post, "0\r\n\r\n");
    assert_int_equal(test_status(ask(str_c(arena, buf_str(&post)))), 413);
}

static Str long_request(const char *before, int count, const char *piece, const char *after)
{
    Buf text = buf_open(arena);
    TEXT(&text, before);
    for (int i = 0; i < count; i++)
        TEXT(&text, piece);
    TEXT(&text, after);
    return ask(str_c(arena, buf_str(&text)));
}

static void test_long_header(void **state UNUSED)
{
    const char *end = " HTTP/1.1\r\nHost: a\r\n\r\n";
    assert_int_equal(test_status(long_request("GET /", HTTP_URL_MAX - 1, "x", end)), 404);
    assert_int_equal(test_status(long_request("GET /", HTTP_URL_MAX, "x", end)), 414);
    assert_int_equal(test_status(long_request("GET /", 20000, "x", end)), 414);
    const char *start = "GET /echo HTTP/1.1\r\nHost: a\r\n";
    const char *line = "X-Long: 0123456789012345678901234567890123456789\r\n";
    assert_int_equal(test_status(long_request(start, 40, "X-Short: 1\r\n", "\r\n")), 200);
    assert_int_equal(test_status(long_request(start, 61, "X-Short: 1\r\n", "\r\n")), 431);
    assert_int_equal(test_status(long_request(start, 40, line, "\r\n")), 200);
    assert_int_equal(test_status(long_request(start, 1000, line, "\r\n")), 431);
}

/* A header of about `size` bytes, most of them in `count` pieces of a kind. */
static Str shaped(const char *start, const char *piece, const char *after, size_t size)
{
    Buf text = buf_open(arena);
    TEXT(&text, start);
    while (text.n < size)
        TEXT(&text, piece);
    TEXT(&text, after);
    return buf_str(&text);
}

/* Whatever shape it has, a header that grows is first served, then refused with a word; no size in
 * between is lost. Beyond, where the library's memory is full, the connection may just end. */
static void test_every_size_and_shape_of_header_is_answered(void **state UNUSED)
{
    static const char *const shapes[][3] = {
        {"GET /cookie HTTP/1.1\r\nHost: a\r\nX-Fill: ", "0123456789abcdef", "\r\n\r\n"},
        {"GET /cookie HTTP/1.1\r\nHost: a\r\nCookie: a=", "0123456789abcdef", "\r\n\r\n"},
        {"GET /cookie HTTP/1.1\r\nHost: a\r\nCookie: a=b", "; a=b", "\r\n\r\n"},
        {"GET /cookie HTTP/1.1\r\nHost: a\r\n", "X: 1\r\n", "\r\n"},
        {"GET /cookie HTTP/1.1\r\nHost: a\r\n", "X-Some-Header: some value\r\n", "\r\n"},
        {"GET /cookie?", "a=1&", " HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"GET /cookie?a=", "0123456789abcdef", " HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"GET /cookie?", "&", " HTTP/1.1\r\nHost: a\r\n\r\n"},
    };
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        bool was_refused = false;
        for (size_t size = 100; size < 12000; size += size < 1000 ? 20 : 100) {
            ArenaMark mark = arena_mark(arena);
            Str text = shaped(shapes[i][0], shapes[i][1], shapes[i][2], size);
            int status = test_status(ask(str_c(arena, text)));
            bool refused =
                status == 413 || status == 414 || status == 431 || (was_refused && status == 0);
            if (!refused && (status != 303 || was_refused))
                fail_msg("shape %zu, %zu bytes: %d", i, size, status);
            was_refused = refused;
            arena_rewind(arena, mark);
        }
        assert_true(was_refused);
    }
}

static void test_framing_that_could_be_read_differently(void **state UNUSED)
{
    static const char *const bad[] = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
        "Content-Length: 3\r\nContent-Length: 3\r\n",
        "Content-Length: 3, 3\r\n",
        "Content-Length: +3\r\n",
        "Content-Length: -3\r\n",
        "Content-Length: 0x3\r\n",
        "Content-Length : 3\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Host: b\r\n",
        "X\x01Y: 1\r\n",
        "X-Y: a\x02\r\n",
        "X Y: 1\r\n",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        int fd = test_connect(server);
        test_send_c(fd, "POST /echo HTTP/1.1\r\nHost: a\r\n");
        test_send_c(fd, bad[i]);
        test_send_c(fd, "\r\nabc" GET("/echo", ""));
        Str answer = test_receive(arena, fd, false);
        if (test_status(answer) != 400)
            fail_msg("%d for %s", test_status(answer), bad[i]);
        /* What follows is never taken for a second request. */
        assert_int_equal(test_receive(arena, fd, false).n, 0);
        close(fd);
    }
}

static void test_host_and_version(void **state UNUSED)
{
    assert_int_equal(test_status(ask("GET /echo HTTP/1.1\r\n\r\n")), 400);
    assert_int_equal(test_status(ask("GET /echo HTTP/1.1\r\nHost: a/b\r\n\r\n")), 400);
    assert_int_equal(test_status(ask("GET /echo HTTP/1.1\r\nHost: \r\n\r\n")), 400);
    assert_int_equal(test_status(ask("GET /echo HTTP/1.1\r\nHost: [::1]:80\r\n\r\n")), 200);
    assert_int_equal(test_status(ask("GET /echo HTTP/1.0\r\n\r\n")), 200);
    assert_int_equal(test_status(ask("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"
                                     "0\r\n\r\n")),
                     400);
}

static void test_writing_from_another_site_is_refused(void **state UNUSED)
{
    assert_int_equal(test_status(ask("POST /echo HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: "
                                     "cross-site\r\n\r\n")),
                     403);
    assert_int_equal(test_status(ask("POST /echo HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: "
                                     "same-origin\r\n\r\n")),
                     200);
    assert_int_equal(test_status(ask(GET("/echo", "Sec-Fetch-Site: cross-site\r\n"))), 200);
}

static void test_expected_continue(void **state UNUSED)
{
    int fd = test_connect(server);
    test_send_c(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    "Content-Length: 99999\r\n\r\n");
    assert_int_equal(test_status(test_receive(arena, fd, false)), 413);
    close(fd);
}

static void test_large_and_file_answers(void **state UNUSED)
{
    Str answer = ask(GET("/big", ""));
    assert_int_equal(test_body(answer).n, 300000);
    assert_header(answer, "Cache-Control", "public, max-age=60");
    assert_true(str_eq(test_body(ask(GET("/file", ""))), S("from a file")));
}

static void test_garbage(void **state UNUSED)
{
    static const char *const garbage[] = {"\r\n\r\n\r\n",
                                          "GET\r\n\r\n",
                                          "\x16\x03\x01\x02",
                                          "GET  /echo  HTTP/1.1\r\n\r\n",
                                          "GET /echo HTTP/9.9\r\nHost: a\r\n\r\n",
                                          ": x\r\n\r\n",
                                          "GET /echo\r\n\r\n"};
    for (size_t i = 0; i < COUNT_OF(garbage); i++) {
        int fd = test_connect(server);
        test_send_c(fd, garbage[i]);
        close(fd);
    }
    assert_int_equal(test_status(ask(GET("/echo", ""))), 200);
}

/* Both loops may still be at the connections of the tests before, which are not to be counted. */
static HttpMetrics metrics_at_rest(void)
{
    HttpMetrics metrics;
    for (http_metrics(server, &metrics); metrics.open > 0; http_metrics(server, &metrics))
        test_pause_ms(1);
    return metrics;
}

static void test_metrics(void **state UNUSED)
{
    HttpMetrics before = metrics_at_rest();
    HttpMetrics after;
    (void)ask(GET("/echo", ""));
    (void)ask(GET("/none", ""));
    (void)ask(POST("/echo", "text/plain", "3") "abc");
    (void)ask("POST /echo HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
    http_metrics(server, &after);
    assert_int_equal(after.requests[2] - before.requests[2], 2);
    assert_int_equal(after.requests[4] - before.requests[4], 2);
    assert_int_equal(after.connections - before.connections, 4);
    assert_int_equal(after.bytes_in - before.bytes_in, 3);
    assert_int_equal(after.malformed - before.malformed, 1);
    assert_true(after.bytes_out > before.bytes_out);
    assert_int_equal(after.running, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_get),
        cmocka_unit_test(test_every_answer_has_the_security_headers),
        cmocka_unit_test(test_params_are_decoded),
        cmocka_unit_test(test_unknown_path_and_method),
        cmocka_unit_test(test_slash_at_the_end_redirects),
        cmocka_unit_test(test_head_has_the_length_and_no_body),
        cmocka_unit_test(test_connection_is_kept),
        cmocka_unit_test(test_etag),
        cmocka_unit_test(test_cookie_redirect_and_header_injection),
        cmocka_unit_test(test_errors_name_all_fields),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_bodies_by_type),
        cmocka_unit_test(test_upload_and_chunks),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_long_header),
        cmocka_unit_test(test_every_size_and_shape_of_header_is_answered),
        cmocka_unit_test(test_framing_that_could_be_read_differently),
        cmocka_unit_test(test_host_and_version),
        cmocka_unit_test(test_writing_from_another_site_is_refused),
        cmocka_unit_test(test_expected_continue),
        cmocka_unit_test(test_large_and_file_answers),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_metrics),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
