/* SPDX-License-Identifier: Apache-2.0 */
/* The first sheet of a workbook that can be seen, as pieces (write/piece.h). What a cell shows is
 * taken: the last value of a formula, a day as 2026-03-05. */
#include <expat.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/moment.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "document/unzip.h"
#include "document/verb.h"
#include "write/piece.h"

#define BUDGET      ((size_t)64 * 1024 * 1024) /* bytes inflated */
#define ROWS_MAX    10000
#define COLUMNS_MAX 200
#define CELL_MAX    ((size_t)32 * 1024)
#define STRINGS_MAX 500000
#define STYLES_MAX  65536
#define DEPTH_MAX   64

typedef struct Reader Reader;
typedef void (*OnStart)(Reader *reader, Str name, const char **attributes);
typedef void (*OnEnd)(Reader *reader, Str name);

struct Reader {
    Arena *arena;
    Zip zip;
    XML_Parser parser;
    OnStart on_start;
    OnEnd on_end;
    Err *err;
    bool failed;
    int depth;
    bool takes; /* text is wanted now */
    Buf text;
    /* what was found */
    Str sheet_id, target;
    bool has_sheet, from_1904, in_formats;
    StrVec strings;
    VEC(bool) days; /* of each cell style */
    VEC(int64_t) day_formats;
    /* the sheet */
    Buf out;
    int64_t row, rows, column;
    Str type;
    int64_t style;
};

static void stop(Reader *reader, ErrCode code, MessageId message, Str what)
{
    if (!reader->failed)
        (void)err_set(reader->err, code, message, what);
    reader->failed = true;
    XML_StopParser(reader->parser, XML_FALSE);
}

static Str local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return str_from_c(colon ? colon + 1 : name);
}

static Str attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (str_eq(local_name(attributes[0]), str_from_c(name)))
            return str_from_c(attributes[1]);
    return S("");
}

/* ---- expat ---- */

static void start_element(void *context, const char *name, const char **attributes)
{
    Reader *reader = context;
    if (++reader->depth > DEPTH_MAX)
        stop(reader, ERR_WRONG, MSG_document_no_workbook, S(""));
    else
        reader->on_start(reader, local_name(name), attributes);
}

static void end_element(void *context, const char *name)
{
    Reader *reader = context;
    reader->depth--;
    if (reader->on_end)
        reader->on_end(reader, local_name(name));
}

static void take_text(void *context, const char *text, int n)
{
    Reader *reader = context;
    if (!reader->takes)
        return;
    buf_bytes(&reader->text, text, (size_t)n);
    if (!buf_ok(&reader->text))
        stop(reader, ERR_TOO_LARGE, MSG_document_cell_large, STR(reader->arena, reader->row));
}

/* Entities are declared in a document type, and no workbook has one. */
static void refuse_type(void *context, const char *name, const char *system, const char *public,
                        int has_subset)
{
    (void)name, (void)system, (void)public, (void)has_subset;
    stop(context, ERR_WRONG, MSG_document_no_workbook, S(""));
}

static void text_open(Reader *reader, bool takes)
{
    reader->takes = takes;
    reader->text = buf_open_max(reader->arena, CELL_MAX);
}

static bool parse(Reader *reader, Str bytes, OnStart on_start, OnEnd on_end)
{
    enum XML_Status status;
    reader->parser = XML_ParserCreate(NULL);
    reader->on_start = on_start;
    reader->on_end = on_end;
    reader->depth = 0;
    text_open(reader, false);
    XML_SetUserData(reader->parser, reader);
    XML_SetElementHandler(reader->parser, start_element, end_element);
    XML_SetCharacterDataHandler(reader->parser, take_text);
    XML_SetStartDoctypeDeclHandler(reader->parser, refuse_type);
    status = XML_Parse(reader->parser, bytes.p, (int)bytes.n, 1);
    XML_ParserFree(reader->parser);
    if (status != XML_STATUS_OK && !reader->failed) {
        (void)err_set(reader->err, ERR_WRONG, MSG_document_no_workbook);
        reader->failed = true;
    }
    return !reader->failed;
}

static bool parse_part(Reader *reader, Str name, bool must, OnStart on_start, OnEnd on_end)
{
    Str bytes;
    bool found;
    if (!unzip_part(&reader->zip, name, &bytes, &found, reader->err))
        return false;
    if (!found)
        return !must || err_set(reader->err, ERR_WRONG, MSG_document_no_workbook);
    return parse(reader, bytes, on_start, on_end);
}

