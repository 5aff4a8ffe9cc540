/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/options.h"

#define NAME_COLUMN 10

static void help_list(Cli *cli)
{
    Buf buf = buf_open(cli->arena);
    TEXT(&buf, message(MSG_cli_what_it_is, cli->language), "\n\n", "tongxin COMMAND …\n\n");
    for (size_t i = 0; i < command_count; i++) {
        Str name = str_from_c(commands[i].name);
        TEXT(&buf, "  ", name);
        for (size_t n = name.n; n < NAME_COLUMN; n++)
            buf_byte(&buf, ' ');
        TEXT(&buf, message(commands[i].summary, cli->language), "\n");
    }
    TEXT(&buf, "\n", message(MSG_cli_help_more, cli->language), "\n");
    cli_print(buf_str(&buf));
}

int command_help(Cli *cli, int argc, char **argv)
{
    const Option options[] = {OPTION_END};
    const Usage usage = {"help [COMMAND]", MSG_cli_help_about, options, 0, 1};
    StrVec words;
    const Command *command;
    char *help[] = {NULL, (char[]){"--help"}, NULL};
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (words.n == 0) {
        help_list(cli);
        return 0;
    }
    command = command_find(str_c(cli->arena, words.p[0]));
    if (!command)
        return usage_wrong(cli, MSG_cli_no_such_command, words.p[0], S(""));
    cli->command = command->name;
    help[0] = (char *)(uintptr_t)command->name;
    return command->run(cli, 2, help);
}
