/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever happens to the records, cells say what a slow count over the records says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "figure/recount.h"
#include "office.h"
#include "query.h"

#define SESSIONS 12
#define RECORDS  60

typedef struct World {
    Arena *arena;
    Db *db;
    TestOffice *made;
    RandomSource random;
    Values now[RECORDS + 1]; /* by id; 1..SESSIONS are sessions, the others matters */
    Values was[RECORDS + 1];
} World;

static int64_t below(World *world, int64_t limit)
{
    return (int64_t)random_below(&world->random, (uint64_t)limit);
}

static Day some_day(World *world)
{
    return (Day)(DAYS_FROM + below(world, DAYS_TO - DAYS_FROM));
}

static World *world_open(uint64_t seed)
{
    Arena *arena = arena_open();
    World *world = NEW(arena, World);
    Err err = {0};
    world->arena = arena;
    world->made = test_office(arena);
    world->random = random_seeded(seed);
    assert_true(db_open_memory(arena, &world->db, &err));
    assert_true(db_migrate(world->db, &err));
    for (int64_t id = 1; id <= RECORDS; id++)
        values_set(arena, &world->now[id], S("kind"),
                   value_text(id <= SESSIONS ? S("session") : S("matter")));
    return world;
}

static void world_close(World *world)
{
    db_close(world->db);
    arena_close(world->arena);
}

/* ---- the records change ---- */

static Value some_value(World *world, Str name)
{
    int64_t ids[3];
    if (below(world, 5) == 0)
        return VALUE_NOTHING;
    if (str_eq(name, S("place")) || str_eq(name, S("lead"))) {
        ids[0] = ORG_FIRST + below(world, ORG_LAST + 2); /* two are in no tree */
        return below(world, 2) ? value_int(ids[0]) : value_ids(world->arena, ids, 1);
    }
    if (str_eq(name, S("category")))
        return value_text(below(world, 2) ? S("a") : S("b"));
    if (str_eq(name, S("parent")))
        return value_int(1 + below(world, SESSIONS));
    if (str_eq(name, S("submitter")))
        return value_int(900 + below(world, 6));
    if (str_eq(name, S("head_count")))
        return value_int(below(world, 50));
    for (size_t i = 0; i < 3; i++)
        ids[i] = 900 + below(world, 8);
    if (str_eq(name, S("members")))
        return value_ids(world->arena, ids, 1 + (size_t)below(world, 3));
    if (str_ends(name, S("_at")))
        return value_int(day_start(some_day(world)) + below(world, DAY_US));
    return value_int(some_day(world));
}

static void change_record(World *world, int64_t id)
{
    static const Str names[] = {
        S_CONST("place"),     S_CONST("lead"),      S_CONST("category"),   S_CONST("parent"),
        S_CONST("submitter"), S_CONST("members"),   S_CONST("head_count"), S_CONST("accepted_at"),
        S_CONST("closed_at"), S_CONST("opened_on"), S_CONST("closed_on"),  S_CONST("held_on"),
    };
    for (int64_t i = 1 + below(world, 6); i > 0; i--) {
        Str name = names[below(world, COUNT_OF(names))];
        values_set(world->arena, &world->now[id], name, some_value(world, name));
    }
    if (below(world, 15) == 0)
        values_set(world->arena, &world->now[id], S("voided_at"), value_int(day_start(19700)));
    else if (below(world, 3) == 0)
        values_set(world->arena, &world->now[id], S("voided_at"), VALUE_NOTHING);
}

static const Values *linked_was(void *context, int64_t target)
{
    return &((World *)context)->was[target];
}

static const Values *linked_now(void *context, int64_t target)
{
    return &((World *)context)->now[target];
}

static void count_record(World *world, CellDeltas *deltas, int64_t id)
{
    Facts was = {&world->was[id], linked_was, world, id};
    Facts is = {&world->now[id], linked_now, world, id};
    Contributions before = {0}, after = {0};
    contributions_of(world->arena, &world->made->profile, &was, &before);
    contributions_of(world->arena, &world->made->profile, &is, &after);
    cell_deltas_add(deltas, id, &before, &after);
}

