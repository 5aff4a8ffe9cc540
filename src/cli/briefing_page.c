/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/briefing_page.h"

#include "write/html.h"

typedef struct BriefingSheet {
    Html html;
    const BriefingText *text;
    BriefingBlockType open; /* list or table that is open; else BRIEFING_PARAGRAPH */
} BriefingSheet;

static void pieces_write(BriefingSheet *sheet, const BriefingBlock *block, int cell)
{
    for (size_t i = 0; i < block->pieces.n; i++) {
        const BriefingPiece *piece = &block->pieces.p[i];
        if (piece->cell != cell)
            continue;
        if (piece->slot < 0)
            HTML(&sheet->html, piece->text);
        else
            HTML(&sheet->html, "<strong>", sheet->text->slots.p[piece->slot].text, "</strong>");
    }
}

static void group_end(BriefingSheet *sheet)
{
    if (sheet->open == BRIEFING_ITEM)
        HTML(&sheet->html, "</ul>\n");
    if (sheet->open == BRIEFING_ROW)
        HTML(&sheet->html, "</table>\n");
    sheet->open = BRIEFING_PARAGRAPH;
}

static void group_begin(BriefingSheet *sheet, BriefingBlockType type)
{
    if (sheet->open == type)
        return;
    group_end(sheet);
    if (type == BRIEFING_ITEM)
        HTML(&sheet->html, "<ul>\n");
    if (type == BRIEFING_ROW)
        HTML(&sheet->html, "<table>\n");
    sheet->open = type;
}

static void row_write(BriefingSheet *sheet, const BriefingBlock *block)
{
    HTML(&sheet->html, "<tr>");
    for (int cell = 0; cell < block->n_cells; cell++) {
        if (block->level)
            HTML(&sheet->html, "<th scope=\"col\">");
        else
            HTML(&sheet->html, "<td>");
        pieces_write(sheet, block, cell);
        if (block->level)
            HTML(&sheet->html, "</th>");
        else
            HTML(&sheet->html, "</td>");
    }
    HTML(&sheet->html, "</tr>\n");
}

static void block_write(BriefingSheet *sheet, const BriefingBlock *block)
{
    int level = MIN(MAX(block->level, 1), 6);
    if (block->type == BRIEFING_ITEM || block->type == BRIEFING_ROW)
        group_begin(sheet, block->type);
    else
        group_end(sheet);
    switch (block->type) {
    case BRIEFING_HEADING:
        HTML(&sheet->html, "<h", level, ">");
        pieces_write(sheet, block, 0);
        HTML(&sheet->html, "</h", level, ">\n");
        break;
    case BRIEFING_PARAGRAPH:
        HTML(&sheet->html, "<p>");
        pieces_write(sheet, block, 0);
        HTML(&sheet->html, "</p>\n");
        break;
    case BRIEFING_ITEM:
        HTML(&sheet->html, "<li>");
        pieces_write(sheet, block, 0);
        HTML(&sheet->html, "</li>\n");
        break;
    case BRIEFING_ROW:
        row_write(sheet, block);
        break;
    }
}

static Str title_of(Arena *arena, const BriefingText *text)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < text->blocks.n; i++) {
        const BriefingBlock *block = &text->blocks.p[i];
        if (block->type != BRIEFING_HEADING)
            continue;
        for (size_t j = 0; j < block->pieces.n; j++)
            buf_add(&buf, block->pieces.p[j].text);
        break;
    }
    return buf_str(&buf);
}

Str briefing_page(Arena *arena, const BriefingText *text, Language language)
{
    Buf buf = buf_open(arena);
    BriefingSheet sheet = {html_open(&buf, language), text, BRIEFING_PARAGRAPH};
    Str code = language == LANGUAGE_ZH ? S("zh-CN") : S("en");
    HTML(&sheet.html, "<!DOCTYPE html>\n<html lang=\"", code,
         "\">\n<head>\n<meta charset=\"utf-8\">\n<title>", title_of(arena, text),
         "</title>\n<style>body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.8}"
         "table{border-collapse:collapse}th,td{border:1px solid #999;padding:.3em .6em;"
         "text-align:left}</style>\n</head>\n<body>\n");
    for (size_t i = 0; i < text->blocks.n; i++)
        block_write(&sheet, &text->blocks.p[i]);
    group_end(&sheet);
    HTML(&sheet.html, "</body>\n</html>\n");
    return buf_str(&buf);
}
