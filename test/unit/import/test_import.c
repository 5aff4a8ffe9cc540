/* SPDX-License-Identifier: Apache-2.0 */
/* Sheets into the town of test/unit/change/support.h. */
#include "visitor.h"

#include <unistd.h>

#include "base/random.h"
#include "import/import.h"
#include "profile/profile.h"

static Town town;

static int open_town(void **state)
{
    (void)state;
    town = town_open();
    return 0;
}

static int close_town(void **state)
{
    (void)state;
    town_close(&town);
    return 0;
}

#define HEAD "Topic,Day,Area,Entrepreneurs received\n"

static Import preview_in(Town *where, const char *login, const char *kind, Str bytes)
{
    Visit *visit = visit_as(where, login, "");
    Grid *grid = NEW(where->arena, Grid);
    Import import = {0};
    Err err = {0};
    ImportAsk ask = {.arena = where->arena,
                     .db = visit->db,
                     .office = visit->office,
                     .secret = where->site->keys.code,
                     .now = visit->now,
                     .actor = visit->actor,
                     .language = LANGUAGE_EN,
                     .kind = visit_kind(visit, kind),
                     .grid = grid};
    ask.move = kind_first_move(ask.kind, false);
    if (!grid_read_csv(where->arena, bytes, GRID_ANY, grid, &err) ||
        !import_preview(&ask, &import, &err))
        fail_msg("%s", str_c(where->arena, err_message(where->arena, &err, LANGUAGE_EN)));
    return import;
}

static Import preview(const char *login, const char *csv)
{
    return preview_in(&town, login, "reception_session", str_from_c(csv));
}

/* Makes at most `most` rows. */
static void make(Town *where, Import *import, size_t most)
{
    while (import_step(import) && most > 0) {
        Job jobs[IMPORT_STEP];
        import->given = MIN(import->given, most);
        most -= import->given;
        for (size_t i = 0; i < import->given; i++)
            jobs[i] = (Job){.change = &import->step[i]->change, .arena = where->arena};
        writer_run_all(where->site->writer, jobs, import->given);
        assert_null(import_answers(import, jobs));
    }
}

static void assert_problems(const Import *import, const char *const *expected, size_t count)
{
    for (size_t i = 0; i < import->problems.n && i < count; i++)
        assert_string_equal(str_c(town.arena, import_problem_text(import, &import->problems.p[i])),
                            expected[i]);
    assert_int_equal(import->problems.n, count);
}

static void test_titles_are_labels_or_names(void **state)
{
    Import english = preview("office", HEAD "One,2023-02-01,CITY,3\n");
    Import chinese =
        preview("office", "主题,held_on,所在区域, 接待企业家人数 \nOne,2023/2/1,CITY,３\n");
    (void)state;
    assert_int_equal(english.problems.n, 0);
    assert_int_equal(chinese.problems.n, 0);
    assert_int_equal(chinese.counts[IMPORT_NEW], 1);
}

static void test_wrong_titles_are_all_named(void **state)
{
    static const char *const expected[] = {
        "row 1, \"Day\": This column is missing, and it must be filled in",
        "row 1, column A \"Topc\": There is no such field. Did you mean \"topic\"?",
        ("row 1, column B \"政治面貌\": This site does not collect \"政治面貌\"; please take the "
         "column out"),
        "row 1, column E \"topic\": The same as column D; please take one out",
    };
    Import import = preview("office", "Topc,政治面貌,Area,Topic,topic,Entrepreneurs received\n1\n");
    (void)state;
    assert_problems(&import, expected, COUNT_OF(expected));
    assert_int_equal(import.rows.n, 0);
}

