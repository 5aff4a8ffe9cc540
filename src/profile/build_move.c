/* SPDX-License-Identifier: Apache-2.0 */
/* Flows, second half: everything a move says, with all facts of all kinds known. */
#include "profile/build_move.h"
#include "profile/build.h"

static void report_unknown_state(Load *load, const Kind *kind, const Node *name)
{
    StrVec known = {0};
    for (size_t i = 0; i < kind->flow->n_states; i++)
        *vec_push(load->scratch, &known) = kind->flow->states[i].name;
    fault_unknown(load, name->position, MSG_profile_unknown_state, name->text, kind->name, &known);
}

static void add_state(Move *move, const State **states, const State *state)
{
    for (size_t i = 0; i < move->n_from; i++) {
        if (states[i] == state)
            return;
    }
    states[move->n_from++] = state;
}

/* [open] and [any] stand for several states. */
static void build_from(Load *load, const Node *node, const Kind *kind, Move *move)
{
    NodeVec names = read_scalars(load, node, S("from"));
    const Flow *flow = kind->flow;
    const State **states = NEW_ARRAY(load->arena, const State *, flow->n_states + 1);
    move->from = states;
    for (size_t i = 0; i < names.n; i++) {
        bool open = str_eq(names.p[i]->text, S("open")), any = str_eq(names.p[i]->text, S("any"));
        const State *state = flow_state(flow, names.p[i]->text);
        if (!open && !any && state == NULL)
            report_unknown_state(load, kind, names.p[i]);
        for (size_t j = 0; j < flow->n_states; j++) {
            if (any || (open && flow->states[j].open) || &flow->states[j] == state)
                add_state(move, states, &flow->states[j]);
        }
    }
}

static void build_to(Load *load, const Node *node, const Kind *kind, Move *move)
{
    const Node *to = node_get(node, S("to"));
    if (to == NULL && node_get(node, S("from")) == NULL)
        fault(load, move->position, MSG_profile_creates_nowhere, move->name);
    if (to == NULL)
        return;
    move->to = to->type == NODE_SCALAR ? flow_state(kind->flow, to->text) : NULL;
    if (move->to == NULL)
        report_unknown_state(load, kind, to);
}

/* Roles of a list; `public` and `clock` are no roles and only `who` knows them. */
static const Role **build_roles_of(Load *load, const NodeVec *names, Move *who, size_t *ret_n)
{
    const Role **roles = NEW_ARRAY(load->arena, const Role *, names->n);
    *ret_n = 0;
    for (size_t i = 0; i < names->n; i++) {
        bool public = who != NULL && str_eq(names->p[i]->text, S("public"));
        bool clock = who != NULL && str_eq(names->p[i]->text, S("clock"));
        const Role *role = public || clock ? NULL : role_named(load, names->p[i]);
        if (public)
            who->by_public = true;
        if (clock)
            who->by_clock = true;
        if (role != NULL)
            roles[(*ret_n)++] = role;
    }
    return roles;
}

static void build_who(Load *load, const Node *node, Move *move)
{
    NodeVec names = read_scalars(load, node, S("who"));
    move->who = build_roles_of(load, &names, move, &move->n_who);
}

/* A flow that several kinds use asks for fields that each of them must have. */
static void field_missing(Load *load, const Node *name, const Kind *kind, const StrVec *known)
{
    bool own = str_eq(name->position.file, kind->position.file);
    Diagnostic *new;
    if (own || suggest(name->text, known).n > 0) {
        fault_unknown(load, name->position, MSG_profile_unknown_field, name->text, kind->name,
                      known);
        return;
    }
    new = fault(load, name->position, MSG_profile_unknown_field, name->text, kind->name);
    new->hint = MSG_profile_field_for_flow;
    new->hint_args[0] = name->text;
    new->hint_args[1] = STR(load->arena, kind->position.file, ":", kind->position.line);
}

static const Field *form_field(Load *load, const Node *name, const Kind *kind)
{
    StrVec known = {0};
    for (size_t i = 0; i < kind->n_fields; i++) {
        *vec_push(load->scratch, &known) = kind->fields[i]->name;
        if (name->type == NODE_SCALAR && str_eq(kind->fields[i]->name, name->text))
            return kind->fields[i];
    }
    field_missing(load, name, kind, &known);
    return NULL;
}

static MoveField form_item(Load *load, const Node *item, const Kind *kind)
{
    const Node *name = item;
    MoveField form = {0};
    if (item->type == NODE_MAP && node_get(item, S("name")) != NULL) {
        form.field = kind_field(kind, node_text(item, S("name")));
        form.required = form.field != NULL && form.field->required;
        return form;
    }
    if (item->type == NODE_MAP) {
        check_keys(load, item, S("field required"));
        name = node_get(item, S("field"));
        form.required = read_flag(load, item, S("required"));
    }
    if (name == NULL)
        fault(load, item->position, MSG_profile_missing, S("field"));
    else
        form.field = form_field(load, name, kind);
    return form;
}

static bool form_has(const Move *move, const Field *field)
{
    for (size_t i = 0; i < move->n_form; i++) {
        if (move->form[i].field == field)
            return true;
    }
    return false;
}

