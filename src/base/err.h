/* SPDX-License-Identifier: Apache-2.0 */
/* err.h - how anything fails.
 *
 * Every function that can fail is `NODISCARD bool f(…, Err *err)`: true is success, on false `err`
 * says why and the outputs are untouched. There is no errno, no exception, no exit outside cli/.
 *
 * An Err carries a code (err_codes.def: HTTP status and exit code), a sentence for the person
 * (a key of the catalogue in locale/, with up to three arguments filled in when it is shown, in the
 * reader's language), optionally a hint of the same make, the wrong field, and a detail for the
 * log.
 * Arguments are copied into the Err, so it may travel between threads and outlive every arena.
 * All wrong fields of one form are collected in `fields` (in the arena of whoever checks the form).
 *
 * Log once, at the edge. Lower layers add context with err_detail and pass the Err up.
 */
#ifndef TONGXIN_ERR_H
#define TONGXIN_ERR_H

#include "base/message.h"
#include "base/str.h"

typedef enum ErrCode {
    ERR_NONE,
#define ERR_CODE(name, http_status, exit_code) ERR_##name,
#include "base/err_codes.def"
#undef ERR_CODE
    ERR__COUNT
} ErrCode;

typedef struct ErrField {
    Str field; /* name in the form */
    MessageId message;
    Str args[2];
    struct ErrField *next;
} ErrField;

typedef struct Err {
    ErrCode code;
    MessageId message;
    MessageId hint; /* MSG_none when there is none */
    Str args[3];    /* point into `store`, one behind the other; in a copied Err only the sizes
                       * hold: read them through err_message, which knows */
    char store[480];
    size_t store_used;
    char detail[240]; /* NUL-terminated, English, for the log */
    ErrField *fields; /* in form order; NULL unless the code is ERR_INVALID_FORM */
    const char *file;
    int line;
} Err;

/* Sets the error and returns false, so that failing is one line:
 *     return err_set(err, ERR_NOT_FOUND, MSG_no_such_record, number);
 * Up to three Str arguments. `err` may be NULL where the caller does not care why. */
#define err_set(err, code, ...)                   \
    err_set_at((err), (code), __FILE__, __LINE__, \
               ERR_ARGS(__VA_ARGS__, (Str){0}, (Str){0}, (Str){0}))
#define ERR_ARGS(message, a, b, c, ...) (message), (a), (b), (c)

/* What the functions below call: the false stands in this header, so that a compiler or analyzer
 * that reads one file knows what follows a failure. */
void err_put(Err *err, ErrCode code, const char *file, int line, MessageId message, Str a, Str b,
             Str c);
void err_put_detail(Err *err, Str detail);
void err_put_field(Err *err, Arena *arena, Str field, MessageId message, Str a, Str b);

/* What err_set calls. Together the arguments keep 480 bytes; what is longer is cut. */
static inline bool err_set_at(Err *err, ErrCode code, const char *file, int line, MessageId message,
                              Str a, Str b, Str c)
{
    err_put(err, code, file, line, message, a, b, c);
    return false;
}

/* Adds the hint; returns false. */
static inline bool err_hint(Err *err, MessageId hint)
{
    if (err != NULL)
        err->hint = hint;
    return false;
}

/* Puts English detail for the log in front of what is there; returns false. */
static inline bool err_detail(Err *err, Str detail)
{
    err_put_detail(err, detail);
    return false;
}

/* Adds one wrong field and sets the code to ERR_INVALID_FORM; returns false. Arguments must live as
 * long as `arena`. */
static inline bool err_field(Err *err, Arena *arena, Str field, MessageId message, Str a, Str b)
{
    err_put_field(err, arena, field, message, a, b);
    return false;
}

/* As if nothing had failed; NULL is allowed. */
void err_clear(Err *err);
/* A copy whose arguments point into itself and whose `fields` are copied into `arena`, so that it
 * can outlive the arena of whoever checked the form. */
void err_copy(Arena *arena, Err *to, const Err *from);

const char *err_code_name(ErrCode code); /* "not_found": the `code` of JSON answers */
int err_http_status(ErrCode code);
int err_exit_code(ErrCode code);
/* The sentence and the hint in a language, arguments filled in. */
Str err_message(Arena *arena, const Err *err, Language language);
Str err_hint_text(Arena *arena, const Err *err, Language language);
Str err_field_text(Arena *arena, const ErrField *field, Language language);

#endif
