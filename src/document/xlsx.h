/* SPDX-License-Identifier: Apache-2.0 */
/* xlsx.h - workbooks in and out (ECMA-376 part 1, SpreadsheetML).
 *
 * Between the programs a sheet is a row of pieces, each a tag, a length, a colon and that many
 * bytes (write/table.h writes them, import/xlsx.c reads those of a workbook):
 *
 *     s title  w words…  per column: h title  c name  k type  m meaning  l choice…
 *     t text  n number  d day  i instant  r end of row …  f foot
 *
 *     R number of a row  C column (from 1) and a space and the text …
 */
#ifndef TONGXIN_DOCUMENT_XLSX_H
#define TONGXIN_DOCUMENT_XLSX_H

#include "base/str.h"

typedef struct Piece {
    char tag;
    Str text;
} Piece;

/* Takes the next piece; false at the end and for what is none. */
bool piece_next(Str *rest, Piece *ret_piece);

#define XLSX_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

#endif
