/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "audit/audit.h"
#include "cli/access.h"
#include "cli/audit_text.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "db/db_lock.h"
#include "search/search.h"

#define FOLLOW_ENTRIES 1000
#define SERVER_WAIT_US 1500000

/* The index follows the journal. Where nobody serves the site nobody follows, so it is done here;
 * a server is given a moment. */
static bool search_catch_up(Cli *cli, const Access *access, Err *err)
{
    SiteLock lock;
    Search *search;
    bool more = true, good;
    if (!site_lock_take(access->site->dir, &lock, err))
        return false;
    if (!lock.held) {
        (void)usleep(SERVER_WAIT_US);
        return true;
    }
    good = search_open_writer(cli->arena, access->site->dir, &search, err);
    while (good && more)
        good = search_follow(search, access->db, access->office, FOLLOW_ENTRIES, &more, err);
    if (good)
        search_close(search);
    site_lock_release(&lock);
    return good;
}

static bool search_agrees(Cli *cli, const Access *access, bool *ret_agrees, Err *err)
{
    Search *search;
    Str problem;
    bool read;
    if (!search_catch_up(cli, access, err) ||
        !search_open_reader(cli->arena, access->site->dir, &search, err))
        return false;
    read = search_verify(cli->arena, search, access->db, access->office, &problem, err);
    search_close(search);
    *ret_agrees = read && problem.n == 0;
    if (read && problem.n)
        cli_say(cli, MSG_cli_search_differs, problem, S(""), S(""));
    return read;
}

/* Below all that is said in it: every page of the file, every index. */
static bool file_is_sound(Cli *cli, const Access *access, bool *ret_sound, Err *err)
{
    Str problem;
    if (!db_integrity_check(cli->arena, access->db, &problem, err))
        return false;
    *ret_sound = problem.n == 0;
    if (problem.n)
        cli_say(cli, MSG_cli_file_damaged, problem, S(""), S(""));
    return true;
}

static bool verify_journal(Cli *cli, const Access *access, bool *ret_agrees, Err *err)
{
    AuditSource source = audit_source(cli, access->site, access->db);
    AuditReport report;
    if (!audit_verify(cli->arena, &source, &report, err))
        return false;
    audit_text(cli, &report);
    *ret_agrees = report.findings.n == 0;
    return true;
}

/* The search index is read with the office: not before its rows are known to be good. */
static bool verify_search(Cli *cli, Access *access, bool *ret_agrees, Err *err)
{
    return office_load(access->db, NULL, &access->office, err) &&
           search_agrees(cli, access, ret_agrees, err);
}

static bool verify_run(Cli *cli, Str dir, bool with_search, bool *ret_agrees, Err *err)
{
    Access access = {0};
    bool sound = true, found = true;
    bool good = site_open_audit(dir, &access.site, err) &&
                site_reader(cli->arena, access.site, &access.db, err) &&
                verify_journal(cli, &access, ret_agrees, err) &&
                file_is_sound(cli, &access, &sound, err);
    if (good && *ret_agrees && with_search)
        good = verify_search(cli, &access, &found, err);
    *ret_agrees = *ret_agrees && sound && found;
    access_close(&access);
    return good;
}

int command_verify(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    bool with_search = false, agrees = true;
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(FLAG, "search", &with_search, none, cli_option_search),
        OPTION_END,
    };
    const Usage usage = {"verify --site DIR [--search]", MSG_cli_verify_about, options, 0, 0};
    StrVec words;
    Err err = {0};
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!verify_run(cli, dir, with_search, &agrees, &err))
        return cli_fail(cli, &err);
    if (agrees)
        cli_say(cli, MSG_cli_verify_good, S(""), S(""), S(""));
    else
        cli_note(cli, MSG_cli_verify_wrong, dir, S(""), S(""));
    return agrees ? 0 : err_exit_code(ERR_WRONG);
}
