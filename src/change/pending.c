/* SPDX-License-Identifier: Apache-2.0 */
/* The second person: a move with `approval` waits on the record as `pending` (its name), with who
 * asked, when, and the form; approve makes it, refuse drops it with a reason. */
#include "change/decide_special.h"
#include "change/links.h"

bool pending_set(Draft *draft, const Move *move, DraftRecord *record, const BoundForm *form,
                 Err *err)
{
    Buf text = buf_open(draft->arena);
    Step step = {.move = move, .record = record, .form = form};
    if (!step_check(draft, &step, err) ||
        (move->voids && !move->absorbs.n && !links_check_void(draft, record, err)))
        return false;
    if (record->is_new)
        return err_set(err, ERR_INTERNAL, MSG_internal_error);
    values_write(&text, &form->values);
    draft_set(draft, record, S("pending"), value_text(move->name));
    draft_set_text(draft, record, S("pending_form"), buf_str(&text));
    draft_set(draft, record, S("pending_at"), value_int(draft->at));
    if (draft->actor->account)
        draft_set(draft, record, S("actor_pending"), value_int(draft->actor->account));
    draft_clear(draft, record, S("refused_reason"));
    return true;
}

static const Move *pending_move(const DraftRecord *record, Err *err)
{
    Str name = values_text(&record->values, S("pending"));
    const Move *move = name.n ? flow_move(record->kind->flow, name) : NULL;
    if (!move)
        err_set(err, ERR_NOT_ALLOWED_NOW, MSG_nothing_pending);
    return move;
}

static bool pending_permit(Draft *draft, const Move *move, const DraftRecord *record, Err *err)
{
    Scope scope = {record->kind, &record->values};
    switch (permit_move(draft->office, draft->actor, move, &scope, true)) {
    case PERMIT_YES:
        return true;
    case PERMIT_SAME_PERSON:
        return err_set(err, ERR_FORBIDDEN, MSG_second_person_needed, move->label.zh,
                       move->label.en);
    case PERMIT_OWN_UNIT:
        return err_set(err, ERR_FORBIDDEN, MSG_not_by_own_unit, move->label.zh, move->label.en);
    case PERMIT_NO:
        break;
    }
    return err_set(err, ERR_FORBIDDEN, MSG_approval_not_permitted, move->label.zh, move->label.en);
}

void pending_clear(Draft *draft, DraftRecord *record)
{
    static const Str names[] = {S_CONST("pending"), S_CONST("pending_form"), S_CONST("pending_at"),
                                S_CONST("actor_pending")};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        draft_clear(draft, record, names[i]);
}

bool pending_approve(Draft *draft, DraftRecord *record, Err *err)
{
    BoundForm form = {0};
    const Move *move = pending_move(record, err);
    int64_t asked_by = values_int(&record->values, S("actor_pending"));
    Step step = {.move = move, .record = record, .form = &form, .checked = true};
    if (!move || !pending_permit(draft, move, record, err))
        return false;
    if (!values_parse(draft->arena, values_text(&record->values, S("pending_form")), &form.values,
                      err) ||
        !links_check_form(draft, move, record, &form.values, err))
        return false;
    pending_clear(draft, record);
    if (asked_by)
        draft_add_id(draft, record, STR(draft->arena, "actor_", move->name), asked_by);
    if (draft->actor->account)
        draft_add_id(draft, record, STR(draft->arena, "approver_", move->name),
                     draft->actor->account);
    return step_apply(draft, &step, err);
}

bool pending_refuse(Draft *draft, DraftRecord *record, Str reason, Err *err)
{
    const Move *move = pending_move(record, err);
    if (!move || !pending_permit(draft, move, record, err))
        return false;
    if (!scan_reason(draft, reason, err))
        return false;
    pending_clear(draft, record);
    draft_set(draft, record, S("refused"), value_text(move->name));
    draft_set_text(draft, record, S("refused_reason"), reason);
    return true;
}
