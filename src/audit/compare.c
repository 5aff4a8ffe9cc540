/* SPDX-License-Identifier: Apache-2.0 */
/* Folded tables row by row, by what their queries declare: nothing here knows a column by name. */
#include "audit/audit_internal.h"
#include "ledger/digest.h"

#include "query.h"

typedef struct Table {
    Str name;
    bool (*open)(Db *db, DbRows *ret_rows, Err *err); /* rows in order of the key */
    int key;                                          /* columns of the key, the first ones */
} Table;

static const Table schema = {S_CONST("schema"), q_schema_every_open, 2};

static const Table tables[] = {
    {S_CONST("record"), q_record_every_open, 1},
    {S_CONST("record_link"), q_link_every_open, 3},
    {S_CONST("record_scope"), q_scope_every_open, 4},
    {S_CONST("org"), q_org_periods_open, 2},
    {S_CONST("role_grant"), q_grant_list_open, 3},
    {S_CONST("cell"), q_cell_every_open, 4},
    {S_CONST("contribution"), q_contribution_every_open, 6},
    {S_CONST("publication"), q_edition_every_open, 2},
    {S_CONST("counter"), q_counter_every_open, 1},
    {S_CONST("entry_record"), q_entry_record_every_open, 2},
};

static bool column_is_int(const DbRows *rows, int column)
{
    return rows->query->columns[column].type == DB_INT;
}

/* <0, 0, >0; NULL first. Texts compare as SQLite orders them: by bytes. */
static int column_order(DbRows *a, DbRows *b, int column)
{
    bool a_null = db_rows_is_null(a, column), b_null = db_rows_is_null(b, column);
    if (a_null || b_null)
        return (int)b_null - (int)a_null;
    if (column_is_int(a, column)) {
        int64_t x = db_rows_int(a, column), y = db_rows_int(b, column);
        return (x > y) - (x < y);
    }
    return str_cmp(db_rows_text(a, column), db_rows_text(b, column));
}

static int row_order(DbRows *a, DbRows *b, int key)
{
    int order = 0;
    for (int i = 0; i < key && order == 0; i++)
        order = column_order(a, b, i);
    return order;
}

static Str row_name(Arena *arena, DbRows *rows, int key)
{
    Buf name = buf_open(arena);
    for (int i = 0; i < key; i++) {
        if (i)
            buf_byte(&name, '/');
        if (column_is_int(rows, i))
            buf_int(&name, db_rows_int(rows, i));
        else
            buf_add(&name, db_rows_text(rows, i));
    }
    return buf_str(&name);
}

typedef struct Comparison {
    Arena *arena;
    const Table *table;
    AuditReport *report;
    DbRows is, should;
} Comparison;

static void differ(Comparison *comparison, DbRows *rows, MessageId message, Str column)
{
    finding_add(comparison->arena, comparison->report, comparison->table->name,
                row_name(comparison->arena, rows, comparison->table->key), message, column, S(""));
}

static void compare_columns(Comparison *comparison)
{
    int columns = comparison->is.query->column_count;
    for (int i = comparison->table->key; i < columns; i++)
        if (column_order(&comparison->is, &comparison->should, i) != 0) {
            differ(comparison, &comparison->is, MSG_audit_row_differs,
                   str_from_c(comparison->is.query->columns[i].name));
            return;
        }
}

static void compare_rows(Comparison *comparison)
{
    bool is = db_rows_next(&comparison->is), should = db_rows_next(&comparison->should);
    while (is || should) {
        int order = !is ? 1
                    : !should
                        ? -1
                        : row_order(&comparison->is, &comparison->should, comparison->table->key);
        if (order < 0)
            differ(comparison, &comparison->is, MSG_audit_row_extra, S(""));
        else if (order > 0)
            differ(comparison, &comparison->should, MSG_audit_row_missing, S(""));
        else
            compare_columns(comparison);
        is = order <= 0 ? db_rows_next(&comparison->is) : is;
        should = order >= 0 ? db_rows_next(&comparison->should) : should;
    }
}

static bool compare_table(Arena *arena, const Table *table, Db *db, Db *wanted, AuditReport *report,
                          Err *err)
{
    Comparison comparison = {.arena = arena, .table = table, .report = report};
    bool closed;
    Err ignored = {0};
    if (!table->open(db, &comparison.is, err))
        return false;
    if (!table->open(wanted, &comparison.should, err)) {
        (void)!db_rows_close(&comparison.is, &ignored);
        return false;
    }
    compare_rows(&comparison);
    closed = db_rows_close(&comparison.is, err);
    return db_rows_close(&comparison.should, closed ? err : &ignored) && closed;
}

bool audit_compare(Arena *arena, Db *db, Db *wanted, AuditReport *report, Err *err)
{
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (!compare_table(arena, &tables[i], db, wanted, report, err))
            return false;
    return compare_table(arena, &schema, db, wanted, report, err);
}

/* ---- the digest ---- */

static void digest_number(Sha256 *digest, char type, int64_t number)
{
    char bytes[9] = {type};
    for (int i = 0; i < 8; i++)
        bytes[1 + i] = (char)((uint64_t)number >> (56 - 8 * i));
    sha256_add(digest, (Str){bytes, sizeof bytes});
}

/* Each value with its type and, for texts, its length: no two tables have the same bytes. */
static void digest_row(Sha256 *digest, DbRows *rows)
{
    for (int i = 0; i < rows->query->column_count; i++) {
        if (db_rows_is_null(rows, i)) {
            digest_number(digest, 'n', 0);
        } else if (column_is_int(rows, i)) {
            digest_number(digest, 'i', db_rows_int(rows, i));
        } else {
            Str text = db_rows_text(rows, i);
            digest_number(digest, 't', (int64_t)text.n);
            sha256_add(digest, text);
        }
    }
}

bool audit_digest(Db *db, uint8_t ret_digest[32], Err *err)
{
    Sha256 digest = sha256_begin();
    Hash hash;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        DbRows rows;
        int64_t count = 0;
        if (!tables[i].open(db, &rows, err))
            return false;
        sha256_add(&digest, tables[i].name);
        for (; db_rows_next(&rows); count++)
            digest_row(&digest, &rows);
        digest_number(&digest, 'r', count);
        if (!db_rows_close(&rows, err))
            return false;
    }
    hash = sha256_end(&digest);
    memcpy(ret_digest, hash.bytes, HASH_SIZE);
    return true;
}
