/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

#include "base/moment.h"
#include "base/utf8.h"
#include "base/value.h"

/* A line longer than a pipe takes at once must not be torn by another thread's. */
static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;

/* What is logged may come straight from outside; a bad byte must not spoil the line. */
static Str readable(Arena *arena, Str text)
{
    size_t bad = utf8_check(text);
    if (bad == text.n)
        return text;
    char *copy = arena_copy(arena, text.p, text.n);
    for (; bad < text.n; bad = utf8_check((Str){copy, text.n}))
        copy[bad] = '?';
    return (Str){copy, text.n};
}

static void put(Buf *line, Str name, Str text)
{
    buf_add(line, line->n == 0 ? S("{") : S(","));
    value_write(line, value_text(name));
    buf_byte(line, ':');
    value_write(line, value_text(readable(line->arena, text)));
}

static Buf line_open(Arena *arena, LogLevel level, Str event)
{
    static const Str names[] = {S_CONST("debug"), S_CONST("info"), S_CONST("warn"),
                                S_CONST("error")};
    Buf line = buf_open(arena);
    put(&line, S("at"), instant_text(arena, instant_now()));
    put(&line, S("level"), names[level]);
    put(&line, S("event"), event);
    return line;
}

/* A log that cannot be written is given up: nobody is left to tell. */
static void line_write(Buf *line)
{
    buf_add(line, S("}\n"));
    Str rest = buf_str(line);
    pthread_mutex_lock(&writing);
    while (rest.n > 0) {
        ssize_t written = write(STDERR_FILENO, rest.p, rest.n);
        if (written < 0 && errno != EINTR)
            break;
        rest = str_slice(rest, written < 0 ? 0 : (size_t)written, rest.n);
    }
    pthread_mutex_unlock(&writing);
}

void log_event(LogLevel level, Str event, Str text)
{
    if (level < LOG_INFO)
        return;
    Arena *arena = arena_open();
    Buf line = line_open(arena, level, event);
    put(&line, S("text"), text);
    line_write(&line);
    arena_close(arena);
}

/* "src/base/err.c:12", whatever folder the compiler ran in. */
static Str place(Arena *arena, const Err *err)
{
    Str file = str_from_c(err->file);
    size_t at = 0;
    for (size_t next = 0; next != SIZE_MAX; next = str_find(file, S("src/"), next + 1))
        at = next;
    return STR(arena, str_slice(file, at, file.n), ":", err->line);
}

void log_err(Str event, const Err *err)
{
    LogLevel level = err_http_status(err->code) >= 500 ? LOG_ERROR : LOG_WARN;
    Arena *arena = arena_open();
    Buf line = line_open(arena, level, event);
    put(&line, S("code"), str_from_c(err_code_name(err->code)));
    put(&line, S("message"), message_key(err->message));
    if (err->file != NULL)
        put(&line, S("place"), place(arena, err));
    if (err->detail[0] != 0)
        put(&line, S("detail"), str_from_c(err->detail));
    line_write(&line);
    arena_close(arena);
}
