/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of domain rule 3.5, then pauses, extensions, lights and the strip; each also against
 * a model that does what the rule says, one day at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "calendar/due.h"
#include "years.h"

typedef struct World {
    Arena *arena;
    Calendar *calendar;
} World;

static int open_world(void **state)
{
    Arena *arena = arena_open();
    World *world = NEW(arena, World);
    world->arena = arena;
    world->calendar = shipped_calendar(arena);
    *state = world;
    return 0;
}

static int close_world(void **state)
{
    World *world = *state;
    arena_close(world->arena);
    return 0;
}

static Duration limit(const char *text)
{
    Duration duration = {0};
    assert_true(duration_parse(str_from_c(text), &duration));
    duration.pausable = true;
    return duration;
}

static void assert_day(Arena *arena, Day actual, const char *expected)
{
    assert_string_equal(str_c(arena, day_text(arena, actual)), expected);
}

static void ends_as_the_vectors_say_for_workdays(void **state)
{
    World *world = *state;
    static const struct {
        const char *from, *limit, *due;
    } vectors[] = {
        {"2026-02-13", "1 workday", "2026-02-14"},  {"2026-02-13", "5 workdays", "2026-02-27"},
        {"2026-04-30", "2 workdays", "2026-05-07"}, {"2026-09-18", "5 workdays", "2026-09-24"},
        {"2026-09-30", "1 workday", "2026-10-08"},  {"2026-09-30", "5 workdays", "2026-10-13"},
        {"2026-01-03", "1 workday", "2026-01-04"},  {"2025-09-30", "3 workdays", "2025-10-11"},
        {"2024-09-13", "2 workdays", "2024-09-18"}, {"2020-01-23", "5 workdays", "2020-02-07"},
    };
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        Due due = due_date(world->calendar, limit(vectors[i].limit), day(vectors[i].from));
        assert_day(world->arena, due.due, vectors[i].due);
        assert_int_equal(due.raw, due.due);
        assert_false(due.provisional);
    }
}

static void is_provisional_past_the_known_years(void **state)
{
    World *world = *state;
    Due due = due_date(world->calendar, limit("2 workdays"), day("2026-12-30"));
    assert_day(world->arena, due.due, "2027-01-04");
    assert_true(due.provisional);
    assert_false(due_date(world->calendar, limit("1 workday"), day("2026-12-30")).provisional);
    assert_true(due_date(world->calendar, limit("60 days"), day("2026-12-01")).provisional);
    Duration fixed = limit("60 days");
    fixed.roll = false; /* looks at no calendar */
    assert_false(due_date(world->calendar, fixed, day("2026-12-01")).provisional);
}

static void ends_as_the_vectors_say_for_days_and_months(void **state)
{
    World *world = *state;
    static const struct {
        const char *from, *limit, *raw, *due;
    } vectors[] = {
        {"2025-11-30", "3 months", "2026-02-28", "2026-02-28"},
        {"2026-01-31", "1 month", "2026-02-28", "2026-02-28"},
        {"2026-02-05", "3 months", "2026-05-05", "2026-05-06"},
        {"2026-07-01", "3 months", "2026-10-01", "2026-10-08"},
        {"2026-01-20", "30 days", "2026-02-19", "2026-02-24"},
        {"2026-03-05", "60 days", "2026-05-04", "2026-05-06"},
        {"2023-11-29", "3 months", "2024-02-29", "2024-02-29"},
        {"2025-12-31", "12 months", "2026-12-31", "2026-12-31"},
    };
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        Due due = due_date(world->calendar, limit(vectors[i].limit), day(vectors[i].from));
        assert_day(world->arena, due.raw, vectors[i].raw);
        assert_day(world->arena, due.due, vectors[i].due);
        assert_false(due.provisional);
    }
}

static void stays_on_a_day_of_rest_without_roll(void **state)
{
    World *world = *state;
    Duration duration = limit("3 months");
    duration.roll = false;
    assert_day(world->arena, due_date(world->calendar, duration, day("2026-07-01")).due,
               "2026-10-01");
}

