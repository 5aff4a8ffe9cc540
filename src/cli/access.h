/* SPDX-License-Identifier: Apache-2.0 */
/* access.h - a site as a command uses it: reading always, changing either as its writer or, when
 * the site is being served, through the server's control socket. */
#ifndef TONGXIN_CLI_ACCESS_H
#define TONGXIN_CLI_ACCESS_H

#include "change/site.h"
#include "change/writer.h"
#include "cli/cli.h"

typedef struct Access {
    Site *site;
    Db *db;         /* for reading */
    Office *office; /* held for the whole command */
    bool served;    /* somebody else is the writer */
} Access;

/* Opens for reading; works beside a server. ERR_ENVIRONMENT when there is no site or it has no
 * office yet. */
NODISCARD bool access_read(Cli *cli, Str dir, Access *ret_access, Err *err);
/* Opens so that access_change works: takes the lock, or speaks to whoever has it. */
NODISCARD bool access_write(Cli *cli, Str dir, Access *ret_access, Err *err);
/* Opens as the only user of the site: ERR_UNAVAILABLE while it is served. */
NODISCARD bool access_alone(Cli *cli, Str dir, Access *ret_access, Err *err);
void access_close(Access *access);

/* One change as the owner of the folder; the change's actor is filled in. The answer lives in
 * cli->arena. */
NODISCARD bool access_change(Cli *cli, Access *access, Change *change, ChangeResult *ret_result,
                             Err *err);
/* Sets an account's password. */
NODISCARD bool access_password(Cli *cli, Access *access, int64_t account, Str password, Err *err);

/* A demo site's clock begins where its data end each time it is opened, so that the demo is as
 * fresh in a month as today. Sets clock_offset from the setting demo_now and the last entry. */
NODISCARD bool demo_clock(Arena *arena, Site *site, Db *db, Err *err);

#endif
