/* SPDX-License-Identifier: Apache-2.0 */
#include "report/briefing.h"
#include "cli/access.h"
#include "cli/briefing_page.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/options.h"

#include "query.h"

typedef struct Wanted {
    Str id; /* of a template, or the number of a published briefing */
    Day as_of;
    Str file;
} Wanted;

/* A template, filled with today's figures. */
static bool text_of_template(Cli *cli, const Access *access, const Wanted *wanted,
                             const BriefingTemplate *template, BriefingText *ret_text, Err *err)
{
    BriefingQuery query = {
        .template = template, .today = day_of(site_now(access->site)), .language = cli->language};
    BriefingDraft draft;
    Day as_of = wanted->as_of ? wanted->as_of : query.today;
    figure_period(template->period, as_of, &query.from, &query.to);
    query.to = MIN(query.to, as_of);
    if (!briefing_draft(cli->arena, access->db, access->office, &query, &draft, err))
        return false;
    for (size_t i = 0; i < draft.checks.n; i++)
        if (!draft.checks.p[i].passed)
            cli_note(cli, MSG_cli_said, draft.checks.p[i].sentence, S(""), S(""));
    *ret_text = draft.text;
    return true;
}

/* The latest edition, as it was frozen. */
static bool text_of_edition(Cli *cli, const Access *access, const Wanted *wanted,
                            BriefingText *ret_text, Err *err)
{
    Record record;
    QEditionList *rows;
    size_t count = 0;
    BriefingEdition edition;
    bool found;
    if (!record_find(cli->arena, access->db, wanted->id, &record, &found, err))
        return false;
    if (found && !q_edition_list_all(access->db, cli->arena, record.id, &rows, &count, err))
        return false;
    if (count == 0)
        return err_set(err, ERR_NOT_FOUND, MSG_cli_no_briefing, wanted->id);
    if (wanted->as_of)
        return err_set(err, ERR_USAGE, MSG_cli_briefing_frozen, wanted->id);
    if (!briefing_edition_parse(cli->arena, rows[count - 1].frozen, &edition, err))
        return false;
    *ret_text = edition.text[cli->language];
    return true;
}

static bool briefing_run(Cli *cli, const Access *access, const Wanted *wanted, Err *err)
{
    const BriefingTemplate *template = profile_briefing(access->office->profile, wanted->id);
    BriefingText text;
    if (template ? !text_of_template(cli, access, wanted, template, &text, err)
                 : !text_of_edition(cli, access, wanted, &text, err))
        return false;
    return file_write(cli->arena, wanted->file,
                      str_ends(wanted->file, S(".html"))
                          ? briefing_page(cli->arena, &text, cli->language)
                          : briefing_markdown(cli->arena, &text),
                      err);
}

int command_briefing(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    Wanted wanted = {.file = S("-")};
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(DAY, "as-of", &wanted.as_of, cli_word_date, cli_option_as_of),
        OPTION(TEXT, "out", &wanted.file, cli_word_file, cli_option_out, .letter = 'o'),
        OPTION_END,
    };
    const Usage usage = {"briefing --site DIR ID [--as-of DATE] [-o FILE.html|.md]",
                         MSG_cli_briefing_about, options, 1, 1};
    StrVec words;
    Access access;
    Err err = {0};
    bool done;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!str_eq(wanted.file, S("-")) && !str_ends(wanted.file, S(".html")) &&
        !str_ends(wanted.file, S(".md")))
        return usage_wrong(cli, MSG_cli_html_or_md, wanted.file, S(""));
    if (!access_read(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    wanted.id = words.p[0];
    done = briefing_run(cli, &access, &wanted, &err);
    access_close(&access);
    return done ? 0 : cli_fail(cli, &err);
}
