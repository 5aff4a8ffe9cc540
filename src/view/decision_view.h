/* SPDX-License-Identifier: Apache-2.0 */
/* decision_view.h - who decided that a record counts, and why; for the files of this room. */
#ifndef TONGXIN_VIEW_DECISION_VIEW_H
#define TONGXIN_VIEW_DECISION_VIEW_H

#include "view/figure_view.h"

/* One for each row of `records`, which are those of the indicator. NULL for the public, and where
 * no move with a second person sets the day that the indicator counts on. */
const DecisionView *decisions_view(Visit *visit, const Indicator *indicator,
                                   const ListView *records);

#endif
