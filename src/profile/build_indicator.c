/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/build_indicator.h"

#include "base/crypto.h"

Str indicator_day(Load *load, const Node *node, Str key, const Kind *kind)
{
    const Node *value = node_get(node, key);
    Fact fact;
    if (value == NULL || kind == NULL)
        return (Str){0};
    if (value->type == NODE_SCALAR && fact_find(load->profile, kind, value->text, &fact) &&
        (fact.type == FACT_DAY || fact.type == FACT_INSTANT || fact.type == FACT_BROKEN))
        return value->text;
    StrVec known = fact_names(load->scratch, kind);
    fault_unknown(load, value->position, MSG_profile_not_a_day, value->text, kind->name, &known);
    return (Str){0};
}

void indicator_place(Load *load, const Node *node, Indicator *indicator)
{
    const Node *at = node_get(node, S("at"));
    indicator->at = S("place");
    if (indicator->kind == NULL)
        return;
    if (at == NULL && kind_field(indicator->kind, S("place")) == NULL)
        fault(load, indicator->position, MSG_profile_no_place, indicator->kind->name);
    if (at != NULL && organisation_field(load, indicator->kind, at, true) != NULL)
        indicator->at = at->text;
}

static void read_sum(Load *load, const Node *body, Indicator *indicator)
{
    Fact fact;
    Str name = read_required_text(load, body, S("field"));
    if (name.n == 0 || indicator->kind == NULL)
        return;
    indicator->sum = name;
    if (!fact_find(load->profile, indicator->kind, name, &fact)) {
        StrVec known = fact_names(load->scratch, indicator->kind);
        fault_unknown(load, key_position(body, S("field")), MSG_profile_unknown_fact, name,
                      indicator->kind->name, &known);
    } else if (fact.type != FACT_NUMBER && fact.type != FACT_MONEY && fact.type != FACT_DECIMAL &&
               fact.type != FACT_BROKEN) {
        fault(load, key_position(body, S("field")), MSG_profile_not_an_integer, name);
    }
}

static void read_distinct(Load *load, const Node *body, Indicator *indicator)
{
    Fact fact;
    const Node *distinct = node_get(body, S("distinct"));
    if (distinct == NULL || indicator->kind == NULL)
        return;
    indicator->distinct = distinct->text;
    indicator->type = INDICATOR_DISTINCT;
    if (distinct->type != NODE_SCALAR ||
        !fact_find(load->profile, indicator->kind, distinct->text, &fact) ||
        (fact.type != FACT_LINK && fact.type != FACT_LINKS && fact.type != FACT_BROKEN))
        fault(load, distinct->position, MSG_profile_not_a_link, distinct->text,
              indicator->kind->name);
}

/* Figures test milestones, never a state that a later move leaves: such a figure would shrink. */
static void check_states(Load *load, const Kind *kind, const Condition *condition)
{
    Fact fact;
    if (condition->type == CONDITION_PARENT &&
        fact_find(load->profile, kind, condition->fact, &fact)) {
        for (size_t i = 0; fact_target(&fact, i) != NULL; i++)
            check_states(load, fact_target(&fact, i), condition->parts[0]);
        return;
    }
    for (size_t i = 0; kind != NULL && i < condition->n_parts; i++)
        check_states(load, kind, condition->parts[i]);
    if (kind == NULL || kind->flow == NULL || !str_eq(condition->fact, S("status")))
        return;
    for (size_t i = 0; i < condition->n_values; i++) {
        const State *state = flow_state(kind->flow, condition->values[i].text);
        for (size_t j = 0; state != NULL && j < kind->flow->n_moves; j++) {
            const Move *move = &kind->flow->moves[j];
            if (move_leaves(move, state) && move->to != NULL && move->to != state) {
                fault(load, condition->position, MSG_profile_passing_state, state->name,
                      move->name);
                break;
            }
        }
    }
}

const Condition *figure_condition(Load *load, const Kind *kind, const Node *where)
{
    size_t before = load->diagnostics->n;
    const Condition *condition = condition_build(load, kind, where);
    if (kind != NULL && load->diagnostics->n == before)
        check_states(load, kind, condition);
    return condition;
}

