/* SPDX-License-Identifier: Apache-2.0 */
/* /plan: the tree of a plan, and its lists as the city calls them. */
#include "page/pages.h"
#include "page/ui_target.h"

#define LEVELS 4 /* further down is indented no more */

/* ---- one row ---- */

static void write_name(Page *page, const PlanRowView *view)
{
    Html *h = &page->html;
    if (view->tier.n > 0)
        HTML(h, "<span class=\"cell-code\">", view->tier, "</span>");
    if (view->href.n > 0)
        HTML(h, "<a href=\"", view->href, "\">", view->title, "</a>");
    else
        HTML(h, view->title);
    if (view->is_done)
        HTML(h, " <span class=\"tag\">", T(h, MSG_page_plan_done), "</span>");
    if (view->row->is_vague)
        HTML(h, " <span class=\"due-yellow\">", T(h, MSG_page_plan_vague), "</span>");
    if (view->row->is_loose)
        HTML(h, " <span class=\"due-yellow\">", T(h, MSG_page_plan_loose), "</span>");
}

static void write_target(Page *page, const TargetView *view)
{
    Html *h = &page->html;
    HTML(h, "<br><span class=\"meta\">", view->figure_label, " ");
    ui_target_goal(page, view);
    HTML(h, " · ", T(h, MSG_page_target_actual), " </span><a href=\"", view->figure_href, "\">");
    if (view->actual.n > 0)
        HTML(h, view->actual, " ", view->unit, "</a> ");
    else
        HTML(h, "—</a> ");
    ui_progress_light(page, view->target->light);
}

static void write_milestone(Page *page, const MilestoneView *view)
{
    Html *h = &page->html;
    HTML(h, "<br><span class=\"meta\">", view->title, " ");
    ui_day_short(page, view->day);
    if (view->is_done)
        HTML(h, " ", T(h, MSG_page_plan_milestone_done));
    HTML(h, "</span>");
}

static void write_what(Page *page, const PlanRowView *view)
{
    write_name(page, view);
    for (size_t i = 0; i < view->n_targets; i++)
        write_target(page, &view->targets[i]);
    for (size_t i = 0; i < view->n_milestones; i++)
        write_milestone(page, &view->milestones[i]);
}

static void write_cell(Page *page, MessageId label, Str text)
{
    Html *h = &page->html;
    if (text.n > 0)
        HTML(h, "<td data-label=\"", T(h, label), "\">", text, "</td>");
    else
        HTML(h, "<td class=\"cell-none\">—</td>");
}

static void write_until(Page *page, const PlanRowView *view)
{
    Html *h = &page->html;
    if (view->until == 0) {
        HTML(h, "<td class=\"cell-none\">—</td>");
        return;
    }
    HTML(h, "<td data-label=\"", T(h, MSG_page_plan_until), "\">");
    ui_day_short(page, view->until);
    HTML(h, "</td>");
}

static void write_bars(Page *page, const PlanRowView *view)
{
    Html *h = &page->html;
    if (view->n_targets == 0) {
        HTML(h, "<td class=\"cell-none\"></td>");
        return;
    }
    HTML(h, "<td class=\"cell-progress\">");
    for (size_t i = 0; i < view->n_targets; i++)
        ui_target_bar(page, view->targets[i].target);
    HTML(h, "</td>");
}

/* ---- the tree ---- */

static void write_row(Page *page, const PlanRowView *view)
{
    Html *h = &page->html;
    int level = MIN(MAX(view->row->depth, 1), LEVELS);
    HTML(h, "<tr class=\"level-", level, "\"><td class=\"cell-title\"");
    if (view->row->part == PLAN_NODE && view->n_targets == 0) {
        HTML(h, " colspan=\"4\">");
        write_what(page, view);
        HTML(h, "</td></tr>\n");
        return;
    }
    HTML(h, ">");
    write_what(page, view);
    HTML(h, "</td>");
    write_bars(page, view);
    write_cell(page, MSG_page_target_lead, view->lead);
    write_until(page, view);
    HTML(h, "</tr>\n");
}

static void table_open(Page *page, Str caption, const MessageId *columns, size_t count)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list tree\"><caption class=\"sr\">", caption, "</caption><thead><tr>");
    for (size_t i = 0; i < count; i++)
        HTML(h, "<th scope=\"col\">", T(h, columns[i]), "</th>");
    HTML(h, "</tr></thead><tbody>\n");
}

static void write_tree(Page *page, const PlanView *plan)
{
    static const MessageId columns[] = {MSG_page_plan, MSG_page_target_share, MSG_page_target_lead,
                                        MSG_page_plan_until};
    bool has_own = plan->rows[0].n_targets > 0;
    table_open(page, plan->title, columns, COUNT_OF(columns));
    for (size_t i = has_own ? 0 : 1; i < plan->n_rows; i++)
        write_row(page, &plan->rows[i]);
    HTML(&page->html, "</tbody></table>\n");
}

/* ---- lists ---- */

static void write_item(Page *page, const PlanRowView *view)
{
    Html *h = &page->html;
    HTML(h, "<tr><td class=\"cell-title\">");
    write_what(page, view);
    HTML(h, "</td>");
    write_cell(page, MSG_page_target_lead, view->lead);
    write_cell(page, MSG_page_plan_co_units, view->co_units);
    write_until(page, view);
    HTML(h, "</tr>\n");
}

