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

/* Splits "host:port", with [] around an IPv6 host. */
static bool split_address(Str text, char *ret_host, size_t host_size, int *ret_port)
{
    size_t colon = text.n;
    while (colon > 0 && text.p[colon - 1] != ':')
        colon--;
    int64_t port;
    if (colon == 0 || !int_parse(str_slice(text, colon, text.n), &port) || port < 0 || port > 65535)
        return false;
    Str host = str_slice(text, 0, colon - 1);
    bool bracketed = str_starts(host, S("[")) && str_ends(host, S("]"));
    if (bracketed)
        host = str_slice(host, 1, host.n - 1);
    else if (str_has(host, S(":")))
        return false;
    if (host.n == 0 || host.n >= host_size)
        return false;
    memcpy(ret_host, host.p, host.n);
    ret_host[host.n] = '\0';
    *ret_port = (int)port;
    return true;
}

static bool parse_address(Str text, Address *ret)
{
    char host[INET6_ADDRSTRLEN];
    int port;
    if (!split_address(text, host, sizeof(host), &port))
        return false;
    *ret = (Address){0};
    if (inet_pton(AF_INET, host, &ret->name.v4.sin_addr) == 1) {
        ret->name.v4.sin_family = AF_INET;
        ret->name.v4.sin_port = htons((uint16_t)port);
        ret->size = sizeof(ret->name.v4);
        return true;
    }
    if (inet_pton(AF_INET6, host, &ret->name.v6.sin6_addr) == 1) {
        ret->name.v6.sin6_family = AF_INET6;
        ret->name.v6.sin6_port = htons((uint16_t)port);
        ret->size = sizeof(ret->name.v6);
        return true;
    }
    return false;
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
    if (!parse_address(text, &at))
        return err_set(err, ERR_USAGE, MSG_http_listen_address, text);
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
