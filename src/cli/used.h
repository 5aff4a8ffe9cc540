/* SPDX-License-Identifier: Apache-2.0 */
/* used.h - which states, fields and choices the records of a site use, for profile_compare. */
#ifndef TONGXIN_CLI_USED_H
#define TONGXIN_CLI_USED_H

#include "db/db.h"
#include "profile/profile.h"

typedef struct Used Used;

/* One pass over all records. */
NODISCARD bool used_read(Arena *arena, Db *db, const Profile *profile, Used **ret_used, Err *err);
/* ProfileUsed. */
bool used_is(void *used, Str kind, Str what, Str code);

#endif
