/* SPDX-License-Identifier: Apache-2.0 */
#include "figure/read.h"

#include "base/number.h"

#include "query.h"

#define SPANS_FEW 16

/* Organisations that are read on the same days: nearly always one group. */
typedef struct Group {
    Day from, to;
    Buf orgs; /* JSON */
} Group;
typedef VEC(Group) Groups;

static void group_add(Arena *arena, Groups *groups, SelectionSpan span)
{
    Group *group = NULL;
    for (size_t i = groups->n; i-- > 0 && !group;)
        if (groups->p[i].from == span.from && groups->p[i].to == span.to)
            group = &groups->p[i];
    if (!group) {
        group = vec_push(arena, groups);
        *group = (Group){.from = span.from, .to = span.to, .orgs = buf_open(arena)};
    }
    TEXT(&group->orgs, group->orgs.n ? "," : "[", span.org);
}

static bool group_everywhere(Arena *arena, Db *db, const CellQuery *query, Groups *groups, Err *err)
{
    QCellOrgs *orgs;
    size_t count;
    if (!q_cell_orgs_all(db, arena, query->indicator, &orgs, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        group_add(arena, groups, (SelectionSpan){orgs[i].org, query->from, query->to});
    return true;
}

/* Most organisations of a large tree have no cells of an indicator, and looking for each one's
 * costs more than asking once which have some. */
static bool group_spans(Arena *arena, Db *db, const CellQuery *query, Groups *groups, Err *err)
{
    bool few = query->spans->n <= SPANS_FEW;
    Map have = map_open(arena);
    QCellOrgs *orgs = NULL;
    size_t count = 0;
    if (!few && !q_cell_orgs_all(db, arena, query->indicator, &orgs, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        map_set_id(&have, orgs[i].org, &orgs[i]);
    for (size_t i = 0; i < query->spans->n; i++)
        if (few || map_find_id(&have, query->spans->p[i].org))
            group_add(arena, groups, query->spans->p[i]);
    return true;
}

static bool groups_make(Arena *arena, Db *db, const CellQuery *query, Groups *groups, Err *err)
{
    if (query->spans ? !group_spans(arena, db, query, groups, err)
                     : !group_everywhere(arena, db, query, groups, err))
        return false;
    for (size_t i = 0; i < groups->n; i++)
        buf_byte(&groups->p[i].orgs, ']');
    return true;
}

static bool group_sum(Arena *arena, Db *db, int64_t indicator, const Group *group, CellSum *sum,
                      Err *err)
{
    DayRange range = day_range(group->from, group->to);
    QCellSum row;
    bool found;
    QCellSumParams params = {.indicator = indicator,
                             .orgs = buf_str(&group->orgs),
                             .month_from = range.month_from,
                             .month_to = range.month_to,
                             .head_from = range.head_from,
                             .head_to = range.head_to,
                             .tail_from = range.tail_from,
                             .tail_to = range.tail_to};
    if (!q_cell_sum(db, arena, &params, &row, &found, err))
        return false;
    sum->n = add_checked(sum->n, row.n);
    sum->sum = add_checked(sum->sum, row.sum);
    return true;
}

bool cells_sum(Arena *arena, Db *db, const CellQuery *query, CellSum *ret_sum, Err *err)
{
    Groups groups = {0};
    CellSum sum = {0};
    if (!groups_make(arena, db, query, &groups, err))
        return false;
    for (size_t i = 0; i < groups.n; i++)
        if (!group_sum(arena, db, query->indicator, &groups.p[i], &sum, err))
            return false;
    *ret_sum = sum;
    return true;
}

static bool group_open(Db *db, int64_t indicator, const Group *group, DbRows *ret_rows, Err *err)
{
    DayRange range = day_range(group->from, group->to);
    QCellPeriodsParams params = {.indicator = indicator,
                                 .orgs = buf_str(&group->orgs),
                                 .month_from = range.month_from,
                                 .month_to = range.month_to,
                                 .head_from = range.head_from,
                                 .head_to = range.head_to,
                                 .tail_from = range.tail_from,
                                 .tail_to = range.tail_to};
    return q_cell_periods_open(db, &params, ret_rows, err);
}

static void sum_add(CellSum *sum, const QCellPeriods *row)
{
    sum->n = add_checked(sum->n, row->n);
    sum->sum = add_checked(sum->sum, row->sum);
}

static bool group_months(Db *db, int64_t indicator, const Group *group, int64_t first,
                         CellSum *months, Err *err)
{
    DbRows rows;
    QCellPeriods row;
    if (!group_open(db, indicator, group, &rows, err))
        return false;
    while (q_cell_periods_next(&rows, &row)) {
        int64_t month = row.grain ? row.period : month_of((Day)row.period);
        sum_add(&months[month - first], &row);
    }
    return db_rows_close(&rows, err);
}

/* `owners`: of the group, by organisation. */
static bool group_split(Db *db, int64_t indicator, const Group *group, const Map *owners, Err *err)
{
    DbRows rows;
    QCellPeriods row;
    if (!group_open(db, indicator, group, &rows, err))
        return false;
    while (q_cell_periods_next(&rows, &row))
        sum_add(map_find_id(owners, row.org), &row);
    return db_rows_close(&rows, err);
}

bool cells_months(Arena *arena, Db *db, const CellQuery *query, int64_t first, CellSum *ret_months,
                  Err *err)
{
    Groups groups = {0};
    if (!groups_make(arena, db, query, &groups, err))
        return false;
    for (size_t i = 0; i < groups.n; i++)
        if (!group_months(db, query->indicator, &groups.p[i], first, ret_months, err))
            return false;
    return true;
}

bool cells_split(Arena *arena, Db *db, const CellQuery *query, const size_t *owners,
                 CellSum *ret_sums, Err *err)
{
    Groups groups = {0};
    if (!groups_make(arena, db, query, &groups, err))
        return false;
    for (size_t i = 0; i < groups.n; i++) {
        const Group *group = &groups.p[i];
        Map by_org = map_open(arena);
        for (size_t j = 0; j < query->spans->n; j++)
            if (query->spans->p[j].from == group->from && query->spans->p[j].to == group->to)
                map_set_id(&by_org, query->spans->p[j].org, &ret_sums[owners[j]]);
        if (!group_split(db, query->indicator, group, &by_org, err))
            return false;
    }
    return true;
}

bool refs_count(Arena *arena, Db *db, const CellQuery *query, int64_t *ret_count, Err *err)
{
    Buf spans = buf_open(arena);
    QContributionCount row;
    QContributionCountSite site;
    bool found;
    if (!query->spans) {
        if (!q_contribution_count_site(db, arena, query->indicator, query->from, query->to, &site,
                                       &found, err))
            return false;
        *ret_count = site.n;
        return true;
    }
    for (size_t i = 0; i < query->spans->n; i++)
        TEXT(&spans, i ? "," : "[", "[", query->spans->p[i].org, ",", query->spans->p[i].from, ",",
             query->spans->p[i].to, "]");
    TEXT(&spans, spans.n ? "]" : "[]");
    if (!q_contribution_count(db, arena, query->indicator, buf_str(&spans), &row, &found, err))
        return false;
    *ret_count = row.n;
    return true;
}

bool members_read(Arena *arena, Db *db, const Indicator *coverage, SelectionSpan days,
                  FigureMember **ret_members, size_t *ret_count, Err *err)
{
    const Indicator *having = coverage->numerator;
    QCoverageMembers *rows;
    FigureMember *members;
    Day from = indicator_is_stock(having) ? DAY_FIRST : days.from;
    if (!q_coverage_members_all(db, arena, (int64_t)coverage->denominator->key,
                                (int64_t)having->key, from, days.to, &rows, ret_count, err))
        return false;
    members = NEW_ARRAY(arena, FigureMember, *ret_count);
    for (size_t i = 0; i < *ret_count; i++)
        members[i] = (FigureMember){rows[i].id, rows[i].org, rows[i].has != 0};
    *ret_members = members;
    return true;
}
