/* SPDX-License-Identifier: Apache-2.0 */
/* /track: a submitter follows a matter with number and code, rates the answer, withdraws. */
#include "page/pages.h"

typedef struct Sought {
    Str number;
    Str code;
    const Err *err; /* of the look-up, or of a move that was refused */
    Str refused;    /* name of that move */
    const FormInput *sent;
} Sought;

static Str track_href(Arena *arena, const Sought *sought, Str done)
{
    Url url = url_open(arena, S("/track"));
    url_query(&url, S("number"), sought->number);
    url_query(&url, S("code"), sought->code);
    if (done.n > 0)
        url_query(&url, S("done"), done);
    return url_text(&url);
}

static void write_form(Page *page, const Sought *sought)
{
    Html *h = &page->html;
    ui_head(page, T(h, MSG_page_follow), (Str){0});
    if (sought->err)
        ui_err(page, sought->err);
    HTML(h, "<form class=\"form\" action=\"/track\">");
    ui_input(page, &(PlainInput){.name = S("number"),
                                 .label = T(h, MSG_page_number),
                                 .help = T(h, MSG_page_number_example),
                                 .value = sought->number});
    ui_input(page, &(PlainInput){.name = S("code"),
                                 .label = T(h, MSG_page_code),
                                 .help = T(h, MSG_page_code_help),
                                 .value = sought->code});
    HTML(h, "<div class=\"actions\"><button class=\"button\">", T(h, MSG_page_track),
         "</button></div></form><p class=\"meta section\">", T(h, MSG_page_code_lost), "</p>");
}

static void write_answer(Page *page, const TrackView *view)
{
    Html *h = &page->html;
    if (view->reply.n == 0)
        return;
    HTML(h, "<section><h2>", T(h, MSG_page_answer), "</h2><div class=\"reply\">");
    html_lines(h, view->reply);
    HTML(h, "</div><p class=\"meta\">");
    if (view->result_label.n > 0)
        HTML(h, T(h, MSG_page_result), ui_colon(h), view->result_label, " ");
    ui_instant(page, view->replied_at);
    HTML(h, "</p></section>");
}

static void write_moves(Page *page, TrackView *view, const Sought *sought)
{
    Html *h = &page->html;
    if (view->n_moves == 0)
        return;
    HTML(h, "<section class=\"section\"><h2>", T(h, MSG_page_you_can),
         "</h2><div class=\"moves\">");
    for (size_t i = 0; i < view->n_moves; i++) {
        MoveView move = view->moves[i];
        bool refused = sought->err && str_eq(move.name, sought->refused);
        if (refused)
            inputs_fill(page->visit, &move, sought->sent, sought->err);
        ui_move(
            page, &move,
            &(MoveForm){.action = STR(page->arena, "/track/", sought->number, "/moves/", move.name),
                        .version = view->version,
                        .code = sought->code,
                        .is_first = i == 0 && move.move->rates,
                        .is_open = move.move->rates,
                        .err = refused ? sought->err : NULL});
    }
    HTML(h, "</div></section>");
}

static void write_track(Page *page, TrackView *view, const Sought *sought)
{
    Html *h = &page->html;
    if (http_query(page->request, S("done")).n > 0)
        ui_notice(page, NOTICE_DONE, T(h, MSG_page_done_public));
    HTML(h, "<header class=\"record-head\"><p class=\"record-line\"><span class=\"tag\">",
         view->kind_label, "</span><span class=\"number\">", view->number, "</span><span>",
         view->status_label, "</span></p><h1>", view->title, "</h1></header>");
    if (view->next.n > 0)
        ui_notice(page, NOTICE_PLAIN, view->next);
    HTML(h, "<div class=\"sheet\">");
    write_answer(page, view);
    HTML(h, "<section><h2>", T(h, MSG_page_steps), "</h2>");
    ui_timeline(page, view->steps, view->n_steps, false);
    HTML(h, "</section></div>");
    write_moves(page, view, sought);
}

static HttpOutcome show(HttpRequest *request, HttpResponse *response, Sought sought)
{
    Visit *visit = visit_of(request);
    TrackView view;
    Err err = {0};
    bool asked = sought.number.n > 0 || sought.code.n > 0;
    bool found = asked && track_view(visit, sought.number, sought.code, &view, &err);
    if (asked && !found) {
        if (err.code != ERR_NOT_FOUND && err.code != ERR_FORBIDDEN)
            return http_fail(request, response, &err);
        sought.err = &err;
        /* A wrong code is not a missing page: the form stands there to be corrected. */
        response->status = 200;
    }
    Page page;
    page_open(
        &page, request, response,
        &(PageHead){.title = message(MSG_page_follow, visit->language),
                    .is_public = true,
                    .is_narrow = true,
                    .self = found ? track_href(request->arena, &sought, (Str){0}) : S("/track")});
    if (found)
        write_track(&page, &view, &sought);
    else
        write_form(&page, &sought);
    return page_close(&page);
}

HttpOutcome page_track(HttpRequest *request, HttpResponse *response)
{
    Sought sought = {.number = str_trim(http_query(request, S("number"))),
                     .code = str_trim(http_query(request, S("code")))};
    return show(request, response, sought);
}

static HttpOutcome after_move(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    Sought sought = {.number = http_param(request, S("number")),
                     .code = form_get(&request->form.fields, S("_code")),
                     .err = &job->err,
                     .refused = http_param(request, S("move")),
                     .sent = &job->change->form};
    if (job->ok)
        return http_redirect(response, track_href(request->arena, &sought, sought.refused));
    response->status = err_http_status(job->err.code);
    return show(request, response, sought);
}

HttpOutcome page_track_move(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Str code = form_get(&request->form.fields, S("_code"));
    Record record;
    bool found = false;
    Err err = {0};
    int64_t version = -1;
    if (!record_find(request->arena, visit->db, http_param(request, S("number")), &record, &found,
                     &err))
        return http_fail(request, response, &err);
    /* A wrong code and a wrong number cannot be told apart. */
    if (!found || !site_query_code_is(visit->site, record.id, code)) {
        err_set(&err, ERR_NOT_FOUND, MSG_page_track_wrong);
        return http_fail(request, response, &err);
    }
    Change *change = visit_new_change(visit);
    change->actor = (Actor){.type = ACTOR_PUBLIC, .name = S("public")};
    if (int_parse(form_get(&request->form.fields, S("_version")), &version))
        change->version = version;
    change->record = record.id;
    change->kind = values_text(&record.values, S("kind"));
    change->move = http_param(request, S("move"));
    change->with_code = true;
    return visit_change(visit, response, change, after_move);
}
