/* SPDX-License-Identifier: Apache-2.0 */
/* The statements behind lists. A page is two steps in one statement: ids in order out of the rows
 * that decide who may see (record_scope), which also hold what most lists filter by, then their
 * records:
 *
 *     SELECT … FROM (SELECT record, sort … ORDER BY … LIMIT n) AS u CROSS JOIN record AS r …
 *
 * Where one walk along one index gives the order (nearly every list), the records are read on that
 * walk and there is no second step.
 *
 * CROSS JOIN keeps SQLite from turning the order of the tables round. Several organisations are
 * several such selects under UNION, each walking its own part of the index and stopping at the
 * limit; a record that two of them find is one row. */
#include "record/record_query.h"

#define BRANCHES_MAX  8   /* organisations walked side by side; more are sorted together */
#define ID_LIST_BOUND 500 /* more ids than this are bound as one JSON text */

/* By due day open records come first, the others behind them by created_at: each part has its own
 * index. */
typedef enum Part { PART_ALL, PART_OPEN, PART_OVER } Part;

/* A way to the rows: the scope rows of organisations, or the table itself. */
typedef struct Branch {
    const Kind *kind;    /* NULL: all that are listed */
    const int64_t *orgs; /* none: no look at who may see */
    size_t n_orgs;
    bool test_org; /* the query's organisation is still to be tested */
    Part part;
} Branch;
typedef VEC(Branch) Branches;

typedef struct Page {
    const ListQuery *query;
    const OrgTree *tree;
    Cursor cursor;
    int64_t limit; /* 0: none */
} Page;

