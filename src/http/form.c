/* SPDX-License-Identifier: Apache-2.0 */
#include "http/form.h"

#include "base/number.h"
#include "base/utf8.h"
#include "http/form_internal.h"
#include "http/limits.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool needs_decoding(Str text, bool plus)
{
    return memchr(text.p, '%', text.n) != NULL || (plus && memchr(text.p, '+', text.n) != NULL);
}

/* Undoes the escapes only; `ret` may hold any bytes. */
static bool unescape(Arena *arena, Str text, bool plus, Str *ret, Err *err)
{
    if (text.n == 0 || !needs_decoding(text, plus)) {
        *ret = text;
        return true;
    }
    char *out = arena_alloc(arena, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '%') {
            int high = i + 2 < text.n ? hex_value(text.p[i + 1]) : -1;
            int low = i + 2 < text.n ? hex_value(text.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return err_set(err, ERR_BAD_REQUEST, MSG_form_escape);
            c = (char)(high * 16 + low);
            i += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        out[n++] = c;
    }
    *ret = (Str){out, n};
    return true;
}

bool form_check_text(Str text, Err *err)
{
    if (utf8_check(text) != text.n)
        return err_set(err, ERR_BAD_REQUEST, MSG_form_not_utf8);
    if (!utf8_is_clean(text))
        return err_set(err, ERR_BAD_REQUEST, MSG_form_control);
    return true;
}

bool form_decode(Arena *arena, Str text, bool plus, Str *ret, Err *err)
{
    Str decoded;
    if (!unescape(arena, text, plus, &decoded, err) || !form_check_text(decoded, err))
        return false;
    *ret = decoded;
    return true;
}

void form_encode(Buf *buf, Str text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            buf_byte(buf, (char)c);
            continue;
        }
        buf_byte(buf, '%');
        buf_byte(buf, hex[c >> 4]);
        buf_byte(buf, hex[c & 15]);
    }
}

/* CR LF and lone CR to LF; `text` itself when there is none. */

static Str number_text(Arena *arena, int64_t number)
{
    return STR(arena, number);
}

bool form_add_field(Arena *arena, FormFields *fields, FormField field, Err *err)
{
    if (field.name.n > FORM_NAME_MAX)
        return err_set(err, ERR_TOO_LARGE, MSG_form_name_long);
    if (field.value.n > FORM_FIELD_MAX)
        return err_set(err, ERR_TOO_LARGE, MSG_form_field_long, field.name,
                       number_text(arena, FORM_FIELD_MAX));
    if (fields->n >= FORM_FIELDS_MAX)
        return err_set(err, ERR_TOO_LARGE, MSG_form_fields_many,
                       number_text(arena, FORM_FIELDS_MAX));
    field.value = str_newlines(arena, field.value);
    *vec_push(arena, fields) = field;
    return true;
}

bool form_parse_query(Arena *arena, Str query, FormFields *ret, Err *err)
{
    FormFields fields = {0};
    Str pair;
    while (str_next(&query, '&', &pair)) {
        if (pair.n == 0)
            continue;
        size_t equal = str_find(pair, S("="), 0);
        Str raw_name = str_slice(pair, 0, MIN(equal, pair.n));
        Str raw_value = equal == SIZE_MAX ? (Str){0} : str_slice(pair, equal + 1, pair.n);
        FormField field;
        if (!form_decode(arena, raw_name, true, &field.name, err) ||
            !form_decode(arena, raw_value, true, &field.value, err) ||
            !form_add_field(arena, &fields, field, err))
            return false;
    }
    *ret = fields;
    return true;
}

bool form_parse_urlencoded(Arena *arena, Str body, Form *ret, Err *err)
{
    FormFields fields;
    if (!form_parse_query(arena, body, &fields, err))
        return false;
    *ret = (Form){.fields = fields};
    return true;
}

bool form_type_is(Str content_type, Str type)
{
    Str media = content_type;
    size_t end = str_find(content_type, S(";"), 0);
    if (end != SIZE_MAX)
        media = str_slice(content_type, 0, end);
    return form_eq_caseless(str_trim(media), type);
}

bool form_eq_caseless(Str a, Str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i];
        char y = b.p[i];
        x = (char)(x >= 'A' && x <= 'Z' ? x + 32 : x);
        y = (char)(y >= 'A' && y <= 'Z' ? y + 32 : y);
        if (x != y)
            return false;
    }
    return true;
}

bool form_parse(Arena *arena, Str content_type, Str body, bool files, Form *ret, Err *err)
{
    if (form_type_is(content_type, S("application/x-www-form-urlencoded")))
        return form_parse_urlencoded(arena, body, ret, err);
    if (!form_type_is(content_type, S("multipart/form-data")))
        return err_set(err, ERR_UNSUPPORTED_TYPE, MSG_http_type_form);
    Str boundary = form_header_parameter(arena, content_type, S("boundary"));
    Form form;
    if (!form_parse_multipart(arena, body, boundary, &form, err))
        return false;
    if (!files && form.files.n > 0)
        return err_set(err, ERR_BAD_REQUEST, MSG_form_files_refused);
    *ret = form;
    return true;
}

/* RFC 6265 section 4.1.1 cookie-octet, without the quotes. */
static bool cookie_text_ok(Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c <= ' ' || c >= 0x7f || strchr("\",;\\", c) != NULL)
            return false;
    }
    return true;
}

void form_parse_cookies(Arena *arena, Str header, FormFields *ret)
{
    FormFields cookies = {0};
    Str pair;
    while (cookies.n < FORM_FIELDS_MAX && str_next(&header, ';', &pair)) {
        size_t equal = str_find(pair, S("="), 0);
        if (equal == SIZE_MAX)
            continue;
        Str name = str_trim(str_slice(pair, 0, equal));
        Str value = str_trim(str_slice(pair, equal + 1, pair.n));
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_slice(value, 1, value.n - 1);
        if (name.n == 0 || name.n > FORM_NAME_MAX || !cookie_text_ok(name) ||
            !cookie_text_ok(value))
            continue;
        *vec_push(arena, &cookies) = (FormField){name, value};
    }
    *ret = cookies;
}

Str form_get(const FormFields *fields, Str name)
{
    for (size_t i = 0; i < fields->n; i++) {
        if (str_eq(fields->p[i].name, name))
            return fields->p[i].value;
    }
    return (Str){0};
}

StrVec form_all(Arena *arena, const FormFields *fields, Str name)
{
    StrVec values = {0};
    for (size_t i = 0; i < fields->n; i++) {
        if (str_eq(fields->p[i].name, name))
            *vec_push(arena, &values) = fields->p[i].value;
    }
    return values;
}

const FormFile *form_file(const Form *form, Str name)
{
    for (size_t i = 0; i < form->files.n; i++) {
        if (str_eq(form->files.p[i].name, name))
            return &form->files.p[i];
    }
    return NULL;
}
