/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/founding.h"
#include "cli/options.h"
#include "cli/profile_folder.h"

int command_init(Cli *cli, int argc, char **argv)
{
    Founding founding = {0};
    Str name = {0};
    const Option options[] = {
        OPTION(TEXT, "site", &founding.dir, cli_word_dir, cli_option_new_site, .required = true),
        OPTION(TEXT, "profile", &name, cli_word_profile, cli_option_profile, .required = true),
        OPTION_END,
    };
    const Usage usage = {"init --site DIR --profile NAME|DIR", MSG_cli_init_about, options, 0, 0};
    StrVec words;
    Site *site;
    Err err = {0};
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!profile_folder(cli, name, &founding.folder, &err) ||
        !profile_open(cli, founding.folder, &founding.profile, &err) ||
        !site_found(cli, &founding, &site, &err))
        return cli_fail(cli, &err);
    site_close(site);
    cli_say(cli, MSG_cli_init_done, founding.dir,
            label_text(founding.profile->label, cli->language), S(""));
    cli_say(cli, MSG_cli_init_next, founding.dir, S(""), S(""));
    return 0;
}
