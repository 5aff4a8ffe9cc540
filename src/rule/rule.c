/* SPDX-License-Identifier: Apache-2.0 */
#include "rule/rule.h"

static bool value_holds(Value fact, Value wanted)
{
    if (wanted.type == VALUE_INT && fact.type == VALUE_IDS)
        return ids_have(fact.ids, fact.count, wanted.number);
    if (wanted.type == VALUE_TEXT && fact.type == VALUE_CODES) {
        for (size_t i = 0; i < fact.count; i++)
            if (str_eq(fact.codes[i], wanted.text))
                return true;
        return false;
    }
    return (wanted.type == VALUE_INT || wanted.type == VALUE_TEXT) && value_eq(fact, wanted);
}

static bool holds_equal(const Condition *condition, Value fact)
{
    for (size_t i = 0; i < condition->n_values; i++)
        if (value_holds(fact, condition->values[i]))
            return true;
    return false;
}

static bool holds_comparison(const Condition *condition, Value fact)
{
    ASSERT(condition->n_values == 1 && condition->values[0].type == VALUE_INT);
    int64_t limit = condition->values[0].number;
    if (fact.type != VALUE_INT)
        return false;
    switch (condition->type) {
    case CONDITION_AT_LEAST:
        return fact.number >= limit;
    case CONDITION_MORE_THAN:
        return fact.number > limit;
    case CONDITION_AT_MOST:
        return fact.number <= limit;
    default:
        return fact.number < limit;
    }
}

/* Does the record with this id stand, and does the part hold for it? */
static bool holds_there(const Condition *part, const Facts *facts, int64_t target)
{
    const Values *values = target && facts->linked ? facts->linked(facts->context, target) : NULL;
    Facts there = {.own = values, .linked = facts->linked, .context = facts->context};
    return values && fact_value(values, S("voided_at")).type == VALUE_NONE &&
           rule_holds(part, &there);
}

/* Links are ids in a typed column, or a list of ids; a bare number elsewhere points to nothing. */
static bool holds_parent(const Condition *condition, const Facts *facts)
{
    Value link = fact_value(facts->own, condition->fact);
    if (link.type == VALUE_INT && fact_column(condition->fact))
        return holds_there(condition->parts[0], facts, link.number);
    for (size_t i = 0; link.type == VALUE_IDS && i < link.count; i++)
        if (holds_there(condition->parts[0], facts, link.ids[i]))
            return true;
    return false;
}

static bool holds_some(const Condition *condition, const Facts *facts)
{
    for (size_t i = 0; i < condition->n_parts; i++)
        if (rule_holds(condition->parts[i], facts))
            return true;
    return false;
}

static bool holds_every(const Condition *condition, const Facts *facts)
{
    for (size_t i = 0; i < condition->n_parts; i++)
        if (!rule_holds(condition->parts[i], facts))
            return false;
    return true;
}

bool rule_holds(const Condition *condition, const Facts *facts)
{
    if (!condition)
        return true;
    switch (condition->type) {
    case CONDITION_ALL:
        return holds_every(condition, facts);
    case CONDITION_ANY:
        return holds_some(condition, facts);
    case CONDITION_NOT:
        return !rule_holds(condition->parts[0], facts);
    case CONDITION_PARENT:
        return holds_parent(condition, facts);
    case CONDITION_PRESENT:
        return fact_value(facts->own, condition->fact).type != VALUE_NONE;
    case CONDITION_ABSENT:
        return fact_value(facts->own, condition->fact).type == VALUE_NONE;
    case CONDITION_EQUAL:
        return holds_equal(condition, fact_value(facts->own, condition->fact));
    case CONDITION_AT_LEAST:
    case CONDITION_MORE_THAN:
    case CONDITION_AT_MOST:
    case CONDITION_LESS_THAN:
        return holds_comparison(condition, fact_value(facts->own, condition->fact));
    }
    return false;
}
