/* SPDX-License-Identifier: Apache-2.0 */
/* Limits of time. No limit without the rule it comes from. */
#include "profile/build_move.h"

static void build_start(Load *load, const Node *map, Duration *duration)
{
    Str start = read_text(load, map, S("start")), roll = read_text(load, map, S("roll"));
    StrVec starts = words_of(load->scratch, S("next_day same_day"));
    StrVec rolls = words_of(load->scratch, S("to_next_workday none"));
    if (str_eq(start, S("same_day")))
        duration->start = DURATION_SAME_DAY;
    else if (start.n > 0 && !str_eq(start, S("next_day")))
        fault_unknown(load, key_position(map, S("start")), MSG_profile_unknown_word, start,
                      S("start"), &starts);
    if (str_eq(roll, S("none")))
        duration->roll = false;
    else if (roll.n > 0 && !str_eq(roll, S("to_next_workday")))
        fault_unknown(load, key_position(map, S("roll")), MSG_profile_unknown_word, roll, S("roll"),
                      &rolls);
}

/* A duration from {within: …, start, roll, pausable, source}; `key` is `within` or `for`. */
static bool duration_build(Load *load, const Node *map, Str key, Duration *ret_duration)
{
    Str text = read_required_text(load, map, key);
    if (text.n == 0)
        return false;
    if (!duration_parse(text, ret_duration)) {
        fault(load, key_position(map, key), MSG_profile_bad_duration, text);
        return false;
    }
    build_start(load, map, ret_duration);
    ret_duration->pausable = read_flag(load, map, S("pausable"));
    ret_duration->source = read_label(load, map, S("source"));
    return true;
}

static bool build_limit(Load *load, const Node *map, Str name, Clock *ret_clock)
{
    if (!check_map(load, map))
        return false;
    check_keys(load, map, S("within start roll pausable source"));
    ret_clock->name = name;
    if (!duration_build(load, map, S("within"), &ret_clock->duration))
        return false;
    if (node_get(map, S("source")) == NULL)
        fault(load, map->position, MSG_profile_no_source);
    return true;
}

static void check_code(Load *load, const Field *by, const NodePair *pair)
{
    StrVec known = {0};
    if (by == NULL || by->choices == NULL || by->choices->n == 0)
        return;
    for (size_t i = 0; i < by->choices->n; i++)
        *vec_push(load->scratch, &known) = by->choices->items[i].code;
    if (choice_find(by->choices, pair->key) == NULL)
        fault_unknown(load, pair->position, MSG_profile_unknown_choice, pair->key, by->name,
                      &known);
}

/* {by: complexity, simple: {within: …}, general: {within: …}} */
static void build_by(Load *load, const Node *start, const Kind *kind, Move *move)
{
    const Node *by = node_get(start, S("by"));
    const Field *field = by->type == NODE_SCALAR ? kind_field(kind, by->text) : NULL;
    Clock *clocks = NEW_ARRAY(load->arena, Clock, start->n);
    if (field == NULL)
        fault(load, by->position, MSG_profile_unknown_field, by->text, kind->name);
    else if (field->type != FIELD_CHOICE && field->type != FIELD_TYPE__COUNT)
        fault(load, by->position, MSG_profile_not_a_choice, by->text);
    else
        move->clock_by = by->text;
    for (size_t i = 0; i < start->n; i++) {
        const NodePair *pair = &start->pairs[i];
        if (pair->value == by)
            continue;
        check_code(load, field, pair);
        if (build_limit(load, pair->value, pair->key, &clocks[move->n_clocks]))
            move->n_clocks++;
    }
    if (start->n == 1)
        fault(load, start->position, MSG_profile_missing, S("within"));
    move->clocks = clocks;
}

/* The date field of the move's own form that a limit is taken from; empty, with a fault, when it
 * has none. */
static Str date_of_form(Load *load, const Node *name, const Move *move)
{
    for (size_t i = 0; name->type == NODE_SCALAR && i < move->n_form; i++) {
        const Field *field = move->form[i].field;
        if (str_eq(field->name, name->text) &&
            (field->type == FIELD_DATE || field->type == FIELD_TYPE__COUNT))
            return field->name;
    }
    fault(load, name->position, MSG_profile_limit_needs_date, move->name, name->text);
    return S("");
}

