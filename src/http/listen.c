/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/number.h"
#include "http/server_internal.h"

typedef struct Address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_un local;
    } name;
    socklen_t size;
} Address;

static bool address_wrong(Err *err, MessageId message, Str text, Str part)
{
    (void)err_set(err, ERR_USAGE, message, text, part);
    return err_hint(err, MSG_http_listen_example);
}

/* Splits "host:port", with [] around an IPv6 host. */
static bool split_address(Str text, Str *ret_host, uint16_t *ret_port, Err *err)
{
    size_t colon = text.n;
    int64_t port;
    while (colon > 0 && text.p[colon - 1] != ':')
        colon--;
    if (colon == 0 && int_parse(text, &port))
        return address_wrong(err, MSG_http_listen_no_host, text, S(""));
    if (colon == 0 || colon == text.n || str_ends(text, S("]")))
        return address_wrong(err, MSG_http_listen_no_port, text, S(""));
    Str host = str_slice(text, 0, colon - 1), digits = str_slice(text, colon, text.n);
    bool bracketed = str_starts(host, S("[")) && str_ends(host, S("]"));
    if (!bracketed && str_has(host, S(":")))
        return address_wrong(err, MSG_http_listen_brackets, text, S(""));
    if (host.n == 0)
        return address_wrong(err, MSG_http_listen_no_host, text, S(""));
    if (!int_parse(digits, &port) || port < 0 || port > UINT16_MAX)
        return address_wrong(err, MSG_http_listen_port, text, digits);
    *ret_host = bracketed ? str_slice(host, 1, host.n - 1) : host;
    *ret_port = (uint16_t)port;
    return true;
}

static bool parse_address(Str text, Address *ret, Err *err)
{
    char host[INET6_ADDRSTRLEN] = "";
    Address at = {0};
    uint16_t port;
    Str name;
    if (!split_address(text, &name, &port, err))
        return false;
    if (str_eq(name, S("localhost")))
        name = S("127.0.0.1");
    if (name.n < sizeof(host))
        memcpy(host, name.p, name.n);
    if (inet_pton(AF_INET, host, &at.name.v4.sin_addr) == 1) {
        at.name.v4.sin_family = AF_INET;
        at.name.v4.sin_port = htons(port);
        at.size = sizeof(at.name.v4);
    } else if (inet_pton(AF_INET6, host, &at.name.v6.sin6_addr) == 1) {
        at.name.v6.sin6_family = AF_INET6;
        at.name.v6.sin6_port = htons(port);
        at.size = sizeof(at.name.v6);
    } else {
        return address_wrong(err, MSG_http_listen_host, text, name);
    }
    *ret = at;
    return true;
}

static bool is_loopback(const Address *at)
{
    if (at->name.any.sa_family == AF_INET)
        return ntohl(at->name.v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    return IN6_IS_ADDR_LOOPBACK(&at->name.v6.sin6_addr);
}

bool http_address_check(Str address, bool *ret_loopback, Err *err)
{
    Address at;
    if (!parse_address(address, &at, err))
        return false;
    *ret_loopback = is_loopback(&at);
    return true;
}

static bool failed(Str where, int fd, Err *err)
{
    int code = errno;
    if (fd >= 0)
        close(fd);
    (void)err_set(err, ERR_ENVIRONMENT, MSG_http_listen_failed, where);
    (void)err_hint(err, MSG_http_listen_hint);
    return err_detail(err, str_from_c(strerrordesc_np(code)));
}

bool listen_address(const char *address, int *ret_fd, Err *err)
{
    Address at;
    int on = 1;
    Str text = str_from_c(address);
    if (!parse_address(text, &at, err))
        return false;
    int fd = socket(at.name.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return failed(text, fd, err);
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, &at.name.any, at.size) != 0 || listen(fd, 1024) != 0)
        return failed(text, fd, err);
    *ret_fd = fd;
    return true;
}

bool listen_unix(const char *path, int *ret_fd, Err *err)
{
    Address at = {.size = sizeof(at.name.local)};
    Str text = str_from_c(path);
    at.name.local.sun_family = AF_UNIX;
    if (text.n >= sizeof(at.name.local.sun_path)) {
        errno = ENAMETOOLONG;
        return failed(text, -1, err);
    }
    memcpy(at.name.local.sun_path, text.p, text.n);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return failed(text, fd, err);
    /* A socket left behind by a crash; the site's lock already says that nobody else serves. */
    struct stat old;
    if (lstat(path, &old) == 0 && S_ISSOCK(old.st_mode))
        (void)unlink(path);
    /* Nobody can connect between bind and listen, so the mode is in force from the first moment. */
    if (bind(fd, &at.name.any, at.size) != 0 || chmod(path, S_IRUSR | S_IWUSR) != 0 ||
        listen(fd, 64) != 0)
        return failed(text, fd, err);
    *ret_fd = fd;
    return true;
}

int listen_port(int fd)
{
    Address at = {.size = sizeof(at.name)};
    if (getsockname(fd, &at.name.any, &at.size) != 0)
        return 0;
    if (at.name.any.sa_family == AF_INET6)
        return ntohs(at.name.v6.sin6_port);
    return at.name.any.sa_family == AF_INET ? ntohs(at.name.v4.sin_port) : 0;
}
