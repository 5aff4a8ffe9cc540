/* SPDX-License-Identifier: Apache-2.0 */
/* scope.h - what permit.c and scope.c share; for the files of this room. */
#ifndef TONGXIN_ORG_SCOPE_H
#define TONGXIN_ORG_SCOPE_H

#include "org/permit.h"

/* The actor's account when it may act: there is one and it is not disabled; else NULL. */
const Account *actor_account(const Office *office, const Actor *actor);
/* Does the role see records of the kind (NULL: of every kind)? See permit_see. */
bool role_sees(const Role *role, const Kind *kind);

#endif
