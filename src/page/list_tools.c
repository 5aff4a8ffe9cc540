/* SPDX-License-Identifier: Apache-2.0 */
/* What is done with a list as a whole: its columns chosen, the sheet taken along. */
#include "page/pages.h"

static const Kind *kind_of(HttpRequest *request)
{
    return profile_kind(visit_of(request)->office->profile, http_param(request, S("kind")));
}

/* The address says what is shown, so that it can be sent to somebody; the cookie remembers it for
 * the next time. Fields that are neither are the list's own filters. */
HttpOutcome page_record_columns(HttpRequest *request, HttpResponse *response)
{
    const Kind *kind = kind_of(request);
    const FormFields *sent = &request->form.fields;
    if (!kind)
        return page_missing(request, response);
    bool reset = form_get(sent, S("_reset")).n > 0;
    StrVec names = form_all(request->arena, sent, S("column"));
    Str columns = list_columns_text(request->arena, kind, &names);
    Url url = url_open(request->arena, S("/records"));
    url_segment(&url, kind->name);
    http_set_cookie(request, response, list_columns_cookie(request->arena, kind), columns,
                    reset ? -1 : YEAR_S);
    for (size_t i = 0; i < sent->n; i++)
        if (!str_starts(sent->p[i].name, S("_")) && !str_eq(sent->p[i].name, S("column")))
            url_query(&url, sent->p[i].name, sent->p[i].value);
    if (!reset)
        url_query(&url, S("columns"), columns);
    return http_redirect(response, url_text(&url));
}

/* "市民建言-2026-03-05.csv" */
static void name_file(HttpRequest *request, HttpResponse *response, Str title, Str ending)
{
    Visit *visit = visit_of(request);
    http_attachment(response, STR(request->arena, title, "-",
                                  day_text(request->arena, day_of(visit->now)), ending));
}

static HttpOutcome answer_definitions(HttpRequest *request, HttpResponse *response,
                                      const Kind *kind)
{
    Visit *visit = visit_of(request);
    response->content_type = S("text/csv; charset=utf-8");
    buf_add(&response->body, list_definitions(visit, kind));
    name_file(request, response, label_text(kind->label, visit->language), S("-definitions.csv"));
    return HTTP_DONE;
}

static HttpOutcome answer_workbook(HttpRequest *request, HttpResponse *response, const Kind *kind)
{
    Visit *visit = visit_of(request);
    Str bytes;
    Err err = {0};
    if (!list_export_workbook(visit, kind, &bytes, &err))
        return http_fail(request, response, &err);
    response->content_type = WORKBOOK_TYPE;
    buf_add(&response->body, bytes);
    name_file(request, response, label_text(kind->label, visit->language), S(".xlsx"));
    return HTTP_DONE;
}

HttpOutcome page_record_export(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Kind *kind = kind_of(request);
    Str format = http_query(request, S("format"));
    bool json = str_eq(format, S("json"));
    Err err = {0};
    if (!kind)
        return page_missing(request, response);
    if (str_eq(format, S("definitions")))
        return answer_definitions(request, response, kind);
    if (str_eq(format, S("xlsx")))
        return answer_workbook(request, response, kind);
    if (!list_export(visit, kind, json ? TABLE_JSON : TABLE_CSV, &response->file,
                     &response->file_size, &err))
        return http_fail(request, response, &err);
    response->content_type = json ? S("application/json") : S("text/csv; charset=utf-8");
    name_file(request, response, label_text(kind->label, visit->language),
              json ? S(".json") : S(".csv"));
    return HTTP_DONE;
}

HttpOutcome page_figures_export(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    bool xlsx = str_eq(http_query(request, S("format")), S("xlsx"));
    FigureRow *rows;
    size_t count;
    Str bytes;
    Err err = {0};
    if (!figures_view(visit, &rows, &count, &err))
        return http_fail(request, response, &err);
    bytes =
        figures_table(request->arena, visit->language, xlsx ? TABLE_CELLS : TABLE_CSV, rows, count);
    if (xlsx && !workbook_make(request->arena, bytes, &bytes, &err))
        return http_fail(request, response, &err);
    response->content_type = xlsx ? WORKBOOK_TYPE : S("text/csv; charset=utf-8");
    buf_add(&response->body, bytes);
    name_file(request, response, message(MSG_page_figures, visit->language),
              xlsx ? S(".xlsx") : S(".csv"));
    return HTTP_DONE;
}
