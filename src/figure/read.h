/* SPDX-License-Identifier: Apache-2.0 */
/* read.h - sums of cells and counts of refs; used inside figure/ only. */
#ifndef TONGXIN_FIGURE_READ_H
#define TONGXIN_FIGURE_READ_H

#include "figure/figure.h"
#include "figure/period.h"
#include "org/tree.h"

typedef struct CellSum {
    int64_t n, sum;
} CellSum;

/* What is read: an indicator at organisations on days. */
typedef struct CellQuery {
    int64_t indicator;
    const OrgSpans *spans; /* NULL: everywhere on the days [from, to] */
    Day from, to;          /* only without spans */
} CellQuery;

/* The sum of all cells. */
NODISCARD bool cells_sum(Arena *arena, Db *db, const CellQuery *query, CellSum *ret_sum, Err *err);
/* Adds to ret_months[i] the cells of month first + i; days outside are an error of ours. */
NODISCARD bool cells_months(Arena *arena, Db *db, const CellQuery *query, int64_t first,
                            CellSum *ret_months, Err *err);
/* The sum of each owner: adds to ret_sums[owners[i]] what lies in the query's span i. Spans with
 * the same organisation and days have the same owner. */
NODISCARD bool cells_split(Arena *arena, Db *db, const CellQuery *query, const size_t *owners,
                           CellSum *ret_sums, Err *err);
/* Different refs of a distinct indicator. */
NODISCARD bool refs_count(Arena *arena, Db *db, const CellQuery *query, int64_t *ret_count,
                          Err *err);

/* Members of a coverage everywhere, by id: those of the days' last one, having it on the days. */
NODISCARD bool members_read(Arena *arena, Db *db, const Indicator *coverage, SelectionSpan days,
                            FigureMember **ret_members, size_t *ret_count, Err *err);

#endif
