/* SPDX-License-Identifier: Apache-2.0 */
#include "page/ui_import.h"

#include "base/utf8.h"
#include "write/piece.h"

#define PROBLEMS_SHOWN 1000
#define ROWS_SHOWN     6 /* with the titles */
#define CELL_SHOWN     40

Str ui_import_href(Arena *arena, const Kind *kind, Str rest)
{
    return STR(arena, "/records/", kind->name, "/import", rest);
}

/* What a cell says in a line. */
static Str cell_begin(const Page *page, Str cell)
{
    Str begin = utf8_head(cell, CELL_SHOWN);
    return begin.n < cell.n ? STR(page->arena, begin, "…") : cell;
}

void ui_import_form(Page *page, const Kind *kind)
{
    Html *h = &page->html;
    Arena *arena = page->arena;
    HTML(h, "<form class=\"form\" method=\"post\" action=\"", ui_import_href(arena, kind, S("")),
         "\" enctype=\"multipart/form-data\"><p>", T(h, MSG_page_import_says), "</p>");
    page_token(page, false);
    HTML(h, "<div class=\"field\"><label for=\"file\">", T(h, MSG_page_import_file),
         "</label><input class=\"input\" type=\"file\" id=\"file\" name=\"file\" ",
         "accept=\".csv,.xlsx,text/csv\" required></div><div class=\"actions\"><button "
         "class=\"button\">",
         T(h, MSG_page_import_look), "</button><a class=\"button button-plain\" href=\"",
         ui_import_href(arena, kind, S("/template")), "?format=xlsx\">",
         T(h, MSG_page_import_template_xlsx), "</a><a class=\"button button-plain\" href=\"",
         ui_import_href(arena, kind, S("/template")), "\">", T(h, MSG_page_import_template),
         "</a></div></form>");
}

/* ---- how the sheet begins ---- */

static Str cell_at(const GridRow *row, size_t column)
{
    return column < row->n ? row->cells[column] : S("");
}

static void begin_head(Page *page, const GridRow *titles, size_t columns)
{
    Html *h = &page->html;
    HTML(h, "<thead><tr><th scope=\"col\">", T(h, MSG_page_import_line), "</th>");
    for (size_t i = 0; i < columns; i++)
        HTML(h, "<th scope=\"col\">", cell_begin(page, cell_at(titles, i)), "</th>");
    HTML(h, "</tr></thead><tbody>\n");
}

static void begin_row(Page *page, const GridRow *titles, const GridRow *row, size_t columns)
{
    Html *h = &page->html;
    HTML(h, "<tr><th scope=\"row\">", row->number, "</th>");
    for (size_t i = 0; i < columns; i++)
        HTML(h, "<td data-label=\"", cell_begin(page, cell_at(titles, i)), "\">",
             cell_begin(page, cell_at(row, i)), "</td>");
    HTML(h, "</tr>\n");
}

void ui_import_begin(Page *page, const Import *import)
{
    Html *h = &page->html;
    const Grid *grid = import->ask.grid;
    size_t shown = MIN(grid->rows.n, ROWS_SHOWN), columns = 0;
    for (size_t i = 0; i < shown; i++)
        columns = MAX(columns, grid->rows.p[i].n);
    HTML(h, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"",
         T(h, MSG_page_import_first), "\"><table class=\"list\">");
    begin_head(page, &grid->rows.p[0], columns);
    for (size_t i = 1; i < shown; i++)
        begin_row(page, &grid->rows.p[0], &grid->rows.p[i], columns);
    HTML(h, "</tbody></table></div>\n");
}

void ui_import_encoding(Page *page, const Kind *kind, GridEncoding encoding, Str sheet)
{
    Html *h = &page->html;
    GridEncoding other = encoding == GRID_UTF8 ? GRID_GB18030 : GRID_UTF8;
    if (encoding != GRID_UTF8 && encoding != GRID_GB18030)
        return;
    HTML(h, "<form class=\"list-foot\" method=\"post\" action=\"",
         ui_import_href(page->arena, kind, S("")), "\" enctype=\"multipart/form-data\">");
    page_token(page, false);
    HTML(h, "<input type=\"hidden\" name=\"sheet\" value=\"", sheet,
         "\"><input type=\"hidden\" name=\"encoding\" value=\"", grid_encoding_word(other),
         "\"><span>", T(h, MSG_page_import_encoding, T(h, grid_encoding_label(encoding))),
         "</span><button class=\"button button-plain\">",
         T(h, MSG_page_import_switch, T(h, grid_encoding_label(other))), "</button></form>");
}

