/* SPDX-License-Identifier: Apache-2.0 */
/* commands.h - the commands, each in the file that its name says. */
#ifndef TONGXIN_CLI_COMMANDS_H
#define TONGXIN_CLI_COMMANDS_H

#include "cli/cli.h"

/* All are a CommandRun (cli.h): argv[0] is the command's own name; the result is the exit code.
 * What each does is said in locale/cli.tsv under cli_<name>_about. */
int command_backup(Cli *cli, int argc, char **argv);
int command_briefing(Cli *cli, int argc, char **argv);
int command_calendar(Cli *cli, int argc, char **argv);
int command_check(Cli *cli, int argc, char **argv);
int command_demo(Cli *cli, int argc, char **argv);
int command_export(Cli *cli, int argc, char **argv);
int command_figures(Cli *cli, int argc, char **argv);
int command_help(Cli *cli, int argc, char **argv);
int command_import(Cli *cli, int argc, char **argv);
int command_init(Cli *cli, int argc, char **argv);
int command_profile(Cli *cli, int argc, char **argv);
int command_rebuild(Cli *cli, int argc, char **argv);
int command_restore(Cli *cli, int argc, char **argv);
int command_routes(Cli *cli, int argc, char **argv);
int command_serve(Cli *cli, int argc, char **argv);
int command_targets(Cli *cli, int argc, char **argv);
int command_trace(Cli *cli, int argc, char **argv);
int command_user(Cli *cli, int argc, char **argv);
int command_verify(Cli *cli, int argc, char **argv);
int command_version(Cli *cli, int argc, char **argv);
int command_void(Cli *cli, int argc, char **argv);

#endif
