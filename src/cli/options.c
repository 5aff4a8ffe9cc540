/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include "base/number.h"
#include "base/utf8.h"

#define OPTION_INT_MAX 10000000
#define HELP_COLUMN    26

typedef struct Parse {
    Cli *cli;
    const Usage *usage;
    int argc;
    char **argv;
    int at;
    uint64_t given; /* bits by place in the table */
} Parse;

int usage_wrong(Cli *cli, MessageId id, Str a, Str b)
{
    cli_note(cli, id, a, b, S(""));
    cli_note(cli, MSG_cli_see_help, str_from_c(cli->command), S(""), S(""));
    cli->exit = err_exit_code(ERR_USAGE);
    return cli->exit;
}

static bool wrong(Parse *parse, MessageId id, Str a, Str b)
{
    (void)usage_wrong(parse->cli, id, a, b);
    return false;
}

/* ---- help ---- */

/* Chinese characters are two columns wide on a terminal. */
static size_t columns_of(Str text)
{
    size_t columns = 0;
    uint32_t point;
    while (utf8_next(&text, &point))
        columns += point >= 0x2E80 ? 2 : 1;
    return columns;
}

static void help_option(Cli *cli, Buf *buf, const Option *option)
{
    Buf left = buf_open(cli->arena);
    Str letter = {&option->letter, 1};
    Str word = option->word ? message(option->word, cli->language) : S("");
    if (option->letter)
        TEXT(&left, "  -", letter, ", --", option->name);
    else
        TEXT(&left, "      --", option->name);
    if (option->choices)
        TEXT(&left, " ", option->choices);
    else if (word.n)
        TEXT(&left, " ", word);
    buf_add(buf, buf_str(&left));
    for (size_t n = columns_of(buf_str(&left)); n < HELP_COLUMN; n++)
        buf_byte(buf, ' ');
    TEXT(buf, "  ", message(option->help, cli->language), "\n");
}

static void help_write(Cli *cli, const Usage *usage)
{
    Buf buf = buf_open(cli->arena);
    Str rest = str_from_c(usage->synopsis), line;
    while (str_next(&rest, '\n', &line))
        TEXT(&buf, "tongxin ", line, "\n");
    TEXT(&buf, "\n", message(usage->about, cli->language), "\n");
    if (usage->options->name)
        TEXT(&buf, "\n", message(MSG_cli_options, cli->language), "\n");
    for (const Option *option = usage->options; option->name; option++)
        help_option(cli, &buf, option);
    TEXT(&buf, "\n", message(MSG_cli_exit_codes, cli->language), "\n");
    cli_print(buf_str(&buf));
}

/* ---- reading ---- */

static bool choice_take(const Option *option, Str text)
{
    Str rest = str_from_c(option->choices), choice;
    for (int i = 0; str_next(&rest, '|', &choice); i++)
        if (str_eq(choice, text)) {
            *(int *)option->value = i;
            return true;
        }
    return false;
}

static bool int_take(const Option *option, Str text)
{
    return int_parse(text, option->value) && *(int64_t *)option->value >= 0 &&
           *(int64_t *)option->value <= OPTION_INT_MAX;
}

static bool value_take(Parse *parse, const Option *option, Str text)
{
    switch (option->type) {
    case OPTION_TYPE_TEXT:
        *(Str *)option->value = text;
        return text.n > 0;
    case OPTION_TYPE_TEXTS:
        *vec_push(parse->cli->arena, (StrVec *)option->value) = text;
        return text.n > 0;
    case OPTION_TYPE_INT:
        return int_take(option, text);
    case OPTION_TYPE_DAY:
        return day_parse(text, option->value);
    case OPTION_TYPE_INSTANT:
        return instant_parse(text, option->value);
    case OPTION_TYPE_CHOICE:
        return choice_take(option, text);
    case OPTION_TYPE_FLAG:
        break;
    }
    return false;
}

