/* SPDX-License-Identifier: Apache-2.0 */
#include "page/ui.h"

/* Menus longer than this are a <select> in the form instead. */
#define CHIP_OPTIONS_MAX 20
/* More chips than this are a wall; the others stand in the form. */
#define CHIPS_MAX 6

/* Where a filter changes, the place in the list does not hold any more. */
Url ui_query_with(Page *page, Str path, Str name, Str value)
{
    Url url = url_open(page->arena, path);
    const FormFields *query = &page->request->query;
    for (size_t i = 0; i < query->n; i++) {
        const FormField *field = &query->p[i];
        if (str_eq(field->name, name) || str_eq(field->name, S("after")) || field->value.n == 0 ||
            str_eq(field->name, S("done")))
            continue;
        url_query(&url, field->name, field->value);
    }
    if (value.n > 0)
        url_query(&url, name, value);
    return url;
}

static bool has_menu(const FilterView *filter)
{
    return filter->options && filter->n_options <= CHIP_OPTIONS_MAX;
}

/* The first few that fit a menu. */
static bool is_chip(const ListView *view, const FilterView *filter)
{
    int before = 0;
    for (const FilterView *one = view->filters; one < filter; one++)
        before += has_menu(one);
    return has_menu(filter) && before < CHIPS_MAX;
}

static const OptionView *selected(const FilterView *filter)
{
    for (size_t i = 0; i < filter->n_options; i++)
        if (filter->options[i].selected && filter->options[i].value.n > 0)
            return &filter->options[i];
    return NULL;
}

/* What is filtered by now: a chip whose link takes it out. */
static void write_active(Page *page, const FilterView *filter, Str path)
{
    Html *h = &page->html;
    const OptionView *option = filter->options ? selected(filter) : NULL;
    Str text = option ? option->label : filter->text;
    if (text.n == 0)
        return;
    HTML(h, "<a class=\"chip chip-on\" href=\"", ui_query_with(page, path, filter->name, (Str){0}),
         "\">", filter->label, ui_colon(h), text,
         "<span class=\"icon icon-cross\" aria-hidden=\"true\"></span>", "<span class=\"sr\">",
         T(h, MSG_page_take_out), "</span></a>");
}

static void write_menu(Page *page, const FilterView *filter, Str path)
{
    Html *h = &page->html;
    HTML(h, "<details class=\"menu\"><summary class=\"chip\">", filter->label,
         "<span class=\"icon icon-down\" aria-hidden=\"true\"></span></summary>"
         "<div class=\"menu-body\">");
    Url url = ui_query_with(page, path, filter->name, (Str){0});
    UrlMark mark = url_mark(&url);
    for (size_t i = 0; i < filter->n_options; i++) {
        if (filter->options[i].value.n == 0)
            continue;
        url_query(&url, filter->name, filter->options[i].value);
        HTML(h, "<a href=\"", url, "\">", filter->options[i].label, "</a>");
        url_rewind(&url, mark);
    }
    HTML(h, "</div></details>");
}

static Str input_type(const FilterView *filter)
{
    if (str_eq(filter->name, S("from")) || str_eq(filter->name, S("to")))
        return S("date");
    return S("search");
}

static void write_form_filter(Page *page, const FilterView *filter)
{
    if (filter->options) {
        OptionView *options = NEW_ARRAY(page->arena, OptionView, filter->n_options + 1);
        options[0] = (OptionView){.label = T(&page->html, MSG_page_any)};
        for (size_t i = 0; i < filter->n_options; i++)
            options[i + 1] = filter->options[i];
        ui_select(page, filter->name, filter->label, options, filter->n_options + 1);
        return;
    }
    ui_input(page, &(PlainInput){.name = filter->name,
                                 .label = filter->label,
                                 .value = filter->text,
                                 .type = input_type(filter)});
}

static const FilterView *find_filter(const ListView *view, Str name)
{
    for (size_t i = 0; i < view->n_filters; i++)
        if (str_eq(view->filters[i].name, name))
            return &view->filters[i];
    return NULL;
}

