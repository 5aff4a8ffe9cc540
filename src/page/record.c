/* SPDX-License-Identifier: Apache-2.0 */
/* /records/{kind}/{number}: the matter as a document, the rail with clock and moves, history. */
#include "page/pages.h"

#include "change/keep.h"

/* ---- the document ---- */

/* Three fields have places of their own: the title above, the text on top, the answer below. */
static bool is_placed(const RecordView *view, const FieldView *field)
{
    return str_eq(field->field->name, view->row.kind->title) ||
           str_eq(field->field->name, view->row.kind->body) ||
           str_eq(field->field->name, view->row.kind->reply);
}

static const FieldView *find_field(const RecordView *view, Str name)
{
    for (size_t i = 0; i < view->n_fields; i++)
        if (str_eq(view->fields[i].field->name, name))
            return &view->fields[i];
    return NULL;
}

static void write_pairs(Page *page, const RecordView *view)
{
    FieldView *rest = NEW_ARRAY(page->arena, FieldView, view->n_fields + 1);
    size_t count = 0;
    for (size_t i = 0; i < view->n_fields; i++)
        if (!is_placed(view, &view->fields[i]))
            rest[count++] = view->fields[i];
    if (count > 0)
        ui_fields(page, rest, count);
}

static void write_sheet(Page *page, const RecordView *view)
{
    Html *h = &page->html;
    const FieldView *body = find_field(view, view->row.kind->body);
    const FieldView *reply = find_field(view, view->row.kind->reply);
    HTML(h, "<div class=\"sheet\">");
    if (body) {
        HTML(h, "<div class=\"sheet-text\"><p>");
        html_lines(h, body->text);
        HTML(h, "</p></div>");
    }
    write_pairs(page, view);
    if (reply) {
        HTML(h, "<section><h2>", T(h, MSG_page_answer), "</h2><div class=\"reply\">");
        html_lines(h, reply->text);
        HTML(h, "</div></section>");
    }
    HTML(h, "</div>\n");
}

/* ---- children and what points here ---- */

static void write_rows(Page *page, Str title, const RecordRow *rows, size_t count)
{
    if (count == 0)
        return;
    ui_section(page, title);
    ui_table(page, rows, count, &(TableOptions){.caption = title, .with_kind = true});
    HTML(&page->html, "</section>\n");
}

static void write_children(Page *page, const RecordView *view)
{
    Html *h = &page->html;
    if (view->n_children == 0)
        return;
    ui_section(page, T(h, MSG_page_children));
    for (size_t i = 0; i < view->n_more; i++) {
        const MoreChildren *more = &view->more[i];
        Url url = url_open(page->arena, S("/records"));
        url_segment(&url, more->kind->name);
        Str count = STR(page->arena, more->count);
        url_query(&url, S("parent"), more->parent);
        HTML(h, "<p><a href=\"", url, "\">",
             T(h, MSG_page_more_children, label_text(more->kind->label, page->language), count),
             "</a></p>\n");
    }
    ui_table(page, view->children, view->n_children,
             &(TableOptions){.caption = T(h, MSG_page_children), .with_kind = true});
    HTML(h, "</section>\n");
}

/* 请会办 says already what is made; 登记 does not. */
static Str child_words(Page *page, const Move *move, const Kind *kind)
{
    Str label = label_text(move->label, page->language);
    Str name = label_text(kind->label, page->language);
    if (str_has(label, name))
        return label;
    return STR(page->arena, label, ui_colon(&page->html), name);
}

static void write_child_moves(Page *page, const RecordView *view)
{
    Html *h = &page->html;
    if (view->n_child_moves == 0)
        return;
    HTML(h, "<p class=\"actions section\">");
    for (size_t i = 0; i < view->n_child_moves; i++) {
        Url url = url_open(page->arena, S("/records"));
        url_segment(&url, view->child_kinds[i]->name);
        url_segment(&url, S("new"));
        url_query(&url, view->child_links[i], view->row.number);
        HTML(h, "<a class=\"button button-plain\" href=\"", url, "\">",
             child_words(page, view->child_moves[i], view->child_kinds[i]), "</a>");
    }
    HTML(h, "</p>\n");
}

