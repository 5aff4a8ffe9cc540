/* SPDX-License-Identifier: Apache-2.0 */
/* /board: the figures a leader looks at, and where matters are late. */
#include "page/pages.h"

#include "page/ui_target.h"
#include "report/board.h"

/* ---- figures ---- */

static Str figure_href(Page *page, const BoardFigure *figure)
{
    Url url = url_open(page->arena, S("/figures"));
    url_segment(&url, figure->figure->name);
    return url_text(&url);
}

/* Twelve small bars, the last one being this month; the number beside them is the twin. */
static void write_bars(Page *page, const BoardFigure *figure)
{
    Html *h = &page->html;
    int64_t most = 0;
    for (int i = 0; i < BOARD_MONTHS; i++)
        most = figure->months[i].value > most ? figure->months[i].value : most;
    HTML(h, "<svg class=\"bullet\" viewBox=\"0 0 96 20\" preserveAspectRatio=\"none\" "
            "aria-hidden=\"true\">");
    for (int i = 0; i < BOARD_MONTHS; i++) {
        int64_t value = figure->months[i].value;
        int64_t height = most > 0 && value > 0 ? 1 + value * 19 / most : 1;
        int left = i * 8;
        HTML(h, "<rect class=\"bullet-value\" x=\"", left, "\" y=\"", 20 - height,
             "\" width=\"6\" height=\"", height, "\"/>");
    }
    HTML(h, "</svg>");
}

static void write_figure(Page *page, const BoardFigure *figure)
{
    Html *h = &page->html;
    const FigureValue *now = &figure->months[BOARD_MONTHS - 1];
    Str month = figure_with_unit(page->arena, figure->figure, now, page->language);
    HTML(h, "<tr><td class=\"cell-title\"><a href=\"", figure_href(page, figure), "\">",
         label_text(figure->figure->label, page->language),
         "</a></td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_value), "\"><strong>",
         figure_text(page->arena, figure->figure, &figure->value, page->language),
         "</strong></td><td class=\"cell-amount cell-minor");
    if (month.n == 0)
        HTML(h, " cell-none");
    HTML(h, "\" data-label=\"", T(h, MSG_page_this_month), "\">", month.n > 0 ? month : S("—"),
         "</td><td class=\"cell-bullet\">");
    write_bars(page, figure);
    HTML(h, "</td></tr>\n");
}

static void write_figures(Page *page, const BoardFigures *figures)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list board\"><caption class=\"sr\">", T(h, MSG_page_figures),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_figure),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_value),
         "</th><th scope=\"col\" class=\"cell-amount cell-minor\">", T(h, MSG_page_this_month),
         "</th><th scope=\"col\">", T(h, MSG_page_months_caption), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < figures->n; i++)
        write_figure(page, &figures->p[i]);
    HTML(h, "</tbody></table>\n");
}

/* ---- lights ---- */

typedef struct LightSum {
    int64_t red, yellow, green, paused, closed;
} LightSum;

static LightSum sum_lights(const BoardLights *lights)
{
    LightSum sum = {0};
    for (size_t i = 0; i < lights->n; i++) {
        sum.red += lights->p[i].red;
        sum.yellow += lights->p[i].yellow;
        sum.green += lights->p[i].green;
        sum.paused += lights->p[i].paused;
        sum.closed += lights->p[i].closed;
    }
    return sum;
}

static void write_tile(Page *page, MessageId label, int64_t count, Str class)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"tile\"><span>", T(h, label), "</span><strong class=\"", class, "\">",
         count, "<small>", T(h, MSG_page_pieces), "</small></strong></div>");
}

static void write_median(Page *page, const BoardLight *light)
{
    Html *h = &page->html;
    Buf days = buf_open(page->arena);
    if (light->closed == 0) {
        HTML(h, "<td class=\"cell-amount cell-none\" data-label=\"", T(h, MSG_page_median),
             "\">—</td>");
        return;
    }
    decimal_write(&days, light->median_tenths, 1, true);
    HTML(h, "<td class=\"cell-amount\" data-label=\"", T(h, MSG_page_median), "\">", buf_str(&days),
         "</td>");
}