static void counts_the_first_day_when_asked(void **state)
{
    World *world = *state;
    static const struct {
        const char *from, *limit, *raw;
    } vectors[] = {
        {"2026-03-02", "5 workdays", "2026-03-06"}, {"2026-03-07", "1 workday", "2026-03-09"},
        {"2026-03-02", "1 day", "2026-03-02"},      {"2026-03-01", "1 month", "2026-03-31"},
        {"2026-01-31", "1 month", "2026-02-28"},
    };
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        Duration duration = limit(vectors[i].limit);
        duration.start = DURATION_SAME_DAY;
        Due due = due_date(world->calendar, duration, day(vectors[i].from));
        assert_day(world->arena, due.raw, vectors[i].raw);
    }
}

static const LightRule warning = {.workdays = 3, .percent = 20};

static void no_limit_has_no_due_day(void **state)
{
    World *world = *state;
    Duration none = {0};
    Due due = due_date(world->calendar, none, day("2026-03-02"));
    assert_int_equal(due.due, 0);
    Term term = {.durations = &none, .duration_count = 1, .from = day("2026-03-02")};
    Lights lights = term_lights(world->calendar, &term, due, warning);
    assert_int_equal(lights.yellow_at, 0);
    assert_int_equal(lights.red_at, 0);
    size_t count = 1;
    term_days(world->arena, world->calendar, &term, &count);
    assert_int_equal(count, 0);
    assert_int_equal(duration_words(world->arena, none, LANGUAGE_EN).n, 0);
}

/* ---- pauses and extensions ---- */

static Due paused_due(World *world, const char *text, const char *from, const Pause *pauses,
                      size_t count)
{
    Duration duration = limit(text);
    Term term = {&duration, 1, day(from), pauses, count};
    return term_due(world->calendar, &term);
}

static void a_pause_moves_the_end_by_what_it_covered(void **state)
{
    World *world = *state;
    /* Monday 2 March + 5 workdays is Monday 9 March; Wednesday to Friday are taken out. */
    Pause pause = {day("2026-03-04"), day("2026-03-07")};
    assert_day(world->arena, paused_due(world, "5 workdays", "2026-03-02", &pause, 1).due,
               "2026-03-12");
    /* Ten calendar days: 12 March; three days later is Sunday the 15th. */
    Due due = paused_due(world, "10 days", "2026-03-02", &pause, 1);
    assert_day(world->arena, due.raw, "2026-03-15");
    assert_day(world->arena, due.due, "2026-03-16");
    due = paused_due(world, "1 month", "2026-03-02", &pause, 1);
    assert_day(world->arena, due.raw, "2026-04-05");
    assert_day(world->arena, due.due, "2026-04-07");
}

static void a_pause_counts_only_inside_the_clock(void **state)
{
    World *world = *state;
    Pause late = {day("2026-03-10"), day("2026-03-20")};
    Pause early = {day("2026-02-20"), day("2026-03-03")};
    Pause empty = {day("2026-03-04"), day("2026-03-04")};
    assert_day(world->arena, paused_due(world, "5 workdays", "2026-03-02", &late, 1).due,
               "2026-03-09");
    assert_day(world->arena, paused_due(world, "5 days", "2026-03-02", &late, 1).due, "2026-03-09");
    assert_day(world->arena, paused_due(world, "5 workdays", "2026-03-02", &early, 1).due,
               "2026-03-09");
    assert_day(world->arena, paused_due(world, "5 workdays", "2026-03-02", &empty, 1).due,
               "2026-03-09");
}

static void a_pause_in_the_rolled_days_does_not_end_inside_itself(void **state)
{
    World *world = *state;
    /* 5 days from 2 March: Saturday 7, rolled to Monday 9. */
    Pause pause = {day("2026-03-08"), day("2026-03-11")};
    assert_day(world->arena, paused_due(world, "5 days", "2026-03-02", &pause, 1).due,
               "2026-03-12");
}

