/* SPDX-License-Identifier: Apache-2.0 */
/* What a move does to a record, in the order the profile's reader expects: the form, the checks,
 * the status, milestones, constants, the clock, then children and records that hang on this one. */
#include "change/links.h"

#define CASCADE_DEPTH_MAX 3

static void step_take_form(Draft *draft, const Step *step)
{
    const BoundForm *form = step->form;
    for (size_t i = 0; form && i < form->values.n; i++) {
        const Field *field = kind_field(step->record->kind, form->values.p[i].name);
        if (field && field_is_text(field))
            draft_set_text(draft, step->record, field->name, form->values.p[i].value.text);
        else if (field)
            draft_set(draft, step->record, field->name, form->values.p[i].value);
    }
    for (size_t i = 0; form && i < form->cleared.n; i++)
        draft_clear(draft, step->record, form->cleared.p[i]);
}

static void step_set_status(Draft *draft, const Step *step)
{
    const Move *move = step->move;
    if (!move->to)
        return;
    draft_set(draft, step->record, S("status"), value_text(move->to->name));
    draft_set(draft, step->record, S("open"), value_int(move->to->open));
}

static void step_set_marks(Draft *draft, const Step *step)
{
    const Move *move = step->move;
    for (size_t i = 0; i < move->n_clears; i++)
        draft_clear(draft, step->record, move->clears[i]);
    for (size_t i = 0; i < move->n_milestones; i++)
        draft_set(draft, step->record, move->milestones[i], value_int(draft->at));
    for (size_t i = 0; i < move->n_sets; i++)
        draft_set(draft, step->record, move->sets[i].name, move->sets[i].value);
    for (size_t i = 0; i < move->n_adds; i++)
        draft_add(draft, step->record, move->adds[i], 1);
    if (move->publishes)
        draft_set(draft, step->record, S("published_at"), value_int(draft->at));
    if (move->voids) {
        draft_set(draft, step->record, S("voided_at"), value_int(draft->at));
        draft_set(draft, step->record, S("open"), value_int(0));
    }
}

/* A parent knows how many of its children stand and how many are open: conditions ask for it. */
static bool step_tell_parent(Draft *draft, const Step *step, const Values *before, Err *err)
{
    const Values *now = &step->record->values;
    Str kind = step->record->kind->name;
    int64_t parent_id = values_int(now, S("parent"));
    int64_t stands = step->record->is_new && before->n == 0 ? 1 : 0;
    int64_t was_open = before->n ? values_int(before, S("open")) : 0;
    DraftRecord *parent;
    if (!parent_id)
        return true;
    parent = draft_record(draft, parent_id, err);
    if (!parent)
        return err_detail(err, S("parent of a child record"));
    if (step->move->voids)
        stands = -1;
    if (stands)
        draft_add(draft, parent, STR(draft->arena, "children_", kind), stands);
    if (values_int(now, S("open")) != was_open)
        draft_add(draft, parent, STR(draft->arena, "open_", kind),
                  values_int(now, S("open")) - was_open);
    return true;
}

void child_inherit(Draft *draft, const DraftRecord *parent, DraftRecord *child)
{
    static const Str inherited[] = {S_CONST("title"), S_CONST("lead"), S_CONST("category")};
    Value place = values_get(&parent->values, S("place"));
    draft_set(draft, child, S("parent"), value_int(parent->id));
    /* A child stands where its parent stands, also when its kind does not ask for a place. */
    if (place.type != VALUE_NONE && !values_int(&child->values, S("place")))
        draft_set(draft, child, S("place"), place);
    for (size_t i = 0; i < COUNT_OF(inherited); i++) {
        const Field *field = kind_field(child->kind, inherited[i]);
        Value value = values_get(&parent->values, inherited[i]);
        if (!field || value.type == VALUE_NONE ||
            values_get(&child->values, inherited[i]).type != VALUE_NONE)
            continue;
        if (field_is_text(field))
            draft_set_text(draft, child, field->name, value.text);
        else
            draft_set(draft, child, field->name, value);
    }
}

