/* SPDX-License-Identifier: Apache-2.0 */
#include "view/figure_view.h"

#include "view/decision_view.h"
#include "view/list_query.h"

#define MONTHS 12

/* What the request asks of a figure: its own period and place, or those of the query. */
typedef struct Asked {
    FigureQuery query;
    Str org_code;
    bool own_days;
} Asked;

static bool asked_of(Visit *visit, const Figure *figure, Asked *ret_asked, Err *err)
{
    const Org *own = org_by_code(&visit->office->orgs, figure->org);
    Asked asked = {.query = {.indicator = figure->of, .org = own ? own->id : 0}};
    Day as_of, from, to;
    int64_t org;
    const Org *place;
    if (!query_day(visit, S("as_of"), &as_of, err) || !query_day(visit, S("from"), &from, err) ||
        !query_day(visit, S("to"), &to, err) || !query_org(visit, S("org"), &org, err))
        return false;
    if (org)
        asked.query.org = org;
    figure_period(figure->period, as_of ? as_of : day_of(visit->now), &asked.query.from,
                  &asked.query.to);
    asked.own_days = !from && !to;
    if (from)
        asked.query.from = from;
    if (to)
        asked.query.to = to;
    if (asked.query.from > asked.query.to)
        return err_set(err, ERR_BAD_REQUEST, MSG_view_bad_query, S("from"));
    place = org_find(&visit->office->orgs, asked.query.org);
    asked.org_code = place ? place->code : S("");
    *ret_asked = asked;
    return true;
}

static void href_query(Buf *href, char *mark, Str name, Str value)
{
    if (value.n == 0)
        return;
    buf_byte(href, *mark);
    *mark = '&';
    TEXT(href, name, "=");
    form_encode(href, value);
}

static Str figure_href(const Visit *visit, const Figure *figure, const Asked *asked, Str org)
{
    Buf href = buf_open(visit->arena);
    char mark = '?';
    TEXT(&href, figure->of->type == INDICATOR_COVERAGE ? "/coverage/" : "/figures/", figure->name);
    if (!str_eq(org, figure->org))
        href_query(&href, &mark, S("org"), org);
    if (!asked->own_days) {
        href_query(&href, &mark, S("from"), day_text(visit->arena, asked->query.from));
        href_query(&href, &mark, S("to"), day_text(visit->arena, asked->query.to));
    }
    href_query(&href, &mark, S("as_of"), http_query(visit->request, S("as_of")));
    return buf_str(&href);
}

void figure_row_overlaps(Arena *arena, const Profile *profile, FigureRow *row)
{
    const Figure **others = NEW_ARRAY(arena, const Figure *, profile->n_figures + 1);
    for (size_t i = 0; i < profile->n_figures; i++) {
        const Figure *other = &profile->figures[i];
        if (other != row->figure && figures_overlap(row->figure, other))
            others[row->n_overlaps++] = other;
    }
    row->overlaps = others;
}

static bool figure_row(Visit *visit, const Figure *figure, const Asked *asked, FigureRow *ret_row,
                       Err *err)
{
    FigureRow row = {.figure = figure,
                     .name = figure->name,
                     .label = label_text(figure->label, visit->language),
                     .define = label_text(figure->of->define, visit->language),
                     .unit = label_text(figure->unit, visit->language),
                     .org = asked->org_code,
                     .from = asked->query.from,
                     .to = asked->query.to};
    if (!figure_value(visit->arena, visit->db, visit->office, &asked->query, &row.value, err))
        return false;
    row.number = figure_number(visit->arena, figure, &row.value);
    row.text = figure_text(visit->arena, figure, &row.value, visit->language);
    row.period = figure_period_text(visit->arena, row.from, row.to, visit->language);
    row.href = figure_href(visit, figure, asked, asked->org_code);
    figure_row_overlaps(visit->arena, visit->office->profile, &row);
    *ret_row = row;
    return true;
}

bool figure_row_view(Visit *visit, const Figure *figure, FigureQuery *ret_query, FigureRow *ret_row,
                     Err *err)
{
    Asked asked;
    if (!asked_of(visit, figure, &asked, err) || !figure_row(visit, figure, &asked, ret_row, err))
        return false;
    *ret_query = asked.query;
    return true;
}

Str figure_href_at(const Visit *visit, const Figure *figure, Str org)
{
    Asked asked = {.own_days = true};
    Buf href = buf_open(visit->arena);
    char mark = '?';
    Str path = figure_href(visit, figure, &asked, org);
    buf_add(&href, path);
    mark = str_has(path, S("?")) ? '&' : '?';
    href_query(&href, &mark, S("from"), http_query(visit->request, S("from")));
    href_query(&href, &mark, S("to"), http_query(visit->request, S("to")));
    return buf_str(&href);
}

bool figures_view(Visit *visit, FigureRow **ret_rows, size_t *ret_count, Err *err)
{
    const Profile *profile = visit->office->profile;
    FigureRow *rows = NEW_ARRAY(visit->arena, FigureRow, profile->n_figures + 1);
    for (size_t i = 0; i < profile->n_figures; i++) {
        Asked asked;
        if (!asked_of(visit, &profile->figures[i], &asked, err) ||
            !figure_row(visit, &profile->figures[i], &asked, &rows[i], err))
            return false;
    }
    *ret_rows = rows;
    *ret_count = profile->n_figures;
    return true;
}

