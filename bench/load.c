/* SPDX-License-Identifier: Apache-2.0 */
/* load.c - one thread, some keep-alive connections, one request after another on each.
 *
 *     load PORT CONNECTIONS SECONDS REQUEST_FILE     prints: answers/s p50_us p99_us good refused
 *
 * The file holds one whole HTTP request. Where it contains the 16 bytes "@@@@@@@@@@@@@@@@", a counter in
 * hexadecimal is put, so that every request can carry a key of its own. Answers must have a
 * Content-Length. 2xx is good, everything else refused. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#define MARK        "@@@@@@@@@@@@@@@@"
#define MARK_SIZE   16
#define CONNECTIONS 256
#define ANSWER_MAX  (1 << 20)
#define MOST        8000000

typedef struct Connection {
    int link;
    int64_t sent_at;
    size_t have; /* bytes of the answer so far */
    size_t want; /* whole size once the header is complete; 0 before */
    char *answer;
} Connection;

static char request[65536];
static size_t request_size;
static char *mark;
static uint64_t counter;
static uint32_t *took;
static int64_t answers, good;

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static void fail(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, errno ? strerror(errno) : "");
    exit(3);
}

static void send_request(Connection *connection)
{
    if (mark) {
        char digits[MARK_SIZE + 1];
        snprintf(digits, sizeof digits, "%016llx", (unsigned long long)++counter);
        memcpy(mark, digits, MARK_SIZE);
    }
    connection->have = connection->want = 0;
    connection->sent_at = now_us();
    if (write(connection->link, request, request_size) != (ssize_t)request_size)
        fail("sending");
}

static void open_connection(Connection *connection, int port, int poll)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int one = 1;
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    connection->link = socket(AF_INET, SOCK_STREAM, 0);
    connection->answer = malloc(ANSWER_MAX);
    if (!connection->answer || connect(connection->link, (struct sockaddr *)&to, sizeof to))
        fail("connecting");
    setsockopt(connection->link, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    epoll_ctl(poll, EPOLL_CTL_ADD, connection->link, &event);
}

/* Finds out how long the answer is, once its header is there. */
static void read_header(Connection *connection)
{
    connection->answer[connection->have] = 0;
    char *end = strstr(connection->answer, "\r\n\r\n");
    if (!end)
        return;
    char *length = strcasestr(connection->answer, "\r\ncontent-length:");
    if (!length || length > end)
        fail("an answer without Content-Length");
    connection->want = (size_t)(end - connection->answer) + 4 + strtoul(length + 17, NULL, 10);
    if (connection->want >= ANSWER_MAX)
        fail("an answer too large");
}

/* Reads what is there; true when one answer is complete. */
static bool read_answer(Connection *connection)
{
    size_t room = ANSWER_MAX - 1 - connection->have;
    ssize_t got = read(connection->link, connection->answer + connection->have, room);
    if (got <= 0)
        fail("the server hung up");
    connection->have += (size_t)got;
    if (!connection->want)
        read_header(connection);
    return connection->want && connection->have >= connection->want;
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void run(int poll, int64_t end)
{
    struct epoll_event events[CONNECTIONS];
    while (now_us() < end && answers < MOST) {
        int n = epoll_wait(poll, events, CONNECTIONS, 1000);
        for (int i = 0; i < n && answers < MOST; i++) {
            Connection *connection = events[i].data.ptr;
            if (!read_answer(connection))
                continue;
            good += connection->answer[9] == '2';
            took[answers++] = (uint32_t)(now_us() - connection->sent_at);
            send_request(connection);
        }
    }
}

static void read_request(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail(path);
    request_size = fread(request, 1, sizeof request - 1, file);
    fclose(file);
    mark = strstr(request, MARK);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    counter = (uint64_t)now.tv_sec << 32; /* no key of an earlier run comes again */
}

int main(int argc, char **argv)
{
    static Connection connections[CONNECTIONS];
    if (argc != 5 || atoi(argv[2]) > CONNECTIONS)
        return 2;
    read_request(argv[4]);
    took = malloc(MOST * sizeof *took);
    int poll = epoll_create1(0), count = atoi(argv[2]);
    for (int i = 0; i < count; i++)
        open_connection(&connections[i], atoi(argv[1]), poll);
    for (int i = 0; i < count; i++)
        send_request(&connections[i]);
    int64_t began = now_us();
    run(poll, began + atoll(argv[3]) * INT64_C(1000000));
    int64_t ended = now_us();
    if (!answers)
        fail("no answer at all");
    qsort(took, (size_t)answers, sizeof *took, by_size);
    printf("%.0f %u %u %lld %lld\n", (double)answers * 1e6 / (double)(ended - began),
           took[answers / 2], took[answers * 99 / 100], (long long)good,
           (long long)(answers - good));
    return 0;
}
