/* SPDX-License-Identifier: Apache-2.0 */
/* grid.h - a sheet as rows of cells, out of the bytes of a file that anybody may have made.
 *
 * CSV is RFC 4180 as people send it: with or without a byte order mark, lines ending in CR LF, LF
 * or CR, cells parted by comma, semicolon or tab, whichever the first line has most of. The
 * characters are UTF-8, UTF-16 with a mark, or GB 18030, which is what Excel writes in China
 * (domain rule 3.8). Cells come out as valid UTF-8 without control characters but tab and newline,
 * trimmed at both ends, without the ' that an export puts before what a spreadsheet would run.
 * Pure functions; fuzzed (test/fuzz/fuzz_grid.c). Threads: any.
 */
#ifndef TONGXIN_IMPORT_GRID_H
#define TONGXIN_IMPORT_GRID_H

#include "base/err.h"
#include "base/vec.h"

#define GRID_BYTES_MAX   ((size_t)8 * 1024 * 1024)
#define GRID_ROWS_MAX    10000 /* with the header */
#define GRID_COLUMNS_MAX 200
#define GRID_CELL_MAX    ((size_t)32 * 1024) /* bytes of UTF-8 */

typedef struct GridRow {
    int64_t number; /* as a spreadsheet counts: the first is 1, empty ones count */
    const Str *cells;
    size_t n;
} GridRow;

/* How the characters of a file are written. */
typedef enum GridEncoding {
    GRID_ANY, /* to be found out */
    GRID_UTF8,
    GRID_GB18030,
    GRID_UTF16, /* has a mark, so nobody chooses it */
    GRID_ENCODING__COUNT
} GridEncoding;

/* Rows with something in them, in order. */
typedef struct Grid {
    VEC(GridRow) rows;
    GridEncoding encoding; /* as it was read; never GRID_ANY */
    bool is_workbook;      /* it was no CSV: no other encoding can be chosen */
} Grid;

/* "utf-8", "gb18030", "utf-16"; empty for GRID_ANY. */
Str grid_encoding_word(GridEncoding encoding);
/* "GB 18030", for people. */
MessageId grid_encoding_label(GridEncoding encoding);
/* GRID_ANY for a word that is none. */
GridEncoding grid_encoding_of(Str word);

/* Reads CSV. ERR_TOO_LARGE past a limit, ERR_WRONG for bytes that are no text in that encoding, a
 * quote that is not closed and for no rows at all; the sentence names row and column or byte. Cells
 * live in `arena`. */
NODISCARD bool grid_read_csv(Arena *arena, Str bytes, GridEncoding encoding, Grid *ret_grid,
                             Err *err);

/* Reads a workbook (.xlsx), through the document program, or CSV: blocks, for pooled routes and
 * commands. Errors also those of child_run; a workbook is refused whole for merged cells. */
NODISCARD bool grid_read(Arena *arena, Str bytes, GridEncoding encoding, Grid *ret_grid, Err *err);

/* The rows as CSV again, in UTF-8, empty rows kept: read back, they are the same grid. */
Str grid_write_csv(Arena *arena, const Grid *grid);

/* The characters of a file as UTF-8 without byte order mark; GRID_ANY becomes what was found.
 * ERR_WRONG names the first byte that is none. */
NODISCARD bool grid_text(Arena *arena, Str bytes, GridEncoding *encoding, Str *ret_text, Err *err);

#endif
