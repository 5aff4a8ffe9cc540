/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions: a map over facts of one record (doc/profile-format.md). No expressions, no clock. */
#include "profile/build.h"

#define PARTS_MAX 200

typedef VEC(const Condition *) ConditionVec;

static Condition *condition_new(Load *load, ConditionType type, Str fact, Position position)
{
    Condition *condition = NEW(load->arena, Condition);
    *condition = (Condition){.type = type, .fact = fact, .position = position};
    return condition;
}

static const Condition *always(Load *load, Position position)
{
    return condition_new(load, CONDITION_ALL, (Str){0}, position);
}

static const Condition *join(Arena *arena, ConditionType type, ConditionVec parts,
                             Position position)
{
    if (parts.n == 1 && type != CONDITION_NOT)
        return parts.p[0];
    Condition *condition = NEW(arena, Condition);
    *condition =
        (Condition){.type = type, .parts = parts.p, .n_parts = parts.n, .position = position};
    return condition;
}

static const Condition *build_any(Load *load, const Kind *kind, const Node *node)
{
    ConditionVec parts = {0};
    if (node->type != NODE_LIST || node->n == 0) {
        fault(load, node->position, MSG_profile_list_expected, S("any"));
        return always(load, node->position);
    }
    for (size_t i = 0; i < node->n; i++)
        *vec_push(load->arena, &parts) = condition_build(load, kind, node->items[i]);
    return join(load->arena, CONDITION_ANY, parts, node->position);
}

static const Condition *build_not(Load *load, const Kind *kind, const Node *node)
{
    ConditionVec parts = {0};
    *vec_push(load->arena, &parts) = condition_build(load, kind, node);
    return join(load->arena, CONDITION_NOT, parts, node->position);
}

static const Condition *build_equal(Load *load, const Kind *kind, const NodePair *pair,
                                    const Fact *fact)
{
    const Node *node = pair->value;
    const Node *const *items = node->type == NODE_LIST ? node->items : &pair->value;
    size_t n = node->type == NODE_LIST ? node->n : 1;
    Value *values = NEW_ARRAY(load->arena, Value, n);
    Condition *condition = condition_new(load, CONDITION_EQUAL, pair->key, pair->position);
    if (n == 0)
        fault(load, node->position, MSG_profile_missing, pair->key);
    for (size_t i = 0; i < n; i++) {
        if (value_build(load, kind, pair->key, fact, items[i], &values[condition->n_values]))
            condition->n_values++;
    }
    condition->values = values;
    return condition;
}

static bool comparison_type(Str word, ConditionType *ret_type)
{
    static const struct {
        Str word;
        ConditionType type;
    } words[] = {
        {S_CONST("at_least"), CONDITION_AT_LEAST},
        {S_CONST("more_than"), CONDITION_MORE_THAN},
        {S_CONST("at_most"), CONDITION_AT_MOST},
        {S_CONST("less_than"), CONDITION_LESS_THAN},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (str_eq(words[i].word, word)) {
            *ret_type = words[i].type;
            return true;
        }
    }
    return false;
}

static bool is_ordered(FactType type)
{
    return type == FACT_NUMBER || type == FACT_DECIMAL || type == FACT_MONEY || type == FACT_DAY ||
           type == FACT_INSTANT;
}

static const Condition *build_comparisons(Load *load, const Kind *kind, const NodePair *pair,
                                          const Fact *fact)
{
    ConditionVec parts = {0};
    const Node *map = pair->value;
    StrVec known = words_of(load->scratch, S("at_least more_than at_most less_than"));
    if (!is_ordered(fact->type)) {
        fault(load, map->position, MSG_profile_not_ordered, pair->key);
        return always(load, map->position);
    }
    for (size_t i = 0; i < map->n; i++) {
        ConditionType type;
        Value *value = NEW(load->arena, Value);
        if (!comparison_type(map->pairs[i].key, &type)) {
            fault_unknown(load, map->pairs[i].position, MSG_profile_unknown_test, map->pairs[i].key,
                          pair->key, &known);
            continue;
        }
        if (!value_build(load, kind, pair->key, fact, map->pairs[i].value, value))
            continue;
        Condition *part = condition_new(load, type, pair->key, pair->position);
        part->values = value;
        part->n_values = 1;
        *vec_push(load->arena, &parts) = part;
    }
    return join(load->arena, CONDITION_ALL, parts, map->position);
}

static bool conditions_equal(Arena *scratch, const Condition *a, const Condition *b)
{
    Buf first = buf_open(scratch), second = buf_open(scratch);
    condition_write(&first, a);
    condition_write(&second, b);
    return str_eq(buf_str(&first), buf_str(&second));
}

