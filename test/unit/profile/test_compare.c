/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#define STATES(state, to)                                 \
    "  states: [{" state ", label: {zh: 开, en: On}}]\n" \
    "  moves:\n"                                          \
    "    - {name: go, label: {zh: 去, en: Go}, to: " to

#define CITY                                                                                   \
    SETTINGS                                                                                   \
    "kind: visit\n"                                                                            \
    "label: {zh: 走访, en: Visit}\n"                                                         \
    "number: ZF-{year}-{seq}\n"                                                                \
    "parent: house\n"                                                                          \
    "confidential: true\n"                                                                     \
    "fields:\n"                                                                                \
    "  - {name: topic, type: choice, of: topic, label: {zh: 题, en: Topic}}\n"                \
    "  - {name: heads, type: number, label: {zh: 数, en: Heads}}\n"                           \
    "  - {name: share, type: decimal, scale: 2, label: {zh: 率, en: Share}}\n"                \
    "  - {name: host, type: organisation, label: {zh: 主, en: Host}}\n"                       \
    "  - {name: first, type: record, to: visit, label: {zh: 首, en: First}}\n"                \
    "flow:\n" STATES(                                                                          \
        "name: begun",                                                                         \
        "begun") ", who: [desk]}\n"                                                            \
                 "    - {name: ask, label: {zh: 请, en: Ask}, from: [any], who: [desk], "     \
                 "approval: {who: [desk]}, milestones: [asked_at]}\n"                          \
                 "---\n"                                                                       \
                 "kind: house\n"                                                               \
                 "label: {zh: 家, en: House}\n"                                               \
                 "fields: []\n"                                                                \
                 "flow:\n"                                                                     \
                 "  states: [{name: there, label: {zh: 在, en: There}}]\n"                    \
                 "  moves: [{name: add, label: {zh: 加, en: Add}, to: there, who: [desk]}]\n" \
                 "---\n"                                                                       \
                 "kind: flat\n"                                                                \
                 "label: {zh: 家, en: Flat}\n"                                                \
                 "fields: []\n"                                                                \
                 "flow:\n"                                                                     \
                 "  states: [{name: there, label: {zh: 在, en: There}}]\n"                    \
                 "  moves: [{name: add, label: {zh: 加, en: Add}, to: there, who: [desk]}]\n" \
                 "---\n"                                                                       \
                 "choices: topic\n"                                                            \
                 "items: [{code: land, label: {zh: 项, en: Item}}]\n"                         \
                 "---\n"                                                                       \
                 "role: desk\nlabel: {zh: 经办, en: Desk}\nover: any\n"

static bool everything(void *context UNUSED, Str kind UNUSED, Str what UNUSED, Str code UNUSED)
{
    return true;
}

static bool nothing(void *context UNUSED, Str kind UNUSED, Str what UNUSED, Str code UNUSED)
{
    return false;
}

/* The city with every `from` replaced. */
static const char *changed(Arena *arena, const char *from, const char *to)
{
    Str text = S(CITY), old = str_from_c(from);
    Buf buf = buf_open(arena);
    size_t at = 0, found = 0, hit;
    while ((hit = str_find(text, old, at)) != SIZE_MAX) {
        TEXT(&buf, str_slice(text, at, hit), str_from_c(to));
        at = hit + old.n;
        found++;
    }
    assert_true(found > 0);
    buf_add(&buf, str_slice(text, at, text.n));
    return str_c(arena, buf_str(&buf));
}

static Diagnostics compare(Arena *arena, const char *next, ProfileUsed used)
{
    Diagnostics diagnostics = {0};
    const Profile *old = load_good(arena, CITY);
    profile_compare(arena, old, load_good(arena, next), used, NULL, &diagnostics);
    return diagnostics;
}

static void expect(const char *from, const char *to, MessageId message)
{
    Arena *arena = arena_open();
    const char *next = changed(arena, from, to);
    Diagnostics diagnostics = compare(arena, next, everything);
    assert_int_equal(diagnostics.n, 1);
    assert_int_equal(diagnostics.p[0].message, message);
    assert_true(diagnostics.p[0].line_text.n > 0);
    assert_int_equal(compare(arena, next, nothing).n, 0);
    arena_close(arena);
}

static void expect_fine(const char *from, const char *to)
{
    Arena *arena = arena_open();
    Diagnostics diagnostics = compare(arena, changed(arena, from, to), everything);
    assert_int_equal(diagnostics.n, 0);
    arena_close(arena);
}

