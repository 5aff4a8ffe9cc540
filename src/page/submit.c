/* SPDX-License-Identifier: Apache-2.0 */
/* /submit/{kind}: the form without an account, and its receipt. */
#include "page/pages.h"
#include "write/qr.h"

/* The public form is the same for everybody, so somebody of the office who fills it in does it as a
 * member of the public. The frame and the form token stay those of the account. */
static Visit *submitter_of(HttpRequest *request)
{
    return visit_as_public(visit_of(request));
}

static const Kind *public_kind(const Visit *visit, Str name)
{
    const Kind *kind = profile_kind(visit->office->profile, name);
    return kind && !kind->n_parents && kind_first_move(kind, true) ? kind : NULL;
}

/* ---- the form ---- */

static void write_form(Page *page, const Kind *kind, const MoveView *move)
{
    Html *h = &page->html;
    HTML(h, "<form class=\"form\" method=\"post\" action=\"/submit/", kind->name,
         "\" data-draft=\"", kind->name, "\" data-similar=\"/similar/", kind->name, "\"");
    ui_enctype(page, move->inputs, move->n_inputs);
    HTML(h, ">");
    page_token(page, true);
    ui_inputs(page, move->inputs, move->n_inputs, (Str){0});
    HTML(h, "<div class=\"similar-live\" aria-live=\"polite\"></div>");
    if (move->says.n > 0)
        HTML(h, "<p class=\"move-effect\">", move->says, "</p>");
    HTML(h, "<div class=\"actions\"><button class=\"button\">", T(h, MSG_page_send),
         "</button><a class=\"button button-plain\" href=\"/\">", T(h, MSG_page_cancel),
         "</a><span class=\"draft-note\" hidden>", T(h, MSG_page_draft_back),
         " <button class=\"button button-plain button-small\" type=\"button\" data-draft-drop>",
         T(h, MSG_page_draft_drop), "</button></span></div></form>");
}

static HttpOutcome show_form(HttpRequest *request, HttpResponse *response, const MoveView *move,
                             const Err *err)
{
    Visit *visit = visit_of(request);
    const Kind *kind = public_kind(visit, http_param(request, S("kind")));
    Page page;
    page_open(&page, request, response,
              &(PageHead){.title = label_text(kind->label, visit->language),
                          .is_public = true,
                          .is_narrow = true,
                          .self = request->path});
    ui_error_summary(&page, err, move->inputs, move->n_inputs, (Str){0});
    ui_head(&page, label_text(kind->label, page.language),
            label_text(kind->describe, page.language));
    write_form(&page, kind, move);
    return page_close(&page);
}

HttpOutcome page_submit(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = submitter_of(request);
    const Kind *kind = public_kind(visit, http_param(request, S("kind")));
    MoveView move;
    Err err = {0};
    if (!kind)
        return page_missing(request, response);
    if (!new_view(visit, kind, (Str){0}, &move, &err))
        return http_fail(request, response, &err);
    return show_form(request, response, &move, NULL);
}

/* ---- the receipt ---- */

static void write_code(Page *page, Str code)
{
    HTML(&page->html, "<dd><code data-code=\"", code, "\">", code, "</code></dd>");
}

static Url track_url(Arena *arena, const ChangeResult *result)
{
    Url url = url_open(arena, S("/track"));
    url_query(&url, S("number"), result->number);
    url_query(&url, S("code"), result->code);
    return url;
}

/* A phone that reads it follows the matter without a word typed. */
static void write_qr(Page *page, Url url)
{
    Html *h = &page->html;
    Str site = visit_site_address(page->visit);
    if (site.n == 0)
        return;
    HTML(h, "<div><dt>", T(h, MSG_page_receipt_qr), "</dt><dd>");
    html_qr(h, STR(page->arena, site, url_text(&url)), T(h, MSG_page_receipt_qr_label));
    HTML(h, "</dd></div>");
}

