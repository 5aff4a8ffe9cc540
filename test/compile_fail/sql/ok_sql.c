/* SPDX-License-Identifier: Apache-2.0 */
/* What may enter SQL: literals, bound values, checked names. Must compile. */
#include "db/db_text.h"

void ask(DbText *text, Str kind, int64_t id, Str field);
void ask(DbText *text, Str kind, int64_t id, Str field)
{
    db_sql_literal(text, "SELECT id FROM record "
                         "WHERE kind = ");
    db_sql_text(text, kind);
    if (id > 0)
        db_sql_literal(text, " AND id = ");
    db_sql_int(text, id);
    db_sql_field(text, "r.data", field);
}