/* ---- which sheet ---- */

static void book_start(Reader *reader, Str name, const char **attributes)
{
    if (str_eq(name, S("workbookPr"))) {
        Str since = attribute(attributes, "date1904");
        reader->from_1904 = str_eq(since, S("1")) || str_eq(since, S("true"));
    }
    if (str_eq(name, S("sheet")) && !reader->has_sheet &&
        !str_has(attribute(attributes, "state"), S("idden"))) {
        reader->has_sheet = true;
        for (const char **at = attributes; *at; at += 2)
            if (str_eq(local_name(at[0]), S("id")) && strchr(at[0], ':'))
                reader->sheet_id = str_dup(reader->arena, str_from_c(at[1]));
    }
}

static void relation_start(Reader *reader, Str name, const char **attributes)
{
    Str target = attribute(attributes, "Target");
    if (!str_eq(name, S("Relationship")) || !str_eq(attribute(attributes, "Id"), reader->sheet_id))
        return;
    reader->target = str_starts(target, S("/"))
                         ? str_dup(reader->arena, str_slice(target, 1, target.n))
                         : STR(reader->arena, "xl/", target);
}

/* ---- strings and styles ---- */

static void strings_start(Reader *reader, Str name, const char **attributes)
{
    (void)attributes;
    if (str_eq(name, S("si")))
        text_open(reader, false);
    reader->takes = str_eq(name, S("t"));
    if (str_eq(name, S("rPh")))
        reader->depth += DEPTH_MAX; /* pronunciation is none of the text: see strings_end */
    reader->takes = reader->takes && reader->depth < DEPTH_MAX;
}

static void strings_end(Reader *reader, Str name)
{
    reader->takes = false;
    if (str_eq(name, S("rPh")))
        reader->depth -= DEPTH_MAX;
    if (!str_eq(name, S("si")))
        return;
    if (reader->strings.n >= STRINGS_MAX)
        stop(reader, ERR_TOO_LARGE, MSG_document_workbook_large, S(""));
    else
        *vec_push(reader->arena, &reader->strings) = buf_str(&reader->text);
}

/* A format with a day or a year in it, outside quotes and brackets. */
static bool shows_day(Str format)
{
    bool quoted = false, bracketed = false;
    for (size_t i = 0; i < format.n; i++) {
        char c = format.p[i];
        if (c == '\\' || c == '_' || c == '*')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (c == '[' || c == ']')
            bracketed = c == '[';
        else if (!quoted && !bracketed && (c == 'd' || c == 'y' || c == 'D' || c == 'Y'))
            return true;
    }
    return false;
}

/* ECMA-376 18.8.30: days and moments of every language. */
static bool is_day_format(const Reader *reader, int64_t id)
{
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return true;
    for (size_t i = 0; i < reader->day_formats.n; i++)
        if (reader->day_formats.p[i] == id)
            return true;
    return false;
}

static void styles_start(Reader *reader, Str name, const char **attributes)
{
    int64_t id = 0;
    if (str_eq(name, S("cellXfs")))
        reader->in_formats = true;
    if (!int_parse(attribute(attributes, "numFmtId"), &id))
        id = 0;
    if (str_eq(name, S("numFmt")) && shows_day(attribute(attributes, "formatCode")))
        *vec_push(reader->arena, &reader->day_formats) = id;
    if (str_eq(name, S("xf")) && reader->in_formats && reader->days.n < STYLES_MAX)
        *vec_push(reader->arena, &reader->days) = is_day_format(reader, id);
}

static void styles_end(Reader *reader, Str name)
{
    if (str_eq(name, S("cellXfs")))
        reader->in_formats = false;
}

/* ---- cells ---- */

/* "AB12" is column 28; 0: none. */
static int64_t column_of(Str reference)
{
    int64_t column = 0;
    for (size_t i = 0; i < reference.n && reference.p[i] >= 'A' && reference.p[i] <= 'Z'; i++)
        column = MIN(column * 26 + reference.p[i] - 'A' + 1, 100000);
    return column;
}

static Str day_shown(const Reader *reader, double serial)
{
    double whole = floor(serial);
    int64_t minutes = (int64_t)((serial - whole) * 1440 + 0.5);
    Day first =
        day_from_civil(reader->from_1904 ? (CivilDate){1904, 1, 1} : (CivilDate){1899, 12, 30});
    Str day = day_text(reader->arena, first + (Day)whole);
    Buf buf = buf_open(reader->arena);
    if (minutes == 0 || minutes == 1440)
        return day;
    TEXT(&buf, day, " ");
    buf_int_padded(&buf, minutes / 60, 2);
    buf_byte(&buf, ':');
    buf_int_padded(&buf, minutes % 60, 2);
    return buf_str(&buf);
}

