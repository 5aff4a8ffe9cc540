/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#define PROFILE(number, state, code, type)                                                  \
    SETTINGS "kind: visit\n"                                                                \
             "label: {zh: 走访, en: Visit}\n"                                             \
             "number: " number "\n"                                                         \
             "fields:\n"                                                                    \
             "  - {name: topic, type: choice, of: topic, label: {zh: 题, en: Topic}}\n"    \
             "  - {name: heads, type: " type ", label: {zh: 数, en: Heads}}\n"             \
             "flow:\n"                                                                      \
             "  states: [{name: " state ", label: {zh: 开, en: On}}]\n"                    \
             "  moves: [{name: go, label: {zh: 去, en: Go}, to: " state ", who: [desk]}]\n" \
             "---\n"                                                                        \
             "choices: topic\nitems: [{code: " code ", label: {zh: 项, en: Item}}]\n"      \
             "---\n"                                                                        \
             "role: desk\nlabel: {zh: 经办, en: Desk}\nover: any\n"

static bool everything(void *context UNUSED, Str kind UNUSED, Str what UNUSED, Str code UNUSED)
{
    return true;
}

static bool nothing(void *context UNUSED, Str kind UNUSED, Str what UNUSED, Str code UNUSED)
{
    return false;
}

static Diagnostics compare(Arena *arena, const char *next, ProfileUsed used)
{
    Diagnostics diagnostics = {0};
    const Profile *old = load_good(arena, PROFILE("ZF-{year}-{seq}", "on", "land", "number"));
    profile_compare(arena, old, load_good(arena, next), used, NULL, &diagnostics);
    return diagnostics;
}

static void expect(Arena *arena, const char *next, MessageId message)
{
    Diagnostics diagnostics = compare(arena, next, everything);
    assert_int_equal(diagnostics.n, 1);
    assert_int_equal(diagnostics.p[0].message, message);
    assert_true(diagnostics.p[0].line_text.n > 0);
    assert_int_equal(compare(arena, next, nothing).n, 0);
}

static void test_what_is_used_must_stay(void **state UNUSED)
{
    Arena *arena = arena_open();
    expect(arena, PROFILE("ZF-{year}-{seq}", "off", "land", "number"), MSG_profile_lost_state);
    expect(arena, PROFILE("ZF-{year}-{seq}", "on", "loans", "number"), MSG_profile_lost_choice);
    expect(arena, PROFILE("ZF-{year}-{seq}", "on", "land", "text"), MSG_profile_lost_field);
    expect(arena, PROFILE("ZX-{year}-{seq}", "on", "land", "number"), MSG_profile_changed_number);
    expect(arena, SETTINGS, MSG_profile_lost_kind);
    arena_close(arena);
}

static void test_the_same_profile_loses_nothing(void **state UNUSED)
{
    Arena *arena = arena_open();
    const char *same = PROFILE("ZF-{year}-{seq}", "on", "land", "number");
    assert_int_equal(compare(arena, same, everything).n, 0);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_used_must_stay),
        cmocka_unit_test(test_the_same_profile_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
