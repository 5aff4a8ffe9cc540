/* SPDX-License-Identifier: Apache-2.0 */
/* entry.h - one entry of the journal, its leaf in the tree, its stored form, and erasing.
 *
 * An entry is a header and a list of named values in two parts: plain (ids, organisations, dates,
 * choices, numbers, status) and text (free text, file names, content hashes). The leaf does not
 * contain the values but a commitment to each:
 *
 *     commitment = SHA-256(HMAC-SHA-256(salt of the part, name) || value)
 *
 * so one field can be opened without the others (opening.h), and text can be erased while the
 * leaf, every proof and every figure stands. The byte forms are in doc/ledger-format.md; the
 * reasons in doc/adr/0005-leaf-format.md.
 *
 * Pure functions: salts and times are drawn by the caller, storing is done by the caller.
 */
#ifndef TONGXIN_ENTRY_H
#define TONGXIN_ENTRY_H

#include "base/err.h"
#include "base/moment.h"
#include "ledger/digest.h"

#define SALT_SIZE        16      /* bytes */
#define ENTRY_HEADER_MAX 200     /* bytes of actor, action, profile, each */
#define ENTRY_NAME_MAX   200     /* bytes of a field name */
#define ENTRY_VALUE_MAX  1048576 /* bytes of a value */
#define ENTRY_FIELDS_MAX 20000

typedef struct EntryHeader {
    int64_t sequence;    /* 1, 2, 3 ... without gaps; leaf index = sequence - 1 */
    Instant recorded_at; /* the writer's clock, never before the previous entry's */
    Instant at;          /* when it happened */
    Str actor;           /* "account:12", "public", "cli:root", "task:clock" */
    Str action;          /* "enterprise_request.assign" */
    Str profile;         /* hash of the active profile in hex, or empty */
    Str key;             /* idempotency key; a kept column, not in the leaf */
    Str form_hash;       /* hex; a kept column, not in the leaf */
} EntryHeader;

typedef enum FieldForm {
    FIELD_VALUE,  /* the value is there; its key is HMAC(salt, name) */
    FIELD_ERASED, /* only the commitment is left, in `hash` */
    FIELD_KEYED   /* the value is there with its own key in `hash`: the salt was erased */
} FieldForm;

typedef struct EntryField {
    Str name;  /* "1024.status": record id, '.', value name */
    Str value; /* canonical JSON bytes (base/value.h); empty when erased */
    bool text; /* in the text part */
    FieldForm form;
    Hash hash; /* see FieldForm */
} EntryField;

typedef struct Entry {
    EntryHeader header;
    EntryField *fields; /* plain part, then text part, each ascending by name bytes */
    size_t field_count;
    uint8_t plain_salt[SALT_SIZE];
    uint8_t text_salt[SALT_SIZE]; /* zeros after an erasure */
} Entry;

/* Both hashes of the same leaf input. */
typedef struct Leaf {
    Hash sha256;
    Hash sm3;
} Leaf;

/* ERR_WRONG when a limit above is passed, sequence < 1, the order is wrong or a name occurs twice
 * in a part. For entries built by the program and for those read back. */
NODISCARD bool entry_check(const Entry *entry, Err *err);

/* The commitment to a field of this entry, whatever its form. */
Hash entry_commitment(const Entry *entry, const EntryField *field);
/* The leaf input in `arena`: header, then part, name and commitment of each field. */
Str entry_leaf_input(Arena *arena, const Entry *entry);
/* SHA-256(0x00 || input) and SM3(0x00 || input). */
Leaf leaf_of_input(Str leaf_input);
/* Both steps; `scratch` is used and rewound. */
Leaf entry_leaf(Arena *scratch, const Entry *entry);

/* ---- stored form: columns `plain` and `text` of table entry ---- */

/* Bytes of the plain or the text part. */
Str entry_write_part(Arena *arena, const Entry *entry, bool text);
/* Fills `fields` from both columns and checks the entry; header and salts are already set by the
 * caller from their columns. Names and values are views into `plain` and `text`. ERR_WRONG when a
 * column cannot be read; `entry->fields` is then untouched. */
NODISCARD bool entry_read_parts(Arena *arena, Entry *entry, Str plain, Str text, Err *err);

/* ---- erasing ---- */

/* Replaces the value of every text field whose name begins with `prefix` ("1024." for one record,
 * empty for all) by its commitment and the text salt by zeros; text fields that stay keep their
 * value with their own key. Returns how many fields were erased now: 0 leaves the entry as it was.
 * The leaf is the same before and after. */
size_t entry_erase(Entry *entry, Str prefix);

#endif
