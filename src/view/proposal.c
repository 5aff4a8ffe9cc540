/* SPDX-License-Identifier: Apache-2.0 */
/* Which unit to hand a matter to: the routing catalogue, and what was done with its like. */
#include "rule/rule.h"
#include "view/move_view.h"

#define SIMILAR_LOOKED_AT 5
#define RANKED            20 /* what any of those who ask may want */

static Str similar_text(Arena *arena, const Kind *kind, const Values *values)
{
    return STR(arena, values_text(values, kind->title), "\n", values_text(values, kind->body));
}

static IdVec similar_rank(Visit *visit, const Kind *kind, Str text, int64_t except)
{
    IdVec found = {0}, orgs = {0};
    SearchScope scope = {.kind = kind->name, .published_only = !visit_is_staff(visit)};
    if (!visit->search || !kind->searchable || str_trim(text).n == 0)
        return found;
    if (visit_is_staff(visit))
        orgs = permit_list_orgs(visit->arena, visit->office, &visit->actor, kind);
    scope.orgs = orgs.p;
    scope.n_orgs = orgs.n;
    scope.everything = visit->actor.type == ACTOR_CLI;
    if (!search_similar(visit->arena, visit->search, text, &scope, except, RANKED, &found, NULL))
        return (IdVec){0};
    return found;
}

static IdVec similar_readable(Visit *visit, const Kind *kind, const IdVec *found, int limit)
{
    IdVec ids = {0};
    for (size_t i = 0; i < found->n && ids.n < (size_t)limit; i++) {
        Record record;
        Mask mask;
        if (!record_get(visit->arena, visit->db, found->p[i], &record, NULL))
            continue;
        mask = mask_of(visit, kind, &record.values);
        if (mask.open && mask.texts)
            *vec_push(visit->arena, &ids) = found->p[i];
    }
    return ids;
}

IdVec similar_ids(Visit *visit, const Kind *kind, Str text, int limit)
{
    IdVec found = similar_rank(visit, kind, text, 0);
    return similar_readable(visit, kind, &found, limit);
}

/* A page shows them up to three times: beside the record, behind the proposal, to merge into. */
IdVec similar_of(Visit *visit, const Kind *kind, int64_t record, const Values *values, int limit)
{
    IdVec *found = map_find_id(&visit->ranked, record);
    if (!found) {
        found = NEW(visit->arena, IdVec);
        *found = similar_rank(visit, kind, similar_text(visit->arena, kind, values), record);
        map_set_id(&visit->ranked, record, found);
    }
    return similar_readable(visit, kind, found, limit);
}

static bool words_match(const RoutingRule *rule, Str text)
{
    for (size_t i = 0; i < rule->n_words; i++)
        if (str_has(text, rule->words[i]))
            return true;
    return rule->n_words == 0;
}

static const RoutingRule *routing_find(const Visit *visit, const Subject *subject)
{
    const Profile *profile = visit->office->profile;
    const Values *values = &subject->record->values;
    Facts facts = {.own = values};
    Str text = similar_text(visit->arena, subject->kind, values);
    for (size_t i = 0; i < profile->n_routing; i++) {
        const RoutingRule *rule = &profile->routing[i];
        if ((!rule->kind || str_eq(rule->kind->name, subject->kind->name)) &&
            rule_holds(rule->when, &facts) && words_match(rule, text) &&
            org_by_code(&visit->office->orgs, rule->lead))
            return rule;
    }
    return NULL;
}

/* The most alike that was handed to somebody and is settled. */
static const Org *similar_lead(Visit *visit, const Subject *subject, Str *ret_number)
{
    IdVec ids = similar_of(visit, subject->kind, subject->record->id, &subject->record->values,
                           SIMILAR_LOOKED_AT);
    for (size_t i = 0; i < ids.n; i++) {
        Record record;
        const Org *org;
        if (!record_get(visit->arena, visit->db, ids.p[i], &record, NULL) ||
            values_int(&record.values, S("voided_at")))
            continue;
        org = org_find(&visit->office->orgs, values_id(&record.values, S("lead")));
        if (!org || values_int(&record.values, S("open")))
            continue;
        *ret_number = values_text(&record.values, S("number"));
        return org;
    }
    return NULL;
}

Proposal proposal_make(Visit *visit, const Subject *subject)
{
    const RoutingRule *rule = routing_find(visit, subject);
    Str number = S(""), basis = rule ? label_text(rule->basis, visit->language) : S("");
    const Org *like = subject->mask.texts ? similar_lead(visit, subject, &number) : NULL;
    const Org *org = rule ? org_by_code(&visit->office->orgs, rule->lead) : like;
    Str similar = S("");
    Proposal proposal = {0};
    if (!org)
        return proposal;
    proposal.code = org->code;
    proposal.name = label_text(org->title, visit->language);
    if (rule)
        proposal.reason = basis.n ? view_say(visit, MSG_view_proposal_rule, proposal.name, basis)
                                  : view_say(visit, MSG_view_proposal_rule_plain, proposal.name);
    if (like)
        similar = view_say(visit, MSG_view_proposal_similar, number,
                           label_text(like->title, visit->language));
    if (proposal.reason.n && similar.n)
        proposal.reason = view_say(visit, MSG_view_two_reasons, proposal.reason, similar);
    else if (similar.n)
        proposal.reason = similar;
    return proposal;
}
