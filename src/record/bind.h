/* SPDX-License-Identifier: Apache-2.0 */
/* bind.h - one field of a form at a time; for the files of this room. */
#ifndef TONGXIN_RECORD_BIND_H
#define TONGXIN_RECORD_BIND_H

#include "record/form.h"

/* A form that is being bound. */
typedef struct Bind {
    Arena *arena;
    const Office *office;
    const Kind *kind;
    const FormLookup *lookup; /* NULL: nothing is found */
    const FormInput *input;
    BoundForm *form;
    Err *err;
    bool failed;
} Bind;

/* One field with its texts, as they came. */
typedef struct BindField {
    const Field *field;
    const Str *texts; /* not empty after trimming */
    size_t n;         /* at least 1 */
} BindField;

/* Notes a wrong field; returns false. */
bool bind_wrong(Bind *bind, Str name, MessageId message, Str a, Str b);

/* Each reads what its type needs into `*ret`, or notes what is wrong and returns false. */
bool bind_text(Bind *bind, const BindField *sent, Value *ret);
bool bind_code(Bind *bind, const BindField *sent, Value *ret);
bool bind_attachment(Bind *bind, const BindField *sent, Value *ret);
bool bind_number(Bind *bind, const BindField *sent, Value *ret);
bool bind_date(Bind *bind, const BindField *sent, Value *ret);
bool bind_yes_no(Bind *bind, const BindField *sent, Value *ret);
bool bind_choices(Bind *bind, const BindField *sent, Value *ret);
bool bind_references(Bind *bind, const BindField *sent, Value *ret);
bool bind_personal(Bind *bind, const BindField *sent);

/* Trimmed, with the line ends and characters that form.h promises; tabs and line ends become spaces
 * where it is one line. */
Str text_normalise(Arena *arena, Str text, bool one_line);
/* Narrowed (full-width to ASCII) and trimmed: numbers, dates, codes. */
Str text_narrow(Arena *arena, Str text);

#endif
