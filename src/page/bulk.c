/* SPDX-License-Identifier: Apache-2.0 */
/* A move on several records at once: one change after the other. What is refused stands in nobody's
 * way; it is listed with its reason at the end. */
#include "page/pages.h"

typedef struct Refusal {
    Str number;
    Str title;
    Str href; /* empty where the visitor has no page of it */
    Str why;
} Refusal;

/* The Change comes first, so that the job leads back to the rest. */
typedef struct Bulk {
    Change change;
    const Move *move;
    StrVec numbers;
    size_t next;
    int64_t made;
    VEC(Refusal) refused;
    Str key;
    int status; /* of the first refusal */
} Bulk;

static Str list_href(Arena *arena, const Bulk *bulk, bool done)
{
    Url url = url_open(arena, S("/records"));
    url_segment(&url, bulk->change.kind);
    if (done)
        url_query_int(&url, S("done"), bulk->made);
    return url_text(&url);
}

static Str why_text(const Visit *visit, const Err *err)
{
    Str hint = err_hint_text(visit->arena, err, visit->language);
    Buf text = buf_open(visit->arena);
    buf_add(&text, err_message(visit->arena, err, visit->language));
    for (const ErrField *field = err->fields; field; field = field->next)
        TEXT(&text, "\n", err_field_text(visit->arena, field, visit->language));
    if (hint.n > 0)
        TEXT(&text, "\n", hint);
    return buf_str(&text);
}

static void refuse(Visit *visit, Bulk *bulk, const Refusal *of, const Err *err)
{
    Refusal refusal = *of;
    refusal.why = why_text(visit, err);
    if (bulk->refused.n == 0)
        bulk->status = err_http_status(err->code);
    *vec_push(visit->arena, &bulk->refused) = refusal;
}

/* ---- what became of it ---- */

static void write_refusal(Page *page, const Refusal *refusal)
{
    Html *h = &page->html;
    HTML(h, "<tr><td class=\"cell-number number\">", refusal->number,
         "</td><td class=\"cell-title\">");
    if (refusal->href.n > 0)
        HTML(h, "<a href=\"", refusal->href, "\">", refusal->title, "</a>");
    HTML(h, "</td><td class=\"cell-text\" data-label=\"", T(h, MSG_page_bulk_why), "\">");
    html_lines(h, refusal->why);
    HTML(h, "</td></tr>\n");
}

static void write_refused(Page *page, const Bulk *bulk)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, MSG_page_bulk_refused_caption),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_number),
         "</th><th scope=\"col\">", T(h, MSG_page_title), "</th><th scope=\"col\">",
         T(h, MSG_page_bulk_why), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < bulk->refused.n; i++)
        write_refusal(page, &bulk->refused.p[i]);
    HTML(h, "</tbody></table><p class=\"actions section\"><a class=\"button\" href=\"",
         list_href(page->arena, bulk, false), "\">", T(h, MSG_page_to_list), "</a></p>");
}

static HttpOutcome bulk_done(HttpRequest *request, HttpResponse *response, const Bulk *bulk)
{
    const Kind *kind = profile_kind(visit_of(request)->office->profile, bulk->change.kind);
    Page page;
    if (bulk->refused.n == 0)
        return http_redirect(response, list_href(request->arena, bulk, true));
    if (bulk->made == 0)
        response->status = bulk->status;
    page_open(&page, request, response,
              &(PageHead){.title = label_text(kind->label, request->language),
                          .nav = page_nav_of(kind),
                          .self = list_href(request->arena, bulk, false)});
    Html *h = &page.html;
    ui_crumbs(
        &page,
        (Crumb[]){{label_text(kind->label, page.language), list_href(request->arena, bulk, false)},
                  {label_text(bulk->move->label, page.language), {0}}},
        2);
    ui_head(&page, label_text(bulk->move->label, page.language), (Str){0});
    if (bulk->made > 0)
        ui_notice(&page, NOTICE_DONE, T(h, MSG_page_done_several, ui_digits(&page, bulk->made)));
    ui_notice(&page, NOTICE_WRONG,
              T(h, MSG_page_bulk_refused, ui_digits(&page, (int64_t)bulk->refused.n)));
    write_refused(&page, bulk);
    return page_close(&page);
}

/* ---- one after the other ---- */

static HttpOutcome bulk_step(HttpRequest *request, HttpResponse *response, Bulk *bulk);

static HttpOutcome after_bulk(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Job *job = request->result;
    Bulk *bulk = (Bulk *)(uintptr_t)job->change;
    RecordView view;
    Refusal refusal = {.number = bulk->numbers.p[bulk->next - 1]};
    if (job->ok) {
        bulk->made++;
    } else {
        if (record_view(visit, bulk->change.kind, refusal.number, &view, NULL)) {
            refusal.title = view.row.title;
            refusal.href = view.row.href;
        }
        refuse(visit, bulk, &refusal, &job->err);
    }
    return bulk_step(request, response, bulk);
}

static HttpOutcome bulk_step(HttpRequest *request, HttpResponse *response, Bulk *bulk)
{
    Visit *visit = visit_of(request);
    while (bulk->next < bulk->numbers.n) {
        Str number = bulk->numbers.p[bulk->next++];
        RecordView view;
        Err err = {0};
        if (!record_view(visit, bulk->change.kind, number, &view, &err)) {
            refuse(visit, bulk, &(Refusal){.number = number}, &err);
            continue;
        }
        bulk->change.record = view.row.id;
        if (bulk->key.n)
            bulk->change.key = STR(request->arena, bulk->key, "-", number);
        return visit_change(visit, response, &bulk->change, after_bulk);
    }
    return bulk_done(request, response, bulk);
}

HttpOutcome page_record_bulk(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Kind *kind = profile_kind(visit->office->profile, http_param(request, S("kind")));
    const Move *move = kind ? flow_move(kind->flow, http_param(request, S("move"))) : NULL;
    if (!move || !move->bulk)
        return page_missing(request, response);
    Bulk *bulk = NEW(request->arena, Bulk);
    bulk->change = *visit_new_change(visit);
    bulk->key = bulk->change.key;
    bulk->change.kind = kind->name;
    bulk->change.move = move->name;
    bulk->move = move;
    bulk->numbers = form_all(request->arena, &request->form.fields, S("_number"));
    return bulk_step(request, response, bulk);
}
