/* SPDX-License-Identifier: Apache-2.0 */
#include "figure/cell.h"

#include "base/number.h"
#include "figure/period.h"

#include "query.h"

/* ---- what one record contributes ---- */

static bool day_named(const Values *values, Str name, Day *ret_day)
{
    int64_t number = name.n ? values_int(values, name) : 0;
    *ret_day = day_is_instant(name) ? day_of(number) : (Day)number;
    return number != 0;
}

static bool is_self(Str name)
{
    return str_eq(name, FACT_SELF);
}

/* Once, or for each id in the counted link. */
static void contribute_one(Arena *arena, const Facts *facts, Contribution one,
                           Contributions *contributions)
{
    bool distinct = one.indicator->type == INDICATOR_DISTINCT;
    Value link = distinct ? values_get(facts->own, one.indicator->distinct) : VALUE_NOTHING;
    const int64_t *ids = link.type == VALUE_IDS ? link.ids : &link.number;
    size_t count = link.type == VALUE_IDS ? link.count : link.type == VALUE_INT;
    if (distinct && is_self(one.indicator->distinct))
        one.ref = facts->id;
    if (!distinct || one.ref)
        *vec_push(arena, contributions) = one;
    for (size_t i = 0; i < count; i++) {
        one.ref = ids[i];
        *vec_push(arena, contributions) = one;
    }
}

static void contribute_stock(Arena *arena, const Facts *facts, Contribution one,
                             Contributions *contributions)
{
    Day until;
    bool ends = day_named(facts->own, one.indicator->until, &until);
    if (!day_named(facts->own, one.indicator->from, &one.day) || (ends && until < one.day))
        return;
    contribute_one(arena, facts, one, contributions);
    if (!ends)
        return;
    one.day = until + 1;
    one.n = -one.n;
    one.sum = -one.sum;
    contribute_one(arena, facts, one, contributions);
}

static bool has_key(const Contributions *contributions, uint64_t key)
{
    for (size_t i = 0; i < contributions->n; i++)
        if (contributions->p[i].indicator->key == key)
            return true;
    return false;
}

/* The caller has compared the kind. */
static void contribute(Arena *arena, const Indicator *indicator, const Facts *facts,
                       Contributions *contributions)
{
    const Values *own = facts->own;
    Contribution one = {.indicator = indicator, .n = 1};
    if (!rule_holds(indicator->where, facts) || has_key(contributions, indicator->key))
        return;
    one.org = is_self(indicator->at) ? facts->id : values_id(own, indicator->at);
    one.sum = indicator->sum.n ? values_int(own, indicator->sum) : 0;
    if (indicator_is_stock(indicator))
        contribute_stock(arena, facts, one, contributions);
    else if (day_named(own, indicator->in, &one.day))
        contribute_one(arena, facts, one, contributions);
}

/* The kind's name of a record that counts, else empty. */
static Str counted_kind(const Values *values)
{
    bool voided = values_get(values, S("voided_at")).type != VALUE_NONE;
    return voided ? S("") : values_text(values, S("kind"));
}

static bool is_of(const Indicator *indicator, Str kind)
{
    return !indicator_has_whole(indicator) && indicator->kind &&
           str_eq(indicator->kind->name, kind);
}

/* ---- opening values ---- */

bool opening_amount(const Figure *figure, const Kind *kind, const Values *values,
                    int64_t *ret_amount)
{
    __int128 parts = (__int128)values_int(values, S("value")) * MAX(figure->unit_size, 1);
    int64_t whole = 1;
    for (int i = kind_field(kind, S("value"))->scale; i > 0; i--)
        whole *= 10;
    *ret_amount = (int64_t)(parts / whole);
    return parts % whole == 0;
}

/* The stock that the record opens, or NULL. */
static const Figure *opened_figure(const Profile *profile, const Kind *kind, const Values *values)
{
    const Figure *figure =
        kind && kind->opens ? profile_figure(profile, values_text(values, S("figure"))) : NULL;
    return figure && figure->of && figure->of->type == INDICATOR_STOCK ? figure : NULL;
}

