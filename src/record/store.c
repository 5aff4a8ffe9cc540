/* SPDX-License-Identifier: Apache-2.0 */
/* Writing records. This runs for every change of a site: what did not change is not touched. */
#include "org/grant.h"
#include "org/permit.h"
#include "record/row.h"

static const Values nothing;

/* ---- links ---- */

/* Both lists ascend: rows that only one of them has are added or removed. */
static bool link_store(Db *db, int64_t record, Str name, const Value sides[2], Err *err)
{
    Value before = sides[0], now = sides[1];
    size_t old_at = 0, new_at = 0, old_count = before.type == VALUE_IDS ? before.count : 0;
    size_t new_count = now.type == VALUE_IDS ? now.count : 0;
    while (old_at < old_count || new_at < new_count) {
        bool has_old = old_at < old_count, has_new = new_at < new_count;
        int64_t old_id = has_old ? before.ids[old_at] : INT64_MAX;
        int64_t new_id = has_new ? now.ids[new_at] : INT64_MAX;
        if (has_old && has_new && old_id == new_id) {
            old_at++, new_at++;
        } else if (has_new && (!has_old || new_id < old_id)) {
            if (!q_link_put(db, record, name, new_id, err))
                return false;
            new_at++;
        } else {
            if (!q_link_remove_one(db, record, name, old_id, err))
                return false;
            old_at++;
        }
    }
    return true;
}

static bool links_store(Db *db, const Record *record, const Values *before, Err *err)
{
    const Values *now = &record->values;
    size_t old_at = 0, new_at = 0;
    while (old_at < before->n || new_at < now->n) {
        int order = old_at == before->n ? 1
                    : new_at == now->n  ? -1
                                        : str_cmp(before->p[old_at].name, now->p[new_at].name);
        Str name = order <= 0 ? before->p[old_at].name : now->p[new_at].name;
        Value sides[2] = {order <= 0 ? before->p[old_at].value : VALUE_NOTHING,
                          order >= 0 ? now->p[new_at].value : VALUE_NOTHING};
        old_at += order <= 0;
        new_at += order >= 0;
        if (!link_store(db, record->id, name, sides, err))
            return false;
    }
    return true;
}

bool record_store(Arena *arena, Db *db, const Record *record, const Values *before, Err *err)
{
    QRecordPutParams params;
    ASSERT(record->id > 0 && values_text(&record->values, S("kind")).n > 0);
    row_write(arena, record, &params);
    if (!q_record_put(db, &params, err) || (!before && !q_link_remove(db, record->id, err)) ||
        !links_store(db, record, before ? before : &nothing, err))
        return false;
    return !str_eq(params.kind, S("account")) || grants_store(db, record->id, &record->values, err);
}

/* ---- scope ---- */

/* What a record's scope rows say, all but the organisation. */
typedef struct ScopeRow {
    Str kind, status, category, pending;
    int64_t open, created_at, due_on, record;
} ScopeRow;

static ScopeRow scope_row(int64_t record, const Values *values)
{
    bool runs = values_int(values, S("red_at")) && !values_int(values, S("paused_on"));
    int64_t due_on = runs ? values_int(values, S("due_on")) : 0;
    bool voided = values_int(values, S("voided_at")) != 0;
    return (ScopeRow){
        .kind = values_text(values, S("kind")),
        .status = values_text(values, S("status")),
        .category = values_text(values, S("category")),
        .pending = values_text(values, S("pending")),
        .open = voided ? -1 : values_int(values, S("open")) != 0,
        .created_at = values_int(values, S("created_at")),
        .due_on = due_on ? due_on : RECORD_NO_DUE,
        .record = record,
    };
}

static bool scope_put(Db *db, int64_t org, const ScopeRow *row, Err *err)
{
    return q_scope_put(db,
                       &(QScopePutParams){.org = org,
                                          .kind = row->kind,
                                          .created_at = row->created_at,
                                          .record = row->record,
                                          .open = row->open,
                                          .due_on = row->due_on,
                                          .status = row->status,
                                          .category = row->category,
                                          .pending = row->pending},
                       err);
}

static bool scope_row_eq(const ScopeRow *a, const ScopeRow *b)
{
    return str_eq(a->kind, b->kind) && a->open == b->open && a->created_at == b->created_at &&
           a->due_on == b->due_on && str_eq(a->status, b->status) &&
           str_eq(a->category, b->category) && str_eq(a->pending, b->pending);
}

static bool scope_key_eq(const ScopeRow *a, const ScopeRow *b)
{
    return str_eq(a->kind, b->kind) && a->created_at == b->created_at;
}

static bool scope_remove(Db *db, IdVec orgs, const IdVec *keep, const ScopeRow *row, Err *err)
{
    for (size_t i = 0; i < orgs.n; i++)
        if ((!keep || !ids_have(keep->p, keep->n, orgs.p[i])) &&
            !q_scope_remove_one(db, orgs.p[i], row->kind, row->created_at, row->record, err))
            return false;
    return true;
}

bool record_store_scope(Arena *arena, Db *db, const OrgTree *tree, const Record *record,
                        const Values *before, Err *err)
{
    IdVec orgs = permit_scope_orgs(arena, tree, &record->values), old = {0};
    ScopeRow row = scope_row(record->id, &record->values), old_row = row;
    bool same;
    if (before && before->n) {
        old = permit_scope_orgs(arena, tree, before);
        old_row = scope_row(record->id, before);
    }
    same = scope_row_eq(&row, &old_row);
    if (!before && !q_scope_remove(db, record->id, err))
        return false;
    if (!scope_remove(db, old, scope_key_eq(&row, &old_row) ? &orgs : NULL, &old_row, err))
        return false;
    for (size_t i = 0; i < orgs.n; i++)
        if (!(same && ids_have(old.p, old.n, orgs.p[i])) && !scope_put(db, orgs.p[i], &row, err))
            return false;
    return true;
}
