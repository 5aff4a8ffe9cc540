/* SPDX-License-Identifier: Apache-2.0 */
#include "org/tree.h"

#include "base/value.h"
#include "query.h"

/* ---- loading ---- */

static int period_order(const OrgPeriod *a, const OrgPeriod *b)
{
    if (a->org != b->org)
        return a->org < b->org ? -1 : 1;
    return (a->from > b->from) - (a->from < b->from);
}

static int period_order_by_parent(const void *a, const void *b)
{
    const OrgPeriod *x = a, *y = b;
    if (x->parent != y->parent)
        return x->parent < y->parent ? -1 : 1;
    return period_order(x, y);
}

static bool tree_load_periods(Arena *arena, Db *db, OrgTree *tree, Err *err)
{
    QOrgPeriods *rows;
    size_t count;
    OrgPeriod *periods, *by_parent;
    if (!q_org_periods_all(db, arena, &rows, &count, err))
        return false;
    periods = NEW_ARRAY(arena, OrgPeriod, count);
    for (size_t i = 0; i < count; i++)
        periods[i] = (OrgPeriod){.org = rows[i].id,
                                 .parent = rows[i].parent,
                                 .from = (Day)rows[i].from_day,
                                 .to = rows[i].to_day_is_null ? INT32_MAX : (Day)rows[i].to_day};
    by_parent = arena_copy(arena, periods, count * sizeof *periods);
    qsort(by_parent, count, sizeof *by_parent, period_order_by_parent);
    tree->periods = periods;
    tree->by_parent = by_parent;
    tree->n_periods = count;
    return true;
}

static bool org_read(Arena *arena, const QRecordRow *row, Org *ret_org, Err *err)
{
    Values values;
    if (!values_parse(arena, row->data, &values, err))
        return err_detail(err, STR(arena, "data of organisation ", row->id));
    *ret_org = (Org){
        .id = row->id,
        .code = values_text(&values, S("code")),
        .title = {row->title, values_text(&values, S("title_en"))},
        .type = values_text(&values, S("org_type")),
        .division_code = values_text(&values, S("division_code")),
        .is_virtual = values_int(&values, S("virtual")) != 0,
        .opened_on = (Day)values_int(&values, S("opened_on")),
        .closed_on = (Day)values_int(&values, S("closed_on")),
        .successor = values_id(&values, S("successor")),
    };
    return true;
}

static int org_order_by_code(const void *a, const void *b)
{
    const Org *x = a, *y = b;
    int order = str_cmp(x->code, y->code);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static bool tree_load_orgs(Arena *arena, Db *db, Org **ret_orgs, size_t *ret_count, Err *err)
{
    QRecordRow *rows;
    size_t count, kept = 0;
    Org *orgs;
    if (!q_record_of_kind_all(db, arena, S("org"), &rows, &count, err))
        return false;
    orgs = NEW_ARRAY(arena, Org, count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].voided_at == 0 && !org_read(arena, &rows[i], &orgs[kept++], err))
            return false;
    qsort(orgs, kept, sizeof *orgs, org_order_by_code);
    *ret_orgs = orgs;
    *ret_count = kept;
    return true;
}

/* Sets everyone's parent and children of today. Orgs come in order of code, so children do too. */
static void tree_link(Arena *arena, OrgTree *tree, Org *orgs, size_t count)
{
    for (size_t i = 0; i < tree->n_periods; i++) {
        const OrgPeriod *period = &tree->periods[i];
        Org *org = period->to == INT32_MAX ? map_find_id(&tree->by_id, period->org) : NULL;
        if (org && map_find_id(&tree->by_id, period->parent))
            org->parent = period->parent;
    }
    for (size_t i = 0; i < count; i++) {
        Org *parent = orgs[i].parent ? map_find_id(&tree->by_id, orgs[i].parent) : NULL;
        if (parent)
            *vec_push(arena, &parent->children) = orgs[i].id;
        else if (tree->root == 0 || orgs[i].id < tree->root)
            tree->root = orgs[i].id;
    }
}

static bool tree_set_depths(Arena *arena, OrgTree *tree, Org *orgs, size_t count, Err *err)
{
    for (size_t i = 0; i < count; i++) {
        const Org *above = &orgs[i];
        while (above->parent && orgs[i].depth <= ORG_DEPTH_MAX) {
            orgs[i].depth++;
            above = org_find(tree, above->parent);
        }
        if (orgs[i].depth > ORG_DEPTH_MAX)
            return err_set(err, ERR_WRONG, MSG_org_below_itself, str_dup(arena, orgs[i].code));
    }
    return true;
}

