/* SPDX-License-Identifier: Apache-2.0 */
/* /supervision: which units are late; /supervision/{unit}: what one of them owes, a sheet a week to
 * be printed. */
#include "page/pages.h"
#include "view/supervision_view.h"
#include "write/csv.h"

/* ---- the week ---- */

static Str week_text(Page *page, Day from, Day to)
{
    Html *h = &page->html;
    return T(h, MSG_page_week_of, date_short(page->arena, from, 0, page->language),
             date_short(page->arena, to, from, page->language));
}

static void write_week_link(Page *page, Day day, MessageId label)
{
    Html *h = &page->html;
    Url url = ui_query_with(page, page->request->path, S("week"), day_text(page->arena, day));
    HTML(h, "<a class=\"button button-plain button-small\" href=\"", url_text(&url), "\">",
         T(h, label), "</a>");
}

static void write_weeks(Page *page, Day from, Str export)
{
    Html *h = &page->html;
    HTML(h, "<nav class=\"actions\" aria-label=\"", T(h, MSG_page_week), "\">");
    write_week_link(page, from - 7, MSG_page_week_before);
    write_week_link(page, from + 7, MSG_page_week_after);
    if (export.n > 0)
        HTML(h, "<a class=\"button button-plain button-small\" href=\"", export,
             "\" download><span class=\"icon icon-download\" aria-hidden=\"true\"></span>",
             T(h, MSG_page_export), "</a>");
    HTML(h, "</nav>\n");
}

static void write_tile(Page *page, MessageId label, size_t count, Str class)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"tile\"><span>", T(h, label), "</span><strong class=\"", class, "\">",
         count, "<small>", T(h, MSG_page_pieces), "</small></strong></div>");
}

/* ---- rows ---- */

static void write_due(Page *page, const SheetRow *sheet)
{
    Html *h = &page->html;
    if (sheet->row.due == 0 || sheet->row.light == LIGHT_NONE) {
        HTML(h, "<td class=\"cell-none\" data-label=\"", T(h, MSG_page_due), "\">—</td>");
        return;
    }
    HTML(h, "<td data-label=\"", T(h, MSG_page_due), "\">");
    ui_day_short(page, sheet->row.due);
    HTML(h, "<br><span class=\"", ui_due_class(sheet->row.light), "\">", sheet->left,
         "</span></td>");
}

static void write_step(Page *page, const SheetRow *sheet)
{
    Html *h = &page->html;
    if (sheet->step_at == 0) {
        HTML(h, "<td class=\"cell-none\" data-label=\"", T(h, MSG_page_step), "\">—</td>");
        return;
    }
    HTML(h, "<td data-label=\"", T(h, MSG_page_step), "\">");
    if (sheet->step_href.n > 0)
        HTML(h, "<a href=\"", sheet->step_href, "\">", sheet->step, "</a>");
    else
        HTML(h, sheet->step);
    HTML(h, "<br><span class=\"meta\">");
    ui_day_short(page, day_of(sheet->step_at));
    HTML(h, "</span></td>");
}

static void write_title(Page *page, const SheetRow *sheet)
{
    Html *h = &page->html;
    const RecordRow *row = &sheet->row;
    HTML(h, "<td class=\"cell-title\"><a href=\"", row->href, "\">",
         row->title.n > 0 ? row->title : row->kind_label, "</a>");
    if (sheet->is_new_late)
        HTML(h, " <span class=\"tag tag-strong\">", T(h, MSG_page_new_late), "</span>");
    if (sheet->is_due && !sheet->is_new_late)
        HTML(h, " <span class=\"tag\">", T(h, MSG_page_due_in_week), "</span>");
    HTML(h, "<br><span class=\"meta\">", row->kind_label, " · ", row->status_label, "</span></td>");
}

static void write_unit_cell(Page *page, const SheetRow *sheet)
{
    Html *h = &page->html;
    HTML(h, "<td data-label=\"", T(h, MSG_page_lead), "\">");
    if (sheet->unit_code.n > 0)
        HTML(h, "<a href=\"/supervision/", sheet->unit_code, "\">", sheet->unit, "</a>");
    HTML(h, "</td>");
}

