/* SPDX-License-Identifier: Apache-2.0 */
/* record_query.h - the statements behind lists; for the files of this room. */
#ifndef TONGXIN_RECORD_RECORD_QUERY_H
#define TONGXIN_RECORD_RECORD_QUERY_H

#include "record/list.h"
#include "rule/rule.h"

/* Where a page begins: behind this row. */
typedef struct Cursor {
    bool is_set;
    int64_t sort; /* created_at, published_at or due_on; see record_list */
    int64_t id;
} Cursor;

/* The text for the next page. */
Str cursor_write(Arena *arena, const ListQuery *query, Cursor cursor);
/* ERR_BAD_REQUEST when it was not written by cursor_write for this order. */
NODISCARD bool cursor_parse(const ListQuery *query, Cursor *ret_cursor, Err *err);

/* The statement of one page: at most `limit` rows of id, version, data, the typed columns in the
 * order of fact_columns, and the value sorted by. False when nothing can be found. */
bool query_page(DbText *sql, const OrgTree *tree, const ListQuery *query, Cursor cursor, int limit);
/* The same rows as their ids and the value sorted by, nothing else. */
bool query_finds(DbText *sql, const OrgTree *tree, const ListQuery *query, Cursor cursor,
                 int limit);
/* One row: how many (at most `limit`; 0: no limit), and the sum of the selection's field or 0. */
bool query_count(DbText *sql, const OrgTree *tree, const ListQuery *query, int64_t limit);
/* One row: how many different ids the selection's `distinct` link has. */
bool query_distinct(DbText *sql, const OrgTree *tree, const ListQuery *query);

/* Rows (id, since) of record_waiting. */
void query_waiting(DbText *sql, const WaitQuery *query);

/* " IN (…)" of any number of ids. */
void query_ids(DbText *sql, const int64_t *ids, size_t count);
/* The selection's own tests on row `r`: " AND …" for each. */
void selection_sql(DbText *sql, const Selection *selection);

#endif