static void world_step(World *world, CellDeltas *deltas)
{
    int64_t id = 1 + below(world, RECORDS);
    for (int64_t i = 1; i <= RECORDS; i++)
        world->was[i] = values_dup(world->arena, &world->now[i]);
    change_record(world, id);
    count_record(world, deltas, id);
    for (int64_t i = SESSIONS + 1; i <= RECORDS; i++)
        if (i != id && values_id(&world->now[i], S("parent")) == id)
            count_record(world, deltas, i);
}

static void world_run(World *world, int steps)
{
    Err err = {0};
    for (int i = 0; i < steps;) {
        CellDeltas deltas = cell_deltas_open(world->arena);
        for (int64_t batch = 1 + below(world, 8); batch > 0 && i < steps; batch--, i++)
            world_step(world, &deltas);
        assert_true(cell_deltas_flush(&deltas, world->db, &err));
    }
}

/* ---- the slow model ---- */

static Day fact_day(const Values *values, Str name)
{
    int64_t number = values_int(values, name);
    return str_ends(name, S("_at")) && number ? day_of(number) : (Day)number;
}

static bool model_holds(const World *world, int which, const Values *values)
{
    const Values *parent = &world->now[values_id(values, S("parent"))];
    bool closed = values_int(values, S("closed_at")) != 0;
    if (!str_eq(values_text(values, S("kind")), world->made->indicators[which].kind->name) ||
        values_int(values, S("voided_at")) != 0)
        return false;
    if (which == FLOW_CLOSED)
        return closed && str_eq(values_text(values, S("category")), S("a"));
    if (which == FLOW_PARENT)
        return str_eq(values_text(parent, S("category")), S("a"));
    return which != COHORT || closed;
}

/* Does the record count for the query? */
static bool model_counts(const World *world, const FigureQuery *query, int which,
                         const Values *values)
{
    const Indicator *of = &world->made->indicators[which];
    const OrgTree *tree = &world->made->office.orgs;
    bool stock = of->from.n > 0;
    Day day = fact_day(values, stock ? of->from : of->in);
    Day until = stock ? fact_day(values, of->until) : 0;
    if (!model_holds(world, which, values) || day == 0 || day > query->to)
        return false;
    if (stock ? until != 0 && (until < query->to || until < day) : day < query->from)
        return false;
    return query->org == 0 ||
           test_is_below(tree, values_id(values, of->at), query->org, stock ? query->to : day);
}

static void model_refs(const Values *values, Str name, bool *seen)
{
    Value link = values_get(values, name);
    if (link.type == VALUE_INT)
        seen[link.number >= 900 ? link.number - 900 : link.number] = true;
    for (size_t i = 0; link.type == VALUE_IDS && i < link.count; i++)
        seen[link.ids[i] - 900] = true;
}

static FigureValue model_value(const World *world, const FigureQuery *query, int which)
{
    const Indicator *of = &world->made->indicators[which];
    FigureValue value = {.has_value = true};
    bool seen[20] = {0};
    for (int64_t id = 1; id <= RECORDS; id++) {
        const Values *values = &world->now[id];
        if (!model_counts(world, query, which, values))
            continue;
        value.n += of->type != INDICATOR_DISTINCT;
        value.sum += of->sum.n ? values_int(values, of->sum) : 0;
        value.n += str_eq(of->distinct, FACT_SELF);
        model_refs(values, of->distinct, seen);
    }
    for (size_t i = 0; i < COUNT_OF(seen) && of->type == INDICATOR_DISTINCT; i++)
        value.n += seen[i];
    value.value = of->sum.n ? value.sum : value.n;
    return value;
}

