/* SPDX-License-Identifier: Apache-2.0 */
#include "change/decide.h"

#include "base/number.h"
#include "change/decide_special.h"
#include "change/fold.h"
#include "change/links.h"

/* Late work is entered late, but not without limit: five years back is an import of history. */
#define BACKDATE_MAX_US (INT64_C(5) * 366 * DAY_US)

typedef struct Request {
    const Change *change;
    const Move *move;
    DraftRecord *record;
    DraftRecord *parent; /* of a new child; else NULL */
    BoundForm form;
} Request;

/* When the record last came into another state: the latest milestone of the moves that do that. */
static Instant last_step_at(const Flow *flow, const Values *values)
{
    Instant last = 0;
    for (size_t i = 0; i < flow->n_moves; i++)
        for (size_t j = 0; flow->moves[i].to && j < flow->moves[i].n_milestones; j++)
            last = MAX(last, values_int(values, flow->moves[i].milestones[j]));
    return last;
}

/* Nothing is answered before it was assigned: figures and deadlines believe `at`. */
static bool decide_order(const Draft *draft, const Request *request, Err *err)
{
    const Move *move = request->move;
    if (request->record->is_new || draft->actor->type == ACTOR_CLI ||
        (!move->to && move->clock == CLOCK_NONE) ||
        draft->at >= last_step_at(request->record->kind->flow, &request->record->values))
        return true;
    return err_set(err, ERR_INVALID_FORM, MSG_at_before_last_step);
}

static bool decide_when(Draft *draft, const Request *request, Err *err)
{
    const Change *change = request->change;
    Instant created = values_int(&request->record->values, S("created_at"));
    if (draft->at == draft->now)
        return true;
    if (draft->at > draft->now)
        return err_set(err, ERR_INVALID_FORM, MSG_at_in_future);
    if (!request->move->backdate && change->actor.type != ACTOR_CLI)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_no_backdate,
                       label_text(request->move->label, LANGUAGE_ZH));
    if (draft->at < draft->now - BACKDATE_MAX_US)
        return err_set(err, ERR_INVALID_FORM, MSG_at_too_old);
    if (!request->record->is_new && draft->at < created)
        return err_set(err, ERR_INVALID_FORM, MSG_at_before_created);
    return decide_order(draft, request, err);
}

/* Specials happen now. Only a decision on a move that may be entered late may be entered late too,
 * and it comes after the asking. */
static bool decide_special_when(const Draft *draft, const Change *change, const DraftRecord *record,
                                Err *err)
{
    Str pending = values_text(&record->values, S("pending"));
    const Move *move = pending.n ? flow_move(record->kind->flow, pending) : NULL;
    bool decides = str_eq(change->move, S("approve")) || str_eq(change->move, S("refuse"));
    if (draft->at == draft->now)
        return true;
    if (draft->at > draft->now)
        return err_set(err, ERR_INVALID_FORM, MSG_at_in_future);
    if (change->actor.type == ACTOR_CLI)
        return true;
    /* Nothing pending is said by the special itself. */
    if (!decides || (move && !move->backdate))
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_no_backdate,
                       move ? label_text(move->label, LANGUAGE_ZH) : change->move);
    if (draft->at < values_int(&record->values, S("pending_at")))
        return err_set(err, ERR_INVALID_FORM, MSG_at_before_last_step);
    return true;
}

