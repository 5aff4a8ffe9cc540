/* SPDX-License-Identifier: Apache-2.0 */
#include "document/docx.h"
#include "document/sheet.h"
#include "document/xml.h"

#define EMU 635 /* English metric units in a twentieth of a point */

#define XML_DRAWING "http://schemas.openxmlformats.org/drawingml/2006/"

typedef struct Body {
    Html xml;
    const Paper *paper;
    int pictures; /* written so far */
} Body;

/* ---- paragraphs ---- */

static void write_text(Body *body, Str text)
{
    HTML(&body->xml, "<w:r><w:t xml:space=\"preserve\">", text, "</w:t></w:r>");
}

static void open_paragraph(Body *body, Str style)
{
    HTML(&body->xml, "<w:p><w:pPr><w:pStyle w:val=\"", style, "\"/>");
}

/* What people typed has lines; each is a paragraph. */
static void write_paragraphs(Body *body, const PaperBlock *block)
{
    Str style = paper_type_name(block->type), rest = block->text;
    if (block->level > 0)
        style = STR(body->xml.buf->arena, style, block->level);
    for (Str line; str_next(&rest, '\n', &line);) {
        open_paragraph(body, style);
        HTML(&body->xml, "</w:pPr>");
        write_text(body, line);
        HTML(&body->xml, "</w:p>\n");
    }
}

static void write_item(Body *body, const PaperBlock *block)
{
    PaperBlock item = *block;
    item.text = STR(body->xml.buf->arena, "· ", block->text);
    write_paragraphs(body, &item);
}

static void write_office(Body *body, const PaperBlock *block)
{
    int size = sheet_office_size(block->text);
    open_paragraph(body, paper_type_name(block->type));
    HTML(&body->xml, "</w:pPr><w:r><w:rPr><w:sz w:val=\"", size, "\"/><w:szCs w:val=\"", size,
         "\"/></w:rPr><w:t xml:space=\"preserve\">", block->text, "</w:t></w:r></w:p>\n");
}

static void write_signed(Body *body, size_t at)
{
    const PaperBlock *block = &body->paper->blocks.p[at];
    Setting setting = sheet_signed(body->paper, at);
    open_paragraph(body, paper_type_name(block->type));
    if (setting.align == ALIGN_LEFT)
        HTML(&body->xml, "<w:ind w:left=\"", setting.left, "\"/><w:jc w:val=\"left\"/>");
    HTML(&body->xml, "</w:pPr>");
    write_text(body, block->text);
    HTML(&body->xml, "</w:p>\n");
}

/* ---- tables ---- */