static void test_every_fault_of_every_row_is_named(void **state)
{
    static const char *const expected[] = {
        "row 2, column B \"Day\": \"45000\" is how a spreadsheet counts days (perhaps 2023-03-15); "
        "please write the date",
        "row 2, column C \"Area\": There is no organisation with the code \"NOWHERE\".",
        "row 4, column A \"Topic\": Please fill this in.",
        "row 4, column D \"Entrepreneurs received\": It cannot be less than 0.",
        "row 5, column D \"Entrepreneurs received\": \"1.2E+05\" was shortened by a spreadsheet; "
        "make that column text and enter it again",
        "row 6, column C \"Area\": \"#REF!\" is an error of the spreadsheet",
        "row 6, column E: This column has no title",
    };
    Import import = preview("office", HEAD "One,45000,NOWHERE,3\n"
                                           "Two,2023-02-01,CITY,4\n"
                                           ",2023-02-01,CITY,-4\n"
                                           "Four,2023-02-01,CITY,1.2E+05\n"
                                           "Five,2023-02-01,#REF!,1,x\n");
    (void)state;
    assert_problems(&import, expected, COUNT_OF(expected));
    assert_int_equal(import.counts[IMPORT_WRONG], 4);
    assert_int_equal(import.counts[IMPORT_NEW], 1);
}

static void test_codes_that_a_spreadsheet_cut_are_refused(void **state)
{
    static const char *const expected[] = {
        "row 2, column B \"credit_code\": A spreadsheet turned the last three digits of "
        "\"914403001922038000\" into 000; make that column text and enter it again",
        "row 4, column B \"credit_code\": \"9.14403E+17\" was shortened by a spreadsheet; make "
        "that "
        "column text and enter it again",
    };
    Import import = preview_in(
        &town, "intake", "enterprise_request",
        S("company_name,credit_code,title,body,place,agree_public\n"
          "Firm,914403001922038000,Water pressure,The pressure is too low since May,CITY,yes\n"
          "Firm,914403001922038216,Water pressure,The pressure is too low since May,CITY,yes\n"
          "Firm,9.14403E+17,Water pressure,The pressure is too low since May,CITY,yes\n"));
    (void)state;
    assert_problems(&import, expected, COUNT_OF(expected));
    assert_int_equal(import.counts[IMPORT_NEW], 1);
}

static void test_the_preview_writes_nothing(void **state)
{
    int64_t entries = town_count(&town, "entry"), records = town_count(&town, "record");
    Import import = preview("office", HEAD "One,2023-02-01,CITY,3\nTwo,2023-02-01,CITY,4\n");
    (void)state;
    assert_int_equal(import.counts[IMPORT_NEW], 2);
    assert_int_equal(town_count(&town, "entry"), entries);
    assert_int_equal(town_count(&town, "record"), records);
}

static void test_who_may_not_make_it_is_told_so(void **state)
{
    Import import = preview("unit", HEAD "One,2023-02-01,CITY,3\n");
    (void)state;
    assert_int_equal(import.counts[IMPORT_WRONG], 1);
    assert_int_equal(import.problems.n, 1);
}

static void test_the_same_sheet_again_adds_nothing(void **state)
{
    const char *sheet =
        HEAD "Same,2023-02-01,CITY,3\nSame,2023-02-01,CITY,3\nOther,2023-02-01,CITY,4\n";
    const char *same = "主题;举办日期;所在区域;接待企业家人数\n\nSame;2023-02-01;CITY;3\n"
                       "Same;2023-02-01;CITY;3\nOther;2023-02-01;CITY;4\n";
    int64_t before = town_count(&town, "record");
    Import first = preview("office", sheet), again, other;
    (void)state;
    make(&town, &first, 2); /* interrupted */
    assert_int_equal(town_count(&town, "record"), before + 2);
    again = preview("office", same);
    assert_int_equal(again.counts[IMPORT_BEFORE], 2);
    assert_int_equal(again.counts[IMPORT_NEW], 1);
    make(&town, &again, 100);
    assert_int_equal(again.counts[IMPORT_MADE], 1);
    /* A preview from before is refused nothing and doubles nothing either. */
    first.next = 0;
    make(&town, &first, 100);
    assert_int_equal(town_count(&town, "record"), before + 3);
    /* Equal rows of another sheet are another matter. */
    other = preview("office", HEAD "Same,2023-02-01,CITY,3\n");
    assert_int_equal(other.counts[IMPORT_NEW], 1);
}

