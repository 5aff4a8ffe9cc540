/* SPDX-License-Identifier: Apache-2.0 */
/* record.h - one record of any kind: an id and named values.
 *
 * Everything that is known about a record is a value with a name: status, place, due_on, the
 * profile's fields, milestones, counters. On disk some names have typed columns and the others
 * stand in `data` (rule/rule.h, fact_column); nobody above this file needs to know which.
 */
#ifndef TONGXIN_RECORD_H
#define TONGXIN_RECORD_H

#include "base/value.h"
#include "db/db.h"
#include "org/office.h"
#include "rule/rule.h"

/* The record that holds what belongs to the whole site: active profile, site id. Always id 1. */
#define RECORD_SITE INT64_C(1)

typedef struct Record {
    int64_t id;
    int64_t version; /* sequence of the last entry that touched it; 0: not stored yet */
    Values values;   /* includes kind, number, status … */
} Record;

/* False with ERR_NOT_FOUND when there is none. The record lives in `arena`. */
NODISCARD bool record_get(Arena *arena, Db *db, int64_t id, Record *ret_record, Err *err);
/* The record with this number (or external code for kinds without numbers); *ret_found says. */
NODISCARD bool record_find(Arena *arena, Db *db, Str number, Record *ret_record, bool *ret_found,
                           Err *err);
/* All records of a parent, of one kind, in order of id. */
NODISCARD bool record_children(Arena *arena, Db *db, int64_t parent, Str kind, Record **ret_records,
                               size_t *ret_count, Err *err);
/* All records of one kind, voided ones too, in order of id. */
NODISCARD bool record_of_kind(Arena *arena, Db *db, Str kind, Record **ret_records,
                              size_t *ret_count, Err *err);
/* Open records of one kind that the organisation leads, in order of id. */
NODISCARD bool record_led(Arena *arena, Db *db, Str kind, int64_t lead, Record **ret_records,
                          size_t *ret_count, Err *err);
/* Open records of every kind that were past their limit at `at`, the latest first, at most `most`.
 */
NODISCARD bool record_late(Arena *arena, Db *db, Instant at, size_t most, Record **ret_records,
                           size_t *ret_count, Err *err);
/* Ids of the records whose link `name` points to `target`, ascending. */
NODISCARD bool record_linking(Arena *arena, Db *db, Str name, int64_t target, IdVec *ret_ids,
                              Err *err);

/* Writes the record's row, its link rows and, for an account, its grants. `before` is what the
 * tables hold now, so that only what differs is written: empty for a record that is not there yet,
 * NULL when it is not known (what hangs on the record is then written anew). Only change/ and
 * audit/ call this. */
NODISCARD bool record_store(Arena *arena, Db *db, const Record *record, const Values *before,
                            Err *err);
/* Writes its scope rows for today's tree. `before` as above, on the same tree: after an
 * organisation moved in the tree it is NULL. A voided record keeps its rows, with open = -1;
 * lists leave it out. Only change/ and audit/ call this. */
NODISCARD bool record_store_scope(Arena *arena, Db *db, const OrgTree *tree, const Record *record,
                                  const Values *before, Err *err);

/* `due_on` of a scope row of a record whose limit does not run, for it has none, is paused or was
 * kept: it stands after all that wait for a day. */
#define RECORD_NO_DUE INT64_C(3652059) /* 9969-02-02 */

typedef bool (*RecordEach)(void *context, const Record *record, Err *err);
/* Calls `each` for every record in order of id, until it says false; then so does this. Memory of
 * one record lives until the next call. */
NODISCARD bool record_each(Db *db, RecordEach each, void *context, Err *err);

/* What the record is called in lists: the kind's title field; its number when that is no text. */
Str record_title(const Kind *kind, const Values *values);

#endif
