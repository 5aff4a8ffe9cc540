/* SPDX-License-Identifier: Apache-2.0 */
/* list_query.h - from the query parameters of a request to a ListQuery; for the files of this
 * room. */
#ifndef TONGXIN_VIEW_LIST_QUERY_H
#define TONGXIN_VIEW_LIST_QUERY_H

#include "view/list_view.h"
#include "view/move_view.h"

#define LIST_LIMIT_DEFAULT   50
#define LIST_LIMIT_MAX       200
#define LIST_COUNT_MAX       1000
#define LIST_COUNT_PLAIN_MAX 100 /* where no figure stands behind the list */

/* Who asks, order, page and place: what every list has. */
NODISCARD bool list_query_base(Visit *visit, const Kind *kind, ListQuery *ret_query, Err *err);
/* The filters of a list page. ERR_BAD_REQUEST for what is not understood. */
NODISCARD bool list_query_filters(Visit *visit, const Kind *kind, ListQuery *query, Err *err);
/* The parameter q: a number, or words of the text. */
NODISCARD bool list_query_words(Visit *visit, const Kind *kind, ListQuery *query, Err *err);
/* A day in a query parameter; 0 when absent. */
NODISCARD bool query_day(const Visit *visit, Str name, Day *ret_day, Err *err);
/* An organisation by code in a query parameter; 0 when absent. */
NODISCARD bool query_org(const Visit *visit, Str name, int64_t *ret_org, Err *err);

/* All of that for a list page of a kind, if the visitor may list it at all. */
NODISCARD bool list_query_of(Visit *visit, const Kind *kind, ListQuery *ret_query, Err *err);

/* The columns of the list and those that may be chosen. */
void list_columns(Visit *visit, const Kind *kind, ListView *view);
/* What can be filtered by, with what is chosen. */
void list_filters(Visit *visit, const Kind *kind, ListView *view);
/* Runs the query: rows the visitor may open, the next page, the count, unless the view's total is
 * known before. */
NODISCARD bool list_run(Visit *visit, const ListQuery *query, ListView *view, Err *err);

/* The asked page with `after`; empty when the cursor is. */
Str list_next_href(const Visit *visit, Str cursor);

/* The visitor may open the record, and read its texts if it was found by them. */
bool row_may_stand(Visit *visit, const Record *record, bool texts);
/* The columns that staff see; NULL where it may be: those of the profile. */
typedef struct RowColumns {
    const Field *const *fields;
    size_t n;
} RowColumns;
/* Its row, if so: both are answered from one look at its mask. `chosen` may be NULL. */
bool row_if_open(Visit *visit, const Record *record, bool texts, const RowColumns *chosen,
                 RecordRow *ret_row);
/* Rows of records by id, in that order, those that may be opened; texts of confidential kinds must
 * be visible when `texts`, for the record was found by its text. */
NODISCARD bool rows_by_id(Visit *visit, const IdVec *ids, bool texts, ListView *view, Err *err);

#endif
