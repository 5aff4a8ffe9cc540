/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for the visitor, by due day. */
#include "db/db_text.h"
#include "view/list_query.h"

#include "query.h"

#define DESK_PAGES 3 /* of LIST_LIMIT_MAX open records */
#define DESK_ROWS  200
#define WEEK_US    (7 * DAY_US)

static IdVec desk_orgs(Visit *visit)
{
    Sights sights = permit_sights(visit->arena, visit->office, &visit->actor);
    IdVec orgs = {0};
    for (size_t i = 0; i < sights.n; i++)
        if (!ids_have(orgs.p, orgs.n, sights.p[i].org))
            *vec_push(visit->arena, &orgs) = sights.p[i].org;
    return orgs;
}

/* Looks before the row is made: most records of a wide scope wait for somebody else. */
static bool waits_here(Visit *visit, const Record *record)
{
    const Kind *kind =
        profile_kind(visit->office->profile, values_text(&record->values, S("kind")));
    Subject subject;
    if (!kind)
        return false;
    subject = subject_of(visit, kind, record);
    return subject.mask.open && (move_to_decide(visit, &subject) || move_next(visit, &subject));
}

typedef VEC(RecordRow) Rows;

static bool desk_page(Visit *visit, ListQuery *query, Rows *rows, Err *err)
{
    ListPage page;
    if (!record_list(visit->arena, visit->db, &visit->office->orgs, query, &page, err))
        return false;
    for (size_t i = 0; i < page.n && rows->n < DESK_ROWS; i++)
        if (waits_here(visit, &page.records[i]))
            *vec_push(visit->arena, rows) = record_row(visit, &page.records[i]);
    query->after = page.next;
    return true;
}

/* Entries are in order of time, so the first of the week is found by halving. */
static bool first_since(Visit *visit, Instant since, int64_t *ret_sequence, Err *err)
{
    QEntryLast last;
    bool found;
    int64_t low = 1, high;
    if (!q_entry_last(visit->db, visit->arena, &last, &found, err))
        return false;
    high = found ? last.sequence + 1 : 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        QEntryRow row;
        if (!q_entry_get(visit->db, visit->arena, middle, &row, &found, err))
            return false;
        if (!found || row.recorded_at >= since)
            high = middle;
        else
            low = middle + 1;
    }
    *ret_sequence = low;
    return true;
}

/* What people do carries a key, so the index of keys answers this without reading entries. */
static bool moved_since(Visit *visit, Instant since, int64_t *ret_count, Err *err)
{
    DbText sql = db_text_open(visit->arena);
    DbRows rows;
    int64_t first;
    if (!first_since(visit, since, &first, err))
        return false;
    db_sql_literal(&sql, "SELECT count(*) FROM entry WHERE key IS NOT NULL AND actor = ");
    db_sql_text(&sql, visit->actor.name);
    db_sql_literal(&sql, " AND sequence >= ");
    db_sql_int(&sql, first);
    if (!db_run(visit->db, &sql, &rows, err))
        return false;
    if (db_rows_next(&rows))
        *ret_count = db_rows_int(&rows, 0);
    return db_rows_close(&rows, err);
}

bool desk_view(Visit *visit, DeskView *ret_view, Err *err)
{
    IdVec orgs = desk_orgs(visit);
    ListQuery query = {.orgs = orgs.p,
                       .n_orgs = orgs.n,
                       .everything = visit->actor.type == ACTOR_CLI,
                       .open_only = true,
                       .now = visit->now,
                       .order = LIST_DUE,
                       .limit = LIST_LIMIT_MAX};
    DeskView view = {.todo = {.title = view_say(visit, MSG_view_desk_title), .order = S("due")}};
    Rows rows = {0};
    int pages = 0;
    do {
        if (!desk_page(visit, &query, &rows, err))
            return false;
    } while (query.after.n && ++pages < DESK_PAGES && rows.n < DESK_ROWS);
    view.todo.rows = rows.p;
    view.todo.n_rows = rows.n;
    view.todo.count = query.after.n && pages == DESK_PAGES ? STR(visit->arena, (int64_t)rows.n, "+")
                                                           : STR(visit->arena, (int64_t)rows.n);
    if (rows.n == 0 && !moved_since(visit, visit->now - WEEK_US, &view.moved_this_week, err))
        return false;
    *ret_view = view;
    return true;
}