/* ---- the rail ---- */

static Str move_action(Page *page, const RecordView *view, Str move)
{
    return STR(page->arena, view->row.href, "/moves/", move);
}

static void write_clock(Page *page, const RecordView *view)
{
    Html *h = &page->html;
    const ClockView *clock = &view->clock;
    if (!clock->runs)
        return;
    HTML(h, "<section><h2 class=\"sr\">", T(h, MSG_page_clock), "</h2>");
    ui_light(page, clock->light, true);
    HTML(h, "<p class=\"clock\"><strong class=\"", ui_due_class(clock->light), "\">", clock->left,
         "</strong></p><p class=\"meta\">",
         T(h, MSG_page_due_before,
           date_words(page->arena, clock->due, page_today(page), page->language), clock->within),
         "</p>");
    ui_strip(page, clock);
    if (clock->provisional)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_provisional), "</p>");
    if (clock->source.n > 0)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_source), ui_colon(h), clock->source, "</p>");
    HTML(h, "</section>\n");
}

static void write_pending(Page *page, const RecordView *view)
{
    Html *h = &page->html;
    if (view->pending_label.n == 0)
        return;
    HTML(h, "<section><h2>", T(h, MSG_page_pending), "</h2><p><strong>", view->pending_label,
         "</strong></p><p class=\"meta\">", T(h, MSG_page_pending_by, view->pending_by), "</p>");
    if (view->n_pending_fields > 0)
        ui_fields(page, view->pending_fields, view->n_pending_fields);
    if (view->may_decide) {
        HTML(h, "<div class=\"moves\"><form method=\"post\" action=\"",
             move_action(page, view, S("approve")), "\">");
        page_token(page, true);
        HTML(h, "<input type=\"hidden\" name=\"_version\" value=\"", view->version,
             "\"><p class=\"move-effect\">", view->pending_says,
             "</p><button class=\"button button-wide\">", T(h, MSG_page_approve),
             "</button></form><details class=\"move\" id=\"refuse\"><summary>",
             T(h, MSG_page_refuse), "</summary><form method=\"post\" action=\"",
             move_action(page, view, S("refuse")), "\">");
        page_token(page, true);
        HTML(h, "<input type=\"hidden\" name=\"_version\" value=\"", view->version,
             "\"><div class=\"field\"><label for=\"refuse-reason\">", T(h, MSG_page_reason),
             "</label><textarea class=\"input\" id=\"refuse-reason\" name=\"reason\" rows=\"3\">"
             "</textarea></div><p class=\"move-effect\">",
             T(h, MSG_page_refuse_effect), "</p><button class=\"button\">", T(h, MSG_page_refuse),
             "</button></form></details></div>");
    } else {
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_pending_other), "</p>");
    }
    HTML(h, "</section>\n");
}

static void write_moves(Page *page, const RecordView *view, const RecordPage *state)
{
    Html *h = &page->html;
    if (str_eq(view->row.kind->name, S("account")) && visit_may(page->visit, S("admin")))
        HTML(h, "<section><a class=\"button\" href=\"",
             page_account_href(page->arena, view->row.id), "\">", T(h, MSG_page_account_access),
             "</a></section>\n");
    if (view->n_moves == 0)
        return;
    HTML(h, "<section class=\"rail-moves\"><h2>", T(h, MSG_page_next_moves),
         "</h2><div class=\"moves\">");
    for (size_t i = 0; i < view->n_moves; i++) {
        MoveView move = view->moves[i];
        bool refused = state->err && str_eq(move.name, state->refused);
        if (refused)
            inputs_fill(page->visit, &move, state->sent, state->err);
        ui_move(page, &move,
                &(MoveForm){.action = move_action(page, view, move.name),
                            .number = view->row.number,
                            .version = view->version,
                            .is_first = i == 0 && move.move->primary && move.blocked.n == 0,
                            .err = refused ? state->err : NULL});
    }
    HTML(h, "</div></section>\n");
}

