/* SPDX-License-Identifier: Apache-2.0 */
#include "document/sheet.h"

#include "base/utf8.h"

#define OFFICE_SIZE_MAX 72 /* half points: not larger than the mark in the standard's examples */
#define OFFICE_LINE     860
#define CELL_MAX        80 /* half characters of a cell that count for the width of its column */
#define CELL_MIN        4
#define CELL_PADDING    220 /* left and right together, in twentieths of a point */

typedef struct Type {
    int body, title, small, cell; /* sizes in half points: 3号 32, 2号 44, 4号 28, 小四 24 */
    int line, small_line, cell_line, pitch;
} Type;

static const Type types[LANGUAGE__COUNT] = {
    /* 225 mm / 22 lines is 28.99 pt; 28.95 keeps 22 of them within a page in every program */
    [LANGUAGE_ZH] = {32, 44, 28, 24, 579, 500, 360, -5},
    [LANGUAGE_EN] = {24, 36, 21, 21, 400, 320, 300, 0},
};

static int two_characters(const Type *type)
{
    return 2 * (10 * type->body + type->pitch);
}

/* Faces tell the levels apart in Chinese (7.3.3); letters are set bold. */
static Setting heading(Language language, int level)
{
    static const Face faces[] = {FACE_HEI, FACE_HEI, FACE_KAI, FACE_FANG};
    const Type *type = &types[language];
    bool is_latin = language != LANGUAGE_ZH;
    return (Setting){.face = is_latin ? FACE_SONG : faces[level & 3],
                     .is_bold = is_latin || level == 3,
                     .before = is_latin ? type->line / 2 : 0,
                     .size = type->body,
                     .line = type->line,
                     .indent = is_latin ? 0 : two_characters(type),
                     .pitch = type->pitch,
                     .align = ALIGN_LEFT};
}

Setting sheet_setting(Language language, PaperType kind, int level)
{
    const Type *type = &types[language];
    Setting body = {.face = FACE_FANG,
                    .size = type->body,
                    .line = type->line,
                    .indent = two_characters(type),
                    .pitch = type->pitch,
                    .align = ALIGN_BOTH};
    Setting note = {
        .face = FACE_KAI, .size = type->body, .line = type->line, .align = ALIGN_CENTRE};
    Setting end = {.face = FACE_FANG,
                   .size = type->body,
                   .line = type->line,
                   .pitch = type->pitch,
                   .align = ALIGN_RIGHT};
    switch (kind) {
    case PAPER_OFFICE:
        return (Setting){.face = FACE_TITLE,
                         .size = OFFICE_SIZE_MAX,
                         .line = OFFICE_LINE,
                         .before = SHEET_OFFICE,
                         .color = SHEET_RED,
                         .align = ALIGN_CENTRE};
    case PAPER_NUMBER:
        end.before = 2 * type->line;
        end.align = ALIGN_CENTRE;
        return end;
    case PAPER_TITLE:
        return (Setting){.face = FACE_TITLE,
                         .size = type->title,
                         .line = 16 * type->title,
                         .before = 2 * type->line,
                         .align = ALIGN_CENTRE};
    case PAPER_ITEM: /* a line set to both edges would push the text away from its mark */
        body.align = ALIGN_LEFT;
        return body;
    case PAPER_NOTE:
        return note;
    case PAPER_HEADING:
        return heading(language, level);
    case PAPER_SIGN:
        end.before = type->line;
        return end;
    case PAPER_DATE:
        return end;
    case PAPER_CODE:
    case PAPER_SMALL:
        return (Setting){
            .face = FACE_FANG, .size = type->small, .line = type->small_line, .align = ALIGN_LEFT};
    default:
        return body;
    }
}

Setting sheet_cell(Language language, bool is_head)
{
    const Type *type = &types[language];
    return (Setting){.face = is_head ? FACE_HEI : FACE_FANG,
                     .size = type->cell,
                     .line = type->cell_line,
                     .align = is_head ? ALIGN_CENTRE : ALIGN_LEFT};
}

Setting sheet_footer(Language language)
{
    const Type *type = &types[language];
    return (Setting){.face = FACE_SONG, .size = type->small, .line = type->cell_line};
}

