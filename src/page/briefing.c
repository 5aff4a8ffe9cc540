/* SPDX-License-Identifier: Apache-2.0 */
/* /briefings: templates, drafts and what was published; one of them as it will be printed. */
#include "page/pages.h"

#include "query.h"
#include "report/briefing.h"

/* ---- one briefing, loaded ---- */

typedef struct Briefing {
    Record record;
    RecordView view;
    const BriefingTemplate *template; /* NULL: the profile has it no more */
    bool is_published;
    BriefingDraft draft;     /* not published */
    BriefingEdition edition; /* published */
    BriefingChanges changes;
} Briefing;

static BriefingQuery query_of(Visit *visit, const Values *values)
{
    return (BriefingQuery){
        .template = profile_briefing(visit->office->profile, values_text(values, S("template"))),
        .org = values_id(values, S("org")) == visit->office->orgs.root
                   ? 0
                   : values_id(values, S("org")),
        .from = (Day)values_int(values, S("period_from")),
        .to = (Day)values_int(values, S("period_to")),
        .today = day_of(visit->now),
        .tree_size = visit->office->version,
        .language = visit->language};
}

bool briefing_fill_change(Visit *visit, const RecordView *view, Change *change, Err *err)
{
    Record record;
    if (!record_get(visit->arena, visit->db, view->row.id, &record, err))
        return false;
    BriefingQuery query = query_of(visit, &record.values);
    if (!query.template)
        return err_set(err, ERR_CONFLICT, MSG_page_no_template,
                       values_text(&record.values, S("template")));
    return briefing_freeze(visit->arena, visit->db, visit->office, &query, &change->frozen, err);
}

static bool load_edition(Visit *visit, Briefing *briefing, Err *err)
{
    QEditionList *rows = NULL;
    size_t count = 0;
    if (!q_edition_list_all(visit->db, visit->arena, briefing->record.id, &rows, &count, err))
        return false;
    briefing->is_published = count > 0;
    if (count == 0)
        return true;
    return briefing_edition_parse(visit->arena, rows[0].frozen, &briefing->edition, err) &&
           briefing_changes(visit->arena, visit->db, visit->office, &briefing->edition,
                            &briefing->changes, err);
}

static bool load(Visit *visit, Str number, Briefing *ret, Err *err)
{
    Briefing briefing = {0};
    if (!record_view(visit, S("briefing"), number, &briefing.view, err) ||
        !record_get(visit->arena, visit->db, briefing.view.row.id, &briefing.record, err) ||
        !load_edition(visit, &briefing, err))
        return false;
    BriefingQuery query = query_of(visit, &briefing.record.values);
    briefing.template = query.template;
    if (!briefing.is_published && query.template &&
        !briefing_draft(visit->arena, visit->db, visit->office, &query, &briefing.draft, err))
        return false;
    *ret = briefing;
    return true;
}

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
        HTML(&paper->page->html, "</tbody></table>\n");
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
        HTML(h, "<table class=\"list list-still tree\"><caption class=\"sr\">",
             T(h, MSG_page_briefing_table), "</caption><tbody>");
}

