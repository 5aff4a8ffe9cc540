/* SPDX-License-Identifier: Apache-2.0 */
#include "rule/rule.h"

#include "rule/fact_name.h"

const FactColumn fact_columns[] = {
    {S_CONST("accepted_at"), false, 0}, {S_CONST("amount"), false, 1},
    {S_CONST("category"), true, 2},     {S_CONST("closed_at"), false, 3},
    {S_CONST("created_at"), false, 4},  {S_CONST("due_on"), false, 5},
    {S_CONST("kind"), true, 6},         {S_CONST("lead"), false, 7},
    {S_CONST("number"), true, 8},       {S_CONST("open"), false, 9},
    {S_CONST("parent"), false, 10},     {S_CONST("paused_on"), false, 11},
    {S_CONST("place"), false, 12},      {S_CONST("published_at"), false, 13},
    {S_CONST("red_at"), false, 14},     {S_CONST("result"), true, 15},
    {S_CONST("status"), true, 16},      {S_CONST("submitter"), false, 17},
    {S_CONST("title"), true, 18},       {S_CONST("voided_at"), false, 19},
    {S_CONST("yellow_at"), false, 20},
};
const size_t fact_columns_count = COUNT_OF(fact_columns);
_Static_assert(COUNT_OF(fact_columns) == FACT_COLUMNS, "one entry per typed column");

const FactColumn *fact_column(Str name)
{
    size_t low = 0, high = COUNT_OF(fact_columns);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(fact_columns[middle].name, name);
        if (order == 0)
            return &fact_columns[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

Str fact_name(Str name, char store[FACT_NAME_MAX])
{
    size_t dot = str_find(name, S("."), 0);
    if (dot == SIZE_MAX || name.n > FACT_NAME_MAX)
        return name;
    memcpy(store, name.p, name.n);
    for (size_t i = dot; i < name.n; i++)
        if (store[i] == '.')
            store[i] = '_';
    return (Str){store, name.n};
}

static bool column_is_nothing(const FactColumn *column, Value value)
{
    if (column->is_text)
        return value.type != VALUE_TEXT || value.text.n == 0;
    return value.type != VALUE_INT || value.number == 0;
}

bool fact_is_nothing(Str name, Value value)
{
    const FactColumn *column = fact_column(name);
    if (value.type == VALUE_INT)
        return column && !column->is_text && value.number == 0;
    if (value.type == VALUE_TEXT)
        return column && column->is_text && value.text.n == 0;
    return value.type == VALUE_NONE;
}

Value fact_value(const Values *values, Str name)
{
    char store[FACT_NAME_MAX];
    Str kept = fact_name(name, store);
    Value value = values_get(values, kept);
    const FactColumn *column = value.type == VALUE_NONE ? NULL : fact_column(kept);
    return column && column_is_nothing(column, value) ? VALUE_NOTHING : value;
}
