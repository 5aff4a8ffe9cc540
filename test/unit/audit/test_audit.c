/* SPDX-License-Identifier: Apache-2.0 */
/* Verify against an attacker with the database file in his hands: every column of every folded and
 * journal table changed once, a row of each removed, a row of each added. He writes through a raw
 * connection, after dropping the triggers. */
#include "support.h"

#include <sqlite3.h>
#include <stdio.h>

#include "audit/audit.h"
#include "task/task.h"

static Town town;
static const char *saved; /* a copy of the untouched database */
static uint8_t true_digest[32];

static void copy_file(const char *from, const char *to)
{
    static char bytes[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    size_t size;
    assert_non_null(in);
    assert_non_null(out);
    while ((size = fread(bytes, 1, sizeof bytes, in)) > 0)
        assert_int_equal(fwrite(bytes, 1, size, out), size);
    fclose(in);
    fclose(out);
}

static void restore(void)
{
    const char *path = str_c(town.arena, town.site->db_path);
    remove(str_c(town.arena, STR(town.arena, path, "-wal")));
    remove(str_c(town.arena, STR(town.arena, path, "-shm")));
    copy_file(saved, path);
}

static AuditSource source_of(Db *db)
{
    SigningKey key = signing_key(town.site->keys.sign);
    AuditSource source = {.db = db};
    memcpy(source.public_key, key.public_key, PUBLIC_KEY_SIZE);
    return source;
}

static AuditReport verify(void)
{
    AuditReport report = {0};
    Db *db = town_reader(&town);
    AuditSource source = source_of(db);
    if (!audit_verify(town.arena, &source, &report, &town.err))
        fail_msg("%s: %s", err_code_name(town.err.code), town.err.detail);
    db_close(db);
    return report;
}

static void assert_clean(void)
{
    AuditReport report = verify();
    for (size_t i = 0; i < report.findings.n; i++) {
        const Finding *finding = &report.findings.p[i];
        Str says = message_fill(town.arena, finding->message, LANGUAGE_EN, finding->args, 2);
        print_message("%s\n", str_c(town.arena, STR(town.arena, finding->table, " ", finding->row,
                                                    ": ", says)));
    }
    assert_int_equal(report.findings.n, 0);
}

/* ---- the site ---- */

static int64_t org(const char *code)
{
    Office *office = site_office(town.site);
    const Org *found = org_by_code(&office->orgs, str_from_c(code));
    int64_t id = found ? found->id : 0;
    office_drop(office);
    return id;
}

static void seal(void)
{
    if (!task_seal(town.site, &town.err))
        fail_msg("%s", town.err.detail);
}

static void live(void)
{
    int64_t first = town_request(&town, "CITY-B"), second;
    seal();
    town_clock(&town, "2023-03-02T09:00:00+08:00");
    assert_true(town_move(&town, "unit", first, "reply", "result=resolved;reply=已完成增容接电。"));
    assert_true(town_move(&town, "head", first, "approve", ""));
    assert_true(town_move(&town, NULL, first, "rate",
                          "attitude_rating=satisfied;outcome_rating=satisfied"));
    second = town_request(&town, "");
    for (int i = 0; i < 300; i++)
        assert_true(town_create(&town, NULL, "enterprise_request", "submit",
                                "title=缺水;body=停水。;company_name=某企业;category=utilities;"
                                "place=CITY;agree_public=1"));
    seal();
    assert_true(
        town_move(&town, "cli", org("CITY-A"), "move", "parent_org=CITY-C;moved_on=2023-03-02"));
    assert_true(town_move(&town, "admin", second, "erase_text", ""));
    seal();
    assert_true(town_create(&town, "cli", "account", "create", "title=岗位;login=later"));
}

static void raw(const char *sql)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    int result;
    assert_int_equal(sqlite3_open(str_c(town.arena, town.site->db_path), &db), SQLITE_OK);
    result = sqlite3_exec(db, sql, NULL, NULL, &why);
    if (result != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
    sqlite3_free(why);
    sqlite3_close(db);
}

static int setup(void **state)
{
    Site *reader = NULL;
    AuditReport report;
    (void)state;
    town = town_open();
    live();
    assert_clean();
    site_close(town.site);
    if (!site_open_reader(town.dir, &reader, &town.err))
        fail_msg("%s", town.err.detail);
    town.site = reader;
    saved = str_c(town.arena, STR(town.arena, town.dir, "/saved.db"));
    raw("DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete;"
        "PRAGMA wal_checkpoint(TRUNCATE)");
    copy_file(str_c(town.arena, town.site->db_path), saved);
    report = verify();
    memcpy(true_digest, report.digest, 32);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    town_close(&town);
    return 0;
}

/* ---- attacks ---- */

static const char *const attacked[] = {
    "record", "record_link",  "record_scope", "org",       "role_grant",
    "cell",   "contribution", "publication",  "counter",   "entry_record",
    "entry",  "tile",         "tree_state",   "tree_head",
};

/* What nothing in the journal says: when a head was signed, beyond the times of the entries before
 * and after it. (Nor which heads there were before the last one.) */
static const char *const beyond_proof[] = {"tree_head.signed_at"};

typedef struct Columns {
    char names[32][32];
    char types[32][16];
    int key[32]; /* place in the key from 1, or 0 */
    int n;
} Columns;

static int take_column(void *context, int count, char **values, char **names)
{
    Columns *columns = context;
    (void)count, (void)names;
    assert_true(columns->n < 32);
    snprintf(columns->names[columns->n], 32, "%s", values[1]);
    snprintf(columns->types[columns->n], 16, "%s", values[2]);
    columns->key[columns->n++] = values[5][0] - '0';
    return 0;
}

static Columns columns_of(const char *table)
{
    Columns columns = {.n = 0};
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(saved, &db), SQLITE_OK);
    sqlite3_exec(db, str_c(town.arena, STR(town.arena, "PRAGMA table_info(", table, ")")),
                 take_column, &columns, NULL);
    sqlite3_close(db);
    return columns;
}

