/* SPDX-License-Identifier: Apache-2.0 */
#include "view/decision_view.h"

#include "view/move_view.h"

static bool is_decided(const Move *move, Str milestone)
{
    for (size_t i = 0; i < move->n_milestones; i++)
        if (str_eq(move->milestones[i], milestone))
            return move->n_approval > 0;
    return false;
}

static bool has_decided(const Indicator *indicator)
{
    const Flow *flow = indicator->kind ? indicator->kind->flow : NULL;
    for (size_t i = 0; flow && indicator->in.n > 0 && i < flow->n_moves; i++)
        if (is_decided(&flow->moves[i], indicator->in))
            return true;
    return false;
}

/* The desks whose accounts the value names, in order of their ids. */
static Str desks(const Visit *visit, Value value)
{
    Buf names = buf_open(visit->arena);
    size_t count = value.type == VALUE_INT ? 1 : value.type == VALUE_IDS ? value.count : 0;
    for (size_t i = 0; i < count; i++) {
        int64_t id = value.type == VALUE_INT ? value.number : value.ids[i];
        const Account *account = office_account(visit->office, id);
        TEXT(&names, i > 0 ? view_say(visit, MSG_view_comma) : S(""),
             account ? label_text(account->title, visit->language)
                     : view_say(visit, MSG_view_who_gone));
    }
    return buf_str(&names);
}

/* Choices and texts of the form, under the record's mask. */
static Str reason_of(Visit *visit, const Subject *subject, const Move *move)
{
    Buf reason = buf_open(visit->arena);
    for (size_t i = 0; i < move->n_form; i++) {
        const Field *field = move->form[i].field;
        Value value = values_get(&subject->record->values, field->name);
        bool says = field->type == FIELD_CHOICE || field->type == FIELD_TEXT ||
                    field->type == FIELD_LONG_TEXT;
        if (!says || value.type == VALUE_NONE || !mask_shows(subject->mask, subject->kind, field))
            continue;
        TEXT(&reason, reason.n > 0 ? "\n" : "",
             field_view(visit, subject->kind, subject->mask, field, value).text);
    }
    return buf_str(&reason);
}

static DecisionView decision_of(Visit *visit, const Indicator *indicator, const RecordRow *row)
{
    const Flow *flow = indicator->kind->flow;
    Record record = {.id = row->id, .values = row->clock_values};
    Subject subject = subject_of(visit, indicator->kind, &record);
    for (size_t i = 0; i < flow->n_moves; i++) {
        const Move *move = &flow->moves[i];
        Value asked = values_get(&record.values, STR(visit->arena, "actor_", move->name));
        if (!is_decided(move, indicator->in) || asked.type == VALUE_NONE)
            continue;
        return (DecisionView){
            .reason = reason_of(visit, &subject, move),
            .asked_by = desks(visit, asked),
            .decided_by = desks(
                visit, values_get(&record.values, STR(visit->arena, "approver_", move->name)))};
    }
    return (DecisionView){0};
}

const DecisionView *decisions_view(Visit *visit, const Indicator *indicator,
                                   const ListView *records)
{
    DecisionView *decisions;
    if (!visit_is_staff(visit) || records->n_rows == 0 || !has_decided(indicator))
        return NULL;
    decisions = NEW_ARRAY(visit->arena, DecisionView, records->n_rows);
    for (size_t i = 0; i < records->n_rows; i++)
        decisions[i] = decision_of(visit, indicator, &records->rows[i]);
    return decisions;
}
