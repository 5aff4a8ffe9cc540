/* SPDX-License-Identifier: Apache-2.0 */
/* A table (write/table.h) as a workbook: its rows with types, what the columns mean on a second
 * sheet, and on a hidden third what may be chosen. */
#include "base/moment.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "document/package.h"
#include "document/verb.h"
#include "document/xml.h"
#include "write/piece.h"

#define XLSX_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

#define DIGITS_MAX     15 /* of a number that a spreadsheet keeps */
#define NAME_MAX_CHARS 31 /* of a sheet */
#define PROMPT_MAX     250
#define LAST_ROW       20000 /* of the cells in which one chooses */

enum { STYLE_PLAIN, STYLE_HEAD, STYLE_TEXT, STYLE_DAY, STYLE_INSTANT, STYLE_WRAPPED };

typedef struct Column {
    Str title, name, means;
    char type; /* t n d i */
    StrVec choices;
} Column;

typedef struct Book {
    Arena *arena;
    Str title, foot;
    StrVec words;
    VEC(Column) columns;
    VEC(Piece) cells;
    size_t with_choices;
} Book;

/* ---- what came ---- */

static char type_of(Str word)
{
    return str_eq(word, S("number"))    ? 'n'
           : str_eq(word, S("day"))     ? 'd'
           : str_eq(word, S("instant")) ? 'i'
                                        : 't';
}

static bool take_column(Book *book, const Piece *piece)
{
    Column *column = book->columns.n ? &book->columns.p[book->columns.n - 1] : NULL;
    if (piece->tag == 'h') {
        *vec_push(book->arena, &book->columns) = (Column){.title = piece->text, .type = 't'};
        return true;
    }
    if (!column)
        return false;
    if (piece->tag == 'c')
        column->name = piece->text;
    else if (piece->tag == 'k')
        column->type = type_of(piece->text);
    else if (piece->tag == 'm')
        column->means = piece->text;
    else
        *vec_push(book->arena, &column->choices) = piece->text;
    return true;
}

static bool take_piece(Book *book, const Piece *piece)
{
    switch (piece->tag) {
    case 's':
        book->title = piece->text;
        return true;
    case 'w':
        *vec_push(book->arena, &book->words) = piece->text;
        return true;
    case 'f':
        book->foot = piece->text;
        return true;
    case 't':
    case 'n':
    case 'd':
    case 'i':
    case 'r':
        *vec_push(book->arena, &book->cells) = *piece;
        return true;
    default:
        return take_column(book, piece);
    }
}

static bool book_read(Book *book, Str input)
{
    Piece piece;
    while (piece_next(&input, &piece))
        if (!take_piece(book, &piece))
            return false;
    return input.n == 0 && book->columns.n > 0 && book->words.n == 4;
}

/* ---- cells ---- */

static void put_text(Html *xml, Str text, int style)
{
    if (text.n == 0)
        HTML(xml, "<c s=\"", style, "\"/>");
    else
        HTML(xml, "<c s=\"", style, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", text,
             "</t></is></c>");
}

/* Days since the last day of 1899, as spreadsheets count them. */
static int64_t serial_of(Day day)
{
    return day - day_from_civil((CivilDate){1899, 12, 30});
}

static void put_day(Html *xml, Str text)
{
    Day day;
    if (!day_parse(text, &day)) {
        put_text(xml, text, STYLE_TEXT);
        return;
    }
    HTML(xml, "<c s=\"", STYLE_DAY, "\"><v>", serial_of(day), "</v></c>");
}

/* The clock on the wall: 2026-03-05T09:30:00+08:00 is 09:30. */
static void put_instant(Html *xml, Arena *arena, Str text)
{
    int64_t hours, minutes, seconds;
    Day day;
    if (text.n < 19 || !day_parse(str_slice(text, 0, 10), &day) ||
        !int_parse(str_slice(text, 11, 13), &hours) ||
        !int_parse(str_slice(text, 14, 16), &minutes) ||
        !int_parse(str_slice(text, 17, 19), &seconds)) {
        put_text(xml, text, STYLE_TEXT);
        return;
    }
    Buf part = buf_open(arena);
    buf_int_padded(&part, (hours * 3600 + minutes * 60 + seconds) * 10000000 / 864, 8);
    HTML(xml, "<c s=\"", STYLE_INSTANT, "\"><v>", serial_of(day), ".", buf_str(&part), "</v></c>");
}

/* A number of more digits than a spreadsheet keeps stays text. */
static void put_number(Html *xml, Str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.n; i++)
        digits += text.p[i] >= '0' && text.p[i] <= '9';
    if (digits == 0 || digits > DIGITS_MAX || !str_only(text, S("0123456789.-")))
        put_text(xml, text, STYLE_TEXT);
    else
        HTML(xml, "<c s=\"", STYLE_PLAIN, "\"><v>", text, "</v></c>");
}

