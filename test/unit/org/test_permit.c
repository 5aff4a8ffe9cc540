/* SPDX-License-Identifier: Apache-2.0 */
/* Who may do what: the table below is the specification. */
#include "town.h"

static Values place_and_lead(Town *town, int64_t place, int64_t lead)
{
    Record record = town_record(town, 1000, "matter");
    if (place)
        set_int(town, &record, "place", place);
    if (lead)
        set_int(town, &record, "lead", lead);
    return record.values;
}

static const Move *move_named(const Town *town, const char *name)
{
    const Kind *kind = profile_kind(town->office->profile, S("matter"));
    const Move *move = flow_move(kind->flow, str_from_c(name));
    assert_non_null(move);
    return move;
}

static PermitAnswer ask(const Town *town, Actor actor, const char *move, const Values *values,
                        bool approving)
{
    Scope scope = {profile_kind(town->office->profile, S("matter")), values};
    return permit_move(town->office, &actor, move_named(town, move), &scope, approving);
}

static void test_moves_by_role_and_place(void **state)
{
    Town *town = *state;
    static const struct {
        int64_t account, place, lead;
        const char *move;
        PermitAnswer answer;
    } cases[] = {
        {INTAKE, TOWN_A, 0, "edit", PERMIT_YES},
        {INTAKE_A, TOWN_A, 0, "edit", PERMIT_YES},
        {INTAKE_A, DISTRICT_A, 0, "edit", PERMIT_YES},
        {INTAKE_A, TOWN_B, 0, "edit", PERMIT_NO},
        {INTAKE_A, CITY, 0, "edit", PERMIT_NO},
        {INTAKE_A, 0, 0, "edit", PERMIT_NO}, /* no place: the root's */
        {INTAKE, 0, 0, "edit", PERMIT_YES},
        {INTAKE, 999, 0, "edit", PERMIT_YES}, /* not of the tree: as none */
        {UNIT, TOWN_A, BUREAU_X, "reply", PERMIT_YES},
        {UNIT, TOWN_A, UNIT_X, "reply", PERMIT_YES},
        {UNIT, TOWN_A, BUREAU_Y, "reply", PERMIT_NO},
        {UNIT, BUREAU_X, BUREAU_Y, "reply", PERMIT_NO}, /* the right organisation on a wrong axis */
        {UNIT, TOWN_A, BUREAU_X, "edit", PERMIT_NO},
        {MEDIATOR, TOWN_A, BUREAU_X, "reply", PERMIT_NO},
        {ADMIN, TOWN_A, BUREAU_X, "edit", PERMIT_NO},
        {12345, TOWN_A, BUREAU_X, "edit", PERMIT_NO},
        {INTAKE, TOWN_A, BUREAU_X, "close", PERMIT_YES},
        {INTAKE, TOWN_A, BUREAU_X, "rate", PERMIT_NO},
        {INTAKE, TOWN_A, BUREAU_X, "lapse", PERMIT_NO},
        {WATCHER, TOWN_A, BUREAU_X, "close",
         PERMIT_YES}, /* over lead, but sees all: not its staff */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Values values = place_and_lead(town, cases[i].place, cases[i].lead);
        PermitAnswer answer =
            ask(town, town_actor(cases[i].account), cases[i].move, &values, false);
        if (answer != cases[i].answer)
            fail_msg("case %d: %d", (int)i, (int)answer);
    }
}

static void test_other_actors(void **state)
{
    Town *town = *state;
    Values values = place_and_lead(town, TOWN_A, BUREAU_X);
    Actor everyone = {.type = ACTOR_PUBLIC}, owner = {.type = ACTOR_CLI};
    Actor task = {.type = ACTOR_TASK};
    assert_int_equal(ask(town, everyone, "submit", &values, false), PERMIT_YES);
    assert_int_equal(ask(town, everyone, "rate", &values, false), PERMIT_YES);
    assert_int_equal(ask(town, everyone, "edit", &values, false), PERMIT_NO);
    assert_int_equal(ask(town, everyone, "close", &values, true), PERMIT_NO);
    assert_int_equal(ask(town, task, "lapse", &values, false), PERMIT_YES);
    assert_int_equal(ask(town, task, "close", &values, false), PERMIT_NO);
    assert_int_equal(ask(town, owner, "close", &values, false), PERMIT_YES);
    assert_int_equal(ask(town, owner, "close", &values, true), PERMIT_YES);
}

static void test_who_replied_does_not_close(void **state)
{
    Town *town = *state;
    Values values = place_and_lead(town, TOWN_A, BUREAU_X);
    values_set(town->arena, &values, S("actor_reply"), value_int(INTAKE));
    assert_int_equal(ask(town, town_actor(INTAKE), "close", &values, false), PERMIT_SAME_PERSON);
    assert_int_equal(ask(town, town_actor(WATCHER), "close", &values, false), PERMIT_YES);
}