static void test_what_is_used_must_stay(void **state UNUSED)
{
    expect("begun", "started", MSG_profile_lost_state);
    expect("code: land", "code: loans", MSG_profile_lost_choice);
    expect("name: heads", "name: people", MSG_profile_lost_field);
    expect("name: ask", "name: beg", MSG_profile_lost_pending);
    expect(", approval: {who: [desk]}", "", MSG_profile_lost_pending);
    expect("ZF-", "ZX-", MSG_profile_changed_number);
}

/* What moves leave on a record is read by the names of the profile, too. */
static void test_what_moves_left_must_stay(void **state UNUSED)
{
    expect("name: go,", "name: leave,", MSG_profile_lost_move);
    expect("asked_at", "begged_at", MSG_profile_lost_field);
}

static void test_what_is_written_keeps_its_meaning(void **state UNUSED)
{
    expect("heads, type: number", "heads, type: money", MSG_profile_changed_type);
    expect("heads, type: number", "heads, type: text", MSG_profile_changed_type);
    expect("scale: 2", "scale: 3", MSG_profile_changed_scale);
    expect("to: visit", "to: house", MSG_profile_changed_link);
    expect("type: organisation", "type: organisation, to: house", MSG_profile_changed_link);
}

static void test_records_stay_where_they_stand(void **state UNUSED)
{
    expect("parent: house\n", "", MSG_profile_lost_parent);
    expect("parent: house\n", "parent: [flat]\n", MSG_profile_lost_parent);
    expect_fine("parent: house\n", "parent: [flat, house]\n");
    expect("kind: flat\n", "kind: flat\nparent: house\n", MSG_profile_changed_flag);
    expect("parent: house\n", "parent: house\ndirectory: true\n", MSG_profile_changed_flag);
    expect("parent: house\n", "parent: house\nopen_plain: true\n", MSG_profile_changed_flag);
    expect("confidential: true\n", "", MSG_profile_changed_flag);
    expect_fine("kind: house\n", "kind: house\nconfidential: true\n");
}

static void test_a_former_name_says_where_records_go(void **state UNUSED)
{
    expect_fine(STATES("name: begun", "begun"), STATES("name: on, was: [gone, begun]", "on"));
    expect_fine("code: land", "code: loans, was: [land]");
    expect_fine("number: ZF-{year}-{seq}\n",
                "number: ZX-{year}-{seq}\nnumber_was: [\"ZF-{year}-{seq}\"]\n");
    expect("code: land", "code: loans, was: [lend]", MSG_profile_lost_choice);
}

/* A name that is there means what it says; otherwise the next activation would map again. */
static void test_a_present_name_comes_before_a_former_one(void **state UNUSED)
{
    const Str b_was[] = {S_CONST("a"), S_CONST("c")};
    const State states[] = {{.name = S_CONST("a")},
                            {.name = S_CONST("b"), .was = b_was, .n_was = 2}};
    const Choice items[] = {{.code = S_CONST("a")},
                            {.code = S_CONST("b"), .was = b_was, .n_was = 2}};
    const Flow flow = {.states = states, .n_states = 2};
    const ChoiceList list = {.items = items, .n = 2};
    assert_ptr_equal(flow_state_now(&flow, S("a")), &states[0]);
    assert_ptr_equal(flow_state_now(&flow, S("c")), &states[1]);
    assert_null(flow_state_now(&flow, S("d")));
    assert_ptr_equal(choice_now(&list, S("a")), &items[0]);
    assert_ptr_equal(choice_now(&list, S("c")), &items[1]);
    assert_null(choice_now(&list, S("d")));
}

static void test_a_kind_with_records_must_stay(void **state UNUSED)
{
    Arena *arena = arena_open();
    Diagnostics diagnostics = compare(arena, SETTINGS, everything);
    assert_int_equal(diagnostics.n, 3);
    assert_int_equal(diagnostics.p[0].message, MSG_profile_lost_kind);
    assert_int_equal(compare(arena, SETTINGS, nothing).n, 0);
    arena_close(arena);
}

static void test_the_same_profile_loses_nothing(void **state UNUSED)
{
    Arena *arena = arena_open();
    assert_int_equal(compare(arena, CITY, everything).n, 0);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_used_must_stay),
        cmocka_unit_test(test_what_moves_left_must_stay),
        cmocka_unit_test(test_what_is_written_keeps_its_meaning),
        cmocka_unit_test(test_records_stay_where_they_stand),
        cmocka_unit_test(test_a_former_name_says_where_records_go),
        cmocka_unit_test(test_a_present_name_comes_before_a_former_one),
        cmocka_unit_test(test_a_kind_with_records_must_stay),
        cmocka_unit_test(test_the_same_profile_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
