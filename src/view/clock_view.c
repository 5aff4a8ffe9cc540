/* SPDX-License-Identifier: Apache-2.0 */
#include "view/clock_view.h"

#include "record/clock.h"

Light light_of(const Values *values, Instant now)
{
    Instant yellow_at = values_int(values, S("yellow_at"));
    Instant red_at = values_int(values, S("red_at"));
    if (!values_int(values, S("open")))
        return LIGHT_NONE;
    if (values_int(values, S("paused_on")))
        return LIGHT_STANDING;
    if (!red_at)
        return LIGHT_NONE;
    if (now >= red_at)
        return LIGHT_LATE;
    return now >= yellow_at ? LIGHT_NEAR : LIGHT_ON_COURSE;
}

/* [late][calendar days][one] */
static const MessageId left_words[2][2][2] = {
    {{MSG_view_left_workdays, MSG_view_left_workday}, {MSG_view_left_days, MSG_view_left_day}},
    {{MSG_view_late_workdays, MSG_view_late_workday}, {MSG_view_late_days, MSG_view_late_day}},
};

/* In the unit of the limit; where no working day lies between, in calendar days. */
static Str left_of_open(const Visit *visit, const Values *values, Day due)
{
    Day today = day_of(visit->now);
    bool late = today > due, calendar;
    Day first = late ? due : today, last = late ? today : due;
    int count = workdays_between(visit->office->calendar, first, last);
    RecordClock clock;
    if (today == due)
        return view_say(visit, MSG_view_left_today);
    calendar = count <= 0 || (record_clock(visit->arena, values, &clock) &&
                              clock.durations[0].unit != DURATION_WORKDAY);
    if (calendar)
        count = last - first;
    return view_say(visit, left_words[late][calendar][count == 1], STR(visit->arena, count));
}

Str clock_left(const Visit *visit, const Values *values)
{
    Value on_time = values_get(values, S("on_time"));
    Day due = (Day)values_int(values, S("due_on"));
    switch (light_of(values, visit->now)) {
    case LIGHT_STANDING:
        return view_say(visit, MSG_view_left_paused);
    case LIGHT_ON_COURSE:
    case LIGHT_NEAR:
    case LIGHT_LATE:
        return left_of_open(visit, values, due);
    case LIGHT_NONE:
        break;
    }
    if (on_time.type != VALUE_INT)
        return S("");
    return on_time.number ? view_say(visit, MSG_view_was_on_time)
                          : view_say(visit, MSG_view_was_late);
}

static Str day_word(const Visit *visit, const CountedDay *day)
{
    if (day->number > 0)
        return STR(visit->arena, day->number);
    if (day->is_paused)
        return view_say(visit, MSG_view_day_paused);
    if (day->is_start)
        return view_say(visit, MSG_view_day_start);
    if (day->calendar.kind == DAY_HOLIDAY) {
        Str name = label_text(day->calendar.name, visit->language);
        return name.n ? name : view_say(visit, MSG_view_day_off);
    }
    if (day->calendar.kind == DAY_WEEKEND)
        return view_say(visit, MSG_view_day_weekend);
    return day->is_rolled ? view_say(visit, MSG_view_day_rolled) : S("");
}

/* Days since an open pause are not yet in the record's pauses. */
static void clock_strip(Visit *visit, const RecordClock *clock, Day paused_on, ClockView *view)
{
    size_t count;
    const CountedDay *days = term_days(visit->arena, visit->office->calendar, &clock->term, &count);
    StripDay *strip = NEW_ARRAY(visit->arena, StripDay, count + 1);
    Day today = day_of(visit->now);
    for (size_t i = 0; i < count; i++) {
        Day day = days[i].calendar.day;
        bool paused = days[i].is_paused || (paused_on && day >= paused_on);
        strip[i] = (StripDay){.day = day,
                              .word = paused ? view_say(visit, MSG_view_day_paused)
                                             : day_word(visit, &days[i]),
                              .counted = days[i].number > 0 && !paused,
                              .today = day == today,
                              .due = day == view->due,
                              .paused = paused};
    }
    view->days = strip;
    view->n_days = count;
}

ClockView clock_view(Visit *visit, const Values *values, bool strip)
{
    ClockView view = {.light = light_of(values, visit->now),
                      .due = (Day)values_int(values, S("due_on")),
                      .left = clock_left(visit, values),
                      .provisional = values_int(values, S("provisional")) != 0};
    RecordClock clock;
    view.runs = view.light != LIGHT_NONE;
    if (!view.due || !record_clock(visit->arena, values, &clock))
        return view;
    view.from = clock.term.from;
    view.source = label_text(clock.source, visit->language);
    view.within = duration_words(visit->arena, clock.durations[0], visit->language);
    if (strip)
        clock_strip(visit, &clock, (Day)values_int(values, S("paused_on")), &view);
    return view;
}
