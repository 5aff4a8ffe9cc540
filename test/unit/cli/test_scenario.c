/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/demo/scenario.h"

#include "cli_test.h"

typedef struct World {
    Arena *arena;
    Scenario scenario;
    Plan plan;
} World;

static Instant at(const char *text)
{
    Instant instant = 0;
    assert_true(instant_parse(str_from_c(text), &instant));
    return instant;
}

static void world_files(Arena *arena, Str folder)
{
    test_write(arena, folder, "words.tsv", "list\tword\ntrade\t铜材\ntrade\t注塑\ntrade\t包装\n");
    test_write(
        arena, folder, "texts.tsv",
        "set\tlead\ttitle\nx\tTL-A\t{trade}企业{2-9}件\nx\tTL-B\t{trade}之二\ny\tTL-B\t另一\n");
    test_write(arena, folder, "days.tsv",
               "day\ttitle\n2023-01-06\t一\n2023-01-20\t二\n2023-02-03\t三\n");
    test_write(arena, folder, "scripts.tsv",
               "script\tafter\twho\tmove\nbegin\t0\tintake\tthing.create\ttitle={title}\n"
               "long\t0\t\t=begin\nlong\t1-2w\tofficer\tanswer\tday={day+3}\n"
               "long\t1d\tpublic\trate\n"
               "dated\t0\toffice\tday.hold\ttitle={title}\n");
    test_write(arena, folder, "plan.tsv",
               "name\tcount\tscript\tsheet\tset\tfrom\tto\tlink\tlead\n"
               "days\teach\tdated\tdays\n"
               "old\t40\tlong\ttexts\tx\t2023-01-02\t2023-06-30\n"
               "new\t10\tlong\ttexts\ty\tnow-1d\tnow-1d\n"
               "linked\t6\tlong\ttexts\tx\t\t\tdays:2-3\tTL-B\n"
               "chained\t9\tbegin\ttexts\ty\t2023-01-02\t2023-01-31\tlinked days\n"
               "more\tfill:1\tbegin\ttexts\tx\t2023-01-02\tnow-9d\n");
}

static void world_plan(World *world, int64_t records)
{
    Str folder = test_folder(world->arena);
    Err err = {0};
    world_files(world->arena, folder);
    world->plan =
        (Plan){.now = at("2023-12-29T10:00:00+08:00"), .calendar = calendar_open(world->arena)};
    assert_true(scenario_load(world->arena, folder, &world->scenario, &err));
    assert_true(plan_cases(world->arena, &world->plan, &world->scenario, records, 0, &err));
    plan_events(world->arena, &world->plan);
}

static size_t cases_of(const World *world, const char *group)
{
    size_t count = 0;
    for (size_t i = 0; i < world->plan.n_cases; i++)
        count += str_eq(world->plan.cases[i].group->name, str_from_c(group));
    return count;
}

static void the_plan_says_how_many(void **state)
{
    World world = {.arena = arena_open()};
    (void)state;
    world_plan(&world, 0);
    assert_int_equal(cases_of(&world, "days"), 3);
    assert_int_equal(cases_of(&world, "old"), 40);
    assert_int_equal(cases_of(&world, "linked"), 6);
    assert_int_equal(cases_of(&world, "more"), 0);
    arena_close(world.arena);
}

static void records_scale_the_plan(void **state)
{
    World world = {.arena = arena_open()};
    (void)state;
    world_plan(&world, 1000);
    assert_int_equal(world.plan.n_cases, 1000);
    assert_int_equal(cases_of(&world, "old"), 40);
    world_plan(&world, 20);
    assert_int_equal(cases_of(&world, "days"), 3);
    assert_true(world.plan.n_cases <= 20);
    arena_close(world.arena);
}

static void events_come_in_order_and_none_after_now(void **state)
{
    World world = {.arena = arena_open()};
    size_t cut = 0;
    (void)state;
    world_plan(&world, 0);
    for (size_t i = 0; i < world.plan.n_events; i++) {
        const Event *event = &world.plan.events[i];
        assert_true(event->at < world.plan.now);
        assert_true(i == 0 || world.plan.events[i - 1].at <= event->at);
    }
    for (size_t i = 0; i < world.plan.n_cases; i++)
        cut += world.plan.cases[i].group->script->steps.n;
    assert_true(world.plan.n_events < cut); /* the new ones are not finished */
    arena_close(world.arena);
}

static void linked_matters_come_after_what_they_are_linked_to(void **state)
{
    World world = {.arena = arena_open()};
    (void)state;
    world_plan(&world, 0);
    for (size_t i = 0; i < world.plan.n_cases; i++) {
        const Case *matter = &world.plan.cases[i];
        if (!matter->n_links)
            continue;
        const Case *link = &world.plan.cases[matter->links[0]];
        assert_true(matter->begins >= link->begins);
        if (str_eq(matter->group->name, S("chained")))
            continue;
        assert_str(link->group->name, S("days"));
        assert_true(link->row >= 1);
        assert_str(sheet_cell(matter->group->sheet, matter->row, S("lead")), S("TL-B"));
    }
    arena_close(world.arena);
}

static void a_matter_may_be_linked_to_several_and_comes_after_all(void **state)
{
    World world = {.arena = arena_open()};
    size_t seen = 0;
    (void)state;
    world_plan(&world, 0);
    for (size_t i = 0; i < world.plan.n_cases; i++) {
        Case *matter = &world.plan.cases[i];
        if (!str_eq(matter->group->name, S("chained")))
            continue;
        assert_int_equal(matter->n_links, 2);
        for (size_t j = 0; j < matter->n_links; j++) {
            Case *link = &world.plan.cases[matter->links[j]];
            link->result =
                (StreamResult){.record = 70 + (int64_t)j, .number = j ? S("N-1") : S("")};
            assert_true(matter->made > link->made);
        }
        Fill fill = {&world.plan, matter, matter->begins};
        assert_str(text_fill(world.arena, &fill, S("{nth}|{link}|{link2}|{link3}")),
                   STR(world.arena, (int64_t)++seen, "|#70|N-1|"));
    }
    assert_int_equal(seen, 9);
    arena_close(world.arena);
}

