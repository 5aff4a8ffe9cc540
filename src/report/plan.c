/* SPDX-License-Identifier: Apache-2.0 */
/* The records of plans, put into a tree. */
#include "report/plan.h"

typedef struct Records {
    const Record *p;
    size_t n;
} Records;

typedef struct Reading {
    Arena *arena;
    Db *db;
    const Office *office;
    Day as_of;
    Records parts[PLAN__COUNT]; /* not voided; nodes in their order */
    bool *placed;               /* beside the nodes */
    PlanTree *tree;
} Reading;

static bool read_part(Reading *reading, PlanPart part, Err *err)
{
    const Kind *kind = reading->office->profile->plan_parts[part];
    Record *records;
    size_t count, kept = 0;
    if (!kind)
        return true;
    if (!record_of_kind(reading->arena, reading->db, kind->name, &records, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!values_int(&records[i].values, S("voided_at")))
            records[kept++] = records[i];
    reading->parts[part] = (Records){records, kept};
    return true;
}

/* By `position`, then by code: 2.9 and 2.10 are put in order by the first. */
static int node_compare(const void *a, const void *b)
{
    const Record *one = a, *other = b;
    int64_t x = values_int(&one->values, S("position"));
    int64_t y = values_int(&other->values, S("position"));
    Str code = values_text(&one->values, S("code"));
    int codes = str_cmp(code, values_text(&other->values, S("code")));
    if (x != y)
        return x < y ? -1 : 1;
    if (codes != 0)
        return codes;
    return (one->id > other->id) - (one->id < other->id);
}

/* ---- what hangs on a record ---- */

static bool is_child(const Record *record, const Record *parent)
{
    return values_int(&record->values, S("parent")) == parent->id;
}

static RecordPtrs milestones_of(Reading *reading, const Record *parent)
{
    Records all = reading->parts[PLAN_MILESTONE];
    RecordPtrs found = {0};
    for (size_t i = 0; i < all.n; i++)
        if (is_child(&all.p[i], parent))
            *vec_push(reading->arena, &found) = &all.p[i];
    return found;
}

static bool read_targets(Reading *reading, PlanRow *row, Err *err)
{
    Records all = reading->parts[PLAN_TARGET];
    for (size_t i = 0; i < all.n; i++) {
        PlanTarget target;
        TargetAsk ask = {.record = &all.p[i], .year = reading->tree->year, .as_of = reading->as_of};
        if (!is_child(ask.record, row->record))
            continue;
        ask.milestones = milestones_of(reading, ask.record);
        if (!target_read(reading->arena, reading->db, reading->office, &ask, &target, err))
            return false;
        target.of = row->record;
        *vec_push(reading->arena, &row->targets) = target;
    }
    return true;
}

static bool is_vague(const PlanRow *row)
{
    const Values *values = &row->record->values;
    return row->part == PLAN_ITEM && row->targets.n == 0 && row->milestones.n == 0 &&
           !values_int(values, S("from_on")) && !values_int(values, S("until_on"));
}

/* ---- the tree ---- */

static bool add_row(Reading *reading, PlanRow row, Err *err)
{
    row.milestones = milestones_of(reading, row.record);
    if (!read_targets(reading, &row, err))
        return false;
    row.is_vague = is_vague(&row);
    *vec_push(reading->arena, &reading->tree->rows) = row;
    return true;
}

static bool add_items(Reading *reading, const Record *parent, int depth, Err *err)
{
    Records all = reading->parts[PLAN_ITEM];
    for (size_t i = 0; i < all.n; i++)
        if (is_child(&all.p[i], parent) &&
            !add_row(reading, (PlanRow){.part = PLAN_ITEM, .record = &all.p[i], .depth = depth},
                     err))
            return false;
    return true;
}

static bool add_nodes(Reading *reading, int64_t above, int depth, Err *err);

static bool add_node(Reading *reading, size_t place, int depth, bool is_loose, Err *err)
{
    const Record *node = &reading->parts[PLAN_NODE].p[place];
    PlanRow row = {.part = PLAN_NODE, .record = node, .depth = depth, .is_loose = is_loose};
    reading->placed[place] = true;
    return add_row(reading, row, err) && add_items(reading, node, depth + 1, err) &&
           add_nodes(reading, node->id, depth + 1, err);
}

/* NOLINTNEXTLINE(misc-no-recursion): a node is placed once, so the depth is that of the tree */
static bool add_nodes(Reading *reading, int64_t above, int depth, Err *err)
{
    Records all = reading->parts[PLAN_NODE];
    for (size_t i = 0; i < all.n; i++)
        if (!reading->placed[i] && is_child(&all.p[i], reading->tree->record) &&
            values_id(&all.p[i].values, S("above")) == above &&
            !add_node(reading, i, depth, false, err))
            return false;
    return true;
}

/* Nodes that stand below each other, or below one of another plan: shown all the same. */
static bool add_loose(Reading *reading, Err *err)
{
    Records all = reading->parts[PLAN_NODE];
    for (size_t i = 0; i < all.n; i++)
        if (!reading->placed[i] && is_child(&all.p[i], reading->tree->record) &&
            !add_node(reading, i, 1, true, err))
            return false;
    return true;
}

static bool read_tree(Reading *reading, const Record *plan, PlanTree *tree, Err *err)
{
    *tree = (PlanTree){.record = plan, .year = values_int(&plan->values, S("year"))};
    reading->tree = tree;
    return add_row(reading, (PlanRow){.part = PLAN_ROOT, .record = plan}, err) &&
           add_items(reading, plan, 1, err) && add_nodes(reading, 0, 1, err) &&
           add_loose(reading, err);
}

static int tree_compare(const void *a, const void *b)
{
    const PlanTree *one = a, *other = b;
    if (one->year != other->year)
        return one->year > other->year ? -1 : 1;
    return (one->record->id > other->record->id) - (one->record->id < other->record->id);
}

bool plans_read(Arena *arena, Db *db, const Office *office, const PlanAsk *ask,
                PlanTrees *ret_plans, Err *err)
{
    Reading reading = {.arena = arena, .db = db, .office = office, .as_of = ask->as_of};
    PlanTrees plans = {0};
    for (PlanPart part = PLAN_ROOT; part < PLAN__COUNT; part++)
        if (!read_part(&reading, part, err))
            return false;
    if (reading.parts[PLAN_NODE].n > 0)
        qsort((Record *)(uintptr_t)reading.parts[PLAN_NODE].p, reading.parts[PLAN_NODE].n,
              sizeof(Record), node_compare);
    reading.placed = NEW_ARRAY(arena, bool, reading.parts[PLAN_NODE].n + 1);
    for (size_t i = 0; i < reading.parts[PLAN_ROOT].n; i++) {
        const Record *plan = &reading.parts[PLAN_ROOT].p[i];
        if ((ask->announced_only && !values_int(&plan->values, S("announced_at"))) ||
            (ask->year && values_int(&plan->values, S("year")) != ask->year))
            continue;
        if (!read_tree(&reading, plan, vec_push(arena, &plans), err))
            return false;
    }
    if (plans.n > 0)
        qsort(plans.p, plans.n, sizeof *plans.p, tree_compare);
    *ret_plans = plans;
    return true;
}
