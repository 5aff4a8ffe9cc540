/* SPDX-License-Identifier: Apache-2.0 */
#include "report/briefing.h"
#include "cli/access.h"
#include "cli/briefing_page.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/options.h"
#include "export/briefing_document.h"
#include "export/document.h"

#include "query.h"

typedef struct Printed {
    BriefingText text;
    BriefingFigures figures;
    Str number;      /* empty: of a template */
    int64_t edition; /* 0: a draft */
    Day day;         /* of the edition, or today */
} Printed;

typedef struct Wanted {
    Str id; /* of a template, or the number of a briefing */
    Day as_of;
    Str file;
} Wanted;

/* What was written, filled with the figures of now; what stands in its way goes to the notes. */
static bool text_of_query(Cli *cli, const Access *access, const BriefingQuery *query,
                          Printed *ret_printed, Err *err)
{
    BriefingDraft draft;
    if (!briefing_draft(cli->arena, access->db, access->office, query, &draft, err))
        return false;
    for (size_t i = 0; i < draft.checks.n; i++)
        if (!draft.checks.p[i].passed)
            cli_note(cli, MSG_cli_said, draft.checks.p[i].sentence, S(""), S(""));
    *ret_printed = (Printed){.text = draft.text, .figures = draft.figures, .day = query->today};
    return true;
}

static bool text_of_template(Cli *cli, const Access *access, const Wanted *wanted,
                             const BriefingTemplate *template, Printed *ret_printed, Err *err)
{
    BriefingQuery query = {
        .template = template, .today = day_of(site_now(access->site)), .language = cli->language};
    Day as_of = wanted->as_of ? wanted->as_of : query.today;
    figure_period(template->period, as_of, &query.from, &query.to);
    query.to = MIN(query.to, as_of);
    return text_of_query(cli, access, &query, ret_printed, err);
}

/* The newest edition as it was frozen. */
static bool text_of_edition(Cli *cli, const Wanted *wanted, const QEditionList *row,
                            Printed *ret_printed, Err *err)
{
    BriefingEdition edition;
    if (wanted->as_of)
        return err_set(err, ERR_USAGE, MSG_cli_briefing_frozen, wanted->id);
    if (!briefing_edition_parse(cli->arena, row->frozen, &edition, err))
        return false;
    *ret_printed = (Printed){.text = edition.text[cli->language],
                             .figures = edition.figures,
                             .number = wanted->id,
                             .edition = row->edition,
                             .day = edition.frozen_on};
    return true;
}

/* Of a record: the newest edition, or the draft when nothing was published yet. */
static bool text_of_record(Cli *cli, const Access *access, const Wanted *wanted,
                           Printed *ret_printed, Err *err)
{
    Record record;
    QEditionList *rows;
    size_t count = 0;
    BriefingQuery query;
    bool found;
    if (!record_find(cli->arena, access->db, wanted->id, &record, &found, err))
        return false;
    found = found && str_eq(values_text(&record.values, S("kind")), S("briefing"));
    if (found && !q_edition_list_all(access->db, cli->arena, record.id, &rows, &count, err))
        return false;
    if (count > 0)
        return text_of_edition(cli, wanted, &rows[0], ret_printed, err);
    if (!found || !briefing_query(access->office, &record.values, &query))
        return err_set(err, ERR_NOT_FOUND, MSG_cli_no_briefing, wanted->id);
    query.today = day_of(site_now(access->site));
    query.language = cli->language;
    if (wanted->as_of)
        query.to = MAX(query.from, MIN(query.to, wanted->as_of));
    if (!text_of_query(cli, access, &query, ret_printed, err))
        return false;
    ret_printed->number = wanted->id;
    return true;
}

/* What stands behind the last point of the file's name. */
static Str file_end(Str file)
{
    size_t at = file.n;
    while (at > 0 && file.p[at - 1] != '.')
        at--;
    return at > 0 ? str_slice(file, at, file.n) : (Str){0};
}

static bool make_document(Cli *cli, const Access *access, const Printed *printed,
                          DocumentFormat format, Str *ret_file, Err *err)
{
    BriefingPrint print = {.text = &printed->text,
                           .office = access->office->profile->office,
                           .number = printed->number,
                           .edition = printed->edition,
                           .day = printed->day,
                           .language = cli->language};
    Paper paper = briefing_document(cli->arena, &print);
    return document_make(cli->arena, &paper, format, ret_file, err);
}

static bool printed_file(Cli *cli, const Access *access, const Wanted *wanted,
                         const Printed *printed, Str *ret_file, Err *err)
{
    Buf buf = buf_open(cli->arena);
    Str end = file_end(wanted->file);
    DocumentFormat format;
    if (document_format_parse(end, &format))
        return make_document(cli, access, printed, format, ret_file, err);
    if (str_eq(end, S("html")))
        buf_add(&buf, briefing_page(cli->arena, &printed->text, cli->language));
    else if (str_eq(end, S("csv")))
        briefing_csv(&buf, access->office, &printed->text, &printed->figures, cli->language);
    else
        buf_add(&buf, briefing_markdown(cli->arena, &printed->text));
    *ret_file = buf_str(&buf);
    return true;
}

static bool is_file_known(Str file)
{
    static const Str ends[] = {S_CONST("html"), S_CONST("md"), S_CONST("csv")};
    Str end = file_end(file);
    DocumentFormat format;
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (str_eq(end, ends[i]))
            return true;
    return str_eq(file, S("-")) || document_format_parse(end, &format);
}

static bool briefing_run(Cli *cli, const Access *access, const Wanted *wanted, Err *err)
{
    const BriefingTemplate *template = profile_briefing(access->office->profile, wanted->id);
    Printed printed;
    Str file;
    if (template ? !text_of_template(cli, access, wanted, template, &printed, err)
                 : !text_of_record(cli, access, wanted, &printed, err))
        return false;
    return printed_file(cli, access, wanted, &printed, &file, err) &&
           file_write(cli->arena, wanted->file, file, err);
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
    const Usage usage = {"briefing --site DIR ID [--as-of DATE] [-o FILE.docx|.pdf|.html|.md|.csv]",
                         MSG_cli_briefing_about, options, 1, 1};
    StrVec words;
    Access access;
    Err err = {0};
    bool done;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!is_file_known(wanted.file))
        return usage_wrong(cli, MSG_cli_html_or_md, wanted.file, S(""));
    if (!access_read(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    wanted.id = words.p[0];
    done = briefing_run(cli, &access, &wanted, &err);
    access_close(&access);
    return done ? 0 : cli_fail(cli, &err);
}
