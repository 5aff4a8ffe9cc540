/* SPDX-License-Identifier: Apache-2.0 */
#include "export/briefing_document.h"

#include "export/document.h"
#include "view/briefing_view.h"
#include "view/visit.h"

#define HEADING_LEVELS 3 /* under the title */

static Str say(Arena *arena, const BriefingPrint *print, MessageId id, Str argument)
{
    return message_fill(arena, id, print->language, &argument, 1);
}

static Str piece_text(const BriefingPrint *print, const BriefingPiece *piece)
{
    if (piece->slot < 0)
        return piece->text;
    const BriefingSlot *slot = &print->text->slots.p[piece->slot];
    return slot->text.n ? slot->text : slot->source;
}

static Str cell_text(Arena *arena, const BriefingPrint *print, const BriefingBlock *block, int cell)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < block->pieces.n; i++)
        if (block->pieces.p[i].cell == cell)
            buf_add(&buf, piece_text(print, &block->pieces.p[i]));
    return buf_str(&buf);
}

static void add_heading(Arena *arena, Paper *paper, int level, Str text)
{
    bool is_title = paper->title.n == 0;
    paper_add(arena, paper, is_title ? PAPER_TITLE : PAPER_HEADING, text);
    if (is_title)
        paper->title = text;
    else
        paper->blocks.p[paper->blocks.n - 1].level = MIN(MAX(level - 1, 1), HEADING_LEVELS);
}

static void add_block(Arena *arena, Paper *paper, const BriefingPrint *print,
                      const BriefingBlock *block)
{
    if (block->type == BRIEFING_ROW) {
        Str *cells = NEW_ARRAY(arena, Str, (size_t)block->n_cells);
        for (int i = 0; i < block->n_cells; i++)
            cells[i] = cell_text(arena, print, block, i);
        paper_row(arena, paper, block->level == 1, cells, (size_t)block->n_cells);
        return;
    }
    Str text = cell_text(arena, print, block, 0);
    if (block->type == BRIEFING_HEADING)
        add_heading(arena, paper, block->level, text);
    else
        paper_add(arena, paper, block->type == BRIEFING_ITEM ? PAPER_ITEM : PAPER_TEXT, text);
}

/* A code that leads nowhere is worse than a path in words. */
static void add_link(Arena *arena, Paper *paper, const BriefingPrint *print)
{
    Str path = STR(arena, "/briefings/", print->number, "?edition=", print->edition);
    Str link = STR(arena, print->address, path);
    if (print->address.n == 0) {
        paper_add(arena, paper, PAPER_SMALL, say(arena, print, MSG_export_path, path));
        return;
    }
    paper_add(arena, paper, PAPER_CODE,
              STR(arena, say(arena, print, MSG_export_scan, (Str){0}), "\n", link));
    paper->blocks.p[paper->blocks.n - 1].link = link;
}

Paper briefing_document(Arena *arena, const BriefingPrint *print)
{
    Paper paper = {.language = print->language, .made_on = print->day};
    Str office = label_text(print->office, print->language);
    if (print->edition == 0)
        paper.mark = say(arena, print, MSG_export_draft,
                         figure_period_text(arena, print->day, print->day, print->language));
    paper_add(arena, &paper, PAPER_OFFICE, office);
    paper_add(arena, &paper, PAPER_NUMBER,
              print->number.n ? print->number : say(arena, print, MSG_export_no_number, (Str){0}));
    for (size_t i = 0; i < print->text->blocks.n; i++)
        add_block(arena, &paper, print, &print->text->blocks.p[i]);
    if (print->edition == 0)
        return paper;
    paper_add(arena, &paper, PAPER_SIGN, office);
    paper_add(arena, &paper, PAPER_DATE,
              figure_period_text(arena, print->day, print->day, print->language));
    add_link(arena, &paper, print);
    return paper;
}

/* ---- what a visitor fetches ---- */

static HttpOutcome answer(HttpRequest *request, HttpResponse *response, DocumentFormat format)
{
    Visit *visit = visit_of(request);
    Str number = http_param(request, S("number"));
    BriefingView view;
    Err err = {0};
    if (number.n == 0)
        number = http_param(request, S("id"));
    if (!briefing_view(visit, number, &view, &err))
        return http_fail(request, response, &err);
    bool is_draft = view.edition == 0;
    BriefingPrint print = {.text = is_draft ? &view.draft.text : &view.shown.text[visit->language],
                           .office = visit->office->profile->office,
                           .number = number,
                           .edition = view.edition,
                           .day = is_draft ? day_of(visit->now) : view.shown.frozen_on,
                           .address = visit_site_address(visit),
                           .language = visit->language};
    Paper paper = briefing_document(request->arena, &print);
    return document_answer(request, response, &paper, format, number);
}

HttpOutcome briefing_docx_answer(HttpRequest *request, HttpResponse *response)
{
    return answer(request, response, DOCUMENT_DOCX);
}

HttpOutcome briefing_pdf_answer(HttpRequest *request, HttpResponse *response)
{
    return answer(request, response, DOCUMENT_PDF);
}
