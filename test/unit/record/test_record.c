/* SPDX-License-Identifier: Apache-2.0 */
/* Reading records back. */
#include "../base/random_value.h"
#include "../org/town.h"
#include "rule/rule.h"

static bool values_eq(const Values *a, const Values *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = str_eq(a->p[i].name, b->p[i].name) && value_eq(a->p[i].value, b->p[i].value);
    return same;
}

static void test_any_values_come_back(void **state)
{
    Town *town = *state;
    RandomSource random = random_seeded(3);
    static const Str others[] = {S_CONST("a"), S_CONST("body"), S_CONST("m"),
                                 S_CONST("status_note"), S_CONST("zz")};
    for (int64_t id = 1000; id < 1400; id++) {
        Record record = town_record(town, id, "matter"), back;
        for (size_t i = 0; i < fact_columns_count; i++)
            if (random_below(&random, 2) && !str_eq(fact_columns[i].name, S("kind")))
                values_set(town->arena, &record.values, fact_columns[i].name,
                           random_value(town->arena, &random));
        for (size_t i = 0; i < COUNT_OF(others); i++)
            values_set(town->arena, &record.values, others[i], random_value(town->arena, &random));
        /* The door keeps no value that is none, and numbers are unique. */
        for (size_t i = 0; i < fact_columns_count; i++)
            if (fact_is_nothing(fact_columns[i].name,
                                values_get(&record.values, fact_columns[i].name)))
                values_set(town->arena, &record.values, fact_columns[i].name, VALUE_NOTHING);
        values_set(town->arena, &record.values, S("number"), value_text(STR(town->arena, "N", id)));
        town_store(town, &record);
        town_must(town, record_get(town->arena, town->db, id, &back, &town->err));
        assert_int_equal(back.version, 1);
        assert_true(values_eq(&record.values, &back.values));
        for (size_t i = 1; i < back.values.n; i++)
            assert_true(str_cmp(back.values.p[i - 1].name, back.values.p[i].name) < 0);
    }
}

static void test_by_number(void **state)
{
    Town *town = *state;
    Record record = town_record(town, 1000, "matter"), found;
    bool is_found = true;
    set_text(town, &record, "number", "M-2026-001");
    town_store(town, &record);
    town_must(town,
              record_find(town->arena, town->db, S("M-2026-002"), &found, &is_found, &town->err));
    assert_false(is_found);
    town_must(town, record_find(town->arena, town->db, S(""), &found, &is_found, &town->err));
    assert_false(is_found);
    town_must(town,
              record_find(town->arena, town->db, S("M-2026-001"), &found, &is_found, &town->err));
    assert_true(is_found);
    assert_int_equal(found.id, 1000);
}

static void test_two_records_do_not_share_a_number(void **state)
{
    Town *town = *state;
    Record one = town_record(town, 1000, "matter"), two = town_record(town, 1001, "matter");
    set_text(town, &one, "number", "M-1");
    set_text(town, &two, "number", "M-1");
    town_store(town, &one);
    assert_false(record_store(town->arena, town->db, &two, NULL, &town->err));
    assert_int_equal(town->err.code, ERR_CONFLICT);
}

static void test_missing(void **state)
{
    Town *town = *state;
    Record record;
    assert_false(record_get(town->arena, town->db, 77777, &record, &town->err));
    assert_int_equal(town->err.code, ERR_NOT_FOUND);
}

static void test_children_and_links(void **state)
{
    Town *town = *state;
    Record *children;
    size_t count;
    IdVec ids;
    for (int64_t id = 1001; id <= 1004; id++) {
        Record child = town_record(town, id, id == 1004 ? "dispute" : "sitting");
        set_int(town, &child, "parent", id == 1003 ? 1 : 1000);
        set_id(town, &child, "session", 1000);
        town_store(town, &child);
    }
    town_must(town, record_children(town->arena, town->db, 1000, S("sitting"), &children, &count,
                                    &town->err));
    assert_int_equal(count, 2);
    assert_int_equal(children[0].id, 1001);
    assert_int_equal(children[1].id, 1002);
    town_must(town, record_linking(town->arena, town->db, S("session"), 1000, &ids, &town->err));
    assert_int_equal(ids.n, 4);
    assert_int_equal(ids.p[3], 1004);
}

typedef struct Seen {
    int64_t last;
    size_t count;
    size_t stop_at;
} Seen;

static bool look(void *context, const Record *record, Err *err)
{
    Seen *seen = context;
    assert_true(record->id > seen->last);
    seen->last = record->id;
    if (++seen->count == seen->stop_at)
        return err_set(err, ERR_WRONG, MSG_internal_error);
    return true;
}

static void test_each_in_order_and_until_told(void **state)
{
    Town *town = *state;
    Seen all = {0}, some = {.stop_at = 3};
    town_must(town, record_each(town->db, look, &all, &town->err));
    assert_int_equal(all.count, 20); /* site, profile, 8 organisations, 10 accounts */
    assert_false(record_each(town->db, look, &some, &town->err));
    assert_int_equal(town->err.code, ERR_WRONG);
    assert_int_equal(some.count, 3);
    assert_int_equal(db_open_rows(town->db), 0);
}

static void test_title(void **state)
{
    Town *town = *state;
    const Kind *kind = profile_kind(town->office->profile, S("matter"));
    Record record = town_record(town, 1000, "matter");
    assert_int_equal(record_title(kind, &record.values).n, 0);
    set_text(town, &record, "number", "M-1");
    assert_true(str_eq(record_title(kind, &record.values), S("M-1")));
    set_text(town, &record, "title", "桥");
    assert_true(str_eq(record_title(kind, &record.values), S("桥")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOWN_TEST(test_any_values_come_back),
        TOWN_TEST(test_by_number),
        TOWN_TEST(test_two_records_do_not_share_a_number),
        TOWN_TEST(test_missing),
        TOWN_TEST(test_children_and_links),
        TOWN_TEST(test_each_in_order_and_until_told),
        TOWN_TEST(test_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
