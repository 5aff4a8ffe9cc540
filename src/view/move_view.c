/* SPDX-License-Identifier: Apache-2.0 */
#include "view/move_view.h"

#include "calendar/due.h"

static bool form_has_field(const Move *move, Str name)
{
    for (size_t i = 0; i < move->n_form; i++)
        if (str_eq(move->form[i].field->name, name))
            return true;
    return false;
}

/* ---- the sentence with names in it ---- */

/* The clock that the form's preset would start. */
static const Clock *clock_preset(const Subject *subject, const Move *move)
{
    const Field *by = move->clock_by.n ? kind_field(subject->kind, move->clock_by) : NULL;
    Str wanted = values_text(&subject->record->values, move->clock_by);
    if (wanted.n == 0 && by && by->preset.type == VALUE_TEXT)
        wanted = by->preset.text;
    if (move->n_clocks == 0 || !move->clock_by.n)
        return move->n_clocks ? &move->clocks[0] : NULL;
    for (size_t i = 0; i < move->n_clocks; i++)
        if (str_eq(move->clocks[i].name, wanted))
            return &move->clocks[i];
    return NULL;
}

static Str due_words(const Visit *visit, const Subject *subject, const Move *move)
{
    Day due = (Day)values_int(&subject->record->values, S("due_on"));
    const Clock *clock = move->clock == CLOCK_START ? clock_preset(subject, move) : NULL;
    if (clock)
        due = due_date(visit->office->calendar, clock->duration, day_of(visit->now)).due;
    return due ? view_month_day(visit, due) : view_say(visit, MSG_view_condition_due);
}

static Str hole_words(Visit *visit, const Subject *subject, const Move *move, Str name, Str lead)
{
    const Field *field = kind_field(subject->kind, name);
    Value value = values_get(&subject->record->values, name);
    if (str_eq(name, S("due_on")))
        return due_words(visit, subject, move);
    if (str_eq(name, S("lead")) && lead.n && value.type == VALUE_NONE)
        return lead;
    if (field && value.type != VALUE_NONE &&
        !(!subject->form_known && form_has_field(move, name) && field->move_only &&
          !str_eq(name, S("lead"))))
        return field_view(visit, subject->kind, subject->mask, field, value).text;
    if (str_eq(name, S("lead")))
        return view_say(visit, MSG_view_condition_lead);
    if (field && field->type == FIELD_DATE)
        return view_say(visit, MSG_view_condition_date);
    return field ? label_text(field->label, visit->language) : name;
}

static Str says_words(Visit *visit, const Subject *subject, const Move *move, Str lead)
{
    Str says = label_text(move->says, visit->language);
    Buf text = buf_open(visit->arena);
    size_t from = 0, open, close;
    while ((open = str_find(says, S("{"), from)) != SIZE_MAX &&
           (close = str_find(says, S("}"), open)) != SIZE_MAX) {
        buf_add(&text, str_slice(says, from, open));
        buf_add(&text, hole_words(visit, subject, move, str_slice(says, open + 1, close), lead));
        from = close + 1;
    }
    buf_add(&text, str_slice(says, from, says.n));
    return buf_str(&text);
}

/* ---- the move ---- */

MoveView move_view(Visit *visit, const Subject *subject, const Move *move)
{
    MoveView view = {.move = move,
                     .name = move->name,
                     .label = label_text(move->label, visit->language),
                     .needs_approval = move->n_approval > 0 && visit->actor.type != ACTOR_CLI};
    InputsAsked asked = {.kind = subject->kind,
                         .move = move,
                         .values = &subject->record->values,
                         .record = subject->record->id,
                         .mask = subject->mask};
    Proposal proposal = {0};
    if (form_has_field(move, S("lead")) && visit_is_staff(visit) &&
        !values_id(&subject->record->values, S("lead")))
        proposal = proposal_make(visit, subject);
    asked.lead = proposal.code;
    view.proposal = proposal.reason;
    view.says = says_words(visit, subject, move, proposal.name);
    view.inputs = inputs_make(visit, &asked, &view.n_inputs);
    return view;
}

static int move_rank(const MoveView *view)
{
    return (view->blocked.n ? 4 : 0) + (view->move->primary ? 0 : 1) + (view->move->danger ? 1 : 0);
}

/* Few of them, and those of one rank stay in the profile's order. */
static void moves_sort(MoveView *views, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        MoveView view = views[i];
        size_t j = i;
        for (; j > 0 && move_rank(&views[j - 1]) > move_rank(&view); j--)
            views[j] = views[j - 1];
        views[j] = view;
    }
}

void move_views(Visit *visit, const Subject *subject, const MoveView **ret_moves, size_t *ret_count)
{
    const Flow *flow = subject->kind->flow;
    MoveView *views = NEW_ARRAY(visit->arena, MoveView, (flow ? flow->n_moves : 0) + 1);
    size_t count = 0;
    for (size_t i = 0; flow && i < flow->n_moves; i++) {
        Str blocked;
        if (!move_stands(visit, subject, &flow->moves[i], &blocked))
            continue;
        views[count] = move_view(visit, subject, &flow->moves[i]);
        views[count++].blocked = blocked;
    }
    moves_sort(views, count);
    *ret_moves = views;
    *ret_count = count;
}