static void write_contact(Page *page, const RecordView *view, const RecordPage *state)
{
    Html *h = &page->html;
    if (!view->has_contact || (!view->may_reveal && !state->has_contact))
        return;
    HTML(h, "<section><h2>", T(h, MSG_page_contact), "</h2>");
    if (state->has_contact) {
        HTML(h, "<ul class=\"holders\"><li>", state->contact_name, "</li><li class=\"number\">",
             state->contact_phone, "</li></ul><p class=\"meta\">", T(h, MSG_page_contact_logged),
             "</p></section>\n");
        return;
    }
    HTML(h, "<details class=\"move\" id=\"reveal_contact\"><summary>", T(h, MSG_page_contact_show),
         "</summary><form method=\"post\" action=\"", view->row.href, "/contact\">");
    page_token(page, true);
    HTML(h, "<div class=\"field\"><label for=\"contact-reason\">", T(h, MSG_page_contact_reason),
         "</label><input class=\"input\" id=\"contact-reason\" name=\"reason\" "
         "autocomplete=\"off\"></div><p class=\"move-effect\">",
         T(h, MSG_page_contact_effect), "</p><button class=\"button\">",
         T(h, MSG_page_contact_show), "</button></form></details></section>\n");
}

static void write_holder(Page *page, MessageId label, Str name)
{
    Html *h = &page->html;
    if (name.n > 0)
        HTML(h, "<li><span class=\"meta\">", T(h, label), "</span><span>", name, "</span></li>");
}

/* Beside the matter under the rail; behind it on a phone, where the matter comes first. */
static void write_similar(Page *page, const RecordView *view)
{
    Html *h = &page->html;
    if (view->n_similar == 0)
        return;
    HTML(h,
         "<aside class=\"rail rail-similar\" aria-labelledby=\"similar\"><section><h2 "
         "id=\"similar\">",
         T(h, MSG_page_similar), "</h2><ul class=\"similar\">");
    for (size_t i = 0; i < view->n_similar; i++)
        HTML(h, "<li><a href=\"", view->similar[i].href, "\">", view->similar[i].title,
             "</a><span class=\"meta\">", view->similar[i].number, " ",
             view->similar[i].status_label, "</span></li>");
    HTML(h, "</ul></section></aside>\n");
}

static void write_rail(Page *page, const RecordView *view, const RecordPage *state)
{
    Html *h = &page->html;
    bool holders = view->row.lead.n > 0 || view->row.place.n > 0;
    bool empty = !view->clock.runs && view->pending_label.n == 0 && view->n_moves == 0 &&
                 !holders && !view->may_reveal;
    if (empty)
        return;
    HTML(h, "<aside class=\"rail\" aria-label=\"", T(h, MSG_page_handling), "\">\n");
    write_clock(page, view);
    write_pending(page, view);
    write_moves(page, view, state);
    if (holders) {
        HTML(h, "<section><h2>", T(h, MSG_page_who), "</h2><ul class=\"holders\">");
        write_holder(page, MSG_page_lead, view->row.lead);
        write_holder(page, MSG_page_place, view->row.place);
        HTML(h, "</ul></section>\n");
    }
    write_contact(page, view, state);
    HTML(h, "</aside>\n");
}

/* ---- what was just done ---- */

static Str done_words(Page *page, const RecordView *view, const RecordPage *state)
{
    Html *h = &page->html;
    const Move *move = flow_move(view->row.kind->flow, state->done);
    Str label = move ? label_text(move->label, page->language) : (Str){0};
    if (state->pending)
        return T(h, MSG_page_done_pending, label);
    if (str_eq(state->done, S("approve")))
        return T(h, MSG_page_done_approved, view->row.status_label);
    if (str_eq(state->done, S("refuse")))
        return T(h, MSG_page_done_refused);
    return T(h, MSG_page_done, label.n > 0 ? label : state->done, view->row.status_label);
}

