/* SPDX-License-Identifier: Apache-2.0 */
/* What a move leaves behind: values, counters, clocks, child records, moves on other records. */
#include "profile/build_move.h"

static void report_unknown_fact(Load *load, const Kind *kind, const Node *node, Str name)
{
    StrVec known = fact_names(load->scratch, kind);
    fault_unknown(load, node->position, MSG_profile_unknown_fact, name, kind->name, &known);
}

/* What the engine alone decides and a move may not touch. */
static bool is_untouchable(Str name)
{
    static const Str names[] = {S_CONST("kind"),    S_CONST("number"),   S_CONST("parent"),
                                S_CONST("status"),  S_CONST("version"),  S_CONST("created_at"),
                                S_CONST("pending"), S_CONST("voided_at")};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (str_eq(names[i], name))
            return true;
    }
    return str_has(name, S("."));
}

static void build_clears(Load *load, const Node *node, const Kind *kind, Move *move)
{
    NodeVec names = read_scalars(load, node, S("clears"));
    Str *clears = NEW_ARRAY(load->arena, Str, names.n);
    Fact fact;
    for (size_t i = 0; i < names.n; i++) {
        if (!fact_find(load->profile, kind, names.p[i]->text, &fact))
            report_unknown_fact(load, kind, names.p[i], names.p[i]->text);
        else if (is_untouchable(names.p[i]->text))
            fault(load, names.p[i]->position, MSG_profile_untouchable, names.p[i]->text);
        else
            clears[move->n_clears++] = names.p[i]->text;
    }
    move->clears = clears;
}

static void build_sets(Load *load, const Node *node, const Kind *kind, Move *move)
{
    const Node *sets = read_map(load, node, S("sets"));
    size_t n = sets == NULL ? 0 : sets->n;
    NamedValue *values = NEW_ARRAY(load->arena, NamedValue, n);
    Fact fact;
    for (size_t i = 0; i < n; i++) {
        const NodePair *pair = &sets->pairs[i];
        Node key = {.position = pair->position};
        Value value;
        if (!fact_find(load->profile, kind, pair->key, &fact))
            report_unknown_fact(load, kind, &key, pair->key);
        else if (fact.field == NULL && !str_eq(pair->key, S("provisional")))
            fault(load, pair->position, MSG_profile_untouchable, pair->key);
        else if (value_build(load, kind, pair->key, &fact, pair->value, &value))
            values[move->n_sets++] = named_value(pair->key, value);
    }
    move->sets = values;
}

static bool is_counter(const Fact *fact, Str name)
{
    return (fact->field != NULL && fact->field->type == FIELD_NUMBER) ||
           str_eq(name, S("rounds")) || str_eq(name, S("extensions")) || str_eq(name, S("returns"));
}

static void build_adds(Load *load, const Node *node, const Kind *kind, Move *move)
{
    NodeVec names = read_scalars(load, node, S("adds"));
    Str *adds = NEW_ARRAY(load->arena, Str, names.n);
    Fact fact;
    for (size_t i = 0; i < names.n; i++) {
        if (!fact_find(load->profile, kind, names.p[i]->text, &fact))
            report_unknown_fact(load, kind, names.p[i], names.p[i]->text);
        else if (!is_counter(&fact, names.p[i]->text) && fact.type != FACT_BROKEN)
            fault(load, names.p[i]->position, MSG_profile_not_a_counter, names.p[i]->text);
        else
            adds[move->n_adds++] = names.p[i]->text;
    }
    move->adds = adds;
}

