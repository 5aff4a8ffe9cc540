/* SPDX-License-Identifier: Apache-2.0 */
/* /coverage and /coverage/{figure}: how many of a set have what they should have, and which do
 * not. */
#include "page/pages.h"
#include "view/coverage_view.h"

/* ---- all of them ---- */

static void write_row(Page *page, const FigureRow *row)
{
    Html *h = &page->html;
    int64_t missing = row->value.denominator - row->value.numerator;
    HTML(h, "<tr><td class=\"cell-title\"><a href=\"", row->href, "\">", row->label,
         "</a></td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_coverage_have),
         "\"><strong>", row->value.numerator,
         "</strong></td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_coverage_of), "\">",
         row->value.denominator, " ", row->unit, "</td>");
    HTML(h, "<td class=\"cell-amount\" data-label=\"", T(h, MSG_page_coverage_missing), "\">",
         missing, "</td><td data-label=\"", T(h, MSG_page_period), "\">", row->period,
         "</td></tr>\n");
}

static void write_rows(Page *page, const FigureRow *rows, size_t count)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, MSG_page_coverage),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_figure),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_coverage_have),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_coverage_of),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_coverage_missing),
         "</th><th scope=\"col\">", T(h, MSG_page_period), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++)
        write_row(page, &rows[i]);
    HTML(h, "</tbody></table>\n");
}

HttpOutcome page_coverages(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    FigureRow *rows = NULL;
    size_t count = 0;
    Err err = {0};
    Page page;
    if (!coverages_view(visit, &rows, &count, &err))
        return http_fail(request, response, &err);
    page_open(
        &page, request, response,
        &(PageHead){.title = message(MSG_page_coverage, visit->language), .nav = NAV_FIGURES});
    Html *h = &page.html;
    figure_tabs(&page, NAV_FIGURES, S("/coverage"));
    ui_head(&page, T(h, MSG_page_coverage), T(h, MSG_page_coverage_note));
    if (count == 0) {
        ui_empty(&page, T(h, MSG_page_coverage_none), T(h, MSG_page_coverage_none_hint));
        return page_close(&page);
    }
    figure_chips(&page, (Str){0}, rows[0].period);
    write_rows(&page, rows, count);
    return page_close(&page);
}

/* ---- one ---- */

static void write_head(Page *page, const CoverageView *view)
{
    Html *h = &page->html;
    const FigureValue *value = &view->row.value;
    bool full = value->has_value && value->numerator == value->denominator;
    HTML(h, "<div class=\"panel panel-pad\"><p class=\"figure-value\">", value->numerator,
         "<small> / ", value->denominator, " ", view->row.unit, "</small></p><p>",
         full ? T(h, MSG_page_coverage_full)
              : T(h, MSG_page_coverage_short,
                  ui_digits(page, value->denominator - value->numerator)),
         "</p>");
    HTML(h, "<dl class=\"figure-notes\"><dt>", T(h, MSG_page_period), "</dt><dd>", view->row.period,
         "</dd><dt>", T(h, MSG_page_scope), "</dt><dd>", view->org_label, "</dd><dt>",
         T(h, MSG_page_definition), "</dt><dd>", view->row.define, "</dd></dl></div>\n");
}

static void write_group(Page *page, const CoverageGroup *group)
{
    Html *h = &page->html;
    HTML(h, "<tr><td class=\"cell-title\">");
    if (group->href.n > 0)
        HTML(h, "<a href=\"", group->href, "\">", group->label, "</a>");
    else
        HTML(h, group->label);
    HTML(h, "</td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_coverage_have),
         "\"><strong>", group->have, "</strong></td><td class=\"cell-amount\" data-label=\"",
         T(h, MSG_page_coverage_of), "\">", group->all,
         "</td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_coverage_missing), "\">",
         group->all - group->have, "</td></tr>\n");
}

static void write_split(Page *page, const CoverageView *view)
{
    Html *h = &page->html;
    ui_section(page, T(h, MSG_page_split));
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, MSG_page_split),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_scope),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_coverage_have),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_coverage_of),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_coverage_missing),
         "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < view->n_groups; i++)
        write_group(page, &view->groups[i]);
    HTML(h, "</tbody></table></section>\n");
}

static void write_member(Page *page, const MemberView *member)
{
    Html *h = &page->html;
    if (member->href.n > 0)
        HTML(h, "<li><a href=\"", member->href, "\">", member->label, "</a></li>");
    else
        HTML(h, "<li>", member->label, "</li>");
}

/* An organisation that is a member itself needs no heading of its own name. */
static void write_members(Page *page, const CoverageGroup *group, const MemberViews *members)
{
    Html *h = &page->html;
    bool itself = members->n == 1 && str_eq(members->p[0].code, group->code);
    if (members->n == 0)
        return;
    if (!itself)
        HTML(h, "<h3>", group->label, " <span class=\"meta\">",
             ui_digits(page, (int64_t)members->n), "</span></h3>");
    HTML(h, "<ul class=\"names\">");
    for (size_t i = 0; i < members->n; i++)
        write_member(page, &members->p[i]);
    HTML(h, "</ul>\n");
}

static void write_names(Page *page, const CoverageView *view, bool having)
{
    Html *h = &page->html;
    const FigureValue *value = &view->row.value;
    int64_t count = having ? value->numerator : value->denominator - value->numerator;
    Str title = having ? T(h, MSG_page_coverage_have) : T(h, MSG_page_coverage_missing);
    if (count == 0)
        return;
    ui_section(page, title);
    HTML(h, "<details class=\"panel panel-pad\"");
    if (!having)
        HTML(h, " open");
    HTML(h, "><summary>", title, " <span class=\"meta\">", ui_digits(page, count),
         "</span></summary>\n");
    for (size_t i = 0; i < view->n_groups; i++)
        write_members(page, &view->groups[i],
                      having ? &view->groups[i].having : &view->groups[i].missing);
    HTML(h, "</details></section>\n");
}

HttpOutcome page_coverage(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    CoverageView view;
    Err err = {0};
    Page page;
    if (!coverage_view(visit, http_param(request, S("coverage")), &view, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response, &(PageHead){.title = view.row.label, .nav = NAV_FIGURES});
    Html *h = &page.html;
    ui_crumbs(&page, (Crumb[]){{T(h, MSG_page_coverage), S("/coverage")}, {view.row.label, {0}}},
              2);
    ui_head(&page, view.row.label, view.org_label);
    figure_chips(&page, view.org_label, view.row.period);
    write_head(&page, &view);
    if (view.hidden > 0)
        ui_notice(&page, NOTICE_PLAIN,
                  T(h, MSG_page_coverage_hidden, ui_digits(&page, view.hidden)));
    write_names(&page, &view, false);
    write_split(&page, &view);
    write_names(&page, &view, true);
    return page_close(&page);
}
