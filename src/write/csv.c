/* SPDX-License-Identifier: Apache-2.0 */
#include "write/csv.h"

Csv csv_open(Buf *buf)
{
    buf_add(buf, S("\xef\xbb\xbf"));
    return (Csv){.buf = buf};
}

static void before_cell(Csv *csv)
{
    if (csv->cells++ > 0)
        buf_byte(csv->buf, ',');
}

/* "-12", "+3.5", "1,000" is left alone: it is what the person meant. "-1+2" is a formula. */
static bool is_plain_number(Str text)
{
    size_t points = 0;
    size_t digits = 0;
    for (size_t i = 0; i < text.n; i++) {
        char byte = text.p[i];
        bool is_sign = i == 0 && (byte == '-' || byte == '+');
        digits += byte >= '0' && byte <= '9';
        points += byte == '.';
        if (!is_sign && byte != '.' && byte != ',' && (byte < '0' || byte > '9'))
            return false;
    }
    return digits > 0 && points <= 1;
}

static bool is_formula(Str text)
{
    static const Str STARTS[] = {
        S_CONST("="),  S_CONST("+"),  S_CONST("-"),  S_CONST("@"),  S_CONST("\t"), S_CONST("\r"),
        S_CONST("\n"), S_CONST("＝"), S_CONST("＋"), S_CONST("－"), S_CONST("＠"),
    };
    for (size_t i = 0; i < COUNT_OF(STARTS); i++)
        if (str_starts(text, STARTS[i]))
            return !is_plain_number(text);
    return false;
}

/* Behind any number of ' stands a formula: one more is put before it, so that one can be taken. */
static bool is_guarded(Str text)
{
    while (str_starts(text, S("'")))
        text = str_slice(text, 1, text.n);
    return is_formula(text);
}

Str csv_unguard(Str cell)
{
    return str_starts(cell, S("'")) && is_guarded(cell) ? str_slice(cell, 1, cell.n) : cell;
}

void csv_str(Csv *csv, Str text)
{
    before_cell(csv);
    buf_byte(csv->buf, '"');
    if (is_guarded(text))
        buf_byte(csv->buf, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_byte(csv->buf, '"');
        buf_byte(csv->buf, text.p[i]);
    }
    buf_byte(csv->buf, '"');
}

void csv_instant(Csv *csv, Instant when)
{
    before_cell(csv);
    if (when != 0)
        instant_write(csv->buf, when);
}

void csv_empty(Csv *csv)
{
    before_cell(csv);
}

void csv_row_end(Csv *csv)
{
    if (csv->columns == 0)
        csv->columns = csv->cells;
    ASSERT(csv->cells > 0 && csv->cells == csv->columns);
    csv->cells = 0;
    buf_add(csv->buf, S("\r\n"));
}
