/* SPDX-License-Identifier: Apache-2.0 */
/* Changes to what the office itself is made of: one that would leave an office nobody can load
 * leaves nothing at all, and what must be unique is. */
#include "support.h"

static Town town;

static int setup(void **state)
{
    (void)state;
    town = town_open();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    town_close(&town);
    return 0;
}

static void test_a_calendar_that_cannot_be_read_is_undone(void **state)
{
    int64_t entries = town_count(&town, "entry");
    (void)state;
    assert_false(
        town_create(&town, "admin", "calendar_year", "load", "title=坏;year=2024;tsv=rubbish"));
    assert_int_equal(town_count(&town, "entry"), entries);
    /* The site goes on, and opens again. */
    assert_true(town_create(&town, "cli", "account", "create", "title=新岗位;login=later"));
    site_close(town.site);
    assert_true(site_open(town.dir, &town.site, &town.err));
}

static void test_a_login_stands_once(void **state)
{
    (void)state;
    assert_false(town_create(&town, "cli", "account", "create", "title=另一个;login=intake"));
    assert_int_equal(town.err.fields->message, MSG_value_taken);
    assert_false(town_create(&town, "cli", "org", "create",
                             "title=重码;code=CITY-A;org_type=department;parent_org=CITY;"
                             "opened_on=2000-01-01"));
    assert_int_equal(town.err.fields->message, MSG_value_taken);
}

static void test_a_briefing_is_not_published_empty(void **state)
{
    int64_t id;
    (void)state;
    assert_true(town_create(&town, "press", "briefing", "draft",
                            "title=简报;template=reception_year;period_from=2023-01-01;"
                            "period_to=2023-03-01;org=CITY"));
    id = town.result.record;
    assert_false(town_move(&town, "reviewer", id, "publish", ""));
    assert_int_equal(town.err.message, MSG_nothing_frozen);
    assert_text(town_text(&town, id, "status"), "draft");
}

static void test_an_attachment_must_have_been_stored(void **state)
{
    (void)state;
    assert_false(town_create(&town, NULL, "suggestion", "submit",
                             "title=路灯;body=路灯不亮;category=traffic;place=CITY;agree_public=0;"
                             "file=0123456789abcdef0123456789abcdef"));
    assert_int_equal(town.err.code, ERR_INVALID_FORM);
}

static void test_a_unit_belongs_elsewhere_from_the_day_it_moved(void **state)
{
    Office *office;
    const Org *unit;
    OrgSpans spans;
    Day march = day_from_civil((CivilDate){2023, 3, 1});
    (void)state;
    office = site_office(town.site);
    unit = org_by_code(&office->orgs, S("CITY-A"));
    assert_true(town_move(&town, "cli", unit->id, "move", "parent_org=CITY-B;moved_on=2023-02-01"));
    assert_false(town_move(&town, "cli", unit->id, "move", "parent_org=CITY;moved_on=2023-01-15"));
    assert_int_equal(town.err.fields->message, MSG_org_moved_before);
    office_drop(office);
    office = site_office(town.site);
    spans = org_spans(town.arena, &office->orgs, org_by_code(&office->orgs, S("CITY-B"))->id,
                      march - 59, march);
    assert_int_equal(spans.n, 2); /* itself, and CITY-A since 1 February */
    for (size_t i = 0; i < spans.n; i++)
        if (spans.p[i].org != org_by_code(&office->orgs, S("CITY-B"))->id)
            assert_int_equal(spans.p[i].from, day_from_civil((CivilDate){2023, 2, 1}));
    office_drop(office);
}

static void test_erasing_takes_the_children_along(void **state)
{
    int64_t id, child;
    (void)state;
    assert_true(
        town_create(&town, "cli", "dispute", "register",
                    "title=加工合同款;category=payment;applicant=甲公司;respondent=乙公司;"
                    "body=合同款没有付清。;place=CITY;mediation_type=commercial;lead=CITY-C"));
    id = town.result.record;
    assert_true(
        town_create(&town, "cli", "sitting", "create",
                    str_c(town.arena, STR(town.arena, "parent=", town.result.number,
                                          ";title=第一次调解;held_on=2023-03-01;way=in_person;"
                                          "gist=双方陈述。"))));
    child = town.result.record;
    assert_true(town_move(&town, "cli", id, "erase_text", ""));
    assert_text(town_text(&town, id, "body"), "□□□");
    assert_text(town_text(&town, child, "gist"), "□□□");
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(test_a_calendar_that_cannot_be_read_is_undone),
        OFFICE_TEST(test_a_login_stands_once),
        OFFICE_TEST(test_a_briefing_is_not_published_empty),
        OFFICE_TEST(test_an_attachment_must_have_been_stored),
        OFFICE_TEST(test_a_unit_belongs_elsewhere_from_the_day_it_moved),
        OFFICE_TEST(test_erasing_takes_the_children_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