/* Is there a matter of the session that counts? It may stand anywhere. */
static bool model_has(const World *world, const FigureQuery *query, int which, int64_t session)
{
    FigureQuery anywhere = {query->indicator, 0, query->from, query->to};
    for (int64_t id = 1; id <= RECORDS; id++)
        if (values_id(&world->now[id], S("parent")) == session &&
            model_counts(world, &anywhere, which, &world->now[id]))
            return true;
    return false;
}

static FigureValue model_coverage(const World *world, const FigureQuery *query, int which)
{
    FigureValue value = {0};
    for (int64_t id = 1; id <= RECORDS; id++) {
        if (!model_counts(world, query, MEMBERS, &world->now[id]))
            continue;
        value.denominator++;
        value.numerator += model_has(world, query, which, id);
    }
    value.n = value.value = value.numerator;
    value.has_value = value.denominator > 0;
    return value;
}

static FigureValue model(const World *world, const FigureQuery *query)
{
    int which = (int)(query->indicator - world->made->indicators);
    FigureValue value;
    if (which == COVERED || which == COVERED_HELD)
        return model_coverage(world, query, which == COVERED ? MATTERS_OPEN : MATTERS_HELD);
    if (which != RATIO)
        return model_value(world, query, which);
    value = (FigureValue){.numerator = model_value(world, query, COHORT).value,
                          .denominator = model_value(world, query, FLOW).value};
    value.has_value = value.denominator > 0;
    if (value.has_value)
        value.value =
            (value.numerator * 10000 / value.denominator + 5) / 10; /* one decimal, half up */
    return value;
}

static void assert_same(FigureValue value, FigureValue expected)
{
    assert_int_equal(value.n, expected.n);
    assert_int_equal(value.sum, expected.sum);
    assert_int_equal(value.value, expected.value);
    assert_int_equal(value.numerator, expected.numerator);
    assert_int_equal(value.denominator, expected.denominator);
    assert_int_equal(value.has_value, expected.has_value);
}

/* ---- what must agree ---- */

static FigureQuery some_query(World *world, int which)
{
    Day a = some_day(world), b = some_day(world);
    if (below(world, 3) == 0) { /* whole months */
        a = month_start(a, 0);
        b = month_start(b, 1) - 1;
    }
    return (FigureQuery){.indicator = &world->made->indicators[which],
                         .org = below(world, ORG_LAST + 2),
                         .from = MIN(a, b),
                         .to = MAX(a, b)};
}

static void check_value(World *world, const FigureQuery *query)
{
    FigureValue value;
    Err err = {0};
    assert_true(figure_value(world->arena, world->db, &world->made->office, query, &value, &err));
    assert_same(value, model(world, query));
}

static void check_months(World *world, const FigureQuery *query)
{
    FigureValue values[12];
    Err err = {0};
    assert_true(
        figure_months(world->arena, world->db, &world->made->office, query, 12, values, &err));
    for (int i = 0; i < 12; i++) {
        FigureQuery month = *query;
        month.from = month_start(query->to, i - 11);
        month.to = MIN(month_start(query->to, i - 10) - 1, query->to);
        assert_same(values[i], model(world, &month));
    }
}

static void check_split(World *world, const FigureQuery *query)
{
    FigureValue total = {0}, whole = model(world, query);
    FigurePart *parts;
    size_t count;
    Err err = {0};
    if (query->indicator->type == INDICATOR_DISTINCT)
        return;
    assert_true(
        figure_split(world->arena, world->db, &world->made->office, query, &parts, &count, &err));
    for (size_t i = 0; i < count; i++) {
        total.n += parts[i].value.n;
        total.sum += parts[i].value.sum;
        total.numerator += parts[i].value.numerator;
        total.denominator += parts[i].value.denominator;
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(parts[i].org, parts[j].org);
    }
    assert_int_equal(total.n, whole.n);
    assert_int_equal(total.sum, whole.sum);
    assert_int_equal(total.numerator, whole.numerator);
    assert_int_equal(total.denominator, whole.denominator);
    assert_int_equal(query->org == 0, count > 0 && parts[count - 1].org == 0);
}

