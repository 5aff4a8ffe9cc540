/* SPDX-License-Identifier: Apache-2.0 */
/* fact_name.h - the name under which a fact is kept; for the files of this room. */
#ifndef TONGXIN_RULE_FACT_NAME_H
#define TONGXIN_RULE_FACT_NAME_H

#include "db/db_text.h"

#define FACT_NAME_MAX DB_NAME_MAX_BYTES

/* The name with underscores for dots, in `store` when there was one. A name that is too long is no
 * fact and comes back as it is. */
Str fact_name(Str name, char store[FACT_NAME_MAX]);

#endif
