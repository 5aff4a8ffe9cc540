/* SPDX-License-Identifier: Apache-2.0 */
/* opening.h - showing one field of an entry to somebody who has only the leaf hash.
 *
 * An opening is the leaf input (header, names and commitments of all fields), the name and value of
 * one field, and the key HMAC-SHA-256(salt, name) of that field. It shows the header and the names
 * of the other fields, but nothing of their values: their keys cannot be made from this one.
 * With the inclusion proof of the leaf it proves that the journal holds exactly this value.
 */
#ifndef TONGXIN_OPENING_H
#define TONGXIN_OPENING_H

#include "ledger/entry.h"

typedef struct Opening {
    Str leaf_input;
    bool text; /* the part the field is in */
    Str name;
    Str value;
    Hash key;
} Opening;

/* A leaf input taken apart. */
typedef struct LeafField {
    Str name;
    bool text;
    Hash commitment;
} LeafField;

typedef struct LeafInput {
    EntryHeader header; /* without key and form_hash */
    LeafField *fields;
    size_t field_count;
} LeafInput;

/* Opens the field; its parts are in `arena` or views into the entry. ERR_NOT_FOUND when there is no
 * such field in that part, ERR_WRONG when it was erased. */
NODISCARD bool entry_open_field(Arena *arena, const Entry *entry, bool text, Str name, Opening *ret,
                                Err *err);
/* Reads a leaf input; texts are views into it. ERR_WRONG when it is not one. */
NODISCARD bool leaf_input_parse(Arena *arena, Str bytes, LeafInput *ret, Err *err);
/* True when the leaf input hashes to `leaf` and holds the commitment to the opened value. */
NODISCARD bool opening_check(Arena *scratch, const Opening *opening, const Hash *leaf, Err *err);

#endif