const Field *organisation_field(Load *load, const Kind *kind, const Node *name, bool one)
{
    const Field *field = name->type == NODE_SCALAR ? kind_field(kind, name->text) : NULL;
    if (field == NULL) {
        StrVec known = {0};
        for (size_t i = 0; i < kind->n_fields; i++)
            *vec_push(load->scratch, &known) = kind->fields[i]->name;
        fault_unknown(load, name->position, MSG_profile_unknown_field, name->text, kind->name,
                      &known);
        return NULL;
    }
    bool fits = field->type == FIELD_ORGANISATION || field->type == FIELD_PLACE ||
                field->type == FIELD_TYPE__COUNT || (!one && field->type == FIELD_ORGANISATIONS);
    if (!fits)
        fault(load, name->position, MSG_profile_not_an_organisation, name->text);
    return fits ? field : NULL;
}

static const MoveField *form_of(Load *load, const Node *name, const Kind *kind, const Move *move)
{
    StrVec known = {0};
    for (size_t i = 0; i < move->n_form; i++) {
        *vec_push(load->scratch, &known) = move->form[i].field->name;
        if (name->type == NODE_SCALAR && str_eq(move->form[i].field->name, name->text))
            return &move->form[i];
    }
    fault_unknown(load, name->position, MSG_profile_unknown_field, name->text, kind->name, &known);
    return NULL;
}

/* A double is absorbed by another record of its kind, which the form asks for. */
static void build_absorbs(Load *load, const Node *node, const Kind *kind, Move *move)
{
    const Node *name = node_get(node, S("absorbs"));
    const MoveField *asked = name == NULL ? NULL : form_of(load, name, kind, move);
    if (name != NULL && !move->voids)
        fault(load, key_position(node, S("absorbs")), MSG_profile_absorbs_unvoided, move->name);
    if (asked == NULL)
        return;
    if (asked->field->to != kind || asked->field->type == FIELD_ORGANISATIONS)
        fault(load, name->position, MSG_profile_absorbs_another, name->text, kind->name);
    else if (!asked->required)
        fault(load, name->position, MSG_profile_absorbs_unasked, move->name, name->text);
    else
        move->absorbs = name->text;
}

void build_effects(Load *load, const Node *node, const Kind *kind, Move *move)
{
    const Node *not_from = node_get(node, S("not_from"));
    build_clears(load, node, kind, move);
    build_sets(load, node, kind, move);
    build_adds(load, node, kind, move);
    build_absorbs(load, node, kind, move);
    if (not_from != NULL && organisation_field(load, kind, not_from, true) != NULL)
        move->not_from = not_from->text;
}

static const Move *other_move(Load *load, const Kind *kind, const Node *name)
{
    StrVec known = {0};
    if (kind->flow == NULL)
        return NULL;
    for (size_t i = 0; i < kind->flow->n_moves; i++) {
        *vec_push(load->scratch, &known) = kind->flow->moves[i].name;
        if (name->type == NODE_SCALAR && str_eq(kind->flow->moves[i].name, name->text))
            return &kind->flow->moves[i];
    }
    fault_unknown(load, name->position, MSG_profile_unknown_move, name->text, kind->name, &known);
    return NULL;
}

static const Node *required_key(Load *load, const Node *map, Str key)
{
    const Node *value = node_get(map, key);
    if (value == NULL)
        fault(load, map->position, MSG_profile_missing, key);
    return value;
}

static void build_creates(Load *load, const Node *creates, const Kind *kind, Move *move)
{
    check_keys(load, creates, S("kind by each as"));
    const Node *name = required_key(load, creates, S("kind"));
    const Node *by = required_key(load, creates, S("by"));
    const Node *each = node_get(creates, S("each")), *as = node_get(creates, S("as"));
    const Kind *child = name == NULL ? NULL : kind_named(load, name);
    if (each != NULL && organisation_field(load, kind, each, false) != NULL)
        move->creates_each = each->text;
    if (child == NULL)
        return;
    if (!kind_is_child_of(child, kind))
        fault(load, name->position, MSG_profile_not_a_child, child->name, kind->name);
    move->creates = child;
    move->creates_by = by == NULL ? NULL : other_move(load, child, by);
    if (as != NULL && organisation_field(load, child, as, true) != NULL)
        move->creates_as = as->text;
}

