/* SPDX-License-Identifier: Apache-2.0 */
/* permit.h - who may see and do what.
 *
 * Permission looks at a Scope, never at a record, so that decide, views and tests can all fill one.
 * A role counts where its `over` organisation of the scope lies in the granted subtree of today.
 */
#ifndef TONGXIN_ORG_PERMIT_H
#define TONGXIN_ORG_PERMIT_H

#include "base/value.h"
#include "org/actor.h"
#include "org/office.h"

/* The organisations of one record, as far as permission is concerned. */
typedef struct Scope {
    const Kind *kind;
    const Values *values; /* the record's values: place, lead, co_units, submitter, actor.<move> */
} Scope;

/* True when the actor holds `role` over the scope: it is granted at an organisation whose subtree
 * of today holds the record's `over` organisation (one of them, for lists; `any`: one of place,
 * lead, co_units, submitter), or at the root when the record has none. */
bool permit_role(const Office *office, const Actor *actor, const Role *role, const Scope *scope);
/* True when the actor holds any role with the right, over `org` (0: anywhere). */
bool permit_right(const Office *office, const Actor *actor, RoleRight right, int64_t org);
/* True when the actor may list and open the record: exactly the records that lists built on
 * permit_list_orgs show. A role sees a kind when its `kinds` name it or it has none; a built-in
 * kind only when they name it or the role has RIGHT_AUDIT; a role with RIGHT_ADMIN and without
 * RIGHT_SEE_ALL sees built-in kinds only. The public sees published records only (a view's matter,
 * not asked here). */
bool permit_see(const Office *office, const Actor *actor, const Scope *scope);

/* True of a record that all staff may read and that belongs to no organisation, such as a round of
 * the whole office: a child of it is permitted on the child's own organisations, for there is no
 * matter of others to reach into. */
bool permit_is_everybodys(const Scope *scope);

typedef enum PermitAnswer {
    PERMIT_YES,
    PERMIT_NO,          /* no role for it */
    PERMIT_SAME_PERSON, /* made a move that bars this one (not_by, second person) */
    PERMIT_OWN_UNIT     /* staff of the organisation the move is barred to (not_from) */
} PermitAnswer;

/* May the actor make this move (or, for `approving`, approve or refuse it)? Looks at roles and
 * separation of duties only; state and guards are decide's. */
PermitAnswer permit_move(const Office *office, const Actor *actor, const Move *move,
                         const Scope *scope, bool approving);

/* ---- what may be listed; see also `permit_see` ---- */

/* The organisations whose staff may list the record: today's ancestors (and themselves) of place,
 * lead, co_units and submitter; a record with none of these in the tree belongs to the root. Kinds
 * with `directory` stand at the root only and are open to all staff; those with `internal`, and
 * those that tree->profile does not have, stand nowhere. Ascending, no doubles. `values` holds
 * `kind`. */
IdVec permit_scope_orgs(Arena *arena, const OrgTree *tree, const Values *values);

/* The organisations at which the actor is staff, for lists: every granted organisation whose role
 * sees the kind. NULL: whose role sees every kind (see permit_sights for lists over all kinds).
 * Ascending, without those that lie below another. */
IdVec permit_list_orgs(Arena *arena, const Office *office, const Actor *actor, const Kind *kind);

/* A kind and an organisation whose records of it the actor may list. */
typedef struct Sight {
    const Kind *kind;
    int64_t org;
} Sight;
typedef VEC(Sight) Sights;

/* permit_list_orgs of every kind that is neither built in nor a directory: what a list over all
 * kinds, such as the desk, may show. Ordered by kind. */
Sights permit_sights(Arena *arena, const Office *office, const Actor *actor);

/* True for kinds that every member of staff may list: those with `directory`. */
bool kind_is_open_to_staff(const Kind *kind);

#endif