static bool decide_permit(Draft *draft, const Request *request, bool approving, Err *err)
{
    /* A child is made by whoever works on its parent: were it asked for by the organisations of the
     * form, naming one's own unit would be enough to reach into any matter. */
    const DraftRecord *parent = request->parent;
    bool by_own = !parent || permit_is_everybodys(&(Scope){parent->kind, &parent->values});
    Scope scope = {request->record->kind, by_own ? &request->record->values : &parent->values};
    Label label = request->move->label;
    if (draft->actor->type == ACTOR_PUBLIC && !request->record->is_new &&
        !request->change->with_code)
        return err_set(err, ERR_FORBIDDEN, MSG_code_needed);
    switch (permit_move(draft->office, draft->actor, request->move, &scope, approving)) {
    case PERMIT_YES:
        return true;
    case PERMIT_SAME_PERSON:
        return err_set(err, ERR_FORBIDDEN, MSG_second_person_needed, label.zh, label.en);
    case PERMIT_OWN_UNIT:
        return err_set(err, ERR_FORBIDDEN, MSG_not_by_own_unit, label.zh, label.en);
    case PERMIT_NO:
        break;
    }
    return err_set(err, ERR_FORBIDDEN, MSG_move_not_permitted, label.zh, label.en);
}

static bool decide_state(const Request *request, Err *err)
{
    const Values *values = &request->record->values;
    const Kind *kind = request->record->kind;
    const State *state = flow_state(kind->flow, values_text(values, S("status")));
    if (request->record->is_new)
        return true;
    if (values_int(values, S("voided_at")))
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_record_voided,
                       values_text(values, S("number")));
    if (values_text(values, S("pending")).n)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_waits_for_second_person);
    if (!state || !move_leaves(request->move, state))
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_move_not_from_here, request->move->label.zh,
                       request->move->label.en);
    return true;
}

static bool decide_version(const Draft *draft, const Request *request, Err *err)
{
    int64_t wanted = request->change->version;
    StateRecord *stored;
    if (request->record->is_new || wanted < 0)
        return true;
    stored = state_find(draft->state, request->record->id, err);
    if (!stored)
        return false;
    if (stored->now.version != wanted)
        return err_set(err, ERR_STALE, MSG_record_changed_meanwhile);
    return true;
}

static int64_t decide_lookup(void *context, const Kind *kind, Str reference)
{
    Draft *draft = context;
    const Org *org =
        str_eq(kind->name, S("org")) ? org_by_code(&draft->office->orgs, reference) : NULL;
    StateRecord *found;
    int64_t id;
    if (org)
        return org->id;
    if (str_eq(kind->name, S("org"))) {
        found = state_find_text(draft->state, kind->name, S("code"), reference, 0);
        return found ? found->now.id : 0;
    }
    /* "#12": kinds without numbers are named by their id */
    if (str_starts(reference, S("#")) && int_parse(str_slice(reference, 1, reference.n), &id))
        found = state_find(draft->state, id, NULL);
    else
        found = state_find_number(draft->state, reference, NULL);
    return found && str_eq(values_text(&found->now.values, S("kind")), kind->name) ? found->now.id
                                                                                   : 0;
}

static bool decide_attachments(Draft *draft, const Request *request, Err *err)
{
    const Values *form = &request->form.values;
    for (size_t i = 0; i < form->n; i++) {
        const Field *field = kind_field(request->record->kind, form->p[i].name);
        Str id = form->p[i].value.text, facts;
        if (!field || field->type != FIELD_ATTACHMENT)
            continue;
        if (!state_attachment(draft->state, id, request->record->id, &facts, err))
            return false;
        if (facts.n == 0)
            return err_field(err, draft->arena, field->name, MSG_attachment_unknown, S(""), S(""));
        draft_set_text(draft, request->record, STR(draft->arena, FILE_PREFIX, id), facts);
    }
    return true;
}

/* What has happened is not in the future, what is promised not in the past. A day that only stands
 * there again, as in a correction, was looked at when it was given. */
static bool decide_days(const Draft *draft, const Request *request, Err *err)
{
    const Values *form = &request->form.values;
    Day today = day_of(draft->at);
    bool good = true;
    for (size_t i = 0; i < form->n; i++) {
        Str name = form->p[i].name;
        const Field *field = kind_field(request->record->kind, name);
        Day day = (Day)values_int(form, name);
        if (!field || field->type != FIELD_DATE ||
            values_int(&request->record->values, name) == day)
            continue;
        if (field->day_bound == DAY_NOT_FUTURE && day > today)
            good = err_field(err, draft->arena, name, MSG_day_in_future, S(""), S(""));
        if (field->day_bound == DAY_NOT_PAST && day < today)
            good = err_field(err, draft->arena, name, MSG_day_in_past, S(""), S(""));
    }
    return good;
}

