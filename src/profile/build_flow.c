/* SPDX-License-Identifier: Apache-2.0 */
/* Flows, first half: what each kind's flow consists of. Every kind gets a Flow of its own, so that
 * its moves point to its own fields. After this all facts of all kinds are known. */
#include "profile/build.h"
#include "profile/merge.h"

#define STATES_MAX 60
#define MOVES_MAX  120

typedef struct FlowEntry {
    const Node *node; /* merged over what it extends; NULL while being resolved or when broken */
    bool resolving;
} FlowEntry;

static const Node *flow_resolve(Load *load, const Node *name);

/* `over` with what it extends under it. */
static const Node *with_base(Load *load, const Node *over)
{
    const Node *extends = node_get(over, S("extends"));
    if (extends == NULL)
        return over;
    const Node *under = flow_resolve(load, extends);
    return under == NULL ? NULL : merge(load, under, without_key(load, over, S("extends")));
}

static const Node *flow_resolve(Load *load, const Node *name)
{
    StrVec known = document_names(load, HEAD_FLOW);
    FlowEntry *entry = name->type == NODE_SCALAR ? map_find(&load->flows, name->text) : NULL;
    const Document *document =
        name->type == NODE_SCALAR ? document_find(load, HEAD_FLOW, name->text) : NULL;
    if (document == NULL) {
        fault_unknown(load, name->position, MSG_profile_unknown_flow, name->text, (Str){0}, &known);
        return NULL;
    }
    if (entry == NULL) {
        entry = NEW(load->scratch, FlowEntry);
        map_set(&load->flows, name->text, entry);
        entry->resolving = true;
        entry->node = with_base(load, without_key(load, document->node, S("flow")));
        entry->resolving = false;
    } else if (entry->resolving) {
        fault(load, name->position, MSG_profile_flow_circle, name->text);
    }
    return entry->node;
}

static const Node *kind_flow_node(Load *load, const Document *document)
{
    const Node *flow = node_get(document->node, S("flow"));
    if (flow == NULL) {
        fault(load, document->position, MSG_profile_missing, S("flow"));
        return NULL;
    }
    if (flow->type == NODE_SCALAR)
        return flow_resolve(load, flow);
    return check_map(load, flow) ? with_base(load, flow) : NULL;
}

static void build_state(Load *load, const Node *node, State *state)
{
    check_keys(load, node, S("name label open follows was"));
    state->position = key_position(node, S("name"));
    state->name = read_required_text(load, node, S("name"));
    if (state->name.n > 0)
        check_name(load, state->position, state->name);
    if (str_eq(state->name, S("open")) || str_eq(state->name, S("any")))
        fault(load, state->position, MSG_profile_reserved_name, state->name);
    state->label = read_required_label(load, node, S("label"));
    state->open = read_flag(load, node, S("open"));
    StrVec was = read_words(load, node, S("was"));
    state->was = was.p;
    state->n_was = was.n;
}

/* Two states cannot both be what one was, and what is there was not renamed. */
static void check_states_were(Load *load, const Node *list, const Flow *flow)
{
    FormerNames former = {.load = load, .seen = map_open(load->scratch)};
    for (size_t i = 0; i < flow->n_states; i++)
        former_add_present(&former, flow->states[i].name);
    for (size_t i = 0; i < list->n; i++)
        former_check(&former, list->items[i]);
}

static void build_states(Load *load, const Node *node, Flow *flow)
{
    const Node *list = read_list(load, node, S("states"));
    size_t n = list == NULL ? 0 : MIN(list->n, STATES_MAX);
    State *states = NEW_ARRAY(load->arena, State, n);
    if (list != NULL && list->n > n)
        fault(load, list->position, MSG_profile_yaml_too_large);
    flow->states = states;
    for (size_t i = 0; i < n; i++) {
        if (check_map(load, list->items[i]))
            build_state(load, list->items[i], &states[flow->n_states++]);
    }
    if (list != NULL)
        check_states_were(load, list, flow);
}

static void build_milestones(Load *load, const Node *node, Move *move)
{
    NodeVec names = read_scalars(load, node, S("milestones"));
    Str *milestones = NEW_ARRAY(load->arena, Str, names.n);
    for (size_t i = 0; i < names.n; i++) {
        if (!str_ends(names.p[i]->text, S("_at")) || !name_is_good(names.p[i]->text))
            fault(load, names.p[i]->position, MSG_profile_milestone_name, names.p[i]->text);
        else
            milestones[move->n_milestones++] = names.p[i]->text;
    }
    move->milestones = milestones;
}

