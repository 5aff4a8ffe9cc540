/* SPDX-License-Identifier: Apache-2.0 */
/* /figures and /figures/{figure}: a number, what it means, and the records that are it. */
#include "page/pages.h"
#include "view/assessment_view.h"
#include "view/supervision_view.h"

/* ---- scope and period, in the address ---- */

static const Org *asked_org(const Page *page)
{
    const OrgTree *tree = &page->visit->office->orgs;
    const Org *org = org_by_code(tree, http_query(page->request, S("org")));
    return org ? org : org_find(tree, tree->root);
}

/* The city and what stands directly below it: what a yearly report asks for. */
static void write_org_select(Page *page)
{
    const OrgTree *tree = &page->visit->office->orgs;
    const Org *root = org_find(tree, tree->root);
    const Org *asked = asked_org(page);
    size_t count = 0;
    if (!root)
        return;
    OptionView *options = NEW_ARRAY(page->arena, OptionView, root->children.n + 2);
    options[count++] =
        (OptionView){.label = label_text(root->title, page->language), .selected = asked == root};
    for (size_t i = 0; i < root->children.n; i++) {
        const Org *child = org_find(tree, root->children.p[i]);
        options[count++] = (OptionView){
            child->code, label_text(child->title, page->language), {0}, {0}, asked == child};
    }
    if (asked && asked != root && asked->parent != root->id)
        options[count++] =
            (OptionView){asked->code, label_text(asked->title, page->language), {0}, {0}, true};
    ui_select(page, S("org"), T(&page->html, MSG_page_scope), options, count);
}

static void write_query_form(Page *page)
{
    Html *h = &page->html;
    HTML(h, "<details class=\"menu\"><summary class=\"chip\">", T(h, MSG_page_scope_period),
         "<span class=\"icon icon-down\" aria-hidden=\"true\"></span></summary>"
         "<div class=\"menu-body panel-pad\"><form class=\"form\" action=\"",
         page->request->path, "\">");
    write_org_select(page);
    ui_input(page, &(PlainInput){.name = S("from"),
                                 .label = T(h, MSG_page_from),
                                 .type = S("date"),
                                 .value = http_query(page->request, S("from"))});
    ui_input(page, &(PlainInput){.name = S("to"),
                                 .label = T(h, MSG_page_to),
                                 .type = S("date"),
                                 .value = http_query(page->request, S("to"))});
    HTML(h, "<button class=\"button\">", T(h, MSG_page_apply), "</button></form></div></details>");
}

static bool is_scoped(const HttpRequest *request)
{
    return http_query(request, S("org")).n > 0 || http_query(request, S("from")).n > 0 ||
           http_query(request, S("to")).n > 0;
}

void figure_chips(Page *page, Str label, Str period)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"chips\" role=\"group\" aria-label=\"", T(h, MSG_page_scope_period),
         "\">");
    if (is_scoped(page->request))
        HTML(h, "<span class=\"chip chip-on\">", label, " ", period, "</span>");
    write_query_form(page);
    if (is_scoped(page->request))
        HTML(h, "<a class=\"chips-clear\" href=\"", page->request->path, "\">",
             T(h, MSG_page_clear), "</a>");
    HTML(h, "</div>\n");
}

static bool has_coverage(const Page *page)
{
    const Profile *profile = page->visit->office->profile;
    for (size_t i = 0; i < profile->n_figures; i++)
        if (profile->figures[i].of->type == INDICATOR_COVERAGE)
            return true;
    return false;
}

