/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/founding.h"
#include "cli/options.h"
#include "view/list_view.h"

/* What the columns of "a.csv" mean is in "a-definitions.csv": a JSON file says it itself. */
static bool write_definitions(Cli *cli, const Visit *visit, const Kind *kind, Str path, Err *err)
{
    if (!str_ends(path, S(".csv")))
        return true;
    return file_write(cli->arena,
                      STR(cli->arena, str_slice(path, 0, path.n - 4), "-definitions.csv"),
                      list_definitions(visit, kind), err);
}

/* The sheet of the list as whoever owns the folder sees it: everything but contacts. */
static bool export_run(Cli *cli, const Access *access, Str kind_name, Str path, Err *err)
{
    Visit visit = {.arena = cli->arena,
                   .site = access->site,
                   .office = access->office,
                   .db = access->db,
                   .actor = cli_actor(cli->arena),
                   .language = cli->language,
                   .now = site_now(access->site),
                   .names = map_open(cli->arena)};
    ListQuery list = {.kind = profile_kind(access->office->profile, kind_name),
                      .everything = true,
                      .order = LIST_OLDEST,
                      .now = visit.now};
    SheetAsk ask = {.format = str_ends(path, S(".json")) ? TABLE_JSON : TABLE_CSV};
    uint64_t size;
    Str bytes;
    if (!list.kind || !list.kind->flow)
        return err_set(err, ERR_NOT_FOUND, MSG_no_such_kind, kind_name);
    if (str_ends(path, S(".xlsx")))
        return list_workbook(&visit, &list, 0, &bytes, err) &&
               file_write(cli->arena, path, bytes, err);
    if (!file_create(cli->arena, path, &ask.file, err))
        return false;
    if (list_sheet(&visit, &list, &ask, &size, err))
        return file_finish(ask.file, path, err) &&
               write_definitions(cli, &visit, list.kind, path, err);
    file_abandon(ask.file);
    return false;
}

int command_export(Cli *cli, int argc, char **argv)
{
    Str dir = {0}, file = S("-");
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(TEXT, "out", &file, cli_word_file, cli_option_out, .letter = 'o'),
        OPTION_END,
    };
    const Usage usage = {"export --site DIR KIND [-o FILE.csv|.xlsx|.json]", MSG_cli_export_about,
                         options, 1, 1};
    StrVec words;
    Access access;
    Err err = {0};
    bool done;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!access_read(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    done = export_run(cli, &access, words.p[0], file, &err);
    access_close(&access);
    return done ? 0 : cli_fail(cli, &err);
}
