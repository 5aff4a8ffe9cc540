/* SPDX-License-Identifier: Apache-2.0 */
#include "record/record.h"

#include "record/row.h"

bool record_get(Arena *arena, Db *db, int64_t id, Record *ret_record, Err *err)
{
    QRecordRow found_row;
    bool found;
    Row row;
    if (!q_record_get(db, arena, id, &found_row, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, MSG_no_such_record, STR(arena, id));
    row = row_from(&found_row);
    return row_read(arena, &row, ret_record, err);
}

bool record_find(Arena *arena, Db *db, Str number, Record *ret_record, bool *ret_found, Err *err)
{
    QRecordRow found_row;
    Row row;
    bool found = false;
    if (number.n > 0 && !q_record_by_number(db, arena, number, &found_row, &found, err))
        return false;
    if (found) {
        row = row_from(&found_row);
        if (!row_read(arena, &row, ret_record, err))
            return false;
    }
    *ret_found = found;
    return true;
}

static bool rows_read(Arena *arena, const QRecordRow *rows, size_t count, Record **ret_records,
                      Err *err)
{
    Record *records = NEW_ARRAY(arena, Record, count);
    for (size_t i = 0; i < count; i++) {
        Row row = row_from(&rows[i]);
        if (!row_read(arena, &row, &records[i], err))
            return false;
    }
    *ret_records = records;
    return true;
}

bool record_children(Arena *arena, Db *db, int64_t parent, Str kind, Record **ret_records,
                     size_t *ret_count, Err *err)
{
    QRecordRow *rows;
    return q_record_children_all(db, arena, parent, kind, &rows, ret_count, err) &&
           rows_read(arena, rows, *ret_count, ret_records, err);
}

bool record_of_kind(Arena *arena, Db *db, Str kind, Record **ret_records, size_t *ret_count,
                    Err *err)
{
    QRecordRow *rows;
    return q_record_of_kind_all(db, arena, kind, &rows, ret_count, err) &&
           rows_read(arena, rows, *ret_count, ret_records, err);
}

bool record_led(Arena *arena, Db *db, Str kind, int64_t lead, Record **ret_records,
                size_t *ret_count, Err *err)
{
    QRecordRow *rows;
    return q_record_led_all(db, arena, kind, lead, &rows, ret_count, err) &&
           rows_read(arena, rows, *ret_count, ret_records, err);
}

bool record_late(Arena *arena, Db *db, Instant at, size_t most, Record **ret_records,
                 size_t *ret_count, Err *err)
{
    QRecordRow *rows;
    return q_record_late_all(db, arena, at, (int64_t)most, &rows, ret_count, err) &&
           rows_read(arena, rows, *ret_count, ret_records, err);
}

bool record_linking(Arena *arena, Db *db, Str name, int64_t target, IdVec *ret_ids, Err *err)
{
    QRecordLinking *rows;
    size_t count;
    IdVec ids = {0};
    if (!q_record_linking_all(db, arena, name, target, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        *vec_push(arena, &ids) = rows[i].record;
    *ret_ids = ids;
    return true;
}

bool record_each(Db *db, RecordEach each, void *context, Err *err)
{
    Arena *arena = arena_open();
    QRecordRow found_row;
    DbRows rows;
    bool going = q_record_every_open(db, &rows, err);
    if (!going) {
        arena_close(arena);
        return false;
    }
    while (going && q_record_every_next(&rows, &found_row)) {
        Row row = row_from(&found_row);
        Record record;
        going = row_read(arena, &row, &record, err) && each(context, &record, err);
        arena_reset(arena);
    }
    arena_close(arena);
    /* What `each` said went wrong is more telling than how the cursor closed. */
    return db_rows_close(&rows, going ? err : NULL) && going;
}

Str record_title(const Kind *kind, const Values *values)
{
    Str title = values_text(values, kind ? kind->title : S("title"));
    return title.n ? title : values_text(values, S("number"));
}
