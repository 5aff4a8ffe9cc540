/* SPDX-License-Identifier: Apache-2.0 */
/* What a loaded profile looks like from outside. */
#include "support.h"

#define FLOW_LATER                                                                                \
    "flow: later\n"                                                                               \
    "states:\n"                                                                                   \
    "  - {name: new, label: {zh: 新, en: New}, open: true}\n"                                    \
    "  - {name: old, label: {zh: 旧, en: Old}, open: true}\n"                                    \
    "  - {name: gone, label: {zh: 完, en: Gone}}\n"                                              \
    "moves:\n"                                                                                    \
    "  - {name: make, label: {zh: 建, en: Make}, to: new, who: [public, desk], form: [title]}\n" \
    "  - {name: age, label: {zh: 变, en: Age}, from: [new], to: old, who: [desk],"               \
    "     form: [{name: note, type: text, required: true, label: {zh: 注, en: Note}}],"          \
    "     milestones: [aged_at], clock: {start: {within: 5 workdays, source: {zh: 规则, en: "   \
    "rule}}}}\n"                                                                                  \
    "  - {name: drop, label: {zh: 弃, en: Drop}, from: [any], to: gone, who: [desk],"            \
    "     form: [{field: title, required: true}, note], not_by: [age],"                           \
    "     approval: {who: [desk], when: {note: present}}, sets: {heads: 7}, adds: [rounds]}\n"    \
    "---\n"

#define KIND_OF(name)                                                                          \
    "kind: " name "\n"                                                                         \
    "label: {zh: 类型, en: Kind}\n"                                                          \
    "fields:\n"                                                                                \
    "  - {name: title, type: text, max: 30, required: true, label: {zh: 标题, en: Title}}\n" \
    "  - {name: heads, type: number, label: {zh: 数, en: Number}}\n"                          \
    "flow: later\n"                                                                            \
    "---\n"

#define ROLE                          \
    "role: desk\n"                    \
    "label: {zh: 经办, en: Desk}\n" \
    "over: any\n"                     \
    "rights: [see_all, audit]\n"      \
    "kinds: [a]\n"                    \
    "---\n"

static void test_settings_have_defaults(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(arena, SETTINGS);
    assert_str(profile->name, S("city"));
    assert_str(profile->label.en, S("Some City"));
    assert_int_equal(profile->yellow_workdays, 3);
    assert_int_equal(profile->yellow_percent, 20);
    assert_int_equal(profile->contact_days, 180);
    assert_int_equal(profile->similar_count, 5);
    assert_int_equal(profile->hash_hex.n, 64);
    arena_close(arena);
}

static void test_each_kind_has_a_flow_of_its_own(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile =
        load_good(arena, SETTINGS FLOW_LATER KIND_OF("a")
                             KIND_OF("b") "role: desk\n"
                                          "label: {zh: 经办, en: Desk}\nover: any\n");
    const Kind *a = profile_kind(profile, S("a")), *b = profile_kind(profile, S("b"));
    assert_ptr_not_equal(a->flow, b->flow);
    assert_ptr_equal(flow_move(a->flow, S("make"))->form[0].field, kind_field(a, S("title")));
    assert_ptr_equal(flow_move(b->flow, S("make"))->form[0].field, kind_field(b, S("title")));
    assert_ptr_not_equal(kind_field(a, S("title")), kind_field(b, S("title")));
    arena_close(arena);
}

static void test_fields_of_moves_follow_the_kinds_own(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(arena, SETTINGS FLOW_LATER KIND_OF("a") ROLE);
    const Kind *kind = profile_kind(profile, S("a"));
    assert_int_equal(kind->n_fields, 3);
    assert_str(kind->fields[2]->name, S("note"));
    assert_true(kind->fields[2]->move_only);
    assert_int_equal(kind->fields[0]->max, 30);
    assert_int_equal(kind->fields[2]->max, 200);
    arena_close(arena);
}

static void test_moves_are_linked(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(arena, SETTINGS FLOW_LATER KIND_OF("a") ROLE);
    const Flow *flow = profile_kind(profile, S("a"))->flow;
    const Move *make = flow_move(flow, S("make")), *age = flow_move(flow, S("age"));
    const Move *drop = flow_move(flow, S("drop"));
    assert_true(make->by_public);
    assert_int_equal(make->n_who, 1);
    assert_int_equal(make->n_from, 0);
    assert_ptr_equal(make->to, flow_state(flow, S("new")));
    assert_true(make->form[0].required); /* the field's own counts where a record begins */
    assert_true(age->form[0].required);
    assert_int_equal(drop->n_from, 3);
    assert_true(move_leaves(drop, flow_state(flow, S("old"))));
    assert_false(move_leaves(age, flow_state(flow, S("old"))));
    assert_true(drop->form[0].required);
    assert_false(drop->form[1].required);
    assert_int_equal(age->clock, CLOCK_START);
    assert_int_equal(age->clocks[0].duration.amount, 5);
    assert_str(age->clocks[0].duration.source.zh, S("规则"));
    assert_str(age->clocks[0].duration.source.en, S("rule"));
    assert_str(drop->not_by[0], S("age"));
    assert_ptr_equal(drop->approval[0], profile_role(profile, S("desk")));
    assert_int_equal(drop->approval_when->type, CONDITION_PRESENT);
    assert_int_equal(drop->sets[0].value.number, 7);
    assert_str(drop->adds[0], S("rounds"));
    arena_close(arena);
}

