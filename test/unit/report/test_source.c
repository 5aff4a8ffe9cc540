/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a table that are written once for each organisation or part of the period. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/number.h"
#include "city.h"
#include "report/briefing.h"

static BriefingQuery query_of(const char *text)
{
    return (BriefingQuery){.written = {[LANGUAGE_ZH] = str_from_c(text)},
                           .from = city_day("2023-01-01"),
                           .to = city_day("2023-12-31"),
                           .today = city_day("2024-01-05")};
}

static const char *source_of(City *city, const BriefingQuery *query)
{
    Language language;
    return str_c(city->arena, briefing_source(city->arena, &city->office, query, &language));
}

static void org_name(City *city, const char *code, const char *name, const char *type)
{
    Org *org = (Org *)org_by_code(&city->office.orgs, str_from_c(code));
    org->title = (Label){str_from_c(name), str_from_c(name)};
    org->type = str_from_c(type);
}

static City *city_named(void)
{
    City *city = city_open();
    org_name(city, "CITY", "市", "city");
    org_name(city, "EAST", "东|{区}", "county");
    org_name(city, "WEST", "西区", "county");
    org_name(city, "VILLAGE", "村", "village");
    return city;
}

static void a_row_stands_once_for_each_organisation(void **state)
{
    City *city = city_named();
    BriefingQuery query = query_of("| {each org} | {a} | {a at WEST} | {b round 10 余} |");
    (void)state;
    assert_string_equal(source_of(city, &query),
                        "| 东  区 | {a at EAST} | {a at WEST} | {b round 10 余 at EAST} |\n"
                        "| 西区 | {a at WEST} | {a at WEST} | {b round 10 余 at WEST} |\n");
    query.org = 3;
    assert_string_equal(source_of(city, &query),
                        "| 村 | {a at VILLAGE} | {a at WEST} | {b round 10 余 at VILLAGE} |\n");
    query = query_of("| {each village below CITY} | {a of b} |");
    assert_string_equal(source_of(city, &query), "| 村 | {a of b at VILLAGE} |\n");
    city_close(city);
}

static void a_row_stands_once_for_each_part_of_the_period(void **state)
{
    City *city = city_named();
    BriefingQuery query = query_of("| {each quarter} | {a} | {a in year} | {period} |");
    (void)state;
    query.from = city_day("2023-11-15");
    query.to = city_day("2024-02-03");
    assert_string_equal(
        source_of(city, &query),
        "| 2023年10—12月 | {a in 2023-Q4} | {a in year} | {period} |\n"
        "| 2024年1月1日至2024年2月3日 | {a in 2024-Q1} | {a in year} | {period} |\n");
    query.written[LANGUAGE_ZH] = S("|{each month}|{a}|");
    query.from = city_day("2023-12-01");
    assert_string_equal(source_of(city, &query), "|2023年12月|{a in 2023-12}|\n"
                                                 "|2024年1月|{a in 2024-01}|\n"
                                                 "|2024年2月1日至2024年2月3日|{a in 2024-02}|\n");
    city_close(city);
}

/* What cannot be repeated stays, and blocks. */
static void a_row_without_anything_to_stand_for_is_refused(void **state)
{
    static const char *const rows[] = {"| {each org below SOUTH} | {year_accepted} |",
                                       "| {each township below CITY} | {year_accepted} |",
                                       "各区{each org}受理{year_accepted}件"};
    City *city = city_named();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        BriefingQuery query = query_of(rows[i]);
        BriefingDraft draft;
        Err err = {0};
        assert_true(briefing_draft(city->arena, city->db, &city->office, &query, &draft, &err));
        assert_false(draft.can_publish);
        assert_int_equal(draft.text.slots.p[0].type, SLOT_EACH);
        assert_true(draft.text.slots.p[0].problem.n > 0);
    }
    city_close(city);
}

static int64_t cell_number(const BriefingDraft *draft, size_t row)
{
    int64_t number = -1;
    const BriefingBlock *block = &draft->text.blocks.p[row];
    for (size_t i = 0; i < block->pieces.n; i++)
        if (block->pieces.p[i].slot >= 0)
            assert_true(int_parse(draft->text.slots.p[block->pieces.p[i].slot].text, &number));
    return number;
}

/* Against a slow model: matters on random days at random places, counted one by one. */
static void the_rows_add_up_to_what_was_recorded(void **state)
{
    City *city = city_named();
    unsigned seed = 20240705;
    int64_t by_month[12] = {0}, by_org[5] = {0};
    BriefingDraft months, orgs;
    Err err = {0};
    (void)state;
    for (int i = 0; i < 200; i++) {
        seed = seed * 1103515245u + 12345u;
        int month = (int)(seed >> 16) % 12;
        int64_t org = 2 + (seed >> 8) % 2;
        Buf day = buf_open(city->arena);
        TEXT(&day, "2023-");
        buf_int_padded(&day, month + 1, 2);
        TEXT(&day, "-1", (seed >> 4) % 9);
        (void)city_matter(city, org, str_c(city->arena, buf_str(&day)), NULL);
        by_month[month]++;
        by_org[org]++;
    }
    BriefingQuery query = query_of("| {each month} | {year_accepted} |");
    assert_true(briefing_draft(city->arena, city->db, &city->office, &query, &months, &err));
    assert_int_equal(months.text.blocks.n, 12);
    for (size_t i = 0; i < 12; i++)
        assert_int_equal(cell_number(&months, i), by_month[i]);
    query.written[LANGUAGE_ZH] = S("| {each county below CITY} | {year_accepted} |");
    assert_true(briefing_draft(city->arena, city->db, &city->office, &query, &orgs, &err));
    assert_int_equal(orgs.text.blocks.n, 2);
    assert_int_equal(cell_number(&orgs, 0), by_org[2]);
    assert_int_equal(cell_number(&orgs, 1), by_org[3]);
    city_close(city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_stands_once_for_each_organisation),
        cmocka_unit_test(a_row_stands_once_for_each_part_of_the_period),
        cmocka_unit_test(a_row_without_anything_to_stand_for_is_refused),
        cmocka_unit_test(the_rows_add_up_to_what_was_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
