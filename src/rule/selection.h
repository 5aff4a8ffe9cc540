/* SPDX-License-Identifier: Apache-2.0 */
/* selection.h - which records are behind a figure: a condition, a range of days and a place.
 *
 * figure/ makes one, record/ runs it: the trace page is the ordinary list. Rows are those that are
 * not voided, hold `where`, count on a day in range, at one of the spans. */
#ifndef TONGXIN_RULE_SELECTION_H
#define TONGXIN_RULE_SELECTION_H

#include "base/moment.h"
#include "profile/profile.h"

/* An organisation on the days it stood in the subtree that was asked for; both inclusive. */
typedef struct SelectionSpan {
    int64_t org;
    Day from, to;
} SelectionSpan;

typedef struct Selection {
    const Kind *kind;
    const Condition *where; /* NULL: all */
    Str in;                 /* name of the day it counts on; of a stock: its `from` */
    bool in_is_instant;     /* a milestone (Instant) or a date field (Day) */
    Day from, to;           /* inclusive; of a stock only `to` */
    Str until;              /* a stock: has no `until` before `to`; else empty */
    bool until_is_instant;
    Str at;                     /* organisation field that places it */
    const SelectionSpan *spans; /* NULL: anywhere, also not attributed */
    size_t n_spans;
    Str sum;      /* summed field or empty */
    Str distinct; /* counted link or empty */
} Selection;

#endif