static void a_limit_that_is_not_pausable_runs_on(void **state)
{
    World *world = *state;
    Duration duration = limit("5 workdays");
    duration.pausable = false;
    Pause pause = {day("2026-03-04"), day("2026-03-07")};
    Term term = {&duration, 1, day("2026-03-02"), &pause, 1};
    assert_day(world->arena, term_due(world->calendar, &term).due, "2026-03-09");
}

static void an_extension_begins_at_the_due_day(void **state)
{
    World *world = *state;
    Duration durations[] = {limit("30 days"), {0}, limit("5 workdays")};
    Pause pause = {day("2026-02-25"), day("2026-02-26")};
    Term term = {durations, 3, day("2026-01-20"), NULL, 0};
    assert_day(world->arena, term_due(world->calendar, &term).due, "2026-03-02");
    term.pauses = &pause;
    term.pause_count = 1;
    assert_day(world->arena, term_due(world->calendar, &term).due, "2026-03-03");
}

static Day random_day(RandomSource *random, const char *from, uint64_t span)
{
    return day(from) + (Day)random_below(random, span);
}

/* The rule as written: the end without a pause, moved on by as many days as the pause took out. */
static Day model_with_pause(const Calendar *calendar, Duration duration, Day from, Pause pause)
{
    Due plain = due_date(calendar, duration, from);
    Day begin = MAX(pause.from, from + 1);
    if (begin > plain.due || pause.to <= begin)
        return plain.due;
    if (duration.unit == DURATION_WORKDAY) {
        int covered = workdays_between(calendar, begin - 1, pause.to - 1);
        Day end = plain.due;
        while (covered > 0)
            covered -= calendar_is_workday(calendar, ++end);
        return end;
    }
    Day end = (begin <= plain.raw ? plain.raw : plain.due) + (pause.to - begin);
    while (!calendar_is_workday(calendar, end))
        end++;
    return end;
}

static void pauses_agree_with_the_model(void **state)
{
    World *world = *state;
    RandomSource random = random_seeded(41);
    for (int i = 0; i < 4000; i++) {
        static const char *const units[] = {"7 workdays", "15 days", "2 months", "1 workday"};
        Duration duration = limit(units[random_below(&random, 4)]);
        Day from = random_day(&random, "2019-01-01", 2500);
        Pause pause = {from - 5 + (Day)random_below(&random, 60), 0};
        pause.to = pause.from + (Day)random_below(&random, 25);
        Term term = {&duration, 1, from, &pause, 1};
        assert_int_equal(term_due(world->calendar, &term).due,
                         model_with_pause(world->calendar, duration, from, pause));
    }
}

static void workday_limits_agree_with_counting(void **state)
{
    World *world = *state;
    RandomSource random = random_seeded(42);
    for (int i = 0; i < 4000; i++) {
        Day from = random_day(&random, "2004-01-01", 8000);
        int amount = 1 + (int)random_below(&random, 40);
        Duration duration = {.amount = amount, .roll = true};
        Due due = due_date(world->calendar, duration, from);
        assert_true(calendar_is_workday(world->calendar, due.due));
        assert_int_equal(workdays_between(world->calendar, from, due.due), amount);
        duration.unit = DURATION_CALENDAR_DAY;
        due = due_date(world->calendar, duration, from);
        assert_int_equal(due.raw, from + amount);
        assert_true(calendar_is_workday(world->calendar, due.due));
        int skipped = workdays_between(world->calendar, due.raw - 1, due.due);
        assert_int_equal(skipped, 1);
    }
}

/* ---- lights ---- */

static Lights lights_of(World *world, const char *text, const char *from)
{
    Duration duration = limit(text);
    Term term = {&duration, 1, day(from), NULL, 0};
    return term_lights(world->calendar, &term, term_due(world->calendar, &term), warning);
}