void figure_tabs(Page *page, PageNav nav, Str here)
{
    Html *h = &page->html;
    bool plan = page->visit->office->profile->plan_parts[PLAN_ROOT] != NULL;
    const struct {
        PageNav nav;
        bool is_there;
        MessageId label;
        Str href;
    } all[] = {
        {NAV_FIGURES, true, MSG_page_all_figures, S("/figures")},
        {NAV_FIGURES, has_coverage(page), MSG_page_coverage, S("/coverage")},
        {NAV_PLAN, plan, MSG_page_plan, S("/plan")},
        {NAV_PLAN, plan, MSG_page_targets, S("/targets")},
        {NAV_FIGURES, page_right(page->visit, RIGHT_BOARD), MSG_page_board, S("/board")},
        {NAV_FIGURES, supervision_is_seen(page->visit), MSG_page_supervision, S("/supervision")},
        {NAV_FIGURES, assessment_is_seen(page->visit), MSG_page_assessments, S("/assessments")},
    };
    Tab tabs[COUNT_OF(all)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (all[i].is_there && (page->is_public || all[i].nav == nav))
            tabs[count++] = (Tab){T(h, all[i].label), all[i].href, str_eq(all[i].href, here)};
    if (count > 1)
        ui_tabs(page, T(h, MSG_page_figures), tabs, count);
}

/* ---- all figures ---- */

static void write_figure_row(Page *page, const FigureRow *row)
{
    Html *h = &page->html;
    HTML(h, "<tr><td class=\"cell-title\"><a href=\"", row->href, "\">", row->label,
         "</a></td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_value), "\"><strong>",
         row->number, "</strong></td><td data-label=\"", T(h, MSG_page_unit), "\">", row->unit,
         "</td><td class=\"cell-amount cell-minor");
    if (indicator_has_whole(row->figure->of) && row->value.has_value)
        HTML(h, "\" data-label=\"", T(h, MSG_page_ratio_of), "\">", row->value.numerator, " / ",
             row->value.denominator);
    else
        HTML(h, " cell-none\">");
    HTML(h, "</td><td data-label=\"", T(h, MSG_page_period), "\">", row->period, "</td></tr>\n");
}

HttpOutcome page_figures(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    static const ExportChoice exports[] = {{S_CONST("xlsx"), MSG_page_export_xlsx},
                                           {S_CONST("csv"), MSG_page_export_figures}};
    FigureRow *rows = NULL;
    size_t count = 0;
    Err err = {0};
    Page page;
    if (!figures_view(visit, &rows, &count, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_figures, visit->language), .nav = NAV_FIGURES});
    Html *h = &page.html;
    const Org *org = asked_org(&page);
    figure_tabs(&page, NAV_FIGURES, S("/figures"));
    ui_head(&page, T(h, MSG_page_figures), T(h, MSG_page_figures_note));
    figure_chips(&page, org ? label_text(org->title, page.language) : (Str){0},
                 count > 0 ? rows[0].period : (Str){0});
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, MSG_page_figures),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_figure),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_value),
         "</th><th scope=\"col\">", T(h, MSG_page_unit),
         "</th><th scope=\"col\" class=\"cell-amount cell-minor\">", T(h, MSG_page_ratio_of),
         "</th><th scope=\"col\">", T(h, MSG_page_period), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++)
        write_figure_row(&page, &rows[i]);
    HTML(h, "</tbody></table>\n<div class=\"list-foot\"><div class=\"actions\">");
    ui_export(&page, S("/figures/export"), (Str){0}, exports, COUNT_OF(exports));
    HTML(h, "</div></div>\n");
    return page_close(&page);
}

/* ---- one figure ---- */

static void write_note(Page *page, MessageId label, Str text)
{
    Html *h = &page->html;
    if (text.n > 0)
        HTML(h, "<dt>", T(h, label), "</dt><dd>", text, "</dd>");
}

/* Figures are links, side by side. */
static void write_figures(Page *page, MessageId label, const Figure *const *figures, size_t count)
{
    Html *h = &page->html;
    if (count == 0)
        return;
    HTML(h, "<dt>", T(h, label), "</dt><dd>");
    for (size_t i = 0; i < count; i++)
        HTML(h, i ? ui_comma(h) : S(""), "<a href=\"/figures/", figures[i]->name, "\">",
             label_text(figures[i]->label, page->language), "</a>");
    HTML(h, "</dd>");
}

static void write_big(Page *page, const FigureView *view)
{
    Html *h = &page->html;
    const FigureRow *row = &view->row;
    HTML(h, "<div class=\"panel panel-pad figure-head\"><div><p class=\"figure-value\">",
         row->number, "<small>", row->unit, "</small></p><dl class=\"figure-notes\">");
    write_note(page, MSG_page_period, row->period);
    write_note(page, MSG_page_as_of, date_short(page->arena, row->to, 0, page->language));
    write_note(page, MSG_page_scope, view->org_label);
    write_note(page, MSG_page_definition, row->define);
    if (indicator_has_whole(row->figure->of) && row->value.has_value)
        write_note(page, MSG_page_ratio_of,
                   STR(page->arena, row->value.numerator, " / ", row->value.denominator));
    write_figures(page, MSG_page_subset_of, &row->figure->subset_of,
                  row->figure->subset_of != NULL);
    write_figures(page, MSG_page_overlaps, row->overlaps, row->n_overlaps);
    HTML(h, "</dl></div>");
    ui_months(page, view);
    HTML(h, "</div>\n");
}

