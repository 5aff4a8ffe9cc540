/* SPDX-License-Identifier: Apache-2.0 */
/* actor.h - who makes a change or asks for a page. */
#ifndef TONGXIN_ORG_ACTOR_H
#define TONGXIN_ORG_ACTOR_H

#include "base/str.h"

typedef enum ActorType {
    ACTOR_PUBLIC,  /* nobody signed in; a submitter with a query code is public too */
    ACTOR_ACCOUNT, /* an account of the office */
    ACTOR_CLI, /* the owner of the site's folder, at the machine: may do everything, both persons */
    ACTOR_TASK /* the background: moves made `by clock`, sealing, erasing */
} ActorType;

typedef struct Actor {
    ActorType type;
    int64_t account; /* record id; 0 unless ACTOR_ACCOUNT */
    Str name;        /* what the journal says: "account:12", "public", "cli:root", "task:clock" */
} Actor;

#endif