static void the_folder_says_when_the_clock_begins(void **state)
{
    Arena *arena = arena_open();
    Str folder = test_folder(arena);
    Instant now = 7;
    Err err = {0};
    (void)state;
    assert_true(scenario_now(arena, folder, &now, &err));
    assert_int_equal(now, 7);
    test_write(arena, folder, "settings.tsv", "name\tvalue\nnow\t2024-07-22T10:00:00+08:00\n");
    assert_true(scenario_now(arena, folder, &now, &err));
    assert_int_equal(now, at("2024-07-22T10:00:00+08:00"));
    test_write(arena, folder, "settings.tsv", "name\tvalue\nnow\tsoon\n");
    assert_false(scenario_now(arena, folder, &now, &err));
    arena_close(arena);
}

static void a_hole_says_the_same_all_through_a_matter(void **state)
{
    World world = {.arena = arena_open()};
    bool differs = false;
    Str first;
    (void)state;
    world_plan(&world, 0);
    first = text_fill(world.arena, &(Fill){&world.plan, &world.plan.cases[3], world.plan.now},
                      S("{title} {2-9}"));
    for (size_t i = 3; i < 43; i++) {
        Fill fill = {&world.plan, &world.plan.cases[i], world.plan.now};
        Str once = text_fill(world.arena, &fill, S("{title} {2-9}"));
        assert_str(once, text_fill(world.arena, &fill, S("{title} {2-9}")));
        assert_false(str_has(once, S("{")));
        differs |= !str_eq(once, first);
    }
    assert_true(differs);
    arena_close(world.arena);
}

static void holes_that_are_known(void **state)
{
    World world = {.arena = arena_open()};
    Fill fill;
    (void)state;
    world_plan(&world, 0);
    world.plan.cases[0].result.number = S("HKT-2023-01");
    fill = (Fill){&world.plan, &world.plan.cases[0], at("2023-10-20T09:00:00+08:00")};
    assert_str(text_fill(world.arena, &fill, S("{number}/{day+12}/{5-5}/{nothing}/{open")),
               S("HKT-2023-01/2023-11-01/5//{open"));
    arena_close(world.arena);
}

/* Property: later than before, and in office hours of a day of work. */
static void steps_happen_in_office_hours(void **state)
{
    Arena *arena = arena_open();
    const Calendar *calendar = calendar_open(arena);
    static const char *const texts[] = {"0", "5m", "1-4h", "9h", "1w", "2-6w", "1-30d"};
    RandomSource random = random_seeded(7);
    Instant now = at("2023-01-02T09:00:00+08:00");
    (void)state;
    for (int i = 0; i < 3000; i++) {
        After after;
        Instant later;
        assert_true(after_parse(str_from_c(texts[random_below(&random, COUNT_OF(texts))]), &after));
        later = time_after(calendar, now, after, false, &random);
        assert_true(later > now);
        assert_true(calendar_is_workday(calendar, day_of(later)));
        assert_true(later - day_start(day_of(later)) >= (8 * 3600 + 1800) * SECOND_US);
        assert_true(later - day_start(day_of(later)) < (17 * 3600 + 1800) * SECOND_US);
        now = i % 50 ? later : at("2023-01-02T09:00:00+08:00");
    }
    arena_close(arena);
}

static void wrong_times_are_refused(void **state)
{
    static const char *const wrong[] = {"", "w", "3", "3x", "5-2w", "a-bw", "-1d", "99999d"};
    After after;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_false(after_parse(str_from_c(wrong[i]), &after));
}

static void mistakes_in_the_tables_are_named(void **state)
{
    static const char *const plans[] = {
        "name\tcount\tscript\tsheet\nx\t3\tno_such_script\ttexts\n",
        "name\tcount\tscript\tsheet\nx\tmany\tbegin\ttexts\n",
        "name\tcount\tscript\tsheet\tset\nx\t3\tbegin\ttexts\tno_such_set\n",
        "name\tcount\tscript\tsheet\tset\tfrom\tto\tlink\nx\t3\tbegin\ttexts\tx\t\t\tlater\n",
    };
    Arena *arena = arena_open();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(plans); i++) {
        Str folder = test_folder(arena);
        Scenario scenario;
        Err err = {0};
        world_files(arena, folder);
        test_write(arena, folder, "plan.tsv", plans[i]);
        assert_false(scenario_load(arena, folder, &scenario, &err));
        assert_int_equal(err.code, ERR_WRONG);
    }
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plan_says_how_many),
        cmocka_unit_test(records_scale_the_plan),
        cmocka_unit_test(events_come_in_order_and_none_after_now),
        cmocka_unit_test(linked_matters_come_after_what_they_are_linked_to),
        cmocka_unit_test(a_matter_may_be_linked_to_several_and_comes_after_all),
        cmocka_unit_test(the_folder_says_when_the_clock_begins),
        cmocka_unit_test(a_hole_says_the_same_all_through_a_matter),
        cmocka_unit_test(holes_that_are_known),
        cmocka_unit_test(steps_happen_in_office_hours),
        cmocka_unit_test(wrong_times_are_refused),
        cmocka_unit_test(mistakes_in_the_tables_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