void query_ids(DbText *sql, const int64_t *ids, size_t count)
{
    Arena *arena = sql->sql.arena;
    Buf list = buf_open(arena);
    db_sql_literal(sql, " IN ");
    if (count <= ID_LIST_BOUND) {
        db_sql_ids(sql, ids, count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        TEXT(&list, i ? "," : "[", ids[i]);
    buf_byte(&list, ']');
    db_sql_literal(sql, "(SELECT value FROM json_each(");
    db_sql_text(sql, buf_str(&list));
    db_sql_literal(sql, "))");
}

/* ---- which rows there are to look at ---- */

static const Kind *query_kind(const ListQuery *query)
{
    return query->kind || !query->selection ? query->kind : query->selection->kind;
}

static bool is_unscoped(const Kind *kind)
{
    return kind && (kind_is_open_to_staff(kind) || kind->internal);
}

static void branch_add(Arena *arena, const ListQuery *query, Branch branch, Branches *branches)
{
    if (query->order == LIST_DUE && branch.kind && branch.n_orgs == 1) {
        branch.part = PART_OPEN;
        *vec_push(arena, branches) = branch;
        branch.part = PART_OVER;
    }
    if (branch.part != PART_OVER || !query->open_only)
        *vec_push(arena, branches) = branch;
}

/* Scope rows name every organisation above, so one test finds a whole subtree: when the asked one
 * lies in a visible one, its rows are the way in; else the visible ones are, and its row is a
 * test. */
static void branches_add(Arena *arena, const Page *page, const Kind *kind, IdVec orgs,
                         Branches *branches)
{
    int64_t org = page->query->org;
    bool test = org != 0;
    size_t each;
    for (size_t i = 0; i < orgs.n && test; i++) {
        if (org_is_within(page->tree, org, orgs.p[i])) {
            orgs.p[0] = org;
            orgs.n = 1;
            test = false;
        }
    }
    each = orgs.n > BRANCHES_MAX ? orgs.n : 1;
    for (size_t i = 0; i < orgs.n; i += each)
        branch_add(arena, page->query, (Branch){kind, orgs.p + i, each, test, PART_ALL}, branches);
}

static IdVec ids_copy(Arena *arena, const int64_t *ids, size_t count)
{
    return (IdVec){arena_copy(arena, ids, count * sizeof *ids), count, count};
}

/* Sights come ordered by kind. */
static void branches_of_sights(Arena *arena, const Page *page, Branches *branches)
{
    const ListQuery *query = page->query;
    size_t end;
    for (size_t start = 0; start < query->n_sights; start = end) {
        const Kind *kind = query->sights[start].kind;
        IdVec orgs = {0};
        for (end = start; end < query->n_sights && query->sights[end].kind == kind; end++)
            *vec_push(arena, &orgs) = query->sights[end].org;
        branches_add(arena, page, kind, orgs, branches);
    }
}

static Branches query_branches(Arena *arena, const Page *page)
{
    const ListQuery *query = page->query;
    const Kind *kind = query_kind(query);
    Branches branches = {0};
    bool whole = query->everything || query->published || (is_unscoped(kind) && query->n_orgs);
    if (query->selection && query->selection->kind != kind)
        return branches;
    if (whole && query->org && query->everything && !is_unscoped(kind)) {
        branches_add(arena, page, kind, ids_copy(arena, &query->org, 1), &branches);
    } else if (whole) {
        *vec_push(arena, &branches) = (Branch){.kind = kind, .test_org = query->org != 0};
    } else if (!kind && query->n_sights) {
        branches_of_sights(arena, page, &branches);
    } else {
        branches_add(arena, page, kind, ids_copy(arena, query->orgs, query->n_orgs), &branches);
    }
    return branches;
}

/* ---- tests on one row ---- */

/* A list over all kinds leaves out the directory and what is internal. The plus keeps the names
 * from being looked up one by one, which would lose the order of the rows. */
static void sql_listed_kinds(DbText *sql, const Profile *profile)
{
    StrVec names = {0};
    for (size_t i = 0; profile && i < profile->n_kinds; i++)
        if (!is_unscoped(&profile->kinds[i]))
            *vec_push(sql->sql.arena, &names) = profile->kinds[i].name;
    db_sql_literal(sql, " IN ");
    db_sql_texts(sql, names.p, names.n);
}

static void sql_kind(DbText *sql, const Page *page, const Branch *branch)
{
    if (branch->kind && branch->n_orgs)
        db_sql_literal(sql, " AND s.kind = ");
    else if (branch->kind)
        db_sql_literal(sql, " AND r.kind = ");
    else if (branch->n_orgs)
        db_sql_literal(sql, " AND +s.kind");
    else
        db_sql_literal(sql, " AND +r.kind");
    if (branch->kind)
        db_sql_text(sql, branch->kind->name);
    else
        sql_listed_kinds(sql, page->tree->profile);
}

static void sql_is_there_scoped(DbText *sql, const ListQuery *query, Part part)
{
    if (query->open_only || part == PART_OPEN)
        db_sql_literal(sql, " AND s.open = 1");
    else if (part == PART_OVER && query->with_voided)
        db_sql_literal(sql, " AND s.open <= 0");
    else if (part == PART_OVER)
        db_sql_literal(sql, " AND s.open = 0");
    else if (!query->with_voided)
        db_sql_literal(sql, " AND s.open >= 0");
}

static void sql_is_there(DbText *sql, const ListQuery *query)
{
    if (query->open_only)
        db_sql_literal(sql, " AND r.open = 1");
    if (!query->with_voided || query->published || query->open_only)
        db_sql_literal(sql, " AND r.voided_at IS NULL");
    if (query->published)
        db_sql_literal(sql, " AND r.published_at IS NOT NULL");
}

static void sql_created(DbText *sql, const ListQuery *query, bool scoped)
{
    if (query->from) {
        if (scoped)
            db_sql_literal(sql, " AND s.created_at >= ");
        else
            db_sql_literal(sql, " AND r.created_at >= ");
        db_sql_int(sql, day_start(query->from));
    }
    if (query->to) {
        if (scoped)
            db_sql_literal(sql, " AND s.created_at < ");
        else
            db_sql_literal(sql, " AND r.created_at < ");
        db_sql_int(sql, day_start(query->to + 1));
    }
}

static void sql_light(DbText *sql, ListLight light, Instant now)
{
    if (light == LIGHT_ANY)
        return;
    db_sql_literal(sql, " AND ");
    fact_sql(sql, S("paused_on"));
    if (light == LIGHT_PAUSED) {
        db_sql_literal(sql, " IS NOT NULL");
        return;
    }
    db_sql_literal(sql, " IS NULL AND r.red_at ");
    if (light == LIGHT_RED)
        db_sql_literal(sql, "<= ");
    else
        db_sql_literal(sql, "> ");
    db_sql_int(sql, now);
    if (light == LIGHT_RED)
        return;
    if (light == LIGHT_YELLOW)
        db_sql_literal(sql, " AND r.yellow_at <= ");
    else
        db_sql_literal(sql, " AND COALESCE(r.yellow_at, r.red_at) > ");
    db_sql_int(sql, now);
}

static void sql_link(DbText *sql, Str name, Value value)
{
    db_sql_literal(sql, " AND EXISTS (SELECT 1 FROM record_link AS l WHERE l.record = r.id AND "
                        "l.name = ");
    db_sql_text(sql, name);
    db_sql_literal(sql, " AND l.target");
    if (value.type == VALUE_IDS)
        query_ids(sql, value.ids, value.count);
    else
        query_ids(sql, &(int64_t){value.number}, 1);
    db_sql_literal(sql, ")");
}

/* Written without COALESCE, so that the index on the field's expression is used. */
static void sql_filter(DbText *sql, const ListFilter *filter)
{
    Str name = filter->field->name;
    Value value = filter->value;
    bool column = fact_column(name) != NULL;
    if (!column &&
        (value.type == VALUE_IDS || filter->field->type == FIELD_RECORD ||
         filter->field->type == FIELD_ORGANISATION || filter->field->type == FIELD_ORGANISATIONS ||
         filter->field->type == FIELD_PLACE || filter->field->type == FIELD_POST)) {
        sql_link(sql, name, value);
        return;
    }
    if (filter->field->type == FIELD_CHOICES) {
        db_sql_literal(sql, " AND EXISTS (SELECT 1 FROM json_each(r.data, ");
        db_sql_path(sql, name);
        db_sql_literal(sql, ") AS j WHERE j.value IN ");
        if (value.type == VALUE_CODES)
            db_sql_texts(sql, value.codes, value.count);
        else
            db_sql_texts(sql, &value.text, 1);
        db_sql_literal(sql, ")");
        return;
    }
    db_sql_literal(sql, " AND ");
    fact_sql(sql, name);
    if (value.type == VALUE_IDS) {
        query_ids(sql, value.ids, value.count);
        return;
    }
    db_sql_literal(sql, " = ");
    if (value.type == VALUE_TEXT)
        db_sql_text(sql, value.text);
    else
        db_sql_int(sql, value.number);
}

static void sql_id(DbText *sql, bool scoped)
{
    if (scoped)
        db_sql_literal(sql, "s.record");
    else
        db_sql_literal(sql, "r.id");
}

static void sql_org(DbText *sql, const Page *page, const Branch *branch)
{
    if (!branch->test_org)
        return;
    if (is_unscoped(branch->kind)) {
        IdVec orgs = org_subtree(sql->sql.arena, page->tree, page->query->org);
        db_sql_literal(sql, " AND r.place");
        query_ids(sql, orgs.p, orgs.n);
        return;
    }
    db_sql_literal(sql, " AND EXISTS (SELECT 1 FROM record_scope AS o WHERE o.record = ");
    sql_id(sql, branch->n_orgs > 0);
    db_sql_literal(sql, " AND o.org = ");
    db_sql_int(sql, page->query->org);
    db_sql_literal(sql, ")");
}

/* A column that the scope row repeats is asked of it where there is one. */
static void sql_and(DbText *sql, bool scoped)
{
    if (scoped)
        db_sql_literal(sql, " AND s.");
    else
        db_sql_literal(sql, " AND r.");
}

static void sql_status(DbText *sql, const ListQuery *query, bool scoped)
{
    if (query->status.n == 0)
        return;
    sql_and(sql, scoped);
    db_sql_literal(sql, "status = ");
    db_sql_text(sql, query->status);
}

static void sql_category(DbText *sql, const ListQuery *query, bool scoped)
{
    if (query->category.n == 0)
        return;
    sql_and(sql, scoped);
    db_sql_literal(sql, "category = ");
    db_sql_text(sql, query->category);
}

/* Said twice, for the partial index is not taken for a bound text. */
static void sql_pending(DbText *sql, const ListQuery *query, bool scoped)
{
    if (query->pending.n == 0)
        return;
    if (scoped) {
        db_sql_literal(sql, " AND s.pending <> '' AND s.pending = ");
    } else {
        db_sql_literal(sql, " AND ");
        fact_sql(sql, S("pending"));
        db_sql_literal(sql, " = ");
    }
    db_sql_text(sql, query->pending);
}

/* Some test is on the record itself, not on its scope row. */
static bool tests_record(const ListQuery *query)
{
    return query->light != LIGHT_ANY || query->n_filters || query->selection;
}

static void sql_tests(DbText *sql, const Page *page, const Branch *branch)
{
    const ListQuery *query = page->query;
    sql_kind(sql, page, branch);
    if (branch->n_orgs)
        sql_is_there_scoped(sql, query, branch->part);
    else
        sql_is_there(sql, query);
    sql_created(sql, query, branch->n_orgs > 0);
    sql_org(sql, page, branch);
    sql_status(sql, query, branch->n_orgs > 0);
    sql_category(sql, query, branch->n_orgs > 0);
    sql_pending(sql, query, branch->n_orgs > 0);
    sql_light(sql, query->light, query->now);
    for (size_t i = 0; i < query->n_filters; i++)
        sql_filter(sql, &query->filters[i]);
    if (query->selection)
        selection_sql(sql, query->selection);
}

/* ---- order ---- */

/* Where records that are not open begin when sorted by due day. */
#define OVER_FIRST (RECORD_NO_DUE + 1)

static void sql_due(DbText *sql, const ListQuery *query, bool scoped)
{
    if (!query->open_only && scoped)
        db_sql_literal(sql, "CASE WHEN s.open = 1 THEN ");
    else if (!query->open_only)
        db_sql_literal(sql, "CASE WHEN r.open = 1 AND r.voided_at IS NULL THEN ");
    if (scoped) {
        db_sql_literal(sql, "s.due_on");
    } else {
        db_sql_literal(sql, "COALESCE(CASE WHEN r.red_at IS NOT NULL AND r.paused_on IS NULL "
                            "THEN r.due_on END, ");
        db_sql_int(sql, RECORD_NO_DUE);
        db_sql_literal(sql, ")");
    }
    if (query->open_only)
        return;
    if (scoped)
        db_sql_literal(sql, " ELSE s.created_at + ");
    else
        db_sql_literal(sql, " ELSE COALESCE(r.created_at, 0) + ");
    db_sql_int(sql, OVER_FIRST);
    db_sql_literal(sql, " END");
}

/* What a branch is walked by. */
static void sql_key(DbText *sql, const ListQuery *query, const Branch *branch)
{
    bool scoped = branch->n_orgs > 0;
    if (branch->part == PART_OPEN)
        db_sql_literal(sql, "s.due_on");
    else if (branch->part == PART_OVER && query->pending.n)
        db_sql_literal(sql, "+s.created_at"); /* few: not to be found along all that is over */
    else if (branch->part == PART_OVER)
        db_sql_literal(sql, "s.created_at");
    else if (query->order == LIST_DUE)
        sql_due(sql, query, scoped);
    else if (query->published)
        db_sql_literal(sql, "r.published_at");
    else if (scoped)
        db_sql_literal(sql, "s.created_at");
    else
        db_sql_literal(sql, "r.created_at");
}

/* What the branches are sorted by together. */
static void sql_sort(DbText *sql, const ListQuery *query, const Branch *branch)
{
    sql_key(sql, query, branch);
    if (branch->part != PART_OVER)
        return;
    db_sql_literal(sql, " + ");
    db_sql_int(sql, OVER_FIRST);
}

static void sql_after(DbText *sql, const Page *page, const Branch *branch)
{
    if (!page->cursor.is_set)
        return;
    db_sql_literal(sql, " AND (");
    sql_key(sql, page->query, branch);
    db_sql_literal(sql, ", ");
    sql_id(sql, branch->n_orgs > 0);
    if (page->query->order == LIST_NEWEST)
        db_sql_literal(sql, ") < (");
    else
        db_sql_literal(sql, ") > (");
    db_sql_int(sql, page->cursor.sort - (branch->part == PART_OVER ? OVER_FIRST : 0));
    db_sql_literal(sql, ", ");
    db_sql_int(sql, page->cursor.id);
    db_sql_literal(sql, ")");
}

static void sql_limit(DbText *sql, int64_t limit)
{
    if (limit == 0)
        return;
    db_sql_literal(sql, " LIMIT ");
    db_sql_int(sql, limit);
}

/* A count needs no order; a page of one branch needs it to stop early. */
static void sql_order(DbText *sql, const Page *page, const Branch *branch)
{
    if (page->limit == 0)
        return;
    db_sql_literal(sql, " ORDER BY ");
    sql_key(sql, page->query, branch);
    if (page->query->order == LIST_NEWEST)
        db_sql_literal(sql, " DESC, ");
    else
        db_sql_literal(sql, ", ");
    sql_id(sql, branch->n_orgs > 0);
    if (page->query->order == LIST_NEWEST)
        db_sql_literal(sql, " DESC");
}

/* ---- statements ---- */

/* With ids at hand they are the shortest way in: the plus keeps the organisation's index out. */
static void sql_from_scope(DbText *sql, const Page *page, const Branch *branch, bool join)
{
    const ListQuery *query = page->query;
    if (join)
        db_sql_literal(sql, " FROM record_scope AS s CROSS JOIN record AS r WHERE ");
    else
        db_sql_literal(sql, " FROM record_scope AS s WHERE ");
    if (query->ids) {
        db_sql_literal(sql, "s.record");
        query_ids(sql, query->ids, query->n_ids);
        db_sql_literal(sql, " AND +");
    }
    db_sql_literal(sql, "s.org");
    if (branch->n_orgs == 1) {
        db_sql_literal(sql, " = ");
        db_sql_int(sql, branch->orgs[0]);
    } else {
        query_ids(sql, branch->orgs, branch->n_orgs);
    }
    if (join)
        db_sql_literal(sql, " AND r.id = s.record");
}

/* Scope rows with their records if `join`, or the records alone. */
static void sql_branch_rows(DbText *sql, const Page *page, const Branch *branch, bool join)
{
    if (branch->n_orgs) {
        sql_from_scope(sql, page, branch, join);
    } else {
        db_sql_literal(sql, " FROM record AS r WHERE TRUE");
        if (page->query->ids) {
            db_sql_literal(sql, " AND r.id");
            query_ids(sql, page->query->ids, page->query->n_ids);
        }
    }
    sql_tests(sql, page, branch);
    sql_after(sql, page, branch);
    sql_order(sql, page, branch);
    sql_limit(sql, page->limit);
}

static void sql_branch(DbText *sql, const Page *page, const Branch *branch)
{
    if (branch->n_orgs > 1)
        db_sql_literal(sql, "SELECT DISTINCT ");
    else
        db_sql_literal(sql, "SELECT ");
    sql_id(sql, branch->n_orgs > 0);
    db_sql_literal(sql, " AS record, ");
    sql_sort(sql, page->query, branch);
    db_sql_literal(sql, " AS sort");
    sql_branch_rows(sql, page, branch, tests_record(page->query));
}

/* "(…) AS u": the ids and what they are sorted by. */
static bool sql_found(DbText *sql, const Page *page)
{
    Branches branches = query_branches(sql->sql.arena, page);
    if (branches.n == 0)
        return false;
    db_sql_literal(sql, "(");
    for (size_t i = 0; i < branches.n; i++) {
        if (i > 0)
            db_sql_literal(sql, " UNION ");
        if (branches.n > 1)
            db_sql_literal(sql, "SELECT record, sort FROM (");
        sql_branch(sql, page, &branches.p[i]);
        if (branches.n > 1)
            db_sql_literal(sql, ") AS b");
    }
    db_sql_literal(sql, ") AS u");
    return true;
}

/* No record is found twice. */
static bool is_one_way(const Branches *branches)
{
    return branches->n == 1 && branches->p[0].n_orgs <= 1;
}

/* One walk along an index that gives the order: nothing to sort, and no need to come back for the
 * records. */
static bool is_one_walk(const ListQuery *query, const Branches *branches)
{
    const Branch *branch = branches->p;
    return is_one_way(branches) && (branch->kind || query->published) && !query->ids &&
           (query->order != LIST_DUE || branch->part == PART_OPEN);
}

bool query_page(DbText *sql, const OrgTree *tree, const ListQuery *query, Cursor cursor, int limit)
{
    Page page = {query, tree, cursor, limit};
    Branches branches = query_branches(sql->sql.arena, &page);
    db_sql_literal(sql,
                   "SELECT r.id, r.version, r.data, r.accepted_at, r.amount, r.category, "
                   "r.closed_at, r.created_at, r.due_on, r.kind, r.lead, r.number, r.open, "
                   "r.parent, r.paused_on, r.place, r.published_at, r.red_at, r.result, r.status, "
                   "r.submitter, r.title, r.voided_at, r.yellow_at, ");
    if (is_one_walk(query, &branches)) {
        sql_sort(sql, query, &branches.p[0]);
        sql_branch_rows(sql, &page, &branches.p[0], true);
        return true;
    }
    db_sql_literal(sql, "u.sort FROM ");
    if (!sql_found(sql, &page))
        return false;
    db_sql_literal(sql, " CROSS JOIN record AS r WHERE r.id = u.record ORDER BY u.sort");
    if (query->order == LIST_NEWEST)
        db_sql_literal(sql, " DESC, u.record DESC");
    else
        db_sql_literal(sql, ", u.record");
    sql_limit(sql, limit);
    return true;
}

bool query_finds(DbText *sql, const OrgTree *tree, const ListQuery *query, Cursor cursor, int limit)
{
    Page page = {query, tree, cursor, limit};
    db_sql_literal(sql, "SELECT u.record, u.sort FROM ");
    if (!sql_found(sql, &page))
        return false;
    db_sql_literal(sql, " ORDER BY u.sort");
    if (query->order == LIST_NEWEST)
        db_sql_literal(sql, " DESC, u.record DESC");
    else
        db_sql_literal(sql, ", u.record");
    sql_limit(sql, limit);
    return true;
}

bool query_count(DbText *sql, const OrgTree *tree, const ListQuery *query, int64_t limit)
{
    ListQuery counted = *query;
    Page page = {&counted, tree, (Cursor){0}, limit};
    bool sums = query->selection && query->selection->sum.n;
    Branches branches;
    /* By due day open records and the others are two walks; a count has no order. */
    if (!query->open_only)
        counted.order = LIST_NEWEST;
    branches = query_branches(sql->sql.arena, &page);
    db_sql_literal(sql, "SELECT count(*), ");
    if (sums) {
        db_sql_literal(sql, "COALESCE(sum(");
        fact_sql(sql, query->selection->sum);
        db_sql_literal(sql, "), 0)");
    } else {
        db_sql_literal(sql, "0");
    }
    db_sql_literal(sql, " FROM ");
    if (!sums && is_one_way(&branches)) {
        db_sql_literal(sql, "(SELECT 1");
        sql_branch_rows(sql, &page, &branches.p[0], tests_record(query));
        db_sql_literal(sql, ") AS u");
        return true;
    }
    if (!sql_found(sql, &page))
        return false;
    if (sums)
        db_sql_literal(sql, " CROSS JOIN record AS r WHERE r.id = u.record");
    return true;
}

bool query_distinct(DbText *sql, const OrgTree *tree, const ListQuery *query)
{
    Page page = {query, tree, (Cursor){0}, 0};
    Str name = query->selection->distinct;
    bool column = fact_column(name) != NULL;
    db_sql_literal(sql, "SELECT count(DISTINCT ");
    if (column)
        fact_sql(sql, name);
    else
        db_sql_literal(sql, "l.target");
    db_sql_literal(sql, ") FROM ");
    if (!sql_found(sql, &page))
        return false;
    if (column) {
        db_sql_literal(sql, " CROSS JOIN record AS r WHERE r.id = u.record");
        return true;
    }
    db_sql_literal(sql, " CROSS JOIN record_link AS l WHERE l.record = u.record AND l.name = ");
    db_sql_text(sql, name);
    return true;
}

static void sql_states(DbText *sql, const Move *move)
{
    Str *states = NEW_ARRAY(sql->sql.arena, Str, move->n_from);
    for (size_t i = 0; i < move->n_from; i++)
        states[i] = move->from[i]->name;
    db_sql_texts(sql, states, move->n_from);
}

void query_waiting(DbText *sql, const WaitQuery *query)
{
    db_sql_literal(sql, "SELECT w.id, w.since FROM (SELECT r.id AS id, ");
    fact_sql(sql, query->move->wait_since);
    db_sql_literal(sql, " AS since FROM record AS r WHERE r.kind = ");
    db_sql_text(sql, query->kind->name);
    db_sql_literal(sql, " AND r.status IN ");
    sql_states(sql, query->move);
    /* Who would be refused is not asked at every run. */
    for (size_t i = 0; query->move->by_clock && i < query->move->n_guards; i++) {
        db_sql_literal(sql, " AND ");
        rule_sql(sql, query->move->guards[i].must);
    }
    if (query->move->wait_until.n) {
        db_sql_literal(sql, " AND COALESCE(");
        fact_sql(sql, query->move->wait_until);
        db_sql_literal(sql, " > ");
        db_sql_int(sql, query->until);
        db_sql_literal(sql, ", TRUE)");
    }
    db_sql_literal(sql, " AND r.voided_at IS NULL) AS w WHERE w.since <= ");
    db_sql_int(sql, query->until);
    db_sql_literal(sql, " AND (w.since, w.id) > (");
    db_sql_int(sql, query->after.since);
    db_sql_literal(sql, ", ");
    db_sql_int(sql, query->after.record);
    db_sql_literal(sql, ") ORDER BY w.since, w.id");
    sql_limit(sql, query->limit);
}
