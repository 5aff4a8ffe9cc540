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

static bool came_before(Rehearsal *rehearsal, const Change *change, bool *ret_before, Err *err)
{
    QEntryKeyKnown row;
    *ret_before = false;
    return change->key.n == 0 || q_entry_key_known(rehearsal->state.db, rehearsal->change,
                                                   change->key, &row, ret_before, err);
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

static bool rehearse_change(Rehearsal *rehearsal, const Change *change, bool *ret_repeated,
                            Err *err)
{
    Decision decision;
    Draft draft = {.arena = rehearsal->change,
                   .state = &rehearsal->state,
                   .office = rehearsal->office,
                   .random = &rehearsal->random,
                   .now = rehearsal->now,
                   .records = map_open(rehearsal->change)};
    if (!came_before(rehearsal, change, ret_repeated, err))
        return false;
    return *ret_repeated || (decide(&draft, change, &decision, err) &&
                             rehearse_entry(rehearsal, &draft, &decision, err));
}

bool rehearse(Arena *arena, Rehearsal *rehearsal, const Change *change, bool *ret_repeated,
              Err *err)
{
    Err why = {0};
    bool taken = rehearse_change(rehearsal, change, ret_repeated, &why);
    if (!taken && err)
        err_copy(arena, err, &why);
    arena_reset(rehearsal->change);
    return taken;
}
