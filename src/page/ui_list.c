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

/* What the rows at hand need: a list of closed matters has no lights and no due days. */
typedef struct Shape {
    bool lights;
    bool dues;   /* else there is no last column at all: a reception session is not due */
    bool closed; /* the last column says when they were closed */
} Shape;

static Shape shape_of(const RecordRow *rows, size_t count)
{
    Shape shape = {.closed = true};
    for (size_t i = 0; i < count; i++) {
        shape.lights |= rows[i].light != LIGHT_NONE;
        shape.dues |= rows[i].due != 0 && rows[i].light != LIGHT_NONE;
        shape.closed &= rows[i].light == LIGHT_NONE && rows[i].closed_at != 0;
    }
    shape.dues |= shape.closed;
    return shape;
}

static void write_header(Page *page, const Kind *kind, const TableOptions *options,
                         const Shape *shape)
{
    Html *h = &page->html;
    HTML(h, "<thead><tr>");
    if (options->bulk)
        HTML(h, "<th class=\"cell-pick\"><input type=\"checkbox\" data-pick-all aria-label=\"",
             T(h, MSG_page_pick_all), "\"></th>");
    if (shape->lights)
        HTML(h, "<th scope=\"col\">", T(h, MSG_page_light), "</th>");
    HTML(h, "<th scope=\"col\">", T(h, MSG_page_number), "</th><th scope=\"col\">",
         T(h, MSG_page_title), "</th>");
    if (options->with_kind)
        HTML(h, "<th scope=\"col\" class=\"cell-minor\">", T(h, MSG_page_kind), "</th>");
    HTML(h, "<th scope=\"col\">", T(h, MSG_page_status), "</th>");
    for (size_t i = 0; i < options->n_columns; i++)
        if (is_shown_column(kind, options->columns[i])) {
            HTML(h, "<th scope=\"col\" class=\"cell-minor\">");
            html_label(h, options->columns[i]->label);
            HTML(h, "</th>");
        }
    if (shape->dues)
        HTML(h, "<th scope=\"col\">", T(h, shape->closed ? MSG_page_closed_at : MSG_page_due),
             "</th>");
    HTML(h, "</tr></thead>\n");
}

/* ---- how wide columns may be ---- */

/* In half-width characters: a Chinese one is two. What is longer is cut. */
#define CELL_MAX 22
/* All of them together; the title keeps the rest of the line. */
#define CELLS_MAX 46

/* Bytes of the text that fit into `most` half-width characters, and how many those are. */
static size_t fitting(Str text, int most, int *ret_width)
{
    size_t end = 0;
    int width = 0;
    *ret_width = 0;
    while (end < text.n) {
        size_t next = end + 1;
        while (next < text.n && ((unsigned char)text.p[next] & 0xC0) == 0x80)
            next++;
        width += next - end > 2 ? 2 : 1;
        if (width > most)
            break;
        *ret_width = width;
        end = next;
    }
    return end;
}

