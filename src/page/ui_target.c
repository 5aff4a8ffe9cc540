/* SPDX-License-Identifier: Apache-2.0 */
/* Targets: the light, the bar of promised and achieved, the table. */
#include "page/ui_target.h"

static const struct {
    Str look;
    MessageId word;
} lights[PROGRESS__COUNT] = {
    [PROGRESS_NONE] = {S_CONST("paused"), MSG_page_progress_none},
    [PROGRESS_ON_COURSE] = {S_CONST("green"), MSG_page_progress_green},
    [PROGRESS_BEHIND] = {S_CONST("yellow"), MSG_page_progress_yellow},
    [PROGRESS_LATE] = {S_CONST("red"), MSG_page_progress_red},
    [PROGRESS_CAUGHT_UP] = {S_CONST("yellow"), MSG_page_progress_caught_up},
};

void ui_progress_light(Page *page, Progress light)
{
    Html *h = &page->html;
    HTML(h, "<span class=\"light light-", lights[light].look, "\">", T(h, lights[light].word),
         "</span>");
}

void ui_progress_months(Page *page, const PlanTarget *target)
{
    Html *h = &page->html;
    if (target->months.n == 0)
        return;
    HTML(h, "<details><summary class=\"chip\">", T(h, MSG_page_month_lights),
         "</summary><ol class=\"months\">");
    for (size_t i = 0; i < target->months.n; i++) {
        HTML(h, "<li><span class=\"meta\">",
             date_month_name(day_to_civil(target->months.p[i].day).month, page->language),
             "</span> ");
        ui_progress_light(page, target->months.p[i].light);
        HTML(h, "</li>");
    }
    HTML(h, "</ol></details>");
}

void ui_target_bar(Page *page, const PlanTarget *target)
{
    Html *h = &page->html;
    int width = MIN(target->percent, 100), due = MIN(target->due_percent, 99);
    Str words = T(h, MSG_page_target_bar, ui_digits(page, target->percent),
                  ui_digits(page, target->due_percent));
    HTML(h,
         "<svg class=\"bullet\" viewBox=\"0 0 100 20\" preserveAspectRatio=\"none\" role=\"img\" "
         "aria-label=\"",
         words, "\"><rect class=\"bullet-rest\" y=\"5\" width=\"100\" height=\"10\"/>");
    HTML(h, "<rect class=\"bullet-value bullet-", lights[target->light].look, "\" y=\"5\" width=\"",
         width, "\" height=\"10\"/><rect class=\"bullet-target\" x=\"", due,
         "\" y=\"1\" width=\"0.6\" height=\"18\"/></svg>");
}

void ui_target_goal(Page *page, const TargetView *view)
{
    Html *h = &page->html;
    HTML(h, view->comparator);
    if (view->target->comparator == COMPARE_ALL && view->target->value == 0)
        return;
    HTML(h, " <span class=\"number\">", view->goal, "</span> ", view->unit);
}

static void write_title(Page *page, const TargetView *view)
{
    Html *h = &page->html;
    HTML(h, "<td class=\"cell-title\">");
    if (view->href.n > 0)
        HTML(h, "<a href=\"", view->href, "\">", view->title, "</a>");
    else
        HTML(h, view->title);
    HTML(h, "<br><span class=\"meta\">", view->under);
    if (view->lead.n > 0)
        HTML(h, " · ", view->lead);
    HTML(h, "</span></td>");
}

static void write_actual(Page *page, const TargetView *view)
{
    Html *h = &page->html;
    HTML(h, "<td class=\"cell-amount\" data-label=\"", T(h, MSG_page_target_actual),
         "\"><a href=\"", view->figure_href, "\"><strong>");
    if (view->actual.n > 0)
        HTML(h, view->actual, "</strong> ", view->unit);
    else
        HTML(h, "—</strong>");
    HTML(h, "</a></td>");
}

static void write_row(Page *page, const TargetView *view, bool with_months)
{
    Html *h = &page->html;
    HTML(h, "<tr>");
    write_title(page, view);
    HTML(h, "<td class=\"cell-amount\" data-label=\"", T(h, MSG_page_target_value), "\">");
    ui_target_goal(page, view);
    HTML(h, "</td>");
    write_actual(page, view);
    HTML(h, "<td class=\"cell-bullet\">");
    ui_target_bar(page, view->target);
    HTML(h, "</td><td data-label=\"", T(h, MSG_page_target_light), "\">");
    ui_progress_light(page, view->target->light);
    if (with_months)
        ui_progress_months(page, view->target);
    HTML(h, "</td></tr>\n");
}

void ui_target_table(Page *page, const TargetView *const *targets, size_t count, bool with_months)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list board board-targets\"><caption class=\"sr\">",
         T(h, MSG_page_promised), "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_target),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_target_value),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_target_actual),
         "</th><th scope=\"col\">", T(h, MSG_page_target_share), "</th><th scope=\"col\">",
         T(h, MSG_page_target_light), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++)
        write_row(page, targets[i], with_months);
    HTML(h, "</tbody></table>\n");
}

TargetViews plan_targets(Page *page, const PlanView *plan)
{
    TargetViews targets = {0};
    for (size_t i = 0; i < plan->n_rows; i++)
        for (size_t j = 0; j < plan->rows[i].n_targets; j++)
            *vec_push(page->arena, &targets) = &plan->rows[i].targets[j];
    return targets;
}
