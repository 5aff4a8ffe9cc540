/* SPDX-License-Identifier: Apache-2.0 */
#include "org/grant.h"

#include "query.h"

bool grants_store(Db *db, int64_t account, const Values *values, Err *err)
{
    Str prefix = S("role_");
    if (!q_grant_remove(db, account, err))
        return false;
    for (size_t i = 0; i < values->n; i++) {
        Str name = values->p[i].name;
        Value orgs = values->p[i].value;
        if (!str_starts(name, prefix) || orgs.type != VALUE_IDS)
            continue;
        for (size_t j = 0; j < orgs.count; j++)
            if (!q_grant_put(db, account, str_slice(name, prefix.n, name.n), orgs.ids[j], err))
                return false;
    }
    return true;
}
