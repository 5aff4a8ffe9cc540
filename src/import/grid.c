/* SPDX-License-Identifier: Apache-2.0 */
#include "import/grid.h"

#include "base/utf8.h"
#include "write/csv.h"
#include "write/piece.h"

typedef struct Reader {
    Arena *arena;
    Str rest;
    char comma;
    Grid grid;
    int64_t row; /* being read */
    StrVec cells;
    Err *err;
} Reader;

/* ---- the separator ---- */

/* What the first line has most of, outside quotes; a comma when it has none. */
static char separator_of(Str text)
{
    static const char marks[] = ",;\t";
    size_t counts[3] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n && (quoted || (text.p[i] != '\n' && text.p[i] != '\r')); i++) {
        quoted ^= text.p[i] == '"';
        for (size_t mark = 0; mark < COUNT_OF(counts) && !quoted; mark++)
            counts[mark] += text.p[i] == marks[mark];
    }
    for (size_t mark = 1; mark < COUNT_OF(counts); mark++)
        if (counts[mark] > counts[best])
            best = mark;
    return marks[best];
}

/* ---- one cell ---- */

static bool cell_wrong(Reader *reader, ErrCode code, MessageId message)
{
    return err_set(reader->err, code, message, STR(reader->arena, reader->row),
                   sheet_column(reader->arena, reader->cells.n + 1));
}

/* After the opening quote: to the one that closes it. What stands behind that is kept too, as
 * spreadsheets do. */
static bool take_quoted(Reader *reader, Buf *cell)
{
    Str *rest = &reader->rest;
    while (rest->n > 0) {
        char byte = rest->p[0];
        *rest = str_slice(*rest, 1, rest->n);
        if (byte == '"' && !str_starts(*rest, S("\"")))
            return true;
        if (byte == '"')
            *rest = str_slice(*rest, 1, rest->n);
        buf_byte(cell, byte);
    }
    return cell_wrong(reader, ERR_WRONG, MSG_import_quote_open);
}

static Str take_plain(Reader *reader)
{
    Str rest = reader->rest;
    size_t end = 0;
    while (end < rest.n && rest.p[end] != reader->comma && rest.p[end] != '\n' &&
           rest.p[end] != '\r')
        end++;
    reader->rest = str_slice(rest, end, rest.n);
    return str_slice(rest, 0, end);
}

static bool take_cell(Reader *reader, Str *ret_text)
{
    Str text;
    if (str_starts(reader->rest, S("\""))) {
        Buf cell = buf_open_max(reader->arena, GRID_CELL_MAX + 1);
        reader->rest = str_slice(reader->rest, 1, reader->rest.n);
        if (!take_quoted(reader, &cell))
            return false;
        buf_add(&cell, take_plain(reader));
        text = buf_str(&cell);
        if (!buf_ok(&cell))
            return cell_wrong(reader, ERR_TOO_LARGE, MSG_import_cell_large);
    } else {
        text = take_plain(reader);
    }
    if (text.n > GRID_CELL_MAX)
        return cell_wrong(reader, ERR_TOO_LARGE, MSG_import_cell_large);
    *ret_text = str_trim(csv_unguard(str_trim(str_newlines(reader->arena, text))));
    return utf8_is_clean(*ret_text) || cell_wrong(reader, ERR_WRONG, MSG_import_control);
}

/* ---- rows ---- */

static bool row_end(Reader *reader)
{
    size_t n = reader->cells.n;
    while (n > 0 && reader->cells.p[n - 1].n == 0)
        n--;
    if (n > 0) {
        Str *cells = NEW_ARRAY(reader->arena, Str, n);
        memcpy(cells, reader->cells.p, n * sizeof *cells);
        *vec_push(reader->arena, &reader->grid.rows) = (GridRow){reader->row, cells, n};
    }
    reader->cells.n = 0;
    if (reader->row++ < GRID_ROWS_MAX)
        return true;
    return reader->rest.n == 0 || err_set(reader->err, ERR_TOO_LARGE, MSG_import_rows_many,
                                          STR(reader->arena, GRID_ROWS_MAX));
}

/* Takes the separator or the line's end that stands behind a cell. */
static bool after_cell(Reader *reader)
{
    Str *rest = &reader->rest;
    bool line_ends = rest->n == 0 || rest->p[0] != reader->comma;
    *rest = str_slice(*rest, str_starts(*rest, S("\r\n")) ? 2 : MIN(rest->n, 1), rest->n);
    if (line_ends)
        return row_end(reader);
    if (reader->cells.n >= GRID_COLUMNS_MAX)
        return err_set(reader->err, ERR_TOO_LARGE, MSG_import_columns_many,
                       STR(reader->arena, reader->row), STR(reader->arena, GRID_COLUMNS_MAX));
    /* A separator at the very end of the file has an empty cell behind it, and the row ends. */
    return rest->n > 0 || row_end(reader);
}

bool grid_read_csv(Arena *arena, Str bytes, GridEncoding encoding, Grid *ret_grid, Err *err)
{
    Reader reader = {.arena = arena, .row = 1, .grid = {.encoding = encoding}, .err = err};
    if (bytes.n > GRID_BYTES_MAX)
        return err_set(err, ERR_TOO_LARGE, MSG_import_file_large,
                       STR(arena, GRID_BYTES_MAX / 1024 / 1024));
    if (!grid_text(arena, bytes, &reader.grid.encoding, &reader.rest, err))
        return false;
    reader.comma = separator_of(reader.rest);
    while (reader.rest.n > 0) {
        Str text;
        if (!take_cell(&reader, &text))
            return false;
        *vec_push(arena, &reader.cells) = text;
        if (!after_cell(&reader))
            return false;
    }
    if (reader.grid.rows.n == 0)
        return err_set(err, ERR_WRONG, MSG_import_empty);
    *ret_grid = reader.grid;
    return true;
}

/* ---- back to bytes ---- */

Str grid_write_csv(Arena *arena, const Grid *grid)
{
    Buf buf = buf_open(arena);
    Csv csv = csv_open(&buf);
    size_t columns = 1;
    int64_t number = 1;
    for (size_t i = 0; i < grid->rows.n; i++)
        columns = MAX(columns, grid->rows.p[i].n);
    for (size_t i = 0; i < grid->rows.n; number++) {
        const GridRow *row = &grid->rows.p[i];
        bool here = row->number == number;
        for (size_t column = 0; column < columns; column++)
            if (here && column < row->n)
                csv_str(&csv, row->cells[column]);
            else
                csv_empty(&csv);
        csv_row_end(&csv);
        i += here;
    }
    return buf_str(&buf);
}
