/* SPDX-License-Identifier: Apache-2.0 */
/* A round of an assessment: its rule is fixed before the period begins, its result announced when
 * the period has ended. The milestones `adopted_at` and `announced_at` say which move it is. */
#include "change/decide.h"

static bool sets_milestone(const Move *move, Str name)
{
    for (size_t i = 0; i < move->n_milestones; i++)
        if (str_eq(move->milestones[i], name))
            return true;
    return false;
}

static const Assessment *round_rule(const Draft *draft, const Values *values)
{
    return profile_assessment(draft->office->profile, values_text(values, S("assessment")));
}

bool round_check(Draft *draft, const Kind *kind, const Move *move, const Values *values, Err *err)
{
    Day today = day_of(draft->at);
    Day from = (Day)values_int(values, S("from_on")),
        until = (Day)values_int(values, S("until_on"));
    if (!kind->is_round)
        return true;
    if (until && until < from)
        return err_field(err, draft->arena, S("until_on"), MSG_round_ends_before, S(""), S(""));
    if (sets_milestone(move, S("adopted_at")) && (today >= from || !round_rule(draft, values)))
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_round_has_begun, day_text(draft->arena, from));
    if (sets_milestone(move, S("announced_at")) && today <= until)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_round_not_over, day_text(draft->arena, until));
    return true;
}

bool round_apply(Draft *draft, const Move *move, DraftRecord *record, Err *err)
{
    const Assessment *rule;
    if (!record->kind->is_round)
        return true;
    /* Looked at again: days passed while it waited for a second person. */
    if (!round_check(draft, record->kind, move, &record->values, err))
        return false;
    rule = round_rule(draft, &record->values);
    if (rule && sets_milestone(move, S("adopted_at")))
        draft_set(draft, record, S("rule"), value_text(rule->hash));
    return true;
}