static void build_form(Load *load, const Node *node, const Kind *kind, Move *move)
{
    const Node *list = node_get(node, S("form"));
    if (list == NULL || list->type != NODE_LIST)
        return;
    MoveField *form = NEW_ARRAY(load->arena, MoveField, list->n);
    move->form = form;
    for (size_t i = 0; i < list->n; i++) {
        MoveField item = form_item(load, list->items[i], kind);
        if (item.field != NULL && form_has(move, item.field))
            fault(load, list->items[i]->position, MSG_profile_twice_in_form, item.field->name);
        else if (item.field != NULL)
            form[move->n_form++] = item;
    }
    /* The field's own `required` counts where the record begins. */
    for (size_t i = 0; i < move->n_form && move->n_from == 0; i++)
        form[i].required = form[i].required || form[i].field->required;
}

static void build_guards(Load *load, const Node *node, const Kind *kind, Move *move)
{
    const Node *list = read_list(load, node, S("guard"));
    size_t n = list == NULL ? 0 : list->n;
    Guard *guards = NEW_ARRAY(load->arena, Guard, n);
    move->guards = guards;
    for (size_t i = 0; i < n; i++) {
        if (!check_map(load, list->items[i]))
            continue;
        check_keys(load, list->items[i], S("must otherwise"));
        if (node_get(list->items[i], S("must")) == NULL)
            fault(load, list->items[i]->position, MSG_profile_missing, S("must"));
        guards[move->n_guards++] = (Guard){
            .must = condition_build(load, kind, node_get(list->items[i], S("must"))),
            .otherwise = read_required_label(load, list->items[i], S("otherwise")),
        };
    }
}

static void build_approval(Load *load, const Node *node, const Kind *kind, Move *move)
{
    const Node *approval = read_map(load, node, S("approval"));
    if (approval == NULL)
        return;
    check_keys(load, approval, S("who when"));
    NodeVec names = read_scalars(load, approval, S("who"));
    move->approval = build_roles_of(load, &names, NULL, &move->n_approval);
    if (names.n == 0)
        fault(load, approval->position, MSG_profile_no_approver, move->name);
    if (node_get(approval, S("when")) != NULL)
        move->approval_when = condition_build(load, kind, node_get(approval, S("when")));
}

static void build_not_by(Load *load, const Node *node, const Kind *kind, Move *move)
{
    StrVec known = {0};
    NodeVec names = read_scalars(load, node, S("not_by"));
    Str *moves = NEW_ARRAY(load->arena, Str, names.n);
    for (size_t i = 0; i < kind->flow->n_moves; i++)
        *vec_push(load->scratch, &known) = kind->flow->moves[i].name;
    for (size_t i = 0; i < names.n; i++) {
        if (flow_move(kind->flow, names.p[i]->text) == NULL)
            fault_unknown(load, names.p[i]->position, MSG_profile_unknown_move, names.p[i]->text,
                          kind->name, &known);
        else
            moves[move->n_not_by++] = names.p[i]->text;
    }
    move->not_by = moves;
}

static void build_flags(Load *load, const Node *node, Move *move)
{
    move->backdate = read_flag(load, node, S("backdate"));
    move->danger = read_flag(load, node, S("danger"));
    move->primary = read_flag(load, node, S("primary"));
    move->bulk = read_flag(load, node, S("bulk"));
    move->publishes = read_flag(load, node, S("publishes"));
    move->voids = read_flag(load, node, S("voids"));
    move->edits = read_flag(load, node, S("edits"));
    move->rates = read_flag(load, node, S("rates"));
    if (node_get(node, S("told")) != NULL && node_get(node, S("told"))->type == NODE_MAP)
        move->told_as = read_label(load, node, S("told"));
    move->told = move->told_as.zh.n > 0 || read_flag(load, node, S("told"));
    move->freezes = read_flag(load, node, S("freezes"));
    if (move->freezes && !move->publishes)
        fault(load, key_position(node, S("freezes")), MSG_profile_freezes_unpublished, move->name);
    if (move->n_milestones == 0 && move->told)
        fault(load, key_position(node, S("told")), MSG_profile_needs_milestone, move->name,
              S("told"));
    if (move->n_milestones == 0 && move->rates)
        fault(load, key_position(node, S("rates")), MSG_profile_needs_milestone, move->name,
              S("rates"));
}

static void build_move(Load *load, const Node *node, const Kind *kind, Move *move)
{
    check_keys(load, node,
               S("name label says from to who form guard milestones clears sets adds approval "
                 "not_by not_from clock wait creates cascade backdate danger primary bulk "
                 "publishes voids absorbs edits rates told freezes"));
    move->label = read_required_label(load, node, S("label"));
    move->says = read_label(load, node, S("says"));
    build_from(load, node, kind, move);
    build_to(load, node, kind, move);
    build_who(load, node, move);
    build_form(load, node, kind, move);
    build_guards(load, node, kind, move);
    build_approval(load, node, kind, move);
    build_not_by(load, node, kind, move);
    build_flags(load, node, move);
    build_effects(load, node, kind, move);
    build_clock(load, node, kind, move);
    build_children(load, node, kind, move);
    check_says(load, node, kind, move);
}

void build_moves(Load *load)
{
    for (size_t i = 0; i < load->profile->n_kinds; i++) {
        const Node *list = node_get(load->kind_flows[i], S("moves"));
        const Kind *kind = &load->kinds[i];
        size_t at = 0;
        for (size_t j = 0; list != NULL && list->type == NODE_LIST && j < list->n; j++) {
            if (list->items[j]->type == NODE_MAP && at < kind->flow->n_moves)
                build_move(load, list->items[j], kind, &flow_moves(kind->flow)[at++]);
        }
    }
}
