/* SPDX-License-Identifier: Apache-2.0 */
/* build_figure.h - what briefings share with figures. */
#ifndef TONGXIN_PROFILE_BUILD_FIGURE_H
#define TONGXIN_PROFILE_BUILD_FIGURE_H

#include "profile/build.h"

/* The required key `period`; false when reported. */
bool period_read(Load *load, const Node *node, PeriodType *ret_period);

/* A document `coverage` as a figure. */
void build_coverage(Load *load, const Document *document, Figure *figure);

#endif
