/* SPDX-License-Identifier: Apache-2.0 */
/* build_indicator.h - what figures need of indicators. */
#ifndef TONGXIN_PROFILE_BUILD_INDICATOR_H
#define TONGXIN_PROFILE_BUILD_INDICATOR_H

#include "profile/build_move.h"

/* The indicator with that definition: one there is already, or a new hidden one. */
const Indicator *indicator_hidden(Load *load, Indicator wanted);
/* The day to count on under the key: a date or a milestone of the kind; empty when missing or
 * reported. */
Str indicator_day(Load *load, const Node *node, Str key, const Kind *kind);
/* `at`: the organisation field that places it. */
void indicator_place(Load *load, const Node *node, Indicator *indicator);
/* `unit`: dimension, word and scale. */
void indicator_unit(Load *load, const Node *node, Indicator *indicator);
/* A condition of an indicator or figure: tests no state that a move leaves. */
const Condition *figure_condition(Load *load, const Kind *kind, const Node *where);

#endif
