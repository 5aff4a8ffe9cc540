/* SPDX-License-Identifier: Apache-2.0 */
/* /briefings/new and /briefings/{number}/edit: the text of a briefing as Markdown with slots in a
 * plain textarea, its preview with the checks beside it, and the figures to put in. */
#include "page/briefing_paper.h"
#include "page/pages.h"
#include "view/briefing_view.h"

/* What stands on the page. */
typedef struct Writing {
    Record record;  /* being edited; id 0: a new one */
    MoveView move;  /* draft or edit */
    FormInput form; /* what its fields hold */
    Str number;     /* empty: a new one */
    BriefingDraft draft;
    Err refused; /* what the door said or would say */
    bool previews;
} Writing;

static bool is_asked(HttpRequest *request, Str what)
{
    return str_eq(form_get(&request->form.fields, S("_do")), what);
}

/* ---- what the fields start with ---- */

static Str org_code(const Visit *visit, int64_t id)
{
    const Org *org = org_find(&visit->office->orgs, id ? id : visit->office->orgs.root);
    return org ? org->code : S("");
}

static void add_pairs(Visit *visit, Writing *writing, const BriefingQuery *query)
{
    const BriefingTemplate *template = query->template;
    bool own = query->written[LANGUAGE_ZH].n > 0 || !template;
    const Str pairs[][2] = {
        {S("title"), query->title.zh},
        {S("template"), template ? template->name : S("")},
        {S("period_from"), day_text(visit->arena, query->from)},
        {S("period_to"), day_text(visit->arena, query->to)},
        {S("org"), org_code(visit, query->org)},
        {S("text"), own ? query->written[LANGUAGE_ZH] : template->zh},
        {S("text_en"), own ? query->written[LANGUAGE_EN] : template->en},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        form_add(visit->arena, &writing->form, pairs[i][0], pairs[i][1]);
}

static bool open_new(Visit *visit, Writing *writing, Err *err)
{
    const Profile *profile = visit->office->profile;
    const Kind *kind = profile_kind(profile, S("briefing"));
    BriefingQuery query = {
        .template = profile_briefing(profile, http_query(visit->request, S("template")))};
    figure_period(query.template ? query.template->period : PERIOD_YEAR, day_of(visit->now),
                  &query.from, &query.to);
    if (query.template)
        query.title.zh = query.template->label.zh;
    if (!kind)
        return err_set(err, ERR_NOT_FOUND, MSG_http_not_found);
    add_pairs(visit, writing, &query);
    return new_view(visit, kind, (Str){0}, &writing->move, err);
}

static bool open_edit(Visit *visit, Writing *writing, Err *err)
{
    RecordView view;
    BriefingQuery query;
    if (!record_view(visit, S("briefing"), writing->number, &view, err) ||
        !record_get(visit->arena, visit->db, view.row.id, &writing->record, err))
        return false;
    for (size_t i = 0; i < view.n_moves; i++)
        if (view.moves[i].move->edits)
            writing->move = view.moves[i];
    if (!writing->move.move)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_page_not_edited);
    (void)briefing_query(visit->office, &writing->record.values, &query);
    add_pairs(visit, writing, &query);
    return true;
}

/* The page as it is opened; what was sent takes the place of what stands. */
static bool open_writing(Visit *visit, const FormInput *sent, Writing *writing, Err *err)
{
    writing->number = http_param(visit->request, S("number"));
    if (!(writing->number.n ? open_edit(visit, writing, err) : open_new(visit, writing, err)))
        return false;
    if (sent)
        writing->form = *sent;
    return true;
}

/* ---- the form ---- */

static Str write_href(Arena *arena, const Writing *writing)
{
    return writing->number.n ? STR(arena, "/briefings/", writing->number, "/edit")
                             : S("/briefings/new");
}

static Str form_value(const Writing *writing, Str name)
{
    bool found;
    return form_text(&writing->form, name, &found);
}

static void write_hidden(Page *page, Str name, Str value)
{
    HTML(&page->html, "<input type=\"hidden\" name=\"", name, "\" value=\"", value, "\">");
}