/* Both looked at it before either recorded it. */
static void test_two_people_with_one_sheet_make_it_once(void **state)
{
    const char *sheet = HEAD "Same,2023-02-01,CITY,3\nSame,2023-02-01,CITY,3\n";
    int64_t before = town_count(&town, "record");
    Import first = preview("office", sheet), second = preview("office", sheet);
    (void)state;
    for (size_t i = 0; i < second.rows.n; i++)
        second.rows.p[i].change.actor = (Actor){.type = ACTOR_CLI, .name = S("cli")};
    make(&town, &first, 100);
    make(&town, &second, 100);
    assert_int_equal(second.counts[IMPORT_BEFORE], 2);
    assert_int_equal(town_count(&town, "record"), before + 2);
}

static void test_among_many_rows_the_one_that_repeats_is_found(void **state)
{
    Buf buf = buf_open(town.arena);
    Import import;
    (void)state;
    TEXT(&buf, "Name in Chinese,Code,Parent,Type,Opened on\n");
    for (int64_t i = 0; i < 3000; i++)
        TEXT(&buf, "甲,CITY-X", i, ",CITY,department,2020-01-01\n");
    TEXT(&buf, "乙,CITY-X77,CITY,department,2020-01-01\n");
    import = preview_in(&town, "admin", "org", buf_str(&buf));
    assert_int_equal(import.counts[IMPORT_NEW], 3000);
    assert_int_equal(import.counts[IMPORT_WRONG], 1);
}

static void test_later_rows_see_earlier_ones(void **state)
{
    static const char *const expected[] = {
        "row 4, column B \"Code\": \"CITY-X\" is taken. Choose another."};
    Import import = preview_in(&town, "admin", "org",
                               S("Name in Chinese,Code,Parent,Type,Opened on\n"
                                 "甲,CITY-X,CITY,department,2020-01-01\n"
                                 "乙,CITY-Y,CITY,department,2020-01-01\n"
                                 "丙,CITY-X,CITY,department,2020-01-01\n"));
    (void)state;
    assert_problems(&import, expected, 1);
}

static void test_a_template_is_a_sheet_without_rows(void **state)
{
    static const char *const expected[] = {"row 1: There is nothing below the titles"};
    Visit *visit = visit_as(&town, "office", "");
    const Kind *kind = visit_kind(visit, "reception_session");
    Str template =
        import_template(town.arena, kind, kind_first_move(kind, false), LANGUAGE_ZH, TABLE_CSV);
    Import import = preview_in(&town, "office", "reception_session", template);
    (void)state;
    assert_problems(&import, expected, 1);
}

/* ---- export and import ---- */

static Str random_text(RandomSource *random, size_t most)
{
    static const char *const bits[] = {"甲", "乙 ", "\"", ",", ";", "=", "'", "-1+1", "x",
                                       "、", "。",  "@",  "a", "5", "+", "#", "？",   "𠀀"};
    Buf buf = buf_open(town.arena);
    buf_byte(&buf, "=a'-"[random_below(random, 4)]);
    for (uint64_t n = random_below(random, most); n > 0; n--)
        TEXT(&buf, bits[random_below(random, COUNT_OF(bits))]);
    buf_add(&buf, S("end"));
    return buf_str(&buf);
}

