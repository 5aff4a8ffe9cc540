/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <pthread.h>

#include "base/buf.h"

static const struct {
    Str name; /* upper case, as in err_codes.def */
    int http_status;
    int exit_code;
} codes[ERR__COUNT] = {
    {S_CONST("NONE"), 200, 0},
#define ERR_CODE(name, http_status, exit_code) {S_CONST(#name), http_status, exit_code},
#include "base/err_codes.def"
#undef ERR_CODE
};

/* The longest beginning of `text` within `limit` bytes that does not cut a character. */
static Str cut(Str text, size_t limit)
{
    if (text.n <= limit)
        return text;
    while (limit > 0 && ((unsigned char)text.p[limit] & 0xC0) == 0x80)
        limit--;
    return str_slice(text, 0, limit);
}

static void store_arg(Err *err, size_t index, Str arg)
{
    arg = cut(arg, sizeof(err->store) - err->store_used);
    char *place = err->store + err->store_used;
    if (arg.n > 0)
        memcpy(place, arg.p, arg.n);
    err->args[index] = (Str){place, arg.n};
    err->store_used += arg.n;
}

void err_put(Err *err, ErrCode code, const char *file, int line, MessageId message, Str a, Str b,
             Str c)
{
    if (err == NULL)
        return;
    /* The arguments may point into `err` itself, when a caller rewords an error. */
    Err fresh = {.code = code, .message = message, .file = file, .line = line};
    store_arg(&fresh, 0, a);
    store_arg(&fresh, 1, b);
    store_arg(&fresh, 2, c);
    *err = fresh;
    size_t at = 0;
    for (size_t i = 0; i < COUNT_OF(err->args); i++) {
        err->args[i].p = err->store + at;
        at += err->args[i].n;
    }
}

void err_put_detail(Err *err, Str detail)
{
    if (err == NULL)
        return;
    Str earlier = str_from_c(err->detail);
    Str pieces[] = {detail, earlier.n > 0 && detail.n > 0 ? S(": ") : (Str){0}, earlier};
    char text[sizeof(err->detail)] = {0};
    size_t used = 0;
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        Str piece = cut(pieces[i], sizeof(text) - 1 - used);
        if (piece.n > 0)
            memcpy(text + used, piece.p, piece.n);
        used += piece.n;
    }
    memcpy(err->detail, text, sizeof(text));
}

void err_put_field(Err *err, Arena *arena, Str field, MessageId message, Str a, Str b)
{
    if (err == NULL)
        return;
    if (err->code != ERR_INVALID_FORM)
        *err = (Err){.code = ERR_INVALID_FORM, .message = MSG_invalid_form};
    ErrField **last = &err->fields;
    while (*last != NULL)
        last = &(*last)->next;
    *last = NEW(arena, ErrField);
    **last = (ErrField){.field = field, .message = message, .args = {a, b}};
}

void err_clear(Err *err)
{
    if (err != NULL)
        *err = (Err){0};
}

#define NAME_MAX_SIZE 32

static char names[ERR__COUNT][NAME_MAX_SIZE];
static pthread_once_t names_once = PTHREAD_ONCE_INIT;

static void lower_names(void)
{
    for (size_t code = 0; code < ERR__COUNT; code++) {
        ASSERT(codes[code].name.n < NAME_MAX_SIZE);
        for (size_t i = 0; i < codes[code].name.n; i++) {
            char byte = codes[code].name.p[i];
            if (byte != '_')
                byte = (char)(byte - 'A' + 'a');
            names[code][i] = byte;
        }
    }
}

const char *err_code_name(ErrCode code)
{
    ASSERT((unsigned)code < ERR__COUNT);
    pthread_once(&names_once, lower_names);
    return names[code];
}

int err_http_status(ErrCode code)
{
    ASSERT((unsigned)code < ERR__COUNT);
    return codes[code].http_status;
}

int err_exit_code(ErrCode code)
{
    ASSERT((unsigned)code < ERR__COUNT);
    return codes[code].exit_code;
}

/* Arguments are found by their sizes, not their pointers: those are stale in a copied Err. */
static Str fill(Arena *arena, const Err *err, MessageId id, Language language)
{
    Str args[COUNT_OF(err->args)];
    size_t at = 0;
    for (size_t i = 0; i < COUNT_OF(args); i++) {
        args[i] = (Str){err->store + at, err->args[i].n};
        at += err->args[i].n;
    }
    return message_fill(arena, id, language, args, COUNT_OF(args));
}

Str err_message(Arena *arena, const Err *err, Language language)
{
    return fill(arena, err, err->message, language);
}

Str err_hint_text(Arena *arena, const Err *err, Language language)
{
    return fill(arena, err, err->hint, language);
}

Str err_field_text(Arena *arena, const ErrField *field, Language language)
{
    return message_fill(arena, field->message, language, field->args, COUNT_OF(field->args));
}

void err_copy(Arena *arena, Err *to, const Err *from)
{
    ErrField **last = &to->fields;
    size_t at = 0;
    const ErrField *field = from->fields;
    *to = *from;
    for (size_t i = 0; i < COUNT_OF(to->args); i++) {
        to->args[i].p = to->store + at;
        at += to->args[i].n;
    }
    for (*last = NULL; field != NULL; field = field->next) {
        ErrField *copy = NEW(arena, ErrField);
        *copy =
            (ErrField){.field = str_dup(arena, field->field),
                       .message = field->message,
                       .args = {str_dup(arena, field->args[0]), str_dup(arena, field->args[1])}};
        *last = copy;
        last = &copy->next;
    }
}