static void open_table(Body *body, const int *widths, int columns, bool has_lines)
{
    static const Str sides[] = {S_CONST("top"),   S_CONST("left"),    S_CONST("bottom"),
                                S_CONST("right"), S_CONST("insideH"), S_CONST("insideV")};
    Html *xml = &body->xml;
    HTML(xml, "<w:tbl><w:tblPr><w:tblW w:w=\"", SHEET_TYPE, "\" w:type=\"dxa\"/>");
    if (has_lines) {
        HTML(xml, "<w:tblBorders>");
        for (size_t i = 0; i < COUNT_OF(sides); i++) {
            HTML(xml, "<w:");
            buf_add(xml->buf, sides[i]);
            HTML(xml, " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
        }
        HTML(xml, "</w:tblBorders>");
    }
    HTML(xml, "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for (int i = 0; i < columns; i++)
        HTML(xml, "<w:gridCol w:w=\"", widths[i], "\"/>");
    HTML(xml, "</w:tblGrid>\n");
}

static void open_cell(Body *body, int width)
{
    HTML(&body->xml, "<w:tc><w:tcPr><w:tcW w:w=\"", width,
         "\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>");
}

static void write_cell(Body *body, const PaperBlock *row, int column)
{
    Str text = (size_t)column < row->n_cells ? row->cells[column] : (Str){0};
    Str line = {0};
    do {
        if (!str_next(&text, '\n', &line))
            line = (Str){0};
        open_paragraph(body, row->level ? S("cellhead") : S("cell"));
        HTML(&body->xml, "</w:pPr>");
        write_text(body, line);
        HTML(&body->xml, "</w:p>");
    } while (text.n > 0);
}

static void write_row(Body *body, const PaperBlock *row, const int *widths, int columns)
{
    HTML(&body->xml, "<w:tr><w:trPr><w:cantSplit/>");
    if (row->level)
        HTML(&body->xml, "<w:tblHeader/>");
    HTML(&body->xml, "</w:trPr>");
    for (int i = 0; i < columns; i++) {
        open_cell(body, widths[i]);
        write_cell(body, row, i);
        HTML(&body->xml, "</w:tc>");
    }
    HTML(&body->xml, "</w:tr>\n");
}

static size_t write_table(Body *body, size_t first)
{
    size_t count = sheet_rows(body->paper, first);
    const PaperBlock *rows = &body->paper->blocks.p[first];
    int widths[PAPER_CELLS_MAX];
    int columns = sheet_columns(body->paper->language, rows, count, widths);
    open_table(body, widths, columns, true);
    for (size_t i = 0; i < count; i++)
        write_row(body, &rows[i], widths, columns);
    HTML(&body->xml, "</w:tbl>\n");
    return count;
}

/* ---- a QR code with words beside it ---- */

static void write_picture(Body *body, Str says)
{
    int side = SHEET_CODE * EMU, number = ++body->pictures;
    int id = DOCX_PICTURE_FIRST + number - 1;
    HTML(&body->xml,
         "<w:p><w:r><w:drawing><wp:inline "
         "xmlns:wp=\"" XML_DRAWING "wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" "
         "distR=\"0\"><wp:extent cx=\"",
         side, "\" cy=\"", side, "\"/><wp:docPr id=\"", number, "\" name=\"QR ", number,
         "\" descr=\"", says,
         "\"/><a:graphic xmlns:a=\"" XML_DRAWING "main\"><a:graphicData "
         "uri=\"" XML_DRAWING "picture\"><pic:pic xmlns:pic=\"" XML_DRAWING "picture\">");
    HTML(&body->xml, "<pic:nvPicPr><pic:cNvPr id=\"", number, "\" name=\"QR ", number,
         "\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rId", id,
         "\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" "
         "y=\"0\"/><a:ext cx=\"",
         side, "\" cy=\"", side,
         "\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
         "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>");
}

static void write_code(Body *body, const PaperBlock *block)
{
    int widths[] = {SHEET_CODE + 240, SHEET_TYPE - SHEET_CODE - 240};
    open_table(body, widths, COUNT_OF(widths), false);
    HTML(&body->xml, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    open_cell(body, widths[0]);
    write_picture(body, block->link);
    HTML(&body->xml, "</w:tc>");
    open_cell(body, widths[1]);
    write_paragraphs(body, block);
    HTML(&body->xml, "</w:tc></w:tr></w:tbl>\n");
}

/* ---- the whole ---- */

/* Returns how many blocks were written. */
static size_t write_block(Body *body, size_t at)
{
    const PaperBlock *block = &body->paper->blocks.p[at];
    switch (block->type) {
    case PAPER_ROW:
        return write_table(body, at);
    case PAPER_CODE:
        write_code(body, block);
        break;
    case PAPER_ITEM:
        write_item(body, block);
        break;
    case PAPER_OFFICE:
        write_office(body, block);
        break;
    case PAPER_SIGN:
    case PAPER_DATE:
        write_signed(body, at);
        break;
    default:
        write_paragraphs(body, block);
    }
    return 1;
}

/* An even page has its number on the left (7.5). A table must not be the last thing in a body. */
static void write_page(Body *body)
{
    HTML(&body->xml, "<w:p><w:pPr><w:pStyle w:val=\"footer\"/></w:pPr></w:p>\n<w:sectPr>");
    if (body->paper->mark.n > 0)
        HTML(&body->xml, "<w:headerReference w:type=\"default\" r:id=\"rId5\"/>"
                         "<w:headerReference w:type=\"even\" r:id=\"rId5\"/>");
    HTML(&body->xml,
         "<w:footerReference w:type=\"default\" r:id=\"rId3\"/>"
         "<w:footerReference w:type=\"even\" r:id=\"rId4\"/>"
         "<w:pgSz w:w=\"",
         SHEET_WIDTH, "\" w:h=\"", SHEET_HEIGHT, "\"/><w:pgMar w:top=\"", SHEET_TOP,
         "\" w:right=\"", SHEET_RIGHT, "\" w:bottom=\"", SHEET_BOTTOM, "\" w:left=\"", SHEET_LEFT,
         "\" w:header=\"", SHEET_TOP / 2, "\" w:footer=\"");
    HTML(&body->xml, SHEET_BOTTOM - SHEET_FOOTER - sheet_footer(body->paper->language).line,
         "\" w:gutter=\"0\"/></w:sectPr>");
}

Str docx_body(Arena *arena, const Paper *paper)
{
    Buf buf = buf_open(arena);
    Body body = {.xml = html_open(&buf, paper->language), .paper = paper};
    HTML(&body.xml, XML_HEAD XML_WORD_ROOT("document") "<w:body>\n");
    for (size_t at = 0; at < paper->blocks.n;)
        at += write_block(&body, at);
    write_page(&body);
    HTML(&body.xml, "</w:body></w:document>\n");
    return buf_str(&buf);
}
