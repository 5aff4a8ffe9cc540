/* SPDX-License-Identifier: Apache-2.0 */
/* cell.h - counting as records change.
 *
 * A record contributes to an indicator when its condition holds and the indicator's day has a
 * value. The writer asks for the contributions of a record before and after a change; the
 * differences, merged in memory over the whole batch, are added to the cells in the same
 * transaction. `recount`
 * asks for the contributions of every record and must arrive at the same cells.
 *
 * What a record contributes:
 *   flow      +1 (and its sum) on the day of `in`
 *   stock     +1 on the day of `from`, -1 on the day after `until`: on the day of `until` itself it
 *             still counts. One that ends before it begins never counts
 *   distinct  the same as a flow or a stock, one row for each id in the counted link; no cells
 *   opening value  of a kind with `opens`: its value on its day, to the stock it names
 *   ratio, coverage  nothing: numerator and denominator are indicators of their own
 * A milestone (a name that ends in `_at`) is an Instant and counts on its day at +08:00; any other
 * day is a Day. Without an organisation in `at` it counts at 0, not attributed. Indicators with one
 * key have one set of cells and are counted once.
 *
 * Cells stand at the leaf organisation only: a subtree is the sum of its leaves, a range is whole
 * months plus single days (architecture.md, "Figures").
 * Threads: the writer's alone; contributions_of is pure.
 */
#ifndef TONGXIN_FIGURE_CELL_H
#define TONGXIN_FIGURE_CELL_H

#include "base/map.h"
#include "base/moment.h"
#include "profile/profile.h"
#include "rule/rule.h"

typedef struct Contribution {
    const Indicator *indicator;
    int64_t org; /* 0: not attributed (未归属) */
    Day day;
    int64_t n;   /* +1, or -1 where a stock ends */
    int64_t sum; /* the summed field; 0 when records are counted */
    int64_t ref; /* INDICATOR_DISTINCT: what is counted; else 0 */
} Contribution;
typedef VEC(Contribution) Contributions;

/* Adds the record's contributions to every indicator of its kind. A record with `voided_at` has
 * none. Facts must answer links when an indicator's condition has CONDITION_PARENT. */
void contributions_of(Arena *arena, const Profile *profile, const Facts *facts,
                      Contributions *ret_contributions);
/* The same for some indicators of the profile. */
void contributions_to(Arena *arena, const Profile *profile, const Indicator *const *indicators,
                      size_t count, const Facts *facts, Contributions *ret_contributions);

/* What a record of a kind with `opens` adds to the stock of the figure it names, from its day on.
 * False when that is no whole number of what the figure counts (or of fen). */
bool opening_amount(const Figure *figure, const Kind *kind, const Values *values,
                    int64_t *ret_amount);

/* Differences waiting to be written; one per batch or recount. */
typedef struct CellDelta {
    int64_t indicator, org;
    int grain; /* 0 day, 1 month */
    int64_t period, n, sum;
    bool stock; /* may reach zero from below */
} CellDelta;

typedef struct RefDelta {
    int64_t indicator, org;
    Day day;
    int64_t ref, record;
    int64_t n; /* -1: where a stock ends */
    bool stock;
    int sign; /* +1 added, -1 taken away; 0 (once sorted): neither */
} RefDelta;

typedef struct CellDeltas {
    Arena *arena;
    VEC(CellDelta) cells; /* one per (indicator, org, grain, period) */
    Map index;            /* by packed key: place in `cells` + 1; of no use once sorted */
    VEC(RefDelta) refs;   /* distinct indicators */
} CellDeltas;

/* An empty set, growing in `arena`. */
CellDeltas cell_deltas_open(Arena *arena);
/* Takes `before` away and adds `after`, both of record `record`. */
void cell_deltas_add(CellDeltas *deltas, int64_t record, const Contributions *before,
                     const Contributions *after);
/* Orders cells and refs as the tables do and merges refs. Nothing may be added afterwards. */
void cell_deltas_sort(CellDeltas *deltas);
/* Sorts and writes all of them; rows that reach nothing are deleted. */
NODISCARD bool cell_deltas_flush(CellDeltas *deltas, Db *db, Err *err);

#endif
