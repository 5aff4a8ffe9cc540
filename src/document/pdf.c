/* SPDX-License-Identifier: Apache-2.0 */
/* Lays the blocks of a paper out on pages. A line of text stands in a slot of its setting's height;
 * slots follow each other from the top of the type area to its bottom. */
#include "document/canvas.h"
#include "document/verb.h"

#define POINTS(twentieths) ((twentieths) / 20.0)
#define LEFT               POINTS(SHEET_LEFT)
#define TOP                POINTS(SHEET_TOP)
#define WIDTH              POINTS(SHEET_TYPE)
#define BOTTOM             POINTS(SHEET_HEIGHT - SHEET_BOTTOM)
#define PADDING            4.0 /* left and right inside a cell */
#define HAIR               0.5
#define SLACK              0.5 /* below the type area: rounding must not lose a line */

typedef struct Layout {
    Arena *arena;
    Canvas *canvas;
    const Paper *paper;
    double y; /* top of the next slot */
    int page; /* 1.. */
} Layout;

/* ---- pages ---- */

/* — 1 —, outside the type area, one character in from the outer edge (7.5). */
static void draw_footer(Layout *layout)
{
    Setting setting = sheet_footer(layout->paper->language);
    bool is_even = layout->page % 2 == 0;
    double character = setting.size / 2.0;
    setting.align = is_even ? ALIGN_LEFT : ALIGN_RIGHT;
    CanvasText *text = canvas_text(layout->canvas, STR(layout->arena, "— ", layout->page, " —"),
                                   &setting, WIDTH - character);
    canvas_draw(layout->canvas, text, 0, is_even ? LEFT + character : LEFT,
                BOTTOM + POINTS(SHEET_FOOTER));
}

static void draw_mark(Layout *layout)
{
    Setting setting = sheet_setting(layout->paper->language, PAPER_HEADING, 1);
    setting.indent = 0;
    CanvasText *text = canvas_text(layout->canvas, layout->paper->mark, &setting, WIDTH);
    canvas_draw(layout->canvas, text, 0, LEFT, TOP / 2);
}

static void begin_page(Layout *layout)
{
    layout->y = TOP;
    layout->page++;
    if (layout->paper->mark.n > 0)
        draw_mark(layout);
    draw_footer(layout);
}

static bool has_room(const Layout *layout, double height)
{
    return layout->y + height <= BOTTOM + SLACK || layout->y <= TOP;
}

static void next_page(Layout *layout)
{
    canvas_page(layout->canvas);
    begin_page(layout);
}

/* ---- paragraphs ---- */

static void set_lines(Layout *layout, Str text, const Setting *setting, double x, double width)
{
    CanvasText *set = canvas_text(layout->canvas, text, setting, width);
    double line = POINTS(setting->line);
    for (int i = 0; i < canvas_lines(set); i++) {
        if (!has_room(layout, line))
            next_page(layout);
        canvas_draw(layout->canvas, set, i, x, layout->y);
        layout->y += line;
    }
}

/* Space above is not carried over to a new page, but the first page begins with it. */
static void set_block(Layout *layout, Str text, const Setting *setting)
{
    if (layout->y > TOP || layout->page == 1)
        layout->y += POINTS(setting->before);
    for (Str line; str_next(&text, '\n', &line);)
        set_lines(layout, line, setting, LEFT, WIDTH);
}

static void set_heading(Layout *layout, const PaperBlock *block)
{
    Setting setting = sheet_setting(layout->paper->language, block->type, block->level);
    /* with the line that follows */
    if (!has_room(layout, 2 * POINTS(setting.line)))
        next_page(layout);
    canvas_outline(layout->canvas, block->text, layout->y, block->level);
    set_block(layout, block->text, &setting);
}

static void set_office(Layout *layout, const PaperBlock *block)
{
    Setting setting = sheet_setting(layout->paper->language, block->type, 0);
    setting.size = sheet_office_size(block->text);
    set_block(layout, block->text, &setting);
}

static void set_number(Layout *layout, const PaperBlock *block)
{
    Setting setting = sheet_setting(layout->paper->language, block->type, 0);
    set_block(layout, block->text, &setting);
    double y = layout->y + POINTS(SHEET_RULE);
    canvas_rule(layout->canvas, (double[]){LEFT, y}, (double[]){LEFT + WIDTH, y}, 1.5, SHEET_RED);
    layout->y = y;
}

static void set_code(Layout *layout, const PaperBlock *block)
{
    Setting setting = sheet_setting(layout->paper->language, block->type, 0);
    double side = POINTS(SHEET_CODE), beside = side + 12, line = POINTS(setting.line);
    layout->y += line;
    if (!has_room(layout, side))
        next_page(layout);
    double top = layout->y;
    canvas_code(layout->canvas, qr_modules(layout->arena, block->link), block->link, LEFT, top,
                side);
    layout->y += MAX(0, (side - 3 * line) / 2);
    Str text = block->text;
    for (Str part; str_next(&text, '\n', &part);)
        set_lines(layout, part, &setting, LEFT + beside, WIDTH - beside);
    layout->y = MAX(layout->y, top + side);
}

/* ---- tables ---- */

typedef struct Table {
    Layout *layout;
    const PaperBlock *head; /* repeated on each page; NULL: none */
    int widths[PAPER_CELLS_MAX];
    int columns;
} Table;

