/* SPDX-License-Identifier: Apache-2.0 */
/* The clock of a record is a handful of its values, so that a later profile cannot change a
 * deadline that was given: clock_within ("10 workdays"), clock_rule (codes: same_day, no_roll,
 * pausable), clock_source and clock_source_en, clock_from, extended_workdays, pauses
 * ("2023-03-01/2023-03-06"). Due day and lights follow from them and the calendar. */
#include "record/clock.h"
#include "calendar/due.h"
#include "change/decide.h"

static const Clock *clock_pick(const Move *move, const Values *values)
{
    Str wanted = values_text(values, move->clock_by);
    if (move->n_clocks == 0)
        return NULL;
    for (size_t i = 0; move->clock_by.n && i < move->n_clocks; i++)
        if (str_eq(move->clocks[i].name, wanted))
            return &move->clocks[i];
    return move->clock_by.n ? NULL : &move->clocks[0];
}

static void clock_forget(Draft *draft, DraftRecord *record)
{
    static const Str names[] = {
        S_CONST("pauses"),      S_CONST("paused_on"), S_CONST("extended_workdays"),
        S_CONST("on_time"),     S_CONST("days_used"), S_CONST("clock"),
        S_CONST("due_on"),      S_CONST("yellow_at"), S_CONST("red_at"),
        S_CONST("provisional"),
    };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        draft_clear(draft, record, names[i]);
}

/* Of the limit that ends on the date in the field, or on the day of the move where that is past. */
static int days_until(const Draft *draft, const Move *move, const Values *values)
{
    Day until = (Day)values_int(values, move->clock_field);
    return MIN(MAX(until - day_of(draft->at) + 1, 1), DURATION_AMOUNT_MAX);
}

static void clock_start(Draft *draft, const Move *move, DraftRecord *record)
{
    const Clock *clock = clock_pick(move, &record->values);
    Duration limit;
    clock_forget(draft, record);
    if (!clock || (move->clock_field.n && !values_int(&record->values, move->clock_field)))
        return;
    limit = clock->duration;
    if (move->clock_field.n)
        limit.amount = days_until(draft, move, &record->values);
    if (clock->name.n)
        draft_set(draft, record, S("clock"), value_text(clock->name));
    draft_set(draft, record, S("clock_within"),
              value_text(clock_duration_text(draft->arena, limit)));
    draft_set(draft, record, S("clock_rule"), clock_duration_rule(draft->arena, limit));
    draft_set(draft, record, S("clock_source"), value_text(limit.source.zh));
    draft_set(draft, record, S("clock_source_en"), value_text(limit.source.en));
    draft_set(draft, record, S("clock_from"), value_int(day_of(draft->at)));
    clock_recompute(draft, record);
}

static void clock_resume(Draft *draft, DraftRecord *record)
{
    Day paused_on = (Day)values_int(&record->values, S("paused_on"));
    Value pauses = values_get(&record->values, S("pauses"));
    Str *all = NEW_ARRAY(draft->arena, Str, pauses.count + 1);
    if (!paused_on)
        return;
    for (size_t i = 0; i < pauses.count; i++)
        all[i] = pauses.codes[i];
    all[pauses.count] = STR(draft->arena, day_text(draft->arena, paused_on), "/",
                            day_text(draft->arena, day_of(draft->at)));
    draft_set(draft, record, S("pauses"), value_codes(draft->arena, all, pauses.count + 1));
    draft_clear(draft, record, S("paused_on"));
    clock_recompute(draft, record);
}

bool clock_check(Draft *draft, const Move *move, const Values *values, Err *err)
{
    Day due = (Day)values_int(values, S("due_on"));
    Day wanted = (Day)values_int(values, move->clock_field);
    if (move->clock != CLOCK_EXTEND)
        return true;
    if (!due)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_no_clock_runs);
    if (wanted <= due || workdays_between(draft->office->calendar, due, wanted) < 1)
        return err_field(err, draft->arena, move->clock_field, MSG_new_due_not_later,
                         day_text(draft->arena, due), S(""));
    return true;
}

/* Looked at again: the limit may have moved since it was asked for. */
static bool clock_extend(Draft *draft, const Move *move, DraftRecord *record, Err *err)
{
    Day due = (Day)values_int(&record->values, S("due_on"));
    Day wanted = (Day)values_int(&record->values, move->clock_field);
    if (!clock_check(draft, move, &record->values, err))
        return false;
    draft_add(draft, record, S("extended_workdays"),
              workdays_between(draft->office->calendar, due, wanted));
    clock_recompute(draft, record);
    return true;
}

/* The light goes out, the due day stays for the record to be judged by. */
static void clock_stop(Draft *draft, DraftRecord *record)
{
    draft_clear(draft, record, S("yellow_at"));
    draft_clear(draft, record, S("red_at"));
    draft_clear(draft, record, S("paused_on"));
}

bool clock_apply(Draft *draft, const Move *move, DraftRecord *record, Err *err)
{
    switch (move->clock) {
    case CLOCK_NONE:
        return true;
    case CLOCK_START:
        clock_start(draft, move, record);
        return true;
    case CLOCK_PAUSE:
        draft_set(draft, record, S("paused_on"), value_int(day_of(draft->at)));
        draft_clear(draft, record, S("yellow_at"));
        draft_clear(draft, record, S("red_at"));
        return true;
    case CLOCK_RESUME:
        clock_resume(draft, record);
        return true;
    case CLOCK_EXTEND:
        return clock_extend(draft, move, record, err);
    case CLOCK_STOP:
        clock_stop(draft, record);
        return true;
    }
    return true;
}

void clock_recompute(Draft *draft, DraftRecord *record)
{
    const Profile *profile = draft->office->profile;
    LightRule rule = {profile->yellow_workdays, profile->yellow_percent};
    RecordClock clock;
    Due due;
    Lights lights;
    if (!record_clock(draft->arena, &record->values, &clock))
        return;
    due = term_due(draft->office->calendar, &clock.term);
    if (!due.due)
        return;
    lights = term_lights(draft->office->calendar, &clock.term, due, rule);
    draft_set(draft, record, S("due_on"), value_int(due.due));
    draft_set(draft, record, S("yellow_at"), value_int(lights.yellow_at));
    draft_set(draft, record, S("red_at"), value_int(lights.red_at));
    if (due.provisional)
        draft_set(draft, record, S("provisional"), value_int(1));
    else
        draft_clear(draft, record, S("provisional"));
}
