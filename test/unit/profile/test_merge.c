/* SPDX-License-Identifier: Apache-2.0 */
/* Merge by name, seen from what is loaded. */
#include "support.h"

#define BASE "%%% base/profile.yaml\n" SETTINGS
#define CITY                  \
    "%%% city/profile.yaml\n" \
    "profile: tongling\nextends: base\n"

static const Profile *load(Arena *arena, const char *bundle)
{
    const Profile *profile = NULL;
    Diagnostics diagnostics;
    Err err = {0};
    bool ok = profile_load(arena, str_from_c(bundle), &profile, &diagnostics, &err);
    Buf buf = buf_open(arena);
    diagnostics_write(&buf, &diagnostics, LANGUAGE_EN);
    if (!ok)
        fail_msg("%s", str_c(arena, buf_str(&buf)));
    return profile;
}

static void test_the_city_wins_key_by_key(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load(
        arena, BASE CITY "label: {en: Tongling}\ncontact_days: 90\nlight: {yellow_percent: 5}\n");
    assert_str(profile->name, S("tongling"));
    assert_str(profile->label.zh, S("某市"));
    assert_str(profile->label.en, S("Tongling"));
    assert_str(profile->office.en, S("Some office"));
    assert_int_equal(profile->contact_days, 90);
    assert_int_equal(profile->yellow_percent, 5);
    assert_int_equal(profile->yellow_workdays, 3);
    arena_close(arena);
}

static void test_named_items_merge_are_added_and_removed(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile =
        load(arena, BASE VISIT CITY "---\n"
                                    "kind: visit\n"
                                    "fields:\n"
                                    "  - {name: title, max: 9}\n"
                                    "  - {name: heads, remove: true}\n"
                                    "  - {name: body, type: long_text,"
                                    " label: {zh: 内容, en: Body}}\n"
                                    "---\n"
                                    "choices: topic\n"
                                    "items: [{code: land, label: {en: Plots}}]\n");
    const Kind *kind = profile_kind(profile, S("visit"));
    const ChoiceList *topic = profile_choices(profile, S("topic"));
    assert_int_equal(kind_field(kind, S("title"))->max, 9);
    assert_str(kind_field(kind, S("title"))->label.en, S("Title"));
    assert_null(kind_field(kind, S("heads")));
    assert_ptr_equal(kind->fields[0], kind_field(kind, S("title")));
    assert_ptr_equal(kind->fields[kind->n_fields - 1], kind_field(kind, S("body")));
    assert_int_equal(topic->n, 2);
    assert_str(choice_find(topic, S("land"))->label.en, S("Plots"));
    assert_str(choice_find(topic, S("land"))->label.zh, S("用地"));
    arena_close(arena);
}

static void test_parts_go_over_the_base_and_over_each_other(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile =
        load(arena, BASE VISIT "%%% parts/a/x.yaml\n"
                               "kind: visit\nlabel: {en: A}\n"
                               "%%% parts/b/x.yaml\n"
                               "kind: visit\nlabel: {en: B}\n" CITY "parts: [b, a]\n");
    assert_str(profile_kind(profile, S("visit"))->label.en, S("B"));
    arena_close(arena);
}

static void test_a_plus_appends_to_a_list(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile =
        load(arena, BASE VISIT "%%% parts/a/x.yaml\n"
                               "role: desk\nrights: [board]\n"
                               "%%% parts/b/x.yaml\n"
                               "role: desk\nrights+: [audit, board]\n" CITY "parts: [a, b]\n");
    unsigned rights = profile_role(profile, S("desk"))->rights;
    assert_int_equal(rights, RIGHT_BOARD | RIGHT_AUDIT);
    arena_close(arena);
}

static void test_other_lists_are_replaced(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile =
        load(arena, BASE VISIT CITY "---\n"
                                    "role: desk\nrights: [board]\n"
                                    "---\n"
                                    "role: desk2\nlabel: {zh: 二, en: Two}\nover: any\n");
    assert_int_equal(profile_role(profile, S("desk"))->rights, RIGHT_BOARD);
    assert_int_equal(profile->n_roles, 2);
    arena_close(arena);
}

static void test_a_flow_is_merged_over_the_one_it_extends(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile =
        load(arena, BASE "flow: short\n"
                         "states: [{name: on, label: {zh: 开, en: On}, open: true}]\n"
                         "moves: [{name: start, label: {zh: 始, en: Start}, to: on, who: [desk]}]\n"
                         "---\n"
                         "flow: long\nextends: short\n"
                         "states: [{name: off, label: {zh: 关, en: Off}}]\n"
                         "moves: [{name: stop, label: {zh: 终, en: Stop}, from: [on], to: off,"
                         " who: [desk]}]\n"
                         "---\n"
                         "role: desk\nlabel: {zh: 经办, en: Desk}\nover: any\n"
                         "---\n"
                         "kind: lamp\nlabel: {zh: 灯, en: Lamp}\n"
                         "flow:\n  extends: long\n"
                         "  moves: [{name: start, label: {en: Switch on}}]\n");
    const Flow *flow = profile_kind(profile, S("lamp"))->flow;
    assert_int_equal(flow->n_states, 2);
    assert_int_equal(flow->n_moves, 2);
    assert_str(flow_move(flow, S("start"))->label.en, S("Switch on"));
    assert_str(flow_move(flow, S("start"))->label.zh, S("始"));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_city_wins_key_by_key),
        cmocka_unit_test(test_named_items_merge_are_added_and_removed),
        cmocka_unit_test(test_parts_go_over_the_base_and_over_each_other),
        cmocka_unit_test(test_a_plus_appends_to_a_list),
        cmocka_unit_test(test_other_lists_are_replaced),
        cmocka_unit_test(test_a_flow_is_merged_over_the_one_it_extends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
