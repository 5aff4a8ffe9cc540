/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/options.h"
#include "record/form.h"
#include "record/list.h"
#include "write/csv.h"

#define PAGE 200

typedef struct Sheeting {
    Cli *cli;
    const Access *access;
    const Kind *kind;
    Arena *scratch; /* of one page */
    Csv csv;
} Sheeting;

static void head_write(Sheeting *sheeting)
{
    Language language = sheeting->cli->language;
    csv_str(&sheeting->csv, message(MSG_cli_column_number, language));
    csv_str(&sheeting->csv, message(MSG_cli_column_status, language));
    csv_str(&sheeting->csv, message(MSG_cli_column_created, language));
    for (size_t i = 0; i < sheeting->kind->n_fields; i++)
        if (!field_is_personal(sheeting->kind->fields[i]))
            csv_str(&sheeting->csv, label_text(sheeting->kind->fields[i]->label, language));
    csv_row_end(&sheeting->csv);
}

/* References to records as numbers, everything else as a form would show it. */
static Str value_text_of(Sheeting *sheeting, const Field *field, Value value)
{
    Record record;
    if (field->type != FIELD_RECORD || value.type != VALUE_IDS)
        return form_value_text(sheeting->scratch, sheeting->access->office, field, value);
    if (!record_get(sheeting->scratch, sheeting->access->db, value.ids[0], &record, NULL))
        return S("");
    return values_text(&record.values, S("number"));
}

static void record_write(Sheeting *sheeting, const Record *record)
{
    const State *state =
        flow_state(sheeting->kind->flow, values_text(&record->values, S("status")));
    csv_str(&sheeting->csv, values_text(&record->values, S("number")));
    csv_str(&sheeting->csv, state ? label_text(state->label, sheeting->cli->language) : S(""));
    csv_instant(&sheeting->csv, values_int(&record->values, S("created_at")));
    for (size_t i = 0; i < sheeting->kind->n_fields; i++) {
        const Field *field = sheeting->kind->fields[i];
        Value value = values_get(&record->values, field->name);
        if (field_is_personal(field))
            continue;
        if (value.type == VALUE_NONE)
            csv_empty(&sheeting->csv);
        else
            csv_str(&sheeting->csv, value_text_of(sheeting, field, value));
    }
    csv_row_end(&sheeting->csv);
}

static bool export_rows(Sheeting *sheeting, Err *err)
{
    ListQuery list = {.kind = sheeting->kind,
                      .everything = true,
                      .order = LIST_OLDEST,
                      .limit = PAGE,
                      .now = site_now(sheeting->access->site)};
    do {
        ListPage page;
        if (!record_list(sheeting->scratch, sheeting->access->db, &sheeting->access->office->orgs,
                         &list, &page, err))
            return false;
        for (size_t i = 0; i < page.n; i++)
            record_write(sheeting, &page.records[i]);
        list.after = str_dup(sheeting->cli->arena, page.next);
        arena_reset(sheeting->scratch);
    } while (list.after.n);
    return true;
}

static bool export_run(Cli *cli, const Access *access, Str kind_name, Str file, Err *err)
{
    Buf buf = buf_open(cli->arena);
    Sheeting sheeting = {.cli = cli,
                         .access = access,
                         .kind = profile_kind(access->office->profile, kind_name),
                         .scratch = arena_open()};
    bool good = sheeting.kind && sheeting.kind->flow;
    if (!good)
        err_set(err, ERR_NOT_FOUND, MSG_no_such_kind, kind_name);
    if (good) {
        sheeting.csv = csv_open(&buf);
        head_write(&sheeting);
        good = export_rows(&sheeting, err);
    }
    arena_close(sheeting.scratch);
    return good && file_write(cli->arena, file, buf_str(&buf), err);
}

int command_export(Cli *cli, int argc, char **argv)
{
    Str dir = {0}, file = S("-");
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(TEXT, "out", &file, cli_word_file, cli_option_out, .letter = 'o'),
        OPTION_END,
    };
    const Usage usage = {"export --site DIR KIND [-o FILE.csv]", MSG_cli_export_about, options, 1,
                         1};
    StrVec words;
    Access access;
    Err err = {0};
    bool done;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (str_ends(file, S(".xlsx")))
        return usage_wrong(cli, MSG_cli_csv_only, file, S(""));
    if (!access_read(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    done = export_run(cli, &access, words.p[0], file, &err);
    access_close(&access);
    return done ? 0 : cli_fail(cli, &err);
}
