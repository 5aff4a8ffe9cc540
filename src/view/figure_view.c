/* SPDX-License-Identifier: Apache-2.0 */
#include "view/figure_view.h"

#include "view/list_query.h"

#define HIDDEN_COUNTED 1000000
#define MONTHS         12

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
    TEXT(&href, "/figures/", figure->name);
    if (!str_eq(org, figure->org))
        href_query(&href, &mark, S("org"), org);
    if (!asked->own_days) {
        href_query(&href, &mark, S("from"), day_text(visit->arena, asked->query.from));
        href_query(&href, &mark, S("to"), day_text(visit->arena, asked->query.to));
    }
    href_query(&href, &mark, S("as_of"), http_query(visit->request, S("as_of")));
    return buf_str(&href);
}

static bool figure_row(Visit *visit, const Figure *figure, const Asked *asked, FigureRow *ret_row,
                       Err *err)
{
    FigureRow row = {.figure = figure,
                     .name = figure->name,
                     .label = label_text(figure->label, visit->language),
                     .define = label_text(figure->of->define, visit->language),
                     .unit = label_text(figure->unit, visit->language),
                     .from = asked->query.from,
                     .to = asked->query.to};
    if (!figure_value(visit->arena, visit->db, visit->office, &asked->query, &row.value, err))
        return false;
    row.number = figure_number(visit->arena, figure, &row.value);
    row.text = figure_text(visit->arena, figure, &row.value, visit->language);
    row.period = figure_period_text(visit->arena, row.from, row.to, visit->language);
    row.href = figure_href(visit, figure, asked, asked->org_code);
    *ret_row = row;
    return true;
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

/* ---- one figure ---- */

static bool figure_parts(Visit *visit, const Figure *figure, const Asked *asked, FigureView *view,
                         Err *err)
{
    FigureQuery query = asked->query;
    FigurePart *parts;
    FigurePartView *views;
    size_t count;
    if (!query.org)
        query.org = visit->office->orgs.root;
    view->parts_add_up = figure->of->type == INDICATOR_FLOW || figure->of->type == INDICATOR_STOCK;
    if (figure_is_distinct(figure->of) || !query.org)
        return true;
    if (!figure_split(visit->arena, visit->db, visit->office, &query, &parts, &count, err))
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

/* The records behind a figure. */
static bool trace_view(Visit *visit, const Selection *selection, ListView *ret_view, Err *err)
{
    ListView view = {.kind = selection->kind, .title = view_say(visit, MSG_view_trace_title)};
    ListQuery query;
    if (!list_query_base(visit, selection->kind, &query, err))
        return false;
    query.selection = selection;
    if (!list_run(visit, &query, &view, err))
        return false;
    *ret_view = view;
    return true;
}

/* How many records are behind the figure: its cells know, but for distinct counts and the sums of a
 * ratio. */
static bool figure_behind(Visit *visit, const FigureView *view, const ListQuery *all,
                          int64_t *ret_total, Err *err)
{
    const FigureValue *value = &view->row.value;
    const Indicator *of = view->row.figure->of;
    bool ratio = of->type == INDICATOR_RATIO;
    int64_t sum;
    if (!figure_is_distinct(of) && !(ratio && of->numerator->sum.n)) {
        *ret_total = ratio ? value->numerator : value->n;
        return true;
    }
    return record_count(visit->arena, visit->db, &visit->office->orgs, all, HIDDEN_COUNTED,
                        ret_total, &sum, err);
}

/* All that counts less what the visitor may list. */
static bool figure_hidden(Visit *visit, const Figure *figure, const Selection *selection,
                          FigureView *view, Err *err)
{
    const OrgTree *tree = &visit->office->orgs;
    ListQuery query, all = {.kind = selection->kind,
                            .everything = true,
                            .selection = selection,
                            .now = visit->now,
                            .limit = 1};
    int64_t seen, total, sum;
    FigureValue value = view->row.value;
    if (!list_query_base(visit, selection->kind, &query, err))
        return false;
    query.selection = selection;
    query.after = S("");
    if (!figure_behind(visit, view, &all, &total, err) ||
        !record_count(visit->arena, visit->db, tree, &query, HIDDEN_COUNTED, &seen, &sum, err))
        return false;
    view->hidden = seen < HIDDEN_COUNTED ? total - seen : 0;
    if (selection->sum.n == 0)
        return true;
    value.sum = sum;
    value.value = sum;
    view->sum = figure_text(visit->arena, figure, &value, visit->language);
    return true;
}

static bool figure_records(Visit *visit, const Figure *figure, const Asked *asked, FigureView *view,
                           Err *err)
{
    Selection *selection = NEW(visit->arena, Selection);
    return figure_selection(visit->arena, visit->office, &asked->query, false, selection, err) &&
           trace_view(visit, selection, &view->records, err) &&
           figure_hidden(visit, figure, selection, view, err);
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
        !figure_course(visit, &asked, &view, err) ||
        (with_records && !figure_records(visit, figure, &asked, &view, err)))
        return false;
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