static bool at_spans(const Selection *selection, int64_t org, Day day)
{
    for (size_t i = 0; i < selection->n_spans; i++) {
        const SelectionSpan *span = &selection->spans[i];
        if (span->org == org && span->from <= day && day <= span->to)
            return true;
    }
    return selection->spans == NULL;
}

/* Reads a Selection as selection.h describes it. */
static bool is_selected(World *world, const Selection *selection, const Values *values)
{
    Facts facts = {values, linked_now, world, 0};
    Day day = (Day)values_int(values, selection->in), until = 0;
    if (selection->in_is_instant)
        day = values_int(values, selection->in) ? day_of(values_int(values, selection->in)) : 0;
    if (selection->until.n)
        until = (Day)values_int(values, selection->until);
    return str_eq(values_text(values, S("kind")), selection->kind->name) &&
           !values_int(values, S("voided_at")) && rule_holds(selection->where, &facts) && day &&
           day >= selection->from && day <= selection->to &&
           (!until || (until >= selection->to && until >= day)) &&
           at_spans(selection, values_id(values, selection->at), day);
}

static void check_selection(World *world, const FigureQuery *query)
{
    FigureValue whole = model(world, query);
    Selection selection;
    int64_t n = 0, sum = 0;
    bool seen[20] = {0};
    Err err = {0};
    assert_true(
        figure_selection(world->arena, &world->made->office, query, true, &selection, &err));
    for (int64_t id = 1; id <= RECORDS; id++) {
        if (!is_selected(world, &selection, &world->now[id]))
            continue;
        n += !selection.distinct.n;
        sum += selection.sum.n ? values_int(&world->now[id], selection.sum) : 0;
        model_refs(&world->now[id], selection.distinct, seen);
    }
    for (size_t i = 0; i < COUNT_OF(seen) && selection.distinct.n; i++)
        n += seen[i];
    assert_int_equal(n, indicator_has_whole(query->indicator) ? whole.denominator : whole.n);
    assert_int_equal(sum, whole.sum);
}

static void cells_equal_a_slow_count(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        World *world = world_open(seed);
        for (int round = 0; round < 6; round++) {
            world_run(world, 80);
            for (int which = 0; which < INDICATORS; which++) {
                for (int i = 0; i < 12; i++) {
                    FigureQuery query = some_query(world, which);
                    check_value(world, &query);
                    check_selection(world, &query);
                    check_split(world, &query);
                }
                FigureQuery query = some_query(world, which);
                check_months(world, &query);
            }
        }
        world_close(world);
    }
}

/* ---- recount ---- */

static bool source_each(void *context, RecountVisit visit, void *visitor, Err *err)
{
    World *world = context;
    for (int64_t id = 1; id <= RECORDS; id++)
        if (!visit(visitor, id, &world->now[id], err))
            return false;
    return true;
}

static bool source_get(void *context, Arena *arena, int64_t id, Values *ret_values, bool *ret_found,
                       Err *err)
{
    World *world = context;
    (void)err;
    *ret_found = id >= 1 && id <= RECORDS;
    if (*ret_found)
        *ret_values = values_dup(arena, &world->now[id]);
    return true;
}

/* The stored cells and refs in their order, as text. */
static Str tables(World *world, Db *db)
{
    Buf text = buf_open(world->arena);
    DbRows rows;
    QCellEvery cell;
    QContributionEvery ref;
    Err err = {0};
    assert_true(q_cell_every_open(db, &rows, &err));
    while (q_cell_every_next(&rows, &cell))
        TEXT(&text, cell.indicator, " ", cell.org, " ", cell.grain, " ", cell.period, " ", cell.n,
             " ", cell.sum, "\n");
    assert_true(db_rows_close(&rows, &err));
    assert_true(q_contribution_every_open(db, &rows, &err));
    while (q_contribution_every_next(&rows, &ref))
        TEXT(&text, ref.indicator, " ", ref.org, " ", ref.day, " ", ref.ref, " ", ref.record, " ",
             ref.n, "\n");
    assert_true(db_rows_close(&rows, &err));
    assert_true(buf_ok(&text));
    return buf_str(&text);
}

