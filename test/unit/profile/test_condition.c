/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include "base/moment.h"
#include "profile/fact.h"

/* The guard of a move `look` with this condition. */
static const Condition *guard(Arena *arena, const char *condition)
{
    Str text = STR(arena,
                   SETTINGS VISIT "kind: trip\nlabel: {zh: 行, en: Trip}\nparent: visit\n"
                                  "fields:\n"
                                  "  - {name: after, type: record, to: visit,"
                                  " label: {zh: 后, en: After}}\n"
                                  "  - {name: heads, type: number, label: {zh: 数, en: Heads}}\n"
                                  "  - {name: cost, type: money, label: {zh: 费, en: Cost}}\n"
                                  "  - {name: share, type: decimal, scale: 2,"
                                  " label: {zh: 比, en: Share}}\n"
                                  "  - {name: held_on, type: date, label: {zh: 日, en: Day}}\n"
                                  "  - {name: done, type: yes_no, label: {zh: 完, en: Done}}\n"
                                  "  - {name: topic, type: choice, of: topic,"
                                  " label: {zh: 题, en: Topic}}\n"
                                  "flow:\n"
                                  "  states: [{name: on, label: {zh: 开, en: On}}]\n"
                                  "  moves:\n"
                                  "    - {name: go, label: {zh: 去, en: Go}, to: on, who: [desk],"
                                  " milestones: [gone_at], guard: [{must: ",
                   condition, ", otherwise: {zh: 不, en: No}}]}\n");
    const Profile *profile = load_good(arena, str_c(arena, text));
    return profile_kind(profile, S("trip"))->flow->moves[0].guards[0].must;
}

static void expect_number(Arena *arena, const char *condition, int64_t number)
{
    const Condition *must = guard(arena, condition);
    assert_int_equal(must->n_values, 1);
    assert_int_equal(must->values[0].type, VALUE_INT);
    assert_int_equal(must->values[0].number, number);
}

static void test_values_have_the_type_of_their_fact(void **state UNUSED)
{
    Arena *arena = arena_open();
    Day day;
    Instant instant;
    assert_true(day_parse(S("2026-03-05"), &day));
    assert_true(instant_parse(S("2026-03-05"), &instant));
    expect_number(arena, "{heads: {at_least: 3}}", 3);
    expect_number(arena, "{cost: {more_than: 500}}", 500);
    expect_number(arena, "{share: {at_most: 0.5}}", 50);
    expect_number(arena, "{held_on: {less_than: 2026-03-05}}", day);
    expect_number(arena, "{gone_at: {at_least: 2026-03-05}}", instant);
    expect_number(arena, "{done: yes}", 1);
    expect_number(arena, "{on_time: no}", 0);
    assert_str(guard(arena, "{topic: land}")->values[0].text, S("land"));
    assert_int_equal(guard(arena, "{topic: [land, loans]}")->n_values, 2);
    assert_str(guard(arena, "{status: on}")->values[0].text, S("on"));
    arena_close(arena);
}

static void test_present_and_absent(void **state UNUSED)
{
    Arena *arena = arena_open();
    assert_int_equal(guard(arena, "{topic: present}")->type, CONDITION_PRESENT);
    assert_int_equal(guard(arena, "{gone_at: absent}")->type, CONDITION_ABSENT);
    assert_str(guard(arena, "{gone_at: absent}")->fact, S("gone_at"));
    arena_close(arena);
}

static void test_several_entries_must_all_hold(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Condition *all = guard(arena, "{topic: land, heads: {at_least: 1, at_most: 5}}");
    assert_int_equal(all->type, CONDITION_ALL);
    assert_int_equal(all->n_parts, 2);
    assert_int_equal(all->parts[1]->type, CONDITION_ALL);
    assert_int_equal(all->parts[1]->parts[0]->type, CONDITION_AT_LEAST);
    assert_int_equal(all->parts[1]->parts[1]->type, CONDITION_AT_MOST);
    arena_close(arena);
}

static void test_any_and_not(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Condition *any = guard(arena, "{any: [{topic: land}, {not: {heads: 1}}]}");
    assert_int_equal(any->type, CONDITION_ANY);
    assert_int_equal(any->parts[1]->type, CONDITION_NOT);
    assert_int_equal(any->parts[1]->n_parts, 1);
    assert_int_equal(any->parts[1]->parts[0]->type, CONDITION_EQUAL);
    arena_close(arena);
}

static void test_links_lead_to_other_records(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Condition *parent = guard(arena, "{parent: {kind: visit, held_at: present}}");
    assert_int_equal(parent->type, CONDITION_PARENT);
    assert_int_equal(parent->parts[0]->n_parts, 2);
    const Condition *after = guard(arena, "{after: {topic: loans}}");
    assert_int_equal(after->type, CONDITION_PARENT);
    assert_str(after->fact, S("after"));
    assert_str(after->parts[0]->fact, S("topic"));
    arena_close(arena);
}

static void test_facts_of_a_kind(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(arena, SETTINGS VISIT);
    const Kind *visit = profile_kind(profile, S("visit"));
    Fact fact;
    assert_true(fact_find(profile, visit, S("held_at"), &fact));
    assert_int_equal(fact.type, FACT_INSTANT);
    assert_true(fact_find(profile, visit, S("share"), &fact));
    assert_int_equal(fact.type, FACT_DECIMAL);
    assert_int_equal(fact.field->scale, 2);
    assert_true(fact_find(profile, visit, S("actor.hold"), &fact));
    assert_true(fact_find(profile, visit, S("days_used"), &fact));
    assert_false(fact_find(profile, visit, S("gone_at"), &fact));
    assert_false(fact_find(profile, visit, S("parent"), &fact));
    assert_false(fact_find(profile, visit, S("children.visit"), &fact));
    assert_true(fact_is_reserved(S("closed_at")));
    assert_true(fact_is_reserved(S("status")));
    assert_false(fact_is_reserved(S("title")));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_have_the_type_of_their_fact),
        cmocka_unit_test(test_present_and_absent),
        cmocka_unit_test(test_several_entries_must_all_hold),
        cmocka_unit_test(test_any_and_not),
        cmocka_unit_test(test_links_lead_to_other_records),
        cmocka_unit_test(test_facts_of_a_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