int sheet_office_size(Str name)
{
    int halves = MAX(sheet_halves(name), 1);
    bool is_latin = (size_t)halves == name.n; /* bold letters are wider than half their size */
    /* a half character is 5 x size twentieths wide */
    return MIN(OFFICE_SIZE_MAX, SHEET_TYPE / ((is_latin ? 6 : 5) * halves) & ~1);
}

/* Everything before the Greek letters, and the half-width forms. */
int sheet_halves(Str text)
{
    int halves = 0;
    for (uint32_t point; utf8_next(&text, &point);)
        halves += point < 0x370 || (point >= 0xFF61 && point <= 0xFFDC) ? 1 : 2;
    return halves;
}

static int halves_at(const Paper *paper, size_t at, PaperType type)
{
    bool is_there = at < paper->blocks.n && paper->blocks.p[at].type == type;
    return is_there ? sheet_halves(paper->blocks.p[at].text) : 0;
}

Setting sheet_signed(const Paper *paper, size_t at)
{
    bool is_date = paper->blocks.p[at].type == PAPER_DATE;
    Setting setting = sheet_setting(paper->language, paper->blocks.p[at].type, 0);
    int character = 10 * setting.size + setting.pitch, two = 2 * character;
    int sign = halves_at(paper, is_date ? at - 1 : at, PAPER_SIGN) * character / 2;
    int date = halves_at(paper, is_date ? at : at + 1, PAPER_DATE) * character / 2;
    int sign_left = SHEET_TYPE - two - sign, date_left = sign_left + two;
    if (paper->language != LANGUAGE_ZH)
        return setting;
    if (date > sign) {
        date_left = SHEET_TYPE - two - date;
        sign_left = sign > 0 ? date_left - two : 0;
    }
    setting.align = ALIGN_LEFT;
    setting.left = MAX(is_date ? date_left : sign_left, 0);
    return setting;
}

size_t sheet_rows(const Paper *paper, size_t first)
{
    size_t count = 0;
    while (first + count < paper->blocks.n && paper->blocks.p[first + count].type == PAPER_ROW)
        count++;
    return count;
}

/* What the widest cell of a column would take on one line. */
static int widest(const Type *type, const PaperBlock *rows, size_t count, size_t column)
{
    int halves = CELL_MIN;
    for (size_t i = 0; i < count; i++)
        if (column < rows[i].n_cells)
            halves = MAX(halves, MIN(sheet_halves(rows[i].cells[column]), CELL_MAX));
    return halves * type->cell * 5 + CELL_PADDING;
}

/* Columns that need no more than their even share get what they need. Returns what is left. */
static int give_small(const int *widths, size_t columns, int total, bool *ret_given)
{
    size_t open = columns;
    for (size_t i = 0; i < columns && open > 1; i++) {
        if (ret_given[i] || widths[i] > total / (int)open)
            continue;
        ret_given[i] = true;
        total -= widths[i];
        open--;
        i = SIZE_MAX; /* the share of the others has grown: look again */
    }
    return total;
}

/* Those that are not given divide `total` by what they need; the last takes what rounding left. */
static void divide(int *widths, size_t columns, int total, const bool *given)
{
    int64_t needed = 0;
    int left = total;
    size_t last = 0;
    for (size_t i = 0; i < columns; i++)
        needed += given[i] ? 0 : widths[i];
    for (size_t i = 0; i < columns; i++) {
        if (given[i])
            continue;
        widths[i] = (int)(total * (int64_t)widths[i] / needed);
        left -= widths[i];
        last = i;
    }
    widths[last] += left;
}

int sheet_columns(Language language, const PaperBlock *rows, size_t count, int *ret_widths)
{
    bool given[PAPER_CELLS_MAX] = {false};
    int needed = 0, rest = SHEET_TYPE;
    size_t columns = 1;
    for (size_t i = 0; i < count; i++)
        columns = MAX(columns, rows[i].n_cells);
    for (size_t i = 0; i < columns; i++)
        needed += ret_widths[i] = widest(&types[language], rows, count, i);
    if (needed > SHEET_TYPE)
        rest = give_small(ret_widths, columns, SHEET_TYPE, given);
    divide(ret_widths, columns, rest, given);
    return (int)columns;
}