static Str key_list(const Columns *columns)
{
    Buf list = buf_open(town.arena);
    for (int i = 0; i < columns->n; i++)
        if (columns->key[i])
            TEXT(&list, list.n ? ", " : "", columns->names[i]);
    return buf_str(&list);
}

static Str middle_row(const char *table, const Columns *columns)
{
    Str key = key_list(columns);
    return STR(town.arena, "(", key, ") = (SELECT ", key, " FROM ", table, " ORDER BY ", key,
               " LIMIT 1 OFFSET (SELECT count(*) / 2 FROM ", table, "))");
}

static Str changed(const Columns *columns, int at)
{
    const char *name = columns->names[at];
    if (strcmp(columns->types[at], "INTEGER") == 0)
        return STR(town.arena, "coalesce(", name, ", 0) + ", columns->key[at] ? 1000000 : 1);
    if (strcmp(columns->types[at], "TEXT") == 0)
        return STR(town.arena, "coalesce(", name, ", '') || 'x'");
    return STR(town.arena, "CASE WHEN length(coalesce(", name,
               ", x'')) = 0 THEN x'00' ELSE CAST(x'7f7e7d' || substr(", name, ", 4) AS BLOB) END");
}

static bool is_beyond_proof(const char *table, const char *column)
{
    for (size_t i = 0; i < COUNT_OF(beyond_proof); i++)
        if (strcmp(str_c(town.arena, STR(town.arena, table, ".", column)), beyond_proof[i]) == 0)
            return true;
    return false;
}

static size_t rows_of(const char *table)
{
    return (size_t)town_count(&town, table);
}

/* True when verify reports the attack. */
static bool is_found(Str sql)
{

    AuditReport report;

    restore();
    raw(str_c(town.arena, sql));
    report = verify();
    return report.findings.n > 0;
}

static void every_changed_column_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(attacked); i++) {
        Columns columns = columns_of(attacked[i]);
        restore();
        if (rows_of(attacked[i]) == 0) {
            print_message("no rows: %s\n", attacked[i]);
            continue;
        }
        for (int at = 0; at < columns.n; at++) {
            Str sql = STR(town.arena, "UPDATE ", attacked[i], " SET ", columns.names[at], " = ",
                          changed(&columns, at), " WHERE ", middle_row(attacked[i], &columns));
            if (strcmp(attacked[i], "tree_state") == 0 && strcmp(columns.names[at], "id") == 0)
                continue; /* refused by the table itself */
            if (!is_beyond_proof(attacked[i], columns.names[at]) && !is_found(sql))
                fail_msg("not found: %s", str_c(town.arena, sql));
        }
    }
}

static void every_missing_row_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(attacked); i++) {
        Columns columns = columns_of(attacked[i]);
        Str sql = STR(town.arena, "DELETE FROM ", attacked[i], " WHERE ",
                      middle_row(attacked[i], &columns));
        restore();
        if (rows_of(attacked[i]) > 0 && strcmp(attacked[i], "tree_head") != 0 && !is_found(sql))
            fail_msg("not found: %s", str_c(town.arena, sql));
    }
    /* The last entry, with all that hangs on it. */
    assert_true(
        is_found(S("DELETE FROM entry WHERE sequence = (SELECT max(sequence) FROM entry)")));
    assert_true(is_found(S("DELETE FROM entry WHERE sequence = 1")));
    assert_true(is_found(S("DELETE FROM tile")));
    assert_true(
        is_found(S("DELETE FROM tree_head WHERE size = (SELECT max(size) FROM tree_head)")));
}

