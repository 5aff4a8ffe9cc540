/* SPDX-License-Identifier: Apache-2.0 */
#include "audit/audit_internal.h"
#include "change/flush.h"
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

/* Without `tree` the rows of records, with it their scope rows, which need the places of all. */
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
static bool store_cells(Arena *arena, Db *db, const Office *office, AuditReport *report, Err *err)
{
    RecountSource source = recount_source(db);
    CellDeltas cells;
    bool counted;
    if (!office) {
        if (report->records > 0)
            finding_add(arena, report, S("cell"), S(""), MSG_audit_no_profile, S(""), S(""));
        return true;
    }
    counted = recount_all(arena, office->profile, &source, &cells, err);
    if (counted)
        report->cells = (int64_t)cells.cells.n;
    return counted && cell_deltas_flush(&cells, db, err);
}

bool audit_store(Arena *arena, Db *db, SiteState *state, AuditReport *report, Err *err)
{
    OrgTree tree;
    Office *office = NULL;
    Err why = {0};
    bool stored = true;
    report->records = 0;
    if (!store_records(arena, db, state, NULL, report, err) || !flush_moves(state, db, err))
        return false;
    if (!office_load(db, NULL, &office, &why))
        office = NULL;
    if (org_tree_load(arena, db, &tree, &why)) {
        tree.profile = office ? office->profile : NULL;
        stored = store_records(arena, db, state, &tree, report, err);
    } else {
        finding_add(arena, report, S("org"), S(""), MSG_audit_not_storable, S(""), S(""));
    }
    stored = stored && flush_lists(state, db, err) && store_cells(arena, db, office, report, err);
    office_drop(office);
    return stored;
}
