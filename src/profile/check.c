/* SPDX-License-Identifier: Apache-2.0 */
/* Checks over the finished whole. Each looks at what was built, so a part that was reported and
 * left empty is passed over in silence. */
#include "profile/build.h"

#include "base/number.h"

/* ---- states that nothing leads to ---- */

static bool spread(const Flow *flow, bool *reached)
{
    bool grown = false;
    for (size_t i = 0; i < flow->n_moves; i++) {
        const Move *move = &flow->moves[i];
        bool can = move->n_from == 0;
        for (size_t j = 0; j < move->n_from; j++)
            can = can || reached[move->from[j] - flow->states];
        if (can && move->to != NULL && !reached[move->to - flow->states]) {
            reached[move->to - flow->states] = true;
            grown = true;
        }
    }
    return grown;
}

static bool flow_is_whole(const Flow *flow, const Node *node)
{
    const Node *moves = node_get(node, S("moves"));
    size_t read = moves != NULL && moves->type == NODE_LIST ? MIN(moves->n, flow->n_moves) : 0;
    for (size_t i = 0; i < read; i++) {
        if (node_get(moves->items[i], S("to")) != NULL && flow->moves[i].to == NULL)
            return false; /* a wrong `to` makes states look unreachable */
    }
    for (size_t i = 0; i < flow->n_moves; i++) {
        if (flow->moves[i].n_from == 0 && flow->moves[i].to == NULL)
            return false; /* as does a missing one */
    }
    return flow->n_moves > 0;
}

static void check_reachable(Load *load, const Kind *kind, const Node *node)
{
    const Flow *flow = kind->flow;
    bool *reached = NEW_ARRAY(load->scratch, bool, flow->n_states);
    bool creates = false;
    for (size_t i = 0; i < flow->n_moves; i++)
        creates = creates || flow->moves[i].n_from == 0;
    if (!creates) {
        fault(load, flow->position, MSG_profile_never_created, kind->name);
        return;
    }
    if (!flow_is_whole(flow, node))
        return;
    while (spread(flow, reached))
        continue;
    for (size_t i = 0; i < flow->n_states; i++) {
        if (!reached[i])
            fault(load, flow->states[i].position, MSG_profile_unreachable, flow->states[i].name,
                  kind->name);
    }
}

/* ---- moves that nobody may make ---- */

static bool made_by_another(const Load *load, const Move *move)
{
    for (size_t i = 0; i < load->profile->n_kinds; i++) {
        const Flow *flow = load->kinds[i].flow;
        for (size_t j = 0; flow != NULL && j < flow->n_moves; j++) {
            if (flow->moves[j].creates_by == move || flow->moves[j].cascade_move == move)
                return true;
        }
    }
    return false;
}

static bool some_works_on(const Role *const *roles, size_t n, const Kind *kind)
{
    for (size_t i = 0; i < n; i++) {
        if (role_works_on(roles[i], kind))
            return true;
    }
    return false;
}

static void nobody_works(Load *load, Position position, Str move, const Kind *kind,
                         const Role *const *roles, size_t n)
{
    StrVec names = {0};
    Diagnostic *new = fault(load, position, MSG_profile_nobody_for_kind, move, kind->name);
    for (size_t i = 0; i < n; i++)
        *vec_push(load->scratch, &names) = roles[i]->name;
    new->hint = MSG_profile_nobody_for_kind_hint;
    new->hint_args[0] = kind->name;
    new->hint_args[1] = fault_words(load->arena, &names);
}

static void check_who(Load *load, const Kind *kind, const Move *move, const Node *node)
{
    const Node *who = node_get(node, S("who"));
    bool none = who == NULL || (who->type == NODE_LIST && who->n == 0);
    const Node *approval = node_get(node, S("approval"));
    if (none && !made_by_another(load, move))
        fault(load, move->position, MSG_profile_nobody, move->name);
    if (move->n_who > 0 && !move->by_public && !move->by_clock &&
        !some_works_on(move->who, move->n_who, kind))
        nobody_works(load, key_position(node, S("who")), move->name, kind, move->who, move->n_who);
    if (move->n_approval > 0 && !some_works_on(move->approval, move->n_approval, kind))
        nobody_works(load, approval->position, S("approve"), kind, move->approval,
                     move->n_approval);
}