/* Whether the tables hold what a recount gives into empty ones. */
static bool agrees(World *world, const Profile *profile)
{
    RecountSource source = {world, source_each, source_get};
    CellDeltas counted;
    Db *empty;
    Err err = {0};
    assert_true(db_open_memory(world->arena, &empty, &err));
    assert_true(db_migrate(empty, &err));
    assert_true(recount_all(world->arena, profile, &source, &counted, &err));
    assert_true(cell_deltas_flush(&counted, empty, &err));
    Str wanted = tables(world, empty), stored = tables(world, world->db);
    db_close(empty);
    return wanted.n > 0 && str_eq(wanted, stored);
}

static void execute(World *world, DbText *text)
{
    Err err = {0};
    assert_true(db_execute(world->db, text, &err));
}

static int64_t count_rows(World *world, const DbText *text)
{
    DbRows rows;
    Err err = {0};
    assert_true(db_run(world->db, text, &rows, &err));
    assert_true(db_rows_next(&rows));
    int64_t count = db_rows_int(&rows, 0);
    assert_true(db_rows_close(&rows, &err));
    return count;
}

static void recount_agrees_with_what_was_counted_on_the_way(void **state)
{
    World *world = world_open(7);
    (void)state;
    world_run(world, 300);
    assert_true(agrees(world, &world->made->profile));
    world_close(world);
}

static void no_row_stays_at_zero(void **state)
{
    World *world = world_open(12);
    DbText text = db_text_open(world->arena);
    (void)state;
    world_run(world, 400);
    db_sql_literal(&text, "SELECT COUNT(*) FROM cell WHERE n = 0 AND sum = 0");
    assert_int_equal(count_rows(world, &text), 0);
    world_close(world);
}

static void rebuild_from_records_gives_the_same_cells(void **state)
{
    World *world = world_open(8);
    RecountSource source = {world, source_each, source_get};
    CellDeltas counted;
    DbText text = db_text_open(world->arena);
    Err err = {0};
    (void)state;
    world_run(world, 200);
    db_sql_literal(&text, "DELETE FROM cell");
    execute(world, &text);
    text = db_text_open(world->arena);
    db_sql_literal(&text, "DELETE FROM contribution");
    execute(world, &text);
    assert_true(recount_all(world->arena, &world->made->profile, &source, &counted, &err));
    assert_true(cell_deltas_flush(&counted, world->db, &err));
    assert_true(agrees(world, &world->made->profile));
    world_close(world);
}

static void a_new_profile_counts_new_definitions_only(void **state)
{
    World *world = world_open(9);
    RecountSource source = {world, source_each, source_get};
    Profile next = world->made->profile;
    Indicator *indicators =
        arena_copy(world->arena, next.indicators, next.n_indicators * sizeof(Indicator));
    Err err = {0};
    (void)state;
    world_run(world, 200);
    indicators[FLOW_SUM].key = 2000; /* another definition */
    indicators[FLOW_SUM].in = S("accepted_at");
    indicators[DISTINCT].key = 2001;
    indicators[DISTINCT].distinct = S("members");
    indicators[STOCK] = indicators[RATIO]; /* gone */
    next.indicators = indicators;
    assert_false(agrees(world, &next));
    assert_true(
        recount_changed(world->arena, world->db, &world->made->profile, &next, &source, &err));
    assert_true(agrees(world, &next));
    assert_true(recount_changed(world->arena, world->db, NULL, &next, &source, &err));
    assert_true(agrees(world, &next));
    world_close(world);
}

/* ---- single rules ---- */

static Contributions contributions_with(Arena *arena, int which, const Values *values)
{
    TestOffice *made = test_office(arena);
    const Indicator *one = &made->indicators[which];
    Facts facts = {values, NULL, NULL, 0};
    Contributions found = {0};
    contributions_to(arena, &made->profile, &one, 1, &facts, &found);
    return found;
}

