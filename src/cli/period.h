/* SPDX-License-Identifier: Apache-2.0 */
/* period.h - the organisation and days that options ask a figure for. */
#ifndef TONGXIN_CLI_PERIOD_H
#define TONGXIN_CLI_PERIOD_H

#include "cli/access.h"
#include "figure/figure.h"

typedef struct Period {
    Str org;      /* code; empty: the figure's own */
    Day from, to; /* 0: the figure's own period */
    Day as_of;    /* 0: the site's today */
} Period;

/* Without dates a figure takes its own period as of the day; nothing after the day is counted.
 * ERR_NOT_FOUND for an unknown organisation, ERR_USAGE when `to` is before `from`. */
NODISCARD bool period_query(const Access *access, const Period *period, const Figure *figure,
                            FigureQuery *ret_query, Err *err);

#endif
