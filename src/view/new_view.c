/* SPDX-License-Identifier: Apache-2.0 */
/* The form of a record that does not exist yet. */
#include "view/move_view.h"

bool move_role_held(const Visit *visit, const Kind *kind, const Move *move)
{
    if (!visit->account)
        return visit->actor.type == ACTOR_CLI;
    for (size_t i = 0; i < visit->account->n_grants; i++)
        if (role_makes(visit->account->grants[i].role, kind, move))
            return true;
    return false;
}

static bool is_everybodys(const Visit *visit, const Record *parent)
{
    const Kind *kind =
        profile_kind(visit->office->profile, values_text(&parent->values, S("kind")));
    return kind && permit_is_everybodys(&(Scope){kind, &parent->values});
}

/* Of a record without a parent it is not known yet where it will stand: the role alone counts, and
 * decide looks at the organisations of the form. */
static bool may_make(const Visit *visit, const Kind *kind, const Move *move, const Record *parent)
{
    Scope scope = {kind, parent ? &parent->values : NULL};
    if (visit->actor.type == ACTOR_CLI)
        return true;
    if (!visit->account)
        return move->by_public;
    if (parent && !is_everybodys(visit, parent) &&
        permit_move(visit->office, &visit->actor, move, &scope, false) != PERMIT_YES)
        return false;
    return move_role_held(visit, kind, move);
}

/* A move that another move makes on children (`by: ask`) can be made by hand as well. */
const Move *new_move(const Visit *visit, const Kind *kind, const Record *parent)
{
    const Flow *flow = kind->flow;
    if (kind->n_parents && !parent && !visit_is_staff(visit))
        return NULL;
    for (size_t i = 0; flow && i < flow->n_moves; i++)
        if (flow->moves[i].n_from == 0 && !flow->moves[i].by_clock &&
            may_make(visit, kind, &flow->moves[i], parent))
            return &flow->moves[i];
    return NULL;
}

static bool parent_of(Visit *visit, const Kind *kind, Str number, Record *ret_parent, bool *ret_has,
                      Err *err)
{
    *ret_has = false;
    for (size_t i = 0; number.n && !*ret_has && i < kind->n_parents; i++) {
        Err missing = {0};
        *ret_has = record_open(visit, kind->parents[i]->name, number, NULL, ret_parent, &missing);
        if (!*ret_has && (missing.code != ERR_NOT_FOUND || i + 1 == kind->n_parents)) {
            err_copy(visit->arena, err, &missing);
            return false;
        }
    }
    return true;
}

/* What a child starts with: see child_inherit in change/. */
static Values inherited(Visit *visit, const Kind *kind, const Record *parent)
{
    static const Str names[] = {S_CONST("title"), S_CONST("place"), S_CONST("lead"),
                                S_CONST("category")};
    Values values = {0};
    values_set(visit->arena, &values, S("kind"), value_text(kind->name));
    for (size_t i = 0; parent && i < COUNT_OF(names); i++) {
        const Field *field = kind_field(kind, names[i]);
        Value value = values_get(&parent->values, names[i]);
        if (field && value.type != VALUE_NONE && field->preset.type == VALUE_NONE)
            values_set(visit->arena, &values, names[i], value);
    }
    return values;
}

bool new_child_stands(Visit *visit, const Kind *kind, const Move *move, const Record *parent)
{
    Values values = inherited(visit, kind, parent);
    values_set(visit->arena, &values, S("parent"), value_int(parent->id));
    return move_guard_blocks(visit, move, &values).n == 0;
}

/* Where the visitor may make it at one organisation only, the form starts with that. */
static void own_org(Visit *visit, const Kind *kind, const Move *move, Values *values)
{
    const Field *over = NULL;
    int64_t org = 0;
    for (size_t i = 0; visit->account && i < visit->account->n_grants; i++) {
        const Grant *grant = &visit->account->grants[i];
        const Field *field = kind_field(kind, grant->role->over);
        if (!role_makes(grant->role, kind, move))
            continue;
        if (!field || (over && (over != field || org != grant->org)))
            return;
        over = field;
        org = grant->org;
    }
    if (over && over->type == FIELD_ORGANISATION &&
        values_get(values, over->name).type == VALUE_NONE)
        values_set(visit->arena, values, over->name, value_int(org));
}

/* What the address says it was raised at, if the visitor may open that; it stands in the same place
 * until somebody says otherwise. */
static void raised_at(Visit *visit, const Kind *kind, const Move *move, Values *values)
{
    for (size_t i = 0; i < move->n_form; i++) {
        const Field *field = move->form[i].field;
        Str number = field->raised_by ? http_query(visit->request, field->name) : (Str){0};
        Value place;
        Record record;
        if (!number.n || !record_open(visit, field->to->name, number, NULL, &record, NULL))
            continue;
        place = values_get(&record.values, S("place"));
        values_set(visit->arena, values, field->name, value_ids(visit->arena, &record.id, 1));
        if (kind_field(kind, S("place")) && place.type != VALUE_NONE)
            values_set(visit->arena, values, S("place"), place);
    }
}

bool new_view(Visit *visit, const Kind *kind, Str parent_number, MoveView *ret_view, Err *err)
{
    Record parent;
    bool has_parent;
    const Move *move;
    Values *values = NEW(visit->arena, Values);
    InputsAsked asked;
    if (!parent_of(visit, kind, parent_number, &parent, &has_parent, err))
        return false;
    move = new_move(visit, kind, has_parent ? &parent : NULL);
    if (!move)
        return err_set(err, ERR_FORBIDDEN, MSG_view_new_not_permitted, kind->label.zh,
                       kind->label.en);
    *values = inherited(visit, kind, has_parent ? &parent : NULL);
    own_org(visit, kind, move, values);
    raised_at(visit, kind, move, values);
    asked = (InputsAsked){
        .kind = kind, .move = move, .values = values, .public_only = !visit_is_staff(visit)};
    *ret_view = (MoveView){.move = move,
                           .name = move->name,
                           .label = label_text(move->label, visit->language),
                           .says = label_text(move->says, visit->language)};
    ret_view->inputs = inputs_make(visit, &asked, &ret_view->n_inputs);
    return true;
}