bool board_rows_view(Visit *visit, bool ratios, size_t most, FigureRow **ret_rows,
                     size_t *ret_count, Err *err)
{
    const Profile *profile = visit->office->profile;
    FigureRow *rows = NEW_ARRAY(visit->arena, FigureRow, most + 1);
    size_t first = most;
    for (size_t i = profile->n_figures; i > 0 && first > 0; i--) {
        const Figure *figure = &profile->figures[i - 1];
        FigureRow *row = &rows[first - 1];
        Asked asked;
        if (!figure->board || (figure->of->type == INDICATOR_RATIO) != ratios)
            continue;
        if (!asked_of(visit, figure, &asked, err) || !figure_row(visit, figure, &asked, row, err))
            return false;
        first -= !ratios || row->value.has_value;
    }
    *ret_rows = rows + first;
    *ret_count = most - first;
    return true;
}

/* ---- one figure ---- */

static bool figure_parts(Visit *visit, const Figure *figure, const Asked *asked, FigureView *view,
                         Err *err)
{
    FigurePart *parts;
    FigurePartView *views;
    size_t count;
    view->parts_add_up = figure->of->type == INDICATOR_FLOW ||
                         figure->of->type == INDICATOR_STOCK ||
                         figure->of->type == INDICATOR_COVERAGE;
    if (figure_is_distinct(figure->of))
        return true;
    if (!figure_split(visit->arena, visit->db, visit->office, &asked->query, &parts, &count, err))
        return false;
    views = NEW_ARRAY(visit->arena, FigurePartView, count + 1);
    for (size_t i = 0; i < count; i++) {
        const Org *org = org_find(&visit->office->orgs, parts[i].org);
        views[i] =
            (FigurePartView){.label = org ? label_text(org->title, visit->language)
                                          : view_say(visit, MSG_view_not_attributed),
                             .code = org ? org->code : S(""),
                             .number = figure_number(visit->arena, figure, &parts[i].value),
                             .value = parts[i].value.value,
                             .href = org ? figure_href(visit, figure, asked, org->code) : S("")};
    }
    view->parts = views;
    view->n_parts = count;
    return true;
}

static void parts_scale(FigureView *view)
{
    int64_t largest = 1;
    for (size_t i = 0; i < view->n_parts; i++)
        largest = MAX(largest, view->parts[i].value);
    for (size_t i = 0; i < view->n_parts; i++)
        ((FigurePartView *)view->parts)[i].of = largest;
}

static bool figure_course(Visit *visit, const Asked *asked, FigureView *view, Err *err)
{
    Day first = month_start(asked->query.to, -(MONTHS - 1));
    view->n_months = MONTHS;
    for (int i = 0; i < MONTHS; i++)
        view->month_starts[i] = month_start(first, i);
    return figure_months(visit->arena, visit->db, visit->office, &asked->query, MONTHS,
                         view->months, err);
}

/* ---- the records behind it ---- */

/* Every record of a kind that is listed has a row at the root, if no organisation stands beside
 * it. */
static bool lists_all(const Visit *visit, const ListQuery *query)
{
    const OrgTree *tree = &visit->office->orgs;
    if (query->everything)
        return true;
    if (query->published || !ids_have(query->orgs, query->n_orgs, tree->root))
        return false;
    for (size_t i = 0; i < tree->by_id.n; i++)
        if (!org_is_within(tree, tree->by_id.slots[i].number, tree->root))
            return false;
    return true;
}

/* What the cells know of the records behind a figure: how many there are, and their sum. False of
 * those that count something else. */
static bool figure_behind(const FigureView *view, const Selection *selection, int64_t *ret_total,
                          int64_t *ret_sum)
{
    const FigureValue *value = &view->row.value;
    bool ratio = view->row.figure->of->type == INDICATOR_RATIO;
    if (selection->distinct.n || (ratio && selection->sum.n) || view->has_openings)
        return false;
    *ret_total = ratio ? value->numerator : value->n;
    *ret_sum = value->sum;
    return true;
}

/* The index of newest records gives the days of their creation, and no others. */
static void query_days(ListQuery *query, const Selection *selection)
{
    query->selection = selection;
    if (!str_eq(selection->in, S("created_at")))
        return;
    query->from = selection->from > 0 ? selection->from : 0;
    query->to = selection->to;
}

static void figure_sum(Visit *visit, int64_t sum, FigureView *view)
{
    FigureValue value = view->row.value;
    value.sum = sum;
    value.value = sum;
    view->sum = figure_text(visit->arena, view->row.figure, &value, visit->language);
}

/* The whole is known from the cells, so only what a visitor who does not see all may list is
 * counted, and never beyond what the list says. */