static bool option_take(Parse *parse, const Option *option, Str value, bool has_value)
{
    Str name = STR(parse->cli->arena, "--", option->name);
    parse->given |= UINT64_C(1) << (option - parse->usage->options);
    if (option->type == OPTION_TYPE_FLAG) {
        *(bool *)option->value = true;
        return !has_value || wrong(parse, MSG_cli_option_no_value, name, S(""));
    }
    if (!has_value) {
        if (parse->at + 1 >= parse->argc)
            return wrong(parse, MSG_cli_option_value_missing, name, S(""));
        value = str_from_c(parse->argv[++parse->at]);
    }
    if (utf8_check(value) != value.n || !value_take(parse, option, value))
        return wrong(parse, MSG_cli_option_value_wrong, name, value);
    return true;
}

static const Option *option_find(const Usage *usage, Str name)
{
    for (const Option *option = usage->options; option->name; option++)
        if (str_eq(str_from_c(option->name), name))
            return option;
    return NULL;
}

static const Option *option_of_letter(const Usage *usage, char letter)
{
    for (const Option *option = usage->options; option->name; option++)
        if (option->letter && option->letter == letter)
            return option;
    return NULL;
}

static bool argument_take(Parse *parse, Str text, StrVec *words)
{
    size_t equals = str_find(text, S("="), 0);
    const Option *option = NULL;
    Str name = str_slice(text, 2, MIN(equals, text.n));
    if (!str_starts(text, S("-")) || text.n == 1) {
        *vec_push(parse->cli->arena, words) = text;
        return true;
    }
    if (str_starts(text, S("--")))
        option = option_find(parse->usage, name);
    else if (text.n == 2)
        option = option_of_letter(parse->usage, text.p[1]);
    if (!option)
        return wrong(parse, MSG_cli_option_unknown, text, S(""));
    if (str_starts(text, S("--")) && equals != SIZE_MAX)
        return option_take(parse, option, str_slice(text, equals + 1, text.n), true);
    return option_take(parse, option, S(""), false);
}

/* Several ways are several actions: the second word of each line. */
static bool action_named(Parse *parse, const StrVec *words)
{
    Str rest = str_from_c(parse->usage->synopsis), line, word;
    Buf names = buf_open(parse->cli->arena);
    if (!str_has(rest, S("\n")))
        return true;
    while (str_next(&rest, '\n', &line)) {
        (void)str_next(&line, ' ', &word);
        (void)str_next(&line, ' ', &word);
        if (words->n > 0 && str_eq(word, words->p[0]))
            return true;
        TEXT(&names, names.n > 0 ? " " : "", word);
    }
    if (words->n == 0)
        return wrong(parse, MSG_cli_action_missing, buf_str(&names), S(""));
    return wrong(parse, MSG_cli_no_action, words->p[0], buf_str(&names));
}

static bool all_given(Parse *parse, const StrVec *words)
{
    const Usage *usage = parse->usage;
    if (!action_named(parse, words))
        return false;
    for (const Option *option = usage->options; option->name; option++)
        if (option->required && !(parse->given >> (option - usage->options) & 1))
            return wrong(parse, MSG_cli_option_missing, STR(parse->cli->arena, "--", option->name),
                         S(""));
    if (words->n < usage->least)
        return wrong(parse, MSG_cli_words_few, S(""), S(""));
    if (words->n > usage->most)
        return wrong(parse, MSG_cli_words_many, words->p[usage->most], S(""));
    return true;
}

bool options_parse(Cli *cli, const Usage *usage, int argc, char **argv, StrVec *ret_words)
{
    Parse parse = {.cli = cli, .usage = usage, .argc = argc, .argv = argv, .at = 1};
    StrVec words = {0};
    bool ended = false;
    for (; parse.at < argc; parse.at++) {
        Str text = str_from_c(argv[parse.at]);
        if (!ended && (str_eq(text, S("--help")) || str_eq(text, S("-h")))) {
            help_write(cli, usage);
            cli->exit = 0;
            return false;
        }
        if (!ended && str_eq(text, S("--")))
            ended = true;
        else if (ended)
            *vec_push(cli->arena, &words) = text;
        else if (!argument_take(&parse, text, &words))
            return false;
    }
    if (!all_given(&parse, &words))
        return false;
    *ret_words = words;
    return true;
}
