/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"

static const OrgPeriod periods[] = {
    {1, 0, INT32_MIN, INT32_MAX},
    {2, 1, INT32_MIN, INT32_MAX},
    {3, 1, INT32_MIN, INT32_MAX},
    {4, 1, INT32_MIN, 19500}, /* a district that became part of 3 */
    {4, 3, 19500, INT32_MAX},
    {5, 2, INT32_MIN, 19400}, /* moves twice and comes back */
    {5, 3, 19400, 19600},
    {5, 2, 19600, INT32_MAX},
    {6, 2, INT32_MIN, INT32_MAX},
    {7, 3, INT32_MIN, 19450}, /* stands alone for a while, then directly below the root */
    {7, 1, 19470, INT32_MAX},
    {8, 4, INT32_MIN, INT32_MAX},
    {9, 1, INT32_MIN, 19350}, /* a child of the root that is gone */
};

static int by_parent(const void *left, const void *right)
{
    const OrgPeriod *a = left, *b = right;
    if (a->parent != b->parent)
        return a->parent < b->parent ? -1 : 1;
    if (a->org != b->org)
        return a->org < b->org ? -1 : 1;
    return (a->from > b->from) - (a->from < b->from);
}

static void tree_make(Arena *arena, OrgTree *tree)
{
    *tree = (OrgTree){.by_id = map_open(arena),
                      .by_code = map_open(arena),
                      .periods = periods,
                      .n_periods = COUNT_OF(periods),
                      .root = 1};
    OrgPeriod *ordered = arena_copy(arena, periods, sizeof(periods));
    qsort(ordered, COUNT_OF(periods), sizeof(OrgPeriod), by_parent);
    tree->by_parent = ordered;
    for (int64_t id = ORG_FIRST; id <= ORG_LAST; id++) {
        Org *org = NEW(arena, Org);
        org->id = id;
        org->code = STR(arena, "O", id);
        map_set_id(&tree->by_id, id, org);
        map_set(&tree->by_code, org->code, org);
    }
    for (size_t i = 0; i < COUNT_OF(periods); i++) {
        Org *org = map_find_id(&tree->by_id, periods[i].org);
        Org *parent = map_find_id(&tree->by_id, periods[i].parent);
        if (periods[i].to != INT32_MAX || !parent)
            continue;
        org->parent = parent->id;
        org->depth = parent->depth + 1;
        *vec_push(arena, &parent->children) = org->id;
    }
}

static const Condition *condition(Arena *arena, Condition one)
{
    return arena_copy(arena, &one, sizeof(one));
}

static const Condition *category_a(Arena *arena)
{
    Value *values = NEW(arena, Value);
    *values = value_text(S("a"));
    return condition(arena, (Condition){.type = CONDITION_EQUAL,
                                        .fact = S("category"),
                                        .values = values,
                                        .n_values = 1});
}

static const Condition *joined(Arena *arena, ConditionType type, Str fact, const Condition *a,
                               const Condition *b)
{
    const Condition **parts = NEW_ARRAY(arena, const Condition *, 2);
    parts[0] = a;
    parts[1] = b;
    return condition(arena,
                     (Condition){.type = type, .fact = fact, .parts = parts, .n_parts = b ? 2 : 1});
}

static void indicators_make(Arena *arena, TestOffice *made)
{
    const Condition *always = condition(arena, (Condition){.type = CONDITION_ALL});
    const Condition *closed =
        condition(arena, (Condition){.type = CONDITION_PRESENT, .fact = S("closed_at")});
    Indicator *all = made->indicators;
    for (int i = 0; i < INDICATORS; i++)
        all[i] = (Indicator){.name = STR(arena, "indicator_", i),
                             .type = INDICATOR_FLOW,
                             .kind = &made->kinds[0],
                             .where = always,
                             .in = S("accepted_at"),
                             .at = S("place"),
                             .key = 1000 + (uint64_t)i};
    all[FLOW_AGAIN].key = all[FLOW].key;
    all[FLOW_CLOSED].in = S("closed_at");
    all[FLOW_CLOSED].where = joined(arena, CONDITION_ALL, S(""), closed, category_a(arena));
    all[FLOW_SUM].in = S("held_on");
    all[FLOW_SUM].sum = S("head_count");
    all[FLOW_PARENT].where = joined(arena, CONDITION_PARENT, S("parent"), category_a(arena), NULL);
    all[FLOW_LEAD].at = S("lead");
    all[STOCK].type = all[STOCK_SUM].type = INDICATOR_STOCK;
    all[STOCK].in = all[STOCK_SUM].in = S("");
    all[STOCK].from = all[STOCK_SUM].from = S("opened_on");
    all[STOCK].until = all[STOCK_SUM].until = S("closed_on");
    all[STOCK_SUM].sum = S("head_count");
    all[DISTINCT].type = all[DISTINCT_ALL].type = INDICATOR_DISTINCT;
    all[DISTINCT].distinct = S("submitter");
    all[DISTINCT_ALL].distinct = S("members");
    all[DISTINCT_STOCK].distinct = S("members");
    all[MEMBERS].kind = &made->kinds[1];
    all[MEMBERS].distinct = FACT_SELF;
    all[MATTERS_OPEN].distinct = all[MATTERS_HELD].distinct = S("parent");
    all[MATTERS_OPEN].at = all[MATTERS_HELD].at = S("");
    for (int i = DISTINCT_STOCK; i <= MATTERS_HELD; i++) {
        all[i].type = INDICATOR_DISTINCT;
        all[i].in = i == MATTERS_HELD ? S("held_on") : S("");
        all[i].from = i == MATTERS_HELD ? S("") : S("opened_on");
        all[i].until = i == MATTERS_HELD ? S("") : S("closed_on");
    }
    for (int i = COVERED; i <= COVERED_HELD; i++) {
        all[i].type = INDICATOR_COVERAGE;
        all[i].kind = &made->kinds[1];
        all[i].in = S("");
        all[i].numerator = &all[i == COVERED ? MATTERS_OPEN : MATTERS_HELD];
        all[i].denominator = &all[MEMBERS];
    }
    all[COHORT].where = closed;
    all[COHORT].hidden = true;
    all[RATIO].type = INDICATOR_RATIO;
    all[RATIO].numerator = &all[COHORT];
    all[RATIO].denominator = &all[FLOW];
    all[RATIO].scale = 1;
}

TestOffice *test_office(Arena *arena)
{
    TestOffice *made = NEW(arena, TestOffice);
    made->parents[0] = &made->kinds[1];
    made->kinds[0] = (Kind){.name = S("matter"), .parents = made->parents, .n_parents = 1};
    made->kinds[1] = (Kind){.name = S("session")};
    indicators_make(arena, made);
    made->profile = (Profile){.kinds = made->kinds,
                              .n_kinds = 2,
                              .indicators = made->indicators,
                              .n_indicators = INDICATORS};
    made->office = (Office){.profile = &made->profile, .arena = arena};
    tree_make(arena, &made->office.orgs);
    return made;
}

bool test_is_below(const OrgTree *tree, int64_t org, int64_t root, Day day)
{
    for (int steps = 0; org != 0 && steps < 20; steps++) {
        int64_t parent = 0;
        if (org == root)
            return true;
        for (size_t i = 0; i < tree->n_periods; i++)
            if (tree->periods[i].org == org && tree->periods[i].from <= day &&
                day < tree->periods[i].to)
                parent = tree->periods[i].parent;
        org = parent;
    }
    return false;
}
