/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/access.h"

#include "base/number.h"
#include "cli/control.h"
#include "cli/founding.h"
#include "org/session.h"

#include "query.h"

static bool access_office(Cli *cli, Access *access, Err *err)
{
    if (!site_reader(cli->arena, access->site, &access->db, err))
        return false;
    access->office = site_office(access->site);
    if (!access->office) {
        err_set(err, ERR_ENVIRONMENT, MSG_office_no_site);
        return err_hint(err, MSG_office_no_site_hint);
    }
    return demo_clock(cli->arena, access->site, access->db, err);
}

static bool access_finish(Cli *cli, Access *access, Access *ret_access, Err *err)
{
    if (!access_office(cli, access, err)) {
        access_close(access);
        return false;
    }
    *ret_access = *access;
    return true;
}

bool access_read(Cli *cli, Str dir, Access *ret_access, Err *err)
{
    Access access = {0};
    return site_open_reader(dir, &access.site, err) && access_finish(cli, &access, ret_access, err);
}

bool access_alone(Cli *cli, Str dir, Access *ret_access, Err *err)
{
    Access access = {0};
    return site_open(dir, &access.site, err) && access_finish(cli, &access, ret_access, err);
}

bool access_write(Cli *cli, Str dir, Access *ret_access, Err *err)
{
    Err locked = {0};
    if (access_alone(cli, dir, ret_access, &locked))
        return true;
    if (locked.code != ERR_UNAVAILABLE) {
        err_copy(cli->arena, err, &locked);
        return false;
    }
    if (!access_read(cli, dir, ret_access, err))
        return false;
    ret_access->served = true;
    return true;
}

void access_close(Access *access)
{
    office_drop(access->office);
    if (access->db)
        db_close(access->db);
    site_close(access->site);
    *access = (Access){0};
}

bool access_change(Cli *cli, Access *access, Change *change, ChangeResult *ret_result, Err *err)
{
    change->actor = cli_actor(cli->arena);
    change->version = -1;
    if (access->served)
        return control_change(cli, access->site->dir, change, ret_result, err);
    return site_change(access->site, cli->arena, change, ret_result, err);
}

bool access_password(Cli *cli, Access *access, int64_t account, Str password, Err *err)
{
    Change change = {.record = account, .move = S("password_set")};
    ChangeResult result;
    if (access->served)
        return control_password(cli, access->site->dir, account, password, err);
    return password_hash(cli->arena, password, &change.password, err) &&
           access_change(cli, access, &change, &result, err);
}

bool demo_clock(Arena *arena, Site *site, Db *db, Err *err)
{
    QSettingGet setting;
    QEntryLast last;
    bool found, has_last;
    int64_t begins = 0;
    if (!site->is_demo)
        return true;
    if (!q_setting_get(db, arena, S("demo_now"), &setting, &found, err) ||
        !q_entry_last(db, arena, &last, &has_last, err))
        return false;
    if (found && int_parse(setting.value, &begins))
        site->clock_offset = MAX(begins, has_last ? last.recorded_at : 0) - instant_now();
    return true;
}
