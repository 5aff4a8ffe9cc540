/* SPDX-License-Identifier: Apache-2.0 */
/* /verify: does a figure that somebody has read or printed still stand? */
#include "page/pages.h"

#include "query.h"
#include "report/briefing.h"

/* ---- of a publication ---- */

static Str edition_of(Visit *visit, const QRecordRow *row, Err *err)
{
    QEditionList *rows = NULL;
    size_t count = 0;
    if (!q_edition_list_all(visit->db, visit->arena, row->id, &rows, &count, err) || count == 0)
        return (Str){0};
    return rows[0].frozen;
}

static const BriefingChange *change_of(const BriefingChanges *changes, size_t figure)
{
    for (size_t i = 0; i < changes->n; i++)
        if (changes->p[i].figure == figure)
            return &changes->p[i];
    return NULL;
}

static void write_figure(Page *page, const BriefingFigure *figure, const BriefingChange *change)
{
    Html *h = &page->html;
    const Figure *now = profile_figure(page->visit->office->profile, figure->name);
    HTML(h, "<tr><td class=\"cell-title\">", label_text(figure->label, page->language),
         "</td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_printed), "\">",
         figure->number, " ", label_text(figure->unit, page->language), "</td><td data-label=\"",
         T(h, MSG_page_period), "\">",
         figure_period_text(page->arena, figure->from, figure->to, page->language),
         "</td><td data-label=\"", T(h, MSG_page_now), "\">");
    if (!change)
        HTML(h, "<span class=\"light light-green\">", T(h, MSG_page_stands), "</span>");
    else if (change->definition_changed || !now)
        HTML(h, "<span class=\"light light-yellow\">", T(h, MSG_page_definition_changed),
             "</span>");
    else
        HTML(h, "<span class=\"light light-yellow\">",
             T(h, MSG_page_now_is, figure_number(page->arena, now, &change->now)), "</span>");
    HTML(h, "</td></tr>\n");
}

static void write_publication(Page *page, const QRecordRow *row)
{
    Html *h = &page->html;
    Visit *visit = page->visit;
    BriefingEdition edition;
    BriefingChanges changes = {0};
    Err err = {0};
    Str frozen = edition_of(visit, row, &err);
    if (!briefing_edition_parse(page->arena, frozen, &edition, &err) ||
        !briefing_changes(page->arena, visit->db, visit->office, &edition, &changes, &err)) {
        ui_err(page, &err);
        return;
    }
    ui_section(page, row->title);
    if (changes.n == 0)
        ui_notice(page, NOTICE_DONE, T(h, MSG_page_all_stand));
    else
        ui_notice(page, NOTICE_NEAR,
                  T(h, MSG_page_some_changed, ui_digits(page, changes.n),
                    ui_digits(page, edition.figures.n)));
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", row->title,
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_figure),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_printed),
         "</th><th scope=\"col\">", T(h, MSG_page_period), "</th><th scope=\"col\">",
         T(h, MSG_page_now), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < edition.figures.n; i++)
        write_figure(page, &edition.figures.p[i], change_of(&changes, i));
    HTML(h, "</tbody></table><p class=\"meta\">",
         T(h, MSG_page_frozen_on, date_short(page->arena, edition.frozen_on, 0, page->language),
           ui_digits(page, edition.tree_size)),
         "</p></section>\n");
}

/* ---- of one number ---- */

typedef struct Claim {
    const Figure *figure;
    Str value;
    Day as_of;
    bool is_asked;
    bool is_good;
} Claim;

static Claim claim_of(HttpRequest *request)
{
    Visit *visit = visit_of(request);
    Claim claim = {.value = str_trim(http_query(request, S("value"))), .as_of = day_of(visit->now)};
    Str figure = http_query(request, S("figure"));
    claim.is_asked = figure.n > 0;
    claim.figure = profile_figure(visit->office->profile, figure);
    claim.is_good = claim.figure && claim.value.n > 0 &&
                    day_parse(http_query(request, S("date")), &claim.as_of);
    return claim;
}

/* 1,490 and 93.0% are read as people print them. */
static bool number_of(Arena *arena, Str text, int64_t *ret_number)
{
    Buf digits = buf_open(arena);
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] >= '0' && text.p[i] <= '9') || text.p[i] == '.' || text.p[i] == '-')
            buf_byte(&digits, text.p[i]);
    return digits.n > 0 && decimal_parse(buf_str(&digits), 6, ret_number);
}

