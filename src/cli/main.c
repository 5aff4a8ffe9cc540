/* SPDX-License-Identifier: Apache-2.0 */
/* The program: a table of commands. */
#include <signal.h>
#include <stdio.h>

#include "cli/commands.h"
#include "cli/options.h"

const Command commands[] = {
    {"init", MSG_cli_init_summary, command_init},
    {"demo", MSG_cli_demo_summary, command_demo},
    {"serve", MSG_cli_serve_summary, command_serve},
    {"check", MSG_cli_check_summary, command_check},
    {"profile", MSG_cli_profile_summary, command_profile},
    {"figures", MSG_cli_figures_summary, command_figures},
    {"targets", MSG_cli_targets_summary, command_targets},
    {"trace", MSG_cli_trace_summary, command_trace},
    {"briefing", MSG_cli_briefing_summary, command_briefing},
    {"void", MSG_cli_void_summary, command_void},
    {"export", MSG_cli_export_summary, command_export},
    {"import", MSG_cli_import_summary, command_import},
    {"calendar", MSG_cli_calendar_summary, command_calendar},
    {"user", MSG_cli_user_summary, command_user},
    {"verify", MSG_cli_verify_summary, command_verify},
    {"rebuild", MSG_cli_rebuild_summary, command_rebuild},
    {"backup", MSG_cli_backup_summary, command_backup},
    {"restore", MSG_cli_restore_summary, command_restore},
    {"routes", MSG_cli_routes_summary, command_routes},
    {"version", MSG_cli_version_summary, command_version},
    {"help", MSG_cli_help_summary, command_help},
};
const size_t command_count = COUNT_OF(commands);

const Command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (str_eq(str_from_c(commands[i].name), str_from_c(name)))
            return &commands[i];
    return NULL;
}

/* "--help" and "--version" are understood as commands too. */
static const Command *command_named(const char *name)
{
    Str text = str_from_c(name);
    if (str_eq(text, S("--version")) || str_eq(text, S("-V")))
        return command_find("version");
    if (str_eq(text, S("--help")) || str_eq(text, S("-h")))
        return command_find("help");
    return command_find(name);
}

static int command_unknown(Cli *cli, const char *name)
{
    Buf names = buf_open(cli->arena);
    for (size_t i = 0; i < command_count; i++)
        TEXT(&names, i ? " " : "", commands[i].name);
    if (name)
        cli_note(cli, MSG_cli_no_such_command, str_from_c(name), S(""), S(""));
    else
        cli_note(cli, MSG_cli_no_command, S(""), S(""), S(""));
    cli_note(cli, MSG_cli_commands_are, buf_str(&names), S(""), S(""));
    return err_exit_code(ERR_USAGE);
}

int main(int argc, char **argv)
{
    Cli cli = {.arena = arena_open(), .language = cli_language()};
    const Command *command = argc > 1 ? command_named(argv[1]) : NULL;
    int code;
    /* A reader that went away is an error of writing, not the end of the program. */
    (void)signal(SIGPIPE, SIG_IGN);
    if (command) {
        cli.command = command->name;
        code = cli_end(command->run(&cli, argc - 1, argv + 1));
    } else {
        code = command_unknown(&cli, argc > 1 ? argv[1] : NULL);
    }
    arena_close(cli.arena);
    return code;
}
