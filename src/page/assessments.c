/* SPDX-License-Identifier: Apache-2.0 */
/* /assessments and /assessments/{name}: the rule in words, the counts beside each mark, and what
 * other weights would change. */
#include "page/pages.h"
#include "view/assessment_view.h"

/* ---- all of them ---- */

static void write_rounds(Page *page, const AssessmentHead *head)
{
    Html *h = &page->html;
    if (head->n_rounds == 0) {
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_no_rounds), "</p>");
        return;
    }
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, MSG_page_rounds),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_round), "</th><th scope=\"col\">",
         T(h, MSG_page_period), "</th><th scope=\"col\">", T(h, MSG_page_status),
         "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < head->n_rounds; i++) {
        const RoundView *round = &head->rounds[i];
        HTML(h, "<tr><td class=\"cell-title\"><a href=\"", head->href, "?round=", round->number,
             "\">", round->title, "</a></td><td data-label=\"", T(h, MSG_page_period), "\">",
             figure_period_text(page->arena, round->from, round->to, page->language),
             "</td><td data-label=\"", T(h, MSG_page_status), "\">");
        if (round->href.n > 0)
            HTML(h, "<a href=\"", round->href, "\">", round->status_label, "</a></td></tr>\n");
        else
            HTML(h, round->status_label, "</td></tr>\n");
    }
    HTML(h, "</tbody></table>\n");
}

HttpOutcome page_assessments(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    AssessmentHead *heads = NULL;
    size_t count = 0;
    Err err = {0};
    Page page;
    if (!assessments_view(visit, &heads, &count, &err))
        return http_fail(request, response, &err);
    page_open(
        &page, request, response,
        &(PageHead){.title = message(MSG_page_assessments, visit->language), .nav = NAV_FIGURES});
    Html *h = &page.html;
    figure_tabs(&page, NAV_FIGURES, S("/assessments"));
    ui_head(&page, T(h, MSG_page_assessments), T(h, MSG_page_assessments_note));
    if (count == 0)
        ui_empty(&page, T(h, MSG_page_assessments_none), T(h, MSG_page_assessments_none_hint));
    for (size_t i = 0; i < count; i++) {
        HTML(h, "<section class=\"section\"><h2><a href=\"", heads[i].href, "\">", heads[i].label,
             "</a></h2><p class=\"section-note\">", heads[i].define, "</p>");
        write_rounds(&page, &heads[i]);
        HTML(h, "</section>\n");
    }
    return page_close(&page);
}

/* ---- the rule ---- */

static void write_rule(Page *page, const AssessmentView *view)
{
    Html *h = &page->html;
    ui_section(page, T(h, MSG_page_rule));
    HTML(h, "<div class=\"panel panel-pad\"><dl class=\"figure-notes\">");
    for (size_t i = 0; i < view->rule.n_items; i++) {
        const ItemRuleView *item = &view->items[i];
        HTML(h, "<dt><a href=\"", item->figure_href, "\">", item->label, "</a></dt><dd>",
             item->rule, "<br><span class=\"meta\">", item->define, "</span></dd>");
    }
    HTML(h, "<dt>", T(h, MSG_page_total), "</dt><dd>", view->sum_rule, "<br>", view->volume_rule,
         "</dd>");
    for (size_t i = 0; i < view->rule.n_excluded; i++)
        HTML(h, "<dt>", T(h, MSG_page_left_out), "</dt><dd>", view->excluded[i],
             "<br><span class=\"meta\">",
             label_text(view->rule.excluded[i]->of->define, page->language), "</span></dd>");
    HTML(h, "</dl></div></section>\n");
}

static void write_notices(Page *page, const AssessmentView *view)
{
    Html *h = &page->html;
    if (view->wrong.n > 0)
        ui_notice(page, NOTICE_WRONG, T(h, MSG_page_what_if_wrong, view->wrong));
    if (view->is_what_if)
        ui_notice(page, NOTICE_NEAR, T(h, MSG_page_what_if_is));
    else if (!view->round || view->round->rule.n == 0)
        ui_notice(page, NOTICE_PLAIN, T(h, MSG_page_round_trial));
    else if (!view->is_same_rule)
        ui_notice(page, NOTICE_WRONG, T(h, MSG_page_rule_differs));
    else
        ui_notice(page, NOTICE_PLAIN,
                  T(h, MSG_page_round_adopted, view->round->title, view->round->status_label,
                    str_slice(view->round->rule, 0, 12)));
}

/* ---- marks ---- */

static void write_value(Page *page, const ItemScoreView *item, Str label)
{
    Html *h = &page->html;
    HTML(h, "<td class=\"cell-amount\" data-label=\"", label, "\">");
    if (item->marks.n > 0)
        HTML(h, "<strong>", item->marks, "</strong><br>");
    HTML(h, "<a class=\"meta\" href=\"", item->href, "\">", item->text, "</a></td>");
}