typedef struct Cells {
    CanvasText *texts[PAPER_CELLS_MAX];
    int lines; /* of the longest */
    double line;
} Cells;

static Cells lay_row(Table *table, const PaperBlock *row)
{
    Setting setting = sheet_cell(table->layout->paper->language, row->level > 0);
    Cells cells = {.lines = 1, .line = POINTS(setting.line)};
    for (int i = 0; i < table->columns; i++) {
        Str text = (size_t)i < row->n_cells ? row->cells[i] : (Str){0};
        cells.texts[i] = canvas_text(table->layout->canvas, text, &setting,
                                     POINTS(table->widths[i]) - 2 * PADDING);
        cells.lines = MAX(cells.lines, canvas_lines(cells.texts[i]));
    }
    return cells;
}

static void draw_frame(Table *table, double top, double bottom)
{
    Canvas *canvas = table->layout->canvas;
    double x = LEFT;
    canvas_rule(canvas, (double[]){LEFT, top}, (double[]){LEFT + WIDTH, top}, HAIR, 0);
    canvas_rule(canvas, (double[]){LEFT, bottom}, (double[]){LEFT + WIDTH, bottom}, HAIR, 0);
    for (int i = 0; i <= table->columns; i++) {
        canvas_rule(canvas, (double[]){x, top}, (double[]){x, bottom}, HAIR, 0);
        x += i < table->columns ? POINTS(table->widths[i]) : 0;
    }
}

/* Lines `from` up to `to` of every cell, in one frame. */
static void draw_cells(Table *table, const Cells *cells, int from, int to)
{
    Layout *layout = table->layout;
    double top = layout->y, x = LEFT + PADDING;
    for (int i = 0; i < table->columns; i++) {
        int own = canvas_lines(cells->texts[i]);
        /* short cells stand in the middle of a row that is on one page */
        double down = from == 0 && to == cells->lines ? (cells->lines - own) * cells->line / 2 : 0;
        for (int line = from; line < MIN(to, own); line++)
            canvas_draw(layout->canvas, cells->texts[i], line, x,
                        top + down + (line - from) * cells->line);
        x += POINTS(table->widths[i]);
    }
    layout->y += (to - from) * cells->line;
    draw_frame(table, top, layout->y);
}

static void draw_row(Table *table, const PaperBlock *row)
{
    Cells cells = lay_row(table, row);
    draw_cells(table, &cells, 0, cells.lines);
}

/* `row` comes next. */
static void begin_table_page(Table *table, const PaperBlock *row)
{
    next_page(table->layout);
    if (table->head != NULL && table->head != row)
        draw_row(table, table->head);
}

/* A row that does not fit goes to the next page; one that fits on no page is cut between lines. */
static void set_row(Table *table, const PaperBlock *row)
{
    Layout *layout = table->layout;
    Cells cells = lay_row(table, row);
    int from = 0;
    if (!has_room(layout, cells.lines * cells.line))
        begin_table_page(table, row);
    while (cells.lines - from > 0) {
        int room = MAX(1, (int)((BOTTOM + SLACK - layout->y) / cells.line));
        int to = MIN(cells.lines, from + room);
        draw_cells(table, &cells, from, to);
        from = to;
        if (from < cells.lines)
            begin_table_page(table, row);
    }
}

static size_t set_table(Layout *layout, size_t first)
{
    const PaperBlock *rows = &layout->paper->blocks.p[first];
    size_t count = sheet_rows(layout->paper, first);
    Table table = {.layout = layout, .head = rows[0].level > 0 ? &rows[0] : NULL};
    table.columns = sheet_columns(layout->paper->language, rows, count, table.widths);
    for (size_t i = 0; i < count; i++)
        set_row(&table, &rows[i]);
    return count;
}

/* ---- the whole ---- */

/* Returns how many blocks were set. */
static size_t set_one(Layout *layout, size_t at)
{
    const PaperBlock *block = &layout->paper->blocks.p[at];
    Setting setting = sheet_setting(layout->paper->language, block->type, block->level);
    switch (block->type) {
    case PAPER_ROW:
        return set_table(layout, at);
    case PAPER_HEADING:
        set_heading(layout, block);
        return 1;
    case PAPER_OFFICE:
        set_office(layout, block);
        return 1;
    case PAPER_NUMBER:
        set_number(layout, block);
        return 1;
    case PAPER_CODE:
        set_code(layout, block);
        return 1;
    case PAPER_SIGN:
    case PAPER_DATE:
        setting = sheet_signed(layout->paper, at);
        set_block(layout, block->text, &setting);
        return 1;
    case PAPER_ITEM:
        set_block(layout, STR(layout->arena, "· ", block->text), &setting);
        return 1;
    default:
        set_block(layout, block->text, &setting);
        return 1;
    }
}

bool pdf_run(Arena *arena, Str input, Str *ret_output, Err *err)
{
    Paper paper;
    Layout layout = {.arena = arena, .paper = &paper};
    if (!paper_parse(arena, input, &paper, err) || !canvas_open(arena, &paper, &layout.canvas, err))
        return false;
    begin_page(&layout);
    for (size_t at = 0; at < paper.blocks.n;)
        at += set_one(&layout, at);
    return canvas_close(layout.canvas, ret_output, err);
}
