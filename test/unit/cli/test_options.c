/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include "cli_test.h"

typedef struct Given {
    Str site, out;
    Day from;
    int64_t number;
    bool flag;
    int format;
    StrVec several, words;
} Given;

/* Parses the arguments up to NULL. */
static bool parse(Cli *cli, Given *given, char **argv)
{
    const Option options[] = {
        OPTION(TEXT, "site", &given->site, cli_word_dir, cli_option_site, .required = true),
        OPTION(TEXT, "out", &given->out, cli_word_file, cli_option_out, .letter = 'o'),
        OPTION(DAY, "from", &given->from, cli_word_date, cli_option_from),
        OPTION(INT, "number", &given->number, cli_word_number, cli_option_records),
        OPTION(FLAG, "flag", &given->flag, none, cli_option_json),
        OPTION(CHOICE, "format", &given->format, none, cli_option_format,
               .choices = "text|tsv|json"),
        OPTION(TEXTS, "several", &given->several, cli_word_text, cli_option_grant),
        OPTION_END,
    };
    const Usage usage = {"test WORD", MSG_cli_void_about, options, 1, 2};
    int argc = 0;
    while (argv[argc])
        argc++;
    *given = (Given){0};
    cli->exit = -1;
    return options_parse(cli, &usage, argc, argv, &given->words);
}

#define ARGUMENTS(...) ((char *[]){(char[]){"test"}, __VA_ARGS__, NULL})
#define A(text)        ((char[]){text})

static Cli *cli_new(void **state)
{
    Cli *cli = *state;
    cli->command = "test";
    return cli;
}

static void everything_is_understood(void **state)
{
    Cli *cli = cli_new(state);
    Given given;
    assert_true(parse(cli, &given,
                      ARGUMENTS(A("--site"), A("a b"), A("word"), A("--from=2023-10-20"), A("-o"),
                                A("x.csv"), A("--flag"), A("--format"), A("json"), A("--number"),
                                A("12"), A("--several"), A("x"), A("--several=y"))));
    assert_str(given.site, S("a b"));
    assert_str(given.out, S("x.csv"));
    assert_str(day_text(cli->arena, given.from), S("2023-10-20"));
    assert_true(given.flag);
    assert_int_equal(given.format, 2);
    assert_int_equal(given.number, 12);
    assert_int_equal(given.several.n, 2);
    assert_int_equal(given.words.n, 1);
    assert_str(given.words.p[0], S("word"));
}

static void after_two_hyphens_everything_is_a_word(void **state)
{
    Given given;
    assert_true(parse(cli_new(state), &given,
                      ARGUMENTS(A("--site"), A("d"), A("--"), A("--flag"), A("-o"))));
    assert_false(given.flag);
    assert_int_equal(given.words.n, 2);
    assert_str(given.words.p[0], S("--flag"));
}

static void each_mistake_is_exit_code_2(void **state)
{
    char **wrong[] = {
        ARGUMENTS(A("word")),                                       /* --site is missing */
        ARGUMENTS(A("--site"), A("d")),                             /* a word is missing */
        ARGUMENTS(A("--site"), A("d"), A("a"), A("b"), A("c")),     /* one too many */
        ARGUMENTS(A("--site")),                                     /* no value */
        ARGUMENTS(A("--site"), A(""), A("word")),                   /* empty */
        ARGUMENTS(A("--site"), A("d"), A("word"), A("--unknown")),  /* unknown */
        ARGUMENTS(A("--site"), A("d"), A("word"), A("-x")),         /* unknown letter */
        ARGUMENTS(A("--site"), A("d"), A("word"), A("--flag=yes")), /* takes no value */
        ARGUMENTS(A("--site"), A("d"), A("word"), A("--from"), A("2023-02-30")),
        ARGUMENTS(A("--site"), A("d"), A("word"), A("--from"), A("")),
        ARGUMENTS(A("--site"), A("d"), A("word"), A("--format"), A("xml")),
        ARGUMENTS(A("--site"), A("d"), A("word"), A("--number"), A("-1")),
        ARGUMENTS(A("--site"), A("d"), A("word"), A("--number"), A("99999999999")),
        ARGUMENTS(A("--site"), A("\xff"), A("word")), /* not UTF-8 */
    };
    Cli *cli = cli_new(state);
    Given given;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        assert_false(parse(cli, &given, wrong[i]));
        assert_int_equal(cli->exit, 2);
    }
}

static void help_is_exit_code_0_whatever_is_missing(void **state)
{
    Cli *cli = cli_new(state);
    Given given;
    assert_false(parse(cli, &given, ARGUMENTS(A("--help"))));
    assert_int_equal(cli->exit, 0);
    assert_false(parse(cli, &given, ARGUMENTS(A("word"), A("-h"))));
    assert_int_equal(cli->exit, 0);
}

static void language_comes_from_the_surroundings(void **state)
{
    (void)state;
    setenv("LANG", "en_GB.UTF-8", 1);
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    unsetenv("TONGXIN_LANG");
    assert_int_equal(cli_language(), LANGUAGE_EN);
    setenv("LANG", "zh_CN.UTF-8", 1);
    assert_int_equal(cli_language(), LANGUAGE_ZH);
    setenv("LC_ALL", "C", 1);
    assert_int_equal(cli_language(), LANGUAGE_EN);
    setenv("TONGXIN_LANG", "zh", 1);
    assert_int_equal(cli_language(), LANGUAGE_ZH);
}

static int open_cli(void **state)
{
    Arena *arena = arena_open();
    Cli *cli = NEW(arena, Cli);
    cli->arena = arena;
    cli->language = LANGUAGE_EN;
    *state = cli;
    return 0;
}

static int close_cli(void **state)
{
    arena_close(((Cli *)*state)->arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_understood),
        cmocka_unit_test(after_two_hyphens_everything_is_a_word),
        cmocka_unit_test(each_mistake_is_exit_code_2),
        cmocka_unit_test(help_is_exit_code_0_whatever_is_missing),
        cmocka_unit_test(language_comes_from_the_surroundings),
    };
    return cmocka_run_group_tests(tests, open_cli, close_cli);
}