static void write_split(Page *page, const FigureView *view)
{
    Html *h = &page->html;
    if (view->n_parts == 0)
        return;
    ui_section(page, T(h, MSG_page_split));
    HTML(h, "<div class=\"panel panel-pad\">");
    ui_bars(page, view->parts, view->n_parts, view->row.unit);
    if (!view->parts_add_up)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_split_ratio), "</p>");
    HTML(h, "</div></section>\n");
}

static void write_excluded(Page *page, const FigureView *view)
{
    Html *h = &page->html;
    if (view->n_excluded == 0)
        return;
    ui_section(page, T(h, MSG_page_left_out));
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, MSG_page_left_out),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_figure),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_value),
         "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < view->n_excluded; i++) {
        const FigureRow *row = &view->excluded[i];
        HTML(h, "<tr><td class=\"cell-title\"><a href=\"", row->href, "\">", row->label,
             "</a><br><span class=\"meta\">", row->define,
             "</span></td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_value),
             "\"><strong>", row->text, "</strong></td></tr>\n");
    }
    HTML(h, "</tbody></table></section>\n");
}

/* Records that count because two persons said so: with their reason. */
static void write_decisions(Page *page, const FigureView *view)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list list-words\"><caption class=\"sr\">", T(h, MSG_page_behind),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_number),
         "</th><th scope=\"col\">", T(h, MSG_page_title), "</th><th scope=\"col\">",
         T(h, MSG_page_reason), "</th><th scope=\"col\">", T(h, MSG_page_extension_asked),
         "</th><th scope=\"col\">", T(h, MSG_page_decided_by), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < view->records.n_rows; i++) {
        const RecordRow *row = &view->records.rows[i];
        const DecisionView *decision = &view->decisions[i];
        HTML(h, "<tr><td class=\"cell-number number\">", row->number,
             "</td><td class=\"cell-title\"><a href=\"", row->href, "\">", row->title,
             "</a></td><td class=\"cell-text\" data-label=\"", T(h, MSG_page_reason), "\">");
        html_lines(h, decision->reason);
        HTML(h, "</td><td data-label=\"", T(h, MSG_page_extension_asked), "\">", decision->asked_by,
             "</td><td data-label=\"", T(h, MSG_page_decided_by), "\">", decision->decided_by,
             "</td></tr>\n");
    }
    HTML(h, "</tbody></table>\n");
    ui_pager(page, &view->records);
}

static void write_records(Page *page, const FigureView *view)
{
    Html *h = &page->html;
    HTML(h, "<section class=\"section\"><div class=\"section-head\"><h2>", T(h, MSG_page_behind),
         "</h2>");
    if (view->records.count.n > 0)
        HTML(h, "<span class=\"meta\">", T(h, MSG_page_count, view->records.count), "</span>");
    if (view->sum.n > 0)
        HTML(h, "<span class=\"meta\">", T(h, MSG_page_sum, view->sum), "</span>");
    HTML(h, "</div>");
    if (view->hidden == HIDDEN_UNKNOWN)
        ui_notice(
            page, NOTICE_PLAIN,
            T(h, visit_is_staff(page->visit) ? MSG_page_hidden_some : MSG_page_hidden_some_public));
    else if (view->hidden > 0)
        ui_notice(
            page, NOTICE_PLAIN,
            message_fill(page->arena,
                         visit_is_staff(page->visit) ? MSG_page_hidden : MSG_page_hidden_public,
                         page->visit->language, (Str[]){ui_digits(page, view->hidden)}, 1));
    if (view->decisions)
        write_decisions(page, view);
    else if (view->records.n_rows > 0 || view->hidden == 0)
        ui_list(page, &view->records, T(h, MSG_page_behind));
    HTML(h, "</section>\n");
}

HttpOutcome page_figure(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    FigureView view;
    Err err = {0};
    Page page;
    if (!figure_view(visit, http_param(request, S("figure")), &view, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response, &(PageHead){.title = view.row.label, .nav = NAV_FIGURES});
    Html *h = &page.html;
    ui_crumbs(&page, (Crumb[]){{T(h, MSG_page_figures), S("/figures")}, {view.row.label, {0}}}, 2);
    ui_head(&page, view.row.label, view.org_label);
    figure_chips(&page, view.org_label, view.row.period);
    write_big(&page, &view);
    write_split(&page, &view);
    write_excluded(&page, &view);
    if (view.openings.n_rows > 0) {
        ui_section(&page, view.openings.title);
        ui_list(&page, &view.openings, view.openings.title);
        HTML(h, "</section>\n");
    }
    write_records(&page, &view);
    return page_close(&page);
}