static bool fact_leads_to(const Fact *fact, const Kind *kind)
{
    for (size_t i = 0; fact_target(fact, i) != NULL; i++) {
        if (fact_target(fact, i) == kind)
            return true;
    }
    return false;
}

/* The link from the other kind back to this one: a record field, or `parent`. */
static void build_through(Load *load, const Node *through, const Kind *kind, Move *move)
{
    Fact fact;
    const Kind *other = move->cascade_kind;
    if (through->type == NODE_SCALAR && fact_find(load->profile, other, through->text, &fact) &&
        (fact.type == FACT_BROKEN || (fact.type == FACT_LINK && fact_leads_to(&fact, kind))))
        move->cascade_through = through->text;
    else
        fault(load, through->position, MSG_profile_no_link_back, through->text, other->name,
              kind->name);
}

static void build_copies(Load *load, const Node *cascade, const Kind *kind, Move *move)
{
    NodeVec names = read_scalars(load, cascade, S("copies"));
    Str *copies = NEW_ARRAY(load->arena, Str, names.n);
    for (size_t i = 0; i < names.n; i++) {
        const Field *here = kind_field(kind, names.p[i]->text);
        const Field *there = kind_field(move->cascade_kind, names.p[i]->text);
        if (here == NULL || there == NULL || here->type != there->type)
            fault(load, names.p[i]->position, MSG_profile_not_in_both, names.p[i]->text, kind->name,
                  move->cascade_kind->name);
        else
            copies[move->n_cascade_copies++] = names.p[i]->text;
    }
    move->cascade_copies = copies;
}

static void build_cascade(Load *load, const Node *cascade, const Kind *kind, Move *move)
{
    check_keys(load, cascade, S("kind through move copies"));
    const Node *name = required_key(load, cascade, S("kind"));
    const Node *through = required_key(load, cascade, S("through"));
    const Node *other = required_key(load, cascade, S("move"));
    move->cascade_kind = name == NULL ? NULL : kind_named(load, name);
    if (move->cascade_kind == NULL)
        return;
    if (through != NULL)
        build_through(load, through, kind, move);
    if (other != NULL)
        move->cascade_move = other_move(load, move->cascade_kind, other);
    build_copies(load, cascade, kind, move);
}

void build_children(Load *load, const Node *node, const Kind *kind, Move *move)
{
    const Node *creates = read_map(load, node, S("creates"));
    const Node *cascade = read_map(load, node, S("cascade"));
    if (creates != NULL)
        build_creates(load, creates, kind, move);
    if (cascade != NULL)
        build_cascade(load, cascade, kind, move);
}

static bool says_may_name(const Move *move, Str name)
{
    if (str_eq(name, S("due_on")))
        return true;
    for (size_t i = 0; i < move->n_form; i++) {
        if (str_eq(move->form[i].field->name, name))
            return !field_is_personal(move->form[i].field);
    }
    return false;
}

static void check_holes(Load *load, const Node *text, const Move *move)
{
    StrVec known = {0};
    size_t at = 0;
    for (size_t i = 0; i < move->n_form; i++)
        *vec_push(load->scratch, &known) = move->form[i].field->name;
    *vec_push(load->scratch, &known) = S("due_on");
    while (text != NULL && (at = str_find(text->text, S("{"), at)) != SIZE_MAX) {
        size_t end = str_find(text->text, S("}"), at);
        Str name = str_slice(text->text, at + 1, end);
        if (end == SIZE_MAX || !says_may_name(move, name))
            fault_unknown(load, text->position, MSG_profile_unknown_hole, name, move->name, &known);
        at++;
    }
}

void check_says(Load *load, const Node *node, const Kind *kind UNUSED, const Move *move)
{
    const Node *says = node_get(node, S("says"));
    check_holes(load, node_get(says, S("zh")), move);
    check_holes(load, node_get(says, S("en")), move);
}