static void test_the_second_person_is_another(void **state)
{
    Town *town = *state;
    Values values = place_and_lead(town, TOWN_A, BUREAU_X);
    values_set(town->arena, &values, S("pending"), value_text(S("close")));
    values_set(town->arena, &values, S("actor_pending"), value_int(INTAKE));
    assert_int_equal(ask(town, town_actor(REVIEWER), "close", &values, true), PERMIT_YES);
    assert_int_equal(ask(town, town_actor(INTAKE), "close", &values, true), PERMIT_NO);
    values_set(town->arena, &values, S("actor_pending"), value_int(REVIEWER));
    assert_int_equal(ask(town, town_actor(REVIEWER), "close", &values, true), PERMIT_SAME_PERSON);
}

/* One who works for the unit may also hold a role that would let him close. */
static void test_own_unit_does_not_close(void **state)
{
    Town *town = *state;
    static const struct {
        const char *role;
        int64_t org;
        PermitAnswer answer;
    } second[] = {
        {"unit", BUREAU_X, PERMIT_OWN_UNIT},    {"unit", UNIT_X, PERMIT_OWN_UNIT},
        {"unit", CITY, PERMIT_OWN_UNIT},        {"unit", BUREAU_Y, PERMIT_YES},
        {"co_unit", BUREAU_X, PERMIT_OWN_UNIT}, {"co_unit", CITY, PERMIT_YES},
    };
    Values values = place_and_lead(town, TOWN_A, BUREAU_X);
    for (size_t i = 0; i < COUNT_OF(second); i++) {
        Record record = town_record(town, 150, "account");
        Office *office;
        set_text(town, &record, "login", "both");
        set_id(town, &record, "role_intake", CITY);
        set_id(town, &record, str_c(town->arena, STR(town->arena, "role_", second[i].role)),
               second[i].org);
        town_store(town, &record);
        town_must(town, office_load(town->db, NULL, &office, &town->err));
        office_drop(town->office);
        town->office = office;
        assert_int_equal(ask(town, town_actor(150), "close", &values, false), second[i].answer);
    }
}

static void test_a_disabled_account_does_nothing(void **state)
{
    Town *town = *state;
    Values values = place_and_lead(town, TOWN_A, BUREAU_X);
    Scope scope = {profile_kind(town->office->profile, S("matter")), &values};
    Actor actor = town_actor(INTAKE);
    Account *account = map_find_id(&town->office->accounts, INTAKE);
    assert_true(permit_see(town->office, &actor, &scope));
    account->disabled = true;
    assert_false(permit_see(town->office, &actor, &scope));
    assert_false(permit_right(town->office, &actor, RIGHT_SEE_ALL, 0));
    assert_int_equal(ask(town, actor, "edit", &values, false), PERMIT_NO);
    assert_int_equal(permit_list_orgs(town->arena, town->office, &actor, scope.kind).n, 0);
}

static void test_rights_hold_in_the_granted_subtree(void **state)
{
    Town *town = *state;
    Actor district = town_actor(INTAKE_A), owner = {.type = ACTOR_CLI}, task = {.type = ACTOR_TASK};
    assert_true(permit_right(town->office, &district, RIGHT_REVEAL_CONTACT, 0));
    assert_true(permit_right(town->office, &district, RIGHT_REVEAL_CONTACT, TOWN_A));
    assert_false(permit_right(town->office, &district, RIGHT_REVEAL_CONTACT, TOWN_B));
    assert_false(permit_right(town->office, &district, RIGHT_ADMIN, 0));
    assert_true(permit_right(town->office, &owner, RIGHT_ADMIN, 0));
    assert_false(permit_right(town->office, &task, RIGHT_ADMIN, 0));
}

/* ---- seeing is listing ---- */

static void test_scope_orgs(void **state)
{
    Town *town = *state;
    Values values = place_and_lead(town, TOWN_A, UNIT_X);
    int64_t co = BUREAU_Y;
    IdVec orgs;
    values_set(town->arena, &values, S("co_units"), value_ids(town->arena, &co, 1));
    orgs = permit_scope_orgs(town->arena, &town->office->orgs, &values);
    int64_t expected[] = {CITY, DISTRICT_A, TOWN_A, BUREAU_X, BUREAU_Y, UNIT_X};
    assert_int_equal(orgs.n, COUNT_OF(expected));
    for (size_t i = 0; i < orgs.n; i++)
        assert_int_equal(orgs.p[i], expected[i]);
    values = place_and_lead(town, 0, 0);
    orgs = permit_scope_orgs(town->arena, &town->office->orgs, &values);
    assert_int_equal(orgs.n, 1);
    assert_int_equal(orgs.p[0], CITY);
    values_set(town->arena, &values, S("kind"), value_text(S("org")));
    assert_int_equal(permit_scope_orgs(town->arena, &town->office->orgs, &values).n, 0);
    values = place_and_lead(town, TOWN_A, 0);
    values_set(town->arena, &values, S("kind"), value_text(S("enterprise")));
    orgs = permit_scope_orgs(town->arena, &town->office->orgs, &values);
    assert_int_equal(orgs.n, 1);
    assert_int_equal(orgs.p[0], CITY);
}

