/* SPDX-License-Identifier: Apache-2.0 */
#include "change/flush.h"
#include "change/lock.h"
#include "figure/cell.h"
#include "profile/fact.h"

#include "query.h"

typedef struct Counting {
    SiteState *state;
    const Profile *profile;
    CellDeltas deltas;
    Map done;    /* ids already counted */
    Err failure; /* of a read that a condition asked for: the batch must not be written */
} Counting;

static const Values *linked_before(void *context, int64_t target)
{
    Counting *counting = context;
    StateRecord *record = state_find(counting->state, target, &counting->failure);
    return record && record->before.n ? &record->before : NULL;
}

static const Values *linked_now(void *context, int64_t target)
{
    Counting *counting = context;
    StateRecord *record = state_find(counting->state, target, &counting->failure);
    return record ? &record->now.values : NULL;
}

static void count_record(Counting *counting, const StateRecord *record)
{
    Arena *arena = counting->state->arena;
    Contributions before = {0}, now = {0};
    Facts was = {&record->before, linked_before, counting, record->now.id};
    Facts is = {&record->now.values, linked_now, counting, record->now.id};
    if (map_find_id(&counting->done, record->now.id))
        return;
    map_set_id(&counting->done, record->now.id, counting);
    if (record->before.n)
        contributions_of(arena, counting->profile, &was, &before);
    contributions_of(arena, counting->profile, &is, &now);
    cell_deltas_add(&counting->deltas, record->now.id, &before, &now);
}

static bool links_have(const StrVec *links, Str name)
{
    for (size_t i = 0; i < links->n; i++)
        if (str_eq(links->p[i], name))
            return true;
    return false;
}

/* Names of the links through which some condition looks at another record. */
static void links_of(Arena *arena, const Condition *condition, StrVec *links)
{
    if (!condition)
        return;
    if (condition->type == CONDITION_PARENT && !links_have(links, condition->fact))
        *vec_push(arena, links) = condition->fact;
    for (size_t i = 0; i < condition->n_parts; i++)
        links_of(arena, condition->parts[i], links);
}

static bool count_linking(Counting *counting, Str link, const StateRecord *target, Err *err)
{
    SiteState *state = counting->state;
    IdVec ids = {0};
    if (!state_linking(state, link, target->now.id, &ids, err))
        return false;
    for (size_t i = 0; i < ids.n; i++) {
        StateRecord *record = state_find(state, ids.p[i], err);
        if (!record)
            return false;
        count_record(counting, record);
    }
    return true;
}

static bool link_reaches(const Profile *profile, Str link, Str kind)
{
    Fact fact;
    for (size_t i = 0; i < profile->n_kinds; i++) {
        if (!fact_find(profile, &profile->kinds[i], link, &fact))
            continue;
        for (size_t j = 0; fact_target(&fact, j); j++)
            if (str_eq(fact_target(&fact, j)->name, kind))
                return true;
    }
    return false;
}

static bool count_dependents(Counting *counting, const StrVec *links, Err *err)
{
    SiteState *state = counting->state;
    size_t count = state->records.n; /* loading neighbours adds records, which need no neighbours */
    for (size_t i = 0; i < count; i++) {
        const StateRecord *record = state->records.slots[i].value;
        if (!record->touched || record->before.n == 0)
            continue;
        for (size_t j = 0; j < links->n; j++)
            if (link_reaches(counting->profile, links->p[j],
                             values_text(&record->now.values, S("kind"))) &&
                !count_linking(counting, links->p[j], record, err))
                return false;
    }
    return true;
}

bool count_state(SiteState *state, Db *db, const Profile *profile, const Office *locked, Err *err)
{
    Counting counting = {.state = state,
                         .profile = profile,
                         .deltas = cell_deltas_open(state->arena),
                         .done = map_open(state->arena)};
    StrVec links = {0};
    for (size_t i = 0; i < state->records.n; i++) {
        const StateRecord *record = state->records.slots[i].value;
        if (record->touched)
            count_record(&counting, record);
    }
    for (size_t i = 0; i < profile->n_indicators; i++)
        links_of(state->arena, profile->indicators[i].where, &links);
    if (!count_dependents(&counting, &links, err))
        return false;
    if (counting.failure.code) {
        err_copy(state->arena, err, &counting.failure);
        return false;
    }
    if (locked && !locks_allow(state->arena, locked, &counting.deltas, err))
        return false;
    return cell_deltas_flush(&counting.deltas, db, err);
}
