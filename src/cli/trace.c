/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/period.h"
#include "record/list.h"

#define PAGE 200

static void record_line(Buf *buf, const Record *record)
{
    Str number = values_text(&record->values, S("number"));
    if (number.n)
        TEXT(buf, number, "\n");
    else
        TEXT(buf, "#", record->id, "\n");
}

static bool trace_write(const Access *access, ListQuery *list, Err *err)
{
    Arena *arena = arena_open();
    bool good = true;
    do {
        ListPage page;
        Buf buf = buf_open(arena);
        good = record_list(arena, access->db, &access->office->orgs, list, &page, err);
        for (size_t i = 0; good && i < page.n; i++)
            record_line(&buf, &page.records[i]);
        cli_print(buf_str(&buf));
        list->after = good ? page.next : S("");
    } while (good && list->after.n);
    arena_close(arena);
    return good;
}

static bool trace_run(Cli *cli, const Access *access, Str name, const Period *period,
                      bool denominator, Err *err)
{
    const Figure *figure = profile_figure(access->office->profile, name);
    Selection selection;
    FigureQuery query;
    ListQuery list = {.everything = true,
                      .order = LIST_OLDEST,
                      .limit = PAGE,
                      .now = site_now(access->site),
                      .selection = &selection};
    if (!figure)
        return err_set(err, ERR_NOT_FOUND, MSG_cli_no_figure, name);
    if (denominator && !indicator_has_whole(figure->of))
        return err_set(err, ERR_USAGE, MSG_cli_no_denominator, name);
    if (!period_query(access, period, figure, &query, err) ||
        !figure_selection(cli->arena, access->office, &query, denominator, &selection, err))
        return false;
    list.kind = selection.kind;
    if (!trace_write(access, &list, err))
        return false;
    if (denominator || !figure_openings(cli->arena, access->office, &query, &selection))
        return true;
    list.kind = selection.kind;
    list.after = S("");
    return trace_write(access, &list, err);
}

int command_trace(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    Period period = {0};
    bool denominator = false;
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(TEXT, "org", &period.org, cli_word_code, cli_option_org),
        OPTION(DAY, "from", &period.from, cli_word_date, cli_option_from),
        OPTION(DAY, "to", &period.to, cli_word_date, cli_option_to),
        OPTION(FLAG, "denominator", &denominator, none, cli_option_denominator),
        OPTION_END,
    };
    const Usage usage = {
        "trace --site DIR FIGURE [--org CODE] [--from DATE] [--to DATE] [--denominator]",
        MSG_cli_trace_about, options, 1, 1};
    StrVec words;
    Access access;
    Err err = {0};
    bool traced;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!access_read(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    traced = trace_run(cli, &access, words.p[0], &period, denominator, &err);
    access_close(&access);
    return traced ? 0 : cli_fail(cli, &err);
}
