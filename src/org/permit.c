/* SPDX-License-Identifier: Apache-2.0 */
#include "org/permit.h"

#include "org/scope.h"

#define NAME_MAX_BYTES 80

const Account *actor_account(const Office *office, const Actor *actor)
{
    const Account *account =
        actor->type == ACTOR_ACCOUNT ? office_account(office, actor->account) : NULL;
    return account && !account->disabled ? account : NULL;
}

/* ---- roles ---- */

/* Some organisation of the value lies in the subtree; *ret_any: the value names one of the tree. */
static bool value_within(const OrgTree *tree, Value value, int64_t org, bool *ret_any)
{
    bool within = false;
    size_t count = value.type == VALUE_IDS ? value.count : value.type == VALUE_INT ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        int64_t id = value.type == VALUE_IDS ? value.ids[i] : value.number;
        *ret_any = *ret_any || org_find(tree, id) != NULL;
        within = within || org_is_within(tree, id, org);
    }
    return within;
}

/* Does the record lie under `org`, on the axis `over`? */
static bool scope_within(const OrgTree *tree, const Values *values, Str over, int64_t org)
{
    static const Str axes[] = {S_CONST("place"), S_CONST("lead"), S_CONST("co_units"),
                               S_CONST("submitter")};
    bool every = over.n == 0 || str_eq(over, S("any")), has_any = false, within = false;
    if (!every)
        within = value_within(tree, values_get(values, over), org, &has_any);
    for (size_t i = 0; every && !within && i < COUNT_OF(axes); i++)
        within = value_within(tree, values_get(values, axes[i]), org, &has_any);
    return within || (!has_any && org == tree->root && tree->root != 0);
}

static bool same_role(const Role *a, const Role *b)
{
    return a == b || str_eq(a->name, b->name);
}

bool permit_role(const Office *office, const Actor *actor, const Role *role, const Scope *scope)
{
    const Account *account = actor_account(office, actor);
    if (actor->type == ACTOR_CLI)
        return true;
    for (size_t i = 0; account && i < account->n_grants; i++) {
        const Grant *grant = &account->grants[i];
        if (same_role(grant->role, role) && (!scope->kind || role_works_on(role, scope->kind)) &&
            scope_within(&office->orgs, scope->values, role->over, grant->org))
            return true;
    }
    return false;
}

bool permit_is_everybodys(const Scope *scope)
{
    static const Str names[] = {S_CONST("place"), S_CONST("lead"), S_CONST("co_units"),
                                S_CONST("submitter")};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (values_get(scope->values, names[i]).type != VALUE_NONE)
            return false;
    return scope->kind->open_plain;
}

bool permit_right(const Office *office, const Actor *actor, RoleRight right, int64_t org)
{
    const Account *account = actor_account(office, actor);
    if (actor->type == ACTOR_CLI)
        return true;
    for (size_t i = 0; account && i < account->n_grants; i++) {
        const Grant *grant = &account->grants[i];
        if ((grant->role->rights & right) &&
            (org == 0 || org_is_within(&office->orgs, org, grant->org)))
            return true;
    }
    return false;
}

bool permit_see(const Office *office, const Actor *actor, const Scope *scope)
{
    const Account *account = actor_account(office, actor);
    const Kind *kind = scope->kind;
    if (actor->type == ACTOR_CLI || actor->type == ACTOR_TASK)
        return true;
    for (size_t i = 0; account && kind && i < account->n_grants; i++) {
        const Grant *grant = &account->grants[i];
        if (kind_is_open_to_staff(kind))
            return true;
        if (role_sees(grant->role, kind) &&
            (kind->built_in || scope_within(&office->orgs, scope->values, S("any"), grant->org)))
            return true;
    }
    return false;
}

/* ---- moves ---- */

static bool holds_one_of(const Office *office, const Actor *actor, const Scope *scope,
                         const Role *const *roles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (permit_role(office, actor, roles[i], scope))
            return true;
    return false;
}

/* The record names the account under prefix and move: one account, or all of several rounds. */
static bool names_account(const Values *values, Str prefix, Str move, int64_t account)
{
    char name[NAME_MAX_BYTES];
    Value held;
    if (prefix.n + move.n > sizeof name)
        return false;
    memcpy(name, prefix.p, prefix.n);
    memcpy(name + prefix.n, move.p, move.n);
    held = values_get(values, (Str){name, prefix.n + move.n});
    if (held.type == VALUE_INT)
        return held.number == account;
    for (size_t i = 0; held.type == VALUE_IDS && i < held.count; i++)
        if (held.ids[i] == account)
            return true;
    return false;
}

/* Whoever approved a move made it too: two approvals in a row are two persons. */
static bool made_barring_move(const Move *move, const Values *values, int64_t account)
{
    for (size_t i = 0; i < move->n_not_by; i++)
        if (names_account(values, S("actor_"), move->not_by[i], account) ||
            names_account(values, S("approver_"), move->not_by[i], account))
            return true;
    return false;
}

/* Staff of the organisation: granted at it or below it, or acting for it from above on the same
 * axis. Who sees everything below a larger organisation is not staff of each part of it. */
static bool grant_acts_for(const OrgTree *tree, const Grant *grant, Str axis, int64_t org)
{
    if (org_is_within(tree, grant->org, org))
        return true;
    return str_eq(grant->role->over, axis) && !(grant->role->rights & RIGHT_SEE_ALL) &&
           org_is_within(tree, org, grant->org);
}

static bool is_own_unit(const Office *office, const Account *account, const Move *move,
                        const Scope *scope)
{
    Value units = move->not_from.n ? values_get(scope->values, move->not_from) : VALUE_NOTHING;
    size_t count = units.type == VALUE_IDS ? units.count : units.type == VALUE_INT ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        int64_t unit = units.type == VALUE_IDS ? units.ids[i] : units.number;
        for (size_t j = 0; j < account->n_grants; j++)
            if (grant_acts_for(&office->orgs, &account->grants[j], move->not_from, unit))
                return true;
    }
    return false;
}

static PermitAnswer permit_account(const Office *office, const Actor *actor, const Move *move,
                                   const Scope *scope, bool approving)
{
    const Account *account = actor_account(office, actor);
    const Role *const *roles = approving ? move->approval : move->who;
    size_t count = approving ? move->n_approval : move->n_who;
    if (!account || !holds_one_of(office, actor, scope, roles, count))
        return PERMIT_NO;
    if (approving && values_id(scope->values, S("actor_pending")) == account->id)
        return PERMIT_SAME_PERSON;
    if (made_barring_move(move, scope->values, account->id))
        return PERMIT_SAME_PERSON;
    return is_own_unit(office, account, move, scope) ? PERMIT_OWN_UNIT : PERMIT_YES;
}

PermitAnswer permit_move(const Office *office, const Actor *actor, const Move *move,
                         const Scope *scope, bool approving)
{
    switch (actor->type) {
    case ACTOR_CLI:
        return PERMIT_YES;
    case ACTOR_TASK:
        return move->by_clock && !approving ? PERMIT_YES : PERMIT_NO;
    case ACTOR_PUBLIC:
        return move->by_public && !approving ? PERMIT_YES : PERMIT_NO;
    case ACTOR_ACCOUNT:
        return permit_account(office, actor, move, scope, approving);
    }
    return PERMIT_NO;
}
