/* SPDX-License-Identifier: Apache-2.0 */
/* cli.h - one run of the program: its language, its words on the terminal, its exit code.
 *
 * A command is one function in one file; main.c is the table of them. What a command was asked for
 * goes to standard output, everything else (errors, progress, hints) to standard error.
 * Exit codes: 0 done, 1 found something wrong, 2 wrong usage, 3 environment (disk, database, port).
 */
#ifndef TONGXIN_CLI_H
#define TONGXIN_CLI_H

#include "base/err.h"
#include "base/message.h"

typedef struct Cli {
    Arena *arena; /* of the whole run */
    Language language;
    const char *command; /* name of the one that runs */
    int exit;            /* what options_parse decided when it returned false */
} Cli;

typedef int (*CommandRun)(Cli *cli, int argc, char **argv);

typedef struct Command {
    const char *name;
    MessageId summary; /* one line for the list */
    CommandRun run;    /* argv[0] is the command's own name; returns the exit code */
} Command;

/* The table of main.c, for help. */
extern const Command commands[];
extern const size_t command_count;
/* The command of that name, or NULL. */
const Command *command_find(const char *name);

/* TONGXIN_LANG (zh or en), else LC_ALL, LC_MESSAGES or LANG that starts with zh; else English. */
Language cli_language(void);

/* To standard output. */
void cli_print(Str text);
/* A sentence and its arguments, with a line end; to standard output or standard error. */
void cli_say(Cli *cli, MessageId id, Str a, Str b, Str c);
void cli_note(Cli *cli, MessageId id, Str a, Str b, Str c);
/* The error, its wrong fields and its hint on standard error; returns its exit code. */
int cli_fail(Cli *cli, const Err *err);
/* Flushes standard output; 3 when it could not be written (a full disk), else `code`. */
int cli_end(int code);

/* A bar on standard error when that is a terminal; nothing otherwise. `total` 0 or done == total
 * ends it. Matches AuditProgress with the Cli as context. */
void cli_progress(void *cli, int64_t done, int64_t total);

#endif
