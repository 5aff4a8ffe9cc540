/* SPDX-License-Identifier: Apache-2.0 */
#include "report/board.h"

#include "base/number.h"

#include "query.h"

static int64_t figure_org(const Office *office, const Figure *figure, int64_t org)
{
    const Org *own = figure->org.n ? org_by_code(&office->orgs, figure->org) : NULL;
    return own ? own->id : org;
}

static FigureValue months_added(const BoardFigure *one)
{
    FigureValue total = {.has_value = true};
    for (int i = 0; i < BOARD_MONTHS; i++) {
        const FigureValue *month = &one->months[i];
        if (month_start(one->to, i - BOARD_MONTHS + 1) < one->from)
            continue;
        total.n = add_checked(total.n, month->n);
        total.sum = add_checked(total.sum, month->sum);
        total.value = add_checked(total.value, month->value);
        total.numerator = add_checked(total.numerator, month->numerator);
        total.denominator = add_checked(total.denominator, month->denominator);
    }
    if (one->figure->of->type == INDICATOR_RATIO)
        return figure_ratio(total.numerator, total.denominator, one->figure->of->scale);
    return total;
}

static bool board_figure(Arena *arena, Db *db, const Office *office, BoardFigure *one, Err *err)
{
    FigureQuery query = {one->figure->of, one->org, one->from, one->to};
    bool adds = figure_adds_months(query.indicator) && one->figure->period != PERIOD_ALL;
    if (!figure_months(arena, db, office, &query, BOARD_MONTHS, one->months, err))
        return false;
    if (adds)
        one->value = months_added(one);
    else if (!figure_value(arena, db, office, &query, &one->value, err))
        return false;
    return figure_is_distinct(query.indicator) ||
           figure_split(arena, db, office, &query, &one->parts, &one->n_parts, err);
}

bool board_figures(Arena *arena, Db *db, const Office *office, int64_t org, Day as_of,
                   BoardFigures *ret_figures, Err *err)
{
    const Profile *profile = office->profile;
    BoardFigures figures = {0};
    for (size_t i = 0; i < profile->n_figures; i++) {
        const Figure *figure = &profile->figures[i];
        BoardFigure one = {.figure = figure, .org = figure_org(office, figure, org)};
        if (!figure->board || !figure->of)
            continue;
        figure_period(figure->period, as_of, &one.from, &one.to);
        if (!board_figure(arena, db, office, &one, err))
            return false;
        *vec_push(arena, &figures) = one;
    }
    *ret_figures = figures;
    return true;
}

/* ---- lights ---- */

static BoardLight *light_of(Arena *arena, BoardLights *lights, int64_t lead)
{
    size_t place = 0;
    while (place < lights->n && lights->p[place].lead < lead)
        place++;
    if (place < lights->n && lights->p[place].lead == lead)
        return &lights->p[place];
    (void)vec_push(arena, lights);
    memmove(lights->p + place + 1, lights->p + place, (lights->n - 1 - place) * sizeof(*lights->p));
    lights->p[place] = (BoardLight){.lead = lead};
    return &lights->p[place];
}

/* Housekeeping is no matter, and a kind that the profile no longer has is listed by nobody. */
static bool is_matter(const Office *office, Str kind_name)
{
    const Kind *kind = profile_kind(office->profile, kind_name);
    return kind && !kind->internal;
}

static bool read_lights(Arena *arena, Db *db, const Office *office, Instant now,
                        BoardLights *lights, Err *err)
{
    QBoardLights *rows;
    size_t count;
    if (!q_board_lights_all(db, arena, now, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        BoardLight *light;
        if (!is_matter(office, rows[i].kind))
            continue;
        light = light_of(arena, lights, rows[i].lead);
        light->green += rows[i].green;
        light->yellow += rows[i].yellow;
        light->red += rows[i].red;
        light->paused += rows[i].paused;
        light->unlimited += rows[i].unlimited;
    }
    return true;
}

/* ---- days used ---- */

static int days_order(const void *a, const void *b)
{
    const QBoardDays *x = a, *y = b;
    if (x->lead != y->lead)
        return x->lead < y->lead ? -1 : 1;
    return (x->days > y->days) - (x->days < y->days);
}

/* `days` is ascending. */
static int64_t median_tenths(const QBoardDays *rows, size_t count)
{
    size_t middle = count / 2;
    if (count % 2 == 1)
        return rows[middle].days * 10;
    return (rows[middle - 1].days + rows[middle].days) * 5;
}

static void days_count(Arena *arena, QBoardDays *rows, size_t count, BoardLights *lights)
{
    size_t end;
    if (count)
        qsort(rows, count, sizeof *rows, days_order);
    for (size_t start = 0; start < count; start = end) {
        for (end = start; end < count && rows[end].lead == rows[start].lead;)
            end++;
        BoardLight *light = light_of(arena, lights, rows[start].lead);
        light->closed = (int64_t)(end - start);
        light->median_tenths = median_tenths(rows + start, end - start);
    }
}

static bool read_days(Arena *arena, Db *db, const Office *office, Instant now, BoardLights *lights,
                      Err *err)
{
    CivilDate year = {.year = day_to_civil(day_of(now)).year, .month = 1, .day = 1};
    Instant from = day_start(day_from_civil(year));
    QBoardDays *rows;
    size_t count, kept = 0;
    if (!q_board_days_all(db, arena, from, now, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (is_matter(office, rows[i].kind))
            rows[kept++] = rows[i];
    days_count(arena, rows, kept, lights);
    return true;
}

bool board_lights(Arena *arena, Db *db, const Office *office, Instant now, BoardLights *ret_lights,
                  Err *err)
{
    BoardLights lights = {0};
    if (!read_lights(arena, db, office, now, &lights, err) ||
        !read_days(arena, db, office, now, &lights, err))
        return false;
    *ret_lights = lights;
    return true;
}
