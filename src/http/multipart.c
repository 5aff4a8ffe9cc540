/* SPDX-License-Identifier: Apache-2.0 */
/* multipart/form-data (RFC 7578 over RFC 2046 section 5.1).
 *
 * The whole body is in memory (limited by the route), so parts are found by searching for the
 * delimiter; files are views into the body and cost nothing. Strict where servers and filters could
 * read differently: every delimiter needs CR LF before it, nothing but blanks after it, and the
 * closing one must be there. */
#include "http/form.h"
#include "http/form_internal.h"
#include "http/limits.h"

#define BOUNDARY_MAX 70 /* RFC 2046 section 5.1.1 */

typedef struct Part {
    Str name;
    Str file_name;
    bool is_file;
    Str content_type;
    Str bytes;
} Part;

static bool broken(Err *err)
{
    return err_set(err, ERR_BAD_REQUEST, MSG_form_multipart_broken);
}

/* ---- parameters of a header value ---- */

/* Takes a quoted string off `*rest`, which starts after the opening quote. Browsers escape `"` as
 * %22 and leave backslashes alone (old ones send whole Windows paths), so only \" is an escape. */
static bool take_quoted(Arena *arena, Str *rest, Str *ret)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < rest->n; i++) {
        char c = rest->p[i];
        if (c == '"') {
            *ret = buf_str(&buf);
            *rest = str_slice(*rest, i + 1, rest->n);
            return true;
        }
        if (c == '\\' && i + 1 < rest->n && rest->p[i + 1] == '"')
            c = rest->p[++i];
        buf_byte(&buf, c);
    }
    return false;
}

static Str take_token(Str *rest)
{
    size_t end = MIN(str_find(*rest, S(";"), 0), rest->n);
    Str token = str_trim(str_slice(*rest, 0, end));
    *rest = str_slice(*rest, end, rest->n);
    return token;
}

/* Finds a parameter; `*ret_found` tells an empty one from a missing one. False when malformed. */
static bool find_parameter(Arena *arena, Str header, Str name, Str *ret, bool *ret_found)
{
    Str rest = header;
    *ret_found = false;
    (void)take_token(&rest);
    while (rest.n > 0) {
        rest = str_slice(rest, 1, rest.n); /* the ';' */
        size_t equal = str_find(rest, S("="), 0);
        if (equal == SIZE_MAX)
            return str_trim(rest).n == 0;
        Str key = str_trim(str_slice(rest, 0, equal));
        Str value;
        rest = str_trim(str_slice(rest, equal + 1, rest.n));
        if (str_starts(rest, S("\""))) {
            rest = str_slice(rest, 1, rest.n);
            if (!take_quoted(arena, &rest, &value) || take_token(&rest).n != 0)
                return false;
        } else {
            value = take_token(&rest);
        }
        if (form_eq_caseless(key, name)) {
            if (*ret_found)
                return false; /* named twice: two readers would disagree */
            *ret = value;
            *ret_found = true;
        }
    }
    return true;
}

Str form_header_parameter(Arena *arena, Str header, Str name)
{
    Str value = {0};
    bool found;
    return find_parameter(arena, header, name, &value, &found) && found ? value : (Str){0};
}

/* ---- one part ---- */

/* The last part of a path of either system, without what browsers escape, at most
 * FORM_FILE_NAME_MAX bytes (the end, where the type is told), cut between characters. */
static Str clean_file_name(Arena *arena, Str name)
{
    size_t from = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '/' || name.p[i] == '\\')
            from = i + 1;
    }
    name = str_slice(name, from, name.n);
    Buf buf = buf_open(arena);
    while (name.n > 0) {
        bool quote = str_starts(name, S("%22"));
        if (quote)
            buf_byte(&buf, '"');
        else if (name.p[0] != '\t' && name.p[0] != '\n' && name.p[0] != '\r')
            buf_byte(&buf, name.p[0]);
        name = str_slice(name, quote ? 3 : 1, name.n);
    }
    Str clean = buf_str(&buf);
    if (clean.n <= FORM_FILE_NAME_MAX)
        return clean;
    clean = str_slice(clean, clean.n - FORM_FILE_NAME_MAX, clean.n);
    while (clean.n > 0 && ((unsigned char)clean.p[0] & 0xC0) == 0x80)
        clean = str_slice(clean, 1, clean.n);
    return clean;
}

static bool read_disposition(Arena *arena, Str value, Part *part, Err *err)
{
    bool named;
    Str file_name = {0};
    if (part->name.p != NULL || !form_type_is(value, S("form-data")))
        return broken(err);
    if (!find_parameter(arena, value, S("name"), &part->name, &named) || !named ||
        part->name.n == 0)
        return broken(err);
    if (!find_parameter(arena, value, S("filename"), &file_name, &part->is_file))
        return broken(err);
    if (part->is_file)
        part->file_name = clean_file_name(arena, file_name);
    return true;
}

