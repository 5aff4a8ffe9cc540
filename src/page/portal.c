/* SPDX-License-Identifier: Apache-2.0 */
/* The front page: one question, a way to follow, what was promised and what was answered. */
#include "page/pages.h"

#define WAYS_MAX    3
#define ANSWERS_MAX 5
#define TILES_MAX   6
#define RATIOS_MAX  6

/* The kinds that can be submitted without an account, in the profile's order; the first few. */
static size_t public_kinds(const Profile *profile, const Kind *ret_kinds[WAYS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *kind = &profile->kinds[i];
        if (kind->n_parents || !kind_first_move(kind, true))
            continue;
        size_t at = count < WAYS_MAX ? count++ : WAYS_MAX;
        for (; at > 0 && ret_kinds[at - 1]->order > kind->order; at--)
            if (at < WAYS_MAX)
                ret_kinds[at] = ret_kinds[at - 1];
        if (at < WAYS_MAX)
            ret_kinds[at] = kind;
    }
    return count;
}

static void write_ways(Page *page)
{
    Html *h = &page->html;
    const Kind *kinds[WAYS_MAX];
    size_t count = public_kinds(page->visit->office->profile, kinds);
    HTML(h, "<div class=\"ways\">");
    for (size_t i = 0; i < count; i++) {
        HTML(h, "<a class=\"way\" href=\"/submit/", kinds[i]->name, "\">");
        ui_icon(page, ui_kind_icon(kinds[i]));
        HTML(h, "<strong>", label_text(kinds[i]->label, page->language), "</strong><span>",
             label_text(kinds[i]->describe, page->language), "</span></a>");
    }
    HTML(h, "</div>");
}

static void write_track(Page *page)
{
    Html *h = &page->html;
    HTML(h, "<form class=\"track\" action=\"/track\"><strong>", T(h, MSG_page_follow),
         "</strong><input class=\"input\" name=\"number\" aria-label=\"", T(h, MSG_page_number),
         "\" placeholder=\"", T(h, MSG_page_number_example),
         "\" autocomplete=\"off\"><input class=\"input\" name=\"code\" aria-label=\"",
         T(h, MSG_page_code), "\" placeholder=\"", T(h, MSG_page_code),
         "\" autocomplete=\"off\"><button class=\"button\">", T(h, MSG_page_track),
         "</button></form>");
}

/* ---- figures ---- */

static void write_tiles(Page *page, const FigureRow *rows, size_t count)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"tiles\">");
    for (size_t i = 0; i < count; i++)
        HTML(h, "<div class=\"tile\"><span>", rows[i].label, "</span><strong>", rows[i].number,
             "<small>", rows[i].unit, "</small></strong></div>");
    HTML(h, "</div>");
}

static void write_ratio(Page *page, const FigureRow *row)
{
    Html *h = &page->html;
    HTML(h, "<li><span>", row->label, "</span><span class=\"meta\"><strong>", row->number, " ",
         row->unit, "</strong> ");
    HTML(h, row->value.numerator, " / ", row->value.denominator, "</span><progress max=\"",
         row->value.denominator, "\" value=\"", row->value.numerator, "\" aria-label=\"",
         row->label, "\"></progress></li>");
}

static void write_ratios(Page *page, const FigureRow *rows, size_t count)
{
    Html *h = &page->html;
    HTML(h, "<ul class=\"promises section\">");
    for (size_t i = 0; i < count; i++)
        write_ratio(page, &rows[i]);
    HTML(h, "</ul>");
}

/* The last ones of the profile are the city's own: it adds to what the base has. */
typedef struct Shown {
    FigureRow *tiles, *ratios;
    size_t n_tiles, n_ratios;
} Shown;

static bool shown_read(Visit *visit, Shown *ret_shown, Err *err)
{
    return board_rows_view(visit, false, TILES_MAX, &ret_shown->tiles, &ret_shown->n_tiles, err) &&
           board_rows_view(visit, true, RATIOS_MAX, &ret_shown->ratios, &ret_shown->n_ratios, err);
}

