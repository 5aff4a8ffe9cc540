/* SPDX-License-Identifier: Apache-2.0 */
/* /briefings: templates, drafts and what was published; one of them as it will be printed. */
#include "page/pages.h"

#include "page/briefing_paper.h"
#include "view/briefing_view.h"

bool briefing_fill_change(Visit *visit, const RecordView *view, Change *change, Err *err)
{
    Record record;
    return record_get(visit->arena, visit->db, view->row.id, &record, err) &&
           briefing_publish(visit, &record, change, err);
}

/* ---- the margin ---- */

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

static void write_move(Page *page, const BriefingView *briefing, MoveView move, bool first)
{
    const RecordView *view = &briefing->view;
    bool publishes = move.move->publishes;
    if (publishes && (briefing->edition || !briefing->draft.can_publish) && move.blocked.n == 0)
        move.blocked =
            T(&page->html, briefing->edition ? MSG_page_publish_draft : MSG_page_cannot_publish);
    ui_move(page, &move,
            &(MoveForm){.action = STR(page->arena, "/records/briefing/", view->row.number,
                                      "/moves/", move.name),
                        .number = view->row.number,
                        .version = view->version,
                        .is_first = first && move.move->primary,
                        .is_open = first && publishes});
}

/* The text has a page of its own to be edited on. */
static void write_moves(Page *page, const BriefingView *briefing)
{
    Html *h = &page->html;
    const RecordView *view = &briefing->view;
    if (view->n_moves == 0)
        return;
    HTML(h, "<section class=\"rail-moves\"><h2 class=\"sr\">", T(h, MSG_page_next_moves), "</h2>");
    for (size_t i = 0; i < view->n_moves; i++)
        if (view->moves[i].move->edits && view->moves[i].blocked.n == 0)
            HTML(h, "<p><a class=\"button button-plain\" href=\"/briefings/", view->row.number,
                 "/edit\">", T(h, MSG_page_write_on), "</a></p>");
    HTML(h, "<div class=\"moves\">");
    for (size_t i = 0; i < view->n_moves; i++)
        if (!view->moves[i].move->edits)
            write_move(page, briefing, view->moves[i], i == 0);
    HTML(h, "</div></section>\n");
}

static void write_download(Page *page, Str number, Str query, Str file, Str word)
{
    HTML(&page->html, "<a class=\"button button-plain button-small\" href=\"/briefings/", number,
         "/", file, query, "\"><span class=\"icon icon-download\" aria-hidden=\"true\"></span>",
         word, "</a>");
}

static void write_margin(Page *page, const BriefingView *briefing)
{
    Html *h = &page->html;
    Str number = briefing->view.row.number;
    Str query = briefing->edition ? STR(page->arena, "?edition=", briefing->edition) : S("");
    HTML(h, "<aside class=\"margin\" aria-label=\"", T(h, MSG_page_checks), "\">\n");
    if (briefing->edition) {
        HTML(h, "<section><h2>", T(h, MSG_page_since), "</h2>");
        write_changes(page, &briefing->shown, &briefing->changes);
        HTML(h, "<p class=\"meta\">",
             T(h, MSG_page_frozen_on,
               date_short(page->arena, briefing->shown.frozen_on, 0, page->language),
               ui_digits(page, briefing->shown.tree_size)),
             "</p></section>\n");
    } else {
        briefing_checks(page, &briefing->draft);
    }
    write_moves(page, briefing);
    HTML(h, "<p class=\"actions\">");
    write_download(page, number, query, S("markdown"), S("Markdown"));
    write_download(page, number, query, S("csv"), T(h, MSG_page_sheet));
    if (visit_is_staff(page->visit))
        HTML(h, "<a class=\"button button-plain button-small\" href=\"/records/briefing/", number,
             "?page=record\">", T(h, MSG_page_history), "</a>");
    HTML(h, "</p>");
    ui_documents(page, STR(page->arena, "/briefings/", number), query, true);
    HTML(h, "</aside>\n");
}

/* ---- corrections ---- */

