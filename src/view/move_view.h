/* SPDX-License-Identifier: Apache-2.0 */
/* move_view.h - what can be done with a record now; for the files of this room. */
#ifndef TONGXIN_VIEW_MOVE_VIEW_H
#define TONGXIN_VIEW_MOVE_VIEW_H

#include "view/mask.h"

/* A record with what is asked of it again and again. */
typedef struct Subject {
    const Kind *kind;
    const Record *record;
    const State *state; /* NULL when the profile no longer has it */
    Mask mask;
    bool form_known; /* the form of the pending move stands in the record's values */
} Subject;

/* Fills one in. */
Subject subject_of(const Visit *visit, const Kind *kind, const Record *record);

/* True when the move leads from here and the visitor's role may make it. *ret_blocked says why
 * it is not possible at present; empty when it is. */
bool move_stands(Visit *visit, const Subject *subject, const Move *move, Str *ret_blocked);
/* Why a guard refuses the move of a record with these values, or empty. What the form itself asks
 * for is not judged before it is filled in. */
Str move_guard_blocks(Visit *visit, const Move *move, const Values *values);
/* The visitor holds a role, somewhere, that may make this move on the kind. */
bool move_role_held(const Visit *visit, const Kind *kind, const Move *move);
/* The pending move that the visitor may approve or refuse, or NULL. */
const Move *move_to_decide(const Visit *visit, const Subject *subject);
/* The primary move possible now, or NULL. */
const Move *move_next(Visit *visit, const Subject *subject);

/* All that stand, possible and primary ones first. */
void move_views(Visit *visit, const Subject *subject, const MoveView **ret_moves,
                size_t *ret_count);
MoveView move_view(Visit *visit, const Subject *subject, const Move *move);

/* The form of a move. `values` are the record's (or its parent's, when it is being created). */
typedef struct InputsAsked {
    const Kind *kind;
    const Move *move;
    const Values *values;
    int64_t record;   /* 0 while it is being created */
    bool public_only; /* only what is asked of the public */
    Str lead;         /* code proposed for the field `lead`; may be empty */
    Mask mask;        /* of the record, while there is one */
} InputsAsked;
/* The inputs, in the order of the form. */
const InputView *inputs_make(Visit *visit, const InputsAsked *asked, size_t *ret_count);
/* Marks the options that `text` names (several with a comma between). */
void options_select(OptionView *options, size_t count, Str text);

/* A unit for the field `lead`: from the routing catalogue, and what the most similar handled matter
 * says. `code` is empty when there is none. */
typedef struct Proposal {
    Str code, name;
    Str reason;
} Proposal;
/* Makes it; empty when nothing speaks for any unit. */
Proposal proposal_make(Visit *visit, const Subject *subject);

/* Ids of look-alikes of a text that the visitor may see, most alike first; `limit` is 1..20. */
IdVec similar_ids(Visit *visit, const Kind *kind, Str text, int limit);
/* The same of a record with these values, by its title and body; ranked once for each request. */
IdVec similar_of(Visit *visit, const Kind *kind, int64_t record, const Values *values, int limit);

#endif
