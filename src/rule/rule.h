/* SPDX-License-Identifier: Apache-2.0 */
/* rule.h - a condition of the profile, on one record in memory or as SQL over all of them.
 *
 * Conditions are two-valued: a missing value makes every test except `absent` false, also under
 * `not` (an atom is false, so its negation is true). A property test proves that memory and SQL
 * agree. Conditions never see a clock, a light or another record, except through one declared link;
 * nothing holds of a linked record that was voided.
 */
#ifndef TONGXIN_RULE_H
#define TONGXIN_RULE_H

#include "base/value.h"
#include "db/db_text.h"
#include "profile/profile.h"

/* The typed values of one record. `linked` answers CONDITION_PARENT: the values of the record that
 * the link `name` points to, or NULL when there is none; it may be NULL when no such test is
 * possible. */
typedef struct Facts {
    const Values *own;
    const Values *(*linked)(void *context, int64_t target);
    void *context;
    int64_t id; /* of the record; only counting by FACT_SELF asks for it */
} Facts;

/* True when the condition holds; a NULL condition always holds. */
bool rule_holds(const Condition *condition, const Facts *facts);

/* Writes the condition as a SQL expression over the row `r` of table record. Only literals, bound
 * parameters and names that the profile's loader has checked enter the text. The condition must
 * live until the statement has run. */
void rule_sql(DbText *sql, const Condition *condition);

/* ---- facts by name ---- */

/* A dot in a name ("children.sitting", "actor.assign") stands for the underscore under which the
 * value is kept: children_sitting, actor_assign. All functions here take both. */

/* The value a condition sees: VALUE_NOTHING when it is missing, or when it stands under the name of
 * a typed column and the column cannot hold it. */
Value fact_value(const Values *values, Str name);

/* True when the value is "none" for that name: VALUE_NONE, and in a typed column also 0 and the
 * empty text, which are stored as NULL. The door never keeps such a value. */
bool fact_is_nothing(Str name, Value value);

/* Writes the SQL expression for one fact of row `r`: a typed column, or a path into `data`. */
void fact_sql(DbText *sql, Str name);
/* The same for a link or organisation: the id, or the first one where the fact has several.
 * FACT_SELF is the record's own. */
void fact_id_sql(DbText *sql, Str name);

typedef struct FactColumn {
    Str name;
    bool is_text;
    size_t index; /* position among the columns, from 0 */
} FactColumn;
/* The typed column of table record that holds the value of this name, or NULL when the value lives
 * in `data`. The table is fixed: sql/schema/0001_core.sql. `version` is the record's own and no
 * fact. */
const FactColumn *fact_column(Str name);
/* All of them, ascending by name as Values are. */
#define FACT_COLUMNS 21
extern const FactColumn fact_columns[];
extern const size_t fact_columns_count;

#endif
