/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* SQL is never taken from an array, which may hold anything by now. Must not compile. */
#include "db/db_text.h"

void ask(DbText *text);
void ask(DbText *text)
{
    char sql[] = "SELECT 1";
    db_sql_literal(text, sql);
}
