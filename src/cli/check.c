/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/profile_folder.h"

int command_check(Cli *cli, int argc, char **argv)
{
    const Option options[] = {OPTION_END};
    const Usage usage = {"check PROFILE_DIR", MSG_cli_check_about, options, 1, 1};
    StrVec words;
    Str folder;
    const Profile *profile;
    Err err = {0};
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!profile_folder(cli, words.p[0], &folder, &err) ||
        !profile_open_whole(cli, folder, &profile, &err))
        return cli_fail(cli, &err);
    cli_say(cli, MSG_cli_check_good, label_text(profile->label, cli->language),
            STR(cli->arena, profile->n_kinds), STR(cli->arena, profile->n_figures));
    return 0;
}
