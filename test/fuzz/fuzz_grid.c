/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a sheet: an error with a sentence, or rows of clean text within the limits that are
 * the same when they are written and read again. */
#include "base/utf8.h"
#include "fuzz.h"
#include "import/grid.h"

static void check_same(const Grid *grid, const Grid *again)
{
    ASSERT(grid->rows.n == again->rows.n);
    for (size_t i = 0; i < grid->rows.n; i++) {
        const GridRow *row = &grid->rows.p[i], *other = &again->rows.p[i];
        ASSERT(row->number == other->number && row->n == other->n);
        for (size_t column = 0; column < row->n; column++)
            ASSERT(str_eq(row->cells[column], other->cells[column]));
    }
}

static void check_limits(const Grid *grid)
{
    ASSERT(grid->rows.n > 0 && grid->rows.n <= GRID_ROWS_MAX);
    for (size_t i = 0; i < grid->rows.n; i++) {
        const GridRow *row = &grid->rows.p[i];
        ASSERT(row->n > 0 && row->n <= GRID_COLUMNS_MAX);
        ASSERT(i == 0 || row->number > grid->rows.p[i - 1].number);
        for (size_t column = 0; column < row->n; column++)
            ASSERT(row->cells[column].n <= GRID_CELL_MAX && utf8_is_clean(row->cells[column]));
    }
}

void fuzz_one(Arena *arena, Str input)
{
    Grid grid, again;
    Err err = {0};
    if (!grid_read_csv(arena, input, GRID_ANY, &grid, &err)) {
        ASSERT(err.message != MSG_none);
        return;
    }
    check_limits(&grid);
    if (!grid_read_csv(arena, grid_write_csv(arena, &grid), GRID_ANY, &again, &err))
        ASSERT(err.code == ERR_TOO_LARGE);
    else
        check_same(&grid, &again);
}