static bool is_move_shown(const RecordView *view, Str name)
{
    for (size_t i = 0; i < view->n_moves; i++)
        if (str_eq(view->moves[i].name, name))
            return true;
    return false;
}

static void write_notices(Page *page, const RecordView *view, const RecordPage *state)
{
    Html *h = &page->html;
    if (state->done.n > 0)
        ui_notice(page, NOTICE_DONE, done_words(page, view, state));
    if (state->err && !is_move_shown(view, state->refused))
        ui_err(page, state->err);
    else if (state->err)
        ui_notice(page, NOTICE_WRONG,
                  state->err->code == ERR_STALE || !state->err->fields
                      ? err_message(page->arena, state->err, page->language)
                      : T(h, MSG_page_move_wrong));
    if (view->row.voided)
        ui_notice(page, NOTICE_NEAR, T(h, MSG_page_voided));
}

/* ---- the page ---- */

static void write_header(Page *page, const RecordView *view)
{
    const RecordRow *row = &view->row, *top = view->parent ? view->parent : row;
    Crumb crumbs[3] = {{top->kind_label, STR(page->arena, "/records/", top->kind->name)}};
    size_t n = 1;
    if (page->is_public)
        return;
    if (view->parent)
        crumbs[n++] = (Crumb){top->number.n > 0 ? top->number : top->title, top->href};
    crumbs[n++] = (Crumb){row->number.n > 0 ? row->number : row->title, {0}};
    ui_crumbs(page, crumbs, n);
}

static void write_title(Page *page, const RecordView *view)
{
    Html *h = &page->html;
    const RecordRow *row = &view->row;
    HTML(h, "<header class=\"record-head\"><p class=\"record-line\"><span class=\"tag\">",
         row->kind_label, "</span><span class=\"number\">", row->number, "</span><span>",
         row->status_label, "</span>");
    if (row->result_label.n > 0)
        HTML(h, "<span>", row->result_label, "</span>");
    if (row->pending)
        HTML(h, "<span class=\"tag tag-strong\">", T(h, MSG_page_pending_tag), "</span>");
    HTML(h, "</p><h1>", row->title.n > 0 ? row->title : row->number, "</h1></header>\n");
}

HttpOutcome record_show(HttpRequest *request, HttpResponse *response, const RecordPage *state)
{
    Visit *visit = visit_of(request);
    RecordView view;
    Err err = {0};
    Page page;
    if (!record_view(visit, http_param(request, S("kind")), http_param(request, S("number")), &view,
                     &err) ||
        !record_view_similar(visit, &view, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = view.row.title.n > 0 ? view.row.title : view.row.number,
                          .nav = page_nav_of(view.row.kind),
                          .self = view.row.href});
    Html *h = &page.html;
    write_header(&page, &view);
    write_notices(&page, &view, state);
    HTML(h, "<article class=\"record\">\n");
    write_title(&page, &view);
    write_rail(&page, &view, state);
    HTML(h, "<div class=\"record-body\">");
    write_sheet(&page, &view);
    write_children(&page, &view);
    write_child_moves(&page, &view);
    write_rows(&page, T(h, MSG_page_linked), view.linked, view.n_linked);
    if (view.n_extensions > 0) {
        ui_section(&page, T(h, MSG_page_extensions));
        ui_extensions(&page, view.extensions, view.n_extensions);
        HTML(h, "</section>");
    }
    if (view.n_history > 0) {
        HTML(h, "<section class=\"section\" id=\"history\"><h2>", T(h, MSG_page_history), "</h2>");
        ui_timeline(&page, view.history, view.n_history, true);
        HTML(h, "</section>");
    }
    if (!page.is_public)
        ui_documents(&page, view.row.href, S(""), false);
    HTML(h, "</div>\n");
    write_similar(&page, &view);
    HTML(h, "</article>\n");
    return page_close(&page);
}