static void a_stock_counts_on_its_last_day(void **state)
{
    Arena *arena = arena_open();
    Values values = {0};
    (void)state;
    values_set(arena, &values, S("kind"), value_text(S("matter")));
    values_set(arena, &values, S("opened_on"), value_int(19400));
    assert_int_equal(contributions_with(arena, STOCK, &values).n, 1);
    values_set(arena, &values, S("closed_on"), value_int(19400));
    Contributions found = contributions_with(arena, STOCK, &values);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.p[0].day, 19400);
    assert_int_equal(found.p[1].day, 19401);
    assert_int_equal(found.p[1].n, -1);
    assert_int_equal(found.p[0].org, 0);
    values_set(arena, &values, S("closed_on"), value_int(19399));
    assert_int_equal(contributions_with(arena, STOCK, &values).n, 0);
    arena_close(arena);
}

static void a_milestone_counts_on_its_day_in_china(void **state)
{
    Arena *arena = arena_open();
    Values values = {0};
    Instant late;
    (void)state;
    assert_true(instant_parse(S("2023-12-31T23:59:59+08:00"), &late));
    values_set(arena, &values, S("kind"), value_text(S("matter")));
    values_set(arena, &values, S("accepted_at"), value_int(late));
    Contributions found = contributions_with(arena, FLOW, &values);
    assert_int_equal(found.n, 1);
    assert_string_equal(str_c(arena, day_text(arena, found.p[0].day)), "2023-12-31");
    values_set(arena, &values, S("voided_at"), value_int(late));
    assert_int_equal(contributions_with(arena, FLOW, &values).n, 0);
    arena_close(arena);
}

static void one_key_is_counted_once(void **state)
{
    Arena *arena = arena_open();
    TestOffice *made = test_office(arena);
    Values values = {0};
    Facts facts = {&values, NULL, NULL, 0};
    Contributions found = {0};
    size_t flows = 0;
    (void)state;
    values_set(arena, &values, S("kind"), value_text(S("matter")));
    values_set(arena, &values, S("accepted_at"), value_int(day_start(19400)));
    contributions_of(arena, &made->profile, &facts, &found);
    for (size_t i = 0; i < found.n; i++)
        flows += found.p[i].indicator->key == 1000;
    assert_int_equal(flows, 1);
    arena_close(arena);
}

static void a_record_that_leaves_and_returns_leaves_no_trace(void **state)
{
    World *world = world_open(10);
    CellDeltas deltas = cell_deltas_open(world->arena);
    Err err = {0};
    (void)state;
    values_set(world->arena, &world->now[9], S("accepted_at"), value_int(day_start(19400)));
    values_set(world->arena, &world->now[9], S("submitter"), value_int(901));
    count_record(world, &deltas, 9);
    assert_true(cell_deltas_flush(&deltas, world->db, &err));
    deltas = cell_deltas_open(world->arena);
    world->was[9] = world->now[9];
    world->now[9] = (Values){0};
    count_record(world, &deltas, 9);
    assert_true(cell_deltas_flush(&deltas, world->db, &err));
    DbText text = db_text_open(world->arena);
    db_sql_literal(&text,
                   "SELECT (SELECT COUNT(*) FROM cell) + (SELECT COUNT(*) FROM contribution)");
    assert_int_equal(count_rows(world, &text), 0);
    world_close(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_counts_on_its_last_day),
        cmocka_unit_test(a_milestone_counts_on_its_day_in_china),
        cmocka_unit_test(one_key_is_counted_once),
        cmocka_unit_test(a_record_that_leaves_and_returns_leaves_no_trace),
        cmocka_unit_test(cells_equal_a_slow_count),
        cmocka_unit_test(recount_agrees_with_what_was_counted_on_the_way),
        cmocka_unit_test(no_row_stays_at_zero),
        cmocka_unit_test(rebuild_from_records_gives_the_same_cells),
        cmocka_unit_test(a_new_profile_counts_new_definitions_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
