/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - a command's options as a table (after git's parse-options).
 *
 *     const Option options[] = {
 *         OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
 *         OPTION_END,
 *     };
 *
 * The same table reads the command line and writes the help. "--name VALUE", "--name=VALUE" and "-o
 * VALUE" are understood; "--" ends the options; --help prints the help. The first mistake is named
 * with what was expected and ends the command with exit code 2.
 */
#ifndef TONGXIN_CLI_OPTIONS_H
#define TONGXIN_CLI_OPTIONS_H

#include "base/moment.h"
#include "base/vec.h"
#include "cli/cli.h"

typedef enum OptionType {
    OPTION_TYPE_TEXT,    /* Str; not empty */
    OPTION_TYPE_TEXTS,   /* StrVec; may be given several times */
    OPTION_TYPE_FLAG,    /* bool */
    OPTION_TYPE_INT,     /* int64_t, 0 to 10,000,000 */
    OPTION_TYPE_DAY,     /* Day */
    OPTION_TYPE_INSTANT, /* Instant */
    OPTION_TYPE_CHOICE   /* int: place in `choices` */
} OptionType;

typedef struct Option {
    const char *name; /* without the hyphens; NULL ends the table */
    char letter;      /* "-o"; 0: none */
    OptionType type;
    void *value;
    MessageId word; /* what stands for the value in help: DIR; MSG_none for flags */
    MessageId help;
    const char *choices; /* "text|tsv|json" */
    bool required;
} Option;

#define OPTION(type_, name_, value_, word_, help_, ...)                                       \
    {                                                                                         \
        .name = (name_), .type = OPTION_TYPE_##type_, .value = (value_), .word = MSG_##word_, \
        .help = MSG_##help_, __VA_ARGS__                                                      \
    }
#define OPTION_END   \
    {                \
        .name = NULL \
    }

typedef struct Usage {
    const char *synopsis; /* what follows "tongxin "; several lines are several actions, named by
                           * their second word, and the first word given is one of them */
    MessageId about;      /* a paragraph */
    const Option *options;
    size_t least, most; /* words that are no options */
} Usage;

/* Fills the options' values and the words. False: the run is over, cli->exit says how (0 after
 * --help, 2 after a mistake that has been named on standard error). */
bool options_parse(Cli *cli, const Usage *usage, int argc, char **argv, StrVec *ret_words);

/* Names a mistake of usage on standard error; returns 2. */
int usage_wrong(Cli *cli, MessageId id, Str a, Str b);

#endif