static void write_lead(Page *page, const BoardLight *light)
{
    Html *h = &page->html;
    const Org *org = org_find(&page->visit->office->orgs, light->lead);
    HTML(h, "<tr><td class=\"cell-title\">");
    if (org)
        HTML(h, "<a href=\"/supervision/", org->code, "\">", label_text(org->title, page->language),
             "</a></td>");
    else
        HTML(h, T(h, MSG_page_nobody_leads), "</td>");
    ui_count_cell(page, MSG_page_light_red, light->red, S("due-red"));
    ui_count_cell(page, MSG_page_light_yellow, light->yellow, S("due-yellow"));
    ui_count_cell(page, MSG_page_light_green, light->green, S("light-green"));
    ui_count_cell(page, MSG_page_light_paused, light->paused, S("meta"));
    ui_count_cell(page, MSG_page_closed_year, light->closed, S("number"));
    write_median(page, light);
    HTML(h, "</tr>\n");
}

static void write_lights(Page *page, const BoardLights *lights)
{
    Html *h = &page->html;
    static const MessageId columns[] = {MSG_page_light_red,   MSG_page_light_yellow,
                                        MSG_page_light_green, MSG_page_light_paused,
                                        MSG_page_closed_year, MSG_page_median};
    ui_unit_table(page, columns, COUNT_OF(columns));
    for (size_t i = 0; i < lights->n; i++)
        write_lead(page, &lights->p[i]);
    HTML(h, "</tbody></table>\n");
}

/* The latest first: whoever is late most stands on top. */
static int compare_lights(const void *a, const void *b)
{
    const BoardLight *one = a;
    const BoardLight *other = b;
    if (one->red != other->red)
        return one->red > other->red ? -1 : 1;
    if (one->yellow != other->yellow)
        return one->yellow > other->yellow ? -1 : 1;
    if (one->green != other->green)
        return one->green > other->green ? -1 : 1;
    return one->lead < other->lead ? -1 : one->lead > other->lead;
}

/* ---- promised against achieved ---- */

static void write_promised(Page *page, const PlanView *plans, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        TargetViews targets = plan_targets(page, &plans[i]);
        if (targets.n == 0)
            continue;
        HTML(&page->html, "<section class=\"section\"><div class=\"section-head\"><h2>",
             T(&page->html, MSG_page_promised), "</h2><span class=\"meta\">", plans[i].title,
             "</span></div>");
        ui_target_table(page, targets.p, targets.n, false);
        HTML(&page->html, "</section>\n");
    }
}

HttpOutcome page_board(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    BoardFigures figures = {0};
    BoardLights lights = {0};
    PlanView *plans = NULL;
    size_t n_plans = 0;
    Err err = {0};
    Page page;
    if (!plans_view(visit, &plans, &n_plans, &err) ||
        !board_figures(request->arena, visit->db, visit->office, 0, day_of(visit->now), &figures,
                       &err) ||
        !board_lights(request->arena, visit->db, visit->office, visit->now, &lights, &err))
        return http_fail(request, response, &err);
    if (lights.n > 0)
        qsort(lights.p, lights.n, sizeof(*lights.p), compare_lights);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_board, visit->language), .nav = NAV_FIGURES});
    Html *h = &page.html;
    LightSum sum = sum_lights(&lights);
    figure_tabs(&page, NAV_FIGURES, S("/board"));
    ui_head(&page, T(h, MSG_page_board),
            T(h, MSG_page_as_of_day, date_words(page.arena, page_today(&page), 0, page.language)));
    HTML(h, "<div class=\"tiles\">");
    write_tile(&page, MSG_page_light_red, sum.red, S("due-red"));
    write_tile(&page, MSG_page_light_yellow, sum.yellow, S("due-yellow"));
    write_tile(&page, MSG_page_light_green, sum.green, S("number"));
    write_tile(&page, MSG_page_light_paused, sum.paused, S("number"));
    write_tile(&page, MSG_page_closed_year, sum.closed, S("number"));
    HTML(h, "</div>\n");
    write_promised(&page, plans, n_plans);
    HTML(h, "<section class=\"section\"><div class=\"section-head\"><h2>", T(h, MSG_page_figures),
         "</h2><span class=\"meta\">",
         figures.n > 0
             ? figure_period_text(page.arena, figures.p[0].from, figures.p[0].to, page.language)
             : (Str){0},
         "</span></div>");
    write_figures(&page, &figures);
    HTML(h, "</section>\n");
    ui_section(&page, T(h, MSG_page_by_unit));
    write_lights(&page, &lights);
    HTML(h, "<p class=\"meta\">", T(h, MSG_page_median_note), "</p></section>\n");
    return page_close(&page);
}