static bool claim_value(Page *page, const Claim *claim, Str *ret_number, Str *ret_period, Err *err)
{
    Visit *visit = page->visit;
    const Org *org = org_by_code(&visit->office->orgs, claim->figure->org);
    FigureQuery query = {.indicator = claim->figure->of, .org = org ? org->id : 0};
    FigureValue value;
    figure_period(claim->figure->period, claim->as_of, &query.from, &query.to);
    if (!figure_value(page->arena, visit->db, visit->office, &query, &value, err))
        return false;
    *ret_number = figure_number(page->arena, claim->figure, &value);
    *ret_period = figure_period_text(page->arena, query.from, query.to, page->language);
    return true;
}

static void write_verdict(Page *page, const Claim *claim)
{
    Html *h = &page->html;
    Str number = {0};
    Str period = {0};
    int64_t told = 0;
    int64_t counted = 0;
    Err err = {0};
    if (!claim->is_asked)
        return;
    if (!claim->is_good || !number_of(page->arena, claim->value, &told)) {
        ui_notice(page, NOTICE_WRONG, T(h, MSG_page_claim_wrong));
        return;
    }
    if (!claim_value(page, claim, &number, &period, &err)) {
        ui_err(page, &err);
        return;
    }
    bool same = number_of(page->arena, number, &counted) && counted == told;
    Str label = STR(page->arena, period, " ", label_text(claim->figure->label, page->language));
    Str shown = STR(page->arena, number, " ", label_text(claim->figure->unit, page->language));
    Str verdict = T(h, same ? MSG_page_claim_stands : MSG_page_claim_differs, label, shown);
    ui_notice(page, same ? NOTICE_DONE : NOTICE_NEAR,
              STR(page->arena, verdict, "\n", T(h, MSG_page_definition), ui_colon(h),
                  label_text(claim->figure->of->define, page->language)));
}

static void write_claim_form(Page *page, const Claim *claim)
{
    Html *h = &page->html;
    const Profile *profile = page->visit->office->profile;
    OptionView *options = NEW_ARRAY(page->arena, OptionView, profile->n_figures + 1);
    for (size_t i = 0; i < profile->n_figures; i++)
        options[i] = (OptionView){.value = profile->figures[i].name,
                                  .label = label_text(profile->figures[i].label, page->language),
                                  .selected = claim->figure == &profile->figures[i]};
    HTML(h, "<form class=\"form\" action=\"/verify\">");
    ui_select(page, S("figure"), T(h, MSG_page_figure), options, profile->n_figures);
    ui_input(page, &(PlainInput){.name = S("value"),
                                 .label = T(h, MSG_page_claimed),
                                 .help = T(h, MSG_page_claimed_help),
                                 .value = claim->value,
                                 .is_short = true});
    ui_input(page, &(PlainInput){.name = S("date"),
                                 .label = T(h, MSG_page_claimed_on),
                                 .type = S("date"),
                                 .value = day_text(page->arena, claim->as_of),
                                 .is_short = true});
    HTML(h, "<div class=\"actions\"><button class=\"button\">", T(h, MSG_page_check),
         "</button></div></form>\n");
}

/* ---- the page ---- */

static void write_publications(Page *page, const QRecordRow *rows, size_t count)
{
    Html *h = &page->html;
    Str asked = http_query(page->request, S("publication"));
    size_t shown = 0;
    ui_section(page, T(h, MSG_page_publications));
    HTML(h, "<ul class=\"answers\">");
    for (size_t i = 0; i < count; i++) {
        if (rows[i].published_at == 0 || rows[i].voided_at != 0)
            continue;
        HTML(h, "<li><a href=\"/verify?publication=", rows[i].number, "\">", rows[i].title,
             "</a><span class=\"meta\">", rows[i].number, "</span></li>");
        shown++;
    }
    HTML(h, "</ul>");
    if (shown == 0)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_no_publications), "</p>");
    HTML(h, "</section>\n");
    for (size_t i = 0; i < count; i++)
        if (asked.n > 0 && str_eq(rows[i].number, asked) && rows[i].published_at != 0)
            write_publication(page, &rows[i]);
}

HttpOutcome page_verify(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    QRecordRow *rows = NULL;
    size_t count = 0;
    Err err = {0};
    Page page;
    if (!q_record_of_kind_all(visit->db, request->arena, S("briefing"), &rows, &count, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_verify, visit->language)});
    Html *h = &page.html;
    Claim claim = claim_of(request);
    HTML(h, "<div class=\"section\">");
    ui_head(&page, T(h, MSG_page_verify), (Str){0});
    HTML(h, "<p class=\"prose\">", T(h, MSG_page_verify_what),
         "</p></div><section "
         "class=\"section\">");
    write_verdict(&page, &claim);
    write_claim_form(&page, &claim);
    HTML(h, "</section>\n");
    write_publications(&page, rows, count);
    return page_close(&page);
}
