/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/founding.h"
#include "cli/new_site.h"
#include "cli/options.h"
#include "cli/profile_folder.h"

static bool init_run(Cli *cli, const Founding *founding, Err *err)
{
    Founding making = *founding;
    NewSite new;
    Site *site;
    if (!new_site_begin(cli->arena, founding->dir, &new, err))
        return false;
    making.dir = new.folder;
    if (site_found(cli, &making, &site, err)) {
        site_close(site);
        if (new_site_keep(cli->arena, &new, err))
            return true;
    }
    new_site_drop(cli->arena, &new);
    return false;
}

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
    Err err = {0};
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!profile_folder(cli, name, &founding.folder, &err) ||
        !profile_open_whole(cli, founding.folder, &founding.profile, &err) ||
        !init_run(cli, &founding, &err))
        return cli_fail(cli, &err);
    cli_say(cli, MSG_cli_init_done, founding.dir,
            label_text(founding.profile->label, cli->language), S(""));
    cli_say(cli, MSG_cli_init_next, founding.dir, S(""), S(""));
    return 0;
}
