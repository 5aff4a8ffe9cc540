/* SPDX-License-Identifier: Apache-2.0 */
/* client.h - a server on a port of its own and a client that sends exactly the bytes it is told. */
#ifndef TONGXIN_TEST_HTTP_CLIENT_H
#define TONGXIN_TEST_HTTP_CLIENT_H

#include "http/server.h"

/* Starts a server on 127.0.0.1, a port of its choosing, with the routes; logging off unless asked.
 * */
HttpServer *test_start(HttpOptions options, const Route *routes, size_t count);
/* Options for tests: small deadlines would disturb, so they are those of limits.h. */
HttpOptions test_options(void);
/* Stops the server and frees the router. */
void test_stop(HttpServer *server);

int test_connect(const HttpServer *server);
int test_connect_unix(const char *path);
void test_send(int fd, Str bytes);
void test_send_c(int fd, const char *text);
/* One whole answer by Content-Length (204, 304 and answers to HEAD have no body). The empty text
 * when the other side closes first or nothing comes for 10 seconds. */
Str test_receive(Arena *arena, int fd, bool is_head);
/* True when the other side closes within `ms`. */
bool test_closes(int fd, int ms);
/* Connects, sends, receives one answer, closes. */
Str test_ask(Arena *arena, const HttpServer *server, const char *text);

int test_status(Str answer);
Str test_body(Str answer);
/* The value of a header of the answer; the empty text when absent. */
Str test_header(Str answer, const char *name);
void test_pause_ms(int ms);

#endif
