/* SPDX-License-Identifier: Apache-2.0 */
#include "base/value.h"
#include "http/form_internal.h"
#include "http/limits.h"
#include "http/request.h"
#include "http/server_internal.h"

/* A field value is one line (RFC 9110 section 5.5); what could break it becomes a space. */
static Str one_line(Arena *arena, Str value)
{
    char *copy = arena_copy(arena, value.p, value.n);
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)copy[i];
        if (c < ' ' || c == 0x7f)
            copy[i] = ' ';
    }
    return (Str){copy, value.n};
}

void http_add_header(HttpResponse *response, Str name, Str value)
{
    FormField line = {name, one_line(response->arena, value)};
    *vec_push(response->arena, &response->headers) = line;
}

HttpOutcome http_redirect(HttpResponse *response, Str location)
{
    /* What does not fit into the connection's memory is no answer at all. */
    size_t query = str_find(location, S("?"), 0);
    if (location.n > HTTP_LOCATION_MAX && query != SIZE_MAX)
        location = str_slice(location, 0, query);
    response->status = 303;
    http_add_header(response, S("Location"), location);
    return HTTP_DONE;
}

/* RFC 6265 section 4.1.1. */
static bool cookie_octets(Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c <= ' ' || c >= 0x7f || strchr("\",;\\", c) != NULL)
            return false;
    }
    return true;
}

void http_set_cookie(HttpRequest *request, HttpResponse *response, Str name, Str value,
                     int64_t max_age_s)
{
    ASSERT(name.n > 0 && cookie_octets(name) && !str_has(name, S("=")) && cookie_octets(value));
    Buf buf = buf_open(response->arena);
    TEXT(&buf, request->secure_cookies ? S(HTTP_HOST_PREFIX) : S(""), name, "=", value,
         "; Path=/; HttpOnly; SameSite=Lax");
    if (request->secure_cookies)
        TEXT(&buf, "; Secure");
    if (max_age_s != 0)
        TEXT(&buf, "; Max-Age=", MAX(max_age_s, 0));
    *vec_push(response->arena, &response->headers) = (FormField){S("Set-Cookie"), buf_str(&buf)};
}

/* If-None-Match (RFC 9110 section 13.1.2): weak comparison, lists and "*". */
static bool tag_matches(Str header, Str quoted)
{
    Str one;
    if (str_eq(str_trim(header), S("*")))
        return true;
    while (str_next(&header, ',', &one)) {
        one = str_trim(one);
        if (str_starts(one, S("W/")))
            one = str_slice(one, 2, one.n);
        if (str_eq(one, quoted))
            return true;
    }
    return false;
}

bool http_etag(HttpRequest *request, HttpResponse *response, Str tag)
{
    Str quoted = STR(response->arena, "\"", tag, "\"");
    http_add_header(response, S("ETag"), quoted);
    if (str_eq(response->cache_control, S("no-store")))
        response->cache_control = S("private, no-cache");
    if (!tag_matches(http_header(request, S("If-None-Match")), quoted))
        return false;
    response->status = 304;
    buf_clear(&response->body);
    return true;
}

void http_attachment(HttpResponse *response, Str file_name)
{
    Buf buf = buf_open(response->arena);
    TEXT(&buf, "attachment; filename*=UTF-8''");
    form_encode(&buf, file_name);
    http_add_header(response, S("Content-Disposition"), buf_str(&buf));
}

/* ---- errors ---- */

static void write_member(Buf *buf, const char *name, Str text)
{
    TEXT(buf, "\"", name, "\":");
    value_write(buf, value_text(text));
}

static void write_fields(HttpRequest *request, Buf *buf, const Err *err)
{
    TEXT(buf, ",");
    write_member(buf, "field", err->fields->field);
    TEXT(buf, ",\"fields\":[");
    for (const ErrField *field = err->fields; field != NULL; field = field->next) {
        TEXT(buf, field == err->fields ? "{" : ",{");
        write_member(buf, "field", field->field);
        TEXT(buf, ",");
        write_member(buf, "message", err_field_text(request->arena, field, request->language));
        TEXT(buf, "}");
    }
    TEXT(buf, "]");
}

void http_error_json(HttpRequest *request, Buf *buf, const Err *err)
{
    TEXT(buf, "{\"error\":{");
    write_member(buf, "code", str_from_c(err_code_name(err->code)));
    TEXT(buf, ",");
    write_member(buf, "message", err_message(request->arena, err, request->language));
    TEXT(buf, ",");
    write_member(buf, "hint", err_hint_text(request->arena, err, request->language));
    if (err->fields != NULL)
        write_fields(request, buf, err);
    TEXT(buf, "}}\n");
}

HttpOutcome http_fail_status(HttpRequest *request, HttpResponse *response, int status,
                             const Err *err)
{
    bool close = response->close;
    exchange_close_file(response);
    exchange_response_init(response, request->arena);
    response->close = close;
    response->status = status;
    if (status == 503)
        http_add_header(response, S("Retry-After"), S("2"));
    HttpErrorPage page = exchange_of(request)->server->options.error_page;
    if (page != NULL && !request->wants_json) {
        page(request, response, err);
        return HTTP_DONE;
    }
    response->content_type = S("application/json");
    http_error_json(request, &response->body, err);
    return HTTP_DONE;
}

HttpOutcome http_fail(HttpRequest *request, HttpResponse *response, const Err *err)
{
    return http_fail_status(request, response, err_http_status(err->code), err);
}