/* Figures of the board share one period as a rule; that of the first one is named. */
static void write_figures(Page *page, const Shown *shown)
{
    Html *h = &page->html;
    if (shown->n_tiles + shown->n_ratios == 0)
        return;
    HTML(h, "<section class=\"section\"><div class=\"section-head\"><h2>",
         T(h, MSG_page_portal_figures), "</h2><span class=\"meta\">",
         shown->n_tiles ? shown->tiles[0].period : shown->ratios[0].period, "</span></div>");
    write_tiles(page, shown->tiles, shown->n_tiles);
    HTML(h, "<p class=\"meta\">", T(h, MSG_page_portal_figures_note), "</p>");
    write_ratios(page, shown->ratios, shown->n_ratios);
    HTML(h, "</section>");
}

/* ---- answers ---- */

/* The published text, then the published answer. */
static void write_answer_text(Page *page, const RecordRow *row)
{
    Html *h = &page->html;
    HTML(h, "<details><summary class=\"chip\">", T(h, MSG_page_read_answer), "</summary>");
    for (size_t i = 0; i < row->n_columns; i++) {
        HTML(h, "<p><strong>", row->columns[i].label, "</strong><br>");
        html_lines(h, row->columns[i].text);
        HTML(h, "</p>");
    }
    HTML(h, "</details>");
}

void ui_answers(Page *page, const RecordRow *rows, size_t count)
{
    Html *h = &page->html;
    HTML(h, "<ul class=\"answers\">");
    for (size_t i = 0; i < count; i++) {
        HTML(h, "<li><h3>", rows[i].title, "</h3><span class=\"meta\">", rows[i].kind_label);
        if (rows[i].lead.n > 0)
            HTML(h, " · ", rows[i].lead);
        if (rows[i].closed_at != 0) {
            HTML(h, " · ");
            ui_day_short(page, day_of(rows[i].closed_at));
        }
        HTML(h, "</span>");
        if (rows[i].n_columns > 0)
            write_answer_text(page, &rows[i]);
        HTML(h, "</li>");
    }
    HTML(h, "</ul>");
}

static void write_answers(Page *page, const ListView *answers)
{
    Html *h = &page->html;
    if (answers->n_rows == 0)
        return;
    HTML(h, "<section class=\"section\"><div class=\"section-head\"><h2>",
         T(h, MSG_page_latest_answers), "</h2><a href=\"/answers\">", T(h, MSG_page_all),
         "</a></div>");
    ui_answers(page, answers->rows, answers->n_rows);
    HTML(h, "</section>");
}

HttpOutcome page_portal(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Err err = {0};
    Shown shown;
    ListView answers;
    Page page;
    if (!shown_read(visit, &shown, &err) || !answers_latest(visit, ANSWERS_MAX, &answers, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_portal, visit->language), .is_public = true});
    Html *h = &page.html;
    HTML(h, "<section class=\"ask\"><h1>", T(h, MSG_page_question), "</h1>");
    write_ways(&page);
    write_track(&page);
    HTML(h, "</section>");
    write_figures(&page, &shown);
    write_answers(&page, &answers);
    return page_close(&page);
}

HttpOutcome page_answers(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Err err = {0};
    ListView answers;
    Page page;
    if (!answers_view(visit, &answers, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_answers, visit->language), .is_public = true});
    Html *h = &page.html;
    HTML(h, "<section class=\"section\">");
    ui_head(&page, T(h, MSG_page_answers), T(h, MSG_page_answers_note));
    if (answers.n_rows == 0)
        ui_empty(&page, T(h, MSG_page_no_answers), T(h, MSG_page_no_answers_hint));
    else
        ui_answers(&page, answers.rows, answers.n_rows);
    ui_pager(&page, &answers);
    HTML(h, "</section>");
    return page_close(&page);
}