static void write_next(Page *page, Url url, const TrackView *track)
{
    Html *h = &page->html;
    HTML(h, "<h2>", T(h, MSG_page_receipt_next), "</h2><ol class=\"next-steps\">");
    if (track && track->next.n > 0)
        HTML(h, "<li><span>", track->next, "</span></li>");
    HTML(h, "<li><span>", T(h, MSG_page_receipt_keep), "</span></li><li><span>",
         T(h, MSG_page_receipt_rate),
         "</span></li></ol><p class=\"actions section\"><a class=\"button\" href=\"", url, "\">",
         T(h, MSG_page_track), "</a><a class=\"button button-plain\" href=\"/\">",
         T(h, MSG_page_to_portal), "</a></p>");
}

static HttpOutcome show_receipt(HttpRequest *request, HttpResponse *response,
                                const ChangeResult *result)
{
    Visit *visit = submitter_of(request);
    TrackView track;
    Err err = {0};
    bool found = track_view(visit, result->number, result->code, &track, &err);
    Page page;
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_received, visit->language),
                          .is_public = true,
                          .is_narrow = true});
    Html *h = &page.html;
    HTML(h, "<div class=\"receipt\" data-draft-done=\"", http_param(request, S("kind")), "\"><h1>",
         T(h, MSG_page_received), "</h1><p>", T(h, MSG_page_received_text),
         "</p><dl class=\"receipt-codes\"><div><dt>", T(h, MSG_page_number), "</dt><dd>",
         result->number, "</dd></div><div><dt>", T(h, MSG_page_code), "</dt>");
    write_code(&page, result->code);
    HTML(h, "</div>");
    write_qr(&page, track_url(page.arena, result));
    HTML(h, "</dl>");
    write_next(&page, track_url(page.arena, result), found ? &track : NULL);
    HTML(h, "</div>");
    return page_close(&page);
}

static HttpOutcome after_submit(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = submitter_of(request);
    const Kind *kind = public_kind(visit, http_param(request, S("kind")));
    Job *job = request->result;
    MoveView move;
    Err err = {0};
    if (job->ok)
        return show_receipt(request, response, &job->result);
    if (!kind || !new_view(visit, kind, (Str){0}, &move, &err))
        return http_fail(request, response, &job->err);
    inputs_fill(visit, &move, &job->change->form, &job->err);
    response->status = err_http_status(job->err.code);
    return show_form(request, response, &move, &job->err);
}

HttpOutcome page_submit_post(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = submitter_of(request);
    const Kind *kind = public_kind(visit, http_param(request, S("kind")));
    if (!kind)
        return page_missing(request, response);
    Change *change = visit_new_change(visit);
    change->kind = kind->name;
    change->move = kind_first_move(kind, true)->name;
    return change_with_files(request, response, change, after_submit);
}

/* ---- look-alikes while typing ---- */

/* What the public sees has no page of its own, so no link. */
static void write_similar(Html *h, const RecordRow *row)
{
    if (row->href.n > 0)
        HTML(h, "<li><a href=\"", row->href, "\">", row->title, "</a>");
    else
        HTML(h, "<li><span>", row->title, "</span>");
    HTML(h, "<span class=\"meta\">", row->number, " ", row->status_label, "</span></li>");
}

HttpOutcome page_similar(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Str name = http_param(request, S("kind"));
    if (name.n == 0)
        name = http_query(request, S("kind"));
    const Kind *kind = profile_kind(visit->office->profile, name);
    ListView view;
    Err err = {0};
    if (!kind)
        return page_missing(request, response);
    if (!similar_view(visit, kind, http_query(request, S("q")), &view, &err))
        return http_fail(request, response, &err);
    Html fragment = html_open(&response->body, visit->language);
    Html *h = &fragment;
    if (view.n_rows == 0)
        return HTTP_DONE;
    HTML(h, "<h3>", T(h, MSG_page_similar_asked), "</h3><ul class=\"similar\">");
    for (size_t i = 0; i < view.n_rows; i++)
        write_similar(h, &view.rows[i]);
    HTML(h, "</ul>");
    return HTTP_DONE;
}
