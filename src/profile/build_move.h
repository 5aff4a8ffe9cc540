/* SPDX-License-Identifier: Apache-2.0 */
/* build_move.h - parts of build_move.c that live in files of their own. */
#ifndef TONGXIN_PROFILE_BUILD_MOVE_H
#define TONGXIN_PROFILE_BUILD_MOVE_H

#include "profile/build.h"

/* clears, sets, adds, not_from. */
void build_effects(Load *load, const Node *node, const Kind *kind, Move *move);
/* clock and wait. */
void build_clock(Load *load, const Node *node, const Kind *kind, Move *move);
/* creates and cascade. */
void build_children(Load *load, const Node *node, const Kind *kind, Move *move);
/* The holes in `says`: fields of the form and {due_on}. */
void check_says(Load *load, const Node *node, const Kind *kind, const Move *move);
/* A field of the kind that holds one organisation (`one`) or one or several; NULL and reported
 * otherwise. */
const Field *organisation_field(Load *load, const Kind *kind, const Node *name, bool one);

#endif