static void test_open_stands_for_every_open_state(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(arena, SETTINGS VISIT);
    const Flow *flow = profile_kind(profile, S("visit"))->flow;
    assert_int_equal(flow_move(flow, S("hold"))->n_from, 1);
    assert_true(move_leaves(flow_move(flow, S("hold")), flow_state(flow, S("planned"))));
    arena_close(arena);
}

static void test_first_moves(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *first = load_good(arena, SETTINGS FLOW_LATER KIND_OF("a") ROLE);
    const Profile *second = load_good(arena, SETTINGS VISIT);
    const Kind *a = profile_kind(first, S("a")), *visit = profile_kind(second, S("visit"));
    assert_str(kind_first_move(a, true)->name, S("make"));
    assert_str(kind_first_move(a, false)->name, S("make"));
    assert_str(kind_first_move(visit, false)->name, S("plan"));
    assert_null(kind_first_move(visit, true));
    arena_close(arena);
}

static void test_roles(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *profile = load_good(arena, SETTINGS FLOW_LATER KIND_OF("a") ROLE);
    const Role *role = profile_role(profile, S("desk"));
    assert_int_equal(role->rights, RIGHT_SEE_ALL | RIGHT_AUDIT);
    assert_ptr_equal(role->kinds[0], profile_kind(profile, S("a")));
    assert_str(role->over, S("any"));
    arena_close(arena);
}

/* The caller's text may go away: everything lives in the arena. */
static void test_the_bundle_is_copied(void **state UNUSED)
{
    Arena *arena = arena_open(), *other = arena_open();
    const Profile *profile;
    Diagnostics diagnostics;
    Err err = {0};
    Str bundle = STR(other, "%%% city/profile.yaml\n", SETTINGS VISIT);
    Str copy = str_dup(arena, bundle);
    assert_true(profile_load(arena, bundle, &profile, &diagnostics, &err));
    memset((char *)(uintptr_t)bundle.p, '#', bundle.n);
    arena_close(other);
    assert_str(profile->bundle, copy);
    assert_str(profile_kind(profile, S("visit"))->label.en, S("Visit"));
    arena_close(arena);
}

/* The value was computed by another program. */
static void test_the_same_text_has_the_same_hash(void **state UNUSED)
{
    Arena *arena = arena_open();
    const Profile *a = load_good(arena, SETTINGS), *b = load_good(arena, SETTINGS);
    const Profile *c = load_good(arena, SETTINGS "# a comment\n");
    assert_str(a->hash_hex, b->hash_hex);
    assert_str(a->hash_hex, S("85a0467c428d73144fd1ed57b3b00910a4357f70ef6638aed3bdf332001f3ccf"));
    assert_false(str_eq(a->hash_hex, c->hash_hex));
    arena_close(arena);
}

static void expect_no_bundle(Arena *arena, Str bundle)
{
    Diagnostics diagnostics = load_bad(arena, bundle);
    assert_int_equal(diagnostics.p[0].message, MSG_profile_no_bundle);
}

static void test_garbage_is_refused(void **state UNUSED)
{
    Arena *arena = arena_open();
    expect_no_bundle(arena, S(""));
    expect_no_bundle(arena, S("profile: city\n"));
    expect_no_bundle(arena, S("%%% "));
    expect_no_bundle(arena, S("%%% x\nprofile: city\n"));
    (void)load_bad(arena, S("%%% a/b\n"));
    (void)load_bad(arena, S("%%% a/b\n\xff\xff"));
    (void)load_bad(arena, S("%%% a/b\n--- ---\n... {\n"));
    (void)load_bad(arena, S("%%% a/b\nkind: {a: b}\n---\nflow: []\n"));
    arena_close(arena);
}

static void test_depth_and_width_have_limits(void **state UNUSED)
{
    Arena *arena = arena_open();
    Buf deep = buf_open(arena), wide = buf_open(arena);
    TEXT(&deep, "%%% a/b\nprofile: ");
    for (int i = 0; i < 50; i++)
        TEXT(&deep, "[");
    for (int i = 0; i < 50; i++)
        TEXT(&deep, "]");
    TEXT(&wide, "%%% a/b\nprofile: city\nlist: [0");
    for (int i = 0; i < 3000; i++)
        TEXT(&wide, ",", i);
    TEXT(&wide, "]\n");
    assert_int_equal(load_bad(arena, buf_str(&deep)).p[0].message, MSG_profile_yaml_too_deep);
    assert_int_equal(load_bad(arena, buf_str(&wide)).p[0].message, MSG_profile_yaml_too_large);
    arena_close(arena);
}

static void test_the_list_of_mistakes_ends(void **state UNUSED)
{
    Arena *arena = arena_open();
    Buf buf = buf_open(arena);
    TEXT(&buf, "%%% a/b\n");
    for (int i = 0; i < 2000; i++)
        TEXT(&buf, "rolle: x\n---\n");
    Diagnostics diagnostics = load_bad(arena, buf_str(&buf));
    assert_int_equal(diagnostics.n, 500);
    assert_int_equal(diagnostics.p[499].message, MSG_profile_too_many);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings_have_defaults),
        cmocka_unit_test(test_each_kind_has_a_flow_of_its_own),
        cmocka_unit_test(test_fields_of_moves_follow_the_kinds_own),
        cmocka_unit_test(test_moves_are_linked),
        cmocka_unit_test(test_open_stands_for_every_open_state),
        cmocka_unit_test(test_first_moves),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_the_bundle_is_copied),
        cmocka_unit_test(test_the_same_text_has_the_same_hash),
        cmocka_unit_test(test_garbage_is_refused),
        cmocka_unit_test(test_depth_and_width_have_limits),
        cmocka_unit_test(test_the_list_of_mistakes_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
