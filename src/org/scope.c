/* SPDX-License-Identifier: Apache-2.0 */
/* Which organisations a record belongs to, and what staff may list: the rows of record_scope. */
#include "org/scope.h"
#include "org/permit.h"

static const Str scope_names[] = {S_CONST("co_units"), S_CONST("lead"), S_CONST("place"),
                                  S_CONST("submitter")};

bool kind_is_open_to_staff(const Kind *kind)
{
    return kind->directory;
}

/* Adds the organisations of the tree in the value of this name. */
static void scope_field_orgs(Arena *arena, const OrgTree *tree, const Values *values, Str name,
                             IdVec *orgs)
{
    Value value = values_get(values, name);
    if (value.type == VALUE_INT && org_find(tree, value.number))
        *vec_push(arena, orgs) = value.number;
    for (size_t i = 0; value.type == VALUE_IDS && i < value.count; i++)
        if (org_find(tree, value.ids[i]))
            *vec_push(arena, orgs) = value.ids[i];
}

/* Those of place, lead, co_units and submitter; the root when there are none. */
static IdVec scope_own_orgs(Arena *arena, const OrgTree *tree, const Values *values)
{
    IdVec orgs = {0};
    for (size_t i = 0; i < COUNT_OF(scope_names); i++)
        scope_field_orgs(arena, tree, values, scope_names[i], &orgs);
    if (orgs.n == 0 && tree->root)
        *vec_push(arena, &orgs) = tree->root;
    return orgs;
}

static int id_order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void ids_sort(IdVec *ids)
{
    size_t kept = 0;
    if (ids->n == 0)
        return;
    qsort(ids->p, ids->n, sizeof *ids->p, id_order);
    for (size_t i = 0; i < ids->n; i++)
        if (kept == 0 || ids->p[kept - 1] != ids->p[i])
            ids->p[kept++] = ids->p[i];
    ids->n = kept;
}

IdVec permit_scope_orgs(Arena *arena, const OrgTree *tree, const Values *values)
{
    const Kind *kind =
        tree->profile ? profile_kind(tree->profile, values_text(values, S("kind"))) : NULL;
    IdVec own, orgs = {0};
    if (!kind || kind->internal)
        return orgs;
    if (kind_is_open_to_staff(kind)) {
        if (tree->root)
            *vec_push(arena, &orgs) = tree->root;
        return orgs;
    }
    own = scope_own_orgs(arena, tree, values);
    for (size_t i = 0; i < own.n; i++)
        for (const Org *org = org_find(tree, own.p[i]); org; org = org_find(tree, org->parent))
            *vec_push(arena, &orgs) = org->id;
    ids_sort(&orgs);
    return orgs;
}

/* ---- for lists ---- */

bool role_sees(const Role *role, const Kind *kind)
{
    bool contents = !(role->rights & RIGHT_ADMIN) || (role->rights & RIGHT_SEE_ALL);
    if (!kind)
        return contents && role->n_kinds == 0;
    if (role_names(role, kind))
        return contents || kind->built_in;
    if (kind->built_in && !kind_is_open_to_staff(kind))
        return role->n_kinds == 0 && (role->rights & (RIGHT_AUDIT | RIGHT_ADMIN));
    return contents && role->n_kinds == 0;
}

/* The roots among ids: those that do not lie below another. */
static IdVec ids_topmost(Arena *arena, const OrgTree *tree, const IdVec *ids)
{
    IdVec top = {0};
    for (size_t i = 0; i < ids->n; i++) {
        bool below = false;
        for (size_t j = 0; j < ids->n && !below; j++)
            below = j != i && org_is_within(tree, ids->p[i], ids->p[j]);
        if (!below)
            *vec_push(arena, &top) = ids->p[i];
    }
    return top;
}

IdVec permit_list_orgs(Arena *arena, const Office *office, const Actor *actor, const Kind *kind)
{
    const Account *account = actor_account(office, actor);
    bool open = kind && kind_is_open_to_staff(kind);
    IdVec orgs = {0};
    if ((actor->type == ACTOR_CLI || actor->type == ACTOR_TASK) && office->orgs.root)
        *vec_push(arena, &orgs) = office->orgs.root;
    for (size_t i = 0; account && i < account->n_grants; i++) {
        const Grant *grant = &account->grants[i];
        if (org_find(&office->orgs, grant->org) && (open || role_sees(grant->role, kind)))
            *vec_push(arena, &orgs) = grant->org;
    }
    ids_sort(&orgs);
    return ids_topmost(arena, &office->orgs, &orgs);
}

Sights permit_sights(Arena *arena, const Office *office, const Actor *actor)
{
    Sights sights = {0};
    for (size_t i = 0; i < office->profile->n_kinds; i++) {
        const Kind *kind = &office->profile->kinds[i];
        IdVec orgs = {0};
        if (!kind->built_in && !kind_is_open_to_staff(kind))
            orgs = permit_list_orgs(arena, office, actor, kind);
        for (size_t j = 0; j < orgs.n; j++)
            *vec_push(arena, &sights) = (Sight){kind, orgs.p[j]};
    }
    return sights;
}
