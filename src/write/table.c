/* SPDX-License-Identifier: Apache-2.0 */
#include "write/table.h"

#include "base/number.h"
#include "write/piece.h"

#define DECIMALS_MAX 9

/* ---- numbers ---- */

static int decimals_of(Str text)
{
    size_t point = str_find(text, S("."), 0);
    return point == SIZE_MAX ? 0 : (int)MIN(text.n - point - 1, (size_t)DECIMALS_MAX + 1);
}

static bool number_of(Str text, int64_t *ret_number, int *ret_scale)
{
    *ret_scale = decimals_of(text);
    return text.n > 0 && *ret_scale <= DECIMALS_MAX && decimal_parse(text, *ret_scale, ret_number);
}

/* ---- cells for the document program ---- */

static void cell_put(Table *table, char tag, Str text)
{
    piece_put(table->buf, tag, text);
}

static void cells_head(Table *table)
{
    static const Str types[] = {S_CONST("text"), S_CONST("number"), S_CONST("day"),
                                S_CONST("instant")};
    const TableHead *head = &table->head;
    cell_put(table, 's', head->title);
    for (size_t i = 0; i < TABLE_WORDS; i++)
        cell_put(table, 'w', head->words[i]);
    for (size_t i = 0; i < head->n; i++) {
        cell_put(table, 'h', head->columns[i].title);
        cell_put(table, 'c', head->columns[i].name);
        cell_put(table, 'k', types[head->columns[i].type]);
        cell_put(table, 'm', head->columns[i].means);
        for (size_t j = 0; j < head->columns[i].n_choices; j++)
            cell_put(table, 'l', head->columns[i].choices[j]);
    }
}

static void cells_cell(Table *table, Str text)
{
    static const char tags[] = {'t', 'n', 'd', 'i'};
    TableType type = table->head.columns[table->at].type;
    int64_t number;
    Day day;
    int scale;
    bool typed = (type == TABLE_NUMBER && number_of(text, &number, &scale)) ||
                 (type == TABLE_DAY && day_parse(text, &day)) || type == TABLE_INSTANT;
    cell_put(table, typed && text.n > 0 ? tags[type] : 't', text);
}

/* ---- JSON ---- */

static void json_head(Table *table)
{
    Json *json = &table->json;
    json_object_begin(json);
    json_field_str(json, S("table"), table->head.name);
    json_field_str(json, S("title"), table->head.title);
    json_field_array_begin(json, S("definitions"));
    for (size_t i = 0; i < table->head.n; i++) {
        json_object_begin(json);
        json_field_str(json, S("name"), table->head.columns[i].name);
        json_field_str(json, S("title"), table->head.columns[i].title);
        json_field_str(json, S("means"), table->head.columns[i].means);
        json_object_end(json);
    }
    json_array_end(json);
    json_field_array_begin(json, S("rows"));
}

static void json_cell(Table *table, Str text)
{
    const TableColumn *column = &table->head.columns[table->at];
    Json *json = &table->json;
    int64_t number;
    int scale;
    if (table->at == 0)
        json_object_begin(json);
    json_name(json, column->name);
    if (text.n == 0)
        json_none(json);
    else if (column->type == TABLE_NUMBER && number_of(text, &number, &scale))
        json_decimal(json, number, scale);
    else
        json_str(json, text);
}

/* ---- every format ---- */

static void csv_head(Table *table)
{
    for (size_t i = 0; i < table->head.n; i++)
        csv_str(&table->csv, table->head.columns[i].title);
    csv_row_end(&table->csv);
}

Table table_begin(Buf *buf, TableFormat format, const TableHead *head)
{
    Table table = {.format = format, .head = *head, .buf = buf};
    ASSERT(head->n > 0);
    if (format == TABLE_CSV) {
        table.csv = csv_open(buf);
        csv_head(&table);
    } else if (format == TABLE_JSON) {
        table.json = json_open(buf);
        json_head(&table);
    } else {
        cells_head(&table);
    }
    return table;
}

void table_onto(Table *table, Buf *buf)
{
    table->buf = table->csv.buf = table->json.buf = buf;
}

void table_cell(Table *table, Str text)
{
    ASSERT(table->at < table->head.n);
    if (table->format == TABLE_JSON)
        json_cell(table, text);
    else if (table->format == TABLE_CELLS)
        cells_cell(table, text);
    else if (text.n > 0)
        csv_str(&table->csv, text);
    else
        csv_empty(&table->csv);
    table->at++;
}

void table_instant(Table *table, Instant when)
{
    Buf text = buf_open(table->buf->arena);
    if (table->format == TABLE_CSV) {
        csv_instant(&table->csv, when);
        table->at++;
        return;
    }
    if (when != 0)
        instant_write(&text, when);
    table_cell(table, buf_str(&text));
}

void table_row_end(Table *table)
{
    while (table->at < table->head.n)
        table_cell(table, S(""));
    if (table->format == TABLE_JSON)
        json_object_end(&table->json);
    else if (table->format == TABLE_CELLS)
        cell_put(table, 'r', S(""));
    else
        csv_row_end(&table->csv);
    table->at = 0;
}

void table_end(Table *table, Str foot)
{
    ASSERT(table->at == 0);
    if (table->format == TABLE_JSON) {
        json_array_end(&table->json);
        if (foot.n > 0)
            json_field_str(&table->json, S("note"), foot);
        json_object_end(&table->json);
        json_close(&table->json);
        buf_byte(table->buf, '\n');
    } else if (table->format == TABLE_CELLS) {
        cell_put(table, 'f', foot);
    } else if (foot.n > 0) {
        table_cell(table, foot);
        table_row_end(table);
    }
}

void table_definitions(Buf *buf, const TableHead *head)
{
    Csv csv = csv_open(buf);
    for (size_t i = 1; i < TABLE_WORDS; i++)
        csv_str(&csv, head->words[i]);
    csv_row_end(&csv);
    for (size_t i = 0; i < head->n; i++) {
        csv_str(&csv, head->columns[i].title);
        csv_str(&csv, head->columns[i].name);
        csv_str(&csv, head->columns[i].means);
        csv_row_end(&csv);
    }
}
