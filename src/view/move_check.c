/* SPDX-License-Identifier: Apache-2.0 */
/* Which moves stand: role, state, guards, waiting. decide has the last word; this tells it
 * before. */
#include "record/clock.h"
#include "view/move_view.h"

Subject subject_of(const Visit *visit, const Kind *kind, const Record *record)
{
    return (Subject){
        .kind = kind,
        .record = record,
        .state =
            kind->flow ? flow_state(kind->flow, values_text(&record->values, S("status"))) : NULL,
        .mask = mask_of(visit, kind, &record->values)};
}

static const Values *linked_values(void *context, int64_t target)
{
    Visit *visit = context;
    Record *record = NEW(visit->arena, Record);
    if (!visit->db || !record_get(visit->arena, visit->db, target, record, NULL))
        return NULL;
    return &record->values;
}

/* A guard on what the form itself asks for cannot be judged before it is filled in. */
static bool form_asks(const Move *move, const Condition *condition)
{
    for (size_t i = 0; i < move->n_form; i++)
        if (condition->fact.n && str_eq(move->form[i].field->name, condition->fact))
            return true;
    for (size_t i = 0; i < condition->n_parts; i++)
        if (form_asks(move, condition->parts[i]))
            return true;
    return false;
}

Str move_guard_blocks(Visit *visit, const Move *move, const Values *values)
{
    Facts facts = {.own = values, .linked = linked_values, .context = visit};
    for (size_t i = 0; i < move->n_guards; i++) {
        const Guard *guard = &move->guards[i];
        if (!form_asks(move, guard->must) && !rule_holds(guard->must, &facts))
            return label_text(guard->otherwise, visit->language);
    }
    return S("");
}

static Str wait_blocks(Visit *visit, const Move *move, const Facts *facts)
{
    Day last;
    if (!wait_runs(visit->office->calendar, move, facts, visit->now, &last))
        return S("");
    return view_say(visit, move->wait.source.zh.n ? MSG_wait_runs_for : MSG_wait_runs,
                    day_text(visit->arena, last), move->wait.source.zh, move->wait.source.en);
}

static Str separation(const Visit *visit, MessageId id, const Move *move)
{
    return view_say(visit, id, move->label.zh, move->label.en);
}

bool move_stands(Visit *visit, const Subject *subject, const Move *move, Str *ret_blocked)
{
    const Values *values = &subject->record->values;
    Scope scope = {subject->kind, values};
    Facts facts = {.own = values, .linked = linked_values, .context = visit};
    *ret_blocked = S("");
    if (!subject->state || !move_leaves(move, subject->state) || move->by_clock ||
        values_int(values, S("voided_at")))
        return false;
    switch (permit_move(visit->office, &visit->actor, move, &scope, false)) {
    case PERMIT_NO:
        return false;
    case PERMIT_SAME_PERSON:
        *ret_blocked = separation(visit, MSG_second_person_needed, move);
        return true;
    case PERMIT_OWN_UNIT:
        *ret_blocked = separation(visit, MSG_not_by_own_unit, move);
        return true;
    case PERMIT_YES:
        break;
    }
    if (values_text(values, S("pending")).n)
        *ret_blocked = view_say(visit, MSG_waits_for_second_person);
    if (ret_blocked->n == 0)
        *ret_blocked = move_guard_blocks(visit, move, values);
    if (ret_blocked->n == 0)
        *ret_blocked = wait_blocks(visit, move, &facts);
    return true;
}

const Move *move_to_decide(const Visit *visit, const Subject *subject)
{
    const Values *values = &subject->record->values;
    Scope scope = {subject->kind, values};
    Str pending = values_text(values, S("pending"));
    const Move *move =
        pending.n && subject->kind->flow ? flow_move(subject->kind->flow, pending) : NULL;
    if (!move || permit_move(visit->office, &visit->actor, move, &scope, true) != PERMIT_YES)
        return NULL;
    return move;
}

const Move *move_next(Visit *visit, const Subject *subject)
{
    const Flow *flow = subject->kind->flow;
    Str blocked;
    for (size_t i = 0; flow && i < flow->n_moves; i++)
        if (flow->moves[i].primary && move_stands(visit, subject, &flow->moves[i], &blocked) &&
            blocked.n == 0)
            return &flow->moves[i];
    return NULL;
}
