/* SPDX-License-Identifier: Apache-2.0 */
/* board.h - the leader's board: every figure marked for it with twelve months and its parts, and
 * the lights of open matters. Promised against achieved is in plan.h.
 *
 * Everything that is returned lives in `arena`. Errors are those of the database. Threads: any,
 * each with its own Db.
 */
#ifndef TONGXIN_REPORT_BOARD_H
#define TONGXIN_REPORT_BOARD_H

#include "figure/figure.h"

#define BOARD_MONTHS 12

typedef struct BoardFigure {
    const Figure *figure;
    int64_t org;  /* where it counts: the figure's own organisation, else the board's */
    Day from, to; /* its own period, as of the board's day */
    FigureValue value;
    FigureValue months[BOARD_MONTHS]; /* oldest first; the last one ends on the board's day */
    FigurePart *parts;                /* by organisation, figure_split */
    size_t n_parts;                   /* 0 when figure_is_distinct */
} BoardFigure;
typedef VEC(BoardFigure) BoardFigures;

/* The profile's figures with `board`, in its order, for the subtree of `org` (0: whole site). */
NODISCARD bool board_figures(Arena *arena, Db *db, const Office *office, int64_t org, Day as_of,
                             BoardFigures *ret_figures, Err *err);

/* Open matters of one leading organisation by light, as lists show them at `now`. */
typedef struct BoardLight {
    int64_t lead; /* 0: nobody leads yet */
    int64_t green, yellow, red, paused;
    int64_t unlimited;     /* open without a limit of time */
    int64_t closed;        /* closed this year with days counted */
    int64_t median_tenths; /* of the days used by those, in tenths of a working day */
} BoardLight;
typedef VEC(BoardLight) BoardLights;

/* One row for each leading organisation of the whole site's records, but for those of internal
 * kinds, by id. "This year" is the year of `now`. */
NODISCARD bool board_lights(Arena *arena, Db *db, const Office *office, Instant now,
                            BoardLights *ret_lights, Err *err);

#endif