/* ---- what is wrong ---- */

static Str place_of(const Page *page, const ImportProblem *problem)
{
    if (problem->column > 0)
        return STR(page->arena, sheet_column(page->arena, problem->column), problem->row);
    return T(&page->html, MSG_page_import_row, ui_digits(page, problem->row));
}

static void write_problem(Page *page, const Import *import, const ImportProblem *problem)
{
    Html *h = &page->html;
    Str cell = import_problem_cell(import, problem);
    HTML(h, "<tr><th scope=\"row\">", place_of(page, problem), "</th><td data-label=\"",
         T(h, MSG_page_import_title), "\">", problem->title, "</td><td data-label=\"",
         T(h, MSG_page_import_content), "\">",
         str_eq(cell, problem->title) ? S("") : cell_begin(page, cell),
         "</td><td class=\"cell-text\" data-label=\"", T(h, MSG_page_import_problem), "\">");
    html_lines(h, problem->sentence);
    HTML(h, "</td></tr>\n");
}

void ui_import_problems(Page *page, const Import *import, size_t from)
{
    Html *h = &page->html;
    size_t shown = MIN(import->problems.n - from, PROBLEMS_SHOWN);
    if (shown == 0)
        return;
    ui_section(page, T(h, MSG_page_import_faults));
    HTML(h, "<table class=\"list\"><thead><tr><th scope=\"col\">", T(h, MSG_page_import_cell),
         "</th><th scope=\"col\">", T(h, MSG_page_import_title), "</th><th scope=\"col\">",
         T(h, MSG_page_import_content), "</th><th scope=\"col\">", T(h, MSG_page_import_problem),
         "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < shown; i++)
        write_problem(page, import, &import->problems.p[from + i]);
    HTML(h, "</tbody></table>");
    if (from + shown < import->problems.n)
        HTML(h, "<p class=\"meta\">",
             T(h, MSG_page_import_more,
               ui_digits(page, (int64_t)(import->problems.n - from - shown))),
             "</p>");
    HTML(h, "</section>");
}

void ui_import_counts(Page *page, const Import *import)
{
    Html *h = &page->html;
    Str rows = ui_digits(page, (int64_t)import->rows.n);
    if (import->problems.n > 0)
        ui_notice(page, NOTICE_WRONG,
                  T(h, MSG_page_import_wrong, ui_digits(page, (int64_t)import->problems.n)));
    else
        ui_notice(page, NOTICE_PLAIN, T(h, MSG_page_import_good, rows));
    if (import->counts[IMPORT_BEFORE] > 0)
        ui_notice(
            page, NOTICE_PLAIN,
            T(h, MSG_page_import_before, ui_digits(page, (int64_t)import->counts[IMPORT_BEFORE])));
}

void ui_import_make(Page *page, const Import *import, Str sheet)
{
    Html *h = &page->html;
    const Kind *kind = import->ask.kind;
    Str count = ui_digits(page, (int64_t)import->counts[IMPORT_NEW]);
    if (import->counts[IMPORT_NEW] == 0)
        return;
    HTML(h, "<form class=\"form\" method=\"post\" action=\"",
         ui_import_href(page->arena, kind, S("/apply")), "\">");
    page_token(page, false);
    HTML(h, "<input type=\"hidden\" name=\"sheet\" value=\"", sheet,
         "\"><input type=\"hidden\" name=\"encoding\" value=\"",
         grid_encoding_word(import->ask.grid->encoding), "\">");
    if (import->problems.n > 0)
        HTML(h, "<input type=\"hidden\" name=\"skip_wrong\" value=\"yes\">");
    HTML(h, "<div class=\"actions\"><button class=\"button\">");
    if (import->problems.n > 0)
        HTML(h, T(h, MSG_page_import_skip, count));
    else
        HTML(h, T(h, MSG_page_import_make, count));
    HTML(h, "</button></div></form>");
}
