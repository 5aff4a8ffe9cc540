/* SPDX-License-Identifier: Apache-2.0 */
/* A condition means the same in memory and in SQL: random conditions over random records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "query.h"
#include "rule/rule.h"

#define RECORDS    60
#define CONDITIONS 120
#define DEPTH_MAX  3

typedef struct World {
    Arena *arena;
    Db *db;
    RandomSource random;
    Values records[RECORDS + 1]; /* by id, from 1 */
} World;

/* ---- a record, stored by hand: record/ stands above this room ---- */

static void put_column(QRecordPutParams *row, Str name, Value value)
{
    struct {
        Str name;
        int64_t *number;
        Str *text;
    } columns[] = {
        {S("kind"), NULL, &row->kind},           {S("status"), NULL, &row->status},
        {S("category"), NULL, &row->category},   {S("amount"), &row->amount, NULL},
        {S("place"), &row->place, NULL},         {S("parent"), &row->parent, NULL},
        {S("voided_at"), &row->voided_at, NULL}, {S("closed_at"), &row->closed_at, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        if (!str_eq(columns[i].name, name))
            continue;
        if (columns[i].text && value.type == VALUE_TEXT)
            *columns[i].text = value.text;
        if (columns[i].number && value.type == VALUE_INT)
            *columns[i].number = value.number;
    }
}

static void store(World *world, int64_t id)
{
    const Values *values = &world->records[id];
    QRecordPutParams row = {.id = id, .version = 1};
    Values rest = {0};
    Buf data = buf_open(world->arena);
    for (size_t i = 0; i < values->n; i++) {
        NamedValue named = values->p[i];
        if (fact_column(named.name))
            put_column(&row, named.name, named.value);
        else
            values_set(world->arena, &rest, named.name, named.value);
        for (size_t j = 0; named.value.type == VALUE_IDS && j < named.value.count; j++)
            assert_true(q_link_put(world->db, id, named.name, named.value.ids[j], NULL));
    }
    values_write(&data, &rest);
    row.data = buf_str(&data);
    assert_true(q_record_put(world->db, &row, NULL));
}

/* ---- anything at random ---- */

static const Str facts[] = {
    S_CONST("amount"),    S_CONST("category"), S_CONST("children.sitting"),
    S_CONST("closed_at"), S_CONST("kind"),     S_CONST("label"),
    S_CONST("marks"),     S_CONST("parent"),   S_CONST("place"),
    S_CONST("rounds"),    S_CONST("session"),  S_CONST("status"),
    S_CONST("mixed"),     S_CONST("units"),    S_CONST("voided_at"),
};
static const Str texts[] = {S_CONST("a"), S_CONST("b"), S_CONST("中"), S_CONST("5"), S_CONST("")};
static const int64_t numbers[] = {-1, 0, 1, 2, 5, INT64_MAX, INT64_MIN};

static size_t pick(World *world, size_t count)
{
    return (size_t)random_below(&world->random, count);
}

static Str kept_name(Str name)
{
    return str_eq(name, S("children.sitting")) ? S("children_sitting") : name;
}

static Value random_ids(World *world)
{
    int64_t ids[3];
    size_t count = 1 + pick(world, COUNT_OF(ids));
    for (size_t i = 0; i < count; i++)
        ids[i] = 1 + (int64_t)pick(world, RECORDS + 3);
    return value_ids(world->arena, ids, count);
}

static Value random_codes(World *world)
{
    Str codes[2] = {texts[pick(world, 4)], texts[pick(world, 4)]};
    return value_codes(world->arena, codes, 1 + pick(world, 2));
}

/* Most facts have the type their name lets one expect; "mixed" has any. */
static Value random_fact(World *world, Str name)
{
    const FactColumn *column = fact_column(name);
    size_t type = str_eq(name, S("mixed")) ? pick(world, 4) : 9;
    if (pick(world, 4) == 0 && !str_eq(name, S("kind")))
        return VALUE_NOTHING;
    if (str_eq(name, S("place")) || str_eq(name, S("parent")))
        return value_int(1 + (int64_t)pick(world, RECORDS + 3));
    if (str_eq(name, S("session")) || str_eq(name, S("units")) || type == 0)
        return random_ids(world);
    if (str_eq(name, S("marks")) || type == 1)
        return random_codes(world);
    if ((column && column->is_text) || str_eq(name, S("label")) || type == 2)
        return value_text(texts[pick(world, column ? 4 : COUNT_OF(texts))]);
    return value_int(numbers[pick(world, COUNT_OF(numbers))]);
}

static Value random_wanted(World *world)
{
    if (pick(world, 2))
        return value_text(texts[pick(world, COUNT_OF(texts))]);
    return value_int(pick(world, 2) ? numbers[pick(world, COUNT_OF(numbers))]
                                    : 1 + (int64_t)pick(world, RECORDS));
}

static const Condition *random_condition(World *world, int depth)
{
    static const Str links[] = {S_CONST("parent"), S_CONST("place"),  S_CONST("session"),
                                S_CONST("units"),  S_CONST("rounds"), S_CONST("status")};
    Condition *condition = NEW(world->arena, Condition);
    const Condition **parts = NEW_ARRAY(world->arena, const Condition *, 3);
    Value *values = NEW_ARRAY(world->arena, Value, 3);
    condition->type = (ConditionType)pick(world, CONDITION_PARENT + 1);
    if (depth == 0 && condition->type <= CONDITION_NOT)
        condition->type = CONDITION_EQUAL;
    if (depth == 0 && condition->type == CONDITION_PARENT)
        condition->type = CONDITION_PRESENT;
    condition->fact = facts[pick(world, COUNT_OF(facts))];
    condition->parts = parts;
    condition->values = values;
    switch (condition->type) {
    case CONDITION_ALL:
    case CONDITION_ANY:
        condition->n_parts = pick(world, 4);
        break;
    case CONDITION_PARENT:
        condition->fact = links[pick(world, COUNT_OF(links))];
        condition->n_parts = 1;
        break;
    case CONDITION_NOT:
        condition->n_parts = 1;
        break;
    case CONDITION_EQUAL:
        condition->n_values = 1 + pick(world, 3);
        break;
    default:
        condition->n_values = 1;
        values[0] = value_int(numbers[pick(world, COUNT_OF(numbers))]);
    }
    for (size_t i = 0; i < condition->n_parts; i++)
        parts[i] = random_condition(world, depth - 1);
    for (size_t i = 0; condition->type == CONDITION_EQUAL && i < condition->n_values; i++)
        values[i] = random_wanted(world);
    return condition;
}

/* ---- the comparison ---- */

static const Values *linked(void *context, int64_t target)
{
    World *world = context;
    return target >= 1 && target <= RECORDS ? &world->records[target] : NULL;
}

/* Runs the condition over every record; both as the WHERE of a list and as a value, so that NULL
 * would show. */
static void compare(World *world, const Condition *condition, size_t *held)
{
    DbText sql = db_text_open(world->arena);
    DbRows rows;
    int64_t id = 0;
    db_sql_literal(&sql, "SELECT r.id, ");
    rule_sql(&sql, condition);
    db_sql_literal(&sql, " AS holds FROM record AS r ORDER BY r.id");
    assert_true(db_run(world->db, &sql, &rows, NULL));
    while (db_rows_next(&rows)) {
        id++;
        Facts own = {.own = &world->records[id], .linked = linked, .context = world};
        bool holds = rule_holds(condition, &own);
        assert_int_equal(db_rows_int(&rows, 0), id);
        assert_false(db_rows_is_null(&rows, 1));
        if (db_rows_int(&rows, 1) != holds) {
            Buf buf = buf_open(world->arena);
            values_write(&buf, &world->records[id]);
            fail_msg("record %.*s: memory %d; %.*s", (int)buf.n, buf.p, holds, (int)sql.sql.n,
                     sql.sql.p);
        }
        *held += holds;
    }
    assert_true(db_rows_close(&rows, NULL));
    assert_int_equal(id, RECORDS);
}

static void test_memory_and_sql_agree(void **state)
{
    World *world = *state;
    size_t held = 0;
    for (int64_t id = 1; id <= RECORDS; id++) {
        for (size_t i = 0; i < COUNT_OF(facts); i++)
            values_set(world->arena, &world->records[id], kept_name(facts[i]),
                       random_fact(world, facts[i]));
        store(world, id);
    }
    for (int i = 0; i < CONDITIONS; i++)
        compare(world, random_condition(world, DEPTH_MAX), &held);
    /* The test says something only when conditions hold for a fair share. */
    assert_in_range(held, RECORDS * CONDITIONS / 10, RECORDS * CONDITIONS * 9 / 10);
}

/* ---- single rules, spelled out ---- */

static bool holds(World *world, const Condition *condition)
{
    Facts own = {.own = &world->records[1], .linked = linked, .context = world};
    return rule_holds(condition, &own);
}

static void test_missing_is_false_also_under_not(void **state)
{
    World *world = *state;
    Value one = value_int(1);
    Condition test = {
        .type = CONDITION_AT_LEAST, .fact = S("rounds"), .values = &one, .n_values = 1};
    const Condition *parts[] = {&test};
    Condition negated = {.type = CONDITION_NOT, .parts = parts, .n_parts = 1};
    Condition absent = {.type = CONDITION_ABSENT, .fact = S("rounds")};
    assert_false(holds(world, &test));
    assert_true(holds(world, &negated));
    assert_true(holds(world, &absent));
    assert_true(holds(world, NULL));
}

static void test_lists_hold_one_of(void **state)
{
    World *world = *state;
    Value wanted[] = {value_text(S("x")), value_int(7)};
    Condition marks = {
        .type = CONDITION_EQUAL, .fact = S("marks"), .values = wanted, .n_values = 2};
    Condition units = {
        .type = CONDITION_EQUAL, .fact = S("units"), .values = wanted, .n_values = 2};
    Str codes[] = {S("x"), S("y")};
    int64_t ids[] = {3, 7};
    values_set(world->arena, &world->records[1], S("marks"), value_codes(world->arena, codes, 2));
    assert_true(holds(world, &marks));
    assert_false(holds(world, &units));
    values_set(world->arena, &world->records[1], S("units"), value_ids(world->arena, ids, 2));
    assert_true(holds(world, &units));
}

static void test_nothing_holds_of_what_was_voided(void **state)
{
    World *world = *state;
    Condition any = {.type = CONDITION_ALL};
    const Condition *parts[] = {&any};
    Condition parent = {
        .type = CONDITION_PARENT, .fact = S("parent"), .parts = parts, .n_parts = 1};
    values_set(world->arena, &world->records[1], S("parent"), value_int(2));
    values_set(world->arena, &world->records[2], S("voided_at"), VALUE_NOTHING);
    assert_true(holds(world, &parent));
    values_set(world->arena, &world->records[2], S("voided_at"), value_int(1));
    assert_false(holds(world, &parent));
}

static void test_a_name_that_is_none_is_refused(void **state)
{
    World *world = *state;
    DbText sql = db_text_open(world->arena);
    Condition condition = {.type = CONDITION_PRESENT, .fact = S("a') OR 1=1 --")};
    Err err = {0};
    db_sql_literal(&sql, "SELECT 1 FROM record AS r WHERE ");
    rule_sql(&sql, &condition);
    assert_false(db_execute(world->db, &sql, &err));
    assert_int_equal(err.code, ERR_INTERNAL);
}

static int world_open(void **state)
{
    Arena *arena = arena_open();
    World *world = NEW(arena, World);
    world->arena = arena;
    world->random = random_seeded(20261121);
    *state = world;
    return db_open_memory(arena, &world->db, NULL) && db_migrate(world->db, NULL) ? 0 : -1;
}

static int world_close(void **state)
{
    arena_close(((World *)*state)->arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_memory_and_sql_agree),
        TEST(test_missing_is_false_also_under_not),
        TEST(test_lists_hold_one_of),
        TEST(test_nothing_holds_of_what_was_voided),
        TEST(test_a_name_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
