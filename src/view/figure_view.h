/* SPDX-License-Identifier: Apache-2.0 */
/* figure_view.h - figures, their records, the leader's board. Counts are public; records behind
 * them are shown as far as the visitor may see them, and the list says how many it leaves out. */
#ifndef TONGXIN_VIEW_FIGURE_VIEW_H
#define TONGXIN_VIEW_FIGURE_VIEW_H

#include "figure/figure.h"
#include "view/list_view.h"

typedef struct FigureRow {
    const Figure *figure;
    Str name, label, define;
    Str number; /* "129", "93.0" */
    Str unit;   /* 个, % */
    Str text;   /* "93.0%（120/129）" */
    FigureValue value;
    Str org;                       /* code of the organisation it is of; empty: the whole site */
    Str period;                    /* 2023年 */
    const Figure *const *overlaps; /* others that may count the same things: never added to it */
    size_t n_overlaps;
    Day from, to;
    Str href;
} FigureRow;

typedef struct FigurePartView {
    Str label; /* organisation, or 未归属 */
    Str code;
    Str number;
    int64_t value;
    int64_t of; /* the largest part: for the bar's length */
    Str href;
} FigurePartView;

#define HIDDEN_UNKNOWN (-1)

/* Why a record counts on that day, where the move that set the day needs a second person. */
typedef struct DecisionView {
    Str reason;     /* what the move's form says in words */
    Str asked_by;   /* titles of desks */
    Str decided_by; /* empty: nobody but who asked */
} DecisionView;

typedef struct FigureView {
    FigureRow row;
    const FigureRow *excluded; /* what it leaves out, for the same days and organisation */
    size_t n_excluded;
    const DecisionView *decisions; /* one for each of records.rows; NULL: nothing is decided */
    Str org_label, org_code;
    FigureValue months[12];
    Day month_starts[12];
    int n_months;
    const FigurePartView *parts;
    size_t n_parts;
    bool
        parts_add_up; /* false for ratios; distinct counts have no parts. Of the whole site the last
                        * part is 未归属 */
    ListView openings; /* what a stock began with, as far as it was recorded */
    bool has_openings; /* some are there, listed or not: rows of `records` are not all of it */
    ListView records;
    int64_t hidden; /* records behind it the visitor may not list; HIDDEN_UNKNOWN when too many
                     * may be listed to be counted */
    Str sum;        /* the listed rows' sum where the figure sums, with unit; empty when there is
                     * none or they were not counted */
} FigureView;

/* One figure as the request asks for it (org, from, to, as_of), with the query that it was. */
NODISCARD bool figure_row_view(Visit *visit, const Figure *figure, FigureQuery *ret_query,
                               FigureRow *ret_row, Err *err);
/* The page of the figure below another organisation, on the days the request asks for. */
Str figure_href_at(const Visit *visit, const Figure *figure, Str org);

/* Sets what the row says of other figures, from its own. */
void figure_row_overlaps(Arena *arena, const Profile *profile, FigureRow *row);

/* Query parameters: org, from, to, as_of. */
NODISCARD bool figures_view(Visit *visit, FigureRow **ret_rows, size_t *ret_count, Err *err);
/* Figures as a sheet, a row each, with the code, what it means, and a ratio's two numbers. Of the
 * rows only figure, value, org, from and to are read. */
Str figures_table(Arena *arena, Language language, TableFormat format, const FigureRow *rows,
                  size_t count);
/* The last `most` figures of the board, in the profile's order: ratios that have a value, or all
 * that are none. No other figure is read. */
NODISCARD bool board_rows_view(Visit *visit, bool ratios, size_t most, FigureRow **ret_rows,
                               size_t *ret_count, Err *err);
NODISCARD bool figure_view(Visit *visit, Str name, FigureView *ret_view, Err *err);
/* The same without `records`, `decisions`, `hidden` and `sum`: from cells alone. */
NODISCARD bool figure_summary_view(Visit *visit, Str name, FigureView *ret_view, Err *err);

#endif
