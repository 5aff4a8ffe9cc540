/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/control.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/value.h"
#include "cli/file.h"

#define ANSWER_MAX (1u << 20)

/* ---- the wire ---- */

static int control_connect(Arena *arena, Str dir, Err *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    Str path = path_join(arena, dir, S("control.sock"));
    int wire = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (path.n < sizeof address.sun_path)
        memcpy(address.sun_path, path.p, path.n);
    if (wire >= 0 && path.n < sizeof address.sun_path &&
        connect(wire, (struct sockaddr *)&address, sizeof address) == 0)
        return wire;
    if (wire >= 0)
        close(wire);
    err_set(err, ERR_UNAVAILABLE, MSG_cli_no_control, path);
    return -1;
}

static bool wire_send(int wire, Str text)
{
    for (size_t at = 0; at < text.n;) {
        ssize_t n = send(wire, text.p + at, text.n - at, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    return true;
}

static bool wire_read(Arena *arena, int wire, Str *ret_text)
{
    Buf buf = buf_open_max(arena, ANSWER_MAX);
    ssize_t n;
    do {
        char *to = buf_reserve(&buf, 4096);
        if (!to)
            return false;
        n = recv(wire, to, 4096, 0);
        buf.n += n > 0 ? (size_t)n : 0;
    } while (n > 0);
    *ret_text = buf_str(&buf);
    return n == 0;
}

/* The body of an answer that was sent whole, because we asked for the connection to be closed. */
static bool answer_body(Str answer, Str *ret_body)
{
    size_t end = str_find(answer, S("\r\n\r\n"), 0);
    if (end == SIZE_MAX || !str_starts(answer, S("HTTP/1.1 ")))
        return false;
    *ret_body = str_slice(answer, end + 4, answer.n);
    return true;
}

static ErrCode code_named(Str name)
{
    for (int code = ERR_NONE + 1; code < ERR__COUNT; code++)
        if (str_eq(str_from_c(err_code_name((ErrCode)code)), name))
            return (ErrCode)code;
    return ERR_INTERNAL;
}

/* What the answer says was refused, or nothing. */
static bool answer_good(const Values *answer, Err *err)
{
    return values_text(answer, S("error")).n == 0 ||
           err_set(err, code_named(values_text(answer, S("error"))), MSG_cli_said,
                   values_text(answer, S("message")));
}

static bool control_ask(Cli *cli, Str dir, Str path, const Values *question, Values *ret_answer,
                        Err *err)
{
    Arena *arena = cli->arena;
    int wire = control_connect(arena, dir, err);
    Buf form = buf_open(arena);
    Str answer, body;
    bool asked;
    if (wire < 0)
        return false;
    values_write(&form, question);
    asked = wire_send(wire, STR(arena, "POST ", path, " HTTP/1.1\r\nHost: control\r\n",
                                "Connection: close\r\nAccept-Language: ",
                                cli->language == LANGUAGE_ZH ? "zh" : "en",
                                "\r\nContent-Type: application/json\r\nContent-Length: ", form.n,
                                "\r\n\r\n", buf_str(&form))) &&
            wire_read(arena, wire, &answer);
    close(wire);
    if (!asked || !answer_body(answer, &body) || !values_parse(arena, body, ret_answer, NULL))
        return err_set(err, ERR_UNAVAILABLE, MSG_cli_no_control, dir);
    return answer_good(ret_answer, err);
}

static void set_text(Arena *arena, Values *values, Str name, Str text)
{
    if (text.n)
        values_set(arena, values, name, value_text(text));
}

/* Pairs keep their order and may repeat, so each is named by its place. */
Str control_name(Arena *arena, size_t place, Str name)
{
    Buf buf = buf_open(arena);
    buf_byte(&buf, 'f');
    buf_int_padded(&buf, (int64_t)place, 4);
    TEXT(&buf, ".", name);
    return buf_str(&buf);
}

Values control_write(Arena *arena, const Change *change)
{
    Values values = {0};
    set_text(arena, &values, S("kind"), change->kind);
    set_text(arena, &values, S("move"), change->move);
    set_text(arena, &values, S("frozen"), change->frozen);
    set_text(arena, &values, S("key"), change->key);
    values_set(arena, &values, S("shared"), value_int(change->key_is_shared));
    values_set(arena, &values, S("record"), value_int(change->record));
    values_set(arena, &values, S("at"), value_int(change->at));
    for (size_t i = 0; i < change->form.n; i++)
        values_set(arena, &values, control_name(arena, i, change->form.pairs[i].name),
                   value_text(change->form.pairs[i].text));
    return values;
}

void control_read(Arena *arena, const Values *values, Change *ret_change)
{
    FormPair *pairs = NEW_ARRAY(arena, FormPair, values->n);
    Change change = {.kind = values_text(values, S("kind")),
                     .move = values_text(values, S("move")),
                     .frozen = values_text(values, S("frozen")),
                     .key = values_text(values, S("key")),
                     .key_is_shared = values_int(values, S("shared")) != 0,
                     .record = values_int(values, S("record")),
                     .at = values_int(values, S("at")),
                     .version = -1};
    size_t count = 0;
    for (size_t i = 0; i < values->n; i++) {
        Str name = values->p[i].name;
        if (name.n > 6 && name.p[0] == 'f' && name.p[5] == '.')
            pairs[count++] = (FormPair){str_slice(name, 6, name.n), values->p[i].value.text};
    }
    change.form = (FormInput){pairs, count};
    *ret_change = change;
}

static ChangeResult result_of(const Values *answer)
{
    return (ChangeResult){
        .record = values_int(answer, S("record")),
        .sequence = values_int(answer, S("sequence")),
        .number = values_text(answer, S("number")),
        .status = values_text(answer, S("status")),
        .pending = values_int(answer, S("pending")) != 0,
        .repeated = values_int(answer, S("repeated")) != 0,
    };
}

bool control_change(Cli *cli, Str dir, const Change *change, ChangeResult *ret_result, Err *err)
{
    Values question = control_write(cli->arena, change), answer;
    if (!control_ask(cli, dir, S("/control/change"), &question, &answer, err))
        return false;
    *ret_result = result_of(&answer);
    return true;
}

/* Each travels as the text of a map: a map has no maps. */
static Values changes_write(Arena *arena, const Job *jobs, size_t count)
{
    Values question = {0};
    for (size_t i = 0; i < count; i++) {
        Values one = control_write(arena, jobs[i].change);
        Buf text = buf_open(arena);
        values_write(&text, &one);
        values_set(arena, &question, control_name(arena, i, S("change")),
                   value_text(buf_str(&text)));
    }
    return question;
}

bool control_changes(Cli *cli, Str dir, Job *jobs, size_t count, Err *err)
{
    Arena *arena = cli->arena;
    Values question = changes_write(arena, jobs, count), answer;
    if (!control_ask(cli, dir, S("/control/changes"), &question, &answer, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        Values one;
        if (!values_parse(arena, values_text(&answer, control_name(arena, i, S("answer"))), &one,
                          NULL))
            return err_set(err, ERR_UNAVAILABLE, MSG_cli_no_control, dir);
        jobs[i].ok = answer_good(&one, &jobs[i].err);
        jobs[i].result = result_of(&one);
    }
    return true;
}

bool control_password(Cli *cli, Str dir, int64_t account, Str password, Err *err)
{
    Values question = {0}, answer;
    values_set(cli->arena, &question, S("account"), value_int(account));
    values_set(cli->arena, &question, S("password"), value_text(password));
    return control_ask(cli, dir, S("/control/password"), &question, &answer, err);
}
