/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "years.h"

static int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

static int workdays_in(const Calendar *calendar, int year)
{
    return workdays_between(calendar, day_from_civil((CivilDate){year - 1, 12, 31}),
                            day_from_civil((CivilDate){year, 12, 31}));
}

static void counts_workdays_of_known_years(void **state)
{
    Calendar *calendar = shipped_calendar(*state);
    static const int expected[] = {249, 250, 249, 249, 251, 248, 248};
    for (int year = 2020; year <= 2026; year++)
        assert_int_equal(workdays_in(calendar, year), expected[year - 2020]);
}

static void guesses_2027_from_the_statutory_days(void **state)
{
    Calendar *calendar = shipped_calendar(*state);
    static const char *const off[] = {"2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07",
                                      "2027-02-08", "2027-04-05", "2027-05-01", "2027-05-02",
                                      "2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02",
                                      "2027-10-03"};
    assert_int_equal(workdays_in(calendar, 2027), 254);
    for (size_t i = 0; i < COUNT_OF(off); i++) {
        CalendarDay known = calendar_day(calendar, day(off[i]));
        assert_int_equal(known.kind, DAY_HOLIDAY);
        assert_true(known.name.zh.n > 0 && known.name.en.n > 0);
        assert_false(known.covered);
    }
    assert_true(calendar_is_workday(calendar, day("2027-02-09")));
}

/* Every statutory day of every covered year since the law of 2024 is a day off in the notice: the
 * lunar table and the data prove each other. */
static void statutory_table_agrees_with_the_notices(void **state)
{
    Calendar *known = shipped_calendar(*state);
    Calendar *empty = calendar_open(*state);
    for (Day at = day("2008-01-01"); at <= day("2026-12-31"); at++) {
        bool lunar = calendar_day(empty, at).kind == DAY_HOLIDAY;
        bool off = !calendar_is_workday(known, at);
        CivilDate date = day_to_civil(at);
        /* Before 2025 neither New Year's Eve nor 2 May was statutory. */
        bool later = date.year < 2025 && (date.month <= 2 || (date.month == 5 && date.day == 2));
        if (lunar && !off && !later)
            fail_msg("%d-%d-%d", date.year, date.month, date.day);
    }
}

static void knows_each_kind_of_day(void **state)
{
    Calendar *calendar = shipped_calendar(*state);
    CalendarDay make_up = calendar_day(calendar, day("2026-02-14"));
    assert_int_equal(make_up.kind, DAY_MAKE_UP);
    assert_true(str_eq(make_up.name.zh, S("春节")));
    assert_true(str_eq(make_up.name.en, S("Spring Festival")));
    assert_int_equal(calendar_day(calendar, day("2026-02-16")).kind, DAY_HOLIDAY);
    assert_int_equal(calendar_day(calendar, day("2026-03-07")).kind, DAY_WEEKEND);
    CalendarDay plain = calendar_day(calendar, day("2026-03-09"));
    assert_int_equal(plain.kind, DAY_WORKDAY);
    assert_int_equal(plain.name.zh.n, 0);
    assert_true(plain.covered);
}

static void says_what_it_covers(void **state)
{
    Calendar *calendar = shipped_calendar(*state);
    assert_int_equal(calendar_first_year(calendar), 2004);
    assert_int_equal(calendar_last_year(calendar), 2026);
    assert_true(calendar_covers(calendar, day("2004-01-01")));
    assert_true(calendar_covers(calendar, day("2026-12-31")));
    assert_false(calendar_covers(calendar, day("2027-01-01")));
    assert_false(calendar_has_year(calendar, 1900));
    assert_false(calendar_has_year(calendar, 9999));
    assert_int_equal(calendar_first_year(calendar_open(*state)), 0);
}

static void counts_between_days(void **state)
{
    Calendar *calendar = shipped_calendar(*state);
    assert_int_equal(workdays_between(calendar, day("2026-02-13"), day("2026-02-13")), 0);
    assert_int_equal(workdays_between(calendar, day("2026-02-13"), day("2026-02-27")), 5);
    assert_int_equal(workdays_between(calendar, day("2026-02-27"), day("2026-02-13")), -5);
}

/* Against one day after the other, over years known, not known, and where they meet. */
static void counts_as_a_walk_does(void **state)
{
    Calendar *calendar = shipped_calendar(*state);
    RandomSource random = random_seeded(5);
    Day first = day("2002-06-01");
    for (int i = 0; i < 400; i++) {
        Day from = first + (Day)random_below(&random, 10000);
        Day to = from + (Day)random_below(&random, i % 2 ? 800 : 12);
        int count = 0;
        for (Day at = from + 1; at <= to; at++)
            count += calendar_is_workday(calendar, at);
        assert_int_equal(workdays_between(calendar, from, to), count);
        assert_int_equal(workdays_between(calendar, to, from), -count);
    }
}

static void workday_at_or_after_marks_unknown_years(void **state)
{
    Calendar *calendar = shipped_calendar(*state);
    bool provisional = false;
    assert_int_equal(workday_at_or_after(calendar, day("2026-10-01"), &provisional),
                     day("2026-10-08"));
    assert_false(provisional);
    assert_int_equal(workday_at_or_after(calendar, day("2027-01-01"), &provisional),
                     day("2027-01-04"));
    assert_true(provisional);
}

/* ---- files ---- */

#define GOOD \
    "# year 2027\n# source notice\n2027-01-01\tholiday\t元旦\n2027-10-01\tholiday\t国庆节\n"

