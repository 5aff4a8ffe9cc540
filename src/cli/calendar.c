/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/calendar.h"
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/founding.h"
#include "cli/options.h"
#include "record/list.h"

#define YEARS_MAX 200

/* The record of the year, or 0: an amended notice corrects it. */
static bool year_record(Cli *cli, const Access *access, int year, int64_t *ret_id, Err *err)
{
    ListQuery query = {.kind = profile_kind(access->office->profile, S("calendar_year")),
                       .everything = true,
                       .limit = YEARS_MAX,
                       .now = site_now(access->site)};
    ListPage page;
    *ret_id = 0;
    if (!record_list(cli->arena, access->db, &access->office->orgs, &query, &page, err))
        return false;
    for (size_t i = 0; i < page.n; i++)
        if (values_int(&page.records[i].values, S("year")) == year)
            *ret_id = page.records[i].id;
    return true;
}

static bool calendar_run(Cli *cli, Access *access, Str file, int *ret_year, Err *err)
{
    Arena *arena = cli->arena;
    Calendar *trial = calendar_open(arena);
    FormPair pairs[3];
    Change change = {.kind = S("calendar_year"), .move = S("load"), .form = {pairs, 3}};
    ChangeResult result;
    Str tsv;
    if (!file_read(arena, file, CALENDAR_FILE_MAX, &tsv, err) ||
        !calendar_add_year(trial, 0, file, tsv, err))
        return false;
    *ret_year = calendar_file_year(tsv);
    pairs[0] = (FormPair){S("title"), calendar_title(arena, *ret_year)};
    pairs[1] = (FormPair){S("tsv"), tsv};
    pairs[2] = (FormPair){S("year"), STR(arena, *ret_year)};
    if (!year_record(cli, access, *ret_year, &change.record, err))
        return false;
    if (change.record) {
        change.kind = S("");
        change.move = S("edit");
        change.form.n = 2;
    }
    return access_change(cli, access, &change, &result, err);
}

int command_calendar(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION_END,
    };
    const Usage usage = {"calendar --site DIR FILE", MSG_cli_calendar_about, options, 1, 1};
    StrVec words;
    Access access;
    Err err = {0};
    int year;
    bool done;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!access_write(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    done = calendar_run(cli, &access, words.p[0], &year, &err);
    access_close(&access);
    if (!done)
        return cli_fail(cli, &err);
    cli_say(cli, MSG_cli_calendar_loaded, STR(cli->arena, year), S(""), S(""));
    return 0;
}
