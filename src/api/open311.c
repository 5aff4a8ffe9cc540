/* SPDX-License-Identifier: Apache-2.0 */
#include "api/open311.h"

#include "view/list_view.h"
#include "write/html.h"
#include "write/json.h"

#define REQUESTS_MAX 1000 /* of one answer, as the standard sets it */
#define SPAN_DAYS    90

/* ---- one answer in two forms ---- */

typedef struct Out {
    HttpResponse *response;
    bool xml;
    Json json;
    Html html;
} Out;

/* A tag is a literal of this file; text goes through html_text, whose escapes XML knows too. */
static void out_tag(Out *out, const char *before, Str name)
{
    html_literal(&out->html, before);
    buf_add(out->html.buf, name);
    buf_byte(out->html.buf, '>');
}

static Out out_open(HttpRequest *request, HttpResponse *response, bool xml, int status)
{
    Out out = {.response = response, .xml = xml};
    response->status = status;
    response->content_type = xml ? S("text/xml; charset=utf-8") : S("application/json");
    if (xml) {
        out.html = html_open(&response->body, request->language);
        HTML(&out.html, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    } else {
        out.json = json_open(&response->body);
    }
    return out;
}

static HttpOutcome out_close(Out *out)
{
    if (!out->xml)
        json_close(&out->json);
    buf_byte(&out->response->body, '\n');
    return HTTP_DONE;
}

/* XML 1.0 has no way to write most control characters. */
static Str xml_text(Arena *arena, Str text)
{
    char *copy = arena_alloc(arena, text.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        copy[i] = c < ' ' && c != '\t' && c != '\n' && c != '\r' ? ' ' : text.p[i];
    }
    return (Str){copy, text.n};
}

static void out_text(Out *out, Str name, Str text)
{
    if (!out->xml) {
        json_field_str(&out->json, name, text);
        return;
    }
    out_tag(out, "<", name);
    html_text(&out->html, xml_text(out->html.buf->arena, text));
    out_tag(out, "</", name);
}

static void out_int(Out *out, Str name, int64_t number)
{
    if (out->xml)
        out_text(out, name, STR(out->html.buf->arena, number));
    else
        json_field_int(&out->json, name, number);
}

/* The root of an answer: JSON gives it no name. */
static void out_list(Out *out, Str name)
{
    if (out->xml)
        out_tag(out, "<", name);
    else
        json_array_begin(&out->json);
}

/* A list among the members of an item. */
static void out_list_member(Out *out, Str name)
{
    if (!out->xml)
        json_name(&out->json, name);
    out_list(out, name);
}

static void out_list_end(Out *out, Str name)
{
    if (out->xml)
        out_tag(out, "</", name);
    else
        json_array_end(&out->json);
}

static void out_item(Out *out, Str name)
{
    if (out->xml)
        out_tag(out, "<", name);
    else
        json_object_begin(&out->json);
}

static void out_item_end(Out *out, Str name)
{
    if (out->xml)
        out_tag(out, "</", name);
    else
        json_object_end(&out->json);
}

/* ---- what was asked ---- */

typedef struct Asked {
    Visit *visit;
    bool xml;
    Str name; /* of the file, without its ending */
} Asked;

static bool asked_read(HttpRequest *request, Asked *ret_asked)
{
    Str file = http_param(request, S("file"));
    Asked asked = {.visit = visit_as_public(visit_of(request)), .xml = str_ends(file, S(".xml"))};
    if (!asked.xml && !str_ends(file, S(".json")))
        return false;
    asked.name = (Str){file.p, file.n - (asked.xml ? 4 : 5)};
    *ret_asked = asked;
    return true;
}

static HttpOutcome out_error(HttpRequest *request, HttpResponse *response, const Asked *asked,
                             int status, Str words)
{
    Out out = out_open(request, response, asked->xml, status);
    out_list(&out, S("errors"));
    out_item(&out, S("error"));
    out_int(&out, S("code"), status);
    out_text(&out, S("description"), words);
    out_item_end(&out, S("error"));
    out_list_end(&out, S("errors"));
    return out_close(&out);
}

static HttpOutcome not_found(HttpRequest *request, HttpResponse *response, const Asked *asked)
{
    return out_error(request, response, asked, 404,
                     message(MSG_api_open311_unknown, request->language));
}

static bool is_service(const Kind *kind)
{
    return kind->public_title.n > 0 && kind_first_move(kind, true);
}

static const Kind *service_of(const Asked *asked, Str code)
{
    const Kind *kind = profile_kind(asked->visit->office->profile, code);
    return kind && is_service(kind) ? kind : NULL;
}

/* ---- services ---- */

static void out_service(Out *out, const Visit *visit, const Kind *kind)
{
    out_item(out, S("service"));
    out_text(out, S("service_code"), kind->name);
    out_text(out, S("service_name"), label_text(kind->label, visit->language));
    out_text(out, S("description"), label_text(kind->describe, visit->language));
    out_text(out, S("metadata"), S("false"));
    out_text(out, S("type"), S("realtime"));
    out_text(out, S("keywords"), S(""));
    out_text(out, S("group"), S(""));
    out_item_end(out, S("service"));
}

HttpOutcome open311_services(HttpRequest *request, HttpResponse *response)
{
    Asked asked = {.visit = visit_of(request), .xml = str_ends(request->path, S(".xml"))};
    const Profile *profile = asked.visit->office->profile;
    Out out = out_open(request, response, asked.xml, 200);
    out_list(&out, S("services"));
    for (size_t i = 0; i < profile->n_kinds; i++)
        if (is_service(&profile->kinds[i]))
            out_service(&out, asked.visit, &profile->kinds[i]);
    out_list_end(&out, S("services"));
    return out_close(&out);
}

/* Its form is in /api/v1/openapi.json; the reading calls need no attributes. */
HttpOutcome open311_service(HttpRequest *request, HttpResponse *response)
{
    Asked asked;
    if (!asked_read(request, &asked))
        return not_found(request, response, &(Asked){0});
    if (!service_of(&asked, asked.name))
        return not_found(request, response, &asked);
    Out out = out_open(request, response, asked.xml, 200);
    out_item(&out, S("service_definition"));
    out_text(&out, S("service_code"), asked.name);
    out_list_member(&out, S("attributes"));
    out_list_end(&out, S("attributes"));
    out_item_end(&out, S("service_definition"));
    return out_close(&out);
}

/* ---- requests ---- */

static Str column_text(const RecordRow *row, Str name)
{
    for (size_t i = 0; i < row->n_columns; i++)
        if (str_eq(row->columns[i].field->name, name))
            return row->columns[i].text;
    return S("");
}

static bool row_is_open(const RecordRow *row)
{
    const State *state = row->kind->flow ? flow_state(row->kind->flow, row->status) : NULL;
    return state && state->open;
}

static void out_request(Out *out, Arena *arena, const RecordRow *row)
{
    const Kind *kind = row->kind;
    Str notes = row->status_label;
    if (row->result_label.n > 0)
        notes = STR(arena, notes, " · ", row->result_label);
    out_item(out, S("request"));
    out_text(out, S("service_request_id"), row->number);
    out_text(out, S("status"), row_is_open(row) ? S("open") : S("closed"));
    out_text(out, S("status_notes"), notes);
    out_text(out, S("service_name"), row->kind_label);
    out_text(out, S("service_code"), kind->name);
    out_text(out, S("description"),
             STR(arena, row->title, "\n", column_text(row, kind->public_body)));
    out_text(out, S("agency_responsible"), row->lead);
    out_text(out, S("service_notice"), column_text(row, kind->public_reply));
    out_text(out, S("requested_datetime"), instant_text(arena, row->created_at));
    out_text(out, S("updated_datetime"),
             instant_text(arena, row->closed_at ? row->closed_at : row->created_at));
    out_text(out, S("expected_datetime"), S(""));
    out_text(out, S("address"), row->place);
    out_item_end(out, S("request"));
}

/* "open,closed": one of the words. */
static bool status_wanted(Str wanted, const RecordRow *row)
{
    return wanted.n == 0 ||
           str_find(wanted, row_is_open(row) ? S("open") : S("closed"), 0) < wanted.n;
}

static HttpOutcome out_requests(HttpRequest *request, HttpResponse *response, const Asked *asked,
                                const ListView *view)
{
    Str status = http_query(request, S("status"));
    Out out = out_open(request, response, asked->xml, 200);
    out_list(&out, S("service_requests"));
    for (size_t i = 0; i < view->n_rows; i++)
        if (is_service(view->rows[i].kind) && status_wanted(status, &view->rows[i]))
            out_request(&out, request->arena, &view->rows[i]);
    out_list_end(&out, S("service_requests"));
    return out_close(&out);
}

static bool day_asked(const HttpRequest *request, Str name, Day *ret_day)
{
    Str text = http_query(request, name);
    Instant at = 0;
    *ret_day = 0;
    if (text.n == 0)
        return true;
    if (!instant_parse(text, &at))
        return false;
    *ret_day = day_of(at);
    return true;
}

/* Without dates the last 90 days; one date alone sets the other. */
static bool span_asked(const HttpRequest *request, Day today, PublishedQuery *query)
{
    if (!day_asked(request, S("start_date"), &query->from) ||
        !day_asked(request, S("end_date"), &query->to))
        return false;
    if (!query->to)
        query->to = query->from ? query->from + SPAN_DAYS : today;
    if (!query->from)
        query->from = query->to - SPAN_DAYS;
    return query->from <= query->to && query->to - query->from <= SPAN_DAYS;
}

static void numbers_asked(Arena *arena, Str text, PublishedQuery *query)
{
    StrVec numbers = {0};
    for (size_t from = 0; from < text.n;) {
        size_t comma = MIN(str_find(text, S(","), from), text.n);
        *vec_push(arena, &numbers) = str_trim(str_slice(text, from, comma));
        from = comma + 1;
    }
    query->numbers = numbers.p;
    query->n_numbers = MIN(numbers.n, REQUESTS_MAX);
}

HttpOutcome open311_requests(HttpRequest *request, HttpResponse *response)
{
    Asked asked = {.visit = visit_as_public(visit_of(request)),
                   .xml = str_ends(request->path, S(".xml"))};
    Str code = http_query(request, S("service_code")),
        numbers = http_query(request, S("service_request_id"));
    PublishedQuery query = {.most = REQUESTS_MAX};
    ListView view;
    Err err = {0};
    if (code.n > 0 && !(query.kind = service_of(&asked, code)))
        return not_found(request, response, &asked);
    if (numbers.n > 0)
        numbers_asked(request->arena, numbers, &query);
    else if (!span_asked(request, day_of(asked.visit->now), &query))
        return out_error(request, response, &asked, 400,
                         message(MSG_api_open311_span, request->language));
    if (!published_view(asked.visit, &query, &view, &err))
        return http_fail(request, response, &err);
    return out_requests(request, response, &asked, &view);
}

HttpOutcome open311_request(HttpRequest *request, HttpResponse *response)
{
    Asked asked;
    ListView view;
    Err err = {0};
    if (!asked_read(request, &asked))
        return not_found(request, response, &(Asked){0});
    PublishedQuery query = {.numbers = &asked.name, .n_numbers = 1, .most = 1};
    if (!published_view(asked.visit, &query, &view, &err))
        return http_fail(request, response, &err);
    if (view.n_rows == 0 || !is_service(view.rows[0].kind))
        return not_found(request, response, &asked);
    return out_requests(request, response, &asked, &view);
}

/* ---- discovery ---- */

static void out_endpoint(Out *out, Str address)
{
    static const Str formats[] = {S_CONST("text/xml"), S_CONST("application/json")};
    out_item(out, S("endpoint"));
    out_text(out, S("specification"), S("http://wiki.open311.org/GeoReport_v2"));
    out_text(out, S("url"), STR(out->response->body.arena, address, OPEN311));
    out_text(out, S("type"), S("production"));
    out_list_member(out, S("formats"));
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        if (out->xml)
            out_text(out, S("format"), formats[i]);
        else
            json_str(&out->json, formats[i]);
    }
    out_list_end(out, S("formats"));
    out_item_end(out, S("endpoint"));
}

HttpOutcome open311_discovery(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Out out = out_open(request, response, str_ends(request->path, S(".xml")), 200);
    out_item(&out, S("discovery"));
    out_text(&out, S("contact"), label_text(visit->office->profile->office, visit->language));
    out_text(&out, S("key_service"), S(""));
    out_list_member(&out, S("endpoints"));
    out_endpoint(&out, visit_site_address(visit));
    out_list_end(&out, S("endpoints"));
    out_item_end(&out, S("discovery"));
    return out_close(&out);
}