/* As a spreadsheet shows it: 15 digits, and no power of ten where it can be helped. */
static Str number_shown(const Reader *reader, Str text)
{
    char digits[400];
    double number = strtod(str_c(reader->arena, text), NULL);
    bool day = reader->style >= 0 && (size_t)reader->style < reader->days.n &&
               reader->days.p[reader->style];
    if (!isfinite(number))
        return text;
    if (day && number >= 1 && number < 2900000)
        return day_shown(reader, number);
    if (fabs(number) < 1e15 && number == floor(number))
        snprintf(digits, sizeof digits, "%.0f", number);
    else
        snprintf(digits, sizeof digits, "%.15g", number);
    return str_dup(reader->arena, str_from_c(digits));
}

static Str cell_shown(Reader *reader, Str text)
{
    int64_t at;
    if (str_eq(reader->type, S("s")))
        return int_parse(text, &at) && at >= 0 && (size_t)at < reader->strings.n
                   ? reader->strings.p[at]
                   : S("");
    if (str_eq(reader->type, S("b")))
        return str_eq(text, S("1")) ? S("yes") : S("no");
    if (reader->type.n == 0 || str_eq(reader->type, S("n")))
        return text.n > 0 ? number_shown(reader, text) : text;
    return text;
}

static void row_start(Reader *reader, const char **attributes)
{
    int64_t number;
    reader->row = int_parse(attribute(attributes, "r"), &number) && number > reader->row
                      ? number
                      : reader->row + 1;
    reader->column = 0;
    piece_put(&reader->out, 'R', STR(reader->arena, reader->row));
    if (++reader->rows > ROWS_MAX || reader->row > 10 * ROWS_MAX)
        stop(reader, ERR_TOO_LARGE, MSG_import_rows_many, STR(reader->arena, ROWS_MAX));
}

static void cell_start(Reader *reader, const char **attributes)
{
    int64_t column = column_of(attribute(attributes, "r"));
    reader->column = column > reader->column ? column : reader->column + 1;
    reader->type = str_dup(reader->arena, attribute(attributes, "t"));
    if (!int_parse(attribute(attributes, "s"), &reader->style))
        reader->style = 0;
    text_open(reader, false);
}

static void sheet_start(Reader *reader, Str name, const char **attributes)
{
    if (str_eq(name, S("row")))
        row_start(reader, attributes);
    else if (str_eq(name, S("c")))
        cell_start(reader, attributes);
    else if (str_eq(name, S("mergeCell")))
        stop(reader, ERR_WRONG, MSG_document_merged,
             str_dup(reader->arena, attribute(attributes, "ref")));
    reader->takes = str_eq(name, S("v")) || str_eq(name, S("t"));
}

static void sheet_end(Reader *reader, Str name)
{
    Str shown;
    reader->takes = false;
    if (!str_eq(name, S("c")))
        return;
    shown = cell_shown(reader, buf_str(&reader->text));
    if (shown.n == 0)
        return;
    if (reader->column > COLUMNS_MAX)
        stop(reader, ERR_TOO_LARGE, MSG_import_columns_many, STR(reader->arena, reader->row));
    piece_put(&reader->out, 'K', STR(reader->arena, reader->column));
    piece_put(&reader->out, 'C', shown);
}

bool xlsx_read_run(Arena *arena, Str input, Str *ret_output, Err *err)
{
    Reader reader = {.arena = arena, .err = err};
    if (!unzip_open(arena, input, BUDGET, &reader.zip, err) ||
        !parse_part(&reader, S("xl/workbook.xml"), true, book_start, NULL) ||
        !parse_part(&reader, S("xl/_rels/workbook.xml.rels"), true, relation_start, NULL) ||
        !parse_part(&reader, S("xl/sharedStrings.xml"), false, strings_start, strings_end) ||
        !parse_part(&reader, S("xl/styles.xml"), false, styles_start, styles_end))
        return false;
    reader.out = buf_open_max(arena, BUDGET);
    if (!parse_part(&reader, reader.target, true, sheet_start, sheet_end))
        return false;
    *ret_output = buf_str(&reader.out);
    return buf_ok(&reader.out) || err_set(err, ERR_TOO_LARGE, MSG_document_workbook_large);
}
