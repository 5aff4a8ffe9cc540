/* SPDX-License-Identifier: Apache-2.0 */
/* What an edition's figures would be today. */
#include "report/draft.h"

typedef struct Comparing {
    Arena *arena;
    Db *db;
    const Office *office;
    Err *err;
} Comparing;

static bool same_value(const FigureValue *a, const FigureValue *b)
{
    return a->n == b->n && a->sum == b->sum && a->value == b->value &&
           a->numerator == b->numerator && a->denominator == b->denominator &&
           a->has_value == b->has_value;
}

/* Both ascending. */
static void compare_ids(const RecordSet *before, const RecordSet *now, BriefingChange *change)
{
    int64_t i = 0, j = 0;
    while (i < before->count || j < now->count) {
        bool only_before = j == now->count || (i < before->count && before->ids[i] < now->ids[j]);
        bool only_now = i == before->count || (j < now->count && now->ids[j] < before->ids[i]);
        change->removed += only_before;
        change->added += only_now;
        i += !only_now;
        j += !only_before;
    }
}

static bool compare_sets(const Comparing *comparing, const BriefingFigure *figure, bool counted,
                         const RecordSet *before, BriefingChange *change)
{
    RecordSet now;
    if (!record_set_read(comparing->arena, comparing->db, comparing->office, figure, counted, NULL,
                         &now, comparing->err))
        return false;
    if (before->ids)
        compare_ids(before, &now, change);
    if (before->count != now.count || !str_eq(before->root, now.root))
        change->records_changed = true;
    return true;
}

static bool compare_figure(const Comparing *comparing, const BriefingFigure *before,
                           BriefingChange *change, bool *ret_changed)
{
    BriefingFigure now = *before;
    now.figure = profile_figure(comparing->office->profile, before->name);
    if (!now.figure || !now.figure->of ||
        !str_eq(figure_key_text(comparing->arena, now.figure), before->key)) {
        change->definition_changed = true;
        *ret_changed = true;
        return true;
    }
    if (!briefing_figure_read(comparing->arena, comparing->db, comparing->office, &now,
                              comparing->err) ||
        !compare_sets(comparing, &now, false, &before->records, change))
        return false;
    if (indicator_has_whole(now.figure->of) &&
        !compare_sets(comparing, &now, true, &before->counted, change))
        return false;
    change->now = now.value;
    *ret_changed = change->records_changed || !same_value(&now.value, &before->value);
    return true;
}

bool briefing_changes(Arena *arena, Db *db, const Office *office, const BriefingEdition *edition,
                      BriefingChanges *ret_changes, Err *err)
{
    Comparing comparing = {arena, db, office, err};
    BriefingChanges changes = {0};
    for (size_t i = 0; i < edition->figures.n; i++) {
        BriefingChange change = {.figure = i};
        bool changed = false;
        if (!compare_figure(&comparing, &edition->figures.p[i], &change, &changed))
            return false;
        if (changed)
            *vec_push(arena, &changes) = change;
    }
    *ret_changes = changes;
    return true;
}

/* ---- between two editions ---- */

static bool is_alike(const BriefingFigure *a, const BriefingFigure *b)
{
    return str_eq(a->name, b->name) && a->org == b->org && a->from == b->from;
}

static int same_figure(const BriefingFigures *figures, const BriefingFigure *figure)
{
    for (size_t i = 0; i < figures->n; i++)
        if (is_alike(&figures->p[i], figure) && figures->p[i].to == figure->to)
            return (int)i;
    return -1;
}

/* The figure as the other edition has it: of the same days, or else of days that began on the same
 * one, where those are not in both. */
static int counterpart(const BriefingFigures *there, const BriefingFigures *here,
                       const BriefingFigure *figure)
{
    int place = same_figure(there, figure);
    for (size_t i = 0; i < there->n && place < 0; i++)
        if (is_alike(&there->p[i], figure) && same_figure(here, &there->p[i]) < 0)
            place = (int)i;
    return place;
}

BriefingCorrections briefing_corrections(Arena *arena, const BriefingEdition *before,
                                         const BriefingEdition *after)
{
    BriefingCorrections all = {0};
    const BriefingFigures *old = &before->figures, *new = &after->figures;
    for (size_t i = 0; i < new->n; i++) {
        const BriefingFigure *now = &new->p[i];
        int place = counterpart(old, new, now);
        if (place < 0 || old->p[place].to != now->to ||
            !same_value(&old->p[place].value, &now->value) || !str_eq(old->p[place].key, now->key))
            *vec_push(arena, &all) = (BriefingCorrection){place, (int)i};
    }
    for (size_t i = 0; i < old->n; i++)
        if (counterpart(new, old, &old->p[i]) < 0)
            *vec_push(arena, &all) = (BriefingCorrection){(int)i, -1};
    return all;
}
