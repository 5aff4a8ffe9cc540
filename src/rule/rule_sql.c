/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions as SQL. Two-valued: every atom is COALESCE(…, FALSE), because NULL under NOT would be
 * neither. Integers and texts never meet in a comparison: SQLite would convert one into the other
 * or order them by type, where memory says "not equal". */
#include "rule/fact_name.h"
#include "rule/rule.h"

/* A row of table record inside the statement: `r`, or `p1`, `p2` … for the records it points to. */
typedef struct Row {
    Str alias;
    int depth;
} Row;

static const Row row_own = {S_CONST("r"), 0};

static void row_column(DbText *sql, const Row *row, Str column)
{
    db_sql_name(sql, row->alias);
    db_sql_literal(sql, ".");
    db_sql_name(sql, column);
}

/* Always spelled like db_sql_field, so that an index on the expression is used. */
static void row_field(DbText *sql, const Row *row, Str name)
{
    db_sql_literal(sql, "json_extract(");
    row_column(sql, row, S("data"));
    db_sql_literal(sql, ", ");
    db_sql_path(sql, name);
    db_sql_literal(sql, ")");
}

static void row_fact(DbText *sql, const Row *row, Str name)
{
    char store[FACT_NAME_MAX];
    Str kept = fact_name(name, store);
    if (fact_column(kept))
        row_column(sql, row, kept);
    else
        row_field(sql, row, kept);
}

void fact_sql(DbText *sql, Str name)
{
    row_fact(sql, &row_own, name);
}

void fact_id_sql(DbText *sql, Str name)
{
    char store[FACT_NAME_MAX];
    Str kept = fact_name(name, store);
    if (fact_column(kept) || str_eq(kept, FACT_SELF)) {
        row_column(sql, &row_own, str_eq(kept, FACT_SELF) ? S("id") : kept);
        return;
    }
    db_sql_literal(sql, "json_extract(");
    row_field(sql, &row_own, kept);
    db_sql_literal(sql, ", '$[0]')");
}

/* ---- atoms ---- */

/* Those of `values` that have the type, in brackets for IN. */
static void sql_values_of(DbText *sql, const Condition *condition, ValueType type)
{
    bool first = true;
    db_sql_literal(sql, "(");
    for (size_t i = 0; i < condition->n_values; i++) {
        Value value = condition->values[i];
        if (value.type != type)
            continue;
        if (!first)
            db_sql_literal(sql, ",");
        first = false;
        if (type == VALUE_INT)
            db_sql_int(sql, value.number);
        else
            db_sql_text(sql, value.text);
    }
    if (first)
        db_sql_literal(sql, "NULL");
    db_sql_literal(sql, ")");
}

/* Integers and texts of one list side by side: a JSON value has no affinity to convert them. */
static void sql_values(DbText *sql, const Condition *condition)
{
    db_sql_literal(sql, "(j.value IN ");
    sql_values_of(sql, condition, VALUE_INT);
    db_sql_literal(sql, " OR j.value IN ");
    sql_values_of(sql, condition, VALUE_TEXT);
    db_sql_literal(sql, ")");
}

/* json_each gives one row for a single value and one for each of a list. */
static void sql_equal(DbText *sql, const Row *row, const Condition *condition)
{
    char store[FACT_NAME_MAX];
    Str kept = fact_name(condition->fact, store);
    const FactColumn *column = fact_column(kept);
    if (column) {
        row_column(sql, row, kept);
        db_sql_literal(sql, " IN ");
        sql_values_of(sql, condition, column->is_text ? VALUE_TEXT : VALUE_INT);
        return;
    }
    db_sql_literal(sql, "EXISTS (SELECT 1 FROM json_each(");
    row_column(sql, row, S("data"));
    db_sql_literal(sql, ", ");
    db_sql_path(sql, kept);
    db_sql_literal(sql, ") AS j WHERE ");
    sql_values(sql, condition);
    db_sql_literal(sql, ")");
}

static void sql_operator(DbText *sql, ConditionType type)
{
    switch (type) {
    case CONDITION_AT_LEAST:
        db_sql_literal(sql, " >= ");
        break;
    case CONDITION_MORE_THAN:
        db_sql_literal(sql, " > ");
        break;
    case CONDITION_AT_MOST:
        db_sql_literal(sql, " <= ");
        break;
    default:
        db_sql_literal(sql, " < ");
    }
}

