/* SPDX-License-Identifier: Apache-2.0 */
/* csv.h - sheets as text: RFC 4180 in UTF-8 with a byte order mark, which Excel needs to read
 * Chinese (domain rule 3.8).
 *
 * Text is always quoted, times never. A cell that a spreadsheet would run as a formula (= + - @,
 * their full-width forms, tab, CR, LF in front) gets a ' before it, unless it is a plain number; so
 * does one that has such a ' already, and csv_unguard gives back what was meant.
 * Excel still shortens numbers of more than 15 digits when it opens a CSV; codes of that length are
 * safe only in .xlsx.
 */
#ifndef TONGXIN_CSV_H
#define TONGXIN_CSV_H

#include "base/moment.h"

typedef struct Csv {
    Buf *buf;
    size_t columns; /* cells in the first row; every later row must have as many */
    size_t cells;   /* in the current row */
} Csv;

/* A writer onto `buf`, which must outlive it; writes the byte order mark. */
Csv csv_open(Buf *buf);
void csv_str(Csv *csv, Str text);
/* A cell as it was before csv_str. */
Str csv_unguard(Str cell);
/* 2026-03-05T09:30:00+08:00, or an empty cell for 0 (none). */
void csv_instant(Csv *csv, Instant when);
void csv_empty(Csv *csv);
/* Ends the row. A row with more or fewer cells than the first ASSERTs. */
void csv_row_end(Csv *csv);

#endif
