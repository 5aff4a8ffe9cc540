/* SPDX-License-Identifier: Apache-2.0 */
/* A figure's selection as SQL. figure/ counts the same in memory; a test of that room compares. */
#include "record/record_query.h"

/* Beyond any calendar; keeps the arithmetic on instants inside 64 bits. */
#define DAY_LIMIT 4000000

static int64_t day_clamp(Day day)
{
    return MAX(-DAY_LIMIT, MIN(DAY_LIMIT, day));
}

/* The first value of the fact that lies on the day or later. */
static int64_t day_value(int64_t day, bool is_instant)
{
    return is_instant ? day_start((Day)day) : day;
}

/* " AND <fact> is on a day from..to" */
static void sql_in_days(DbText *sql, Str fact, bool is_instant, Day from, Day to)
{
    db_sql_literal(sql, " AND ");
    fact_sql(sql, fact);
    db_sql_literal(sql, " >= ");
    db_sql_int(sql, day_value(day_clamp(from), is_instant));
    db_sql_literal(sql, " AND ");
    fact_sql(sql, fact);
    db_sql_literal(sql, " < ");
    db_sql_int(sql, day_value(day_clamp(to) + 1, is_instant));
}

/* Begun by `to` and not ended before `to`: the day of its end still counts. */
static void sql_stock(DbText *sql, const Selection *selection)
{
    int64_t next = day_clamp(selection->to) + 1;
    db_sql_literal(sql, " AND ");
    fact_sql(sql, selection->in);
    db_sql_literal(sql, " < ");
    db_sql_int(sql, day_value(next, selection->in_is_instant));
    db_sql_literal(sql, " AND (");
    fact_sql(sql, selection->until);
    db_sql_literal(sql, " IS NULL OR ");
    fact_sql(sql, selection->until);
    db_sql_literal(sql, " >= ");
    db_sql_int(sql, day_value(next - 1, selection->until_is_instant));
    db_sql_literal(sql, ")");
}

/* ---- where ---- */

/* Organisations that stood there on the same days. */
typedef struct SpanGroup {
    Day from, to;
    IdVec orgs;
} SpanGroup;
typedef VEC(SpanGroup) SpanGroups;

static SpanGroup *group_take(Arena *arena, SpanGroups *groups, Day from, Day to)
{
    for (size_t i = 0; i < groups->n; i++)
        if (groups->p[i].from == from && groups->p[i].to == to)
            return &groups->p[i];
    SpanGroup *group = vec_push(arena, groups);
    *group = (SpanGroup){.from = from, .to = to};
    return group;
}

/* A stock is looked at on one day: there the days of a span only decide whether it counts. */
static SpanGroups selection_groups(Arena *arena, const Selection *selection)
{
    bool stock = selection->until.n > 0;
    SpanGroups groups = {0};
    for (size_t i = 0; i < selection->n_spans; i++) {
        const SelectionSpan *span = &selection->spans[i];
        Day from = stock ? selection->to : MAX(span->from, selection->from);
        Day to = stock ? selection->to : MIN(span->to, selection->to);
        if (from > to || from < span->from || to > span->to)
            continue;
        SpanGroup *group = group_take(arena, &groups, from, to);
        *vec_push(arena, &group->orgs) = span->org;
    }
    return groups;
}

static void sql_spans(DbText *sql, const Selection *selection)
{
    SpanGroups groups = selection_groups(sql->sql.arena, selection);
    db_sql_literal(sql, " AND (FALSE");
    for (size_t i = 0; i < groups.n; i++) {
        const SpanGroup *group = &groups.p[i];
        db_sql_literal(sql, " OR (");
        fact_id_sql(sql, selection->at);
        query_ids(sql, group->orgs.p, group->orgs.n);
        if (selection->until.n == 0 && (group->from > selection->from || group->to < selection->to))
            sql_in_days(sql, selection->in, selection->in_is_instant, group->from, group->to);
        db_sql_literal(sql, ")");
    }
    db_sql_literal(sql, ")");
}

void selection_sql(DbText *sql, const Selection *selection)
{
    db_sql_literal(sql, " AND r.voided_at IS NULL");
    if (selection->where) {
        db_sql_literal(sql, " AND ");
        rule_sql(sql, selection->where);
    }
    if (selection->until.n)
        sql_stock(sql, selection);
    else
        sql_in_days(sql, selection->in, selection->in_is_instant, selection->from, selection->to);
    if (selection->spans)
        sql_spans(sql, selection);
}