static void loads_a_new_year_and_an_amended_one(void **state)
{
    Calendar *calendar = shipped_calendar(*state);
    Str first = S("\xEF\xBB\xBF" GOOD "2026-12-26\tworkday\t元旦\r\n2027-02-10\tholiday\t春节\r\n");
    assert_int_equal(calendar_file_year(first), 2027);
    assert_true(calendar_add_year(calendar, 0, S("f"), first, NULL));
    assert_int_equal(calendar_last_year(calendar), 2027);
    assert_int_equal(calendar_day(calendar, day("2026-12-26")).kind, DAY_MAKE_UP);
    assert_int_equal(calendar_day(calendar, day("2027-02-10")).kind, DAY_HOLIDAY);
    assert_int_equal(calendar_day(calendar, day("2027-02-08")).kind, DAY_WORKDAY);
    assert_true(calendar_add_year(calendar, 2027, S("f"), S(GOOD), NULL));
    assert_int_equal(calendar_day(calendar, day("2026-12-26")).kind, DAY_WEEKEND);
    assert_int_equal(calendar_day(calendar, day("2027-02-10")).kind, DAY_WORKDAY);
    assert_int_equal(calendar_day(calendar, day("2026-02-14")).kind, DAY_MAKE_UP);
}

static void loading_2027_leaves_a_gap_uncovered(void **state)
{
    Calendar *calendar = calendar_open(*state);
    assert_true(calendar_add_year(calendar, 0, S("f"), S(GOOD), NULL));
    assert_true(calendar_add_year(calendar, 2025, S("f"), year_file(*state, 2025), NULL));
    assert_int_equal(calendar_first_year(calendar), 2025);
    assert_false(calendar_covers(calendar, day("2026-05-01")));
    assert_int_equal(calendar_day(calendar, day("2026-05-01")).kind, DAY_HOLIDAY);
}

static void refuses_bad_files_with_file_and_line(void **state)
{
    static const struct {
        const char *text;
        const char *says;
    } cases[] = {
        {"# year 2027\n2027-13-01\tholiday\tx\n", "f.tsv:2: \"2027-13-01\" is not a date"},
        {"# year 2027\n\n2026-05-01\tholiday\tx\n", "f.tsv:3: 2026-05-01 is not in this year"},
        {GOOD "2027-01-01\tholiday\tx\n", "f.tsv:5: 2027-01-01 stands here twice"},
        {GOOD "2027-02-10\toff\tx\n", "f.tsv:5: \"off\" should be workday or holiday"},
        {GOOD "2027-02-10\tworkday\tx\n", "f.tsv:5: 2027-02-10 is a workday anyway"},
        {GOOD "2027-02-10\tholiday\n", "f.tsv:5: needs date"},
        {GOOD "2027-02-10\tholiday\t\n", "f.tsv:5: needs date"},
        {GOOD "2027-02-10\tholiday\ta\tb\tc\n", "f.tsv:5: needs date"},
        {"2027-01-01\tholiday\tx\n", "f.tsv: does not say its year"},
        {"# year 3000\n", "f.tsv: does not say its year"},
        {"# year 2027\n2027-01-01\tholiday\tx\n", "f.tsv: 2027-10-01 is missing"},
        {"# year 2027\n\xff\n", "f.tsv: not UTF-8"},
    };
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Calendar *calendar = calendar_open(arena);
        Err err = {0};
        assert_false(calendar_add_year(calendar, 0, S("f.tsv"), str_from_c(cases[i].text), &err));
        assert_int_equal(err.code, ERR_WRONG);
        Str said = err_message(arena, &err, LANGUAGE_EN);
        if (!str_starts(said, str_from_c(cases[i].says)))
            fail_msg("case %zu: %.*s", i, (int)said.n, said.p);
        assert_false(calendar_has_year(calendar, 2027));
    }
}

static void refuses_another_year_and_huge_files(void **state)
{
    Calendar *calendar = calendar_open(*state);
    Err err = {0};
    assert_false(calendar_add_year(calendar, 2026, S("f"), S(GOOD), &err));
    assert_int_equal(err.message, MSG_calendar_file_other_year);
    char *lines = arena_alloc(*state, CALENDAR_FILE_MAX + 1);
    memset(lines, '\n', CALENDAR_FILE_MAX + 1);
    Str many = {lines, CALENDAR_FILE_MAX}, large = {lines, CALENDAR_FILE_MAX + 1};
    assert_false(calendar_add_year(calendar, 2027, S("f"), many, &err));
    assert_int_equal(err.message, MSG_calendar_file_too_large);
    assert_false(calendar_add_year(calendar, 2027, S("f"), large, &err));
    assert_int_equal(err.message, MSG_calendar_file_too_large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_workdays_of_known_years),
        cmocka_unit_test(guesses_2027_from_the_statutory_days),
        cmocka_unit_test(statutory_table_agrees_with_the_notices),
        cmocka_unit_test(knows_each_kind_of_day),
        cmocka_unit_test(says_what_it_covers),
        cmocka_unit_test(counts_between_days),
        cmocka_unit_test(counts_as_a_walk_does),
        cmocka_unit_test(workday_at_or_after_marks_unknown_years),
        cmocka_unit_test(loads_a_new_year_and_an_amended_one),
        cmocka_unit_test(loading_2027_leaves_a_gap_uncovered),
        cmocka_unit_test(refuses_bad_files_with_file_and_line),
        cmocka_unit_test(refuses_another_year_and_huge_files),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
