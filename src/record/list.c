/* SPDX-License-Identifier: Apache-2.0 */
#include "record/list.h"

#include "record/record_query.h"
#include "record/row.h"

/* The first columns of query_page, before the typed ones. */
enum { COLUMN_ID, COLUMN_VERSION, COLUMN_DATA, COLUMN_FIRST };

static Row list_row(DbRows *rows)
{
    Row row = {.id = db_rows_int(rows, COLUMN_ID),
               .version = db_rows_int(rows, COLUMN_VERSION),
               .data = db_rows_text(rows, COLUMN_DATA)};
    for (int i = 0; i < FACT_COLUMNS; i++) {
        if (fact_columns[i].is_text)
            row.texts[i] = db_rows_text(rows, COLUMN_FIRST + i);
        else
            row.numbers[i] = db_rows_int(rows, COLUMN_FIRST + i);
    }
    return row;
}

/* Reads up to `limit` records; one row more says that there is a next page. */
static bool list_read(Arena *arena, DbRows *rows, const ListQuery *query, int limit, ListPage *page,
                      Err *err)
{
    Record *records = NEW_ARRAY(arena, Record, (size_t)limit);
    Cursor last = {0};
    page->records = records;
    while (db_rows_next(rows)) {
        Row row = list_row(rows);
        if (page->n == (size_t)limit) {
            page->next = cursor_write(arena, query, last);
            break;
        }
        if (!row_read(arena, &row, &records[page->n++], err))
            return false;
        last = (Cursor){true, db_rows_int(rows, COLUMN_FIRST + FACT_COLUMNS), row.id};
    }
    return true;
}

bool record_list(Arena *arena, Db *db, const OrgTree *tree, const ListQuery *query,
                 ListPage *ret_page, Err *err)
{
    int limit = MAX(1, MIN(query->limit, LIST_LIMIT_MAX));
    DbText sql = db_text_open(arena);
    Cursor cursor;
    DbRows rows;
    ListPage page = {0};
    bool read;
    if (!cursor_parse(query, &cursor, err))
        return false;
    if (query_page(&sql, tree, query, cursor, limit + 1)) {
        if (!db_run(db, &sql, &rows, err))
            return false;
        read = list_read(arena, &rows, query, limit, &page, err);
        if (!db_rows_close(&rows, read ? err : NULL) || !read)
            return false;
    }
    *ret_page = page;
    return true;
}

bool record_finds(Arena *arena, Db *db, const OrgTree *tree, const ListQuery *query,
                  FindVec *ret_finds, Err *err)
{
    DbText sql = db_text_open(arena);
    Cursor cursor;
    FindVec finds = {0};
    DbRows rows;
    *ret_finds = finds;
    if (!cursor_parse(query, &cursor, err))
        return false;
    if (!query_finds(&sql, tree, query, cursor, MAX(1, MIN(query->limit, LIST_LIMIT_MAX))))
        return true;
    if (!db_run(db, &sql, &rows, err))
        return false;
    while (db_rows_next(&rows))
        *vec_push(arena, &finds) = (Find){db_rows_int(&rows, 0), db_rows_int(&rows, 1)};
    if (!db_rows_close(&rows, err))
        return false;
    *ret_finds = finds;
    return true;
}

Str record_cursor(Arena *arena, const ListQuery *query, Find last)
{
    return cursor_write(arena, query, (Cursor){true, last.sort, last.record});
}

/* Both columns of a statement that gives one row. */
static bool run_one(Db *db, const DbText *sql, int64_t *ret_first, int64_t *ret_second, Err *err)
{
    DbRows rows;
    int64_t first = 0, second = 0;
    if (!db_run(db, sql, &rows, err))
        return false;
    if (db_rows_next(&rows)) {
        first = db_rows_int(&rows, 0);
        second = ret_second ? db_rows_int(&rows, 1) : 0;
    }
    if (!db_rows_close(&rows, err))
        return false;
    *ret_first = first;
    if (ret_second)
        *ret_second = second;
    return true;
}

bool record_count(Arena *arena, Db *db, const OrgTree *tree, const ListQuery *query, int64_t limit,
                  int64_t *ret_count, int64_t *ret_sum, Err *err)
{
    const Selection *selection = query->selection;
    DbText counting = db_text_open(arena), refs = db_text_open(arena);
    int64_t count = 0, sum = 0;
    bool sums = selection && selection->sum.n;
    if (query_count(&counting, tree, query, sums ? 0 : MAX(limit, 1)) &&
        !run_one(db, &counting, &count, &sum, err))
        return false;
    if (selection && selection->distinct.n && query_distinct(&refs, tree, query) &&
        !run_one(db, &refs, &sum, NULL, err))
        return false;
    *ret_count = MIN(count, MAX(limit, 0));
    *ret_sum = sum;
    return true;
}

bool record_waiting(Arena *arena, Db *db, const WaitQuery *query, WaitVec *ret_waits, Err *err)
{
    DbText sql = db_text_open(arena);
    WaitVec waits = {0};
    DbRows rows;
    query_waiting(&sql, query);
    if (!db_run(db, &sql, &rows, err))
        return false;
    while (db_rows_next(&rows))
        *vec_push(arena, &waits) = (Wait){db_rows_int(&rows, 0), db_rows_int(&rows, 1)};
    if (!db_rows_close(&rows, err))
        return false;
    *ret_waits = waits;
    return true;
}