/* A whole definition in a form is a field of the kind from then on. */
static void add_form_field(Load *load, const Node *item, Kind *kind)
{
    if (item->type != NODE_MAP || node_get(item, S("name")) == NULL)
        return;
    Field *field = field_build(load, item);
    const Field *old = kind_field(kind, field->name);
    field->move_only = true;
    if (old != NULL) {
        fault(load, field->position, MSG_profile_field_twice, field->name, kind->name,
              STR(load->arena, old->position.file, ":", old->position.line));
        return;
    }
    const Field **fields = NEW_ARRAY(load->arena, const Field *, kind->n_fields + 1);
    for (size_t i = 0; i < kind->n_fields; i++)
        fields[i] = kind->fields[i];
    fields[kind->n_fields] = field;
    kind->fields = fields;
    kind->n_fields++;
}

static void declare_move(Load *load, const Node *node, Kind *kind, Move *move)
{
    const Node *form = read_list(load, node, S("form"));
    move->position = key_position(node, S("name"));
    move->name = read_required_text(load, node, S("name"));
    if (move->name.n > 0)
        check_name(load, move->position, move->name);
    if (str_eq(move->name, S("approve")) || str_eq(move->name, S("refuse")))
        fault(load, move->position, MSG_profile_reserved_name, move->name);
    build_milestones(load, node, move);
    for (size_t i = 0; form != NULL && i < form->n; i++)
        add_form_field(load, form->items[i], kind);
}

static void declare_moves(Load *load, const Node *node, Kind *kind, Flow *flow)
{
    const Node *list = read_list(load, node, S("moves"));
    size_t n = list == NULL ? 0 : MIN(list->n, MOVES_MAX);
    Move *moves = NEW_ARRAY(load->arena, Move, n);
    if (list != NULL && list->n > n)
        fault(load, list->position, MSG_profile_yaml_too_large);
    flow->moves = moves;
    for (size_t i = 0; i < n; i++) {
        if (check_map(load, list->items[i]))
            declare_move(load, list->items[i], kind, &moves[flow->n_moves++]);
    }
}

/* The one place that writes to a flow behind its const pointer: it is ours until the load ends. */
Move *flow_moves(const Flow *flow)
{
    return (Move *)(uintptr_t)flow->moves;
}

static void check_follows(Load *load, const Node *node, const Kind *kind)
{
    const Node *list = node_get(node, S("states"));
    for (size_t i = 0; list != NULL && list->type == NODE_LIST && i < list->n; i++) {
        const Node *follows = node_get(list->items[i], S("follows"));
        if (follows == NULL)
            continue;
        const Field *field = kind_field(kind, follows->text);
        State *state =
            (State *)(uintptr_t)flow_state(kind->flow, node_text(list->items[i], S("name")));
        if (field == NULL || (field->type != FIELD_RECORD && field->type != FIELD_TYPE__COUNT))
            fault(load, follows->position, MSG_profile_not_a_link, follows->text, kind->name);
        else if (state != NULL)
            state->follows = field;
    }
}

static void build_flow(Load *load, const Document *document, Kind *kind, const Node **ret_node)
{
    const Node *node = kind_flow_node(load, document);
    if (node == NULL)
        return;
    Flow *flow = NEW(load->arena, Flow);
    check_keys(load, node, S("states moves"));
    flow->name = node_text(document->node, S("flow"));
    if (flow->name.n == 0)
        flow->name = kind->name;
    flow->position = node->position;
    kind->flow = flow;
    build_states(load, node, flow);
    declare_moves(load, node, kind, flow);
    check_follows(load, node, kind);
    *ret_node = node;
}

/* A flow that no kind uses has no facts to be checked against; its shape is checked. */
static void check_unused(Load *load, const Document *document)
{
    Node name = {.type = NODE_SCALAR, .position = document->position, .text = document->name};
    Kind nobody = {.name = document->name};
    Flow flow = {.name = document->name};
    if (map_find(&load->flows, document->name) != NULL)
        return;
    const Node *node = flow_resolve(load, &name);
    if (node == NULL)
        return;
    check_keys(load, node, S("states moves"));
    build_states(load, node, &flow);
    declare_moves(load, node, &nobody, &flow);
}

void build_flows(Load *load)
{
    load->flows = map_open(load->scratch);
    for (size_t i = 0; i < load->profile->n_kinds; i++)
        build_flow(load, &load->documents[HEAD_KIND].p[i], &load->kinds[i], &load->kind_flows[i]);
    for (size_t i = 0; i < load->documents[HEAD_FLOW].n; i++)
        check_unused(load, &load->documents[HEAD_FLOW].p[i]);
}