static void put_cell(Html *xml, Arena *arena, const Piece *cell)
{
    if (cell->text.n > 0 && cell->tag == 'n')
        put_number(xml, cell->text);
    else if (cell->text.n > 0 && cell->tag == 'd')
        put_day(xml, cell->text);
    else if (cell->text.n > 0 && cell->tag == 'i')
        put_instant(xml, arena, cell->text);
    else
        put_text(xml, cell->text, STYLE_TEXT);
}

/* ---- sheets ---- */

static void open_sheet(Html *xml)
{
    HTML(xml, XML_HEAD "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetViews><sheetView "
                       "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
                       "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
}

static size_t width_of(const Column *column)
{
    return MAX(12, MIN(utf8_count(column->title) * 2 + 4, 40));
}

static void put_columns(Html *xml, const Book *book)
{
    static const int styles[128] = {
        ['t'] = STYLE_TEXT, ['n'] = STYLE_PLAIN, ['d'] = STYLE_DAY, ['i'] = STYLE_INSTANT};
    HTML(xml, "<cols>");
    for (size_t i = 0; i < book->columns.n; i++)
        HTML(xml, "<col min=\"", i + 1, "\" max=\"", i + 1, "\" width=\"",
             width_of(&book->columns.p[i]), "\" style=\"", styles[(int)book->columns.p[i].type],
             "\" customWidth=\"1\"/>");
    HTML(xml, "</cols>");
}

static void put_rows(Html *xml, const Book *book)
{
    bool open = false;
    HTML(xml, "<sheetData><row>");
    for (size_t i = 0; i < book->columns.n; i++)
        put_text(xml, book->columns.p[i].title, STYLE_HEAD);
    HTML(xml, "</row>\n");
    for (size_t i = 0; i < book->cells.n; i++) {
        const Piece *cell = &book->cells.p[i];
        if (!open)
            HTML(xml, "<row>");
        open = cell->tag != 'r';
        if (open)
            put_cell(xml, book->arena, cell);
        else
            HTML(xml, "</row>\n");
    }
    HTML(xml, "</sheetData>");
}

/* Where one chooses, and what is said when a cell is entered. */
static void put_choices(Html *xml, const Book *book)
{
    size_t list = 0;
    if (book->with_choices == 0)
        return;
    HTML(xml, "<dataValidations count=\"", book->with_choices, "\">");
    for (size_t i = 0; i < book->columns.n; i++) {
        const Column *column = &book->columns.p[i];
        Str name = sheet_column(book->arena, i + 1), from = sheet_column(book->arena, list + 1);
        if (column->choices.n == 0)
            continue;
        list++;
        HTML(xml, "<dataValidation type=\"list\" allowBlank=\"1\" showInputMessage=\"1\" prompt=\"",
             utf8_head(column->means, PROMPT_MAX), "\" sqref=\"", name, "3:", name, LAST_ROW,
             "\"><formula1>choices!$", from, "$1:$", from, "$", column->choices.n,
             "</formula1></dataValidation>");
    }
    HTML(xml, "</dataValidations>");
}

static Str rows_sheet(const Book *book)
{
    Buf buf = buf_open(book->arena);
    Html xml = html_open(&buf, LANGUAGE_ZH);
    open_sheet(&xml);
    put_columns(&xml, book);
    put_rows(&xml, book);
    put_choices(&xml, book);
    HTML(&xml, "</worksheet>\n");
    return buf_str(&buf);
}

static Str definitions_sheet(const Book *book)
{
    Buf buf = buf_open(book->arena);
    Html xml = html_open(&buf, LANGUAGE_ZH);
    open_sheet(&xml);
    HTML(&xml, "<cols><col min=\"1\" max=\"2\" width=\"24\" customWidth=\"1\"/>"
               "<col min=\"3\" max=\"3\" width=\"80\" customWidth=\"1\"/></cols><sheetData><row>");
    for (size_t i = 1; i < book->words.n; i++)
        put_text(&xml, book->words.p[i], STYLE_HEAD);
    HTML(&xml, "</row>");
    for (size_t i = 0; i < book->columns.n; i++) {
        HTML(&xml, "<row>");
        put_text(&xml, book->columns.p[i].title, STYLE_WRAPPED);
        put_text(&xml, book->columns.p[i].name, STYLE_WRAPPED);
        put_text(&xml, book->columns.p[i].means, STYLE_WRAPPED);
        HTML(&xml, "</row>\n");
    }
    HTML(&xml, "<row>");
    put_text(&xml, book->foot, STYLE_PLAIN);
    HTML(&xml, "</row></sheetData></worksheet>\n");
    return buf_str(&buf);
}

static Str choices_sheet(const Book *book)
{
    Buf buf = buf_open(book->arena);
    Html xml = html_open(&buf, LANGUAGE_ZH);
    size_t most = 0;
    HTML(&xml, XML_HEAD "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData>");
    for (size_t i = 0; i < book->columns.n; i++)
        most = MAX(most, book->columns.p[i].choices.n);
    for (size_t row = 0; row < most; row++) {
        HTML(&xml, "<row>");
        for (size_t i = 0; i < book->columns.n; i++) {
            const StrVec *choices = &book->columns.p[i].choices;
            if (choices->n > 0)
                put_text(&xml, row < choices->n ? choices->p[row] : S(""), STYLE_TEXT);
        }
        HTML(&xml, "</row>");
    }
    HTML(&xml, "</sheetData></worksheet>\n");
    return buf_str(&buf);
}

/* ---- the workbook ---- */

static const Str types =
    S_CONST(XML_HEAD "<Types xmlns=\"" XML_PACKAGE "content-types\">"
                     "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-"
                     "package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\""
                     "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                     "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd."
                     "openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                     "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd."
                     "openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>\n");

static const Str relations =
    S_CONST(XML_HEAD "<Relationships xmlns=\"" XML_PACKAGE "relationships\">"
                     "<Relationship Id=\"rId1\" Type=\"" XML_OFFICE "/officeDocument\" "
                     "Target=\"xl/workbook.xml\"/></Relationships>\n");

static const Str book_relations =
    S_CONST(XML_HEAD "<Relationships xmlns=\"" XML_PACKAGE "relationships\">"
                     "<Relationship Id=\"rId1\" Type=\"" XML_OFFICE "/worksheet\" "
                     "Target=\"worksheets/sheet1.xml\"/>"
                     "<Relationship Id=\"rId2\" Type=\"" XML_OFFICE "/worksheet\" "
                     "Target=\"worksheets/sheet2.xml\"/>"
                     "<Relationship Id=\"rId3\" Type=\"" XML_OFFICE "/worksheet\" "
                     "Target=\"worksheets/sheet3.xml\"/>"
                     "<Relationship Id=\"rId4\" Type=\"" XML_OFFICE "/styles\" "
                     "Target=\"styles.xml\"/></Relationships>\n");

static const Str styles_part = S_CONST(
    XML_HEAD "<styleSheet xmlns=\"" XLSX_MAIN "\"><numFmts count=\"2\">"
             "<numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
             "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/></numFmts>"
             "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
             "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
             "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
             "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
             "<borders count=\"1\"><border/></borders>"
             "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\"/></cellStyleXfs>"
             "<cellXfs count=\"6\"><xf numFmtId=\"0\" xfId=\"0\"/>"
             "<xf numFmtId=\"49\" fontId=\"1\" xfId=\"0\" applyFont=\"1\" applyNumberFormat=\"1\"/>"
             "<xf numFmtId=\"49\" xfId=\"0\" applyNumberFormat=\"1\"/>"
             "<xf numFmtId=\"164\" xfId=\"0\" applyNumberFormat=\"1\"/>"
             "<xf numFmtId=\"165\" xfId=\"0\" applyNumberFormat=\"1\"/>"
             "<xf numFmtId=\"49\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">"
             "<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs></styleSheet>\n");

/* A name may not have []:*?/\ in it. */
static Str sheet_name(Arena *arena, Str title)
{
    Str head = utf8_head(title, NAME_MAX_CHARS);
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < head.n; i++)
        buf_byte(&buf, memchr("[]:*?/\\'", head.p[i], 8) ? ' ' : head.p[i]);
    return buf.n > 0 ? buf_str(&buf) : S("1");
}