static void every_added_row_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(attacked); i++) {
        Columns columns = columns_of(attacked[i]);
        Buf values = buf_open(town.arena);
        Str sql;
        bool moved = false;
        for (int at = 0; at < columns.n; at++) {
            bool moves = columns.key[at] && !moved;
            bool unique =
                strcmp(columns.names[at], "number") == 0 || strcmp(columns.names[at], "key") == 0;
            moved |= moves;
            TEXT(&values, at ? ", " : "",
                 moves                        ? changed(&columns, at)
                 : unique && !columns.key[at] ? S("NULL")
                                              : str_from_c(columns.names[at]));
        }
        sql = STR(town.arena, "INSERT INTO ", attacked[i], " SELECT ", buf_str(&values), " FROM ",
                  attacked[i], " WHERE ", middle_row(attacked[i], &columns));
        restore();
        if (rows_of(attacked[i]) > 0 && strcmp(attacked[i], "tree_state") != 0 && !is_found(sql))
            fail_msg("not found: %s", str_c(town.arena, sql));
    }
}

static void rows_of_empty_tables_are_found(void **state)
{
    (void)state;
    assert_true(is_found(S("INSERT INTO contribution VALUES (1, 1, 1, 1, 1)")));
    assert_true(is_found(S("INSERT INTO publication VALUES (1, 1, '{}')")));
}

static void swapped_entries_are_found(void **state)
{
    (void)state;
    assert_true(is_found(S("UPDATE entry SET sequence = -1 WHERE sequence = 30;"
                           "UPDATE entry SET sequence = 30 WHERE sequence = 31;"
                           "UPDATE entry SET sequence = 31 WHERE sequence = -1")));
    assert_true(is_found(S("UPDATE tree_head SET signed_at = 1")));
    assert_true(
        is_found(S("UPDATE tree_head SET note = note || char(8212) || ' other AAAA' || char(10)")));
    assert_true(is_found(S("UPDATE entry SET record = 1 WHERE sequence = 30")));
    assert_true(is_found(S("UPDATE entry SET text_salt = zeroblob(16) WHERE sequence = 60")));
}

static void what_is_wrong_is_named(void **state)
{
    AuditReport report;
    const Finding *finding;
    (void)state;
    restore();
    raw("UPDATE record SET status = 'closed' WHERE id = (SELECT max(id) - 1 FROM record)");
    report = verify();
    assert_int_equal(report.findings.n, 1);
    finding = &report.findings.p[0];
    assert_text(finding->table, "record");
    assert_int_equal(finding->message, MSG_audit_row_differs);
    assert_text(finding->args[0], "status");
    assert_true(report.entries > 300 && report.records > 300 && report.cells > 0);
}

static void rebuild_makes_the_same_tables(void **state)
{
    Db *db = NULL;
    AuditSource source;
    AuditReport report;
    (void)state;
    restore();
    raw("DELETE FROM record WHERE id % 2 = 0; UPDATE cell SET n = n + 1; DELETE FROM org;"
        "DELETE FROM counter; INSERT INTO role_grant VALUES (1, 'x', 1); DELETE FROM record_link");
    assert_true(verify().findings.n > 0);
    assert_true(db_open_writer(town.arena, town.site->db_path, &db, &town.err));
    source = source_of(db);
    if (!audit_rebuild(town.arena, &source, &report, &town.err))
        fail_msg("%s: %s", err_code_name(town.err.code), town.err.detail);
    db_close(db);
    assert_memory_equal(report.digest, true_digest, 32);
    assert_clean();
}

static void rebuild_refuses_a_damaged_journal(void **state)
{
    Db *db = NULL;
    AuditSource source;
    AuditReport report;
    int64_t records;
    (void)state;
    restore();
    raw("UPDATE entry SET action = action || 'x' WHERE sequence = 40; DELETE FROM counter");
    records = town_count(&town, "record");
    assert_true(db_open_writer(town.arena, town.site->db_path, &db, &town.err));
    source = source_of(db);
    assert_false(audit_rebuild(town.arena, &source, &report, &town.err));
    assert_int_equal(town.err.code, ERR_WRONG);
    db_close(db);
    assert_int_equal(town_count(&town, "record"), records);
    assert_int_equal(town_count(&town, "counter"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_changed_column_is_found),
        cmocka_unit_test(every_missing_row_is_found),
        cmocka_unit_test(every_added_row_is_found),
        cmocka_unit_test(rows_of_empty_tables_are_found),
        cmocka_unit_test(swapped_entries_are_found),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(rebuild_makes_the_same_tables),
        cmocka_unit_test(rebuild_refuses_a_damaged_journal),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