static void contribute_opening(Arena *arena, const Profile *profile, const Facts *facts,
                               Contributions *contributions)
{
    const Kind *kind = profile_kind(profile, counted_kind(facts->own));
    const Figure *figure = opened_figure(profile, kind, facts->own);
    Contribution one = {.indicator = figure ? figure->of : NULL};
    int64_t amount;
    if (!figure || !day_named(facts->own, S("as_of"), &one.day) ||
        !opening_amount(figure, kind, facts->own, &amount))
        return;
    one.org = values_id(facts->own, S("place"));
    one.n = figure->of->sum.n ? 0 : amount;
    one.sum = figure->of->sum.n ? amount : 0;
    *vec_push(arena, contributions) = one;
}

/* ---- all of it ---- */

void contributions_of(Arena *arena, const Profile *profile, const Facts *facts,
                      Contributions *ret_contributions)
{
    Str kind = counted_kind(facts->own);
    for (size_t i = 0; i < profile->n_indicators && kind.n; i++)
        if (is_of(&profile->indicators[i], kind))
            contribute(arena, &profile->indicators[i], facts, ret_contributions);
    if (kind.n)
        contribute_opening(arena, profile, facts, ret_contributions);
}

static bool is_among(const Indicator *const *indicators, size_t count, uint64_t key)
{
    for (size_t i = 0; i < count; i++)
        if (indicators[i]->key == key)
            return true;
    return false;
}

void contributions_to(Arena *arena, const Profile *profile, const Indicator *const *indicators,
                      size_t count, const Facts *facts, Contributions *ret_contributions)
{
    Str kind = counted_kind(facts->own);
    Contributions opening = {0};
    for (size_t i = 0; i < count && kind.n; i++)
        if (is_of(indicators[i], kind))
            contribute(arena, indicators[i], facts, ret_contributions);
    if (kind.n)
        contribute_opening(arena, profile, facts, &opening);
    for (size_t i = 0; i < opening.n; i++)
        if (is_among(indicators, count, opening.p[i].indicator->key))
            *vec_push(arena, ret_contributions) = opening.p[i];
}

/* ---- differences ---- */

CellDeltas cell_deltas_open(Arena *arena)
{
    return (CellDeltas){.arena = arena, .index = map_open(arena)};
}

static CellDelta *delta_at(CellDeltas *deltas, const CellDelta *wanted)
{
    int64_t packed[] = {wanted->indicator, wanted->org, wanted->grain, wanted->period};
    Str key = {(const char *)packed, sizeof(packed)};
    uintptr_t place = (uintptr_t)map_find(&deltas->index, key);
    if (place == 0) {
        *vec_push(deltas->arena, &deltas->cells) = *wanted;
        place = deltas->cells.n;
        map_set(&deltas->index, str_dup(deltas->arena, key), (void *)place);
    }
    return &deltas->cells.p[place - 1];
}

static void delta_add(CellDeltas *deltas, const Contribution *one, int sign)
{
    CellDelta wanted = {.indicator = (int64_t)one->indicator->key,
                        .org = one->org,
                        .stock = indicator_is_stock(one->indicator)};
    for (wanted.grain = 0; wanted.grain <= 1; wanted.grain++) {
        wanted.period = wanted.grain ? month_of(one->day) : one->day;
        CellDelta *cell = delta_at(deltas, &wanted);
        cell->n = add_checked(cell->n, sign * one->n);
        cell->sum = add_checked(cell->sum, sign * one->sum);
    }
}

static bool same_ref(const Contribution *a, const Contribution *b)
{
    return a->indicator->key == b->indicator->key && a->org == b->org && a->day == b->day &&
           a->ref == b->ref && a->n == b->n;
}

static void delta_ref(CellDeltas *deltas, int64_t record, const Contribution *one,
                      const Contributions *others, int sign)
{
    for (size_t i = 0; i < others->n; i++)
        if (same_ref(one, &others->p[i]))
            return;
    *vec_push(deltas->arena, &deltas->refs) =
        (RefDelta){.indicator = (int64_t)one->indicator->key,
                   .org = one->org,
                   .day = one->day,
                   .ref = one->ref,
                   .record = record,
                   .n = one->n,
                   .stock = indicator_is_stock(one->indicator),
                   .sign = sign};
}

