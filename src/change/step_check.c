/* SPDX-License-Identifier: Apache-2.0 */
#include "change/decide.h"
#include "figure/cell.h"
#include "record/clock.h"

/* The record as it would be with the form, for guards of a move that is only being asked for. */
static DraftRecord step_probe(Draft *draft, const Step *step)
{
    DraftRecord probe = *step->record;
    probe.values = values_dup(draft->arena, &step->record->values);
    for (size_t i = 0; step->form && i < step->form->values.n; i++)
        values_set(draft->arena, &probe.values, step->form->values.p[i].name,
                   step->form->values.p[i].value);
    return probe;
}

static bool step_check_wait(Draft *draft, const Step *step, const Facts *facts, Err *err)
{
    Instant until = values_int(&step->record->values, step->move->wait_until);
    Day last;
    if (until && draft->at >= until)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_wait_past);
    if (!wait_runs(draft->office->calendar, step->move, facts, draft->at, &last))
        return true;
    return err_set(
        err, ERR_NOT_ALLOWED_NOW, step->move->wait.source.zh.n ? MSG_wait_runs_for : MSG_wait_runs,
        day_text(draft->arena, last), step->move->wait.source.zh, step->move->wait.source.en);
}

/* A tree in which somebody stands below themselves is none. */
static bool step_check_tree(Draft *draft, const Step *step, const DraftRecord *probe, Err *err)
{
    int64_t parent = values_id(&probe->values, S("parent_org"));
    if (!parent || step->record->is_new ||
        !org_is_within(&draft->office->orgs, parent, step->record->id))
        return true;
    return err_field(err, draft->arena, S("parent_org"), MSG_org_parent_below, S(""), S(""));
}

/* A place in the tree begins after the one before it; two on one day would leave none. */
static bool step_check_place_day(Draft *draft, const Step *step, const DraftRecord *probe, Err *err)
{
    const OrgTree *tree = &draft->office->orgs;
    Day from = (Day)values_int(&probe->values, S("moved_on"));
    bool moves = step->form && values_get(&step->form->values, S("parent_org")).type != VALUE_NONE;
    for (size_t i = 0; moves && from && i < tree->n_periods; i++)
        if (tree->periods[i].org == step->record->id && tree->periods[i].from >= from)
            return err_field(err, draft->arena, S("moved_on"), MSG_org_moved_before,
                             day_text(draft->arena, tree->periods[i].from), S(""));
    return true;
}

/* What must stand on one record of the kind only: a login, an organisation's code. */
static bool step_check_unique(Draft *draft, const Step *step, Err *err)
{
    for (size_t i = 0; step->form && i < step->form->values.n; i++) {
        const NamedValue *given = &step->form->values.p[i];
        const Field *field = kind_field(step->record->kind, given->name);
        bool taken;
        if (!field || !field->unique)
            continue;
        if (!state_has_text(draft->state, step->record->kind->name, given->name, given->value.text,
                            step->record->id, &taken, err))
            return false;
        if (taken)
            return err_field(err, draft->arena, given->name, MSG_value_taken, given->value.text,
                             S(""));
    }
    return true;
}

/* There are no half stations. */
static bool step_check_opening(Draft *draft, const Step *step, const DraftRecord *probe, Err *err)
{
    const Kind *kind = step->record->kind;
    const Figure *figure = kind->opens ? profile_figure(draft->office->profile,
                                                        values_text(&probe->values, S("figure")))
                                       : NULL;
    int64_t amount;
    if (!figure || opening_amount(figure, kind, &probe->values, &amount))
        return true;
    return err_field(err, draft->arena, S("value"), MSG_opening_not_whole, S(""), S(""));
}

bool step_check(Draft *draft, const Step *step, Err *err)
{
    DraftRecord probe = step_probe(draft, step);
    Facts facts = draft_facts(draft, &probe);
    for (size_t i = 0; i < step->move->n_guards; i++) {
        const Guard *guard = &step->move->guards[i];
        if (!rule_holds(guard->must, &facts))
            return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_guard, guard->otherwise.zh,
                           guard->otherwise.en);
    }
    return clock_check(draft, step->move, &probe.values, err) &&
           round_check(draft, step->record->kind, step->move, &probe.values, err) &&
           step_check_tree(draft, step, &probe, err) &&
           step_check_place_day(draft, step, &probe, err) && step_check_unique(draft, step, err) &&
           step_check_opening(draft, step, &probe, err) &&
           step_check_wait(draft, step, &facts, err);
}
