/* SPDX-License-Identifier: Apache-2.0 */
/* Numeric targets beside what was reached. A profile of this release has none, so only the header
 * is printed. */
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/options.h"

enum { FORMAT_TEXT, FORMAT_TSV, FORMAT_JSON };

int command_targets(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    Day as_of = 0;
    int format = FORMAT_TEXT;
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(DAY, "as-of", &as_of, cli_word_date, cli_option_as_of),
        OPTION(CHOICE, "format", &format, none, cli_option_format, .choices = "text|tsv|json"),
        OPTION_END,
    };
    const Usage usage = {"targets --site DIR [--as-of DATE] [--format text|tsv|json]",
                         MSG_cli_targets_about, options, 0, 0};
    StrVec words;
    Access access;
    Err err = {0};
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!access_read(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    access_close(&access);
    if (format == FORMAT_JSON)
        cli_print(S("{\"targets\":[]}\n"));
    else if (format == FORMAT_TSV)
        cli_print(S("figure\tlabel\tcomparator\ttarget\tunit\tactual\tlight\n"));
    else
        cli_say(cli, MSG_cli_no_targets, S(""), S(""), S(""));
    return 0;
}