static void write_form(Page *page, const Writing *writing)
{
    Html *h = &page->html;
    const MoveView *move = &writing->move;
    HTML(h, "<form class=\"form writing-form\" method=\"post\" action=\"",
         write_href(page->arena, writing), "\" data-leave=\"", T(h, MSG_page_leave_unsaved),
         "\" data-write>");
    page_token(page, true);
    write_hidden(page, S("_version"), STR(page->arena, writing->record.version));
    for (size_t i = 0; i < move->n_inputs; i++)
        if (str_eq(move->inputs[i].name, S("template")))
            write_hidden(page, S("template"), form_value(writing, S("template")));
        else
            ui_inputs(page, &move->inputs[i], 1, (Str){0});
    HTML(h, "<div class=\"actions\"><button class=\"button\" name=\"_do\" value=\"save\">",
         T(h, MSG_page_save_draft),
         "</button><button class=\"button button-plain\" name=\"_do\" value=\"preview\">",
         T(h, MSG_page_preview), "</button><a class=\"button button-plain\" href=\"/briefings");
    if (writing->number.n)
        HTML(h, "/", writing->number);
    HTML(h, "\">", T(h, MSG_page_cancel), "</a></div></form>\n");
}

/* ---- figures to put in ---- */

static void write_slot_form(Page *page, const BriefingSlot *slot, Str unit, bool scripted)
{
    Html *h = &page->html;
    HTML(h, "<li>");
    if (scripted)
        HTML(h, "<button type=\"button\" class=\"button button-plain button-small\" data-insert=\"",
             slot->source, "\">");
    HTML(h, "<strong>", slot->text);
    if (slot->type == SLOT_FIGURE || slot->type == SLOT_ROUND || slot->type == SLOT_NEAR)
        HTML(h, page->language == LANGUAGE_EN ? S(" ") : S(""), unit);
    HTML(h, "</strong> <code>", slot->source, "</code>");
    if (scripted)
        HTML(h, "</button>");
    HTML(h, "</li>");
}

static void write_found(Page *page, const SlotRow *rows, size_t count, bool scripted)
{
    Html *h = &page->html;
    if (count == 0)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_no_such_figures), "</p>");
    for (size_t i = 0; i < count; i++) {
        HTML(h, "<section class=\"found\"><h3>", rows[i].label, "</h3><p class=\"meta\">",
             rows[i].define, "</p><ul>");
        for (size_t j = 0; j < rows[i].n_slots; j++)
            write_slot_form(page, &rows[i].slots[j],
                            rows[i].figure->of->type == INDICATOR_RATIO ? S("") : rows[i].unit,
                            scripted);
        HTML(h, "</ul></section>");
    }
    if (count == SLOT_ROWS_MAX)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_more_figures), "</p>");
}

static void write_find(Page *page, const FormInput *form, Str words, Str of)
{
    static const Str carried[] = {S_CONST("template"), S_CONST("period_from"), S_CONST("period_to"),
                                  S_CONST("org")};
    Html *h = &page->html;
    const Profile *profile = page->visit->office->profile;
    OptionView *options = NEW_ARRAY(page->arena, OptionView, profile->n_figures + 1);
    options[0] = (OptionView){.value = S(""), .label = T(h, MSG_page_none_chosen)};
    for (size_t i = 0; i < profile->n_figures; i++)
        options[i + 1] =
            (OptionView){.value = profile->figures[i].name,
                         .label = label_text(profile->figures[i].label, page->language),
                         .selected = str_eq(profile->figures[i].name, of)};
    HTML(h, "<form class=\"form find-figures\" action=\"/briefings/figures\" data-find>");
    for (size_t i = 0; i < COUNT_OF(carried); i++) {
        bool found;
        write_hidden(page, carried[i], form_text(form, carried[i], &found));
    }
    ui_input(page, &(PlainInput){.name = S("q"),
                                 .label = T(h, MSG_page_find_figure),
                                 .help = T(h, MSG_page_find_figure_help),
                                 .type = S("search"),
                                 .value = words});
    ui_select(page, S("of"), T(h, MSG_page_find_of), options, profile->n_figures + 1);
    HTML(h, "<button class=\"button button-plain button-small\">", T(h, MSG_page_find),
         "</button></form>\n");
}