/* {on: rectify_by, source}: the limit is the date itself, whatever day of the week. */
static void build_on(Load *load, const Node *start, Move *move)
{
    Clock *only = NEW(load->arena, Clock);
    check_keys(load, start, S("on pausable source"));
    move->clock_field = date_of_form(load, node_get(start, S("on")), move);
    only->duration = (Duration){.start = DURATION_SAME_DAY,
                                .unit = DURATION_CALENDAR_DAY,
                                .pausable = read_flag(load, start, S("pausable")),
                                .source = read_label(load, start, S("source"))};
    if (node_get(start, S("source")) == NULL)
        fault(load, start->position, MSG_profile_no_source);
    move->clocks = only;
    move->n_clocks = 1;
}

static void build_started(Load *load, const Node *clock, const Kind *kind, Move *move)
{
    const Node *start = node_get(clock, S("start"));
    check_keys(load, clock, S("start"));
    if (start == NULL) {
        fault(load, clock->position, MSG_profile_missing, S("start"));
        return;
    }
    move->clock = CLOCK_START;
    if (!check_map(load, start))
        return;
    if (node_get(start, S("by")) != NULL) {
        build_by(load, start, kind, move);
        return;
    }
    if (node_get(start, S("on")) != NULL) {
        build_on(load, start, move);
        return;
    }
    Clock *only = NEW(load->arena, Clock);
    if (build_limit(load, start, (Str){0}, only))
        move->n_clocks = 1;
    move->clocks = only;
}

/* {extend: new_due_on}: the date comes from the move's own form. */
static void build_extend(Load *load, const Node *clock, Move *move)
{
    check_keys(load, clock, S("extend"));
    move->clock = CLOCK_EXTEND;
    move->clock_field = date_of_form(load, node_get(clock, S("extend")), move);
}

static void build_action(Load *load, const Node *clock, Move *move)
{
    static const struct {
        Str word;
        ClockAction action;
    } words[] = {
        {S_CONST("pause"), CLOCK_PAUSE},
        {S_CONST("resume"), CLOCK_RESUME},
        {S_CONST("stop"), CLOCK_STOP},
    };
    StrVec known = words_of(load->scratch, S("pause resume stop"));
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (str_eq(words[i].word, clock->text))
            move->clock = words[i].action;
    }
    if (move->clock == CLOCK_NONE)
        fault_unknown(load, clock->position, MSG_profile_unknown_word, clock->text, S("clock"),
                      &known);
}

/* The instant that `key` names; empty, with a fault, when it is none. */
static Str build_milestone(Load *load, const Node *map, Str key, const Kind *kind)
{
    Str name = read_required_text(load, map, key);
    Fact fact;
    if (fact_find(load->profile, kind, name, &fact) &&
        (fact.type == FACT_INSTANT || fact.type == FACT_BROKEN))
        return name;
    fault(load, key_position(map, key), MSG_profile_not_a_milestone, name, kind->name);
    return S("");
}

static void build_wait(Load *load, const Node *wait, const Kind *kind, Move *move)
{
    check_keys(load, wait, S("since for unless until start roll source"));
    if (read_required_text(load, wait, S("since")).n > 0)
        move->wait_since = build_milestone(load, wait, S("since"), kind);
    if (node_get(wait, S("until")) != NULL)
        move->wait_until = build_milestone(load, wait, S("until"), kind);
    if (node_get(wait, S("for")) != NULL)
        (void)duration_build(load, wait, S("for"), &move->wait);
    if (node_get(wait, S("unless")) != NULL)
        move->wait_unless = condition_build(load, kind, node_get(wait, S("unless")));
}

void build_clock(Load *load, const Node *node, const Kind *kind, Move *move)
{
    const Node *clock = node_get(node, S("clock"));
    const Node *wait = read_map(load, node, S("wait"));
    if (clock != NULL && clock->type == NODE_SCALAR)
        build_action(load, clock, move);
    else if (check_map(load, clock) && node_get(clock, S("extend")) != NULL)
        build_extend(load, clock, move);
    else if (clock != NULL && clock->type == NODE_MAP)
        build_started(load, clock, kind, move);
    if (wait != NULL)
        build_wait(load, wait, kind, move);
    if (move->by_clock && wait == NULL)
        fault(load, move->position, MSG_profile_clock_needs_wait, move->name);
}
