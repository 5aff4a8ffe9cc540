/* SPDX-License-Identifier: Apache-2.0 */
#include "change/flush.h"

#include "query.h"

static bool flush_records(SiteState *state, Db *db, const OrgTree *tree, Err *err)
{
    for (size_t i = 0; i < state->records.n; i++) {
        const StateRecord *record = state->records.slots[i].value;
        if (!record->touched)
            continue;
        if (!record_store(state->arena, db, &record->now, &record->before, err) ||
            !record_store_scope(state->arena, db, tree, &record->now, &record->before, err))
            return false;
    }
    return true;
}

bool flush_lists(const SiteState *state, Db *db, Err *err)
{
    for (size_t i = 0; i < state->touches.n; i++)
        if (!q_entry_record_put(db, state->touches.p[i].record, state->touches.p[i].sequence, err))
            return false;
    for (size_t i = 0; i < state->counters.n; i++)
        if (!q_counter_put(db, state->counters.slots[i].key,
                           *(const int64_t *)state->counters.slots[i].value, err))
            return false;
    for (size_t i = 0; i < state->editions.n; i++) {
        const Edition *edition = &state->editions.p[i];
        if (!q_edition_put(db, edition->record, edition->edition, edition->frozen, err))
            return false;
    }
    return true;
}

bool flush_moves(const SiteState *state, Db *db, Err *err)
{
    for (size_t i = 0; i < state->org_moves.n; i++) {
        const OrgMove *move = &state->org_moves.p[i];
        if (!q_org_period_end(db, move->org, move->from, err) ||
            !q_org_period_put(db, move->org, move->from, move->parent, err))
            return false;
    }
    return true;
}

/* Everybody who could list a record because of where the organisation stood is asked anew. */
static bool flush_moved_scopes(SiteState *state, Db *db, const Profile *profile, Err *err)
{
    OrgTree tree;
    if (!org_tree_load(state->arena, db, &tree, err))
        return false;
    tree.profile = profile;
    for (size_t i = 0; i < state->org_moves.n; i++) {
        QScopeRecords *rows;
        size_t count;
        if (!q_scope_records_all(db, state->arena, state->org_moves.p[i].org, &rows, &count, err))
            return false;
        for (size_t j = 0; j < count; j++) {
            Record record;
            if (!record_get(state->arena, db, rows[j].record, &record, err) ||
                !record_store_scope(state->arena, db, &tree, &record, NULL, err))
                return false;
        }
    }
    return true;
}

bool flush_state(SiteState *state, Db *db, const OrgTree *tree, Err *err)
{
    if (!flush_records(state, db, tree, err) || !flush_lists(state, db, err))
        return false;
    if (state->org_moves.n == 0)
        return true;
    return flush_moves(state, db, err) && flush_moved_scopes(state, db, tree->profile, err);
}
