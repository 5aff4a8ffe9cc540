/* SPDX-License-Identifier: Apache-2.0 */
/* build_indicator.h - what figures need of indicators. */
#ifndef TONGXIN_PROFILE_BUILD_INDICATOR_H
#define TONGXIN_PROFILE_BUILD_INDICATOR_H

#include "profile/build_move.h"

/* The first 63 bits of SHA-256 of what is counted; names and words are not part of it. */
uint64_t indicator_key(Arena *arena, const Indicator *indicator);
/* The indicator with that definition: one there is already, or a new hidden one. */
const Indicator *indicator_hidden(Load *load, Indicator wanted);
/* The numerator among the denominator's records, on the denominator's day and place. */
const Indicator *indicator_cohort(Load *load, const Indicator *numerator,
                                  const Indicator *denominator);
/* A condition of an indicator or figure: tests no state that a move leaves. */
const Condition *figure_condition(Load *load, const Kind *kind, const Node *where);

#endif
