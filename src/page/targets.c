/* SPDX-License-Identifier: Apache-2.0 */
/* /targets: what was promised, how far it is, what was reached. For everybody. */
#include "page/pages.h"
#include "page/ui_target.h"

typedef enum Show { SHOW_GOALS, SHOW_PROGRESS, SHOW_RESULTS, SHOW__COUNT } Show;

static const struct {
    Str word;
    MessageId label;
} shows[SHOW__COUNT] = {
    [SHOW_GOALS] = {S_CONST("goals"), MSG_page_show_goals},
    [SHOW_PROGRESS] = {S_CONST("progress"), MSG_page_show_progress},
    [SHOW_RESULTS] = {S_CONST("results"), MSG_page_show_results},
};

static Show show_asked(const HttpRequest *request)
{
    Str word = http_query(request, S("show"));
    for (Show show = 0; show < SHOW__COUNT; show++)
        if (str_eq(word, shows[show].word))
            return show;
    return SHOW_PROGRESS;
}

static void write_tabs(Page *page, Show here)
{
    Html *h = &page->html;
    Tab tabs[SHOW__COUNT];
    for (Show show = 0; show < SHOW__COUNT; show++) {
        Url url = ui_query_with(page, S("/targets"), S("show"), shows[show].word);
        tabs[show] = (Tab){T(h, shows[show].label), url_text(&url), show == here};
    }
    ui_tabs(page, T(h, MSG_page_targets), tabs, SHOW__COUNT);
}

/* ---- what is promised ---- */

static void write_goal(Page *page, const TargetView *view)
{
    Html *h = &page->html;
    HTML(h, "<tr><td class=\"cell-title\">", view->title, "<br><span class=\"meta\">", view->under,
         "</span></td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_target_value), "\">");
    ui_target_goal(page, view);
    HTML(h, "</td><td data-label=\"", T(h, MSG_page_target_lead), "\"");
    if (view->lead.n > 0)
        HTML(h, ">", view->lead);
    else
        HTML(h, " class=\"cell-none\">—");
    HTML(h, "</td><td data-label=\"", T(h, MSG_page_target_period), "\">", view->period,
         "</td></tr>\n");
}

static void write_goals(Page *page, const TargetViews *targets)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list board\"><caption class=\"sr\">", T(h, MSG_page_show_goals),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_target),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_target_value),
         "</th><th scope=\"col\">", T(h, MSG_page_target_lead), "</th><th scope=\"col\">",
         T(h, MSG_page_target_period), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < targets->n; i++)
        write_goal(page, targets->p[i]);
    HTML(h, "</tbody></table>\n");
}

/* ---- what was reached ---- */

/* Reached, or over: then there is a result. */
static TargetViews results_of(Page *page, const PlanView *plan, const TargetViews *targets)
{
    TargetViews results = {0};
    for (size_t i = 0; i < targets->n; i++)
        if (targets->p[i]->target->reached || targets->p[i]->target->to < plan->as_of)
            *vec_push(page->arena, &results) = targets->p[i];
    return results;
}

static void write_tiles(Page *page, const TargetViews *results)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"tiles\">");
    for (size_t i = 0; i < results->n; i++) {
        const TargetView *view = results->p[i];
        HTML(h, "<a class=\"tile\" href=\"", view->figure_href, "\"><span>", view->title,
             "</span><strong>", view->actual, "<small>", view->unit, "</small></strong><span>",
             T(h, view->target->reached ? MSG_page_target_reached : MSG_page_target_not_reached),
             " · ");
        ui_target_goal(page, view);
        HTML(h, "</span></a>");
    }
    HTML(h, "</div>\n");
}

static void write_results(Page *page, const PlanView *plan, const TargetViews *targets)
{
    Html *h = &page->html;
    TargetViews results = results_of(page, plan, targets);
    if (results.n == 0)
        ui_empty(page, T(h, MSG_page_results_none), T(h, MSG_page_results_none_hint));
    else
        write_tiles(page, &results);
}

/* ---- the page ---- */

static void write_plan(Page *page, const PlanView *plan, Show show)
{
    TargetViews targets = plan_targets(page, plan);
    if (targets.n == 0)
        return;
    ui_section(page, plan->title);
    if (show == SHOW_GOALS)
        write_goals(page, &targets);
    else if (show == SHOW_PROGRESS)
        ui_target_table(page, targets.p, targets.n, true);
    else
        write_results(page, plan, &targets);
    HTML(&page->html, "</section>\n");
}

HttpOutcome page_targets(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    PlanView *plans = NULL;
    size_t count = 0, targets = 0;
    Err err = {0};
    Page page;
    if (!plans_view(visit, &plans, &count, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_targets, visit->language),
                          .nav = NAV_PLAN,
                          .is_public = !visit_is_staff(visit)});
    Html *h = &page.html;
    figure_tabs(&page, NAV_PLAN, S("/targets"));
    Day as_of = count > 0 ? plans[0].as_of : page_today(&page);
    ui_head(&page, T(h, MSG_page_targets),
            T(h, MSG_page_as_of_day, date_words(page.arena, as_of, 0, page.language)));
    HTML(h, "<p class=\"meta\">", T(h, MSG_page_targets_note), "</p>\n");
    for (size_t i = 0; i < count; i++)
        targets += plans[i].n_targets;
    if (targets > 0)
        write_tabs(&page, show_asked(request));
    else
        ui_empty(&page, T(h, MSG_page_targets_none), T(h, MSG_page_targets_none_hint));
    for (size_t i = 0; i < count; i++)
        write_plan(&page, &plans[i], show_asked(request));
    return page_close(&page);
}
