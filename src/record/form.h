/* SPDX-License-Identifier: Apache-2.0 */
/* form.h - from texts to typed values, by the kind's fields.
 *
 * One binder for the HTML forms, the JSON API, imports and the command line. It collects every
 * wrong field (err->fields); nothing is bound when one is wrong. References are given by code or
 * number ("TL-JXJ", "HKT-2023-20") and become ids.
 */
#ifndef TONGXIN_RECORD_FORM_H
#define TONGXIN_RECORD_FORM_H

#include "base/err.h"
#include "base/vec.h"
#include "org/office.h"

/* A form as it came: names and texts in order; a name may repeat (several choices). Texts are valid
 * UTF-8. */
typedef struct FormPair {
    Str name;
    Str text;
} FormPair;
typedef struct FormInput {
    const FormPair *pairs;
    size_t n;
} FormInput;

/* The first text of that name; found says whether there is one. */
Str form_text(const FormInput *form, Str name, bool *ret_found);

/* Finds records that references name; the writer answers from its state, views from the
 * database. */
typedef struct FormLookup {
    /* Id of the record of `kind` with that number or code, or 0. */
    int64_t (*record)(void *context, const Kind *kind, Str reference);
    void *context;
} FormLookup;

typedef struct BoundForm {
    Values values;    /* by field name; VALUE_NONE for fields sent empty are in `cleared` */
    StrVec cleared;   /* fields sent empty */
    Str contact_name; /* personal values never enter `values` */
    Str contact_phone;
    bool has_contact;
} BoundForm;

/* Digits after the point of a number in the unit that forms ask in; money, which is kept in fen: 2
 * for yuan, 6 for 万元. 0 for what is no decimal. */
int field_scale(const Field *field);

typedef VEC(MoveField) MoveFields;

/* The fields `move` asks for: those its form names; a move without a form that creates or edits
 * asks for every field of the kind. `is_public` limits it to fields marked `public`. */
MoveFields form_fields(Arena *arena, const Kind *kind, const Move *move, bool is_public);
/* True when a new record by this move takes `parent`, the reference of the parent record, beside
 * its fields. */
bool form_takes_parent(const MoveFields *fields, const Kind *kind, const Move *move,
                       bool is_public);

/* Binds the fields of `move` that form_fields gives. A creating
 * move of a child kind also takes `parent`, the reference of the parent record. Unknown names are
 * errors of their own field; names starting with '_' (tokens) are ignored. What belongs to the
 * change and not to the form (reason, at, version, key) the caller has taken out.
 *
 * Texts are trimmed, line ends become LF, full-width digits are read as digits, private-use points
 * of old GB 18030 tables become the characters they stood for (GB 18030-2022). A well-known field
 * with a typed column becomes VALUE_INT (place, lead, submitter, parent), other links VALUE_IDS. A
 * value that is "none" for its column (an amount of 0) is in `cleared`. A field that the kind
 * requires cannot be cleared. `err->fields` live in `arena`. */
NODISCARD bool form_bind(Arena *arena, const Office *office, const Kind *kind, const Move *move,
                         const FormInput *input, bool is_public, const FormLookup *lookup,
                         BoundForm *ret_form, Err *err);

/* A value as the form would show it: "12.5", "2023-10-20", codes of organisations, joined by commas
 * where there are several. References to records (and organisations without an office at hand) are
 * left to the caller, who can look up numbers: empty. `office` may be NULL. */
Str form_value_text(Arena *arena, const Office *office, const Field *field, Value value);

#endif