bool org_tree_load(Arena *arena, Db *db, OrgTree *ret_tree, Err *err)
{
    OrgTree tree = {.by_id = map_open(arena), .by_code = map_open(arena)};
    Org *orgs;
    size_t count;
    if (!tree_load_periods(arena, db, &tree, err) || !tree_load_orgs(arena, db, &orgs, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        map_set_id(&tree.by_id, orgs[i].id, &orgs[i]);
        if (orgs[i].code.n)
            map_set(&tree.by_code, orgs[i].code, &orgs[i]);
    }
    tree_link(arena, &tree, orgs, count);
    if (!tree_set_depths(arena, &tree, orgs, count, err))
        return false;
    *ret_tree = tree;
    return true;
}

/* ---- today ---- */

const Org *org_find(const OrgTree *tree, int64_t id)
{
    return map_find_id(&tree->by_id, id);
}

const Org *org_by_code(const OrgTree *tree, Str code)
{
    return code.n ? map_find(&tree->by_code, code) : NULL;
}

bool org_is_within(const OrgTree *tree, int64_t id, int64_t ancestor)
{
    const Org *org = org_find(tree, id);
    while (org && org->id != ancestor)
        org = org->parent ? org_find(tree, org->parent) : NULL;
    return org != NULL;
}

IdVec org_ancestors(Arena *arena, const OrgTree *tree, int64_t id)
{
    IdVec ids = {0};
    for (const Org *org = org_find(tree, id); org;
         org = org->parent ? org_find(tree, org->parent) : NULL)
        *vec_push(arena, &ids) = org->id;
    return ids;
}

IdVec org_subtree(Arena *arena, const OrgTree *tree, int64_t id)
{
    IdVec ids = {0};
    if (org_find(tree, id))
        *vec_push(arena, &ids) = id;
    for (size_t i = 0; i < ids.n; i++) {
        const Org *org = org_find(tree, ids.p[i]);
        for (size_t j = 0; j < org->children.n; j++)
            *vec_push(arena, &ids) = org->children.p[j];
    }
    return ids;
}

static bool org_is_called(Arena *arena, const Org *org, Str words)
{
    const Str names[] = {org->title.zh, org->title.en, org->code, org->division_code};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_has(str_lower(arena, names[i]), words))
            return true;
    return false;
}

IdVec org_matching(Arena *arena, const OrgTree *tree, int64_t id, Str words)
{
    IdVec ids = org_subtree(arena, tree, id);
    size_t count = 0;
    words = str_lower(arena, words);
    for (size_t i = 0; i < ids.n; i++) {
        const Org *org = org_find(tree, ids.p[i]);
        if (org->closed_on == 0 && org_is_called(arena, org, words))
            ids.p[count++] = ids.p[i];
    }
    ids.n = count;
    return ids;
}

/* ---- on any day ---- */

static size_t periods_below(const OrgTree *tree, int64_t parent)
{
    size_t low = 0, high = tree->n_periods;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tree->by_parent[middle].parent < parent)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Adds the span, and what stood below its organisation on its days. */
static void spans_collect(Arena *arena, const OrgTree *tree, SelectionSpan span, int depth,
                          OrgSpans *spans)
{
    *vec_push(arena, spans) = span;
    if (depth >= ORG_DEPTH_MAX)
        return;
    for (size_t i = periods_below(tree, span.org);
         i < tree->n_periods && tree->by_parent[i].parent == span.org; i++) {
        const OrgPeriod *period = &tree->by_parent[i];
        SelectionSpan below = {.org = period->org, .from = MAX(span.from, period->from)};
        /* Of the period, `to` is the first day that no longer counts. */
        below.to = period->to == INT32_MAX ? span.to : MIN(span.to, period->to - 1);
        if (below.from <= below.to)
            spans_collect(arena, tree, below, depth + 1, spans);
    }
}

static int span_order(const void *a, const void *b)
{
    const SelectionSpan *x = a, *y = b;
    if (x->org != y->org)
        return x->org < y->org ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

static void spans_join(OrgSpans *spans)
{
    size_t kept = 0;
    qsort(spans->p, spans->n, sizeof *spans->p, span_order);
    for (size_t i = 0; i < spans->n; i++) {
        SelectionSpan span = spans->p[i];
        SelectionSpan *last = kept ? &spans->p[kept - 1] : NULL;
        if (last && last->org == span.org && (int64_t)span.from <= (int64_t)last->to + 1)
            last->to = MAX(last->to, span.to);
        else
            spans->p[kept++] = span;
    }
    spans->n = kept;
}

OrgSpans org_spans(Arena *arena, const OrgTree *tree, int64_t root, Day from, Day to)
{
    OrgSpans spans = {0};
    if (!org_find(tree, root) || from > to)
        return spans;
    spans_collect(arena, tree, (SelectionSpan){root, from, to}, 0, &spans);
    spans_join(&spans);
    return spans;
}
