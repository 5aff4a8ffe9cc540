/* SPDX-License-Identifier: Apache-2.0 */
/* support.h - profiles as text in tests. */
#ifndef TONGXIN_TEST_PROFILE_SUPPORT_H
#define TONGXIN_TEST_PROFILE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "profile/load.h"

/* A first document every profile needs, on lines 1 to 4. */
#define SETTINGS                              \
    "profile: city\n"                         \
    "label: {zh: 某市, en: Some City}\n"    \
    "office: {zh: 某办, en: Some office}\n" \
    "---\n"

/* A kind `visit` with a flow of two states and a role, for tests about something else. */
#define VISIT                                                                                    \
    "kind: visit\n"                                                                              \
    "label: {zh: 走访, en: Visit}\n"                                                           \
    "fields:\n"                                                                                  \
    "  - {name: title, type: text, label: {zh: 标题, en: Title}}\n"                            \
    "  - {name: place, type: place, label: {zh: 属地, en: Place}}\n"                           \
    "  - {name: lead, type: organisation, label: {zh: 单位, en: Unit}}\n"                      \
    "  - {name: heads, type: number, label: {zh: 人次, en: Heads}}\n"                          \
    "  - {name: cost, type: money, label: {zh: 费用, en: Cost}}\n"                             \
    "  - {name: share, type: decimal, scale: 2, label: {zh: 比重, en: Share}}\n"               \
    "  - {name: held_on, type: date, label: {zh: 日期, en: Date}}\n"                           \
    "  - {name: done, type: yes_no, label: {zh: 完成, en: Done}}\n"                            \
    "  - {name: topic, type: choice, of: topic, label: {zh: 主题, en: Topic}}\n"               \
    "flow:\n"                                                                                    \
    "  states:\n"                                                                                \
    "    - {name: planned, label: {zh: 计划, en: Planned}, open: true}\n"                      \
    "    - {name: held, label: {zh: 完成, en: Held}}\n"                                        \
    "  moves:\n"                                                                                 \
    "    - {name: plan, label: {zh: 计划, en: Plan}, to: planned, who: [desk], form: [title]," \
    "       milestones: [planned_at]}\n"                                                         \
    "    - {name: hold, label: {zh: 完成, en: Hold}, from: [open], to: held, who: [desk],"     \
    "       milestones: [held_at]}\n"                                                            \
    "---\n"                                                                                      \
    "choices: topic\n"                                                                           \
    "items:\n"                                                                                   \
    "  - {code: loans, label: {zh: 融资, en: Loans}}\n"                                        \
    "  - {code: land, label: {zh: 用地, en: Land}}\n"                                          \
    "---\n"                                                                                      \
    "role: desk\n"                                                                               \
    "label: {zh: 经办, en: Desk}\n"                                                            \
    "over: place\n"                                                                              \
    "---\n"

/* Head of an indicator called `name`. */
#define INDICATOR(name)                      \
    "indicator: " name "\n"                  \
    "label: {zh: 指标, en: Indicator}\n"   \
    "define: {zh: 口径, en: Definition}\n" \
    "unit: {dimension: piece, word: {zh: 次, en: visits}}\n"

/* Loads one file city/profile.yaml. On mistakes prints them and fails the test. */
static inline const Profile *load_good(Arena *arena, const char *text)
{
    const Profile *profile = NULL;
    Diagnostics diagnostics;
    Err err = {0};
    Str bundle = STR(arena, "%%% city/profile.yaml\n", text);
    if (!profile_load(arena, bundle, &profile, &diagnostics, &err)) {
        Buf buf = buf_open(arena);
        diagnostics_write(&buf, &diagnostics, LANGUAGE_EN);
        fail_msg("%s", str_c(arena, buf_str(&buf)));
    }
    assert_int_equal(diagnostics.n, 0);
    return profile;
}

/* Loads a whole bundle that must have mistakes. */
static inline Diagnostics load_bad(Arena *arena, Str bundle)
{
    const Profile *profile = NULL;
    Diagnostics diagnostics;
    Err err = {0};
    assert_false(profile_load(arena, bundle, &profile, &diagnostics, &err));
    assert_null(profile);
    assert_int_equal(err.code, ERR_WRONG);
    assert_true(diagnostics.n > 0);
    return diagnostics;
}

#define assert_str(got, wanted)                                                  \
    do {                                                                         \
        Str got_ = (got), wanted_ = (wanted);                                    \
        assert_int_equal(got_.n, wanted_.n);                                     \
        assert_memory_equal(got_.p == NULL ? "" : got_.p, wanted_.p, wanted_.n); \
    } while (0)

#endif