static void read_days(Load *load, const Node *node, Indicator *indicator)
{
    bool in = node_get(node, S("in")) != NULL;
    bool span = node_get(node, S("from")) != NULL || node_get(node, S("until")) != NULL;
    indicator->in = indicator_day(load, node, S("in"), indicator->kind);
    indicator->from = indicator_day(load, node, S("from"), indicator->kind);
    indicator->until = indicator_day(load, node, S("until"), indicator->kind);
    if (in == span)
        fault(load, indicator->position, MSG_profile_in_or_from, indicator->name);
    else if (span && node_get(node, S("from")) == NULL)
        fault(load, indicator->position, MSG_profile_missing, S("from"));
    if (span && indicator->distinct.n == 0)
        indicator->type = INDICATOR_STOCK;
}

static void build_counted(Load *load, const Node *node, const Node *body, bool sum,
                          Indicator *indicator)
{
    if (!check_map(load, body))
        return;
    check_keys(load, body, sum ? S("kind where field") : S("kind where distinct"));
    const Node *kind = node_get(body, S("kind"));
    if (kind == NULL)
        fault(load, body->position, MSG_profile_missing, S("kind"));
    else
        indicator->kind = kind_named(load, kind);
    indicator->where = figure_condition(load, indicator->kind, node_get(body, S("where")));
    if (sum)
        read_sum(load, body, indicator);
    else
        read_distinct(load, body, indicator);
    read_days(load, node, indicator);
    indicator_place(load, node, indicator);
}

void indicator_unit(Load *load, const Node *node, Indicator *indicator)
{
    const Node *unit = read_map(load, node, S("unit"));
    if (node_get(node, S("unit")) == NULL)
        fault(load, indicator->position, MSG_profile_missing, S("unit"));
    if (unit == NULL)
        return;
    check_keys(load, unit, S("dimension word scale"));
    indicator->dimension = read_required_text(load, unit, S("dimension"));
    indicator->word = read_required_label(load, unit, S("word"));
    indicator->scale = (int)read_int(load, unit, S("scale"), (IntRange){0, 6, 0});
    if (indicator->dimension.n > 0)
        check_name(load, key_position(unit, S("dimension")), indicator->dimension);
}

static void build_one(Load *load, const Node *node, Indicator *indicator)
{
    static const Str bodies[] = {S_CONST("count"), S_CONST("sum"), S_CONST("ratio")};
    int given = 0;
    check_keys(load, node, S("indicator label define unit count sum ratio in from until at"));
    indicator->label = read_required_label(load, node, S("label"));
    indicator->define = read_required_label(load, node, S("define"));
    check_label_redline(load, node, S("label"), indicator->label);
    indicator_unit(load, node, indicator);
    for (size_t i = 0; i < COUNT_OF(bodies); i++)
        given += node_get(node, bodies[i]) != NULL;
    indicator->where = condition_build(load, NULL, NULL);
    if (given != 1)
        fault(load, indicator->position, MSG_profile_one_body, indicator->name);
    else if (node_get(node, S("count")) != NULL)
        build_counted(load, node, node_get(node, S("count")), false, indicator);
    else if (node_get(node, S("sum")) != NULL)
        build_counted(load, node, node_get(node, S("sum")), true, indicator);
    else
        indicator->type = INDICATOR_RATIO;
}

/* What is counted; names and words are not part of it. */
static Str indicator_text(Arena *arena, const Indicator *indicator)
{
    Buf buf = buf_open(arena);
    if (indicator_has_whole(indicator)) {
        TEXT(&buf, indicator->type == INDICATOR_RATIO ? "ratio " : "coverage ",
             (int64_t)(indicator->numerator == NULL ? 0 : indicator->numerator->key), " ",
             (int64_t)(indicator->denominator == NULL ? 0 : indicator->denominator->key));
    } else {
        TEXT(&buf, "count ", indicator->kind == NULL ? S("") : indicator->kind->name, " sum ",
             indicator->sum, " distinct ", indicator->distinct, " in ", indicator->in, " from ",
             indicator->from, " until ", indicator->until, " at ", indicator->at, " where ");
        condition_write(&buf, indicator->where);
    }
    return buf_str(&buf);
}