static void write_unit(Page *page, const AssessmentView *view, const UnitScoreView *unit)
{
    Html *h = &page->html;
    HTML(h, "<tr>");
    if (view->ranked) {
        HTML(h, "<td class=\"cell-amount\" data-label=\"", T(h, MSG_page_rank), "\">");
        if (unit->score->place)
            HTML(h, unit->score->place, "</td>");
        else
            HTML(h, "—</td>");
    }
    HTML(h, "<td class=\"cell-title\">", unit->unit, "</td><td class=\"cell-amount\" data-label=\"",
         T(h, MSG_page_marks), "\">");
    if (unit->marks.n > 0)
        HTML(h, "<strong>", unit->marks, "</strong></td>");
    else
        HTML(h, T(h, MSG_page_not_scored), "</td>");
    for (size_t i = 0; i < view->rule.n_items; i++)
        write_value(page, &unit->items[i], view->items[i].label);
    HTML(h, "<td class=\"cell-amount\" data-label=\"", view->volume_label, "\"><a href=\"",
         unit->volume_href, "\">", unit->volume, "</a></td>");
    for (size_t i = 0; i < view->rule.n_excluded; i++)
        write_value(page, &unit->excluded[i], view->excluded[i]);
    HTML(h, "</tr>\n");
}

static void write_marks(Page *page, const AssessmentView *view)
{
    Html *h = &page->html;
    ui_section(page, T(h, view->is_what_if ? MSG_page_marks_if : MSG_page_marks));
    HTML(h, "<table class=\"list board\"><caption class=\"sr\">", T(h, MSG_page_marks),
         "</caption><thead><tr>");
    if (view->ranked)
        HTML(h, "<th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_rank), "</th>");
    HTML(h, "<th scope=\"col\">", T(h, MSG_page_unit_assessed),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_marks), "</th>");
    for (size_t i = 0; i < view->rule.n_items; i++)
        HTML(h, "<th scope=\"col\" class=\"cell-amount\">", view->items[i].label, "</th>");
    HTML(h, "<th scope=\"col\" class=\"cell-amount\">", view->volume_label, "</th>");
    for (size_t i = 0; i < view->rule.n_excluded; i++)
        HTML(h, "<th scope=\"col\" class=\"cell-amount\">", view->excluded[i], "</th>");
    HTML(h, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < view->n_units; i++)
        write_unit(page, view, &view->units[i]);
    HTML(h, "</tbody></table></section>\n");
}

/* ---- what if ---- */

static void write_number(Page *page, Str name, Str label, Str value)
{
    ui_input(page, &(PlainInput){.name = name, .label = label, .value = value, .is_short = true});
}

static void write_what_if(Page *page, const AssessmentView *view)
{
    Html *h = &page->html;
    HTML(h, "<details class=\"section\"");
    if (view->is_what_if)
        HTML(h, " open");
    HTML(h, "><summary class=\"chip\">", T(h, MSG_page_what_if),
         "</summary><form class=\"form panel panel-pad\" action=\"", view->head.href,
         "\"><p class=\"meta\">", T(h, MSG_page_what_if_note), "</p>");
    if (view->round)
        HTML(h, "<input type=\"hidden\" name=\"round\" value=\"", view->round->number, "\">");
    for (size_t i = 0; i < view->rule.n_items; i++) {
        const ItemRuleView *item = &view->items[i];
        HTML(h, "<fieldset><legend>", item->label, "</legend>");
        write_number(page, STR(page->arena, "weight.", item->name), T(h, MSG_page_weight),
                     ui_digits(page, item->item->weight));
        write_number(page, STR(page->arena, "full.", item->name),
                     T(h, MSG_page_full_at, item->unit), item->full);
        write_number(page, STR(page->arena, "zero.", item->name),
                     T(h, MSG_page_zero_at, item->unit), item->zero);
        HTML(h, "</fieldset>");
    }
    write_number(page, S("at_least"), T(h, MSG_page_at_least, view->volume_label),
                 ui_digits(page, view->rule.volume_min));
    HTML(h, "<div class=\"actions\"><button class=\"button\">", T(h, MSG_page_what_if_try),
         "</button>");
    if (view->is_what_if)
        HTML(h, "<a class=\"button button-plain\" href=\"", view->head.href, "\">",
             T(h, MSG_page_what_if_back), "</a>");
    HTML(h, "</div></form></details>\n");
}

HttpOutcome page_assessment(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    AssessmentView view;
    Err err = {0};
    Page page;
    if (!assessment_view(visit, http_param(request, S("assessment")), &view, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response, &(PageHead){.title = view.head.label, .nav = NAV_FIGURES});
    Html *h = &page.html;
    ui_crumbs(&page,
              (Crumb[]){{T(h, MSG_page_assessments), S("/assessments")}, {view.head.label, {0}}},
              2);
    ui_head(&page, view.head.label,
            T(h, MSG_page_as_of_day, date_words(page.arena, view.until, 0, page.language)));
    HTML(h, "<p class=\"section-note\">", view.head.define, "</p>");
    write_notices(&page, &view);
    if (view.n_units == 0)
        ui_empty(&page, T(h, MSG_page_assessment_empty), T(h, MSG_page_assessment_empty_hint));
    else
        write_marks(&page, &view);
    write_rule(&page, &view);
    write_what_if(&page, &view);
    if (view.head.n_rounds > 0) {
        ui_section(&page, T(h, MSG_page_rounds));
        write_rounds(&page, &view.head);
        HTML(h, "</section>\n");
    }
    return page_close(&page);
}