HttpOutcome page_briefing_figures(HttpRequest *request, HttpResponse *response)
{
    static const Str names[] = {S_CONST("template"), S_CONST("period_from"), S_CONST("period_to"),
                                S_CONST("org")};
    Visit *visit = visit_of(request);
    Str words = http_query(request, S("q")), of = http_query(request, S("of"));
    bool part = http_query(request, S("part")).n > 0;
    FormInput form = {0};
    SlotRow *rows = NULL;
    size_t count = 0;
    Err err = {0};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        form_add(visit->arena, &form, names[i], http_query(request, names[i]));
    BriefingQuery query = briefing_query_of_form(visit, &form);
    if ((words.n || of.n) && !briefing_figures_view(visit, &query, words, of, &rows, &count, &err))
        return http_fail(request, response, &err);
    Page page = {.html = html_open(&response->body, visit->language),
                 .arena = visit->arena,
                 .visit = visit,
                 .request = request,
                 .response = response,
                 .language = visit->language};
    if (part) {
        write_found(&page, rows, count, true);
        return HTTP_DONE;
    }
    page_open(
        &page, request, response,
        &(PageHead){.title = message(MSG_page_find_figure, visit->language), .nav = NAV_BRIEFINGS});
    ui_head(&page, T(&page.html, MSG_page_find_figure), T(&page.html, MSG_page_find_copy));
    write_find(&page, &form, words, of);
    HTML(&page.html, "<div class=\"find-results\">");
    if (words.n || of.n)
        write_found(&page, rows, count, false);
    HTML(&page.html, "</div>\n");
    return page_close(&page);
}

/* ---- the page ---- */

static void write_checks(Page *page, const Writing *writing)
{
    HTML(&page->html, "<div class=\"check-live\" aria-live=\"polite\">");
    briefing_checks(page, &writing->draft);
    HTML(&page->html, "</div>");
}

/* The text with its values, the checks beside it. */
static void write_preview(Page *page, const Writing *writing)
{
    Html *h = &page->html;
    briefing_paper(page, &writing->draft.text, &writing->draft.figures, writing->number);
    HTML(h, "<aside class=\"margin\" aria-label=\"", T(h, MSG_page_checks), "\">");
    write_checks(page, writing);
    HTML(h, "</aside>\n");
}

static void write_side(Page *page, const Writing *writing)
{
    Html *h = &page->html;
    HTML(h, "<aside class=\"margin\" aria-label=\"", T(h, MSG_page_find_figure), "\">\n");
    write_find(page, &writing->form, (Str){0}, (Str){0});
    HTML(h, "<div class=\"find-results\" aria-live=\"polite\"></div>");
    if (!writing->previews)
        write_checks(page, writing);
    HTML(h, "</aside>\n");
}

static void write_page(Page *page, Writing *writing)
{
    Html *h = &page->html;
    const Err *refused = writing->refused.code ? &writing->refused : NULL;
    Str title = T(h, writing->number.n ? MSG_page_write_on : MSG_page_write_new);
    inputs_fill(page->visit, &writing->move, &writing->form, refused);
    ui_crumbs(page,
              (Crumb[]){{T(h, MSG_page_briefings), S("/briefings")},
                        {writing->number.n ? writing->number : writing->move.label, {0}}},
              2);
    ui_error_summary(page, refused, writing->move.inputs, writing->move.n_inputs, (Str){0});
    if (refused && !refused->fields)
        ui_err(page, refused);
    ui_head(page, title, (Str){0});
    HTML(h, "<div class=\"briefing writing\">\n");
    if (writing->previews)
        write_preview(page, writing);
    write_form(page, writing);
    write_side(page, writing);
    HTML(h, "</div>\n");
}

static HttpOutcome show_writing(HttpRequest *request, HttpResponse *response, Writing *writing)
{
    Page page;
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_write_new, visit_of(request)->language),
                          .nav = NAV_BRIEFINGS,
                          .self = request->form.fields.n ? write_href(request->arena, writing)
                                                         : (Str){0}});
    write_page(&page, writing);
    return page_close(&page);
}

