/* SPDX-License-Identifier: Apache-2.0 */
/* Writing only what differs leaves the same rows as writing everything. */
#include "../org/town.h"
#include "base/random.h"

#define STEPS 400

/* All rows of a statement of integers and texts, one line each. */
static Str dump(Town *town, DbText *sql)
{
    Buf buf = buf_open(town->arena);
    DbRows rows;
    town_must(town, db_run(town->db, sql, &rows, &town->err));
    while (db_rows_next(&rows)) {
        for (int i = 0; i < db_rows_columns(&rows); i++)
            TEXT(&buf, db_rows_text(&rows, i), " ");
        buf_byte(&buf, '\n');
    }
    town_must(town, db_rows_close(&rows, &town->err));
    return buf_str(&buf);
}

static Str links(Town *town)
{
    DbText sql = db_text_open(town->arena);
    db_sql_literal(&sql, "SELECT name, target FROM record_link WHERE record = 1000 "
                         "ORDER BY name, target");
    return dump(town, &sql);
}

static Str scope(Town *town)
{
    DbText sql = db_text_open(town->arena);
    db_sql_literal(&sql, "SELECT org, kind, open, created_at, due_on, status, category "
                         "FROM record_scope WHERE record = 1000 ORDER BY org");
    return dump(town, &sql);
}

static int64_t some_org(RandomSource *random)
{
    return CITY - 1 + (int64_t)random_below(random, 9); /* 9 is none of the tree */
}

static Value some_orgs(Town *town, RandomSource *random)
{
    int64_t orgs[3];
    size_t count = random_below(random, 4);
    for (size_t i = 0; i < count; i++)
        orgs[i] = some_org(random);
    return value_ids(town->arena, orgs, count);
}

/* Changes a few values; what is already there stays. */
static void random_change(Town *town, RandomSource *random, Values *values)
{
    static const Str lists[] = {S_CONST("co_units"), S_CONST("helpers"), S_CONST("session")};
    static const Str orgs[] = {S_CONST("lead"), S_CONST("place"), S_CONST("submitter")};
    static const Str numbers[] = {S_CONST("open"),   S_CONST("voided_at"),
                                  S_CONST("due_on"), S_CONST("created_at"),
                                  S_CONST("red_at"), S_CONST("paused_on")};
    static const Str texts[] = {S_CONST("status"), S_CONST("category")};
    static const Str words[] = {S_CONST("a"), S_CONST("b")};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (random_below(random, 5) == 0)
            values_set(town->arena, values, texts[i],
                       random_below(random, 3) ? value_text(words[random_below(random, 2)])
                                               : VALUE_NOTHING);
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        if (random_below(random, 3) == 0)
            values_set(town->arena, values, lists[i], some_orgs(town, random));
    for (size_t i = 0; i < COUNT_OF(orgs); i++)
        if (random_below(random, 3) == 0)
            values_set(town->arena, values, orgs[i],
                       random_below(random, 4) ? value_int(some_org(random)) : VALUE_NOTHING);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (random_below(random, 5) == 0)
            values_set(town->arena, values, numbers[i],
                       random_below(random, 3) ? value_int(1 + (int64_t)random_below(random, 3))
                                               : VALUE_NOTHING);
}

static void test_differences_are_enough(void **state)
{
    Town *town = *state;
    RandomSource random = random_seeded(11);
    Record record = town_record(town, 1000, "matter");
    Values before = {0};
    for (int step = 0; step < STEPS; step++) {
        random_change(town, &random, &record.values);
        town_must(town, record_store(town->arena, town->db, &record, &before, &town->err));
        town_must(town, record_store_scope(town->arena, town->db, &town->office->orgs, &record,
                                           &before, &town->err));
        Str linked = links(town), scoped = scope(town);
        town_must(town, record_store(town->arena, town->db, &record, NULL, &town->err));
        town_must(town, record_store_scope(town->arena, town->db, &town->office->orgs, &record,
                                           NULL, &town->err));
        assert_true(str_eq(linked, links(town)));
        assert_true(str_eq(scoped, scope(town)));
        before = values_dup(town->arena, &record.values);
    }
}

static void test_rows_say_what_they_should(void **state)
{
    Town *town = *state;
    Record record = town_record(town, 1000, "matter");
    set_int(town, &record, "created_at", 5);
    set_int(town, &record, "place", TOWN_A);
    set_int(town, &record, "open", 1);
    set_text(town, &record, "status", "waiting");
    set_text(town, &record, "category", "tax");
    set_id(town, &record, "session", 7);
    town_must(town, record_store(town->arena, town->db, &record, &(Values){0}, &town->err));
    town_must(town, record_store_scope(town->arena, town->db, &town->office->orgs, &record,
                                       &(Values){0}, &town->err));
    assert_true(str_eq(links(town), S("session 7 \n")));
    assert_true(str_eq(scope(town), S("10 matter 1 5 3652059 waiting tax \n"
                                      "11 matter 1 5 3652059 waiting tax \n"
                                      "13 matter 1 5 3652059 waiting tax \n")));
}

/* A voided record keeps its rows, so that it can be found when asked for, but is not open. */
static void test_a_voided_record_is_not_open(void **state)
{
    Town *town = *state;
    Record record = town_record(town, 1000, "matter");
    set_int(town, &record, "created_at", 5);
    set_int(town, &record, "open", 1);
    set_int(town, &record, "voided_at", 9);
    set_int(town, &record, "due_on", 8);
    set_int(town, &record, "red_at", 80);
    town_must(town, record_store_scope(town->arena, town->db, &town->office->orgs, &record, NULL,
                                       &town->err));
    assert_true(str_eq(scope(town), S("10 matter -1 5 8   \n")));
}

/* Kept or paused, a limit calls for nobody: the record stands behind those whose day comes. */
static void test_a_limit_that_does_not_run_has_no_day(void **state)
{
    Town *town = *state;
    Record record = town_record(town, 1000, "matter");
    set_int(town, &record, "created_at", 5);
    set_int(town, &record, "open", 1);
    set_int(town, &record, "due_on", 8);
    for (int paused = 0; paused < 2; paused++) {
        town_must(town, record_store_scope(town->arena, town->db, &town->office->orgs, &record,
                                           NULL, &town->err));
        assert_true(str_eq(scope(town), S("10 matter 1 5 3652059   \n")));
        set_int(town, &record, "red_at", 80);
        set_int(town, &record, "paused_on", 7);
    }
}

static Str grants(Town *town, int64_t account)
{
    DbText sql = db_text_open(town->arena);
    db_sql_literal(&sql, "SELECT role, org FROM role_grant WHERE account = ");
    db_sql_int(&sql, account);
    db_sql_literal(&sql, " ORDER BY role, org");
    return dump(town, &sql);
}

static void test_an_account_rewrites_its_grants(void **state)
{
    Town *town = *state;
    Record record = town_record(town, UNIT, "account");
    assert_true(str_eq(grants(town, UNIT), S("unit 15 \n")));
    set_id(town, &record, "role_intake", CITY);
    set_id(town, &record, "role_unit", BUREAU_Y);
    town_store(town, &record);
    assert_true(str_eq(grants(town, UNIT), S("intake 10 \nunit 16 \n")));
    assert_true(str_eq(grants(town, INTAKE), S("intake 10 \n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOWN_TEST(test_differences_are_enough),
        TOWN_TEST(test_rows_say_what_they_should),
        TOWN_TEST(test_a_voided_record_is_not_open),
        TOWN_TEST(test_a_limit_that_does_not_run_has_no_day),
        TOWN_TEST(test_an_account_rewrites_its_grants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