static void write_row(Page *page, const SheetRow *sheet, bool with_unit)
{
    Html *h = &page->html;
    HTML(h, "<tr><td class=\"cell-light\">");
    ui_light(page, sheet->row.light, false);
    HTML(h, "</td><td class=\"cell-number number\">", sheet->row.number, "</td>");
    write_title(page, sheet);
    if (with_unit)
        write_unit_cell(page, sheet);
    write_due(page, sheet);
    write_step(page, sheet);
    HTML(h, "</tr>\n");
}

static void write_rows(Page *page, MessageId title, const SheetRows *rows, bool with_unit)
{
    Html *h = &page->html;
    HTML(h, "<section class=\"section\"><div class=\"section-head\"><h2>", T(h, title),
         "</h2><span class=\"meta\">", T(h, MSG_page_count, ui_digits(page, (int64_t)rows->n)),
         "</span></div>");
    if (rows->n == 0) {
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_sheet_none), "</p></section>\n");
        return;
    }
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, title),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_light), "</th><th scope=\"col\">",
         T(h, MSG_page_number), "</th><th scope=\"col\">", T(h, MSG_page_title), "</th>");
    if (with_unit)
        HTML(h, "<th scope=\"col\">", T(h, MSG_page_lead), "</th>");
    HTML(h, "<th scope=\"col\">", T(h, MSG_page_due), "</th><th scope=\"col\">",
         T(h, MSG_page_step), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < rows->n; i++)
        write_row(page, &rows->p[i], with_unit);
    HTML(h, "</tbody></table></section>\n");
}

static void write_extensions(Page *page, const SheetView *view)
{
    Html *h = &page->html;
    if (view->n_extensions == 0)
        return;
    ui_section(page, T(h, MSG_page_extensions));
    for (size_t i = 0; i < view->matters.n; i++) {
        const SheetRow *sheet = &view->matters.p[i];
        if (sheet->n_extensions == 0)
            continue;
        HTML(h, "<h3><a href=\"", sheet->row.href, "\">", sheet->row.number, " ", sheet->row.title,
             "</a></h3>");
        ui_extensions(page, sheet->extensions, sheet->n_extensions);
    }
    HTML(h, "</section>\n");
}

