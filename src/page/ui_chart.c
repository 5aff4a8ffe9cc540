/* SPDX-License-Identifier: Apache-2.0 */
#include "page/ui.h"

#include "base/number.h"

/* ---- split by organisation ---- */

static int compare_parts(const void *a, const void *b)
{
    const FigurePartView *one = a;
    const FigurePartView *other = b;
    bool unattributed = one->code.n == 0;
    if (unattributed != (other->code.n == 0))
        return unattributed ? 1 : -1;
    if (one->value != other->value)
        return one->value > other->value ? -1 : 1;
    return str_cmp(one->code, other->code);
}

void ui_bars(Page *page, const FigurePartView *parts, size_t count, Str unit)
{
    Html *h = &page->html;
    size_t none = 0;
    FigurePartView *sorted = arena_copy(page->arena, parts, count * sizeof(*parts));
    qsort(sorted, count, sizeof(*sorted), compare_parts);
    HTML(h, "<table class=\"split\"><caption class=\"sr\">", T(h, MSG_page_split_caption),
         "</caption>\n");
    for (size_t i = 0; i < count; i++) {
        const FigurePartView *part = &sorted[i];
        /* Not attributed is shown always, so that the rows add up before one's eyes. */
        if (part->value == 0 && part->code.n > 0) {
            none++;
            continue;
        }
        int64_t width = part->of > 0 && part->value > 0 ? part->value * 100 / part->of : 0;
        if (part->code.n == 0)
            HTML(h, "<tr class=\"split-none\"><th scope=\"row\">");
        else
            HTML(h, "<tr><th scope=\"row\">");
        if (part->href.n > 0)
            HTML(h, "<a href=\"", part->href, "\">", part->label, "</a>");
        else
            HTML(h, part->label);
        HTML(h,
             "</th><td><svg class=\"bar\" viewBox=\"0 0 100 14\" preserveAspectRatio=\"none\" "
             "aria-hidden=\"true\"><rect class=\"bar-value\" width=\"",
             width, "\" height=\"14\"/></svg></td><td>", part->number, " ", unit, "</td></tr>\n");
    }
    HTML(h, "</table>\n");
    if (none > 0)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_parts_none, ui_digits(page, none)), "</p>\n");
}

/* ---- the line of months ---- */

/* The drawing of doc/ui.md: 660 by 180, plot from x 30 to 624 and y 150 up to 30. */
#define CHART_LEFT   30
#define CHART_RIGHT  624
#define CHART_BOTTOM 150
#define CHART_TOP    30

typedef struct Chart {
    const FigureView *view;
    int64_t most;
    int highest; /* the month of it */
} Chart;

static int chart_x(const Chart *chart, int month)
{
    int steps = chart->view->n_months - 1;
    return steps > 0 ? CHART_LEFT + (CHART_RIGHT - CHART_LEFT) * month / steps : CHART_LEFT;
}

static int chart_y(const Chart *chart, int month)
{
    int64_t value = chart->view->months[month].value;
    if (chart->most <= 0 || value <= 0)
        return CHART_BOTTOM;
    return (int)(CHART_BOTTOM - (CHART_BOTTOM - CHART_TOP) * value / chart->most);
}

static Str month_number(Page *page, const FigureView *view, int month)
{
    if (!view->months[month].has_value)
        return T(&page->html, MSG_page_no_value);
    return figure_number(page->arena, view->row.figure, &view->months[month]);
}

static void write_points(Page *page, const Chart *chart)
{
    for (int i = 0; i < chart->view->n_months; i++)
        HTML(&page->html, chart_x(chart, i), ",", chart_y(chart, i), " ");
}

static void write_months_axis(Page *page, const Chart *chart)
{
    Html *h = &page->html;
    for (int i = 0; i < chart->view->n_months; i++) {
        HTML(h, "<text x=\"", chart_x(chart, i), "\" y=\"170\" text-anchor=\"middle\"");
        if (i % 3 != 2)
            HTML(h, " class=\"chart-minor\"");
        HTML(h, ">",
             date_month_name(day_to_civil(chart->view->month_starts[i]).month, page->language),
             "</text>");
    }
}

static void write_line(Page *page, const Chart *chart)
{
    Html *h = &page->html;
    const FigureView *view = chart->view;
    int last = view->n_months - 1;
    HTML(h, "<line class=\"chart-grid\" x1=\"30\" x2=\"624\" y1=\"150\" y2=\"150\"/>"
            "<line class=\"chart-grid\" x1=\"30\" x2=\"624\" y1=\"30\" y2=\"30\"/>"
            "<text x=\"22\" y=\"154\" text-anchor=\"end\">0</text>");
    if (chart->most > 0) {
        Str most = STR(page->arena, month_number(page, view, chart->highest), " ", view->row.unit);
        HTML(h, "<text x=\"30\" y=\"22\">", T(h, MSG_page_months_top, most), "</text>");
    }
    HTML(h, "<polygon class=\"chart-area\" points=\"30,150 ");
    write_points(page, chart);
    HTML(h, chart_x(chart, last), ",150\"/><polyline class=\"chart-line\" points=\"");
    write_points(page, chart);
    HTML(h, "\"/><circle class=\"chart-dot\" cx=\"", chart_x(chart, last), "\" cy=\"",
         chart_y(chart, last), "\" r=\"4\"/><text class=\"chart-strong\" x=\"",
         chart_x(chart, last) + 10, "\" y=\"", chart_y(chart, last) + 4, "\">",
         month_number(page, view, last), "</text>");
    write_months_axis(page, chart);
}

static void write_twin(Page *page, const FigureView *view)
{
    Html *h = &page->html;
    HTML(h, "<details><summary class=\"meta\">", T(h, MSG_page_months_table),
         "</summary><table class=\"list list-still\"><caption class=\"sr\">",
         T(h, MSG_page_months_caption), "</caption><thead><tr><th scope=\"col\">",
         T(h, MSG_page_month), "</th><th scope=\"col\" class=\"cell-amount\">", view->row.unit,
         "</th></tr></thead><tbody>");
    for (int i = 0; i < view->n_months; i++)
        HTML(h, "<tr><td>", date_month(page->arena, view->month_starts[i], page->language),
             "</td><td class=\"cell-amount\">", month_number(page, view, i), "</td></tr>");
    HTML(h, "</tbody></table></details>");
}

void ui_months(Page *page, const FigureView *view)
{
    Html *h = &page->html;
    Chart chart = {.view = view};
    Buf words = buf_open(page->arena);
    if (view->n_months == 0)
        return;
    for (int i = 0; i < view->n_months; i++) {
        if (view->months[i].value > chart.most) {
            chart.most = view->months[i].value;
            chart.highest = i;
        }
        if (i > 0)
            buf_add(&words, ui_comma(h));
        buf_add(&words, month_number(page, view, i));
    }
    HTML(h, "<figure><svg class=\"chart\" viewBox=\"0 0 660 180\" role=\"img\" aria-label=\"",
         T(h, MSG_page_months_label, view->row.label, buf_str(&words)), "\">");
    write_line(page, &chart);
    HTML(h, "</svg>");
    write_twin(page, view);
    HTML(h, "</figure>\n");
}