static bool decide_form(Draft *draft, Request *request, Err *err)
{
    FormLookup lookup = {decide_lookup, draft};
    bool is_public = draft->actor->type == ACTOR_PUBLIC && request->record->is_new;
    return form_bind(draft->arena, draft->office, request->record->kind, request->move,
                     &request->change->form, is_public, &lookup, &request->form, err) &&
           decide_days(draft, request, err) &&
           links_check_form(draft, request->move, request->record, &request->form.values, err) &&
           decide_attachments(draft, request, err) &&
           scan_form(draft, request->record->kind, &request->form, err);
}

static bool decide_needs_approval(Draft *draft, const Request *request)
{
    Facts facts;
    DraftRecord probe = *request->record;
    const Move *move = request->move;
    if (move->n_approval == 0 || draft->actor->type == ACTOR_CLI)
        return false;
    if (!move->approval_when)
        return true;
    /* The condition looks at the record as it would be with the form. */
    probe.values = values_dup(draft->arena, &request->record->values);
    for (size_t i = 0; i < request->form.values.n; i++)
        values_set(draft->arena, &probe.values, request->form.values.p[i].name,
                   request->form.values.p[i].value);
    facts = draft_facts(draft, &probe);
    return rule_holds(move->approval_when, &facts);
}

/* The contact goes into its own table; of it the journal only learns that there is one. */
static void decide_contact(Draft *draft, const Request *request)
{
    if (!request->form.has_contact)
        return;
    draft->contact_record = request->record->id;
    draft->contact_name = request->form.contact_name;
    draft->contact_phone = request->form.contact_phone;
    draft_set(draft, request->record, S("has_contact"), value_int(1));
}

/* Whoever made this edition may publish the next one, if others make that. */
static void decide_edition_ends(Draft *draft, const Request *request)
{
    const Move *move = request->move;
    for (size_t i = 0; i < move->n_not_by; i++) {
        draft_clear(draft, request->record, STR(draft->arena, "actor_", move->not_by[i]));
        draft_clear(draft, request->record, STR(draft->arena, "approver_", move->not_by[i]));
    }
}

/* A briefing is published with what it says, frozen; a correction is a new edition. */
static bool decide_edition(Draft *draft, const Request *request, Err *err)
{
    DraftRecord *record = request->record;
    if (!request->move->freezes)
        return true;
    if (request->change->frozen.n == 0)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_nothing_frozen);
    draft_add(draft, record, S("editions"), 1);
    draft_set(draft, record,
              STR(draft->arena, EDITION_PREFIX, values_int(&record->values, S("editions"))),
              value_text(request->change->frozen));
    decide_edition_ends(draft, request);
    return true;
}

static bool decide_now(Draft *draft, const Request *request, Err *err)
{
    Step step = {.move = request->move, .record = request->record, .form = &request->form};
    Str by = STR(draft->arena, "actor_", request->move->name);
    if (draft->actor->account)
        draft_add_id(draft, request->record, by, draft->actor->account);
    decide_contact(draft, request);
    return decide_edition(draft, request, err) && step_apply(draft, &step, err);
}

static bool decide_find(Draft *draft, const Change *change, Request *request, Err *err)
{
    const Kind *kind;
    if (change->record) {
        request->record = draft_record(draft, change->record, err);
        if (!request->record)
            return err && err->code ? false
                                    : err_set(err, ERR_NOT_FOUND, MSG_no_such_record, S(""));
        kind = request->record->kind;
    } else {
        kind = profile_kind(draft->office->profile, change->kind);
    }
    if (!kind || !kind->flow)
        return err_set(err, ERR_NOT_FOUND, MSG_no_such_kind, change->kind);
    request->move = flow_move(kind->flow, change->move);
    if (!request->move || (request->move->n_from == 0) != (change->record == 0)) {
        if (change->record && decide_is_special(change->move))
            return true;
        return err_set(err, ERR_NOT_FOUND, MSG_no_such_move, change->move);
    }
    if (!change->record)
        request->record = draft_create(draft, kind, err);
    return request->record != NULL;
}

