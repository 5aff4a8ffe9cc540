/* SPDX-License-Identifier: Apache-2.0 */
/* Error pages: what happened, why, what to do. */
#include "page/page.h"
#include "page/ui.h"

static MessageId heading(int status)
{
    switch (status) {
    case 401:
    case 403:
        return MSG_page_error_forbidden;
    case 404:
        return MSG_page_error_missing;
    case 409:
        return MSG_page_error_conflict;
    case 429:
    case 503:
        return MSG_page_error_busy;
    default:
        return status >= 500 ? MSG_page_error_ours : MSG_page_error_refused;
    }
}

void page_error(HttpRequest *request, HttpResponse *response, const Err *err)
{
    Visit *visit = visit_of(request);
    Language language = visit->language;
    Str title = message(heading(response->status), language);
    Str hint = err_hint_text(request->arena, err, language);
    Page page;
    page_open(&page, request, response, &(PageHead){.title = title, .is_narrow = true});
    Html *h = &page.html;
    HTML(h, "<div class=\"section\"><h1>", title, "</h1><div class=\"prose section\"><p>",
         err_message(request->arena, err, language), "</p>");
    for (const ErrField *field = err->fields; field; field = field->next)
        HTML(h, "<p>", field->field, ui_colon(h), err_field_text(request->arena, field, language),
             "</p>");
    if (hint.n > 0)
        HTML(h, "<p>", hint, "</p>");
    HTML(h, "</div><p class=\"actions section\">");
    if (visit->account)
        HTML(h, "<a class=\"button\" href=\"/desk\">", T(h, MSG_page_to_desk), "</a>");
    else
        HTML(h, "<a class=\"button\" href=\"/\">", T(h, MSG_page_to_portal), "</a>");
    HTML(h, "<a class=\"button button-plain\" href=\"/help\">", T(h, MSG_page_help),
         "</a></p><p class=\"meta section\">", T(h, MSG_page_error_status), " ", response->status,
         "</p></div>");
    page_close(&page);
}
