/* SPDX-License-Identifier: Apache-2.0 */
/* list.h - pages of records: who may see which, filtered, sorted, by key and never by offset.
 *
 * Every list of the staff starts from record_scope, the only meaning of "may see" in SQL. A trace
 * is the same list with a Selection instead of filters; its row count (or sum) is the figure.
 * Public lists hold published records only. The one place where SQL is put together at run time:
 * from linked profile fields and bound parameters, never from names in a request. */
#ifndef TONGXIN_RECORD_LIST_H
#define TONGXIN_RECORD_LIST_H

#include "org/permit.h"
#include "record/record.h"
#include "rule/selection.h"

typedef enum ListOrder { LIST_NEWEST, LIST_DUE, LIST_OLDEST } ListOrder;
typedef enum ListLight { LIGHT_ANY, LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED, LIGHT_PAUSED } ListLight;

#define LIST_LIMIT_MAX 200

/* Records whose field has the value or, for choices and links, holds one of them. */
typedef struct ListFilter {
    const Field *field; /* a field with `filter: true` */
    Value value;        /* as form_bind gives it */
} ListFilter;

typedef struct ListQuery {
    const Kind *kind;    /* NULL: every kind of tree->profile that is neither internal
                             * nor a directory */
    const int64_t *orgs; /* organisations whose scope rows to read (permit_list_orgs of kind); */
    size_t n_orgs;       /* none: nothing is found, unless one of the next three is set. Kinds
                             * open to staff and built-in kinds are listed whole if there is any */
    const Sight *sights; /* with kind NULL: what may be listed of which kind (permit_sights) */
    size_t n_sights;
    bool everything; /* auditors, the command line, figures' traces */
    bool published;  /* the public: published and not voided */
    bool open_only;  /* still to be worked on */
    bool with_voided;
    Str status;  /* empty: any */
    int64_t org; /* within the subtree of this organisation; 0: any */
    Str category;
    Str pending;     /* the move that waits for a second person; empty: any or none */
    ListLight light; /* compared with `now` */
    Instant now;
    Day from, to; /* of created_at; 0: open */
    const ListFilter *filters;
    size_t n_filters;
    const int64_t *ids; /* only these (search results); NULL: any */
    size_t n_ids;
    const Selection *selection; /* of a figure; NULL: none */
    ListOrder order;
    int limit; /* 1..LIST_LIMIT_MAX; more or less is brought into the range */
    Str after; /* cursor from the page before; empty: the first page */
} ListQuery;

typedef struct ListPage {
    const Record *records;
    size_t n;
    Str next; /* cursor, empty at the end */
} ListPage;

/* Newest and oldest are by created_at (of `published`: by published_at). Due is what is open by
 * due_on, records without one last, then everything else by created_at. Ties are by id. Pages
 * neither skip nor repeat a record that does not change between them. ERR_BAD_REQUEST for a cursor
 * that is not ours or of another order; ERR_TOO_LARGE for more organisations and filters than a
 * statement takes. */
NODISCARD bool record_list(Arena *arena, Db *db, const OrgTree *tree, const ListQuery *query,
                           ListPage *ret_page, Err *err);

/* A row of a list without its record. */
typedef struct Find {
    int64_t record;
    int64_t sort; /* what the list is sorted by: of LIST_DUE and what is open the due_on */
} Find;
typedef VEC(Find) FindVec;

/* The same page as record_list gives, out of an index where one holds all that is asked. */
NODISCARD bool record_finds(Arena *arena, Db *db, const OrgTree *tree, const ListQuery *query,
                            FindVec *ret_finds, Err *err);
/* The cursor of a list in this order that goes on behind the row. */
Str record_cursor(Arena *arena, const ListQuery *query, Find last);

/* How many rows the query has, counting at most `limit` (order, limit and cursor of the query do
 * not matter), and the selection's sum over all of them when it has one. For a selection with
 * `distinct` the sum is the number of different ids in that link. */
NODISCARD bool record_count(Arena *arena, Db *db, const OrgTree *tree, const ListQuery *query,
                            int64_t limit, int64_t *ret_count, int64_t *ret_sum, Err *err);

/* Records that wait for a move of the clock. */
typedef struct Wait {
    int64_t record;
    Instant since; /* the value of Move.wait_since */
} Wait;
typedef VEC(Wait) WaitVec;

typedef struct WaitQuery {
    const Kind *kind;
    const Move *move;
    Instant until; /* the wait began then or earlier */
    Wait after;    /* behind this one; all zero: from the first */
    int limit;
} WaitQuery;

/* Records from which the move leads, neither voided nor without a begin of the wait, and, of a move
 * by the clock, those whose guards hold: the longest waiting first, ties by id. */
NODISCARD bool record_waiting(Arena *arena, Db *db, const WaitQuery *query, WaitVec *ret_waits,
                              Err *err);

#endif
