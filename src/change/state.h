/* SPDX-License-Identifier: Apache-2.0 */
/* state.h - what one batch knows: records as they are now and as they were before it, counters,
 * places of organisations. Loaded when first asked for, changed by fold only, written by flush.
 *
 * With `db` NULL the state is everything there is (rebuild and verify fold the whole journal into
 * one). Threads: the writer's alone.
 */
#ifndef TONGXIN_CHANGE_STATE_H
#define TONGXIN_CHANGE_STATE_H

#include "base/map.h"
#include "record/record.h"

typedef struct StateRecord {
    Record now;
    Values before; /* when the batch began; empty when it did not exist */
    int64_t before_version;
    bool touched;
} StateRecord;

/* A place of an organisation in the tree that began in this batch. */
typedef struct OrgMove {
    int64_t org;
    Day from;
    int64_t parent; /* 0 = root */
} OrgMove;

typedef struct Edition {
    int64_t record;
    int64_t edition;
    Str frozen;
} Edition;

typedef struct Touch {
    int64_t record;
    int64_t sequence;
} Touch;

/* Which records of this batch ever held a text under one name, as far as touches were read. */
typedef struct TextIndex {
    size_t read;
    Map holders; /* text → IdVec* */
} TextIndex;

typedef struct SiteState {
    Arena *arena;
    Db *db;        /* NULL: nothing to load from */
    Map records;   /* id → StateRecord* */
    Map by_number; /* → StateRecord*, of this batch only */
    Map counters;  /* name → int64_t* */
    Map files;     /* id → int64_t*, the record that was given it */
    VEC(OrgMove) org_moves;
    VEC(Edition) editions;
    VEC(Touch) touches;
    Map texts; /* name → TextIndex*, for names that were asked for */
} SiteState;

/* An empty state: records are loaded from `db` when they are asked for and live in `arena`. */
SiteState state_open(Arena *arena, Db *db);
/* The record, or NULL when there is none (err->code is ERR_NONE) or loading failed. */
StateRecord *state_find(SiteState *state, int64_t id, Err *err);
/* The record, made empty when there is none; NULL only when loading failed. */
StateRecord *state_take(SiteState *state, int64_t id, Err *err);
/* By number; sees numbers issued in this batch. */
StateRecord *state_find_number(SiteState *state, Str number, Err *err);
/* Ids of the records whose link `name` points to `target`, with what this batch did. */
NODISCARD bool state_linking(SiteState *state, Str name, int64_t target, IdVec *ret_ids, Err *err);
/* A record of the kind, not voided and not `but`, that was touched in this batch and holds this
 * text under the name; NULL when there is none. */
StateRecord *state_find_text(SiteState *state, Str kind, Str name, Str text, int64_t but);
/* Does another record of the kind, not voided, hold this text under the name, in this batch or
 * before it? */
NODISCARD bool state_has_text(SiteState *state, Str kind, Str name, Str text, int64_t but,
                              bool *ret_taken, Err *err);
/* What is known of an attachment that the record may hold: bytes that were stored, and belong to
 * nobody else, also by what this batch did. Empty when it may not. */
NODISCARD bool state_attachment(SiteState *state, Str id, int64_t record, Str *ret_facts, Err *err);
/* The record has the file from now on. */
void state_give_file(SiteState *state, Str id, int64_t record);
#define ATTACHMENT_ID_SIZE 32 /* hexadecimal digits */
struct QAttachmentRow;
/* SHA-256 of the bytes, size, media type and name in one text, as the journal keeps it. */
Str attachment_facts(Arena *arena, const struct QAttachmentRow *row);
/* Last value handed out under the name; 0 when none. False when loading failed. */
NODISCARD bool state_counter(SiteState *state, Str name, int64_t *ret_value, Err *err);
void state_set_counter(SiteState *state, Str name, int64_t value);

#endif
