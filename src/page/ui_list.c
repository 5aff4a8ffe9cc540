/* SPDX-License-Identifier: Apache-2.0 */
#include "page/ui.h"

/* ---- the table of records ---- */

/* Lists show what they are sorted and searched by; the title field stands there already. */
static bool is_shown_column(const Kind *kind, const Field *field)
{
    return !kind || !str_eq(kind->title, field->name);
}

static const Kind *column_kind(const RecordRow *rows, size_t count)
{
    return count > 0 ? rows[0].kind : NULL;
}

static void write_header(Page *page, const Kind *kind, const TableOptions *options)
{
    Html *h = &page->html;
    HTML(h, "<thead><tr>");
    if (options->bulk)
        HTML(h, "<th class=\"cell-pick\"><input type=\"checkbox\" data-pick-all aria-label=\"",
             T(h, MSG_page_pick_all), "\"></th>");
    HTML(h, "<th scope=\"col\">", T(h, MSG_page_light), "</th><th scope=\"col\">",
         T(h, MSG_page_number), "</th><th scope=\"col\">", T(h, MSG_page_title), "</th>");
    if (options->with_kind)
        HTML(h, "<th scope=\"col\" class=\"cell-minor\">", T(h, MSG_page_kind), "</th>");
    HTML(h, "<th scope=\"col\">", T(h, MSG_page_status), "</th>");
    for (size_t i = 0; i < options->n_columns; i++)
        if (is_shown_column(kind, options->columns[i])) {
            HTML(h, "<th scope=\"col\" class=\"cell-minor\">");
            html_label(h, options->columns[i]->label);
            HTML(h, "</th>");
        }
    HTML(h, "<th scope=\"col\">", T(h, MSG_page_due), "</th></tr></thead>\n");
}

static const FieldView *find_column(const RecordRow *row, const Field *field)
{
    for (size_t i = 0; i < row->n_columns; i++)
        if (row->columns[i].field == field)
            return &row->columns[i];
    return NULL;
}

static bool is_amount(const Field *field)
{
    return field->type == FIELD_NUMBER || field->type == FIELD_DECIMAL ||
           field->type == FIELD_MONEY;
}

static void write_column(Page *page, const RecordRow *row, const Field *field)
{
    Html *h = &page->html;
    const FieldView *view = find_column(row, field);
    HTML(h, "<td class=\"cell-minor");
    if (is_amount(field))
        HTML(h, " cell-amount");
    if (!view || view->text.n == 0)
        HTML(h, " cell-none");
    HTML(h, "\" data-label=\"");
    html_label(h, field->label);
    HTML(h, "\">");
    if (view && view->text.n > 0)
        HTML(h, view->text);
    else
        HTML(h, "—");
    HTML(h, "</td>");
}

static void write_due(Page *page, const RecordRow *row)
{
    Html *h = &page->html;
    if (row->due == 0 || row->light == LIGHT_NONE) {
        HTML(h, "<td class=\"cell-none\" data-label=\"", T(h, MSG_page_due), "\">—</td>");
        return;
    }
    HTML(h, "<td data-label=\"", T(h, MSG_page_due), "\"><span class=\"", ui_due_class(row->light),
         "\">");
    ui_day_short(page, row->due);
    HTML(h, "</span></td>");
}

static void write_row(Page *page, const RecordRow *row, const TableOptions *options)
{
    Html *h = &page->html;
    HTML(h, "<tr>");
    if (options->bulk)
        HTML(h, "<td class=\"cell-pick\"><input type=\"checkbox\" name=\"_number\" value=\"",
             row->number, "\" aria-label=\"", T(h, MSG_page_pick, row->number), "\"></td>");
    HTML(h, "<td class=\"cell-light\">");
    ui_light(page, row->light, false);
    HTML(h, "</td><td class=\"cell-number number\">", row->number,
         "</td><td class=\"cell-title\"><a href=\"", row->href, "\">");
    if (row->title.n > 0)
        HTML(h, row->title);
    else if (row->number.n > 0)
        HTML(h, row->number);
    else
        HTML(h, row->kind_label);
    HTML(h, "</a></td>");
    if (options->with_kind)
        HTML(h, "<td class=\"cell-minor\" data-label=\"", T(h, MSG_page_kind), "\">",
             row->kind_label, "</td>");
    HTML(h, "<td data-label=\"", T(h, MSG_page_status), "\">", row->status_label);
    if (row->pending)
        HTML(h, " <span class=\"tag tag-strong\">", T(h, MSG_page_pending_tag), "</span>");
    if (row->voided)
        HTML(h, " <span class=\"tag\">", T(h, MSG_page_voided_tag), "</span>");
    HTML(h, "</td>");
    for (size_t i = 0; i < options->n_columns; i++)
        if (is_shown_column(row->kind, options->columns[i]))
            write_column(page, row, options->columns[i]);
    write_due(page, row);
    HTML(h, "</tr>\n");
}

void ui_table(Page *page, const RecordRow *rows, size_t count, const TableOptions *options)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", options->caption, "</caption>");
    write_header(page, column_kind(rows, count), options);
    HTML(h, "<tbody>\n");
    for (size_t i = 0; i < count; i++)
        write_row(page, &rows[i], options);
    HTML(h, "</tbody></table>\n");
}

void ui_list(Page *page, const ListView *view, Str caption)
{
    Html *h = &page->html;
    if (view->n_rows == 0) {
        ui_empty(page, T(h, MSG_page_no_rows), T(h, MSG_page_no_rows_hint));
        return;
    }
    ui_table(page, view->rows, view->n_rows,
             &(TableOptions){.caption = caption,
                             .with_kind = !view->kind,
                             .columns = view->columns,
                             .n_columns = view->kind ? view->n_columns : 0});
    ui_pager(page, view);
}

void ui_pager(Page *page, const ListView *view)
{
    Html *h = &page->html;
    bool later = http_query(page->request, S("after")).n > 0;
    HTML(h, "<div class=\"list-foot\"><span>");
    if (view->count.n > 0)
        HTML(h, T(h, MSG_page_count, view->count));
    HTML(h, "</span>");
    if (later || view->next_href.n > 0) {
        HTML(h, "<nav class=\"pages\" aria-label=\"", T(h, MSG_page_pages), "\">");
        if (later)
            HTML(h, "<a class=\"button button-plain button-small\" href=\"", page->request->path,
                 "\">", T(h, MSG_page_first), "</a>");
        if (view->next_href.n > 0)
            HTML(h, "<a class=\"button button-plain button-small\" rel=\"next\" href=\"",
                 view->next_href, "\">", T(h, MSG_page_next), "</a>");
        HTML(h, "</nav>");
    }
    HTML(h, "</div>\n");
}