/* Whatever kind the link leads to, the words must mean the same. */
static const Condition *build_linked(Load *load, const NodePair *pair, const Fact *fact)
{
    size_t before = load->diagnostics->n + load->unheard;
    const Condition *part = condition_build(load, fact->target, pair->value);
    bool same = true;
    for (size_t i = 1; fact_target(fact, i) != NULL; i++) {
        const Condition *other = condition_build(load, fact_target(fact, i), pair->value);
        same = same && conditions_equal(load->scratch, part, other);
    }
    if (!same && load->diagnostics->n + load->unheard == before)
        fault(load, pair->position, MSG_profile_parents_differ, pair->key);
    return part;
}

static const Condition *build_parent(Load *load, const NodePair *pair, const Fact *fact)
{
    Condition *condition = condition_new(load, CONDITION_PARENT, pair->key, pair->position);
    const Condition **part = NEW(load->arena, const Condition *);
    if (fact->target == NULL) {
        /* The kind a link leads to is missing, which was reported at the link. */
        return always(load, pair->position);
    }
    /* Counting looks at who links to a changed record, one link far (change/count.c). */
    if (load->through_link) {
        fault(load, pair->position, MSG_profile_link_in_link, pair->key);
        return always(load, pair->position);
    }
    load->through_link = true;
    *part = build_linked(load, pair, fact);
    load->through_link = false;
    condition->parts = part;
    condition->n_parts = 1;
    return condition;
}

static void report_unknown_fact(Load *load, const Kind *kind, const NodePair *pair)
{
    StrVec known = fact_names(load->scratch, kind);
    if (str_eq(pair->key, S("light")) || str_eq(pair->key, S("now"))) {
        fault(load, pair->position, MSG_profile_no_clock, pair->key);
        return;
    }
    if (str_eq(pair->key, S("parent")))
        fault(load, pair->position, MSG_profile_no_parent, kind->name);
    else
        fault_unknown(load, pair->position, MSG_profile_unknown_fact, pair->key, kind->name,
                      &known);
}

static bool says(const Node *node, Str word)
{
    return node->type == NODE_SCALAR && str_eq(node->text, word);
}

static const Condition *build_test(Load *load, const Kind *kind, const NodePair *pair)
{
    Fact fact;
    if (!fact_find(load->profile, kind, pair->key, &fact)) {
        report_unknown_fact(load, kind, pair);
        return always(load, pair->position);
    }
    if (fact.type == FACT_PERSONAL) {
        fault(load, pair->position, MSG_profile_personal_fact, pair->key);
        return always(load, pair->position);
    }
    if (says(pair->value, S("present")))
        return condition_new(load, CONDITION_PRESENT, pair->key, pair->position);
    if (says(pair->value, S("absent")))
        return condition_new(load, CONDITION_ABSENT, pair->key, pair->position);
    if (fact.type == FACT_BROKEN)
        return always(load, pair->position);
    if (pair->value->type == NODE_MAP && fact.type == FACT_LINK)
        return build_parent(load, pair, &fact);
    if (pair->value->type == NODE_MAP)
        return build_comparisons(load, kind, pair, &fact);
    return build_equal(load, kind, pair, &fact);
}

const Condition *condition_build(Load *load, const Kind *kind, const Node *node)
{
    ConditionVec parts = {0};
    Position nowhere = {.line = 1, .column = 1};
    if (!check_map(load, node) || kind == NULL)
        return always(load, node == NULL ? nowhere : node->position);
    for (size_t i = 0; i < node->n && i < PARTS_MAX; i++) {
        const NodePair *pair = &node->pairs[i];
        const Condition *part;
        if (str_eq(pair->key, S("any")))
            part = build_any(load, kind, pair->value);
        else if (str_eq(pair->key, S("not")))
            part = build_not(load, kind, pair->value);
        else
            part = build_test(load, kind, pair);
        *vec_push(load->arena, &parts) = part;
    }
    return join(load->arena, CONDITION_ALL, parts, node->position);
}

static bool is_always(const Condition *condition)
{
    return condition == NULL || (condition->type == CONDITION_ALL && condition->n_parts == 0);
}

const Condition *condition_both(Arena *arena, const Condition *a, const Condition *b)
{
    ConditionVec parts = {0};
    if (!is_always(a))
        *vec_push(arena, &parts) = a;
    if (!is_always(b) && a != b)
        *vec_push(arena, &parts) = b;
    Position position = a != NULL ? a->position : b != NULL ? b->position : (Position){0};
    return join(arena, CONDITION_ALL, parts, position);
}

void condition_write(Buf *buf, const Condition *condition)
{
    TEXT(buf, "(", (int)condition->type, " ", condition->fact);
    for (size_t i = 0; i < condition->n_values; i++) {
        buf_byte(buf, ' ');
        value_write(buf, condition->values[i]);
    }
    for (size_t i = 0; i < condition->n_parts; i++)
        condition_write(buf, condition->parts[i]);
    buf_byte(buf, ')');
}