static void random_session(RandomSource *random)
{
    static const Str places[] = {S_CONST("CITY"), S_CONST("CITY-A"), S_CONST("CITY-B")};
    static const Str industries[] = {S_CONST("c"), S_CONST("a"), S_CONST("")};
    Visit *visit = visit_as(&town, "office", "");
    Str day = STR(town.arena, "2023-0", (int64_t)random_below(random, 2) + 1, "-1",
                  (int64_t)random_below(random, 10));
    FormPair pairs[] = {
        {S("title"), random_text(random, 12)},
        {S("held_on"), day},
        {S("place"), places[random_below(random, 3)]},
        {S("host_org"), places[random_below(random, 3)]},
        {S("venue"), random_below(random, 2) ? random_text(random, 8) : S("")},
        {S("industry"), industries[random_below(random, 3)]},
        {S("head_count"), STR(town.arena, (int64_t)random_below(random, 1000))},
        {S("minutes"), STR(town.arena, random_text(random, 20), "\n", random_text(random, 20))},
    };
    Change change = {.actor = visit->actor,
                     .kind = S("reception_session"),
                     .move = S("hold"),
                     .version = -1,
                     .form = {pairs, COUNT_OF(pairs)}};
    ChangeResult result;
    Err err = {0};
    if (!site_change(town.site, town.arena, &change, &result, &err))
        fail_msg("%s",
                 str_c(town.arena, err.fields ? err_field_text(town.arena, err.fields, LANGUAGE_EN)
                                              : err_message(town.arena, &err, LANGUAGE_EN)));
}

static Str exported(Town *where, Language language)
{
    Visit *visit = visit_as(where, "office", "sort=oldest");
    int file = -1;
    uint64_t size = 0;
    Err err = {0};
    char *bytes;
    visit->language = language;
    assert_true(
        list_export(visit, visit_kind(visit, "reception_session"), TABLE_CSV, &file, &size, &err));
    bytes = arena_alloc(where->arena, size + 1);
    assert_int_equal(pread(file, bytes, size, 0), size);
    close(file);
    return (Str){bytes, size};
}

/* Without the last line, which says who made the sheet and when. */
static Str without_foot(Str sheet)
{
    size_t lines = 0;
    for (size_t i = sheet.n; i > 0; i--)
        if (sheet.p[i - 1] == '\n' && ++lines == 2)
            return str_slice(sheet, 0, i);
    return sheet;
}

static void assert_round(Language language)
{
    Town other = town_open();
    Import import = preview_in(&other, "office", "reception_session", exported(&town, language));
    assert_problems(&import, NULL, 0);
    make(&other, &import, 1000);
    assert_string_equal(str_c(town.arena, without_foot(exported(&town, language))),
                        str_c(other.arena, without_foot(exported(&other, language))));
    town_close(&other);
}

static void test_what_is_exported_is_imported(void **state)
{
    RandomSource random = random_seeded(11);
    (void)state;
    for (int i = 0; i < 60; i++)
        random_session(&random);
    assert_round(LANGUAGE_ZH);
    assert_round(LANGUAGE_EN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_titles_are_labels_or_names, open_town, close_town),
        cmocka_unit_test_setup_teardown(test_wrong_titles_are_all_named, open_town, close_town),
        cmocka_unit_test_setup_teardown(test_every_fault_of_every_row_is_named, open_town,
                                        close_town),
        cmocka_unit_test_setup_teardown(test_codes_that_a_spreadsheet_cut_are_refused, open_town,
                                        close_town),
        cmocka_unit_test_setup_teardown(test_the_preview_writes_nothing, open_town, close_town),
        cmocka_unit_test_setup_teardown(test_who_may_not_make_it_is_told_so, open_town, close_town),
        cmocka_unit_test_setup_teardown(test_the_same_sheet_again_adds_nothing, open_town,
                                        close_town),
        cmocka_unit_test_setup_teardown(test_two_people_with_one_sheet_make_it_once, open_town,
                                        close_town),
        cmocka_unit_test_setup_teardown(test_among_many_rows_the_one_that_repeats_is_found,
                                        open_town, close_town),
        cmocka_unit_test_setup_teardown(test_later_rows_see_earlier_ones, open_town, close_town),
        cmocka_unit_test_setup_teardown(test_a_template_is_a_sheet_without_rows, open_town,
                                        close_town),
        cmocka_unit_test_setup_teardown(test_what_is_exported_is_imported, open_town, close_town),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
