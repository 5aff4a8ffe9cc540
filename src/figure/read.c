/* SPDX-License-Identifier: Apache-2.0 */
#include "figure/read.h"

#include "base/number.h"

#include "query.h"

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

static bool groups_make(Arena *arena, Db *db, const CellQuery *query, Groups *groups, Err *err)
{
    if (!query->spans && !group_everywhere(arena, db, query, groups, err))
        return false;
    for (size_t i = 0; query->spans && i < query->spans->n; i++)
        group_add(arena, groups, query->spans->p[i]);
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

static bool group_months(Db *db, int64_t indicator, const Group *group, int64_t first,
                         CellSum *months, Err *err)
{
    DayRange range = day_range(group->from, group->to);
    DbRows rows;
    QCellPeriods row;
    QCellPeriodsParams params = {.indicator = indicator,
                                 .orgs = buf_str(&group->orgs),
                                 .month_from = range.month_from,
                                 .month_to = range.month_to,
                                 .head_from = range.head_from,
                                 .head_to = range.head_to,
                                 .tail_from = range.tail_from,
                                 .tail_to = range.tail_to};
    if (!q_cell_periods_open(db, &params, &rows, err))
        return false;
    while (q_cell_periods_next(&rows, &row)) {
        int64_t month = row.grain ? row.period : month_of((Day)row.period);
        CellSum *sum = &months[month - first];
        sum->n = add_checked(sum->n, row.n);
        sum->sum = add_checked(sum->sum, row.sum);
    }
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