static bool step_create_child(Draft *draft, const Step *step, int64_t org, Err *err)
{
    const Move *move = step->move;
    DraftRecord *child = draft_create(draft, move->creates, err);
    Step first = {
        .move = move->creates_by, .record = child, .checked = true, .depth = step->depth + 1};
    if (!child)
        return false;
    child_inherit(draft, step->record, child);
    draft_set(draft, child, move->creates_as,
              str_eq(move->creates_as, S("lead")) ? value_int(org)
                                                  : value_ids(draft->arena, &org, 1));
    return number_issue(draft, child, err) && step_apply(draft, &first, err);
}

static bool step_create_children(Draft *draft, const Step *step, Err *err)
{
    Value each;
    if (!step->move->creates)
        return true;
    each = values_get(&step->record->values, step->move->creates_each);
    if (each.type == VALUE_INT) /* one organisation, not a list of them */
        return step_create_child(draft, step, each.number, err);
    for (size_t i = 0; each.type == VALUE_IDS && i < each.count; i++)
        if (!step_create_child(draft, step, each.ids[i], err))
            return false;
    return true;
}

static bool step_cascade_one(Draft *draft, const Step *step, int64_t id, Err *err)
{
    const Move *move = step->move;
    DraftRecord *other = draft_record(draft, id, err);
    Step next = {
        .move = move->cascade_move, .record = other, .checked = true, .depth = step->depth + 1};
    if (!other)
        return false;
    if (!other->kind || values_int(&other->values, S("voided_at")) ||
        !str_eq(other->kind->name, move->cascade_kind->name) ||
        !move_leaves(move->cascade_move,
                     flow_state(other->kind->flow, values_text(&other->values, S("status")))))
        return true;
    for (size_t i = 0; i < move->n_cascade_copies; i++) {
        const Field *field = kind_field(other->kind, move->cascade_copies[i]);
        Value value = values_get(&step->record->values, move->cascade_copies[i]);
        if (field && value.type == VALUE_TEXT && field_is_text(field))
            draft_set_text(draft, other, field->name, value.text);
        else if (field)
            draft_set(draft, other, field->name, value);
    }
    return step_apply(draft, &next, err);
}

static bool step_cascade(Draft *draft, const Step *step, Err *err)
{
    IdVec ids = {0};
    if (!step->move->cascade_move)
        return true;
    if (!state_linking(draft->state, step->move->cascade_through, step->record->id, &ids, err))
        return false;
    for (size_t i = 0; i < ids.n; i++)
        if (!step_cascade_one(draft, step, ids.p[i], err))
            return false;
    return true;
}

/* What conditions may ask about time, written when the move happens so that figures need no
 * clock. */
static void step_set_time_facts(Draft *draft, const Step *step)
{
    DraftRecord *record = step->record;
    Day due = (Day)values_int(&record->values, S("due_on"));
    Day from = (Day)values_int(&record->values, S("clock_from"));
    Instant red_at = values_int(&record->values, S("red_at"));
    if (red_at && draft->at >= red_at && !values_int(&record->values, S("was_red")))
        draft_set(draft, record, S("was_red"), value_int(1));
    if (!due || step->move->clock != CLOCK_STOP)
        return;
    draft_set(draft, record, S("on_time"), value_int(day_of(draft->at) <= due));
    draft_set(draft, record, S("days_used"),
              value_int(workdays_between(draft->office->calendar, from, day_of(draft->at))));
}

bool step_apply(Draft *draft, const Step *step, Err *err)
{
    DraftRecord *record = step->record;
    Values before = record->is_new && values_get(&record->values, S("status")).type == VALUE_NONE
                        ? (Values){0}
                        : values_dup(draft->arena, &record->values);
    if (step->depth > CASCADE_DEPTH_MAX)
        return err_set(err, ERR_INTERNAL, MSG_internal_error);
    step_take_form(draft, step);
    if (!step->checked && !step_check(draft, step, err))
        return false;
    step_set_time_facts(draft, step);
    step_set_status(draft, step);
    step_set_marks(draft, step);
    if (before.n == 0 && values_get(&record->values, S("number")).type == VALUE_NONE &&
        !number_issue(draft, record, err))
        return false;
    return links_follow(draft, step, err) && clock_apply(draft, step->move, record, err) &&
           round_apply(draft, step->move, record, err) &&
           step_tell_parent(draft, step, &before, err) && step_create_children(draft, step, err) &&
           step_cascade(draft, step, err);
}
