/* SPDX-License-Identifier: Apache-2.0 */
/* grant.h - the table role_grant, a copy of what accounts say about themselves.
 *
 * An account's record holds a value role_<role> for each role it has: the organisations it is
 * granted at. */
#ifndef TONGXIN_ORG_GRANT_H
#define TONGXIN_ORG_GRANT_H

#include "base/value.h"
#include "db/db.h"

/* Rewrites the grants of one account from its values. Only the writer and rebuild call this. */
NODISCARD bool grants_store(Db *db, int64_t account, const Values *values, Err *err);

#endif