static void sql_comparison(DbText *sql, const Row *row, const Condition *condition)
{
    char store[FACT_NAME_MAX];
    Str kept = fact_name(condition->fact, store);
    const FactColumn *column = fact_column(kept);
    ASSERT(condition->n_values == 1 && condition->values[0].type == VALUE_INT);
    if (column && column->is_text) {
        db_sql_literal(sql, "FALSE");
        return;
    }
    if (!column) {
        db_sql_literal(sql, "json_type(");
        row_column(sql, row, S("data"));
        db_sql_literal(sql, ", ");
        db_sql_path(sql, kept);
        db_sql_literal(sql, ") = 'integer' AND ");
    }
    row_fact(sql, row, kept);
    sql_operator(sql, condition->type);
    db_sql_int(sql, condition->values[0].number);
}

/* ---- the tree ---- */

static void sql_condition(DbText *sql, const Row *row, const Condition *condition);

static void sql_parent(DbText *sql, const Row *row, const Condition *condition)
{
    Arena *arena = sql->sql.arena;
    char *store = arena_alloc(arena, FACT_NAME_MAX);
    Str kept = fact_name(condition->fact, store);
    Row there = {STR(arena, "p", row->depth + 1), row->depth + 1};
    const FactColumn *column = fact_column(kept);
    if (column && column->is_text) {
        db_sql_literal(sql, "FALSE");
        return;
    }
    db_sql_literal(sql, "EXISTS (SELECT 1 FROM record AS ");
    db_sql_name(sql, there.alias);
    db_sql_literal(sql, " WHERE ");
    row_column(sql, &there, S("id"));
    if (column) {
        db_sql_literal(sql, " = ");
        row_column(sql, row, kept);
    } else {
        db_sql_literal(sql, " IN (SELECT l.target FROM record_link AS l WHERE l.record = ");
        row_column(sql, row, S("id"));
        db_sql_literal(sql, " AND l.name = ");
        db_sql_text(sql, kept);
        db_sql_literal(sql, ")");
    }
    db_sql_literal(sql, " AND ");
    row_column(sql, &there, S("voided_at"));
    db_sql_literal(sql, " IS NULL AND ");
    sql_condition(sql, &there, condition->parts[0]);
    db_sql_literal(sql, ")");
}

static void sql_parts(DbText *sql, const Row *row, const Condition *condition)
{
    bool all = condition->type == CONDITION_ALL;
    if (condition->n_parts == 0 && all)
        db_sql_literal(sql, "TRUE");
    if (condition->n_parts == 0 && !all)
        db_sql_literal(sql, "FALSE");
    for (size_t i = 0; i < condition->n_parts; i++) {
        if (i > 0 && all)
            db_sql_literal(sql, " AND ");
        if (i > 0 && !all)
            db_sql_literal(sql, " OR ");
        sql_condition(sql, row, condition->parts[i]);
    }
}

static void sql_atom(DbText *sql, const Row *row, const Condition *condition)
{
    switch (condition->type) {
    case CONDITION_ALL:
    case CONDITION_ANY:
        sql_parts(sql, row, condition);
        break;
    case CONDITION_NOT:
        db_sql_literal(sql, "NOT ");
        sql_condition(sql, row, condition->parts[0]);
        break;
    case CONDITION_PARENT:
        sql_parent(sql, row, condition);
        break;
    case CONDITION_PRESENT:
        row_fact(sql, row, condition->fact);
        db_sql_literal(sql, " IS NOT NULL");
        break;
    case CONDITION_ABSENT:
        row_fact(sql, row, condition->fact);
        db_sql_literal(sql, " IS NULL");
        break;
    case CONDITION_EQUAL:
        sql_equal(sql, row, condition);
        break;
    case CONDITION_AT_LEAST:
    case CONDITION_MORE_THAN:
    case CONDITION_AT_MOST:
    case CONDITION_LESS_THAN:
        sql_comparison(sql, row, condition);
        break;
    }
}

/* Only these can be NULL. */
static bool may_be_null(ConditionType type)
{
    return type == CONDITION_EQUAL || type == CONDITION_AT_LEAST || type == CONDITION_MORE_THAN ||
           type == CONDITION_AT_MOST || type == CONDITION_LESS_THAN;
}

static void sql_condition(DbText *sql, const Row *row, const Condition *condition)
{
    bool guard = may_be_null(condition->type);
    if (guard)
        db_sql_literal(sql, "COALESCE(");
    else
        db_sql_literal(sql, "(");
    sql_atom(sql, row, condition);
    if (guard)
        db_sql_literal(sql, ", FALSE)");
    else
        db_sql_literal(sql, ")");
}

void rule_sql(DbText *sql, const Condition *condition)
{
    if (condition)
        sql_condition(sql, &row_own, condition);
    else
        db_sql_literal(sql, "TRUE");
}
