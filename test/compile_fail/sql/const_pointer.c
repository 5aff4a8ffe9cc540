/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* SQL is never taken from a const char * variable. Must not compile. */
#include "db/db_text.h"

void ask(DbText *text, const char *sql);
void ask(DbText *text, const char *sql)
{
    db_sql_literal(text, sql);
}
