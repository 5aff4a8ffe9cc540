/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a proxy in front could read differently from us is refused before anything else looks at
 * it (RFC 9112 section 11.2, request smuggling). libmicrohttpd checks only that Host is there. */
#include "base/number.h"
#include "http/form_internal.h"
#include "http/limits.h"
#include "http/server_internal.h"

typedef struct Framing {
    size_t lengths;
    size_t encodings;
    size_t hosts;
    Str length;
    Str encoding;
    Str host;
} Framing;

/* RFC 9110 section 5.6.2. */
static bool is_token(Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return text.n > 0;
}

static bool is_line(Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if ((c < ' ' && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

/* Enough to keep anything odd out of links and logs; RFC 3986 section 3.2.2 has the grammar. */
static bool is_host(Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || strchr(".-_:[]", c) == NULL))
            return false;
    }
    return text.n > 0 && text.n <= 255;
}

static bool collect(const Head *head, Framing *ret)
{
    for (size_t i = 0; i < head->headers.n; i++) {
        FormField line = head->headers.p[i];
        if (!is_token(line.name) || !is_line(line.value))
            return false;
        if (form_eq_caseless(line.name, S("content-length"))) {
            ret->lengths++;
            ret->length = line.value;
        } else if (form_eq_caseless(line.name, S("transfer-encoding"))) {
            ret->encodings++;
            ret->encoding = line.value;
        } else if (form_eq_caseless(line.name, S("host"))) {
            ret->hosts++;
            ret->host = line.value;
        }
    }
    return ret->lengths <= 1 && ret->encodings <= 1 && ret->hosts <= 1 &&
           ret->lengths + ret->encodings <= 1;
}

/* Digits only: no sign, no list, no white space. */
static bool read_length(Str text, size_t *ret)
{
    int64_t number;
    if (text.n == 0 || text.n > 18)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    }
    if (!int_parse(text, &number))
        return false;
    *ret = (size_t)number;
    return true;
}

static bool framing_ok(const Head *head, const Framing *framing, bool *ret_has_body,
                       size_t *ret_length)
{
    bool is_1_1 = str_eq(head->version, S("HTTP/1.1"));
    *ret_has_body = false;
    *ret_length = 0;
    if ((is_1_1 && framing->hosts != 1) || (framing->hosts == 1 && !is_host(framing->host)))
        return false;
    if (framing->encodings == 1) {
        *ret_has_body = true;
        *ret_length = SIZE_MAX;
        return is_1_1 && form_eq_caseless(framing->encoding, S("chunked"));
    }
    if (framing->lengths == 1) {
        if (!read_length(framing->length, ret_length))
            return false;
        *ret_has_body = *ret_length > 0;
    }
    return true;
}

/* The library keeps header, a copy of the cookies, a node for each line and cookie, and later the
 * answer's header, in one piece of memory. What would leave no room for the answer is
 * refused while there is room to say so. */
static bool fits_memory(const Head *head)
{
    size_t nodes = head->lines;
    size_t cookies = 0;
    for (size_t i = 0; i < head->headers.n; i++) {
        Str value = head->headers.p[i].value;
        if (!form_eq_caseless(head->headers.p[i].name, S("cookie")))
            continue;
        cookies += value.n;
        for (size_t at = 0; at < value.n; at++)
            nodes += value.p[at] == ';';
    }
    return head->size + cookies + nodes * HTTP_LINE_COST <= HTTP_HEADER_BUDGET;
}

bool head_check(const Head *head, bool *ret_has_body, size_t *ret_length, int *ret_status, Err *err)
{
    Framing framing = {0};
    *ret_status = 400;
    if (head->path.n + head->query.n > HTTP_URL_MAX) {
        *ret_status = 414;
        return err_set(err, ERR_TOO_LARGE, MSG_http_url_too_long);
    }
    if (head->size > HTTP_HEADER_MAX || head->lines > HTTP_HEADERS_MAX || !fits_memory(head)) {
        *ret_status = 431;
        (void)err_set(err, ERR_TOO_LARGE, MSG_http_header_too_large);
        return err_hint(err, MSG_http_header_too_large_hint);
    }
    if (head->malformed || !is_line(head->path) || !is_line(head->query) ||
        !collect(head, &framing))
        return err_set(err, ERR_BAD_REQUEST, MSG_http_malformed);
    if (!str_eq(head->version, S("HTTP/1.1")) && !str_eq(head->version, S("HTTP/1.0"))) {
        *ret_status = 505;
        return err_set(err, ERR_BAD_REQUEST, MSG_http_version);
    }
    if (!framing_ok(head, &framing, ret_has_body, ret_length))
        return err_set(err, ERR_BAD_REQUEST, MSG_http_malformed);
    return true;
}
