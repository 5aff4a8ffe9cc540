/* SPDX-License-Identifier: Apache-2.0 */
#include "import/import.h"

#include "cli/access.h"
#include "cli/commands.h"
#include "cli/control.h"
#include "cli/file.h"
#include "cli/founding.h"
#include "cli/options.h"
#include "view/list_view.h"

typedef struct Importing {
    Cli *cli;
    Access access;
    Str kind_name;
    const Kind *kind;
    const Move *move;
    bool dry_run;
    bool skip_wrong;
    int encoding; /* GridEncoding */
    Import import;
} Importing;

/* ---- one step ---- */

static bool jobs_run(Importing *importing, Arena *arena, Job *jobs, size_t count, Err *err)
{
    Cli cli = *importing->cli;
    Site *site = importing->access.site;
    cli.arena = arena;
    if (importing->access.served)
        return control_changes(&cli, site->dir, jobs, count, err);
    writer_run_all(site->writer, jobs, count);
    return true;
}

static bool step_make(Importing *importing, Arena *arena, Err *err)
{
    Import *import = &importing->import;
    size_t count = import->given;
    Job *jobs = NEW_ARRAY(arena, Job, count);
    const Err *failed;
    for (size_t i = 0; i < count; i++)
        jobs[i] = (Job){.change = &import->step[i]->change, .arena = arena};
    if (!jobs_run(importing, arena, jobs, count, err))
        return false;
    failed = import_answers(import, jobs);
    if (failed)
        err_copy(importing->cli->arena, err, failed);
    return !failed;
}

static bool import_make(Importing *importing, Err *err)
{
    Import *import = &importing->import;
    int64_t all = (int64_t)import->counts[IMPORT_NEW];
    Arena *arena = arena_open();
    bool good = true;
    while (good && import_step(import)) {
        good = step_make(importing, arena, err);
        cli_progress(importing->cli, all - (int64_t)import->counts[IMPORT_NEW], all);
        arena_reset(arena);
    }
    cli_progress(importing->cli, 0, 0);
    arena_close(arena);
    return good;
}

/* ---- what is said ---- */

static Str digits(Importing *importing, size_t number)
{
    return STR(importing->cli->arena, number);
}

static void say_problems(Importing *importing, size_t from)
{
    const Import *import = &importing->import;
    for (size_t i = from; i < import->problems.n; i++)
        cli_print(
            STR(importing->cli->arena, import_problem_text(import, &import->problems.p[i]), "\n"));
}

static int say_end(Importing *importing, bool made)
{
    const Import *import = &importing->import;
    Cli *cli = importing->cli;
    const size_t *counts = import->counts;
    cli_say(cli, MSG_cli_import_rows, digits(importing, import->rows.n),
            digits(importing, counts[IMPORT_BEFORE]), digits(importing, counts[IMPORT_WRONG]));
    if (made)
        cli_say(cli, MSG_cli_import_made, digits(importing, counts[IMPORT_MADE]), S(""), S(""));
    else
        cli_say(cli, MSG_cli_import_nothing, digits(importing, counts[IMPORT_NEW]), S(""), S(""));
    return import->problems.n > 0;
}

/* ---- the command ---- */

static bool sheet_open(Importing *importing, Str file, Grid *ret_grid, Err *err)
{
    Str bytes;
    return file_bytes(importing->cli->arena, file, GRID_BYTES_MAX, &bytes, err) &&
           grid_read(importing->cli->arena, bytes, (GridEncoding)importing->encoding, ret_grid,
                     err);
}

static bool kind_open(Importing *importing, Err *err)
{
    importing->kind = profile_kind(importing->access.office->profile, importing->kind_name);
    if (!importing->kind)
        return err_set(err, ERR_NOT_FOUND, MSG_no_such_kind, importing->kind_name);
    importing->move = kind_first_move(importing->kind, false);
    return importing->move || err_set(err, ERR_NOT_FOUND, MSG_cli_import_no_move,
                                      importing->kind->label.zh, importing->kind->label.en);
}

