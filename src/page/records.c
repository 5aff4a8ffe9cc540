/* SPDX-License-Identifier: Apache-2.0 */
/* /records/{kind}: the list, the form of a new record, and moves of several at once. */
#include "page/pages.h"

HttpOutcome page_missing(HttpRequest *request, HttpResponse *response)
{
    Err err = {0};
    err_set(&err, ERR_NOT_FOUND, MSG_http_not_found);
    err_hint(&err, MSG_http_not_found_hint);
    return http_fail(request, response, &err);
}

static const Kind *kind_of(HttpRequest *request)
{
    return profile_kind(visit_of(request)->office->profile, http_param(request, S("kind")));
}

static Str new_href(Arena *arena, const Kind *kind, Str parent)
{
    Url url = url_open(arena, S("/records"));
    url_segment(&url, kind->name);
    url_segment(&url, S("new"));
    if (parent.n > 0)
        url_query(&url, S("parent"), parent);
    return url_text(&url);
}

/* ---- the list ---- */

/* The move offered for several rows: the one that the rows' first move agrees on. */
static const Move *bulk_move(const ListView *view)
{
    const Move *found = NULL;
    for (size_t i = 0; view->kind && i < view->n_rows; i++) {
        const RecordRow *row = &view->rows[i];
        const Move *move =
            row->next_move.n > 0 ? flow_move(view->kind->flow, row->next_move) : NULL;
        if (!move || !move->bulk || (found && found != move))
            return NULL;
        found = move;
    }
    /* A move that asks something is made one by one. */
    for (size_t i = 0; found && i < found->n_form; i++)
        if (found->form[i].required)
            return NULL;
    return found;
}

static void write_head(Page *page, const ListView *view)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"page-head\"><h1>", view->title, "</h1>");
    if (view->count.n > 0)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_count, view->count), "</p>");
    if (view->may_create)
        HTML(h, "<div class=\"actions\"><a class=\"button\" href=\"",
             new_href(page->arena, view->kind, (Str){0}), "\">",
             label_text(kind_first_move(view->kind, false)->label, page->language), "</a>");
    if (view->may_create && page_right(page->visit, RIGHT_IMPORT))
        HTML(h, "<a class=\"button button-plain\" href=\"/records/", view->kind->name, "/import\">",
             T(h, MSG_page_import), "</a>");
    if (view->may_create)
        HTML(h, "</div>");
    HTML(h, "</div>\n");
}

static void write_rows(Page *page, const ListView *view)
{
    Html *h = &page->html;
    const Move *bulk = bulk_move(view);
    if (!bulk) {
        ui_list(page, view, view->title);
        return;
    }
    HTML(h, "<form method=\"post\" action=\"/records/", view->kind->name, "/moves/", bulk->name,
         "\" data-pick>");
    page_token(page, true);
    ui_table(page, view->rows, view->n_rows,
             &(TableOptions){.caption = view->title,
                             .columns = view->columns,
                             .n_columns = view->n_columns,
                             .all = view->columns_chosen,
                             .bulk = bulk});
    HTML(h, "<div class=\"bulk\"><span>", T(h, MSG_page_picked),
         " <span data-pick-count></span></span><span class=\"move-effect\">",
         T(h, MSG_page_bulk_effect), "</span><button class=\"button button-small\">",
         label_text(bulk->label, page->language), "</button></div></form>");
    ui_pager(page, view);
}