static bool lists(Town *town, const Actor *actor, const Kind *kind, const Values *values)
{
    IdVec listed = permit_list_orgs(town->arena, town->office, actor, kind);
    IdVec scope = permit_scope_orgs(town->arena, &town->office->orgs, values);
    for (size_t i = 0; i < listed.n; i++)
        if (ids_have(scope.p, scope.n, listed.p[i]))
            return true;
    return false;
}

static void test_seeing_is_listing(void **state)
{
    Town *town = *state;
    static const char *const kinds[] = {"matter", "dispute"};
    size_t seen = 0;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        for (int64_t place = CITY - 1; place <= UNIT_X; place++) {
            for (int64_t lead = CITY - 1; lead <= UNIT_X; lead++) {
                Values values = place_and_lead(town, place, lead);
                const Kind *kind = profile_kind(town->office->profile, str_from_c(kinds[k]));
                Scope scope = {kind, &values};
                values_set(town->arena, &values, S("kind"), value_text(kind->name));
                for (int64_t account = INTAKE; account <= CO; account++) {
                    Actor actor = town_actor(account);
                    bool sees = permit_see(town->office, &actor, &scope);
                    assert_int_equal(sees, lists(town, &actor, kind, &values));
                    seen += sees;
                }
            }
        }
    }
    assert_true(seen > 500);
}

static bool sees(Town *town, int64_t account, const char *kind, int64_t place, int64_t lead)
{
    Values values = place_and_lead(town, place, lead);
    Scope scope = {profile_kind(town->office->profile, str_from_c(kind)), &values};
    Actor actor = town_actor(account);
    values_set(town->arena, &values, S("kind"), value_text(str_from_c(kind)));
    return permit_see(town->office, &actor, &scope);
}

static void test_who_sees(void **state)
{
    Town *town = *state;
    assert_true(sees(town, UNIT, "matter", TOWN_A, BUREAU_X));
    assert_false(sees(town, UNIT, "matter", TOWN_A, BUREAU_Y));
    assert_false(sees(town, UNIT, "dispute", TOWN_A, BUREAU_X)); /* not a kind of its role */
    assert_true(sees(town, MEDIATOR, "dispute", TOWN_A, BUREAU_X));
    assert_false(sees(town, MEDIATOR, "matter", TOWN_A, BUREAU_X));
    assert_false(sees(town, ADMIN, "matter", TOWN_A, BUREAU_X)); /* runs the machine, no contents */
    assert_true(sees(town, ADMIN, "org", 0, 0));
    assert_true(sees(town, AUDITOR, "org", 0, 0));
    assert_false(sees(town, UNIT, "org", 0, 0));
    assert_true(sees(town, UNIT, "enterprise", TOWN_B, 0)); /* the directory is everybody's */
    assert_false(sees(town, 12345, "enterprise", TOWN_B, 0));
}

static void test_sights_keep_kinds_apart(void **state)
{
    Town *town = *state;
    Actor mediator = town_actor(MEDIATOR), intake = town_actor(INTAKE);
    Sights some = permit_sights(town->arena, town->office, &mediator);
    Sights all = permit_sights(town->arena, town->office, &intake);
    assert_int_equal(some.n, 1);
    assert_true(str_eq(some.p[0].kind->name, S("dispute")));
    assert_int_equal(all.n, 3);
    assert_int_equal(permit_list_orgs(town->arena, town->office, &mediator, NULL).n, 0);
    assert_int_equal(permit_list_orgs(town->arena, town->office, &intake, NULL).n, 1);
}

static void test_an_organisation_below_another_is_left_out(void **state)
{
    Town *town = *state;
    Record record = town_record(town, 151, "account");
    int64_t orgs[] = {UNIT_X, BUREAU_X, BUREAU_Y};
    Actor actor = town_actor(151);
    Office *office;
    IdVec listed;
    values_set(town->arena, &record.values, S("role_intake"), value_ids(town->arena, orgs, 3));
    town_store(town, &record);
    town_must(town, office_load(town->db, NULL, &office, &town->err));
    listed =
        permit_list_orgs(town->arena, office, &actor, profile_kind(office->profile, S("matter")));
    assert_int_equal(listed.n, 2);
    assert_int_equal(listed.p[0], BUREAU_X);
    assert_int_equal(listed.p[1], BUREAU_Y);
    office_drop(office);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOWN_TEST(test_moves_by_role_and_place),
        TOWN_TEST(test_other_actors),
        TOWN_TEST(test_who_replied_does_not_close),
        TOWN_TEST(test_the_second_person_is_another),
        TOWN_TEST(test_own_unit_does_not_close),
        TOWN_TEST(test_a_disabled_account_does_nothing),
        TOWN_TEST(test_rights_hold_in_the_granted_subtree),
        TOWN_TEST(test_scope_orgs),
        TOWN_TEST(test_seeing_is_listing),
        TOWN_TEST(test_who_sees),
        TOWN_TEST(test_sights_keep_kinds_apart),
        TOWN_TEST(test_an_organisation_below_another_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
