/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err_line.h"

#include "base/buf.h"
#include "base/utf8.h"

static void add_argument(Buf *buf, Str argument)
{
    buf_byte(buf, '\t');
    for (size_t i = 0; i < argument.n; i++)
        buf_byte(buf, (unsigned char)argument.p[i] < 0x20 ? ' ' : argument.p[i]);
}

Str err_line_write(Arena *arena, const Err *err)
{
    Buf buf = buf_open(arena);
    size_t at = 0;
    ASSERT(err->code != ERR_NONE);
    TEXT(&buf, err_code_name(err->code), "\t", message_key(err->message));
    /* By size, as a copied Err keeps it. */
    for (size_t i = 0; i < COUNT_OF(err->args); i++) {
        add_argument(&buf, (Str){err->store + at, err->args[i].n});
        at += err->args[i].n;
    }
    buf_byte(&buf, '\n');
    return buf_str(&buf);
}

static bool find_code(Str name, ErrCode *ret_code)
{
    for (ErrCode code = ERR_NONE + 1; code < ERR__COUNT; code++) {
        if (str_eq(str_from_c(err_code_name(code)), name)) {
            *ret_code = code;
            return true;
        }
    }
    return false;
}

bool err_line_parse(Str line, Err *ret)
{
    Str parts[5] = {{0}};
    size_t count = 0;
    ErrCode code;
    MessageId id;
    if (line.n > ERR_LINE_MAX || !str_ends(line, S("\n")) || utf8_check(line) != line.n)
        return false;
    line.n--;
    if (str_has(line, S("\n")))
        return false;
    while (count < COUNT_OF(parts) && str_next(&line, '\t', &parts[count]))
        count++;
    if (line.n > 0 || !find_code(parts[0], &code) || !message_find(parts[1], &id))
        return false;
    (void)err_set(ret, code, id, parts[2], parts[3], parts[4]);
    return true;
}