static void turns_yellow_with_three_workdays_or_a_fifth_left(void **state)
{
    World *world = *state;
    /* 10 workdays from 2 March end on the 16th; 3 are left from the 11th. */
    Lights lights = lights_of(world, "10 workdays", "2026-03-02");
    assert_day(world->arena, lights.yellow, "2026-03-11");
    assert_int_equal(lights.yellow_at, day_start(day("2026-03-11")));
    assert_int_equal(lights.red_at, day_start(day("2026-03-17")));
    /* 25 workdays end on 7 April; a fifth is 5, left from 30 March (31, 1, 2, 3, 7). */
    assert_day(world->arena, lights_of(world, "25 workdays", "2026-03-02").yellow, "2026-03-30");
    /* 60 calendar days end on 1 May, due 6 May: 65 days, of which 13 are left on 23 April. */
    assert_day(world->arena, lights_of(world, "60 days", "2026-03-02").yellow, "2026-04-23");
    /* Shorter than the warning: yellow from the start. */
    assert_day(world->arena, lights_of(world, "2 workdays", "2026-03-02").yellow, "2026-03-02");
}

static void yellow_agrees_with_the_rule_on_every_day(void **state)
{
    World *world = *state;
    RandomSource random = random_seeded(43);
    for (int i = 0; i < 300; i++) {
        Duration duration = {.amount = 1 + (int)random_below(&random, 60), .roll = true};
        duration.unit = random_below(&random, 2) ? DURATION_WORKDAY : DURATION_CALENDAR_DAY;
        Term term = {&duration, 1, random_day(&random, "2018-01-01", 2500), NULL, 0};
        LightRule rule = {(int)random_below(&random, 6), (int)random_below(&random, 50)};
        Due due = term_due(world->calendar, &term);
        Lights lights = term_lights(world->calendar, &term, due, rule);
        bool works = duration.unit == DURATION_WORKDAY;
        int64_t total = works ? duration.amount : due.due - term.from;
        for (Day at = term.from; at <= due.due; at++) {
            int left_workdays = workdays_between(world->calendar, at, due.due);
            int64_t left = works ? left_workdays : due.due - at;
            bool yellow = left_workdays <= rule.workdays || left * 100 <= total * rule.percent;
            assert_int_equal(yellow, at >= lights.yellow);
        }
    }
}

/* ---- strip ---- */

static void shows_which_days_counted_and_why_not(void **state)
{
    World *world = *state;
    size_t count = 0;
    Duration duration = limit("3 workdays");
    Term term = {.durations = &duration, .duration_count = 1, .from = day("2026-02-13")};
    const CountedDay *days = term_days(world->arena, world->calendar, &term, &count);
    /* 13 received, 14 made up, 15 to 23 Spring Festival, 24 and 25. */
    assert_int_equal(count, 13);
    assert_true(days[0].is_start);
    assert_int_equal(days[0].number, 0);
    assert_int_equal(days[1].number, 1);
    assert_int_equal(days[1].calendar.kind, DAY_MAKE_UP);
    assert_int_equal(days[2].calendar.kind, DAY_WEEKEND);
    assert_int_equal(days[3].calendar.kind, DAY_HOLIDAY);
    assert_true(str_eq(days[3].calendar.name.zh, S("春节")));
    assert_int_equal(days[10].number, 0);
    assert_int_equal(days[11].number, 2);
    assert_int_equal(days[12].number, 3);
}

static void shows_pauses_rolled_days_and_extensions(void **state)
{
    World *world = *state;
    Duration durations[] = {limit("5 days"), limit("1 workday")};
    Pause pause = {day("2026-03-03"), day("2026-03-04")};
    Term term = {durations, 2, day("2026-03-01"), &pause, 1};
    size_t count = 0;
    const CountedDay *days = term_days(world->arena, world->calendar, &term, &count);
    /* 1 received, 2 counts, 3 paused, 4 to 7 count, rolled to Monday 9, extension 10. */
    assert_int_equal(count, 10);
    static const int numbers[] = {0, 1, 0, 2, 3, 4, 5, 0, 0, 6};
    for (size_t i = 0; i < count; i++)
        assert_int_equal(days[i].number, numbers[i]);
    assert_true(days[2].is_paused);
    assert_false(days[6].is_rolled);
    assert_true(days[7].is_rolled && days[8].is_rolled);
    assert_false(days[9].is_rolled);
}