static Str workbook(const Book *book)
{
    Buf buf = buf_open(book->arena);
    Html xml = html_open(&buf, LANGUAGE_ZH);
    HTML(&xml,
         XML_HEAD "<workbook xmlns=\"" XLSX_MAIN "\" xmlns:r=\"" XML_OFFICE
                  "\"><sheets><sheet name=\"",
         sheet_name(book->arena, book->title), "\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"",
         sheet_name(book->arena, book->words.p[0]), "\" sheetId=\"2\" r:id=\"rId2\"/>",
         "<sheet name=\"choices\" sheetId=\"3\" state=\"hidden\" r:id=\"rId3\"/></sheets>"
         "</workbook>\n");
    return buf_str(&buf);
}

bool xlsx_write_run(Arena *arena, Str input, Str *ret_output, Err *err)
{
    Book book = {.arena = arena};
    if (!book_read(&book, input))
        return err_set(err, ERR_INTERNAL, MSG_document_failed);
    for (size_t i = 0; i < book.columns.n; i++)
        book.with_choices += book.columns.p[i].choices.n > 0;
    const PackagePart parts[] = {
        {"[Content_Types].xml", types},
        {"_rels/.rels", relations},
        {"xl/workbook.xml", workbook(&book)},
        {"xl/_rels/workbook.xml.rels", book_relations},
        {"xl/styles.xml", styles_part},
        {"xl/worksheets/sheet1.xml", rows_sheet(&book)},
        {"xl/worksheets/sheet2.xml", definitions_sheet(&book)},
        {"xl/worksheets/sheet3.xml", choices_sheet(&book)},
    };
    return package_write(arena, parts, COUNT_OF(parts), ret_output, err);
}