static bool figure_hidden(Visit *visit, const ListQuery *query, bool behind, int64_t total,
                          FigureView *view, Err *err)
{
    ListQuery all = {.kind = query->kind,
                     .everything = true,
                     .from = query->from,
                     .to = query->to,
                     .selection = query->selection,
                     .now = visit->now};
    int64_t sum;
    view->hidden = HIDDEN_UNKNOWN;
    if (!view->records.known)
        return true;
    if (!behind && !record_count(visit->arena, visit->db, &visit->office->orgs, &all,
                                 LIST_COUNT_MAX + 1, &total, &sum, err))
        return false;
    if (behind || total <= LIST_COUNT_MAX)
        view->hidden = MAX(0, total - view->records.total);
    return true;
}

/* The sum over what the visitor may list, where that is little enough to be counted. */
static bool figure_sum_seen(Visit *visit, const ListQuery *query, FigureView *view, Err *err)
{
    int64_t count, sum;
    if (!query->selection->sum.n || !view->records.known)
        return true;
    if (!record_count(visit->arena, visit->db, &visit->office->orgs, query, LIST_COUNT_MAX + 1,
                      &count, &sum, err))
        return false;
    figure_sum(visit, sum, view);
    return true;
}

/* Opening values are records of another kind: a list of their own, above the others. */
static bool figure_opened(Visit *visit, const Asked *asked, FigureView *view, Err *err)
{
    Selection *selection = NEW(visit->arena, Selection);
    ListQuery query, all = {.everything = true, .selection = selection, .now = visit->now};
    int64_t count, sum;
    if (!figure_openings(visit->arena, visit->office, &asked->query, selection))
        return true;
    all.kind = selection->kind;
    if (!list_query_base(visit, selection->kind, &query, err) ||
        !record_count(visit->arena, visit->db, &visit->office->orgs, &all, 1, &count, &sum, err))
        return false;
    view->has_openings = count > 0;
    if (count == 0)
        return true;
    query.selection = selection;
    query.after = S("");
    view->openings = (ListView){.kind = selection->kind,
                                .title = label_text(selection->kind->label, visit->language)};
    return list_run(visit, &query, &view->openings, err);
}

static bool figure_records(Visit *visit, const Asked *asked, FigureView *view, Err *err)
{
    Selection *selection = NEW(visit->arena, Selection);
    ListQuery query;
    int64_t total = 0, sum = 0;
    bool all, behind;
    if (!figure_selection(visit->arena, visit->office, &asked->query, false, selection, err) ||
        !list_query_base(visit, selection->kind, &query, err))
        return false;
    query_days(&query, selection);
    all = lists_all(visit, &query);
    behind = figure_behind(view, selection, &total, &sum);
    view->records = (ListView){.kind = selection->kind,
                               .title = view_say(visit, MSG_view_trace_title),
                               .total = total,
                               .known = all && behind};
    if (!list_run(visit, &query, &view->records, err))
        return false;
    if (all && behind && selection->sum.n)
        figure_sum(visit, sum, view);
    if (all)
        return behind || figure_sum_seen(visit, &query, view, err);
    query.after = S("");
    return figure_hidden(visit, &query, behind, total, view, err) &&
           figure_sum_seen(visit, &query, view, err);
}

/* ---- what it leaves out ---- */

static bool figure_excluded(Visit *visit, const Asked *asked, FigureView *view, Err *err)
{
    const Figure *figure = view->row.figure;
    FigureRow *rows = NEW_ARRAY(visit->arena, FigureRow, figure->n_excluded);
    for (size_t i = 0; i < figure->n_excluded; i++) {
        const Figure *other = figure->excluded[i];
        Asked same = *asked;
        same.query.indicator = other->of;
        same.own_days = false;
        if (!figure_row(visit, other, &same, &rows[i], err))
            return false;
    }
    view->excluded = rows;
    view->n_excluded = figure->n_excluded;
    return true;
}

/* One figure, with its records or (from cells alone, so at any size in the same time) without. */
static bool figure_look(Visit *visit, Str name, bool with_records, FigureView *ret_view, Err *err)
{
    const Figure *figure = profile_figure(visit->office->profile, name);
    FigureView view = {0};
    const Org *org;
    Asked asked;
    if (!figure)
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_figure, name);
    if (!asked_of(visit, figure, &asked, err) ||
        !figure_row(visit, figure, &asked, &view.row, err) ||
        !figure_parts(visit, figure, &asked, &view, err) ||
        !figure_course(visit, &asked, &view, err) || !figure_excluded(visit, &asked, &view, err) ||
        (with_records && !figure_opened(visit, &asked, &view, err)) ||
        (with_records && !figure_records(visit, &asked, &view, err)))
        return false;
    view.decisions = decisions_view(visit, figure->of, &view.records);
    parts_scale(&view);
    org = org_find(&visit->office->orgs, asked.query.org);
    view.org_label = org ? label_text(org->title, visit->language)
                         : label_text(visit->office->profile->label, visit->language);
    view.org_code = asked.org_code;
    *ret_view = view;
    return true;
}

bool figure_view(Visit *visit, Str name, FigureView *ret_view, Err *err)
{
    return figure_look(visit, name, true, ret_view, err);
}

bool figure_summary_view(Visit *visit, Str name, FigureView *ret_view, Err *err)
{
    return figure_look(visit, name, false, ret_view, err);
}
