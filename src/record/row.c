/* SPDX-License-Identifier: Apache-2.0 */
#include "record/row.h"

/* Where each typed column stands in the two structs of the generated queries, in the order of
 * fact_columns. */
typedef struct Place {
    size_t row;
    size_t params;
} Place;

#define PLACE(name)                                                  \
    {                                                                \
        offsetof(QRecordRow, name), offsetof(QRecordPutParams, name) \
    }

static const Place places[FACT_COLUMNS] = {
    PLACE(accepted_at), PLACE(amount),    PLACE(category),  PLACE(closed_at),    PLACE(created_at),
    PLACE(due_on),      PLACE(kind),      PLACE(lead),      PLACE(number),       PLACE(open),
    PLACE(parent),      PLACE(paused_on), PLACE(place),     PLACE(published_at), PLACE(red_at),
    PLACE(result),      PLACE(status),    PLACE(submitter), PLACE(title),        PLACE(voided_at),
    PLACE(yellow_at),
};

Row row_from(const QRecordRow *row)
{
    Row made = {.id = row->id, .version = row->version, .data = row->data};
    for (size_t i = 0; i < FACT_COLUMNS; i++) {
        const char *at = (const char *)row + places[i].row;
        if (fact_columns[i].is_text)
            memcpy(&made.texts[i], at, sizeof(Str));
        else
            memcpy(&made.numbers[i], at, sizeof(int64_t));
    }
    return made;
}

static Value row_value(Arena *arena, const Row *row, size_t column)
{
    if (fact_columns[column].is_text)
        return row->texts[column].n ? value_text(str_dup(arena, row->texts[column]))
                                    : VALUE_NOTHING;
    return row->numbers[column] ? value_int(row->numbers[column]) : VALUE_NOTHING;
}

/* Both sides ascend by name. A value that its column could not hold stands in `data` under the same
 * name, and its column is NULL. `data` has room for all columns in front, so what is written never
 * overtakes what is still to be read. */
static Values row_merge(Arena *arena, const Row *row, const Values *data)
{
    const NamedValue *rest = data->p, *end = data->p + data->n;
    Values merged = {.p = data->p - FACT_COLUMNS, .capacity = data->capacity + FACT_COLUMNS};
    for (size_t i = 0; i < FACT_COLUMNS; i++) {
        Value value = row_value(arena, row, i);
        if (value.type == VALUE_NONE)
            continue;
        NamedValue named = named_value(fact_columns[i].name, value);
        while (rest < end && (rest->key < named.key ||
                              (rest->key == named.key && str_cmp(rest->name, named.name) < 0)))
            merged.p[merged.n++] = *rest++;
        merged.p[merged.n++] = named;
    }
    while (rest < end)
        merged.p[merged.n++] = *rest++;
    return merged;
}

bool row_read(Arena *arena, const Row *row, Record *ret_record, Err *err)
{
    Values data = {0};
    if (!values_parse_behind(arena, FACT_COLUMNS, row->data, &data, err))
        return err_detail(err, STR(arena, "data of record ", row->id));
    *ret_record =
        (Record){.id = row->id, .version = row->version, .values = row_merge(arena, row, &data)};
    return true;
}

/* Puts the value into its column; false when the column is of another type. */
static bool row_put(QRecordPutParams *params, size_t column, Value value)
{
    char *at = (char *)params + places[column].params;
    if (fact_columns[column].is_text) {
        if (value.type == VALUE_TEXT)
            memcpy(at, &value.text, sizeof(Str));
        return value.type == VALUE_TEXT;
    }
    if (value.type == VALUE_INT)
        memcpy(at, &value.number, sizeof(int64_t));
    return value.type == VALUE_INT;
}

void row_write(Arena *arena, const Record *record, QRecordPutParams *ret_params)
{
    const Values *values = &record->values;
    Value days = values_get(values, S("days_used"));
    QRecordPutParams params = {.id = record->id, .version = record->version};
    Values rest = {.p = NEW_ARRAY(arena, NamedValue, values->n), .capacity = values->n};
    Buf data = buf_open(arena);
    size_t column = 0;
    for (size_t i = 0; i < values->n; i++) {
        Str name = values->p[i].name;
        int order = -1;
        while (column < FACT_COLUMNS && (order = str_cmp(fact_columns[column].name, name)) < 0)
            column++;
        if (column == FACT_COLUMNS || order != 0 || !row_put(&params, column, values->p[i].value))
            rest.p[rest.n++] = values->p[i];
    }
    values_write(&data, &rest);
    /* No column of fact_columns: there 0 is nothing, but who closes on the first day used none. */
    params.days_used = days.type == VALUE_INT ? days.number : -1;
    params.data = buf_str(&data);
    *ret_params = params;
}
