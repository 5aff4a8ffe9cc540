/* SPDX-License-Identifier: Apache-2.0 */
#include "record/clock.h"

static bool rule_has(Value rule, Str code)
{
    for (size_t i = 0; rule.type == VALUE_CODES && i < rule.count; i++)
        if (str_eq(rule.codes[i], code))
            return true;
    return false;
}

/* "2023-03-01/2023-03-06" */
static bool pause_parse(Str text, Pause *ret_pause)
{
    return text.n == 21 && text.p[10] == '/' &&
           day_parse(str_slice(text, 0, 10), &ret_pause->from) &&
           day_parse(str_slice(text, 11, 21), &ret_pause->to);
}

static const Pause *pauses_parse(Arena *arena, Value pauses, size_t *ret_count)
{
    Pause *list = NEW_ARRAY(arena, Pause, pauses.count + 1);
    size_t count = 0;
    for (size_t i = 0; pauses.type == VALUE_CODES && i < pauses.count; i++)
        if (pause_parse(pauses.codes[i], &list[count]))
            count++;
    *ret_count = count;
    return list;
}

bool record_clock(Arena *arena, const Values *values, RecordClock *ret_clock)
{
    Value rule = values_get(values, S("clock_rule"));
    Duration limit;
    int extended = (int)values_int(values, S("extended_workdays"));
    if (!duration_parse(values_text(values, S("clock_within")), &limit))
        return false;
    *ret_clock = (RecordClock){.source = {values_text(values, S("clock_source")),
                                          values_text(values, S("clock_source_en"))},
                               .paused = values_int(values, S("paused_on")) != 0};
    limit.source = ret_clock->source;
    limit.start = rule_has(rule, S("same_day")) ? DURATION_SAME_DAY : DURATION_NEXT_DAY;
    limit.roll = !rule_has(rule, S("no_roll"));
    limit.pausable = rule_has(rule, S("pausable"));
    ret_clock->durations[0] = limit;
    ret_clock->durations[1] =
        (Duration){.amount = extended, .unit = DURATION_WORKDAY, .roll = true};
    ret_clock->term.durations = ret_clock->durations;
    ret_clock->term.duration_count = extended ? 2 : 1;
    ret_clock->term.from = (Day)values_int(values, S("clock_from"));
    ret_clock->term.pauses =
        pauses_parse(arena, values_get(values, S("pauses")), &ret_clock->term.pause_count);
    return true;
}

bool wait_runs(const Calendar *calendar, const Move *move, const Facts *facts, Instant at,
               Day *ret_last)
{
    Instant since = values_int(facts->own, move->wait_since);
    if (since == 0 || (move->wait_unless && rule_holds(move->wait_unless, facts)))
        return false;
    if (move->wait.amount == 0) {
        *ret_last = day_of(since);
        return at < since;
    }
    *ret_last = due_date(calendar, move->wait, day_of(since)).due;
    return day_of(at) <= *ret_last;
}

Str clock_duration_text(Arena *arena, Duration duration)
{
    switch (duration.unit) {
    case DURATION_WORKDAY:
        return STR(arena, duration.amount, " workdays");
    case DURATION_CALENDAR_DAY:
        return STR(arena, duration.amount, " days");
    case DURATION_MONTH:
        return STR(arena, duration.amount, " months");
    }
    return S("");
}

Value clock_duration_rule(Arena *arena, Duration duration)
{
    Str codes[3];
    size_t count = 0;
    if (duration.start == DURATION_SAME_DAY)
        codes[count++] = S("same_day");
    if (!duration.roll)
        codes[count++] = S("no_roll");
    if (duration.pausable)
        codes[count++] = S("pausable");
    return value_codes(arena, codes, count);
}
