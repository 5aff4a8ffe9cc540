/* SPDX-License-Identifier: Apache-2.0 */
/* row.h - between a row of table record and named values; for the files of this room. */
#ifndef TONGXIN_RECORD_ROW_H
#define TONGXIN_RECORD_ROW_H

#include "query.h"
#include "record/record.h"

/* A row as it was read, its texts still in the engine's memory or already copied. */
typedef struct Row {
    int64_t id;
    int64_t version;
    Str texts[FACT_COLUMNS];       /* by index of the column; empty: NULL */
    int64_t numbers[FACT_COLUMNS]; /* 0: NULL */
    Str data;
} Row;

/* The row of a named query. */
Row row_from(const QRecordRow *row);
/* The values of the row, copied into `arena`; ERR_INTERNAL when `data` is damaged. */
NODISCARD bool row_read(Arena *arena, const Row *row, Record *ret_record, Err *err);
/* Columns and `data` of a record. Texts point into the record, `data` lives in `arena`. */
void row_write(Arena *arena, const Record *record, QRecordPutParams *ret_params);

#endif