static bool read_header_line(Arena *arena, Str line, Part *part, Err *err)
{
    size_t colon = str_find(line, S(":"), 0);
    if (colon == SIZE_MAX || colon == 0 || line.p[0] == ' ' || line.p[0] == '\t')
        return broken(err);
    Str name = str_slice(line, 0, colon);
    Str value = str_trim(str_slice(line, colon + 1, line.n));
    if (!form_check_text(value, err))
        return false;
    if (form_eq_caseless(name, S("content-disposition")))
        return read_disposition(arena, value, part, err);
    if (form_eq_caseless(name, S("content-type"))) {
        Str rest = value;
        part->content_type = str_lower(arena, take_token(&rest));
    }
    /* RFC 7578 section 4.7 forbids it; only the identity ones are harmless. */
    if (form_eq_caseless(name, S("content-transfer-encoding")) &&
        !form_eq_caseless(value, S("binary")) && !form_eq_caseless(value, S("8bit")) &&
        !form_eq_caseless(value, S("7bit")))
        return err_set(err, ERR_BAD_REQUEST, MSG_form_encoding, str_slice(value, 0, 40));
    return true;
}

/* `text` is everything between two delimiters: header lines, an empty line, content. */
static bool read_part(Arena *arena, Str text, Part *ret, Err *err)
{
    Part part = {0};
    size_t end = str_find(text, S("\r\n\r\n"), 0);
    if (end == SIZE_MAX || end > FORM_PART_HEADER_MAX)
        return broken(err);
    size_t at = 0;
    while (at < end) {
        size_t stop = MIN(str_find(text, S("\r\n"), at), end);
        if (!read_header_line(arena, str_slice(text, at, stop), &part, err))
            return false;
        at = stop + 2;
    }
    if (part.name.p == NULL)
        return broken(err);
    part.bytes = str_slice(text, end + 4, text.n);
    *ret = part;
    return true;
}

static bool add_part(Arena *arena, Form *form, const Part *part, Err *err)
{
    if (part->is_file) {
        if (part->bytes.n == 0 && part->file_name.n == 0)
            return true; /* an untouched file input */
        if (part->name.n > FORM_NAME_MAX)
            return err_set(err, ERR_TOO_LARGE, MSG_form_name_long);
        if (form->files.n >= FORM_FILES_MAX)
            return err_set(err, ERR_TOO_LARGE, MSG_form_files_many,
                           STR(arena, (int64_t)FORM_FILES_MAX));
        *vec_push(arena, &form->files) =
            (FormFile){part->name, part->file_name, part->content_type, part->bytes};
        return true;
    }
    if (!form_check_text(part->bytes, err))
        return false;
    return form_add_field(arena, &form->fields, (FormField){part->name, part->bytes}, err);
}

/* ---- the body ---- */

/* RFC 2046 section 5.1.1 bchars. */
static bool boundary_ok(Str boundary)
{
    if (boundary.n == 0 || boundary.n > BOUNDARY_MAX || boundary.p[boundary.n - 1] == ' ')
        return false;
    for (size_t i = 0; i < boundary.n; i++) {
        char c = boundary.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || strchr("'()+_,-./:=? ", c) == NULL))
            return false;
    }
    return true;
}

/* What follows a delimiter: "--" closes, otherwise the line must end. Moves `*at` past it. */
static bool after_delimiter(Str body, size_t *at, bool *ret_closed, Err *err)
{
    *ret_closed = str_starts(str_slice(body, *at, body.n), S("--"));
    if (*ret_closed)
        return true;
    while (*at < body.n && (body.p[*at] == ' ' || body.p[*at] == '\t'))
        (*at)++;
    if (!str_starts(str_slice(body, *at, body.n), S("\r\n")))
        return broken(err);
    *at += 2;
    return true;
}

static Str delimiter_for(Arena *arena, Str boundary)
{
    return STR(arena, S("\r\n--"), boundary);
}

bool form_parse_multipart(Arena *arena, Str body, Str boundary, Form *ret, Err *err)
{
    if (!boundary_ok(boundary))
        return broken(err);
    Form form = {0};
    Str delimiter = delimiter_for(arena, boundary);
    /* The first delimiter may stand at the very start, without its line end. A preamble is legal in
     * mail but never sent by browsers: refused. */
    if (!str_starts(body, str_slice(delimiter, 2, delimiter.n)))
        return broken(err);
    size_t at = delimiter.n - 2;
    bool closed;
    if (!after_delimiter(body, &at, &closed, err))
        return false;
    while (!closed) {
        size_t end = str_find(body, delimiter, at);
        Part part = {0};
        if (end == SIZE_MAX)
            return broken(err);
        if (!read_part(arena, str_slice(body, at, end), &part, err) ||
            !add_part(arena, &form, &part, err))
            return false;
        at = end + delimiter.n;
        if (!after_delimiter(body, &at, &closed, err))
            return false;
    }
    *ret = form;
    return true;
}
