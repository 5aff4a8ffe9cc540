/* SPDX-License-Identifier: Apache-2.0 */
/* Where organisations stand; spans are compared with looking at every day by itself. */
#include "base/random.h"
#include "town.h"

#define ORGS 12
#define DAYS 60

static OrgTree town_tree(Town *town)
{
    OrgTree tree;
    town_must(town, org_tree_load(town->arena, town->db, &tree, &town->err));
    return tree;
}

static void assert_ids(IdVec ids, const int64_t *expected, size_t count)
{
    assert_int_equal(ids.n, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(ids.p[i], expected[i]);
}

static void test_today(void **state)
{
    Town *town = *state;
    OrgTree tree = town_tree(town);
    const Org *unit = org_by_code(&tree, S("X1"));
    assert_int_equal(tree.root, CITY);
    assert_int_equal(unit->id, UNIT_X);
    assert_int_equal(unit->depth, 2);
    assert_int_equal(unit->parent, BUREAU_X);
    assert_true(org_is_within(&tree, UNIT_X, CITY));
    assert_true(org_is_within(&tree, UNIT_X, UNIT_X));
    assert_false(org_is_within(&tree, CITY, UNIT_X));
    assert_false(org_is_within(&tree, UNIT_X, DISTRICT_A));
    assert_false(org_is_within(&tree, 999, CITY));
    assert_null(org_find(&tree, 999));
    assert_null(org_by_code(&tree, S("")));
    assert_ids(org_ancestors(town->arena, &tree, UNIT_X), (int64_t[]){UNIT_X, BUREAU_X, CITY}, 3);
    assert_ids(org_ancestors(town->arena, &tree, 999), NULL, 0);
    assert_ids(
        org_subtree(town->arena, &tree, CITY),
        (int64_t[]){CITY, DISTRICT_A, DISTRICT_B, BUREAU_X, BUREAU_Y, TOWN_A, TOWN_B, UNIT_X}, 8);
    assert_ids(org_find(&tree, CITY)->children,
               (int64_t[]){DISTRICT_A, DISTRICT_B, BUREAU_X, BUREAU_Y}, 4);
}

static void test_they_are_found_by_a_part_of_name_or_code(void **state)
{
    Town *town = *state;
    Record closed = town_record(town, BUREAU_Y, "org");
    set_text(town, &closed, "title", "X of old");
    set_text(town, &closed, "code", "Y");
    set_int(town, &closed, "closed_on", 19000);
    town_store(town, &closed);
    OrgTree tree = town_tree(town);
    assert_ids(org_matching(town->arena, &tree, CITY, S("x")), (int64_t[]){BUREAU_X, UNIT_X}, 2);
    assert_ids(org_matching(town->arena, &tree, CITY, S("X1")), (int64_t[]){UNIT_X}, 1);
    assert_ids(org_matching(town->arena, &tree, DISTRICT_A, S("X1")), NULL, 0);
    assert_ids(org_matching(town->arena, &tree, CITY, S("nowhere")), NULL, 0);
    assert_int_equal(org_matching(town->arena, &tree, CITY, S("")).n,
                     org_subtree(town->arena, &tree, CITY).n - 1);
}

static void test_a_move_changes_today_and_keeps_the_past(void **state)
{
    Town *town = *state;
    Day moved = 20000;
    town_must(town, q_org_period_end(town->db, TOWN_A, moved, &town->err));
    town_must(town, q_org_period_put(town->db, TOWN_A, moved, DISTRICT_B, &town->err));
    OrgTree tree = town_tree(town);
    assert_true(org_is_within(&tree, TOWN_A, DISTRICT_B));
    assert_false(org_is_within(&tree, TOWN_A, DISTRICT_A));
    OrgSpans old = org_spans(town->arena, &tree, DISTRICT_A, moved - 10, moved + 10);
    assert_int_equal(old.n, 2);
    assert_int_equal(old.p[1].org, TOWN_A);
    assert_int_equal(old.p[1].from, moved - 10);
    assert_int_equal(old.p[1].to, moved - 1);
    OrgSpans city = org_spans(town->arena, &tree, CITY, moved - 10, moved + 10);
    assert_int_equal(city.n, 8); /* the two spans of the town are joined */
}

static void test_details_are_read(void **state)
{
    Town *town = *state;
    Record record = town_record(town, 50, "org");
    set_text(town, &record, "title", "某社区");
    set_text(town, &record, "title_en", "A community");
    set_text(town, &record, "code", "A1-1");
    set_text(town, &record, "org_type", "community");
    set_text(town, &record, "division_code", "340705001001");
    set_int(town, &record, "virtual", 1);
    set_int(town, &record, "opened_on", 18000);
    set_int(town, &record, "closed_on", 19000);
    set_id(town, &record, "successor", TOWN_A);
    town_store(town, &record);
    OrgTree tree = town_tree(town);
    const Org *org = org_by_code(&tree, S("A1-1"));
    assert_true(str_eq(org->title.zh, S("某社区")) && str_eq(org->title.en, S("A community")));
    assert_true(str_eq(org->type, S("community")));
    assert_true(str_eq(org->division_code, S("340705001001")));
    assert_true(org->is_virtual);
    assert_int_equal(org->opened_on, 18000);
    assert_int_equal(org->closed_on, 19000);
    assert_int_equal(org->successor, TOWN_A);
}

static void test_standing_below_itself_is_refused(void **state)
{
    Town *town = *state;
    OrgTree tree;
    town_must(town, q_org_period_put(town->db, DISTRICT_A, 0, TOWN_A, &town->err));
    assert_false(org_tree_load(town->arena, town->db, &tree, &town->err));
    assert_int_equal(town->err.code, ERR_WRONG);
}

static void test_without_organisations(void **state)
{
    Town *town = *state;
    OrgTree tree = town_tree(town);
    assert_int_equal(tree.root, 0);
    assert_int_equal(org_spans(town->arena, &tree, 1, 1, 100).n, 0);
}

/* ---- the slow model: parents of one day ---- */

typedef int64_t Parents[DAYS + 1][ORGS + 1]; /* by day and organisation; 0 = root */

static bool day_is_within(Parents parents, Day day, int64_t org, int64_t root)
{
    while (org && org != root)
        org = parents[day][org];
    return org == root;
}

/* Every organisation stands below one with a smaller id, so that there are no rings, and changes
 * its place now and then; between some places it stands nowhere. */
static void random_history(Town *town, RandomSource *random, Parents parents)
{
    for (int64_t org = 2; org <= ORGS; org++) {
        for (Day day = 1; day <= DAYS;) {
            Day length = 1 + (Day)random_below(random, 30), end = day + length;
            int64_t parent = 1 + (int64_t)random_below(random, (uint64_t)org - 1);
            bool nowhere = random_below(random, 6) == 0;
            if (!nowhere) {
                town_must(town, q_org_period_put(town->db, org, day, parent, &town->err));
                if (end <= DAYS)
                    town_must(town, q_org_period_end(town->db, org, end, &town->err));
            }
            for (Day d = day; d < end && d <= DAYS; d++)
                parents[d][org] = nowhere ? 0 : parent;
            day = end;
        }
    }
}

static bool spans_have(const OrgSpans *spans, int64_t org, Day day)
{
    for (size_t i = 0; i < spans->n; i++)
        if (spans->p[i].org == org && spans->p[i].from <= day && day <= spans->p[i].to)
            return true;
    return false;
}

static void check_spans(const OrgSpans *spans, Parents parents, int64_t root, Day from, Day to)
{
    for (int64_t org = 1; org <= ORGS; org++)
        for (Day day = 1; day <= DAYS; day++)
            assert_int_equal(spans_have(spans, org, day),
                             day >= from && day <= to && day_is_within(parents, day, org, root));
    for (size_t i = 1; i < spans->n; i++)
        assert_true(spans->p[i - 1].org < spans->p[i].org ||
                    spans->p[i - 1].to + 1 < spans->p[i].from);
}

static void test_spans_are_those_of_every_day(void **state)
{
    RandomSource random = random_seeded(7);
    (void)state;
    for (int round = 0; round < 40; round++) {
        static Parents parents;
        void *opened;
        town_empty(&opened);
        Town *town = opened;
        memset(parents, 0, sizeof parents);
        for (int64_t org = 1; org <= ORGS; org++)
            town_org(town, org, str_c(town->arena, STR(town->arena, "O", org)), 0);
        random_history(town, &random, parents);
        OrgTree tree = town_tree(town);
        for (int i = 0; i < 20; i++) {
            Day from = 1 + (Day)random_below(&random, DAYS);
            Day to = from + (Day)random_below(&random, (uint64_t)(DAYS - from) + 1);
            int64_t root = 1 + (int64_t)random_below(&random, ORGS);
            OrgSpans spans = org_spans(town->arena, &tree, root, from, to);
            check_spans(&spans, parents, root, from, to);
        }
        town_close(&opened);
    }
}

static int orgs_open(void **state)
{
    town_empty(state);
    town_orgs(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, orgs_open, town_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_today),
        TEST(test_they_are_found_by_a_part_of_name_or_code),
        TEST(test_a_move_changes_today_and_keeps_the_past),
        TEST(test_details_are_read),
        TEST(test_standing_below_itself_is_refused),
        cmocka_unit_test_setup_teardown(test_without_organisations, town_empty, town_close),
        cmocka_unit_test(test_spans_are_those_of_every_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
