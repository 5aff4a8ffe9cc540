/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/options.h"

int command_version(Cli *cli, int argc, char **argv)
{
    const Option options[] = {OPTION_END};
    const Usage usage = {"version", MSG_cli_version_about, options, 0, 0};
    StrVec words;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    cli_print(S("tongxin " TONGXIN_VERSION "\n"));
    return 0;
}