static void write_hidden(Page *page, const FormField *field)
{
    HTML(&page->html, "<input type=\"hidden\" name=\"", field->name, "\" value=\"", field->value,
         "\">");
}

/* What the form does not ask for itself travels along. */
static void write_kept(Page *page, const ListView *view)
{
    const FormFields *query = &page->request->query;
    for (size_t i = 0; i < query->n; i++) {
        const FilterView *filter = find_filter(view, query->p[i].name);
        if (str_eq(query->p[i].name, S("after")) || str_eq(query->p[i].name, S("done")) ||
            (filter && !is_chip(view, filter)))
            continue;
        write_hidden(page, &query->p[i]);
    }
}

static void write_form(Page *page, const ListView *view, Str path)
{
    Html *h = &page->html;
    HTML(h, "<details class=\"menu\"><summary class=\"chip\">", T(h, MSG_page_more_filters),
         "<span class=\"icon icon-down\" aria-hidden=\"true\"></span></summary>"
         "<div class=\"menu-body panel-pad\"><form class=\"form\" action=\"",
         path, "\">");
    write_kept(page, view);
    for (size_t i = 0; i < view->n_filters; i++)
        if (!is_chip(view, &view->filters[i]))
            write_form_filter(page, &view->filters[i]);
    HTML(h, "<button class=\"button\">", T(h, MSG_page_apply), "</button></form></div></details>");
}

/* ---- the columns ---- */

static bool is_shown(const ListView *view, const Field *field)
{
    for (size_t i = 0; i < view->n_columns; i++)
        if (view->columns[i] == field)
            return true;
    return false;
}

/* The filters travel along, so that choosing columns leaves the list as it was. */
static void write_query(Page *page)
{
    const FormFields *query = &page->request->query;
    for (size_t i = 0; i < query->n; i++)
        if (!str_eq(query->p[i].name, S("columns")) && !str_eq(query->p[i].name, S("done")))
            write_hidden(page, &query->p[i]);
}

static void write_columns(Page *page, const ListView *view, Str path)
{
    Html *h = &page->html;
    HTML(h, "<details class=\"menu menu-end\"><summary class=\"chip\">", T(h, MSG_page_columns),
         "<span class=\"icon icon-down\" aria-hidden=\"true\"></span></summary><div "
         "class=\"menu-body panel-pad\"><form class=\"columns-form\" method=\"post\" action=\"",
         path, "/columns\">");
    page_token(page, false);
    write_query(page);
    for (size_t i = 0; i < view->n_column_choices; i++) {
        const Field *field = view->column_choices[i];
        HTML(h, "<label class=\"choice\"><input type=\"checkbox\" name=\"column\" value=\"",
             field->name, "\"");
        if (is_shown(view, field))
            HTML(h, " checked");
        HTML(h, ">");
        html_label(h, field->label);
        HTML(h, "</label>");
    }
    HTML(h, "<p class=\"meta\">", T(h, MSG_page_columns_note, ui_digits(page, LIST_COLUMNS_MAX)),
         "</p><div class=\"actions\"><button class=\"button button-small\">", T(h, MSG_page_apply),
         "</button><button class=\"button button-plain button-small\" name=\"_reset\" "
         "value=\"1\">",
         T(h, MSG_page_columns_reset), "</button></div></form></div></details>");
}

void ui_filters(Page *page, const ListView *view, Str path)
{
    Html *h = &page->html;
    bool active = false;
    HTML(h, "<div class=\"chips\" role=\"group\" aria-label=\"", T(h, MSG_page_filters), "\">");
    for (size_t i = 0; i < view->n_filters; i++) {
        write_active(page, &view->filters[i], path);
        active |= view->filters[i].text.n > 0;
    }
    for (size_t i = 0; i < view->n_filters; i++)
        if (is_chip(view, &view->filters[i]) && !selected(&view->filters[i]))
            write_menu(page, &view->filters[i], path);
    write_form(page, view, path);
    if (active)
        HTML(h, "<a class=\"chips-clear\" href=\"", path, "\">", T(h, MSG_page_clear), "</a>");
    if (view->n_column_choices > 0)
        write_columns(page, view, path);
    HTML(h, "</div>\n");
}
