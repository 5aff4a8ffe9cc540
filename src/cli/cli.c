/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"

#define BAR_WIDTH 30

static void put(FILE *to, Str text)
{
    if (text.n > 0)
        (void)fwrite(text.p, 1, text.n, to);
}

static bool names_chinese(const char *value)
{
    return str_starts(str_from_c(value), S("zh"));
}

Language cli_language(void)
{
    static const char *const names[] = {"TONGXIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return names_chinese(value) ? LANGUAGE_ZH : LANGUAGE_EN;
    }
    return LANGUAGE_EN;
}

void cli_print(Str text)
{
    put(stdout, text);
}

static void say(Cli *cli, FILE *to, MessageId id, const Str args[3])
{
    put(to, message_fill(cli->arena, id, cli->language, args, 3));
    put(to, S("\n"));
}

void cli_say(Cli *cli, MessageId id, Str a, Str b, Str c)
{
    say(cli, stdout, id, (Str[]){a, b, c});
}

void cli_note(Cli *cli, MessageId id, Str a, Str b, Str c)
{
    say(cli, stderr, id, (Str[]){a, b, c});
}

int cli_fail(Cli *cli, const Err *err)
{
    Str hint = err_hint_text(cli->arena, err, cli->language);
    Str text = err_message(cli->arena, err, cli->language);
    (void)fflush(stdout);
    put(stderr, STR(cli->arena, "tongxin: ", text, "\n"));
    for (const ErrField *field = err->fields; field; field = field->next)
        put(stderr, STR(cli->arena, "  ", field->field, ": ",
                        err_field_text(cli->arena, field, cli->language), "\n"));
    if (hint.n)
        put(stderr, STR(cli->arena, "  ", hint, "\n"));
    if (err->detail[0] && getenv("TONGXIN_DEBUG"))
        put(stderr, STR(cli->arena, "  ", err->file ? err->file : "", ":", err->line, ": ",
                        err->detail, "\n"));
    return err_exit_code(err->code);
}

int cli_end(int code)
{
    return fflush(stdout) == 0 && !ferror(stdout) ? code : err_exit_code(ERR_ENVIRONMENT);
}

void cli_progress(void *context, int64_t done, int64_t total)
{
    static int shown = -1;
    int part = total > 0 ? (int)(done * 100 / total) : 100;
    char bar[BAR_WIDTH];
    (void)context;
    if (!isatty(STDERR_FILENO) || (part == shown && done < total))
        return;
    shown = part;
    for (int i = 0; i < BAR_WIDTH; i++)
        bar[i] = i * 100 < part * BAR_WIDTH ? '#' : '.';
    (void)fprintf(stderr, "\r[%.*s] %3d%%", BAR_WIDTH, bar, part);
    if (done >= total) {
        put(stderr, S("\r\033[K"));
        shown = -1;
    }
}
