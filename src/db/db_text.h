/* SPDX-License-Identifier: Apache-2.0 */
/* db_text.h - SQL put together while the program runs: lists, conditions, cells of a profile.
 *
 * Into a DbText enter only string literals of the source, names that pass [a-z][a-z0-9_]*, and
 * bound parameters; text of a person can be bound, never written. Everything fixed belongs in
 * sql/query.
 *
 *     DbText q = db_text_open(arena);
 *     db_sql_literal(&q, "SELECT id FROM record AS r WHERE kind = ");
 *     db_sql_text(&q, kind);
 *     db_sql_literal(&q, " AND ");
 *     db_sql_field(&q, "r.data", field->name);
 *     db_sql_literal(&q, " > ");
 *     db_sql_int(&q, amount);
 *     if (!db_run(db, &q, &rows, err)) …
 *
 * Writers never check; a bad name or too much text is kept and reported by db_run. The same text is
 * prepared once per connection while it stays among the last 16 used.
 */
#ifndef TONGXIN_DB_TEXT_H
#define TONGXIN_DB_TEXT_H

#include "base/buf.h"
#include "db/db_query.h"

#define DB_TEXT_MAX_BYTES  ((size_t)256 * 1024)
#define DB_TEXT_MAX_VALUES 4096
#define DB_NAME_MAX_BYTES  64

typedef struct DbText {
    Buf sql;
    VEC(DbValue) values; /* texts are not copied: they live until db_run returns */
    bool bad_name;
    bool too_many;
} DbText;

/* Empty; grows in `arena`. */
DbText db_text_open(Arena *arena);

/* Adds SQL. Anything but a string literal does not compile. */
#define db_sql_literal(text, literal) \
    (DB_PROVE_LITERAL(literal), db_sql_literal_only((text), S(literal)))
/* __builtin_constant_p is true of a pointer only when it points at a string literal. */
#define DB_PROVE_LITERAL(x)                                                                     \
    ((void)sizeof(struct {                                                                      \
        _Static_assert(__builtin_constant_p(x), "SQL must be a string literal; bind the rest"); \
        int proven;                                                                             \
    }))
/* Not called directly: the macro is what proves that `literal` is one. */
void db_sql_literal_only(DbText *text, Str literal);

/* Bind a parameter and write its place. */
void db_sql_int(DbText *text, int64_t number);
void db_sql_text(DbText *text, Str value);
void db_sql_blob(DbText *text, Str bytes);
/* A list in brackets for IN: (?1,?2,?3). The empty list is (NULL), which nothing is in. */
void db_sql_ids(DbText *text, const int64_t *ids, size_t count);
void db_sql_texts(DbText *text, const Str *values, size_t count);

/* A bare name, for parts of names of indexes. */
void db_sql_name(DbText *text, Str name);
/* A path of json_extract with its quotes: '$.name'. */
void db_sql_path(DbText *text, Str name);
/* The value of a profile field out of the JSON column `column` (a literal):
 * json_extract(r.data, '$.name'). NULL when the record has none. Written always the same, so that
 * an index on the expression is used. */
#define db_sql_field(text, column, name) \
    (DB_PROVE_LITERAL(column), db_sql_field_only((text), S(column), (name)))
/* Not called directly, as above. */
void db_sql_field_only(DbText *text, Str column, Str name);

/* Starts it. `text` may be used again afterwards. ERR_INTERNAL for a bad name or wrong SQL,
 * ERR_TOO_LARGE past the limits above. */
NODISCARD bool db_run(Db *db, const DbText *text, DbRows *ret_rows, Err *err);
/* Runs it to its end, for what gives no rows. */
NODISCARD bool db_execute(Db *db, const DbText *text, Err *err);

#endif
