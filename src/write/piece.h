/* SPDX-License-Identifier: Apache-2.0 */
/* piece.h - a sheet between the programs: a row of pieces, each a tag, a length, a colon and that
 * many bytes.
 *
 *     s title  w words…  per column: h title  c name  k type  m meaning  l choice…
 *     t text  n number  d day  i instant  r end of row …  f foot            (write/table.h)
 *
 *     R number of a row  K column, from 1  C text …                         (document/xlsx_read.c)
 */
#ifndef TONGXIN_WRITE_PIECE_H
#define TONGXIN_WRITE_PIECE_H

#include "base/buf.h"

typedef struct Piece {
    char tag;
    Str text;
} Piece;

/* A column as spreadsheets call it, from 1: A, B … Z, AA. */
Str sheet_column(Arena *arena, size_t column);

/* Adds a piece. */
void piece_put(Buf *buf, char tag, Str text);
/* Takes the next piece; false at the end and for what is none. */
bool piece_next(Str *rest, Piece *ret_piece);

#endif
