/* SPDX-License-Identifier: Apache-2.0 */
/* list_view.h - lists as the visitor may see them: of a kind, the desk, a figure's records,
 * published answers, search results. */
#ifndef TONGXIN_VIEW_LIST_VIEW_H
#define TONGXIN_VIEW_LIST_VIEW_H

#include "record/list.h"
#include "view/record_view.h"
#include "write/table.h"

typedef struct FilterView {
    Str name; /* query parameter: status, org, category, light, from, to, q, or a field */
    Str label;
    const OptionView *options; /* NULL: free text or date */
    size_t n_options;
    Str text; /* as given */
} FilterView;

typedef struct ListView {
    const Kind *kind; /* NULL: several kinds */
    Str title;
    const RecordRow *rows;
    size_t n_rows;
    const FilterView *filters;
    size_t n_filters;
    Str count;     /* "128", "1,000+" */
    int64_t total; /* how many there are, if known; else how far they were counted */
    bool known;
    Str next_href; /* empty at the end */
    Str next_cursor;
    const Field *const *columns;
    size_t n_columns;
    const Field *const *column_choices; /* what may stand in a column */
    size_t n_column_choices;
    bool columns_chosen; /* by the visitor, not by the profile */
    bool may_create;
    Str order;
} ListView;

/* Columns are chosen as "category.lead", in the query parameter "columns" and in a cookie for each
 * kind; "-" is none at all. */
Str list_columns_cookie(Arena *arena, const Kind *kind);
#define LIST_COLUMNS_SEPARATOR '.'
#define LIST_COLUMNS_MAX       8
/* The names as that text: those that may be columns of the kind, in its order, the first few. Only
 * what may stand in a cookie. */
Str list_columns_text(Arena *arena, const Kind *kind, const StrVec *names);

/* From the query parameters of contract.md: status org category light q from to sort limit
 * after. */
NODISCARD bool list_view(Visit *visit, const Kind *kind, ListView *ret_view, Err *err);
/* The same list as a sheet, from its first row to its last and at most LIST_EXPORT_MAX of them
 * (or `limit`): every field of the kind that is not personal, as the visitor may see it, under its
 * label, with the field's name behind it where another column has that label. The last line says
 * who made it, when, and whether it was cut. The file has no name any more; the caller closes it.
 * Takes as long as it has rows: for the pool. */
#define LIST_EXPORT_MAX 10000
NODISCARD bool list_export(Visit *visit, const Kind *kind, TableFormat format, int *ret_file,
                           uint64_t *ret_size, Err *err);
typedef struct SheetAsk {
    TableFormat format;
    int64_t most; /* rows; 0: all of them and no last line, for programs */
    int file;     /* written to from its place on */
} SheetAsk;
/* The same sheet of any list of one kind, from its first row. ERR_DISK_FULL, ERR_ENVIRONMENT. */
NODISCARD bool list_sheet(Visit *visit, const ListQuery *query, const SheetAsk *ask,
                          uint64_t *ret_size, Err *err);
/* The same two as a workbook (.xlsx), with a second sheet of what the columns mean, made by the
 * document program: for the pool. Errors also those of child_run. */
NODISCARD bool list_workbook(Visit *visit, const ListQuery *query, int64_t most, Str *ret_bytes,
                             Err *err);
NODISCARD bool list_export_workbook(Visit *visit, const Kind *kind, Str *ret_bytes, Err *err);
/* A workbook of what a Table wrote as TABLE_CELLS. */
#define WORKBOOK_TYPE S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
NODISCARD bool workbook_make(Arena *arena, Str cells, Str *ret_bytes, Err *err);
/* What its columns mean, as a CSV sheet: title, name and meaning of each. */
Str list_definitions(const Visit *visit, const Kind *kind);
/* What the visitor must act on, by due day: open records with a primary move of its roles, and
 * whatever waits for it as the second person. `moved_this_week` is counted when there is
 * nothing. A page holds 50 rows, in order of due day; the parameter `after` goes on. `count` is
 * that of a first page, with "+" where more follows. */
typedef struct DeskView {
    ListView todo;
    bool is_first; /* the page begins with what is due first */
    int64_t moved_this_week;
} DeskView;
/* Reads at most 400 records, then says that there may be more. ERR_BAD_REQUEST for `after`. */
NODISCARD bool desk_view(Visit *visit, DeskView *ret_view, Err *err);
/* Published records, for everyone. */
NODISCARD bool answers_view(Visit *visit, ListView *ret_view, Err *err);
/* Which published records a program asks for. */
typedef struct PublishedQuery {
    const Kind *kind;   /* NULL: any */
    const Str *numbers; /* only these; those that are not published are left out */
    size_t n_numbers;
    Day from, to; /* of created_at; 0: open */
    int most;     /* rows at most */
} PublishedQuery;
/* Those, newest publication first; neither counted nor paged. */
NODISCARD bool published_view(Visit *visit, const PublishedQuery *asked, ListView *ret_view,
                              Err *err);
/* The newest of all, at most `most`, neither counted nor paged. */
NODISCARD bool answers_latest(Visit *visit, int most, ListView *ret_view, Err *err);
/* Full text: staff over what they may list, the public over what is published. */
NODISCARD bool search_view(Visit *visit, Str words, ListView *ret_view, Err *err);
/* Look-alikes of a text being typed: published matters for the public, all permitted ones for
 * staff. */
NODISCARD bool similar_view(Visit *visit, const Kind *kind, Str text, ListView *ret_view, Err *err);

#endif
