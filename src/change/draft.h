/* SPDX-License-Identifier: Apache-2.0 */
/* draft.h - what decide has worked out so far: assignments to records, not yet an entry.
 *
 * A draft reads through to the state and never changes it: a refused change is a draft thrown away.
 * Reading a record that the draft has written gives the written values.
 */
#ifndef TONGXIN_CHANGE_DRAFT_H
#define TONGXIN_CHANGE_DRAFT_H

#include "base/random.h"
#include "change/change.h"
#include "change/state.h"
#include "ledger/entry.h"
#include "rule/rule.h"

typedef struct DraftRecord {
    int64_t id;
    const Kind *kind;
    Values values; /* with the assignments */
    bool is_new;
} DraftRecord;

typedef struct Assignment {
    int64_t record;
    Str name;
    Value value;
    bool is_text; /* belongs to the text part of the journal */
} Assignment;

typedef struct Draft {
    Arena *arena;
    SiteState *state;
    const Office *office;
    const Actor *actor;
    RandomSource *random;
    Instant at;  /* when it happened */
    Instant now; /* when it is recorded */
    Map records; /* id → DraftRecord* */
    VEC(Assignment) assignments;
    int64_t next_id;
    /* Beside the entry: kept tables, never in the journal. */
    int64_t contact_record;
    Str contact_name, contact_phone;
    bool erases_contact;
    int64_t password_account;
    Str password; /* its hash */
    IdVec erased; /* records whose texts are overwritten in every earlier entry */
} Draft;

/* The record with what the draft did to it; NULL when missing or on failure. */
DraftRecord *draft_record(Draft *draft, int64_t id, Err *err);
/* A new record of the kind, with the next id; kind, created_at are set. */
DraftRecord *draft_create(Draft *draft, const Kind *kind, Err *err);
void draft_set(Draft *draft, DraftRecord *record, Str name, Value value);
void draft_set_text(Draft *draft, DraftRecord *record, Str name, Str text);
void draft_clear(Draft *draft, DraftRecord *record, Str name);
/* Raises an integer value by `by`, from 0. */
void draft_add(Draft *draft, DraftRecord *record, Str name, int64_t by);
/* Adds a record to those that the value names; the first is a plain id, the value stays that way
 * until there is a second. */
void draft_add_id(Draft *draft, DraftRecord *record, Str name, int64_t id);
/* A counter raised by one; the new value. */
NODISCARD bool draft_count(Draft *draft, Str name, int64_t *ret_value, Err *err);
/* The fields of the entry: last assignment of each name, plain part first, each part by name. */
void draft_fields(Draft *draft, EntryField **ret_fields, size_t *ret_count);
/* Facts of a draft record for conditions, links answered through the draft. */
Facts draft_facts(Draft *draft, DraftRecord *record);

#endif
