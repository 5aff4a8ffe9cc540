/* SPDX-License-Identifier: Apache-2.0 */
#include "audit/audit_internal.h"
#include "change/recount_bridge.h"

#include "query.h"

static const Values nothing;

bool audit_clear(Db *db, Err *err)
{
    return q_record_clear(db, err) && q_link_clear(db, err) && q_scope_clear(db, err) &&
           q_org_clear(db, err) && q_grant_clear(db, err) && q_cell_clear(db, err) &&
           q_contribution_clear(db, err) && q_edition_clear(db, err) && q_counter_clear(db, err) &&
           q_entry_record_clear(db, err);
}

static bool store_orgs(Db *db, const SiteState *state, Err *err)
{
    for (size_t i = 0; i < state->org_moves.n; i++) {
        const OrgMove *move = &state->org_moves.p[i];
        if (!q_org_period_end(db, move->org, move->from, err) ||
            !q_org_period_put(db, move->org, move->from, move->parent, err))
            return false;
    }
    return true;
}

static bool store_lists(Db *db, const SiteState *state, Err *err)
{
    for (size_t i = 0; i < state->touches.n; i++)
        if (!q_entry_record_put(db, state->touches.p[i].record, state->touches.p[i].sequence, err))
            return false;
    for (size_t i = 0; i < state->counters.n; i++)
        if (!q_counter_put(db, state->counters.slots[i].key,
                           *(const int64_t *)state->counters.slots[i].value, err))
            return false;
    for (size_t i = 0; i < state->editions.n; i++)
        if (!q_edition_put(db, state->editions.p[i].record, state->editions.p[i].edition,
                           state->editions.p[i].frozen, err))
            return false;
    return true;
}

/* `step` 0 writes the rows of records, 1 their scope rows, which need the tree of all of them. */
static bool store_records(Arena *arena, Db *db, const SiteState *state, const OrgTree *tree,
                          AuditReport *report, Err *err)
{
    Arena *scratch = arena_open();
    bool stored = true;
    for (size_t i = 0; stored && i < state->records.n; i++) {
        const StateRecord *record = state->records.slots[i].value;
        Err why = {0};
        if (!tree)
            report->records++;
        /* Only a damaged journal has a record without kind, or two with one number. */
        if (values_text(&record->now.values, S("kind")).n == 0)
            stored = tree != NULL;
        else if (tree)
            stored = record_store_scope(scratch, db, tree, &record->now, &nothing, &why);
        else
            stored = record_store(scratch, db, &record->now, &nothing, &why);
        if (!stored && (why.code == ERR_NONE || why.code == ERR_CONFLICT)) {
            finding_add(arena, report, S("record"), STR(arena, record->now.id),
                        MSG_audit_not_storable, S(""), S(""));
            stored = true;
        } else if (!stored && err) {
            err_copy(arena, err, &why);
        }
        arena_reset(scratch);
    }
    arena_close(scratch);
    return stored;
}

/* With the profile that the journal itself says is active; a site that has none counts nothing. */
static bool store_cells(Arena *arena, Db *db, AuditReport *report, Err *err)
{
    RecountSource source = recount_source(db);
    Office *office;
    Err why = {0};
    CellDeltas cells;
    bool counted;
    if (!office_load(db, NULL, &office, &why)) {
        if (report->records > 0)
            finding_add(arena, report, S("cell"), S(""), MSG_audit_no_profile, S(""), S(""));
        return true;
    }
    counted = recount_all(arena, office->profile, &source, &cells, err);
    if (counted)
        report->cells = (int64_t)cells.cells.n;
    counted = counted && cell_deltas_flush(&cells, db, err);
    office_drop(office);
    return counted;
}

bool audit_store(Arena *arena, Db *db, SiteState *state, AuditReport *report, Err *err)
{
    OrgTree tree;
    Err why = {0};
    report->records = 0;
    if (!store_records(arena, db, state, NULL, report, err) || !store_orgs(db, state, err))
        return false;
    if (org_tree_load(arena, db, &tree, &why)) {
        if (!store_records(arena, db, state, &tree, report, err))
            return false;
    } else {
        finding_add(arena, report, S("org"), S(""), MSG_audit_not_storable, S(""), S(""));
    }
    return store_lists(db, state, err) && store_cells(arena, db, report, err);
}