static void write_row(Paper *paper, const BriefingBlock *block)
{
    Html *h = &paper->page->html;
    HTML(h, "<tr>");
    for (int cell = 0; cell < block->n_cells; cell++) {
        if (block->level == 1)
            HTML(h, "<th scope=\"col\">");
        else if (cell == block->n_cells - 1)
            HTML(h, "<td class=\"cell-title\">");
        else
            HTML(h, "<td>");
        write_pieces(paper, block, cell);
        if (block->level == 1)
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

static void write_paper(Page *page, const BriefingText *text, const BriefingFigures *figures,
                        Str top)
{
    Html *h = &page->html;
    Paper paper = {.page = page, .text = text, .figures = figures, .is_first = true};
    HTML(h, "<article class=\"paper\"><p class=\"paper-top\"><span>", top, "</span><span>",
         label_text(page->visit->office->profile->office, page->language), "</span></p>\n");
    for (size_t i = 0; i < text->blocks.n; i++)
        write_block(&paper, &text->blocks.p[i]);
    close_group(&paper);
    HTML(h, "</article>\n");
}

/* ---- the margin ---- */

static void write_checks(Page *page, const BriefingDraft *draft)
{
    Html *h = &page->html;
    HTML(h, "<section><h3>", T(h, MSG_page_checks), "</h3><ul class=\"checks\">");
    for (size_t i = 0; i < draft->checks.n; i++) {
        const BriefingCheck *check = &draft->checks.p[i];
        if (check->passed)
            HTML(h, "<li class=\"check-yes\"><span class=\"icon icon-check\" "
                    "aria-hidden=\"true\"></span>");
        else
            HTML(h, "<li class=\"check-no\"><span class=\"icon icon-cross\" "
                    "aria-hidden=\"true\"></span>");
        HTML(h, check->sentence, "</li>");
    }
    HTML(h, "</ul>");
    for (size_t i = 0; i < draft->text.slots.n; i++)
        if (!draft->text.slots.p[i].is_true)
            HTML(h, "<p class=\"margin-note margin-wrong\">", draft->text.slots.p[i].problem,
                 "</p>");
    HTML(h, "</section>\n");
}

static void write_changes(Page *page, const BriefingEdition *edition,
                          const BriefingChanges *changes)
{
    Html *h = &page->html;
    if (changes->n == 0) {
        HTML(h, "<p class=\"margin-note\">", T(h, MSG_page_all_stand), "</p>");
        return;
    }
    for (size_t i = 0; i < changes->n; i++) {
        const BriefingChange *change = &changes->p[i];
        const BriefingFigure *figure = &edition->figures.p[change->figure];
        const Figure *now = profile_figure(page->visit->office->profile, figure->name);
        HTML(h, "<p class=\"margin-note margin-wrong\"><strong>",
             label_text(figure->label, page->language), "</strong><br>");
        if (change->definition_changed || !now)
            HTML(h, T(h, MSG_page_definition_changed));
        else
            HTML(h, T(h, MSG_page_value_changed, figure->number,
                      figure_number(page->arena, now, &change->now)));
        if (change->records_changed && !change->definition_changed)
            HTML(h, "<br>",
                 T(h, MSG_page_records_changed, ui_digits(page, change->added),
                   ui_digits(page, change->removed)));
        HTML(h, "</p>");
    }
}

static void write_moves(Page *page, const Briefing *briefing)
{
    Html *h = &page->html;
    if (briefing->view.n_moves == 0)
        return;
    HTML(h, "<section class=\"rail-moves\"><h3 class=\"sr\">", T(h, MSG_page_next_moves),
         "</h3><div class=\"moves\">");
    for (size_t i = 0; i < briefing->view.n_moves; i++) {
        MoveView move = briefing->view.moves[i];
        if (move.move->publishes && !briefing->draft.can_publish && move.blocked.n == 0)
            move.blocked = T(h, MSG_page_cannot_publish);
        ui_move(page, &move,
                &(MoveForm){.action = STR(page->arena, "/records/briefing/",
                                          briefing->view.row.number, "/moves/", move.name),
                            .number = briefing->view.row.number,
                            .version = briefing->view.version,
                            .is_first = i == 0 && move.move->primary,
                            .is_open = i == 0 && move.move->publishes});
    }
    HTML(h, "</div></section>\n");
}

static void write_margin(Page *page, const Briefing *briefing)
{
    Html *h = &page->html;
    HTML(h, "<aside class=\"margin\" aria-label=\"", T(h, MSG_page_checks), "\">\n");
    if (briefing->is_published) {
        HTML(h, "<section><h3>", T(h, MSG_page_since), "</h3>");
        write_changes(page, &briefing->edition, &briefing->changes);
        HTML(h, "<p class=\"meta\">",
             T(h, MSG_page_frozen_on,
               date_short(page->arena, briefing->edition.frozen_on, 0, page->language),
               ui_digits(page, briefing->edition.tree_size)),
             "</p></section>\n");
    } else {
        write_checks(page, &briefing->draft);
    }
    write_moves(page, briefing);
    HTML(h, "<p class=\"actions\"><a class=\"button button-plain button-small\" href=\"/briefings/",
         briefing->view.row.number,
         "/markdown\"><span class=\"icon icon-download\" aria-hidden=\"true\"></span>Markdown</a>"
         "<a class=\"button button-plain button-small\" href=\"/records/briefing/",
         briefing->view.row.number, "?page=record\">", T(h, MSG_page_history),
         "</a></p></aside>\n");
}

HttpOutcome page_briefing(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Briefing briefing;
    Err err = {0};
    Page page;
    if (!load(visit, http_param(request, S("number")), &briefing, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = briefing.view.row.title, .nav = NAV_BRIEFINGS});
    Html *h = &page.html;
    ui_crumbs(
        &page,
        (Crumb[]){{T(h, MSG_page_briefings), S("/briefings")}, {briefing.view.row.number, {0}}}, 2);
    HTML(h, "<p class=\"record-line\"><span class=\"tag\">", briefing.view.row.status_label,
         "</span><span>", briefing.view.row.title, "</span></p>\n");
    if (http_query(request, S("done")).n > 0)
        ui_notice(&page, NOTICE_DONE, T(h, MSG_page_done_plain));
    if (!briefing.is_published && !briefing.template)
        ui_notice(&page, NOTICE_WRONG,
                  T(h, MSG_page_no_template, values_text(&briefing.record.values, S("template"))));
    HTML(h, "<div class=\"briefing\">\n");
    if (briefing.is_published)
        write_paper(&page, &briefing.edition.text[page.language], &briefing.edition.figures,
                    briefing.view.row.number);
    else
        write_paper(&page, &briefing.draft.text, &briefing.draft.figures, briefing.view.row.number);
    write_margin(&page, &briefing);
    HTML(h, "</div>\n");
    return page_close(&page);
}

HttpOutcome page_briefing_markdown(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Briefing briefing;
    Err err = {0};
    if (!load(visit, http_param(request, S("number")), &briefing, &err))
        return http_fail(request, response, &err);
    response->content_type = S("text/markdown; charset=utf-8");
    http_attachment(response, STR(request->arena, briefing.view.row.number, ".md"));
    buf_add(&response->body,
            briefing_markdown(request->arena, briefing.is_published
                                                  ? &briefing.edition.text[visit->language]
                                                  : &briefing.draft.text));
    return HTTP_DONE;
}

/* ---- the list, and a new draft from a template ---- */

static bool may_draft(Visit *visit, const Kind *kind)
{
    MoveView move;
    return kind && new_view(visit, kind, (Str){0}, &move, NULL);
}

static void write_template(Page *page, const BriefingTemplate *template)
{
    Html *h = &page->html;
    Day from, to;
    const Org *root = org_find(&page->visit->office->orgs, page->visit->office->orgs.root);
    figure_period(template->period, page_today(page), &from, &to);
    HTML(h, "<details class=\"move\"><summary>", label_text(template->label, page->language),
         "</summary><form method=\"post\" action=\"/records/briefing/new\">");
    page_token(page, true);
    HTML(h, "<input type=\"hidden\" name=\"template\" value=\"", template->name,
         "\"><input type=\"hidden\" name=\"org\" value=\"", root ? root->code : (Str){0}, "\">");
    ui_input(page, &(PlainInput){.name = S("title"),
                                 .label = T(h, MSG_page_title),
                                 .value = label_text(template->label, LANGUAGE_ZH)});
    ui_input(page, &(PlainInput){.name = S("period_from"),
                                 .label = T(h, MSG_page_from),
                                 .type = S("date"),
                                 .value = day_text(page->arena, from)});
    ui_input(page, &(PlainInput){.name = S("period_to"),
                                 .label = T(h, MSG_page_to),
                                 .type = S("date"),
                                 .value = day_text(page->arena, to)});
    HTML(h, "<p class=\"move-effect\">", T(h, MSG_page_draft_effect),
         "</p><button class=\"button\">", T(h, MSG_page_draft), "</button></form></details>\n");
}

static void write_templates(Page *page)
{
    Html *h = &page->html;
    const Profile *profile = page->visit->office->profile;
    ui_section(page, T(h, MSG_page_templates));
    HTML(h, "<div class=\"moves\">");
    for (size_t i = 0; i < profile->n_briefings; i++)
        write_template(page, &profile->briefings[i]);
    HTML(h, "</div></section>\n");
}

static void write_briefing_row(Page *page, const RecordRow *row)
{
    Html *h = &page->html;
    HTML(h, "<tr><td class=\"cell-number number\">", row->number,
         "</td><td class=\"cell-title\"><a href=\"/briefings/", row->number, "\">", row->title,
         "</a></td><td data-label=\"", T(h, MSG_page_status), "\">", row->status_label,
         "</td><td data-label=\"", T(h, MSG_page_created), "\">");
    ui_day_short(page, day_of(row->created_at));
    HTML(h, "</td></tr>\n");
}

HttpOutcome page_briefings(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Kind *kind = profile_kind(visit->office->profile, S("briefing"));
    ListView view = {0};
    Err err = {0};
    Page page;
    if (!kind)
        return page_missing(request, response);
    if (!list_view(visit, kind, &view, &err))
        return http_fail(request, response, &err);
    bool drafts = may_draft(visit, kind);
    page_open(
        &page, request, response,
        &(PageHead){.title = message(MSG_page_briefings, visit->language), .nav = NAV_BRIEFINGS});
    Html *h = &page.html;
    ui_head(&page, T(h, MSG_page_briefings), T(h, MSG_page_briefings_note));
    if (view.n_rows == 0) {
        ui_empty(&page, T(h, MSG_page_no_briefings), T(h, MSG_page_no_briefings_hint));
    } else {
        HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, MSG_page_briefings),
             "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_number),
             "</th><th scope=\"col\">", T(h, MSG_page_title), "</th><th scope=\"col\">",
             T(h, MSG_page_status), "</th><th scope=\"col\">", T(h, MSG_page_created),
             "</th></tr></thead><tbody>\n");
        for (size_t i = 0; i < view.n_rows; i++)
            write_briefing_row(&page, &view.rows[i]);
        HTML(h, "</tbody></table>\n");
        ui_pager(&page, &view);
    }
    if (drafts)
        write_templates(&page);
    return page_close(&page);
}
