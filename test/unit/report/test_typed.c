/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers typed where a slot belongs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "city.h"
#include "report/draft.h"

/* The units of the small city are 件, matters and %. */
static void a_number_with_a_unit_word_is_found(void **state)
{
    static const struct {
        const char *text, *found;
    } rows[] = {
        {"受理128件。", "128件"},
        {"受理 1,490 件", "1,490 件"},
        {"受理130余件", "130余件"},
        {"金额3.2亿元，5000万件", "5000万件"},
        {"办结率93.0%", "93.0%"},
        {"We took 12 matters.", "12 matters"},
        {"1件、2件、3件、4件", "1件、2件、3件"},
        {"# 全年9件\n\n- 8件", "9件、8件"},
        {"第3件是什么", ""},
        {"2023年5月10日，5家", ""},
        {"受理{year_accepted}件", ""},
        {"受理一百件", ""},
        {"", ""},
        {"12345", ""},
    };
    City *city = city_open();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        BriefingText text = briefing_parse(city->arena, str_from_c(rows[i].text));
        Str found = typed_numbers(city->arena, city->office.profile, &text);
        assert_string_equal(str_c(city->arena, found), rows[i].found);
    }
    city_close(city);
}

/* It is a remark: whoever means a number that nobody counts may publish it. */
static void a_typed_number_does_not_block(void **state)
{
    City *city = city_open();
    BriefingQuery query = {.written = {[LANGUAGE_ZH] = S("受理{year_accepted}件，2件")},
                           .from = city_day("2023-01-01"),
                           .to = city_day("2023-12-31"),
                           .today = city_day("2024-01-05")};
    BriefingDraft draft;
    Err err = {0};
    int remarks = 0;
    (void)state;
    assert_true(briefing_draft(city->arena, city->db, &city->office, &query, &draft, &err));
    assert_true(draft.can_publish);
    for (size_t i = 0; i < draft.checks.n; i++)
        remarks += !draft.checks.p[i].passed && str_has(draft.checks.p[i].sentence, S("2件"));
    assert_int_equal(remarks, 1);
    city_close(city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_with_a_unit_word_is_found),
        cmocka_unit_test(a_typed_number_does_not_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