static void check_moves(Load *load, const Kind *kind, const Node *node)
{
    const Node *list = node_get(node, S("moves"));
    size_t at = 0;
    for (size_t i = 0; list != NULL && list->type == NODE_LIST && i < list->n; i++) {
        if (list->items[i]->type == NODE_MAP && at < kind->flow->n_moves)
            check_who(load, kind, &kind->flow->moves[at++], list->items[i]);
    }
}

/* ---- numbering ---- */

static bool seq_is_good(Str hole)
{
    int64_t width;
    if (str_eq(hole, S("{seq}")))
        return true;
    return str_starts(hole, S("{seq:")) && int_parse(str_slice(hole, 5, hole.n - 1), &width) &&
           width >= 1 && width <= 9;
}

static bool pattern_is_good(Str pattern)
{
    int years = 0, seqs = 0;
    for (size_t at = 0; at < pattern.n; at++) {
        char c = pattern.p[at];
        bool plain =
            (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (c != '{' && !plain)
            return false;
        if (c != '{')
            continue;
        size_t end = str_find(pattern, S("}"), at);
        Str hole = str_slice(pattern, at, end == SIZE_MAX ? pattern.n : end + 1);
        years += str_eq(hole, S("{year}"));
        seqs += end != SIZE_MAX && seq_is_good(hole);
        if (end == SIZE_MAX || (!str_eq(hole, S("{year}")) && !seq_is_good(hole)))
            return false;
        at = end;
    }
    return years == 1 && seqs == 1 && pattern.n <= 40 && pattern.p[0] != '{';
}

static Str prefix_of(Str pattern)
{
    return str_slice(pattern, 0, MIN(pattern.n, str_find(pattern, S("{"), 0)));
}

static void check_number_was(Load *load, const Kind *kind, const Node *node)
{
    for (size_t i = 0; i < kind->n_number_was; i++) {
        if (!pattern_is_good(kind->number_was[i]))
            fault(load, key_position(node, S("number_was")), MSG_profile_bad_number,
                  kind->number_was[i]);
        else if (str_eq(kind->number_was[i], kind->number))
            fault(load, key_position(node, S("number_was")), MSG_profile_was_twice, kind->number);
    }
}

static void check_number(Load *load, size_t at)
{
    const Kind *kind = &load->kinds[at];
    Position position = key_position(load->documents[HEAD_KIND].p[at].node, S("number"));
    check_number_was(load, kind, load->documents[HEAD_KIND].p[at].node);
    if (kind->number.n == 0)
        return;
    if (!pattern_is_good(kind->number)) {
        fault(load, position, MSG_profile_bad_number, kind->number);
        return;
    }
    for (size_t i = 0; i < load->profile->n_kinds; i++) {
        Position other = key_position(load->documents[HEAD_KIND].p[i].node, S("number"));
        bool earlier = str_cmp(other.file, position.file) < 0 ||
                       (str_eq(other.file, position.file) && other.line < position.line);
        if (i != at && earlier && load->kinds[i].number.n > 0 &&
            str_eq(prefix_of(load->kinds[i].number), prefix_of(kind->number)))
            fault(load, position, MSG_profile_same_prefix, prefix_of(kind->number),
                  load->kinds[i].name);
    }
}

/* ---- names of fields that a kind's settings use ---- */

static void check_named_field(Load *load, const Kind *kind, const Node *map, Str key, Str name)
{
    StrVec known = {0};
    if (name.n == 0)
        return;
    for (size_t i = 0; i < kind->n_fields; i++)
        *vec_push(load->scratch, &known) = kind->fields[i]->name;
    const Field *field = kind_field(kind, name);
    if (field == NULL)
        fault_unknown(load, key_position(map, key), MSG_profile_unknown_field, name, kind->name,
                      &known);
    else if (field_is_personal(field))
        fault(load, key_position(map, key), MSG_profile_personal_fact, name);
}

static void check_reply(Load *load, const Kind *kind, const Node *reply)
{
    const Node *at = node_get(reply, S("at"));
    StrVec known = fact_names(load->scratch, kind);
    Fact fact;
    check_named_field(load, kind, reply, S("field"), kind->reply);
    for (size_t i = 0; at != NULL && i < kind->n_reply_at; i++) {
        bool found = fact_find(load->profile, kind, kind->reply_at[i], &fact);
        if (!found || (fact.type != FACT_INSTANT && fact.type != FACT_BROKEN))
            fault_unknown(load, at->position, MSG_profile_not_a_milestone, kind->reply_at[i],
                          kind->name, &known);
    }
}

static void check_number_day(Load *load, const Kind *kind, const Node *node)
{
    const Field *field = kind_field(kind, kind->number_day);
    check_named_field(load, kind, node, S("number_day"), kind->number_day);
    if (field != NULL && field->type != FIELD_DATE && field->type != FIELD_TYPE__COUNT)
        fault(load, key_position(node, S("number_day")), MSG_profile_key_not_for_type,
              S("number_day"), field_type_word(field->type));
}

static void check_disputants(Load *load, const Kind *kind)
{
    const Field *sides[] = {[DISPUTANT_A] = NULL, [DISPUTANT_B] = NULL};
    for (size_t i = 0; i < kind->n_fields; i++) {
        const Field *field = kind->fields[i];
        if (field->disputant == DISPUTANT_NONE)
            continue;
        if (!kind->confidential)
            fault(load, field->position, MSG_profile_disputant_open, field->name, kind->name);
        else if (sides[field->disputant] != NULL)
            fault(load, field->position, MSG_profile_disputant_twice, field->name, kind->name,
                  sides[field->disputant]->name);
        sides[field->disputant] = field;
    }
}

static void check_kind(Load *load, size_t at)
{
    const Kind *kind = &load->kinds[at];
    const Node *node = load->documents[HEAD_KIND].p[at].node;
    const Node *public = node_get(node, S("public"));
    check_number(load, at);
    if (kind->flow != NULL) {
        check_named_field(load, kind, node, S("title"), kind->title);
        check_named_field(load, kind, node, S("body"), kind->body);
        check_number_day(load, kind, node);
        check_reply(load, kind, node_get(node, S("reply")));
        check_disputants(load, kind);
        check_named_field(load, kind, public, S("title"), kind->public_title);
        check_named_field(load, kind, public, S("body"), kind->public_body);
        check_named_field(load, kind, public, S("reply"), kind->public_reply);
        check_reachable(load, kind, load->kind_flows[at]);
        check_moves(load, kind, load->kind_flows[at]);
    }
}

/* ---- roles ---- */

static bool is_organisation_somewhere(const Load *load, Str name)
{
    for (size_t i = 0; i < load->profile->n_kinds; i++) {
        const Field *field = kind_field(&load->kinds[i], name);
        if (field != NULL && (field->type == FIELD_ORGANISATION || field->type == FIELD_PLACE ||
                              field->type == FIELD_ORGANISATIONS))
            return true;
    }
    return false;
}

static void check_role(Load *load, size_t at)
{
    const Role *role = &load->roles[at];
    const Node *node = load->documents[HEAD_ROLE].p[at].node;
    StrVec known = words_of(load->scratch, S("any place lead co_units submitter"));
    if (role->over.n > 0 && !str_eq(role->over, S("any")) &&
        !is_organisation_somewhere(load, role->over))
        fault_unknown(load, key_position(node, S("over")), MSG_profile_unknown_word, role->over,
                      S("over"), &known);
}

void check_profile(Load *load)
{
    for (size_t i = 0; i < load->profile->n_kinds; i++)
        check_kind(load, i);
    for (size_t i = 0; i < load->profile->n_roles; i++)
        check_role(load, i);
}