HttpOutcome page_sheet(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    SheetView view;
    Err err = {0};
    Page page;
    if (!sheet_view(visit, http_param(request, S("unit")), &view, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response, &(PageHead){.title = view.unit, .nav = NAV_FIGURES});
    Html *h = &page.html;
    Str path = STR(page.arena, request->path, "/export");
    Url export = ui_query_with(&page, path, S("week"), day_text(page.arena, view.from));
    ui_crumbs(&page, (Crumb[]){{T(h, MSG_page_supervision), S("/supervision")}, {view.unit, {0}}},
              2);
    ui_head(&page, T(h, MSG_page_sheet_of, view.unit), week_text(&page, view.from, view.to));
    write_weeks(&page, view.from, url_text(&export));
    HTML(h, "<p class=\"meta section-note\">",
         T(h, MSG_page_sheet_note, date_words(page.arena, view.as_of, 0, page.language)), "</p>\n");
    HTML(h, "<div class=\"tiles\">");
    write_tile(&page, MSG_page_light_red, view.lights[LIGHT_LATE], S("due-red"));
    write_tile(&page, MSG_page_light_yellow, view.lights[LIGHT_NEAR], S("due-yellow"));
    write_tile(&page, MSG_page_new_late, view.n_new_late, S("number"));
    write_tile(&page, MSG_page_due_in_week, view.n_due, S("number"));
    write_tile(&page, MSG_page_owed, view.owed.n, S("number"));
    HTML(h, "</div>\n");
    write_rows(&page, MSG_page_owed, &view.owed, false);
    write_rows(&page, MSG_page_open_matters, &view.matters, false);
    write_extensions(&page, &view);
    return page_close(&page);
}

/* ---- the sheet as CSV ---- */

static void csv_row(Csv *csv, Visit *visit, const SheetRow *sheet, MessageId part)
{
    const RecordRow *row = &sheet->row;
    csv_str(csv, message(part, visit->language));
    csv_str(csv, row->number);
    csv_str(csv, row->title);
    csv_str(csv, row->kind_label);
    csv_str(csv, row->status_label);
    csv_str(csv, row->due ? day_text(visit->arena, row->due) : S(""));
    csv_str(csv, sheet->left);
    csv_str(csv, message(sheet->is_new_late ? MSG_page_yes : MSG_page_no, visit->language));
    csv_str(csv, message(sheet->is_due ? MSG_page_yes : MSG_page_no, visit->language));
    csv_str(csv, sheet->step);
    csv_instant(csv, sheet->step_at);
    csv_str(csv, STR(visit->arena, (int64_t)sheet->n_extensions));
    csv_row_end(csv);
}

HttpOutcome page_sheet_export(HttpRequest *request, HttpResponse *response)
{
    static const MessageId heads[] = {MSG_page_part,      MSG_page_number,   MSG_page_title,
                                      MSG_page_kind,      MSG_page_status,   MSG_page_due,
                                      MSG_page_time_left, MSG_page_new_late, MSG_page_due_in_week,
                                      MSG_page_step,      MSG_page_step_at,  MSG_page_extensions};
    Visit *visit = visit_of(request);
    SheetView view;
    Err err = {0};
    Csv csv;
    if (!sheet_view(visit, http_param(request, S("unit")), &view, &err))
        return http_fail(request, response, &err);
    csv = csv_open(&response->body);
    for (size_t i = 0; i < COUNT_OF(heads); i++)
        csv_str(&csv, message(heads[i], visit->language));
    csv_row_end(&csv);
    for (size_t i = 0; i < view.owed.n; i++)
        csv_row(&csv, visit, &view.owed.p[i], MSG_page_owed);
    for (size_t i = 0; i < view.matters.n; i++)
        csv_row(&csv, visit, &view.matters.p[i], MSG_page_open_matters);
    response->content_type = S("text/csv; charset=utf-8");
    http_attachment(
        response, STR(request->arena, view.unit, "-", day_text(request->arena, view.from), ".csv"));
    return HTTP_DONE;
}

/* ---- every unit ---- */

static void write_units(Page *page, const SupervisionView *view)
{
    Html *h = &page->html;
    static const MessageId columns[] = {MSG_page_light_red,   MSG_page_light_yellow,
                                        MSG_page_light_green, MSG_page_light_paused,
                                        MSG_page_new_late,    MSG_page_second_stage};
    ui_unit_table(page, columns, COUNT_OF(columns));
    for (size_t i = 0; i < view->n_units; i++) {
        const UnitView *unit = &view->units[i];
        HTML(h, "<tr><td class=\"cell-title\"><a href=\"/supervision/", unit->code,
             "?week=", day_text(page->arena, view->from), "\">", unit->unit, "</a></td>");
        ui_count_cell(page, columns[0], unit->red, S("due-red"));
        ui_count_cell(page, columns[1], unit->yellow, S("due-yellow"));
        ui_count_cell(page, columns[2], unit->green, S("light-green"));
        ui_count_cell(page, columns[3], unit->paused, S("meta"));
        ui_count_cell(page, columns[4], (int64_t)unit->new_late, S("number"));
        ui_count_cell(page, columns[5], (int64_t)unit->second, S("number"));
        HTML(h, "</tr>\n");
    }
    HTML(h, "</tbody></table>\n");
}

HttpOutcome page_supervision(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    SupervisionView view;
    Err err = {0};
    Page page;
    if (!supervision_view(visit, &view, &err))
        return http_fail(request, response, &err);
    page_open(
        &page, request, response,
        &(PageHead){.title = message(MSG_page_supervision, visit->language), .nav = NAV_FIGURES});
    Html *h = &page.html;
    figure_tabs(&page, NAV_FIGURES, S("/supervision"));
    ui_head(&page, T(h, MSG_page_supervision), week_text(&page, view.from, view.to));
    write_weeks(&page, view.from, (Str){0});
    if (view.is_cut)
        ui_notice(&page, NOTICE_PLAIN, T(h, MSG_page_supervision_cut));
    if (view.n_units == 0)
        ui_empty(&page, T(h, MSG_page_supervision_none), T(h, MSG_page_supervision_none_hint));
    else
        write_units(&page, &view);
    write_rows(&page, MSG_page_new_late, &view.new_late, true);
    write_rows(&page, MSG_page_second_stage, &view.second, true);
    HTML(h, "<p class=\"meta section-note\">", T(h, MSG_page_second_stage_note), "</p>\n");
    return page_close(&page);
}
