/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook as rows of cells: the document program reads it, and what it says is checked like
 * anything from outside. */
#include "base/number.h"
#include "base/utf8.h"
#include "child/child.h"
#include "import/grid.h"
#include "write/piece.h"

#define MB ((size_t)1024 * 1024)

typedef struct Taken {
    Arena *arena;
    Grid grid;
    int64_t row, column;
    StrVec cells;
} Taken;

static void row_end(Taken *taken)
{
    size_t n = taken->cells.n;
    Str *cells = NEW_ARRAY(taken->arena, Str, n + 1);
    for (size_t i = 0; i < n; i++)
        cells[i] = taken->cells.p[i];
    if (n > 0)
        *vec_push(taken->arena, &taken->grid.rows) = (GridRow){taken->row, cells, n};
    taken->cells.n = 0;
    taken->column = 0;
}

static bool take_cell(Taken *taken, Str text)
{
    Str cell = str_trim(str_newlines(taken->arena, text));
    if (cell.n > GRID_CELL_MAX || !utf8_is_clean(cell) || taken->column <= (int64_t)taken->cells.n)
        return false;
    while (cell.n > 0 && (int64_t)taken->cells.n < taken->column - 1)
        *vec_push(taken->arena, &taken->cells) = S("");
    if (cell.n > 0)
        *vec_push(taken->arena, &taken->cells) = cell;
    return true;
}

static bool take_piece(Taken *taken, const Piece *piece)
{
    int64_t number = 0;
    if (piece->tag == 'C')
        return take_cell(taken, piece->text);
    if (!int_parse(piece->text, &number))
        return false;
    if (piece->tag == 'K') {
        taken->column = number;
        return number >= 1 && number <= GRID_COLUMNS_MAX;
    }
    row_end(taken);
    if (piece->tag != 'R' || number <= taken->row || taken->grid.rows.n >= GRID_ROWS_MAX)
        return false;
    taken->row = number;
    return true;
}

static bool cells_read(Arena *arena, Str cells, Grid *ret_grid, Err *err)
{
    Taken taken = {.arena = arena, .grid = {.encoding = GRID_UTF8}};
    Piece piece;
    while (piece_next(&cells, &piece))
        if (!take_piece(&taken, &piece))
            return err_set(err, ERR_WRONG, MSG_import_control, STR(arena, taken.row),
                           sheet_column(arena, (size_t)MAX(taken.column, 1)));
    row_end(&taken);
    if (taken.grid.rows.n == 0)
        return err_set(err, ERR_WRONG, MSG_import_empty);
    taken.grid.is_workbook = true;
    *ret_grid = taken.grid;
    return true;
}

bool grid_read(Arena *arena, Str bytes, GridEncoding encoding, Grid *ret_grid, Err *err)
{
    ChildJob job = {.verb = "xlsx-read",
                    .input = bytes,
                    .output_max = 64 * MB,
                    .memory_max = 512 * MB,
                    .cpu_seconds = 10,
                    .deadline_ms = 30000};
    Str cells;
    if (!str_starts(bytes, S("PK\3\4")))
        return grid_read_csv(arena, bytes, encoding, ret_grid, err);
    if (bytes.n > GRID_BYTES_MAX)
        return err_set(err, ERR_TOO_LARGE, MSG_import_file_large, STR(arena, GRID_BYTES_MAX / MB));
    return child_run(arena, &job, &cells, err) && cells_read(arena, cells, ret_grid, err);
}