/* The tasks whose lead is `lead`; a NULL one: all. */
static void write_items(Page *page, const PlanView *plan, const PlanList *list, const Str *lead)
{
    static const MessageId columns[] = {MSG_page_plan_task, MSG_page_target_lead,
                                        MSG_page_plan_co_units, MSG_page_plan_until};
    table_open(page, label_text(list->label, page->language), columns, COUNT_OF(columns));
    for (size_t i = 0; i < plan->n_rows; i++) {
        const PlanRowView *view = &plan->rows[i];
        if (view->row->part == PLAN_ITEM && (!lead || str_eq(*lead, view->lead)))
            write_item(page, view);
    }
    HTML(&page->html, "</tbody></table>\n");
}

/* Each unit in the lead once, in the order of its first task. */
static void write_units(Page *page, const PlanView *plan, const PlanList *list)
{
    Html *h = &page->html;
    Map seen = map_open(page->arena);
    for (size_t i = 0; i < plan->n_rows; i++) {
        const PlanRowView *view = &plan->rows[i];
        if (view->row->part != PLAN_ITEM || map_find(&seen, view->lead))
            continue;
        map_set(&seen, view->lead, page);
        ui_section(page, view->lead.n > 0 ? view->lead : T(h, MSG_page_plan_no_lead));
        write_items(page, plan, list, &view->lead);
        HTML(h, "</section>\n");
    }
}

static bool has_rows(const PlanView *plan, const PlanList *list)
{
    for (size_t i = 0; i < plan->n_rows; i++)
        if (list->rows != PLAN_ROWS_TARGETS && plan->rows[i].row->part == PLAN_ITEM)
            return true;
    return list->rows == PLAN_ROWS_TARGETS && plan->n_targets > 0;
}

static void write_list(Page *page, const PlanView *plan, const PlanList *list)
{
    Html *h = &page->html;
    TargetViews targets = plan_targets(page, plan);
    if (list->describe.zh.n > 0)
        HTML(h, "<p class=\"meta\">", label_text(list->describe, page->language), "</p>\n");
    if (!has_rows(plan, list))
        ui_empty(page, T(h, MSG_page_plan_list_none), label_text(list->describe, page->language));
    else if (list->rows == PLAN_ROWS_TARGETS)
        ui_target_table(page, targets.p, targets.n, true);
    else if (list->rows == PLAN_ROWS_ITEMS)
        write_items(page, plan, list, NULL);
    else
        write_units(page, plan, list);
}

/* ---- the page ---- */

static const PlanList *list_asked(const Page *page)
{
    const Profile *profile = page->visit->office->profile;
    Str name = http_query(page->request, S("list"));
    for (size_t i = 0; i < profile->n_plan_lists; i++)
        if (str_eq(name, profile->plan_lists[i].name))
            return &profile->plan_lists[i];
    return NULL;
}

static void write_tabs(Page *page, const PlanList *here)
{
    Html *h = &page->html;
    const Profile *profile = page->visit->office->profile;
    Tab *tabs = NEW_ARRAY(page->arena, Tab, profile->n_plan_lists + 1);
    Url all = ui_query_with(page, S("/plan"), S("list"), (Str){0});
    tabs[0] = (Tab){T(h, MSG_page_plan_tree), url_text(&all), here == NULL};
    for (size_t i = 0; i < profile->n_plan_lists; i++) {
        const PlanList *list = &profile->plan_lists[i];
        Url url = ui_query_with(page, S("/plan"), S("list"), list->name);
        tabs[i + 1] = (Tab){label_text(list->label, page->language), url_text(&url), list == here};
    }
    if (profile->n_plan_lists > 0)
        ui_tabs(page, T(h, MSG_page_plan_lists), tabs, profile->n_plan_lists + 1);
}

static void write_plan(Page *page, const PlanView *plan, const PlanList *list)
{
    Html *h = &page->html;
    HTML(h, "<section class=\"section\"><div class=\"section-head\"><h2>", plan->title, "</h2>");
    if (plan->pattern.n > 0)
        HTML(h, "<span class=\"tag tag-strong\">", plan->pattern, "</span>");
    if (plan->href.n > 0)
        HTML(h, "<a href=\"", plan->href, "\">", T(h, MSG_page_plan_open), "</a>");
    HTML(h, "</div>");
    if (!plan->is_announced)
        ui_notice(page, NOTICE_PLAIN, T(h, MSG_page_plan_not_announced));
    if (plan->n_vague > 0)
        ui_notice(page, NOTICE_NEAR,
                  T(h, MSG_page_plan_vague_count, ui_digits(page, (int64_t)plan->n_vague)));
    if (list)
        write_list(page, plan, list);
    else
        write_tree(page, plan);
    HTML(h, "</section>\n");
}

HttpOutcome page_plan(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    PlanView *plans = NULL;
    size_t count = 0;
    Err err = {0};
    Page page;
    if (!plans_view(visit, &plans, &count, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_plan, visit->language),
                          .nav = NAV_PLAN,
                          .is_public = !visit_is_staff(visit)});
    Html *h = &page.html;
    const PlanList *list = list_asked(&page);
    Day as_of = count > 0 ? plans[0].as_of : page_today(&page);
    figure_tabs(&page, NAV_PLAN, S("/plan"));
    ui_head(&page, T(h, MSG_page_plan),
            T(h, MSG_page_as_of_day, date_words(page.arena, as_of, 0, page.language)));
    if (count > 0)
        write_tabs(&page, list);
    else
        ui_empty(
            &page, T(h, MSG_page_plan_none),
            T(h, plan_is_staffed(visit) ? MSG_page_plan_none_hint : MSG_page_plan_none_public));
    for (size_t i = 0; i < count; i++)
        write_plan(&page, &plans[i], list);
    return page_close(&page);
}
