/* SPDX-License-Identifier: Apache-2.0 */
/* figure.h - the value of an indicator for an organisation's subtree and a range of days, and the
 * selection of records that is that value.
 *
 * Values come from cells; the trace of a figure is a Selection that record/ runs as an ordinary
 * list, and its row count (or sum) is the figure. What the records alone give is in recount.h;
 * verify compares.
 *
 * A subtree is that of the tree on the day that is counted: a flow's own day, a stock's `to`.
 * Reading a value takes time by cells (organisations times months), never by records; only distinct
 * indicators read their contributions. Errors are those of the database.
 * Threads: any, each with its own Db.
 */
#ifndef TONGXIN_FIGURE_H
#define TONGXIN_FIGURE_H

#include "figure/cell.h"
#include "org/office.h"
#include "profile/slot.h"
#include "rule/selection.h"

/* What is asked: an indicator, where, when. Days are inclusive. */
typedef struct FigureQuery {
    const Indicator *indicator;
    int64_t org;  /* root of the subtree; 0: the whole site, with what is not attributed. One that
                   * is not in the tree (the directory) stands for itself */
    Day from, to; /* a stock looks at `to` only */
} FigureQuery;

typedef struct FigureValue {
    int64_t n;           /* records, or different refs */
    int64_t sum;         /* of the summed field */
    int64_t value;       /* n or sum, whichever the indicator counts; a ratio: parts per
                          * 10^(scale+2), rounded half up; a coverage: its numerator */
    int64_t numerator;   /* ratios and coverages only */
    int64_t denominator; /* ratios and coverages only; 0: there is no value */
    bool has_value;      /* false: a ratio or coverage without a denominator; the number of such a
                          * coverage is 0 */
} FigureValue;

/* The value, from cells. */
NODISCARD bool figure_value(Arena *arena, Db *db, const Office *office, const FigureQuery *query,
                            FigureValue *ret_value, Err *err);

/* A ratio of two values: numerator * 10^(scale+2) / denominator. */
FigureValue figure_ratio(int64_t numerator, int64_t denominator, int scale);

/* Something that a coverage asks about. */
typedef struct FigureMember {
    int64_t id;  /* of its record */
    int64_t org; /* where it stands; an organisation of the tree stands at itself. 0: nowhere */
    bool has;    /* what it should have */
} FigureMember;

/* Of a coverage: all members of the subtree on the last day, by id; so many of them as `has` is the
 * value. Takes time by members and by what they have, of the whole site. */
NODISCARD bool figure_members(Arena *arena, Db *db, const Office *office, const FigureQuery *query,
                              FigureMember **ret_members, size_t *ret_count, Err *err);

typedef struct FigurePart {
    int64_t org;
    FigureValue value;
} FigurePart;

/* One value per organisation that stood directly under query->org (each with its subtree, on the
 * days it stood there): today's children in the order of the tree, then former ones that have
 * something, then query->org itself when it has something of its own. With org 0 the children are
 * those of the root, and 未归属 (org 0) comes last: what counts at no organisation of the tree.
 * Parts add up to figure_value of the same query (a ratio's numerators and denominators do).
 * ERR_INTERNAL when figure_is_distinct. */
NODISCARD bool figure_split(Arena *arena, Db *db, const Office *office, const FigureQuery *query,
                            FigurePart **ret_parts, size_t *ret_count, Err *err);

#define FIGURE_MONTHS_MAX 120

/* `months` (1..FIGURE_MONTHS_MAX) values, one a month, oldest first, ending with the month of
 * query->to; that last month ends on query->to. query->from is not looked at. A stock gives its
 * level at each end of a month. */
NODISCARD bool figure_months(Arena *arena, Db *db, const Office *office, const FigureQuery *query,
                             int months, FigureValue *ret_values, Err *err);

/* True when different things are counted, in a ratio on one side at least: parts do not add. */
bool figure_is_distinct(const Indicator *indicator);
/* True when months add up to the range they cover (a ratio's numerators and denominators do). */
bool figure_adds_months(const Indicator *indicator);

/* ---- periods ---- */

/* The days a figure covers by its own period, as of `as_of`, which is the last of them. PERIOD_ALL
 * starts at day 1. */
void figure_period(PeriodType period, Day as_of, Day *ret_from, Day *ret_to);
/* True when `to` is the last day of such a period; always true of PERIOD_ALL. */
bool figure_period_ended(PeriodType period, Day to);
/* "2023年", "2023年1—9月", "2023年3月5日至2023年4月1日", "截至2023年12月31日" (from <= 1) / "2023",
 * "January to September 2023", "5 March 2023 to 1 April 2023", "up to 31 December 2023". */
Str figure_period_text(Arena *arena, Day from, Day to, Language language);

/* ---- as text ---- */

/* A value in the figure's unit as plain number without unit: "32.7", "129", "93.0". A ratio keeps
 * its decimals, anything else drops zeros at the end. Rounded half up. Empty: no value. */
Str figure_number(Arena *arena, const Figure *figure, const FigureValue *value);
/* A value that stands alone in a column: "129个", "93.0%". Empty: no value. */
Str figure_with_unit(Arena *arena, const Figure *figure, const FigureValue *value,
                     Language language);
/* For tables: "129个", "93.0%（120/129）", "32.70亿元"; a ratio without denominator says so. */
Str figure_text(Arena *arena, const Figure *figure, const FigureValue *value, Language language);
/* "93.0%（120/129）" of any ratio at `scale`. */
Str figure_ratio_text(Arena *arena, const FigureValue *value, int scale, Language language);

/* ---- what records are behind it ---- */

/* For a ratio, the denominator's records when `denominator`, else the numerator's. Of a stock,
 * `from` and the spans begin at 0001-01-01; it holds what began by `to` and has no `until` before
 * `to`. `spans` is NULL for the whole site only; n_spans 0 means that nothing is selected. */
NODISCARD bool figure_selection(Arena *arena, const Office *office, const FigureQuery *query,
                                bool denominator, Selection *ret_selection, Err *err);

/* The opening values behind a stock up to `query->to`: false when there can be none. Its sum is of
 * the field `value`, in the figure's unit. */
bool figure_openings(Arena *arena, const Office *office, const FigureQuery *query,
                     Selection *ret_selection);

/* ---- words that must be true (domain rule 3.7) ---- */

/* "470余": rounds down (近: up) to `step` and says the word. False when the word would be untrue:
 * nothing was cut, the value is below 20 or below the step, or the step is not positive. An exact
 * value is always true. `*ret_rounded` is set in either case. All in the figure's unit: `step` and
 * `*ret_rounded` are in 亿元 where the figure is. Ratios are not rounded: false. */
bool figure_round(const Figure *figure, const FigureValue *value, int64_t step, RoundWord word,
                  int64_t *ret_rounded);
/* "470余", "320多", "超5000", "近1500" / "more than 470", … */
Str round_text(Arena *arena, int64_t rounded, RoundWord word, Language language);

#endif
