/* SPDX-License-Identifier: Apache-2.0 */
#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/number.h"

#define PATIENCE_MS 10000

static Arena *router_arena;

HttpOptions test_options(void)
{
    HttpOptions options = http_options();
    options.listen = "127.0.0.1:0";
    options.log_requests = false;
    return options;
}

HttpServer *test_start(HttpOptions options, const Route *routes, size_t count)
{
    router_arena = arena_open();
    Router *router = router_open(router_arena, &(RouteTable){routes, count}, 1);
    HttpServer *server = NULL;
    Err err = {0};
    bool started = http_start(&options, router, &server, &err);
    ASSERT(started);
    return server;
}

void test_stop(HttpServer *server)
{
    http_stop(server);
    arena_close(router_arena);
}

int test_connect(const HttpServer *server)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(server))};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int failed = connect(fd, (const struct sockaddr *)(const void *)&at, sizeof(at));
    ASSERT(failed == 0);
    return fd;
}

int test_connect_unix(const char *path)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    memcpy(at.sun_path, path, strlen(path));
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    int failed = connect(fd, (const struct sockaddr *)(const void *)&at, sizeof(at));
    ASSERT(failed == 0);
    return fd;
}

void test_send(int fd, Str bytes)
{
    while (bytes.n > 0) {
        ssize_t sent = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (sent <= 0)
            return; /* the server may have hung up: what it answered is what matters */
        bytes = str_slice(bytes, (size_t)sent, bytes.n);
    }
}

void test_send_c(int fd, const char *text)
{
    test_send(fd, str_from_c(text));
}

static bool read_byte(Buf *buf, int fd)
{
    size_t before = buf->n;
    char byte;
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    if (poll(&wait, 1, PATIENCE_MS) != 1 || recv(fd, &byte, 1, 0) != 1)
        return false;
    buf_byte(buf, byte);
    return buf->n == before + 1;
}

Str test_receive(Arena *arena, int fd, bool is_head)
{
    Buf buf = buf_open(arena);
    while (!str_ends(buf_str(&buf), S("\r\n\r\n"))) {
        if (!read_byte(&buf, fd))
            return (Str){0};
    }
    int64_t length = 0;
    int status = test_status(buf_str(&buf));
    bool empty = is_head || status == 304 || status == 204;
    if (!empty && !int_parse(test_header(buf_str(&buf), "Content-Length"), &length))
        return (Str){0};
    for (int64_t i = 0; i < length; i++) {
        if (!read_byte(&buf, fd))
            return (Str){0};
    }
    return buf_str(&buf);
}

bool test_closes(int fd, int ms)
{
    int64_t deadline = monotonic_us() + (int64_t)ms * 1000;
    while (monotonic_us() < deadline) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        char byte;
        int left = (int)((deadline - monotonic_us()) / 1000) + 1;
        if (poll(&wait, 1, left) == 1 && recv(fd, &byte, 1, 0) <= 0)
            return true;
    }
    return false;
}

Str test_ask(Arena *arena, const HttpServer *server, const char *text)
{
    int fd = test_connect(server);
    test_send_c(fd, text);
    Str answer = test_receive(arena, fd, strncmp(text, "HEAD ", 5) == 0);
    close(fd);
    return answer;
}

int test_status(Str answer)
{
    int64_t status = 0;
    if (!str_starts(answer, S("HTTP/1.1 ")) || !int_parse(str_slice(answer, 9, 12), &status))
        return 0;
    return (int)status;
}

Str test_body(Str answer)
{
    size_t at = str_find(answer, S("\r\n\r\n"), 0);
    return at == SIZE_MAX ? (Str){0} : str_slice(answer, at + 4, answer.n);
}

Str test_header(Str answer, const char *name)
{
    Str rest = str_slice(answer, 0, str_find(answer, S("\r\n\r\n"), 0));
    Str line;
    while (str_next(&rest, '\n', &line)) {
        size_t colon = str_find(line, S(":"), 0);
        if (colon != SIZE_MAX && str_eq(str_slice(line, 0, colon), str_from_c(name)))
            return str_trim(str_slice(line, colon + 1, line.n));
    }
    return (Str){0};
}

void test_pause_ms(int ms)
{
    struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    nanosleep(&time, NULL);
}