static Str edition_number(Page *page, const BriefingFigures *figures, int place)
{
    if (place < 0)
        return T(&page->html, MSG_page_not_there);
    const BriefingFigure *figure = &figures->p[place];
    return STR(page->arena, figure->number, " ", label_text(figure->unit, page->language), " · ",
               figure_period_text(page->arena, figure->from, figure->to, page->language));
}

static void write_correction(Page *page, const BriefingEdition *before,
                             const BriefingEdition *after, const BriefingCorrection *correction)
{
    Html *h = &page->html;
    const BriefingFigure *figure = correction->after >= 0 ? &after->figures.p[correction->after]
                                                          : &before->figures.p[correction->before];
    const Org *org = org_find(&page->visit->office->orgs, figure->org);
    HTML(h, "<tr><th scope=\"row\">", label_text(figure->label, page->language));
    if (org)
        HTML(h, " · ", label_text(org->title, page->language));
    HTML(h, "</th><td>", edition_number(page, &before->figures, correction->before), "</td><td>",
         edition_number(page, &after->figures, correction->after), "</td></tr>");
}

/* Both values of every figure that the two editions do not say alike. */
static void write_corrections(Page *page, const BriefingView *briefing)
{
    Html *h = &page->html;
    bool newest = briefing->edition == briefing->newest;
    const BriefingEdition *before = newest ? &briefing->other : &briefing->shown;
    const BriefingEdition *after = newest ? &briefing->shown : &briefing->other;
    if (briefing->corrections.n == 0) {
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_figures_same), "</p>");
        return;
    }
    HTML(h, "<table class=\"list list-still list-wide\"><caption class=\"sr\">",
         T(h, MSG_page_corrected_figures), "</caption><thead><tr><th scope=\"col\">",
         T(h, MSG_page_figure), "</th><th scope=\"col\">", T(h, MSG_page_edition_before),
         "</th><th scope=\"col\">", T(h, MSG_page_edition_after), "</th></tr></thead><tbody>");
    for (size_t i = 0; i < briefing->corrections.n; i++)
        write_correction(page, before, after, &briefing->corrections.p[i]);
    HTML(h, "</tbody></table>\n");
}

/* That it was corrected, why, and the way to the other edition. */
static void write_editions(Page *page, const BriefingView *briefing)
{
    Html *h = &page->html;
    bool newest = briefing->edition == briefing->newest;
    const BriefingEdition *after = newest ? &briefing->shown : &briefing->other;
    int64_t other = newest ? briefing->edition - 1 : briefing->newest;
    if (!briefing->edition || !briefing->has_other)
        return;
    Str day = date_words(page->arena, after->frozen_on, 0, page->language);
    HTML(h, "<section class=\"section\">");
    ui_notice(page, newest ? NOTICE_PLAIN : NOTICE_NEAR,
              STR(page->arena,
                  newest ? T(h, MSG_page_edition_is, ui_digits(page, briefing->edition), day)
                         : T(h, MSG_page_edition_was, ui_digits(page, briefing->edition), day),
                  "\n", T(h, MSG_page_correction_reason, after->reason)));
    write_corrections(page, briefing);
    HTML(h, "<p class=\"to-edition\"><a href=\"/briefings/", briefing->view.row.number,
         "?edition=", other, "\">",
         T(h, newest ? MSG_page_edition_older : MSG_page_edition_newest, ui_digits(page, other)),
         "</a></p></section>\n");
}

/* To whoever drafts: the edition that everyone sees meanwhile. */
static void write_draft_notice(Page *page, const BriefingView *briefing)
{
    Html *h = &page->html;
    Str number = briefing->view.row.number;
    bool open = values_int(&briefing->record.values, S("open")) != 0;
    if (!briefing->edition && !briefing->has_text)
        ui_notice(page, NOTICE_WRONG,
                  T(h, MSG_view_no_template, values_text(&briefing->record.values, S("template"))));
    if (!briefing->may_draft || !open || !briefing->newest)
        return;
    if (!briefing->edition)
        ui_notice(page, NOTICE_NEAR,
                  T(h, MSG_page_correcting, ui_digits(page, briefing->newest + 1),
                    briefing->query.reason));
    HTML(h, "<p class=\"to-edition\"><a href=\"/briefings/", number);
    if (briefing->edition)
        HTML(h, "\">", T(h, MSG_page_to_draft));
    else
        HTML(h, "?edition=", briefing->newest, "\">",
             T(h, MSG_page_edition_newest, ui_digits(page, briefing->newest)));
    HTML(h, "</a></p>\n");
}