/* The first 63 bits of SHA-256. */
static uint64_t indicator_key(Arena *arena, const Indicator *indicator)
{
    uint8_t digest[SECRET_SIZE];
    uint64_t key = 0;
    crypto_sha256(indicator_text(arena, indicator), digest);
    for (size_t i = 0; i < 8; i++)
        key = key << 8 | digest[i];
    return key >> 1;
}

const Indicator *indicator_hidden(Load *load, Indicator wanted)
{
    wanted.hidden = true;
    wanted.key = indicator_key(load->arena, &wanted);
    for (size_t i = 0; i < load->profile->n_indicators; i++) {
        const Indicator *old = &load->indicators[i];
        if (old->key == wanted.key && old->type == wanted.type)
            return old;
    }
    Indicator *new = &load->indicators[load->profile->n_indicators++];
    *new = wanted;
    return new;
}

/* The numerator among the denominator's records, on the denominator's day and place. */
static const Indicator *indicator_cohort(Load *load, const Indicator *numerator,
                                         const Indicator *denominator)
{
    Indicator cohort = *numerator;
    cohort.name = STR(load->arena, numerator->name, ".per.", denominator->name);
    cohort.where = condition_both(load->arena, numerator->where, denominator->where);
    cohort.in = denominator->in;
    cohort.at = denominator->at;
    return indicator_hidden(load, cohort);
}

static const Indicator *side(Load *load, const Node *ratio, Str key)
{
    const Node *name = node_get(ratio, key);
    StrVec known = document_names(load, HEAD_INDICATOR);
    const Indicator *found = NULL;
    if (name == NULL) {
        fault(load, ratio->position, MSG_profile_missing, key);
        return NULL;
    }
    if (name->type == NODE_SCALAR)
        found = profile_indicator(load->profile, name->text);
    if (found == NULL)
        fault_unknown(load, name->position, MSG_profile_unknown_indicator, name->text, (Str){0},
                      &known);
    else if (indicator_has_whole(found) || indicator_is_stock(found))
        fault(load, name->position, MSG_profile_ratio_of_flows, name->text);
    return found;
}

static bool is_countable(const Indicator *indicator)
{
    return indicator != NULL && indicator->kind != NULL && indicator->in.n > 0 &&
           !indicator_has_whole(indicator) && !indicator_is_stock(indicator);
}

static void build_ratio(Load *load, const Node *node, Indicator *indicator)
{
    const Node *ratio = node_get(node, S("ratio"));
    static const Str others[] = {S_CONST("in"), S_CONST("from"), S_CONST("until"), S_CONST("at")};
    if (!check_map(load, ratio))
        return;
    check_keys(load, ratio, S("of per"));
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        const NodePair *pair = node_pair(node, others[i]);
        if (pair != NULL)
            fault(load, pair->position, MSG_profile_not_for_ratio, pair->key);
    }
    const Indicator *of = side(load, ratio, S("of")), *per = side(load, ratio, S("per"));
    if (!is_countable(of) || !is_countable(per))
        return;
    if (of->kind != per->kind) {
        fault(load, ratio->position, MSG_profile_ratio_of_kinds, of->kind->name, per->kind->name);
        return;
    }
    if (!str_eq(of->dimension, per->dimension))
        fault(load, ratio->position, MSG_profile_other_dimension, of->dimension, per->dimension);
    indicator->kind = per->kind;
    indicator->in = per->in;
    indicator->at = per->at;
    indicator->numerator = indicator_cohort(load, of, per);
    indicator->denominator = per;
}

void build_indicators(Load *load)
{
    size_t n = load->profile->n_indicators;
    const Document *documents = load->documents[HEAD_INDICATOR].p;
    for (size_t i = 0; i < n; i++)
        build_one(load, documents[i].node, &load->indicators[i]);
    for (size_t i = 0; i < n; i++) {
        if (load->indicators[i].type != INDICATOR_RATIO)
            load->indicators[i].key = indicator_key(load->arena, &load->indicators[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if (load->indicators[i].type != INDICATOR_RATIO)
            continue;
        build_ratio(load, documents[i].node, &load->indicators[i]);
        load->indicators[i].key = indicator_key(load->arena, &load->indicators[i]);
    }
}
