/* SPDX-License-Identifier: Apache-2.0 */
/* Numeric targets beside what was reached. */
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "report/plan.h"
#include "write/json.h"

enum { FORMAT_TEXT, FORMAT_TSV, FORMAT_JSON };

static void write_tsv(Cli *cli, Buf *buf, const PlanTarget *target)
{
    const Figure *figure = target->figure;
    TEXT(buf, figure->name, "\t", label_text(figure->label, cli->language), "\t",
         comparator_mark(target->comparator), "\t", target_number(cli->arena, target), "\t",
         label_text(figure->unit, cli->language), "\t",
         figure_number(cli->arena, figure, &target->actual), "\t", progress_word(target->light),
         "\n");
}

static void write_text(Cli *cli, Buf *buf, const PlanTarget *target)
{
    const Figure *figure = target->figure;
    TEXT(buf, figure->name, ": ", label_text(figure->label, cli->language), " ",
         comparator_mark(target->comparator), " ", target_number(cli->arena, target), " ",
         label_text(figure->unit, cli->language), ", ",
         figure_text(cli->arena, figure, &target->actual, cli->language), " (",
         figure_period_text(cli->arena, target->from, target->to, cli->language), ", ",
         progress_word(target->light), ")\n");
}

static void write_json(Cli *cli, Json *json, const PlanTarget *target)
{
    const Figure *figure = target->figure;
    json_object_begin(json);
    json_field_str(json, S("figure"), figure->name);
    json_field_str(json, S("label"), label_text(figure->label, cli->language));
    json_field_str(json, S("comparator"), comparator_mark(target->comparator));
    json_field_str(json, S("target"), target_number(cli->arena, target));
    json_field_str(json, S("unit"), label_text(figure->unit, cli->language));
    json_field_str(json, S("actual"), figure_number(cli->arena, figure, &target->actual));
    json_field_str(json, S("light"), progress_word(target->light));
    json_field_day(json, S("from"), target->from);
    json_field_day(json, S("to"), target->to);
    json_object_end(json);
}

static void write_one(Cli *cli, Buf *buf, Json *json, const PlanTarget *target, int format)
{
    if (!target->figure || target->comparator == COMPARE__COUNT)
        return;
    if (format == FORMAT_JSON)
        write_json(cli, json, target);
    else if (format == FORMAT_TSV)
        write_tsv(cli, buf, target);
    else
        write_text(cli, buf, target);
}

static size_t write_all(Cli *cli, Buf *buf, Json *json, const PlanTrees *plans, int format)
{
    size_t count = 0;
    for (size_t i = 0; i < plans->n; i++)
        for (size_t j = 0; j < plans->p[i].rows.n; j++) {
            const PlanTargets *targets = &plans->p[i].rows.p[j].targets;
            for (size_t k = 0; k < targets->n; k++, count++)
                write_one(cli, buf, json, &targets->p[k], format);
        }
    return count;
}

static void targets_write(Cli *cli, const PlanTrees *plans, int format)
{
    Buf buf = buf_open(cli->arena);
    Json json = json_open(&buf);
    size_t count;
    if (format == FORMAT_TSV)
        buf_add(&buf, S("figure\tlabel\tcomparator\ttarget\tunit\tactual\tlight\n"));
    if (format == FORMAT_JSON) {
        json_object_begin(&json);
        json_field_array_begin(&json, S("targets"));
    }
    count = write_all(cli, &buf, &json, plans, format);
    if (format == FORMAT_JSON) {
        json_array_end(&json);
        json_object_end(&json);
        buf_byte(&buf, '\n');
    }
    if (format == FORMAT_TEXT && count == 0)
        cli_say(cli, MSG_cli_no_targets, S(""), S(""), S(""));
    else
        cli_print(buf_str(&buf));
}

int command_targets(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    PlanAsk ask = {0};
    int format = FORMAT_TEXT;
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(DAY, "as-of", &ask.as_of, cli_word_date, cli_option_as_of),
        OPTION(CHOICE, "format", &format, none, cli_option_format, .choices = "text|tsv|json"),
        OPTION_END,
    };
    const Usage usage = {"targets --site DIR [--as-of DATE] [--format text|tsv|json]",
                         MSG_cli_targets_about, options, 0, 0};
    StrVec words;
    Access access;
    PlanTrees plans;
    Err err = {0};
    bool read;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!access_read(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    if (!ask.as_of)
        ask.as_of = day_of(site_now(access.site));
    read = plans_read(cli->arena, access.db, access.office, &ask, &plans, &err);
    if (read)
        targets_write(cli, &plans, format);
    access_close(&access);
    return read ? 0 : cli_fail(cli, &err);
}