static void the_strip_ends_at_the_due_day(void **state)
{
    World *world = *state;
    RandomSource random = random_seeded(44);
    for (int i = 0; i < 500; i++) {
        Duration durations[] = {limit("9 workdays"), limit("20 days")};
        durations[0].start = random_below(&random, 2) ? DURATION_NEXT_DAY : DURATION_SAME_DAY;
        Day from = random_day(&random, "2019-01-01", 2000);
        Pause pause = {from + (Day)random_below(&random, 40), 0};
        pause.to = pause.from + (Day)random_below(&random, 9);
        Term term = {durations, 1 + random_below(&random, 2), from, &pause, 1};
        size_t count = 0;
        ArenaMark mark = arena_mark(world->arena);
        const CountedDay *days = term_days(world->arena, world->calendar, &term, &count);
        assert_int_equal(days[count - 1].calendar.day, term_due(world->calendar, &term).due);
        int number = 0;
        for (size_t at = 0; at < count; at++) {
            assert_int_equal(days[at].calendar.day, from + (Day)at);
            if (days[at].number)
                assert_int_equal(days[at].number, ++number);
        }
        assert_int_equal(number, term.duration_count == 1 ? 9 : 29);
        arena_rewind(world->arena, mark);
    }
}

static void the_strip_is_never_longer_than_its_limit(void **state)
{
    World *world = *state;
    Duration duration = {.amount = 3650, .unit = DURATION_CALENDAR_DAY};
    Term term = {.durations = &duration, .duration_count = 1, .from = day("2020-01-01")};
    size_t count = 0;
    term_days(world->arena, world->calendar, &term, &count);
    assert_int_equal(count, STRIP_DAYS_MAX);
}

static void says_a_limit_in_both_languages(void **state)
{
    World *world = *state;
    Arena *arena = world->arena;
    assert_true(str_eq(duration_words(arena, limit("10 workdays"), LANGUAGE_ZH), S("10 个工作日")));
    assert_true(str_eq(duration_words(arena, limit("1 day"), LANGUAGE_EN), S("1 day")));
    assert_true(str_eq(duration_words(arena, limit("3 months"), LANGUAGE_EN), S("3 months")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_as_the_vectors_say_for_workdays),
        cmocka_unit_test(is_provisional_past_the_known_years),
        cmocka_unit_test(ends_as_the_vectors_say_for_days_and_months),
        cmocka_unit_test(stays_on_a_day_of_rest_without_roll),
        cmocka_unit_test(counts_the_first_day_when_asked),
        cmocka_unit_test(no_limit_has_no_due_day),
        cmocka_unit_test(a_pause_moves_the_end_by_what_it_covered),
        cmocka_unit_test(a_pause_counts_only_inside_the_clock),
        cmocka_unit_test(a_pause_in_the_rolled_days_does_not_end_inside_itself),
        cmocka_unit_test(a_limit_that_is_not_pausable_runs_on),
        cmocka_unit_test(an_extension_begins_at_the_due_day),
        cmocka_unit_test(pauses_agree_with_the_model),
        cmocka_unit_test(workday_limits_agree_with_counting),
        cmocka_unit_test(turns_yellow_with_three_workdays_or_a_fifth_left),
        cmocka_unit_test(yellow_agrees_with_the_rule_on_every_day),
        cmocka_unit_test(shows_which_days_counted_and_why_not),
        cmocka_unit_test(shows_pauses_rolled_days_and_extensions),
        cmocka_unit_test(the_strip_ends_at_the_due_day),
        cmocka_unit_test(the_strip_is_never_longer_than_its_limit),
        cmocka_unit_test(says_a_limit_in_both_languages),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
