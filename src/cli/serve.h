/* SPDX-License-Identifier: Apache-2.0 */
/* serve.h - a site on an address, until the process is asked to end. */
#ifndef TONGXIN_CLI_SERVE_H
#define TONGXIN_CLI_SERVE_H

#include "cli/cli.h"
#include "http/route.h"

#define SERVE_LISTEN "127.0.0.1:8080"

typedef struct Listen {
    Str address;    /* "127.0.0.1:8080" */
    Str public_url; /* "https://tongxin.example.cn", where a proxy takes requests; else empty */
} Listen;

/* Opens, serves and closes the site; prints "listening on http://…" once it answers. Returns the
 * exit code: 0 after SIGTERM or SIGINT. A demo site is served on loopback addresses only, because
 * everybody knows its passwords. */
int serve_site(Cli *cli, Str dir, const Listen *listen);

/* ERR_USAGE for an address that a demo site is not served on. */
NODISCARD bool serve_demo_may(Str listen, Err *err);

/* Every route the program has, in the order declared. */
Router *serve_router(Arena *arena);

#endif
