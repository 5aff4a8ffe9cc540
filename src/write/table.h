/* SPDX-License-Identifier: Apache-2.0 */
/* table.h - a table that leaves the program: rows under typed columns, each of which says what it
 * means.
 *
 *     CSV     titles and rows, nothing else: other programs read the first line as titles, and an
 *             export is to be imported again. What the columns mean is a sheet of its own,
 *             table_definitions, to be kept beside it.
 *     JSON    {"table", "title", "definitions": [{"name", "title", "means"}], "rows": [{…}]}: what
 *             a column means travels with it.
 *     cells   for the document program, which makes a workbook of it: write/piece.h.
 *
 * Rows are written one by one onto a Buf that the caller may empty between two (table_onto).
 */
#ifndef TONGXIN_WRITE_TABLE_H
#define TONGXIN_WRITE_TABLE_H

#include "write/csv.h"
#include "write/json.h"

typedef enum TableFormat { TABLE_CSV, TABLE_JSON, TABLE_CELLS } TableFormat;

typedef enum TableType { TABLE_TEXT, TABLE_NUMBER, TABLE_DAY, TABLE_INSTANT } TableType;

#define TABLE_WORDS 4

typedef struct TableColumn {
    Str name;  /* for programs: "due_on" */
    Str title; /* for people, different in every column */
    TableType type;
    Str means;          /* what stands in it: unit, days, codes; may have several lines */
    const Str *choices; /* what may be chosen there, for a sheet to be filled in */
    size_t n_choices;
} TableColumn;

typedef struct TableHead {
    Str name;  /* for programs: "enterprise_request" */
    Str title; /* for people */
    const TableColumn *columns;
    size_t n;
    Str words[TABLE_WORDS]; /* what the sheet of definitions is called, and its three columns */
} TableHead;

typedef struct Table {
    TableFormat format;
    TableHead head; /* texts live as long as the sheet */
    Buf *buf;
    Csv csv;
    Json json;
    size_t at; /* column of the next cell */
} Table;

/* Begins a table onto `buf`: titles and, in JSON, definitions. */
Table table_begin(Buf *buf, TableFormat format, const TableHead *head);
/* What follows is written onto another Buf. */
void table_onto(Table *table, Buf *buf);
/* The next cell of the row; empty text: none. A text that is no number, in a column of numbers, and
 * no day, in a column of days, stays text: it says why there is none. */
void table_cell(Table *table, Str text);
/* The same for an instant; 0: none. */
void table_instant(Table *table, Instant when);
/* Cells that were not written are empty. */
void table_row_end(Table *table);
/* A last line that says where the sheet comes from; may be empty. Nothing follows. */
void table_end(Table *table, Str foot);

/* A sheet of what the columns of another mean: title, name, meaning. */
void table_definitions(Buf *buf, const TableHead *head);

#endif
