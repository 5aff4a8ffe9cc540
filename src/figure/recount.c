/* SPDX-License-Identifier: Apache-2.0 */
#include "figure/recount.h"

#include "query.h"

/* Linked records are few and asked for again and again; past this much they are forgotten. */
#define CACHE_BYTES (8 << 20)

typedef VEC(const Indicator *) IndicatorVec;

typedef struct Recount {
    const RecountSource *source;
    const Profile *profile;
    IndicatorVec indicators;
    CellDeltas deltas;
    Arena *scratch; /* one record's contributions */
    Arena *kept;    /* linked records */
    Map linked;     /* id → Values* */
    Err failure;    /* of the source, inside a condition that cannot fail */
} Recount;

static const Values *linked_values(void *context, int64_t target)
{
    Recount *recount = context;
    Values *values = map_find_id(&recount->linked, target);
    bool found = false;
    if (values || recount->failure.code)
        return values;
    values = NEW(recount->kept, Values);
    if (!recount->source->get(recount->source->context, recount->kept, target, values, &found,
                              &recount->failure) ||
        !found)
        return NULL;
    map_set_id(&recount->linked, target, values);
    return values;
}

static bool recount_visit(void *context, int64_t id, const Values *values, Err *err)
{
    Recount *recount = context;
    Facts facts = {values, linked_values, recount, id};
    Contributions none = {0}, now = {0};
    if (arena_used(recount->kept) > CACHE_BYTES) {
        arena_reset(recount->kept);
        recount->linked = map_open(recount->kept);
    }
    contributions_to(recount->scratch, recount->profile, recount->indicators.p,
                     recount->indicators.n, &facts, &now);
    cell_deltas_add(&recount->deltas, id, &none, &now);
    arena_reset(recount->scratch);
    if (recount->failure.code == ERR_NONE)
        return true;
    *err = recount->failure;
    return false;
}

/* Counts `indicators` over all records. */
static bool recount_run(Arena *arena, const Profile *profile, const IndicatorVec *indicators,
                        const RecountSource *source, CellDeltas *ret_deltas, Err *err)
{
    Recount recount = {.source = source,
                       .profile = profile,
                       .indicators = *indicators,
                       .deltas = cell_deltas_open(arena),
                       .scratch = arena_open(),
                       .kept = arena_open()};
    recount.linked = map_open(recount.kept);
    bool done = source->each(source->context, recount_visit, &recount, err);
    arena_close(recount.scratch);
    arena_close(recount.kept);
    if (!done)
        return false;
    cell_deltas_sort(&recount.deltas);
    *ret_deltas = recount.deltas;
    return true;
}

static bool has_key(const Profile *profile, uint64_t key)
{
    for (size_t i = 0; profile && i < profile->n_indicators; i++)
        if (profile->indicators[i].key == key && !indicator_has_whole(&profile->indicators[i]))
            return true;
    return false;
}

/* Every figure of the one that is this stock is so in the other. */
static bool opens_alike(const Profile *one, const Profile *other, uint64_t key)
{
    for (size_t i = 0; i < one->n_figures; i++) {
        const Figure *figure = &one->figures[i], *same;
        if (!figure->of || figure->of->key != key)
            continue;
        same = profile_figure(other, figure->name);
        if (!same || !same->of || same->of->key != key || same->unit_size != figure->unit_size)
            return false;
    }
    return true;
}

/* Opening values name figures: of a stock it matters which figures it is. */
static bool is_counted(const Profile *old, const Profile *next, const Indicator *indicator)
{
    if (!has_key(old, indicator->key))
        return false;
    return indicator->type != INDICATOR_STOCK ||
           (opens_alike(old, next, indicator->key) && opens_alike(next, old, indicator->key));
}

static bool clear_key(Db *db, uint64_t key, Err *err)
{
    return q_cell_clear_indicator(db, (int64_t)key, err) &&
           q_contribution_clear_indicator(db, (int64_t)key, err);
}

bool recount_changed(Arena *arena, Db *db, const Profile *old, const Profile *next,
                     const RecountSource *source, Err *err)
{
    IndicatorVec fresh = {0};
    CellDeltas deltas;
    for (size_t i = 0; old && i < old->n_indicators; i++)
        if (!has_key(next, old->indicators[i].key) && !clear_key(db, old->indicators[i].key, err))
            return false;
    for (size_t i = 0; i < next->n_indicators; i++) {
        const Indicator *indicator = &next->indicators[i];
        if (indicator_has_whole(indicator) || is_counted(old, next, indicator))
            continue;
        if (!clear_key(db, indicator->key, err))
            return false;
        *vec_push(arena, &fresh) = indicator;
    }
    if (fresh.n == 0)
        return true;
    return recount_run(arena, next, &fresh, source, &deltas, err) &&
           cell_deltas_flush(&deltas, db, err);
}

bool recount_all(Arena *arena, const Profile *profile, const RecountSource *source,
                 CellDeltas *ret_deltas, Err *err)
{
    IndicatorVec all = {0};
    for (size_t i = 0; i < profile->n_indicators; i++)
        *vec_push(arena, &all) = &profile->indicators[i];
    return recount_run(arena, profile, &all, source, ret_deltas, err);
}