HttpOutcome page_records(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Kind *kind = kind_of(request);
    ListView view;
    Err err = {0};
    Page page;
    Str done = http_query(request, S("done"));
    if (!kind)
        return page_missing(request, response);
    if (!list_view(visit, kind, &view, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response, &(PageHead){.title = view.title, .nav = page_nav_of(kind)});
    if (done.n > 0)
        ui_notice(&page, NOTICE_DONE, T(&page.html, MSG_page_done_several, done));
    ui_kind_tabs(&page, page_nav_of(kind), kind);
    write_head(&page, &view);
    ui_filters(&page, &view, STR(page.arena, "/records/", kind->name));
    write_rows(&page, &view);
    return page_close(&page);
}

/* ---- a new record ---- */

static void write_new(Page *page, const Kind *kind, const MoveView *move, Str parent,
                      const Err *err)
{
    Html *h = &page->html;
    ui_crumbs(page,
              (Crumb[]){{label_text(kind->label, page->language),
                         STR(page->arena, "/records/", kind->name)},
                        {move->label, {0}}},
              2);
    ui_error_summary(page, err, move->inputs, move->n_inputs, (Str){0});
    ui_head(page,
            STR(page->arena, move->label, ui_colon(h), label_text(kind->label, page->language)),
            (Str){0});
    HTML(h, "<form class=\"form\" method=\"post\" action=\"", new_href(page->arena, kind, parent),
         "\" data-draft=\"new-", kind->name, "\" data-similar=\"/similar/", kind->name, "\"");
    ui_enctype(page, move->inputs, move->n_inputs);
    HTML(h, ">");
    page_token(page, true);
    ui_inputs(page, move->inputs, move->n_inputs, (Str){0});
    HTML(h, "<div class=\"similar-live\" aria-live=\"polite\"></div><p class=\"move-effect\">",
         move->says, "</p><div class=\"actions\"><button class=\"button\">", move->label,
         "</button><a class=\"button button-plain\" href=\"/records/", kind->name, "\">",
         T(h, MSG_page_cancel), "</a><span class=\"draft-note\" hidden>",
         T(h, MSG_page_draft_back));
    HTML(h, " <button class=\"button button-plain button-small\" type=\"button\" data-draft-drop>",
         T(h, MSG_page_draft_drop), "</button></span></div></form>");
}

static HttpOutcome show_new(HttpRequest *request, HttpResponse *response, const Change *tried,
                            const Err *tried_err)
{
    Visit *visit = visit_of(request);
    const Kind *kind = kind_of(request);
    Str parent = http_query(request, S("parent"));
    MoveView move;
    Err err = {0};
    Page page;
    if (!kind)
        return page_missing(request, response);
    if (!new_view(visit, kind, parent, &move, &err))
        return http_fail(request, response, &err);
    if (tried)
        inputs_fill(visit, &move, &tried->form, tried_err);
    page_open(&page, request, response,
              &(PageHead){.title = label_text(kind->label, visit->language),
                          .nav = page_nav_of(kind),
                          .self = new_href(request->arena, kind, parent)});
    write_new(&page, kind, &move, parent, tried_err);
    return page_close(&page);
}

HttpOutcome page_record_new(HttpRequest *request, HttpResponse *response)
{
    return show_new(request, response, NULL, NULL);
}

static HttpOutcome after_create(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    if (!job->ok) {
        response->status = err_http_status(job->err.code);
        return show_new(request, response, job->change, &job->err);
    }
    Url url = url_open(request->arena, S("/records"));
    if (str_eq(job->change->kind, S("account"))) {
        /* It needs a password and a role before anybody can use it. */
        return http_redirect(
            response,
            STR(request->arena, page_account_href(request->arena, job->result.record), "?done=1"));
    }
    url_segment(&url, job->change->kind);
    if (job->result.number.n > 0)
        url_segment(&url, job->result.number);
    else
        url_segment_int(&url, job->result.record);
    url_query(&url, S("done"), job->change->move);
    return http_redirect(response, url_text(&url));
}

HttpOutcome page_record_create(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Kind *kind = kind_of(request);
    Str parent = http_query(request, S("parent"));
    MoveView move;
    Err err = {0};
    if (!kind)
        return page_missing(request, response);
    if (!new_view(visit, kind, parent, &move, &err))
        return http_fail(request, response, &err);
    Change *change = visit_new_change(visit);
    change->kind = kind->name;
    change->move = move.move->name;
    if (parent.n > 0 && kind->n_parents > 0)
        form_add(request->arena, &change->form, S("parent"), parent);
    return change_with_files(request, response, change, after_create);
}