static bool import_look(Importing *importing, Str file, Err *err)
{
    Cli *cli = importing->cli;
    const Access *access = &importing->access;
    Grid *grid = NEW(cli->arena, Grid);
    ImportAsk ask = {.arena = cli->arena,
                     .db = access->db,
                     .office = access->office,
                     .secret = access->site->keys.code,
                     .now = site_now(access->site),
                     .actor = cli_actor(cli->arena),
                     .language = cli->language,
                     .grid = grid};
    if (!kind_open(importing, err) || !sheet_open(importing, file, grid, err))
        return false;
    ask.kind = importing->kind;
    ask.move = importing->move;
    return import_preview(&ask, &importing->import, err);
}

static bool import_run(Importing *importing, Str file, int *ret_code, Err *err)
{
    const Import *import = &importing->import;
    size_t told;
    bool makes;
    if (!import_look(importing, file, err))
        return false;
    say_problems(importing, 0);
    told = import->problems.n;
    makes = !importing->dry_run && import->counts[IMPORT_NEW] > 0 &&
            (told == 0 || importing->skip_wrong);
    if (makes && !import_make(importing, err)) {
        cli_note(importing->cli, MSG_cli_import_stopped,
                 digits(importing, import->counts[IMPORT_MADE]), S(""), S(""));
        return false;
    }
    say_problems(importing, told);
    *ret_code = say_end(importing, makes);
    return true;
}

static int import_template_run(Importing *importing, Str file)
{
    Cli *cli = importing->cli;
    bool xlsx = str_ends(file, S(".xlsx"));
    Str bytes;
    Err err = {0};
    if (!kind_open(importing, &err))
        return cli_fail(cli, &err);
    bytes = import_template(cli->arena, importing->kind, importing->move, cli->language,
                            xlsx ? TABLE_CELLS : TABLE_CSV);
    if ((xlsx && !workbook_make(cli->arena, bytes, &bytes, &err)) ||
        !file_write(cli->arena, file, bytes, &err))
        return cli_fail(cli, &err);
    return 0;
}

static int import_open(Importing *importing, Str dir, bool template, Str file)
{
    Cli *cli = importing->cli;
    Err err = {0};
    int code = 0;
    bool reads = template || importing->dry_run;
    if (!(reads ? access_read(cli, dir, &importing->access, &err)
                : access_write(cli, dir, &importing->access, &err)))
        return cli_fail(cli, &err);
    if (template)
        code = import_template_run(importing, file);
    else if (!import_run(importing, file, &code, &err))
        code = cli_fail(cli, &err);
    access_close(&importing->access);
    return code;
}

int command_import(Cli *cli, int argc, char **argv)
{
    Str dir = {0}, out = S("-");
    bool template = false;
    Importing importing = {.cli = cli};
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(FLAG, "dry-run", &importing.dry_run, none, cli_option_dry_run),
        OPTION(FLAG, "skip-wrong", &importing.skip_wrong, none, cli_option_skip_wrong),
        OPTION(CHOICE, "encoding", &importing.encoding, none, cli_option_encoding,
               .choices = "any|utf-8|gb18030"),
        OPTION(FLAG, "template", &template, none, cli_option_template),
        OPTION(TEXT, "out", &out, cli_word_file, cli_option_out, .letter = 'o'),
        OPTION_END,
    };
    const Usage usage = {
        "import --site DIR KIND [FILE.csv|.xlsx] [--dry-run] [--template -o FILE.csv|.xlsx]",
        MSG_cli_import_about, options, 1, 2};
    StrVec words;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    importing.kind_name = words.p[0];
    if (template != (words.n == 1))
        return usage_wrong(cli, template ? MSG_cli_words_many : MSG_cli_words_few,
                           words.p[words.n - 1], S(""));
    return import_open(&importing, dir, template, template ? out : words.p[1]);
}