static void delta_side(CellDeltas *deltas, int64_t record, const Contributions *side,
                       const Contributions *others, int sign)
{
    for (size_t i = 0; i < side->n; i++) {
        if (side->p[i].indicator->type == INDICATOR_DISTINCT)
            delta_ref(deltas, record, &side->p[i], others, sign);
        else
            delta_add(deltas, &side->p[i], sign);
    }
}

void cell_deltas_add(CellDeltas *deltas, int64_t record, const Contributions *before,
                     const Contributions *after)
{
    delta_side(deltas, record, before, after, -1);
    delta_side(deltas, record, after, before, 1);
}

/* ---- writing ---- */

#define COMPARE(a, b)                  \
    do {                               \
        if ((a) != (b))                \
            return (a) < (b) ? -1 : 1; \
    } while (0)

static int compare_cells(const void *left, const void *right)
{
    const CellDelta *a = left, *b = right;
    COMPARE(a->indicator, b->indicator);
    COMPARE(a->org, b->org);
    COMPARE(a->grain, b->grain);
    COMPARE(a->period, b->period);
    return 0;
}

static int compare_refs(const void *left, const void *right)
{
    const RefDelta *a = left, *b = right;
    COMPARE(a->indicator, b->indicator);
    COMPARE(a->org, b->org);
    COMPARE(a->day, b->day);
    COMPARE(a->ref, b->ref);
    COMPARE(a->record, b->record);
    COMPARE(a->n, b->n);
    return 0;
}

/* A ref may come and go within one batch: what is left of its signs is -1, 0 or +1. */
static void refs_merge(CellDeltas *deltas)
{
    size_t kept = 0;
    for (size_t i = 0; i < deltas->refs.n; i++) {
        RefDelta *last = kept ? &deltas->refs.p[kept - 1] : NULL;
        if (last && compare_refs(last, &deltas->refs.p[i]) == 0)
            last->sign += deltas->refs.p[i].sign;
        else
            deltas->refs.p[kept++] = deltas->refs.p[i];
    }
    deltas->refs.n = kept;
}

void cell_deltas_sort(CellDeltas *deltas)
{
    if (deltas->cells.n)
        qsort(deltas->cells.p, deltas->cells.n, sizeof(CellDelta), compare_cells);
    if (deltas->refs.n)
        qsort(deltas->refs.p, deltas->refs.n, sizeof(RefDelta), compare_refs);
    refs_merge(deltas);
}

static bool flush_cell(const CellDelta *cell, Db *db, Err *err)
{
    if (cell->n == 0 && cell->sum == 0)
        return true;
    if (!q_cell_add(db, cell->indicator, cell->org, cell->grain, cell->period, cell->n, cell->sum,
                    err))
        return false;
    if (cell->n > 0 && !cell->stock)
        return true;
    return q_cell_drop_empty(db, cell->indicator, cell->org, cell->grain, cell->period, err);
}

static bool flush_ref(const RefDelta *ref, Db *db, Err *err)
{
    if (ref->sign == 0)
        return true;
    return ref->sign > 0 ? q_contribution_add(db, ref->indicator, ref->org, ref->day, ref->ref,
                                              ref->record, ref->n, err)
                         : q_contribution_remove(db, ref->indicator, ref->org, ref->day, ref->ref,
                                                 ref->record, ref->n, err);
}

bool cell_deltas_flush(CellDeltas *deltas, Db *db, Err *err)
{
    cell_deltas_sort(deltas);
    for (size_t i = 0; i < deltas->cells.n; i++)
        if (!flush_cell(&deltas->cells.p[i], db, err))
            return false;
    for (size_t i = 0; i < deltas->refs.n; i++)
        if (!flush_ref(&deltas->refs.p[i], db, err))
            return false;
    return true;
}