HttpOutcome page_briefing(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    BriefingView briefing;
    Err err = {0};
    Page page;
    if (!briefing_view(visit, http_param(request, S("number")), &briefing, &err))
        return http_fail(request, response, &err);
    const RecordRow *row = &briefing.view.row;
    Str title = briefing.edition && !briefing.shown.template_name.n
                    ? label_text(briefing.shown.label, visit->language)
                    : row->title;
    page_open(&page, request, response, &(PageHead){.title = title, .nav = NAV_BRIEFINGS});
    Html *h = &page.html;
    ui_crumbs(&page, (Crumb[]){{T(h, MSG_page_briefings), S("/briefings")}, {row->number, {0}}}, 2);
    HTML(h, "<p class=\"record-line\"><span class=\"tag\">", row->status_label, "</span><span>",
         title, "</span></p>\n");
    if (http_query(request, S("done")).n > 0)
        ui_notice(&page, NOTICE_DONE, T(h, MSG_page_done_plain));
    write_draft_notice(&page, &briefing);
    write_editions(&page, &briefing);
    HTML(h, "<div class=\"briefing\">\n");
    if (briefing.edition)
        briefing_paper(&page, &briefing.shown.text[page.language], &briefing.shown.figures,
                       row->number);
    else
        briefing_paper(&page, &briefing.draft.text, &briefing.draft.figures, row->number);
    write_margin(&page, &briefing);
    HTML(h, "</div>\n");
    return page_close(&page);
}

/* ---- as files ---- */

static const BriefingText *text_of(const BriefingView *briefing, Language language)
{
    return briefing->edition ? &briefing->shown.text[language] : &briefing->draft.text;
}

HttpOutcome page_briefing_markdown(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    BriefingView briefing;
    Err err = {0};
    if (!briefing_view(visit, http_param(request, S("number")), &briefing, &err))
        return http_fail(request, response, &err);
    response->content_type = S("text/markdown; charset=utf-8");
    http_attachment(response, STR(request->arena, briefing.view.row.number, ".md"));
    buf_add(&response->body,
            briefing_markdown(request->arena, text_of(&briefing, visit->language)));
    return HTTP_DONE;
}

HttpOutcome page_briefing_csv(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    BriefingView briefing;
    Err err = {0};
    if (!briefing_view(visit, http_param(request, S("number")), &briefing, &err))
        return http_fail(request, response, &err);
    response->content_type = S("text/csv; charset=utf-8");
    http_attachment(response, STR(request->arena, briefing.view.row.number, ".csv"));
    briefing_csv(&response->body, visit->office, text_of(&briefing, visit->language),
                 briefing.edition ? &briefing.shown.figures : &briefing.draft.figures,
                 visit->language);
    return HTTP_DONE;
}

/* ---- the list, and a new draft from a template ---- */

static bool may_draft(Visit *visit, const Kind *kind)
{
    MoveView move;
    return kind && new_view(visit, kind, (Str){0}, &move, NULL);
}

static void write_templates(Page *page)
{
    Html *h = &page->html;
    const Profile *profile = page->visit->office->profile;
    ui_section(page, T(h, MSG_page_write_new));
    HTML(h, "<ul class=\"answers\">");
    for (size_t i = 0; i < profile->n_briefings; i++)
        HTML(h, "<li><a href=\"/briefings/new?template=", profile->briefings[i].name, "\">",
             label_text(profile->briefings[i].label, page->language), "</a><span class=\"meta\">",
             T(h, MSG_page_template), "</span></li>");
    HTML(h, "<li><a href=\"/briefings/new\">", T(h, MSG_page_write_blank),
         "</a></li></ul></section>\n");
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
