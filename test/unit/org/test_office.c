/* SPDX-License-Identifier: Apache-2.0 */
#include "town.h"

static const char year_2026[] = "# year 2026\n"
                                "2026-01-01\tholiday\t元旦\tNew Year\n"
                                "2026-05-01\tholiday\t劳动节\tLabour Day\n"
                                "2026-10-01\tholiday\t国庆节\tNational Day\n"
                                "2026-10-02\tholiday\t国庆节\tNational Day\n"
                                "2026-10-03\tholiday\t国庆节\tNational Day\n";

static void test_everything_is_there(void **state)
{
    Town *town = *state;
    const Office *office = town->office;
    const Account *unit = office_account_by_login(office, S("unit"));
    assert_non_null(profile_kind(office->profile, S("matter")));
    assert_int_equal(office->orgs.root, CITY);
    assert_int_equal(office->version, 0);
    assert_int_equal(unit->id, UNIT);
    assert_ptr_equal(unit, office_account(office, UNIT));
    assert_int_equal(unit->n_grants, 1);
    assert_int_equal(unit->grants[0].org, BUREAU_X);
    assert_ptr_equal(unit->grants[0].role, profile_role(office->profile, S("unit")));
    assert_null(office_account_by_login(office, S("")));
    assert_null(office_account(office, 12345));
}

static void test_a_role_that_is_gone_gives_nothing(void **state)
{
    Town *town = *state;
    Office *office;
    town_account(town, 200, "late", "no_such_role", CITY);
    town_must(town, office_load(town->db, NULL, &office, &town->err));
    assert_int_equal(office_account(office, 200)->n_grants, 0);
    office_drop(office);
}

static void test_calendar_years_are_loaded(void **state)
{
    Town *town = *state;
    Record year = town_record(town, 300, "calendar_year");
    Office *office;
    Day day;
    set_int(town, &year, "year", 2026);
    set_text(town, &year, "tsv", year_2026);
    town_store(town, &year);
    town_must(town, office_load(town->db, NULL, &office, &town->err));
    assert_true(day_parse(S("2026-10-02"), &day));
    assert_true(calendar_has_year(office->calendar, 2026));
    assert_false(calendar_is_workday(office->calendar, day));
    office_drop(office);
}

static void test_a_disabled_account_is_marked(void **state)
{
    Town *town = *state;
    Record account = town_record(town, 201, "account");
    Office *office;
    set_text(town, &account, "login", "gone");
    set_text(town, &account, "status", "disabled");
    town_store(town, &account);
    town_must(town, office_load(town->db, NULL, &office, &town->err));
    assert_true(office_account(office, 201)->disabled);
    assert_false(office_account(office, UNIT)->disabled);
    office_drop(office);
}

static void test_holding_keeps_it_alive(void **state)
{
    Town *town = *state;
    Office *held = office_hold(town->office);
    office_drop(town->office);
    assert_int_equal(held->references, 1);
    assert_non_null(office_account(held, UNIT));
}

static void test_the_same_profile_is_shared(void **state)
{
    Town *town = *state;
    Office *next;
    town_must(town, office_load(town->db, town->office, &next, &town->err));
    assert_ptr_equal(next->profile, town->office->profile);
    office_drop(town->office);
    town->office = next;
    assert_non_null(profile_kind(next->profile, S("matter")));
}

static void test_without_a_site_there_is_no_office(void **state)
{
    Town *town = *state;
    Office *office;
    assert_false(office_load(town->db, NULL, &office, &town->err));
    assert_int_equal(town->err.code, ERR_ENVIRONMENT);
    assert_false(db_in_transaction(town->db));
}

static void test_a_broken_profile_is_refused(void **state)
{
    Town *town = *state;
    Record site = town_record(town, RECORD_SITE, "site");
    Record version = town_record(town, 2, "profile_version");
    Office *office;
    set_id(town, &site, "profile", 2);
    set_text(town, &version, "bundle", "%%% base/profile.yaml\nnonsense: 1\n");
    town_store(town, &site);
    town_store(town, &version);
    assert_false(office_load(town->db, NULL, &office, &town->err));
    assert_int_equal(town->err.code, ERR_WRONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOWN_TEST(test_everything_is_there),
        TOWN_TEST(test_a_role_that_is_gone_gives_nothing),
        TOWN_TEST(test_calendar_years_are_loaded),
        TOWN_TEST(test_a_disabled_account_is_marked),
        TOWN_TEST(test_holding_keeps_it_alive),
        TOWN_TEST(test_the_same_profile_is_shared),
        cmocka_unit_test_setup_teardown(test_without_a_site_there_is_no_office, town_empty,
                                        town_close),
        cmocka_unit_test_setup_teardown(test_a_broken_profile_is_refused, town_empty, town_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
