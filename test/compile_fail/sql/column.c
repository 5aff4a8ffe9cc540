/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* The column of a profile field is a literal too. Must not compile. */
#include "db/db_text.h"

void ask(DbText *text, const char *column, Str field);
void ask(DbText *text, const char *column, Str field)
{
    db_sql_field(text, column, field);
}
