/* SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "record/form.h"

#include "query.h"

/* The kind's move that voids; its first field takes the reason. */
static const Move *voiding_move(const Office *office, const Record *record)
{
    const Kind *kind = profile_kind(office->profile, values_text(&record->values, S("kind")));
    for (size_t i = 0; kind && kind->flow && i < kind->flow->n_moves; i++)
        if (kind->flow->moves[i].voids && !kind->flow->moves[i].absorbs.n)
            return &kind->flow->moves[i];
    return NULL;
}

/* By number, or by "#12" as `trace` names records of kinds without numbers. */
static bool named_record(Cli *cli, const Access *access, Str number, Record *ret_record, Err *err)
{
    int64_t id;
    bool found = true;
    if (str_starts(number, S("#")) && int_parse(str_slice(number, 1, number.n), &id))
        return record_get(cli->arena, access->db, id, ret_record, err);
    return record_find(cli->arena, access->db, number, ret_record, &found, err) &&
           (found || err_set(err, ERR_NOT_FOUND, MSG_no_such_record, number));
}

static Str record_words(Cli *cli, const Record *record)
{
    Str number = values_text(&record->values, S("number"));
    return number.n ? number : STR(cli->arena, "#", record->id);
}

/* The children that stand, and theirs, by number: they go with the record. */
static bool standing_children(Cli *cli, const Access *access, int64_t record, StrVec *children,
                              Err *err)
{
    VEC(int64_t) parents = {0};
    *vec_push(cli->arena, &parents) = record;
    for (size_t at = 0; at < parents.n; at++) {
        QRecordChildIds *rows;
        size_t count;
        if (!q_record_child_ids_all(access->db, cli->arena, parents.p[at], &rows, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            Record child;
            if (!record_get(cli->arena, access->db, rows[i].id, &child, err))
                return false;
            if (values_int(&child.values, S("voided_at")))
                continue;
            *vec_push(cli->arena, &parents) = child.id;
            *vec_push(cli->arena, children) = record_words(cli, &child);
        }
    }
    return true;
}

static bool void_run(Cli *cli, Access *access, Str number, Str reason, StrVec *children, Err *err)
{
    Record record;
    const Move *move;
    FormPair pair = {.text = reason};
    Change change = {0};
    ChangeResult result;
    if (!named_record(cli, access, number, &record, err))
        return false;
    move = voiding_move(access->office, &record);
    if (!move)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_cli_cannot_void, number);
    change.record = record.id;
    change.move = move->name;
    if (move->n_form) {
        pair.name = move->form[0].field->name;
        change.form = (FormInput){&pair, 1};
    }
    return standing_children(cli, access, record.id, children, err) &&
           access_change(cli, access, &change, &result, err);
}

int command_void(Cli *cli, int argc, char **argv)
{
    Str dir = {0}, reason = {0};
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(TEXT, "reason", &reason, cli_word_text, cli_option_reason, .required = true),
        OPTION_END,
    };
    const Usage usage = {"void --site DIR NUMBER --reason TEXT", MSG_cli_void_about, options, 1, 1};
    StrVec words, children = {0};
    Access access;
    Err err = {0};
    bool done;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!access_write(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    done = void_run(cli, &access, words.p[0], reason, &children, &err);
    access_close(&access);
    if (!done)
        return cli_fail(cli, &err);
    cli_say(cli, MSG_cli_voided, words.p[0], S(""), S(""));
    for (size_t i = 0; i < children.n; i++)
        cli_say(cli, MSG_cli_voided_with, words.p[0], children.p[i], S(""));
    return 0;
}