/* The checks alone, for the script. */
static HttpOutcome show_checks(Visit *visit, HttpResponse *response, const Writing *writing)
{
    Page page = {.html = html_open(&response->body, visit->language),
                 .arena = visit->arena,
                 .visit = visit,
                 .request = visit->request,
                 .response = response,
                 .language = visit->language};
    const Err *refused = &writing->refused;
    for (const ErrField *field = refused->fields; field; field = field->next)
        HTML(&page.html, "<p class=\"margin-note margin-wrong\">",
             err_field_text(visit->arena, field, visit->language), "</p>");
    if (refused->code && !refused->fields)
        HTML(&page.html, "<p class=\"margin-note margin-wrong\">",
             err_message(visit->arena, refused, visit->language), "</p>");
    briefing_checks(&page, &writing->draft);
    return HTTP_DONE;
}

HttpOutcome page_briefing_write(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Writing writing = {0};
    Change change = {.actor = visit->actor, .version = -1, .kind = S("briefing")};
    Err unsaid = {0}, err = {0};
    if (!open_writing(visit, NULL, &writing, &err))
        return http_fail(request, response, &err);
    change.form = writing.form;
    change.record = writing.record.id;
    change.move = writing.move.name;
    /* What is not filled in yet is not told before it was sent. */
    if (!briefing_try(visit, &change, &writing.draft, &unsaid, &err))
        return http_fail(request, response, &err);
    return show_writing(request, response, &writing);
}

static HttpOutcome after_save(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Job *job = request->result;
    Writing writing = {0};
    Err unsaid = {0}, err = {0};
    if (job->ok) {
        Url url = url_open(request->arena, S("/briefings"));
        url_segment(&url, job->result.number);
        url_query(&url, S("done"), job->change->move);
        return http_redirect(response, url_text(&url));
    }
    response->status = err_http_status(job->err.code);
    if (!open_writing(visit, &job->change->form, &writing, &err) ||
        !briefing_try(visit, job->change, &writing.draft, &unsaid, &err))
        return http_fail(request, response, &err);
    writing.refused = job->err;
    return show_writing(request, response, &writing);
}

/* A text that is still the template's is left to the template: it changes with it. */
static void leave_to_template(Visit *visit, FormInput *form)
{
    bool found;
    const BriefingTemplate *template =
        profile_briefing(visit->office->profile, form_text(form, S("template"), &found));
    Str zh = str_newlines(visit->arena, form_text(form, S("text"), &found));
    Str en = str_newlines(visit->arena, form_text(form, S("text_en"), &found));
    FormInput kept = {0};
    if (!template || !str_eq(str_trim(zh), str_trim(template->zh)) ||
        !str_eq(str_trim(en), str_trim(template->en)))
        return;
    for (size_t i = 0; i < form->n; i++) {
        const FormPair *pair = &form->pairs[i];
        bool text = str_eq(pair->name, S("text")) || str_eq(pair->name, S("text_en"));
        form_add(visit->arena, &kept, pair->name, text ? S("") : pair->text);
    }
    *form = kept;
}

HttpOutcome page_briefing_write_post(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Writing writing = {0};
    Change *change = visit_new_change(visit);
    Err err = {0};
    if (!open_writing(visit, &change->form, &writing, &err))
        return http_fail(request, response, &err);
    change->kind = S("briefing");
    change->record = writing.record.id;
    change->move = writing.move.name;
    if (writing.record.id)
        (void)!int_parse(form_get(&request->form.fields, S("_version")), &change->version);
    writing.previews = is_asked(request, S("preview"));
    if (!writing.previews && !is_asked(request, S("check"))) {
        leave_to_template(visit, &change->form);
        return visit_change(visit, response, change, after_save);
    }
    if (!briefing_try(visit, change, &writing.draft, &writing.refused, &err))
        return http_fail(request, response, &err);
    return writing.previews ? show_writing(request, response, &writing)
                            : show_checks(visit, response, &writing);
}
