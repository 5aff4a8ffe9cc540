/* SPDX-License-Identifier: Apache-2.0 */
/* /desk: what this person has to do, by due day. */
#include "page/pages.h"

typedef enum DeskGroup { DESK_LATE, DESK_SOON, DESK_LATER, DESK__COUNT } DeskGroup;

/* By the light alone: it knows how near the limit is, and that a clock has stopped. */
static DeskGroup group_of(const RecordRow *row)
{
    if (row->light == LIGHT_LATE)
        return DESK_LATE;
    return row->light == LIGHT_NEAR ? DESK_SOON : DESK_LATER;
}

/* What a page shows is all of a group when nothing of it can follow. Nothing late follows what is
 * not late. */
static bool is_whole(const DeskView *desk, DeskGroup group, Day today)
{
    const ListView *todo = &desk->todo;
    Day last = todo->n_rows ? todo->rows[todo->n_rows - 1].due : 0;
    return todo->next_href.n == 0 || (group == DESK_LATE && last >= today);
}

/* "12", "50+" when more follows; nothing on a later page, which does not know what came before. */
static Str count_text(const Visit *visit, const DeskView *desk, DeskGroup group)
{
    const ListView *todo = &desk->todo;
    Day today = day_of(visit->now);
    int64_t count = 0;
    for (size_t i = 0; i < todo->n_rows; i++)
        count += group_of(&todo->rows[i]) == group;
    if (!desk->is_first || count == 0)
        return S("");
    return STR(visit->arena, count, is_whole(desk, group, today) ? "" : "+");
}

static void write_due(Page *page, const RecordRow *row)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"desk-due\">");
    Str left = row_left(page->visit, row);
    if (left.n > 0)
        HTML(h, "<strong class=\"", ui_due_class(row->light), "\">", left, "</strong>");
    ui_day(page, row->due);
    HTML(h, "</div>");
}

static void write_row(Page *page, const RecordRow *row)
{
    Html *h = &page->html;
    HTML(h, "<li class=\"desk-row\">");
    if (row->light == LIGHT_NONE)
        HTML(h, "<span></span>");
    ui_light(page, row->light, false);
    HTML(h, "<div><a class=\"desk-title\" href=\"", row->href, "\">",
         row->title.n > 0 ? row->title : row->number,
         "</a><p class=\"desk-meta\"><span class=\"number\">", row->number, "</span><span>",
         row->kind_label, "</span><span>", row->status_label, "</span>");
    if (row->lead.n > 0 || row->place.n > 0)
        HTML(h, "<span>", row->lead.n > 0 ? row->lead : row->place, "</span>");
    HTML(h, "</p></div>");
    write_due(page, row);
    if (row->next_label.n > 0) {
        HTML(h, "<a class=\"button button-small");
        if (row->light != LIGHT_LATE)
            HTML(h, " button-plain");
        HTML(h, "\" href=\"", row->href, "#", row->next_move, "\">", row->next_label, "</a>");
    }
    HTML(h, "</li>\n");
}

static void write_group(Page *page, const DeskView *desk, DeskGroup group)
{
    Html *h = &page->html;
    static const MessageId labels[] = {[DESK_LATE] = MSG_page_desk_late,
                                       [DESK_SOON] = MSG_page_desk_soon,
                                       [DESK_LATER] = MSG_page_desk_later};
    const ListView *todo = &desk->todo;
    Str count = count_text(page->visit, desk, group);
    size_t at = 0;
    while (at < todo->n_rows && group_of(&todo->rows[at]) != group)
        at++;
    if (at == todo->n_rows)
        return;
    HTML(h, "<h2 class=\"desk-group\">", T(h, labels[group]));
    if (count.n > 0)
        HTML(h, "<span class=\"count\">", count, "</span>");
    HTML(h, "</h2><ol class=\"desk\">\n");
    for (; at < todo->n_rows; at++)
        if (group_of(&todo->rows[at]) == group)
            write_row(page, &todo->rows[at]);
    HTML(h, "</ol>\n");
}

HttpOutcome page_desk(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    DeskView desk;
    Err err = {0};
    Page page;
    if (!desk_view(visit, &desk, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_desk, visit->language),
                          .nav = NAV_DESK,
                          .late = count_text(visit, &desk, DESK_LATE)});
    Html *h = &page.html;
    ui_head(&page, T(h, MSG_page_desk),
            desk.todo.count.n > 0 ? T(h, MSG_page_count, desk.todo.count) : (Str){0});
    for (DeskGroup group = 0; group < DESK__COUNT; group++)
        write_group(&page, &desk, group);
    if (desk.todo.n_rows == 0)
        ui_empty(&page, T(h, MSG_page_desk_empty),
                 T(h, MSG_page_moved_this_week, ui_digits(&page, desk.moved_this_week)));
    if (desk.todo.next_href.n > 0)
        ui_pager(&page, &desk.todo);
    return page_close(&page);
}

HttpOutcome page_search(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Str words = str_trim(http_query(request, S("q")));
    ListView view = {0};
    Err err = {0};
    Page page;
    if (words.n > 0 && !search_view(visit, words, &view, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_search, visit->language)});
    Html *h = &page.html;
    ui_head(&page, T(h, MSG_page_search), words.n > 0 ? T(h, MSG_page_searched, words) : (Str){0});
    if (words.n == 0)
        HTML(h, "<p class=\"prose\">", T(h, MSG_page_search_hint), "</p>");
    else if (view.n_rows == 0)
        ui_empty(&page, T(h, MSG_page_search_none), T(h, MSG_page_search_none_hint));
    else
        ui_list(&page, &view, T(h, MSG_page_search));
    return page_close(&page);
}
