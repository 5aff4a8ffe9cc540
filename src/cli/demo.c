/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/access.h"
#include "cli/commands.h"
#include "cli/demo/scenario.h"
#include "cli/demo/year.h"
#include "cli/file.h"
#include "cli/new_site.h"
#include "cli/options.h"
#include "cli/profile_folder.h"
#include "cli/serve.h"

#include "query.h"

/* Where a demo year does not say. */
static const Str default_now = S_CONST("2023-12-29T10:00:00+08:00");

typedef struct Demo {
    Str dir, profile, listen;
    Instant now;
    int64_t records;
    bool no_serve;
    bool fresh; /* asks for something that only a new site can have */
} Demo;

static bool demo_make(Cli *cli, const Demo *demo, Err *err)
{
    Founding founding = {.is_demo = true};
    Instant now;
    NewSite new;
    Site *site;
    ASSERT(instant_parse(default_now, &now));
    if (!profile_folder(cli, demo->profile, &founding.folder, err) ||
        !profile_open_whole(cli, founding.folder, &founding.profile, err) ||
        !scenario_now(cli->arena, path_join(cli->arena, founding.folder, S("demo")), &now, err) ||
        !new_site_begin(cli->arena, demo->dir, &new, err))
        return false;
    cli_note(cli, MSG_cli_demo_making, demo->dir, S(""), S(""));
    founding.dir = new.folder;
    if (demo_year(cli, &founding, demo->now ? demo->now : now, demo->records, &site, err)) {
        site_close(site);
        if (new_site_keep(cli->arena, &new, err))
            return true;
    }
    new_site_drop(cli->arena, &new);
    return false;
}

/* The logins that have the demo's password. */
static bool demo_logins(Cli *cli, const Access *access, Buf *logins, Err *err)
{
    const Office *office = access->office;
    for (size_t i = 0; i < office->accounts.n; i++) {
        const Account *account = office->accounts.slots[i].value;
        QCredentialGet credential;
        bool found;
        if (!q_credential_get(access->db, cli->arena, account->id, &credential, &found, err))
            return false;
        if (found)
            TEXT(logins, logins->n > 0 ? " " : "", account->login);
    }
    return true;
}

static bool demo_say(Cli *cli, const Demo *demo, Err *err)
{
    Buf logins = buf_open(cli->arena);
    Access access;
    bool good;
    if (!access_read(cli, demo->dir, &access, err))
        return false;
    good = demo_logins(cli, &access, &logins, err);
    access_close(&access);
    if (!good)
        return false;
    cli_say(cli, logins.n > 0 ? MSG_cli_demo_accounts : MSG_cli_demo_no_accounts, buf_str(&logins),
            demo->dir, S(""));
    cli_say(cli, MSG_cli_demo_try, demo->dir, S(""), S(""));
    (void)fflush(stdout);
    return true;
}

static bool demo_is_made(const Demo *demo, Err *err)
{
    Site *site;
    bool is_demo;
    if (!site_open_reader(demo->dir, &site, err))
        return false;
    is_demo = site->is_demo;
    site_close(site);
    return is_demo || err_set(err, ERR_CONFLICT, MSG_cli_not_a_demo, demo->dir);
}

static bool demo_ready(Cli *cli, const Demo *demo, Err *err)
{
    if (file_exists(cli->arena, path_join(cli->arena, demo->dir, S("keys")))) {
        if (demo->no_serve || demo->records || demo->fresh)
            return err_set(err, ERR_CONFLICT, MSG_site_exists, demo->dir);
        return demo_is_made(demo, err);
    }
    return demo_make(cli, demo, err);
}

static int demo_run(Cli *cli, const Demo *demo)
{
    Err err = {0};
    if ((!demo->no_serve && !serve_demo_may(demo->listen, &err)) || !demo_ready(cli, demo, &err))
        return cli_fail(cli, &err);
    if (demo->no_serve) {
        cli_say(cli, MSG_cli_demo_done, demo->dir, S(""), S(""));
        return 0;
    }
    if (!demo_say(cli, demo, &err))
        return cli_fail(cli, &err);
    return serve_site(cli, demo->dir, &(Listen){.address = demo->listen});
}

int command_demo(Cli *cli, int argc, char **argv)
{
    Demo demo = {.dir = S("tongxin-demo"), .profile = S("tongling"), .listen = S(SERVE_LISTEN)};
    const Option options[] = {
        OPTION(TEXT, "profile", &demo.profile, cli_word_profile, cli_option_profile),
        OPTION(TEXT, "site", &demo.dir, cli_word_dir, cli_option_demo_site),
        OPTION(TEXT, "listen", &demo.listen, cli_word_address, cli_option_listen),
        OPTION(INSTANT, "now", &demo.now, cli_word_datetime, cli_option_now),
        OPTION(INT, "records", &demo.records, cli_word_number, cli_option_records),
        OPTION(FLAG, "no-serve", &demo.no_serve, none, cli_option_no_serve),
        OPTION_END,
    };
    const Usage usage = {"demo [--profile NAME] [--site DIR] [--listen A:P] [--now DATETIME] "
                         "[--records N] [--no-serve]",
                         MSG_cli_demo_about, options, 0, 0};
    StrVec words;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    demo.fresh = demo.now != 0;
    return demo_run(cli, &demo);
}
