/* SPDX-License-Identifier: Apache-2.0 */
#include "report/assessment.h"

#include "report/progress.h"

int64_t assessment_marks(const AssessmentItem *item, ScoreValue value)
{
    int direction = item->full > item->zero ? 1 : -1;
    Amount way = (Amount)(item->full - item->zero) * direction * value.below;
    Amount done = ((Amount)value.above - (Amount)item->zero * value.below) * direction;
    Amount most = (Amount)item->weight * 100;
    done = MIN(MAX(done, 0), way);
    return (int64_t)((2 * most * done + way) / (2 * way));
}

bool assessment_item_marks(const AssessmentItem *item, const FigureValue *value, int64_t *ret_marks)
{
    const Figure *figure = item->figure;
    ScoreValue score = {value->value * 100, figure->unit_size};
    bool has_whole = indicator_has_whole(figure->of);
    if (!value->has_value || (has_whole && value->denominator == 0))
        return false;
    if (has_whole)
        score = (ScoreValue){value->numerator * 10000, value->denominator};
    *ret_marks = assessment_marks(item, score);
    return true;
}

/* ---- units ---- */

typedef VEC(const Org *) Orgs;

static bool has_word(const Str *words, size_t count, Str word)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(words[i], word))
            return true;
    return false;
}

static bool is_unit(const Office *office, const AssessmentAsk *ask, const Org *org)
{
    const Assessment *rule = ask->assessment;
    const Org *below = rule->below.n ? org_by_code(&office->orgs, rule->below) : NULL;
    if (org->is_virtual || org->opened_on > ask->to ||
        (org->closed_on && org->closed_on <= ask->from))
        return false;
    if (rule->n_unit_codes)
        return has_word(rule->unit_codes, rule->n_unit_codes, org->code);
    return has_word(rule->unit_types, rule->n_unit_types, org->type) &&
           (!rule->below.n || (below && org_is_within(&office->orgs, org->id, below->id)));
}

static int org_order(const void *a, const void *b)
{
    const Org *const *one = a, *const *other = b;
    return str_cmp((*one)->code, (*other)->code);
}

static Orgs units_of(Arena *arena, const Office *office, const AssessmentAsk *ask)
{
    Orgs orgs = {0};
    for (size_t i = 0; i < office->orgs.by_id.n; i++) {
        const Org *org = org_find(&office->orgs, office->orgs.by_id.slots[i].number);
        if (org && is_unit(office, ask, org))
            *vec_push(arena, &orgs) = org;
    }
    if (orgs.n > 0)
        qsort(orgs.p, orgs.n, sizeof *orgs.p, org_order);
    return orgs;
}

/* ---- scores ---- */

typedef struct Reading {
    Arena *arena;
    Db *db;
    const Office *office;
    const AssessmentAsk *ask;
} Reading;

static bool read_value(Reading *reading, const Figure *figure, const Org *org,
                       FigureValue *ret_value, Err *err)
{
    FigureQuery query = {figure->of, org->id, reading->ask->from, reading->ask->to};
    return figure_value(reading->arena, reading->db, reading->office, &query, ret_value, err);
}

static bool read_items(Reading *reading, UnitScore *unit, Err *err)
{
    const Assessment *rule = reading->ask->assessment;
    ItemScore *items = NEW_ARRAY(reading->arena, ItemScore, rule->n_items);
    unit->is_scored = unit->volume.value >= rule->volume_min * rule->volume->unit_size;
    for (size_t i = 0; i < rule->n_items; i++) {
        if (!read_value(reading, rule->items[i].figure, unit->org, &items[i].value, err))
            return false;
        items[i].has_marks =
            assessment_item_marks(&rule->items[i], &items[i].value, &items[i].marks);
        unit->is_scored = unit->is_scored && items[i].has_marks;
        unit->marks += items[i].marks;
    }
    unit->items = items;
    return true;
}

static bool read_unit(Reading *reading, UnitScore *unit, Err *err)
{
    const Assessment *rule = reading->ask->assessment;
    FigureValue *excluded = NEW_ARRAY(reading->arena, FigureValue, rule->n_excluded);
    if (!read_value(reading, rule->volume, unit->org, &unit->volume, err))
        return false;
    for (size_t i = 0; i < rule->n_excluded; i++)
        if (!read_value(reading, rule->excluded[i], unit->org, &excluded[i], err))
            return false;
    unit->excluded = excluded;
    return read_items(reading, unit, err);
}

static void place_units(UnitScore *units, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        units[i].place = units[i].is_scored;
        for (size_t j = 0; units[i].is_scored && j < count; j++)
            units[i].place += units[j].is_scored && units[j].marks > units[i].marks;
    }
}

bool assessment_scores(Arena *arena, Db *db, const Office *office, const AssessmentAsk *ask,
                       UnitScores *ret_scores, Err *err)
{
    Reading reading = {arena, db, office, ask};
    Orgs orgs = units_of(arena, office, ask);
    UnitScore *units = NEW_ARRAY(arena, UnitScore, orgs.n);
    for (size_t i = 0; i < orgs.n; i++) {
        units[i].org = orgs.p[i];
        if (!read_unit(&reading, &units[i], err))
            return false;
    }
    place_units(units, orgs.n);
    *ret_scores = (UnitScores){units, orgs.n};
    return true;
}