/* A parent that the actor may not open is not there for them either. */
static bool decide_parent(Draft *draft, Request *request, Err *err)
{
    const DraftRecord *parent = request->parent;
    Scope scope = {parent->kind, &parent->values};
    bool found;
    if (!parent->kind ||
        (!permit_see(draft->office, draft->actor, &scope) && !parent->kind->open_plain))
        return err_field(err, draft->arena, S("parent"), MSG_form_no_such_record,
                         form_text(&request->change->form, S("parent"), &found), S(""));
    if (values_int(&parent->values, S("voided_at")))
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_record_voided,
                       values_text(&parent->values, S("number")));
    return true;
}

/* A new record is permitted on the organisations its form names, a child on its parent's. */
static bool decide_new(Draft *draft, Request *request, Err *err)
{
    const Values *form = &request->form.values;
    int64_t parent_id = values_int(form, S("parent"));
    for (size_t i = 0; i < form->n; i++)
        values_set(draft->arena, &request->record->values, form->p[i].name, form->p[i].value);
    if (!parent_id)
        return true;
    request->parent = draft_record(draft, parent_id, err);
    if (!request->parent || !decide_parent(draft, request, err))
        return false;
    child_inherit(draft, request->parent, request->record);
    return true;
}

/* A role works below the organisation that a field names; left empty in the form, the field is what
 * is missing, not the permission. */
static bool decide_new_permit(Draft *draft, const Request *request, Err *err)
{
    const DraftRecord *record = request->record;
    const Account *account = office_account(draft->office, draft->actor->account);
    if (decide_permit(draft, request, false, err))
        return true;
    for (size_t i = 0; account && !request->parent && i < account->n_grants; i++) {
        const Role *role = account->grants[i].role;
        const Field *over = kind_field(record->kind, role->over);
        if (over && role_makes(role, record->kind, request->move) &&
            values_get(&record->values, over->name).type == VALUE_NONE) {
            err_clear(err);
            return err_field(err, draft->arena, over->name, MSG_form_required, S(""), S(""));
        }
    }
    return false;
}

static bool decide_move(Draft *draft, Request *request, Decision *decision, Err *err)
{
    /* Whoever may not make the move learns nothing of the record from other refusals. */
    if (!request->record->is_new && !decide_permit(draft, request, false, err))
        return false;
    if (!decide_version(draft, request, err) || !decide_state(request, err) ||
        !decide_when(draft, request, err) || !decide_form(draft, request, err))
        return false;
    if (request->record->is_new &&
        (!decide_new(draft, request, err) || !decide_new_permit(draft, request, err)))
        return false;
    decision->pending = decide_needs_approval(draft, request);
    if (decision->pending)
        return pending_set(draft, request->move, request->record, &request->form, err);
    return decide_now(draft, request, err);
}

bool decide(Draft *draft, const Change *change, Decision *ret_decision, Err *err)
{
    Request request = {.change = change};
    Decision decision = {0};
    /* The public tells no times: what it sends happens now. */
    draft->at = change->at && change->actor.type != ACTOR_PUBLIC ? change->at : draft->now;
    draft->actor = &change->actor;
    if (!decide_find(draft, change, &request, err))
        return false;
    decision.record = request.record->id;
    decision.action = STR(draft->arena, request.record->kind->name, ".", change->move);
    if (request.move) {
        if (!decide_move(draft, &request, &decision, err))
            return false;
    } else if (!decide_version(draft, &request, err) ||
               !decide_special_when(draft, change, request.record, err) ||
               !decide_special(draft, change, request.record, err)) {
        return false;
    }
    *ret_decision = decision;
    return true;
}
