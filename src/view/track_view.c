/* SPDX-License-Identifier: Apache-2.0 */
/* What a submitter sees who has number and query code. */
#include "view/clock_view.h"
#include "view/guard.h"
#include "view/move_view.h"

static bool no_such_track(Err *err)
{
    return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_track);
}

bool track_open(Visit *visit, Str number, Str code, const Kind **ret_kind, Record *ret_record,
                Err *err)
{
    Record record;
    const Kind *kind;
    bool found;
    Str wanted = str_trim(number);
    if (wanted.n == 0 || wanted.n > 64 || code.n == 0 || code.n > 64)
        return no_such_track(err);
    if (!record_find(visit->arena, visit->db, wanted, &record, &found, err))
        return false;
    kind =
        found ? profile_kind(visit->office->profile, values_text(&record.values, S("kind"))) : NULL;
    /* Only kinds that the public may submit can be followed. */
    if (!kind || !kind_first_move(kind, true) ||
        !site_query_code_is(visit->site, record.id, code)) {
        guard_miss(visit);
        return no_such_track(err);
    }
    *ret_kind = kind;
    *ret_record = record;
    return true;
}

static void steps_sort(HistoryView *steps, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        HistoryView step = steps[i];
        size_t j = i;
        for (; j > 0 && steps[j - 1].at > step.at; j--)
            steps[j] = steps[j - 1];
        steps[j] = step;
    }
}

/* Steps that concern the submitter; returning, urging, approving stay inside. */
static void track_steps(Visit *visit, const Subject *subject, TrackView *view)
{
    const Flow *flow = subject->kind->flow;
    HistoryView *steps = NEW_ARRAY(visit->arena, HistoryView, flow->n_moves);
    for (size_t i = 0; i < flow->n_moves; i++) {
        const Move *move = &flow->moves[i];
        Label what = move->told_as.zh.n ? move->told_as : move->label;
        Instant at = move->told ? values_int(&subject->record->values, move->milestones[0]) : 0;
        if (at)
            steps[view->n_steps++] = (HistoryView){
                .at = at, .move = move->name, .what = label_text(what, visit->language)};
    }
    steps_sort(steps, view->n_steps);
    view->steps = steps;
}

/* What the public may do; the visitor may be signed in as somebody else. */
static void track_moves(Visit *visit, const Subject *subject, TrackView *view)
{
    const Flow *flow = subject->kind->flow;
    MoveView *moves = NEW_ARRAY(visit->arena, MoveView, flow->n_moves + 1);
    Visit *public = visit_as_public(visit);
    for (size_t i = 0; i < flow->n_moves; i++) {
        const Move *move = &flow->moves[i];
        Str blocked;
        if (!move->by_public || !move_stands(public, subject, move, &blocked) || blocked.n)
            continue;
        /* Rated once; again only after it was answered anew, which clears the milestone. */
        if (move->rates && values_int(&subject->record->values, move->milestones[0]))
            continue;
        moves[view->n_moves++] = move_view(public, subject, move);
    }
    view->moves = moves;
}

static bool may_rate(const TrackView *view)
{
    for (size_t i = 0; i < view->n_moves; i++)
        if (view->moves[i].move->rates)
            return true;
    return false;
}

static Str track_next(Visit *visit, const Subject *subject, const TrackView *view)
{
    const Values *values = &subject->record->values;
    Str due = view_month_day(visit, (Day)values_int(values, S("due_on")));
    int64_t lead = values_id(values, S("lead"));
    if (view->voided)
        return view_say(visit, MSG_view_next_voided,
                        label_text(visit->office->profile->office, visit->language));
    if (may_rate(view))
        return view_say(visit, MSG_view_next_rate);
    if (subject->state && subject->state->follows && view->reply.n == 0)
        return view_say(visit, MSG_view_next_merged);
    switch (light_of(values, visit->now)) {
    case LIGHT_NONE:
        return S("");
    case LIGHT_STANDING:
        return view_say(visit, MSG_view_next_paused);
    default:
        break;
    }
    if (lead)
        return view_say(visit, MSG_view_next_unit, view_name(visit, lead), due);
    return view_say(visit, MSG_view_next_due, view->status_label, due);
}

/* The answer itself, or that of the record this one was merged into. */
static bool track_reply(Visit *visit, const Subject *subject, TrackView *view, Err *err)
{
    const Values *values = &subject->record->values;
    const Field *result = kind_field(subject->kind, S("result"));
    const Field *follows = subject->state ? subject->state->follows : NULL;
    int64_t target = follows ? values_id(values, follows->name) : 0;
    Record other;
    if (values_text(values, subject->kind->reply).n == 0 && target) {
        if (!record_get(visit->arena, visit->db, target, &other, err))
            return false;
        values = &other.values;
    }
    for (size_t i = 0; i < subject->kind->n_reply_at && !view->replied_at; i++)
        view->replied_at = values_int(values, subject->kind->reply_at[i]);
    if (!view->replied_at)
        return true;
    view->reply = values_text(values, subject->kind->reply);
    if (result)
        view->result_label = field_text(visit, result, values_get(values, S("result")));
    return true;
}

/* Why it was not taken up is told where the profile asks for words to the submitter. */
static void track_note(const Subject *subject, TrackView *view)
{
    const Kind *kind = subject->kind;
    for (size_t i = 0; i < kind->n_fields && view->reply.n == 0; i++)
        if (kind->fields[i]->told)
            view->reply = values_text(&subject->record->values, kind->fields[i]->name);
}

bool track_view(Visit *visit, Str number, Str code, TrackView *ret_view, Err *err)
{
    Record *record = NEW(visit->arena, Record);
    const Kind *kind;
    Subject subject;
    TrackView view = {0};
    if (!track_open(visit, number, code, &kind, record, err))
        return false;
    subject = subject_of(visit, kind, record);
    view.number = values_text(&record->values, S("number"));
    view.title = record_title(kind, &record->values);
    view.kind_label = label_text(kind->label, visit->language);
    view.status_label = subject.state ? label_text(subject.state->label, visit->language) : S("");
    view.submitted_at = values_int(&record->values, S("created_at"));
    view.version = record->version;
    view.voided = values_int(&record->values, S("voided_at")) != 0;
    /* Why stays inside: the reason is free text, and what was wrong may be the answer itself. */
    if (view.voided)
        view.status_label = view_say(visit, MSG_view_voided);
    else if (!track_reply(visit, &subject, &view, err))
        return false;
    else
        track_note(&subject, &view);
    track_steps(visit, &subject, &view);
    track_moves(visit, &subject, &view);
    view.next = track_next(visit, &subject, &view);
    *ret_view = view;
    return true;
}
