/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/period.h"
#include "view/figure_view.h"
#include "write/json.h"

enum { FORMAT_TEXT, FORMAT_TSV, FORMAT_CSV, FORMAT_JSON };

static void write_tsv(Cli *cli, Buf *buf, const FigureRow *line)
{
    const Figure *figure = line->figure;
    bool has_whole = indicator_has_whole(figure->of);
    TEXT(buf, figure->name, "\t", label_text(figure->label, cli->language), "\t",
         figure_number(cli->arena, figure, &line->value), "\t",
         label_text(figure->unit, cli->language), "\t");
    if (has_whole)
        buf_int(buf, line->value.numerator);
    buf_byte(buf, '\t');
    if (has_whole)
        buf_int(buf, line->value.denominator);
    buf_byte(buf, '\n');
}

static void write_text(Cli *cli, Buf *buf, const FigureRow *line)
{
    TEXT(buf, line->figure->name, ": ", label_text(line->figure->label, cli->language), " ",
         figure_text(cli->arena, line->figure, &line->value, cli->language), " (",
         figure_period_text(cli->arena, line->from, line->to, cli->language), ")\n");
}

/* What it must not be added to. */
static void write_overlaps(Json *json, const FigureRow *line)
{
    if (line->figure->subset_of)
        json_field_str(json, S("subset_of"), line->figure->subset_of->name);
    json_field_array_begin(json, S("overlaps"));
    for (size_t i = 0; i < line->n_overlaps; i++)
        json_str(json, line->overlaps[i]->name);
    json_array_end(json);
}

static void write_json_line(Cli *cli, Json *json, const FigureRow *line)
{
    const Figure *figure = line->figure;
    Str number = figure_number(cli->arena, figure, &line->value);
    json_object_begin(json);
    json_field_str(json, S("figure"), figure->name);
    json_field_str(json, S("label"), label_text(figure->label, cli->language));
    json_field_str(json, S("value"), number);
    json_field_str(json, S("unit"), label_text(figure->unit, cli->language));
    json_field_day(json, S("from"), line->from);
    json_field_day(json, S("to"), line->to);
    json_field_str(json, S("define"), label_text(figure->of->define, cli->language));
    if (indicator_has_whole(figure->of)) {
        json_field_int(json, S("numerator"), line->value.numerator);
        json_field_int(json, S("denominator"), line->value.denominator);
    }
    write_overlaps(json, line);
    json_object_end(json);
}

static bool figures_read(Cli *cli, const Access *access, const Period *period,
                         FigureRow **ret_lines, Err *err)
{
    const Profile *profile = access->office->profile;
    FigureRow *lines = NEW_ARRAY(cli->arena, FigureRow, profile->n_figures);
    for (size_t i = 0; i < profile->n_figures; i++) {
        FigureQuery query;
        const Org *org;
        lines[i].figure = &profile->figures[i];
        if (!period_query(access, period, lines[i].figure, &query, err) ||
            !figure_value(cli->arena, access->db, access->office, &query, &lines[i].value, err))
            return false;
        org = org_find(&access->office->orgs, query.org);
        lines[i].org = org ? org->code : S("");
        lines[i].from = query.from;
        lines[i].to = query.to;
        figure_row_overlaps(cli->arena, profile, &lines[i]);
    }
    *ret_lines = lines;
    return true;
}

static Str json_text(Cli *cli, const FigureRow *lines, size_t count)
{
    Buf buf = buf_open(cli->arena);
    Json json = json_open(&buf);
    json_object_begin(&json);
    json_field_array_begin(&json, S("figures"));
    for (size_t i = 0; i < count; i++)
        write_json_line(cli, &json, &lines[i]);
    json_array_end(&json);
    json_object_end(&json);
    buf_byte(&buf, '\n');
    return buf_str(&buf);
}

static void figures_write(Cli *cli, const FigureRow *lines, size_t count, int format)
{
    Buf buf = buf_open(cli->arena);
    if (format == FORMAT_CSV)
        buf_add(&buf, figures_table(cli->arena, cli->language, TABLE_CSV, lines, count));
    else if (format == FORMAT_JSON)
        buf_add(&buf, json_text(cli, lines, count));
    for (size_t i = 0; i < count && format <= FORMAT_TSV; i++)
        (format == FORMAT_TSV ? write_tsv : write_text)(cli, &buf, &lines[i]);
    cli_print(buf_str(&buf));
}

int command_figures(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    Period period = {0};
    int format = FORMAT_TEXT;
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(TEXT, "org", &period.org, cli_word_code, cli_option_org),
        OPTION(DAY, "from", &period.from, cli_word_date, cli_option_from),
        OPTION(DAY, "to", &period.to, cli_word_date, cli_option_to),
        OPTION(DAY, "as-of", &period.as_of, cli_word_date, cli_option_as_of),
        OPTION(CHOICE, "format", &format, none, cli_option_format, .choices = "text|tsv|csv|json"),
        OPTION_END,
    };
    const Usage usage = {"figures --site DIR [--org CODE] [--from DATE] [--to DATE] [--as-of DATE] "
                         "[--format text|tsv|csv|json]",
                         MSG_cli_figures_about, options, 0, 0};
    StrVec words;
    Access access;
    FigureRow *lines;
    Err err = {0};
    bool read;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!access_read(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    read = figures_read(cli, &access, &period, &lines, &err);
    if (read)
        figures_write(cli, lines, access.office->profile->n_figures, format);
    access_close(&access);
    return read ? 0 : cli_fail(cli, &err);
}
