/* SPDX-License-Identifier: Apache-2.0 */
#include "db/db_text.h"
#include "db/db_private.h"

/* ---- Writing ---- */

DbText db_text_open(Arena *arena)
{
    return (DbText){.sql = buf_open_max(arena, DB_TEXT_MAX_BYTES)};
}

void db_sql_literal_only(DbText *text, Str literal)
{
    buf_add(&text->sql, literal);
}

static void bind_value(DbText *text, DbValue value)
{
    if (text->values.n >= DB_TEXT_MAX_VALUES) {
        text->too_many = true;
        return;
    }
    *vec_push(text->sql.arena, &text->values) = value;
    TEXT(&text->sql, "?", (int64_t)text->values.n);
}

void db_sql_int(DbText *text, int64_t number)
{
    bind_value(text, db_value_int(number));
}

void db_sql_text(DbText *text, Str value)
{
    bind_value(text, db_value_text(value));
}

void db_sql_blob(DbText *text, Str bytes)
{
    bind_value(text, db_value_blob(bytes));
}

void db_sql_ids(DbText *text, const int64_t *ids, size_t count)
{
    buf_add(&text->sql, count ? S("(") : S("(NULL"));
    for (size_t i = 0; i < count && !text->too_many; i++) {
        if (i > 0)
            buf_byte(&text->sql, ',');
        db_sql_int(text, ids[i]);
    }
    buf_byte(&text->sql, ')');
}

void db_sql_texts(DbText *text, const Str *values, size_t count)
{
    buf_add(&text->sql, count ? S("(") : S("(NULL"));
    for (size_t i = 0; i < count && !text->too_many; i++) {
        if (i > 0)
            buf_byte(&text->sql, ',');
        db_sql_text(text, values[i]);
    }
    buf_byte(&text->sql, ')');
}

static bool is_name(Str name)
{
    if (name.n == 0 || name.n > DB_NAME_MAX_BYTES || name.p[0] < 'a' || name.p[0] > 'z')
        return false;
    for (size_t i = 1; i < name.n; i++) {
        char byte = name.p[i];
        if (!(byte >= 'a' && byte <= 'z') && !(byte >= '0' && byte <= '9') && byte != '_')
            return false;
    }
    return true;
}

void db_sql_name(DbText *text, Str name)
{
    if (is_name(name))
        buf_add(&text->sql, name);
    else
        text->bad_name = true;
}

void db_sql_path(DbText *text, Str name)
{
    buf_add(&text->sql, S("'$."));
    db_sql_name(text, name);
    buf_byte(&text->sql, '\'');
}

void db_sql_field_only(DbText *text, Str column, Str name)
{
    TEXT(&text->sql, "json_extract(", column, ", ");
    db_sql_path(text, name);
    buf_byte(&text->sql, ')');
}

/* ---- Running ---- */

static bool text_ok(const DbText *text, Err *err)
{
    if (text->bad_name) {
        err_set(err, ERR_INTERNAL, MSG_db_internal);
        return err_detail(err, S("a name that is not [a-z][a-z0-9_]*"));
    }
    if (text->too_many || !buf_ok(&text->sql))
        return err_set(err, ERR_TOO_LARGE, MSG_db_too_large);
    return true;
}

static KeptStatement *kept_find(Db *db, Str sql, uint64_t hash)
{
    for (size_t i = 0; i < DB_KEPT_TEXTS; i++) {
        KeptStatement *kept = &db->texts[i];
        if (kept->statement && !kept->used && kept->hash == hash &&
            str_eq(str_from_c(engine_sql(kept->statement)), sql))
            return kept;
    }
    return NULL;
}

/* The place unused for longest, emptied; NULL when all sixteen run. */
static KeptStatement *kept_take(Db *db)
{
    KeptStatement *oldest = NULL;
    for (size_t i = 0; i < DB_KEPT_TEXTS; i++) {
        KeptStatement *kept = &db->texts[i];
        if (!kept->used && (!oldest || kept->last_use < oldest->last_use))
            oldest = kept;
    }
    if (oldest && oldest->statement) {
        engine_finalize(oldest->statement);
        oldest->statement = NULL;
    }
    return oldest;
}

static bool prepare(Db *db, Str sql, KeptStatement **ret_kept, Statement **ret_statement, Err *err)
{
    uint64_t hash = str_hash(sql);
    DbFailure failure = {0};
    KeptStatement *kept = kept_find(db, sql, hash);
    if (!kept) {
        Statement *statement = NULL;
        if (!engine_prepare(db->engine, sql, true, &statement, &failure))
            return db_fail(err, &failure);
        *ret_statement = statement;
        kept = kept_take(db);
        if (kept)
            *kept = (KeptStatement){.statement = statement, .hash = hash};
    }
    if (kept) {
        kept->last_use = ++db->clock;
        *ret_statement = kept->statement;
    }
    *ret_kept = kept;
    return true;
}

bool db_run(Db *db, const DbText *text, DbRows *ret_rows, Err *err)
{
    Statement *statement = NULL;
    KeptStatement *kept = NULL;
    if (!text_ok(text, err) || !prepare(db, buf_str(&text->sql), &kept, &statement, err))
        return false;
    if ((size_t)engine_parameter_count(statement) != text->values.n) {
        if (!kept)
            engine_finalize(statement);
        err_set(err, ERR_INTERNAL, MSG_db_internal);
        return err_detail(err, S("a parameter written by hand, or lost"));
    }
    return db_rows_open(ret_rows, db, statement, kept ? &kept->used : NULL, NULL, text->values.p,
                        text->values.n, true, err);
}

bool db_execute(Db *db, const DbText *text, Err *err)
{
    DbRows rows;
    if (!db_run(db, text, &rows, err))
        return false;
    while (db_rows_next(&rows))
        continue;
    return db_rows_close(&rows, err);
}
