/* SPDX-License-Identifier: Apache-2.0 */
#include "change/rehearse.h"

#include "change/decide.h"
#include "change/fold.h"

#include "query.h"

void rehearsal_open(Rehearsal *rehearsal, Db *db, const Office *office, Instant now)
{
    *rehearsal = (Rehearsal){.office = office,
                             .now = now,
                             .arena = arena_open(),
                             .change = arena_open(),
                             .random = random_seeded(1)};
    rehearsal->state = state_open(rehearsal->arena, db);
}

void rehearsal_close(Rehearsal *rehearsal)
{
    arena_close(rehearsal->change);
    arena_close(rehearsal->arena);
}

static bool made_of(Arena *arena, Rehearsal *rehearsal, int64_t id, Rehearsed *ret_made, Err *err)
{
    const StateRecord *record = state_find(&rehearsal->state, id, err);
    if (!record)
        return false;
    *ret_made = (Rehearsed){id, str_dup(arena, values_text(&record->now.values, S("number")))};
    return true;
}

bool rehearse_known(Arena *arena, Rehearsal *rehearsal, Str key, Rehearsed *ret_made, Err *err)
{
    QEntryBySharedKey row;
    bool found;
    if (!q_entry_by_shared_key(rehearsal->state.db, rehearsal->change, key, &row, &found, err))
        return false;
    *ret_made = (Rehearsed){0};
    return !found || made_of(arena, rehearsal, row.record, ret_made, err);
}

/* The entry as far as the fold looks at it: no salts, no leaf. */
static bool rehearse_entry(Rehearsal *rehearsal, Draft *draft, const Decision *decision, Err *err)
{
    Entry entry = {.header = {.sequence = ++rehearsal->sequence,
                              .recorded_at = draft->now,
                              .at = draft->at,
                              .actor = draft->actor->name,
                              .action = decision->action}};
    draft_fields(draft, &entry.fields, &entry.field_count);
    return entry_check(&entry, err) && fold_entry(&rehearsal->state, &entry, err);
}

static bool rehearse_change(Rehearsal *rehearsal, const Change *change, int64_t *ret_record,
                            Err *err)
{
    Decision decision;
    Draft draft = {.arena = rehearsal->change,
                   .state = &rehearsal->state,
                   .office = rehearsal->office,
                   .random = &rehearsal->random,
                   .now = rehearsal->now,
                   .records = map_open(rehearsal->change)};
    if (!decide(&draft, change, &decision, err) ||
        !rehearse_entry(rehearsal, &draft, &decision, err))
        return false;
    *ret_record = decision.record;
    return true;
}

bool rehearse(Arena *arena, Rehearsal *rehearsal, const Change *change, Rehearsed *ret_made,
              Err *err)
{
    Err why = {0};
    int64_t record;
    bool taken = rehearse_change(rehearsal, change, &record, &why) &&
                 made_of(arena, rehearsal, record, ret_made, &why);
    if (!taken && err)
        err_copy(arena, err, &why);
    arena_reset(rehearsal->change);
    return taken;
}