static int width_of(Str text)
{
    int width;
    (void)fitting(text, CELL_MAX, &width);
    return width;
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

/* Long names would push the title away; the whole of it is in the tooltip and on the record. */
static void write_short(Page *page, Str text)
{
    Html *h = &page->html;
    int width;
    size_t end = fitting(text, CELL_MAX, &width);
    if (end == text.n)
        HTML(h, text);
    else
        HTML(h, "<span title=\"", text, "\">", str_slice(text, 0, end), "…</span>");
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
        write_short(page, view->text);
    else
        HTML(h, "—");
    HTML(h, "</td>");
}

static void write_due(Page *page, const RecordRow *row, const Shape *shape)
{
    Html *h = &page->html;
    if (shape->closed) {
        HTML(h, "<td data-label=\"", T(h, MSG_page_closed_at), "\">");
        ui_day_short(page, day_of(row->closed_at));
        HTML(h, "</td>");
        return;
    }
    if (row->due == 0 || row->light == LIGHT_NONE) {
        HTML(h, "<td class=\"cell-none\" data-label=\"", T(h, MSG_page_due), "\">—</td>");
        return;
    }
    HTML(h, "<td data-label=\"", T(h, MSG_page_due), "\"><span class=\"", ui_due_class(row->light),
         "\">");
    ui_day_short(page, row->due);
    HTML(h, "</span></td>");
}

static void write_row(Page *page, const RecordRow *row, const TableOptions *options,
                      const Shape *shape)
{
    Html *h = &page->html;
    HTML(h, "<tr>");
    if (options->bulk)
        HTML(h, "<td class=\"cell-pick\"><input type=\"checkbox\" name=\"_number\" value=\"",
             row->number, "\" aria-label=\"", T(h, MSG_page_pick, row->number), "\"></td>");
    if (shape->lights) {
        HTML(h, "<td class=\"cell-light\">");
        ui_light(page, row->light, false);
        HTML(h, "</td>");
    }
    HTML(h, "<td class=\"cell-number number\">", row->number,
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
    HTML(h, "<td class=\"cell-state\" data-label=\"", T(h, MSG_page_status), "\">",
         row->status_label);
    if (row->pending)
        HTML(h, " <span class=\"tag tag-strong\">", T(h, MSG_page_pending_tag), "</span>");
    if (row->voided)
        HTML(h, " <span class=\"tag\">", T(h, MSG_page_voided_tag), "</span>");
    HTML(h, "</td>");
    for (size_t i = 0; i < options->n_columns; i++)
        if (is_shown_column(row->kind, options->columns[i]))
            write_column(page, row, options->columns[i]);
    if (shape->dues)
        write_due(page, row, shape);
    HTML(h, "</tr>\n");
}

/* The first columns that leave the title its room. */
static size_t columns_fitting(const RecordRow *rows, size_t count, const TableOptions *options)
{
    int used = 0;
    for (size_t i = 0; i < options->n_columns; i++) {
        int width = 0;
        if (!is_shown_column(column_kind(rows, count), options->columns[i]))
            continue;
        for (size_t j = 0; j < count; j++) {
            const FieldView *view = find_column(&rows[j], options->columns[i]);
            int here = view ? width_of(view->text) : 0;
            width = here > width ? here : width;
        }
        used += width + 2;
        if (used > CELLS_MAX)
            return i;
    }
    return options->n_columns;
}

void ui_table(Page *page, const RecordRow *rows, size_t count, const TableOptions *options)
{
    Html *h = &page->html;
    if (options->all)
        HTML(h, "<table class=\"list list-wide\">");
    else
        HTML(h, "<table class=\"list\">");
    HTML(h, "<caption class=\"sr\">", options->caption, "</caption>");
    Shape shape = shape_of(rows, count);
    TableOptions fitted = *options;
    if (!options->all)
        fitted.n_columns = columns_fitting(rows, count, options);
    write_header(page, column_kind(rows, count), &fitted, &shape);
    HTML(h, "<tbody>\n");
    for (size_t i = 0; i < count; i++)
        write_row(page, &rows[i], &fitted, &shape);
    HTML(h, "</tbody></table>\n");
}

/* A list without columns of its own, such as a figure's records, shows those of its rows. */
static void row_columns(Page *page, const RecordRow *row, TableOptions *options)
{
    const Field **columns = NEW_ARRAY(page->arena, const Field *, row->n_columns + 1);
    for (size_t i = 0; i < row->n_columns; i++)
        columns[i] = row->columns[i].field;
    options->columns = columns;
    options->n_columns = row->n_columns;
}

static bool is_filtered(const ListView *view)
{
    for (size_t i = 0; i < view->n_filters; i++)
        if (view->filters[i].text.n > 0)
            return true;
    return false;
}

void ui_list(Page *page, const ListView *view, Str caption)
{
    Html *h = &page->html;
    if (view->n_rows == 0) {
        bool asked = is_filtered(view);
        ui_empty(page, T(h, asked ? MSG_page_no_rows : MSG_page_no_records),
                 T(h, asked ? MSG_page_no_rows_hint : MSG_page_no_records_hint));
        return;
    }
    TableOptions options = {.caption = caption,
                            .with_kind = !view->kind,
                            .columns = view->columns,
                            .n_columns = view->kind ? view->n_columns : 0,
                            .all = view->columns_chosen};
    if (view->kind && view->n_columns == 0 && !view->columns_chosen)
        row_columns(page, &view->rows[0], &options);
    ui_table(page, view->rows, view->n_rows, &options);
    ui_pager(page, view);
}

void ui_export(Page *page, Str path, Str note, const ExportChoice *choices, size_t count)
{
    Html *h = &page->html;
    HTML(h,
         "<details class=\"menu\"><summary class=\"button button-plain button-small\">"
         "<span class=\"icon icon-download\" aria-hidden=\"true\"></span>",
         T(h, MSG_page_export), "</summary><div class=\"menu-body\">");
    if (note.n > 0)
        HTML(h, "<p class=\"menu-note\">", note, "</p>");
    for (size_t i = 0; i < count; i++) {
        Url url = ui_query_with(page, path, S("limit"), (Str){0});
        url_query(&url, S("format"), choices[i].format);
        HTML(h, "<a href=\"", url, "\" download>", T(h, choices[i].label), "</a>");
    }
    HTML(h, "</div></details>");
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
    if (view->n_column_choices > 0) {
        static const ExportChoice choices[] = {{S_CONST("xlsx"), MSG_page_export_xlsx},
                                               {S_CONST("csv"), MSG_page_export_csv},
                                               {S_CONST("json"), MSG_page_export_json},
                                               {S_CONST("definitions"), MSG_page_export_means}};
        Str path = STR(page->arena, "/records/", view->kind->name, "/export");
        HTML(h, "<div class=\"actions\">");
        ui_export(page, path, T(h, MSG_page_export_note, ui_digits(page, LIST_EXPORT_MAX)), choices,
                  COUNT_OF(choices));
        HTML(h, "</div>");
    }
    HTML(h, "</div>\n");
}

/* ---- units with counts ---- */

void ui_unit_table(Page *page, const MessageId *columns, size_t count)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list board\"><caption class=\"sr\">", T(h, MSG_page_by_unit),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_lead), "</th>");
    for (size_t i = 0; i < count; i++)
        HTML(h, "<th scope=\"col\" class=\"cell-amount\">", T(h, columns[i]), "</th>");
    HTML(h, "</tr></thead><tbody>\n");
}

void ui_count_cell(Page *page, MessageId label, int64_t count, Str class)
{
    Html *h = &page->html;
    HTML(h, "<td class=\"cell-amount");
    if (count == 0)
        HTML(h, " cell-none");
    HTML(h, "\" data-label=\"", T(h, label), "\">");
    if (count == 0)
        HTML(h, "—</td>");
    else
        HTML(h, "<span class=\"", class, "\">", count, "</span></td>");
}
