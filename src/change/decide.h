/* SPDX-License-Identifier: Apache-2.0 */
/* decide.h - may this change happen, and what does it come to?
 *
 * Pure over (state, change, office, now, random): permits, checks, computes; writes only into the
 * draft. Everything that differs between kinds comes from the profile's moves.
 */
#ifndef TONGXIN_CHANGE_DECIDE_H
#define TONGXIN_CHANGE_DECIDE_H

#include "calendar/due.h"
#include "change/draft.h"
#include "rule/rule.h"

typedef struct Decision {
    int64_t record; /* the record the change is about */
    Str action;     /* "enterprise_request.assign" */
    bool pending;
} Decision;

/* On success the draft holds the assignments of one entry. */
NODISCARD bool decide(Draft *draft, const Change *change, Decision *ret_decision, Err *err);

/* ---- the steps of a move, each in a file of its own ---- */

/* Applies a move's effects to a record: form values, guards, status, milestones, clock, counters,
 * children, cascades. `checked`: guards were checked when the move was asked for. */
typedef struct Step {
    const Move *move;
    DraftRecord *record;
    const BoundForm *form;
    bool checked;
    int depth; /* of cascades; at most 3 */
} Step;
/* Runs the step, and what follows from it for parent, children and links, on the draft.
 * ERR_NOT_ALLOWED_NOW when a guard or the wait is against it. */
NODISCARD bool step_apply(Draft *draft, const Step *step, Err *err);

/* A child starts with its parent's link and place, and with its title, lead and category where its
 * kind has them. */
void child_inherit(Draft *draft, const DraftRecord *parent, DraftRecord *child);

/* Guards and `wait` of a move, on the values the record would have. */
NODISCARD bool step_check(Draft *draft, const Step *step, Err *err);

/* What a move asks of the clock, on the values the record would have: an extension ends later than
 * the limit it extends. Errors name the field. */
NODISCARD bool clock_check(Draft *draft, const Move *move, const Values *values, Err *err);
/* Starts, pauses, resumes, extends or stops the record's clock as the move says. */
NODISCARD bool clock_apply(Draft *draft, const Move *move, DraftRecord *record, Err *err);
/* What a round of an assessment asks of its days, on the values the record would have: adopted
 * before it begins, announced when it is over. True of other kinds. */
NODISCARD bool round_check(Draft *draft, const Kind *kind, const Move *move, const Values *values,
                           Err *err);
/* Fixes the hash of the rule when a round is adopted. */
NODISCARD bool round_apply(Draft *draft, const Move *move, DraftRecord *record, Err *err);
/* Due day, lights and `provisional` again from what the record says about its clock. */
void clock_recompute(Draft *draft, DraftRecord *record);

/* The record's number, issued from the counter of kind and year: that of the kind's `number_day`,
 * else of `at`. Kinds without a pattern get none. */
NODISCARD bool number_issue(Draft *draft, DraftRecord *record, Err *err);

/* Refuses identity numbers, phone and card numbers and the profile's words in free text; names
 * every field. Text of personal fields is not looked at. */
NODISCARD bool scan_form(Draft *draft, const Kind *kind, const BoundForm *form, Err *err);

/* A reason that comes with an action outside the profile: 1 to 500 characters of good UTF-8, looked
 * at like any free text. Errors name the field `reason`. */
NODISCARD bool scan_reason(Draft *draft, Str reason, Err *err);

#endif
