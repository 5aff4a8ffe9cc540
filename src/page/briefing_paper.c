/* SPDX-License-Identifier: Apache-2.0 */
#include "page/briefing_paper.h"

#include "page/ui.h"
#include "write/url.h"

#define UNIT_BYTES_MAX 12

/* ---- the paper ---- */

typedef struct Paper {
    Page *page;
    const BriefingText *text;
    const BriefingFigures *figures;
    BriefingBlockType before; /* of the block before: items and rows stand together */
    bool is_first;
} Paper;

static Str figure_href(Page *page, const BriefingFigure *figure)
{
    const Org *org = org_find(&page->visit->office->orgs, figure->org);
    Url url = url_open(page->arena, S("/figures"));
    url_segment(&url, figure->name);
    if (org)
        url_query(&url, S("org"), org->code);
    url_query(&url, S("from"), day_text(page->arena, figure->from));
    url_query(&url, S("to"), day_text(page->arena, figure->to));
    return url_text(&url);
}

static void write_slot(Paper *paper, const BriefingSlot *slot)
{
    Page *page = paper->page;
    Html *h = &page->html;
    if (!slot->is_true) {
        HTML(h, "<span class=\"fig-broken\">", slot->text.n > 0 ? slot->text : slot->source,
             "</span>");
        return;
    }
    if (slot->figure < 0) {
        HTML(h, slot->text);
        return;
    }
    const BriefingFigure *figure = &paper->figures->p[slot->figure];
    HTML(h, "<a class=\"fig\" href=\"", figure_href(page, figure), "\">", slot->text,
         "<span class=\"fig-note\" role=\"note\"><strong>",
         label_text(figure->label, page->language), " ", figure->number, " ",
         label_text(figure->unit, page->language), "</strong>",
         label_text(figure->define, page->language), "<br>",
         figure_period_text(page->arena, figure->from, figure->to, page->language), "</span></a>");
}

static void write_pieces(Paper *paper, const BriefingBlock *block, int cell)
{
    for (size_t i = 0; i < block->pieces.n; i++) {
        const BriefingPiece *piece = &block->pieces.p[i];
        if (piece->cell != cell)
            continue;
        if (piece->slot < 0)
            HTML(&paper->page->html, piece->text);
        else
            write_slot(paper, &paper->text->slots.p[piece->slot]);
    }
}

static void close_group(Paper *paper)
{
    if (paper->is_first)
        return;
    if (paper->before == BRIEFING_ITEM)
        HTML(&paper->page->html, "</ul></div>\n");
    if (paper->before == BRIEFING_ROW)
        HTML(&paper->page->html, "</tbody></table></div>\n");
}

static void open_group(Paper *paper, const BriefingBlock *block)
{
    Html *h = &paper->page->html;
    if (!paper->is_first && paper->before == block->type &&
        (block->type == BRIEFING_ITEM || block->type == BRIEFING_ROW))
        return;
    close_group(paper);
    if (block->type == BRIEFING_ITEM)
        HTML(h, "<div class=\"prose\"><ul>");
    if (block->type == BRIEFING_ROW)
        HTML(h, "<div class=\"paper-table\" role=\"group\" tabindex=\"0\" aria-label=\"",
             T(h, MSG_page_briefing_table), "\"><table><tbody>");
}

/* Nothing but a figure and its unit: it stands to the right, as numbers in columns do. */
static bool is_number_cell(const Paper *paper, const BriefingBlock *block, int cell)
{
    size_t slots = 0, bytes = 0;
    for (size_t i = 0; i < block->pieces.n; i++) {
        const BriefingPiece *piece = &block->pieces.p[i];
        if (piece->cell != cell)
            continue;
        slots += piece->slot >= 0 && paper->text->slots.p[piece->slot].type != SLOT_PERIOD;
        bytes += piece->slot < 0 ? piece->text.n : 0;
    }
    return slots == 1 && bytes <= UNIT_BYTES_MAX;
}

static void write_row(Paper *paper, const BriefingBlock *block)
{
    Html *h = &paper->page->html;
    HTML(h, "<tr>");
    for (int cell = 0; cell < block->n_cells; cell++) {
        bool number = is_number_cell(paper, block, cell);
        bool head = block->level == 1 || (cell == 0 && block->n_cells > 1 && !number);
        if (head && block->level == 1)
            HTML(h, "<th scope=\"col\">");
        else if (head)
            HTML(h, "<th scope=\"row\">");
        else if (number)
            HTML(h, "<td class=\"number\">");
        else
            HTML(h, "<td>");
        write_pieces(paper, block, cell);
        if (head)
            HTML(h, "</th>");
        else
            HTML(h, "</td>");
    }
    HTML(h, "</tr>");
}

static void write_block(Paper *paper, const BriefingBlock *block)
{
    Html *h = &paper->page->html;
    open_group(paper, block);
    if (block->type == BRIEFING_ROW) {
        write_row(paper, block);
    } else if (block->type == BRIEFING_ITEM) {
        HTML(h, "<li>");
        write_pieces(paper, block, 0);
        HTML(h, "</li>");
    } else if (block->type == BRIEFING_PARAGRAPH) {
        HTML(h, "<p>");
        write_pieces(paper, block, 0);
        HTML(h, "</p>\n");
    } else if (block->level == 1) {
        HTML(h, "<h1>");
        write_pieces(paper, block, 0);
        HTML(h, "</h1>\n");
    } else {
        HTML(h, "<h2>");
        write_pieces(paper, block, 0);
        HTML(h, "</h2>\n");
    }
    paper->before = block->type;
    paper->is_first = false;
}

void briefing_paper(Page *page, const BriefingText *text, const BriefingFigures *figures, Str top)
{
    Html *h = &page->html;
    Paper paper = {.page = page, .text = text, .figures = figures, .is_first = true};
    HTML(h, "<article class=\"paper\"");
    if (text->language != page->language)
        HTML(h, " lang=\"", text->language == LANGUAGE_ZH ? S("zh-CN") : S("en"), "\"");
    HTML(h, "><p class=\"paper-top\"><span>", top, "</span><span>",
         label_text(page->visit->office->profile->office, page->language), "</span></p>\n");
    for (size_t i = 0; i < text->blocks.n; i++)
        write_block(&paper, &text->blocks.p[i]);
    close_group(&paper);
    HTML(h, "</article>\n");
}

/* ---- beside it ---- */

void briefing_checks(Page *page, const BriefingDraft *draft)
{
    Html *h = &page->html;
    HTML(h, "<section><h2>", T(h, MSG_page_checks), "</h2><ul class=\"checks\">");
    for (size_t i = 0; i < draft->checks.n; i++) {
        const BriefingCheck *check = &draft->checks.p[i];
        if (check->passed)
            HTML(h, "<li class=\"check-yes\"><span class=\"icon icon-check\" "
                    "aria-hidden=\"true\"></span>");
        else if (check->blocks)
            HTML(h, "<li class=\"check-no\"><span class=\"icon icon-cross\" "
                    "aria-hidden=\"true\"></span>");
        else
            HTML(h, "<li class=\"check-note\"><span class=\"tag\">", T(h, MSG_page_remark),
                 "</span>");
        HTML(h, "<span>", check->sentence, "</span></li>");
    }
    HTML(h, "</ul>");
    for (size_t i = 0; i < draft->text.slots.n; i++)
        if (!draft->text.slots.p[i].is_true)
            HTML(h, "<p class=\"margin-note margin-wrong\">", draft->text.slots.p[i].problem,
                 "</p>");
    HTML(h, "</section>\n");
}