static HttpOutcome to_briefing(HttpRequest *request, HttpResponse *response)
{
    Url url = url_open(request->arena, S("/briefings"));
    url_segment(&url, http_param(request, S("number")));
    if (http_query(request, S("done")).n > 0)
        url_query(&url, S("done"), http_query(request, S("done")));
    return http_redirect(response, url_text(&url));
}

HttpOutcome page_record(HttpRequest *request, HttpResponse *response)
{
    /* A briefing is read as paper; its record page is for the history. */
    if (str_eq(http_param(request, S("kind")), S("briefing")) &&
        http_query(request, S("page")).n == 0)
        return to_briefing(request, response);
    RecordPage state = {.done = http_query(request, S("done")),
                        .pending = str_eq(http_query(request, S("pending")), S("1"))};
    return record_show(request, response, &state);
}

/* ---- moves ---- */

static HttpOutcome after_move(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    RecordPage state = {
        .err = &job->err, .refused = http_param(request, S("move")), .sent = &job->change->form};
    if (!job->ok) {
        response->status = err_http_status(job->err.code);
        return record_show(request, response, &state);
    }
    Url url = url_open(request->arena, S("/records"));
    url_segment(&url, http_param(request, S("kind")));
    url_segment(&url, http_param(request, S("number")));
    url_query(&url, S("done"), state.refused);
    if (job->result.pending)
        url_query_int(&url, S("pending"), 1);
    return http_redirect(response, url_text(&url));
}

/* `version`, `at` and the typed number travel beside the form of the move. */
static bool fill_change(HttpRequest *request, const RecordView *view, Change *change, Err *err)
{
    const FormFields *fields = &request->form.fields;
    const Move *move = flow_move(view->row.kind->flow, change->move);
    Str at = form_get(fields, S("_at"));
    int64_t version = -1;
    if (int_parse(form_get(fields, S("_version")), &version))
        change->version = version;
    change->record = view->row.id;
    change->kind = view->row.kind->name;
    if (at.n > 0 && !instant_parse(at, &change->at))
        return err_set(err, ERR_INVALID_FORM, MSG_page_at_wrong);
    if (move && move->danger && view->row.number.n > 0 &&
        !str_eq(str_trim(form_get(fields, S("_confirm"))), view->row.number))
        return err_set(err, ERR_INVALID_FORM, MSG_page_confirm_wrong, view->row.number);
    if (move && move->publishes && str_eq(view->row.kind->name, S("briefing")))
        return briefing_fill_change(visit_of(request), view, change, err);
    return true;
}

static HttpOutcome make_change(HttpRequest *request, HttpResponse *response, Str move,
                               HttpHandler then)
{
    Visit *visit = visit_of(request);
    RecordView view;
    Err err = {0};
    if (!record_view(visit, http_param(request, S("kind")), http_param(request, S("number")), &view,
                     &err))
        return http_fail(request, response, &err);
    Change *change = visit_new_change(visit);
    change->move = move;
    if (!fill_change(request, &view, change, &err)) {
        response->status = err_http_status(err.code);
        return record_show(request, response,
                           &(RecordPage){.err = &err, .refused = move, .sent = &change->form});
    }
    return change_with_files(request, response, change, then);
}

HttpOutcome page_record_move(HttpRequest *request, HttpResponse *response)
{
    return make_change(request, response, http_param(request, S("move")), after_move);
}

static HttpOutcome after_contact(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Job *job = request->result;
    Contact contact = {0};
    Err err = {0};
    if (!job->ok) {
        response->status = err_http_status(job->err.code);
        return record_show(request, response,
                           &(RecordPage){.err = &job->err, .refused = S("reveal_contact")});
    }
    if (!contact_open(request->arena, visit->site, visit->db, job->result.record, &contact, &err))
        return http_fail(request, response, &err);
    return record_show(request, response,
                       &(RecordPage){.contact_name = contact.name,
                                     .contact_phone = contact.phone,
                                     .has_contact = true});
}

HttpOutcome page_record_contact(HttpRequest *request, HttpResponse *response)
{
    return make_change(request, response, S("reveal_contact"), after_contact);
}
