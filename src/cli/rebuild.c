/* SPDX-License-Identifier: Apache-2.0 */
#include "audit/audit.h"
#include "cli/access.h"
#include "cli/audit_text.h"
#include "cli/commands.h"
#include "cli/options.h"

/* Not through the writer: it must neither run nor count while every folded table is replaced. */
static bool rebuild_locked(Cli *cli, Str dir, AuditReport *ret_report, Err *err)
{
    Site *site;
    Db *db;
    bool done;
    if (!site_open_audit(dir, &site, err))
        return false;
    done = db_open_writer(cli->arena, site->db_path, &db, err);
    if (done) {
        AuditSource source = audit_source(cli, site, db);
        done = db_migrate(db, err) && audit_rebuild(cli->arena, &source, ret_report, err);
        db_close(db);
    }
    site_close(site);
    return done;
}

static bool rebuild_run(Cli *cli, Str dir, AuditReport *ret_report, Err *err)
{
    SiteLock lock;
    Site *site;
    bool done;
    /* First that it is a site at all: taking the lock makes the lock file. */
    if (!site_open_audit(dir, &site, err))
        return false;
    site_close(site);
    if (!site_lock_take(dir, &lock, err))
        return false;
    if (!lock.held) {
        err_set(err, ERR_UNAVAILABLE, MSG_site_is_served, dir);
        return err_hint(err, MSG_db_site_locked_hint);
    }
    done = rebuild_locked(cli, dir, ret_report, err);
    site_lock_release(&lock);
    return done;
}

int command_rebuild(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION_END,
    };
    const Usage usage = {"rebuild --site DIR", MSG_cli_rebuild_about, options, 0, 0};
    StrVec words;
    AuditReport report;
    Err err = {0};
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!rebuild_run(cli, dir, &report, &err))
        return cli_fail(cli, &err);
    audit_text(cli, &report);
    return report.findings.n ? err_exit_code(ERR_WRONG) : 0;
}
