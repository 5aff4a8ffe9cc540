/* SPDX-License-Identifier: Apache-2.0 */
/* Verify against an attacker with the database file and the attachments in his hands, but not the
 * keys: every column of every folded and journal table changed once, a row of each removed, a row
 * of each added, files altered. He writes through a raw connection, drops the triggers and puts
 * them back. */
#include "support.h"

#include <sqlite3.h>
#include <stdio.h>

#include "audit/audit.h"
#include "ledger/digest.h"
#include "task/task.h"

#include "query.h"

static Town town;
static const char *saved;    /* a copy of the untouched database */
static const char *triggers; /* what makes them */
static uint8_t true_digest[32];
static int64_t with_contact;

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
    return (AuditSource){.db = db, .site = town.site};
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

#define FILE_ID    "0123456789abcdef0123456789abcdef"
#define OTHER_FILE "00112233445566778899aabbccddeeff"

static const char *file_path(const char *id)
{
    return str_c(town.arena, STR(town.arena, town.dir, "/attachments/", id));
}

static void file_write(const char *id, const char *bytes)
{
    FILE *file = fopen(file_path(id), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
    fclose(file);
}

static bool put_file(Db *db, Arena *arena, void *context, Err *err)
{
    Hash hash = hash_sha256(S("%PDF-"));
    return q_attachment_put(db, str_from_c(context), S("答复.pdf"), S("application/pdf"), 5,
                            hash_text(arena, &hash), 1, err);
}

static void upload(char *id)
{
    Job put = {.housekeep = put_file, .context = id, .arena = town.arena};
    file_write(id, "%PDF-");
    assert_true(writer_run(town.site->writer, &put, &town.err));
}

static void submit_with_key(const char *key, const char *title)
{
    FormPair pairs[] = {{S("title"), str_from_c(title)},       {S("body"), S("不亮")},
                        {S("category"), S("traffic")},         {S("place"), S("CITY")},
                        {S("agree_public"), S("0")},           {S("contact_name"), S("王某")},
                        {S("contact_phone"), S("13800138000")}};
    Change change = {.actor = {ACTOR_PUBLIC, 0, S("public")},
                     .kind = S("suggestion"),
                     .move = S("submit"),
                     .version = -1,
                     .form = {pairs, COUNT_OF(pairs)},
                     .key = str_from_c(key)};
    assert_true(site_change(town.site, town.arena, &change, &town.result, &town.err));
}

/* Two with contacts, one whose contact was erased, and files: named, replaced, erased. */
static void live_kept(void)
{
    char file[] = FILE_ID, other[] = OTHER_FILE;
    int64_t erased = town_request(&town, ""), kept = town_request(&town, "");
    upload(file);
    upload(other);
    assert_true(town_move(&town, "unit", erased, "reply",
                          "result=resolved;reply=已完成。;reply_file=" OTHER_FILE));
    assert_true(town_move(&town, "unit", kept, "reply",
                          "result=resolved;reply=已完成。;reply_file=" FILE_ID));
    assert_true(town_move(&town, "head", kept, "approve", ""));
    assert_true(town_move(&town, "admin", erased, "erase_text", ""));
    submit_with_key("key-1", "路灯");
    with_contact = town.result.record;
    submit_with_key("key-2", "井盖");
    submit_with_key("key-3", "护栏");
    assert_true(town_move(&town, "cli", town.result.record, "erase_contact", ""));
}

static void live(void)
{
    int64_t first = town_request(&town, "CITY-B"), second;
    seal();
    live_kept();
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

/* What somebody with the file does: the triggers are away, and back as if nothing had been. */
static void attack(Str sql)
{
    raw(str_c(town.arena, STR(town.arena,
                              "DROP TRIGGER entry_no_update;"
                              "DROP TRIGGER entry_no_delete;",
                              sql, ";", triggers)));
}

static int take_text(void *context, int count, char **values, char **names)
{
    Buf *text = context;
    (void)count, (void)names;
    TEXT(text, values[0], ";");
    return 0;
}

static const char *triggers_of(const char *path)
{
    Buf text = buf_open(town.arena);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name",
                 take_text, &text, NULL);
    sqlite3_close(db);
    return str_c(town.arena, buf_str(&text));
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
    raw("PRAGMA wal_checkpoint(TRUNCATE)");
    triggers = triggers_of(str_c(town.arena, town.site->db_path));
    assert_true(strlen(triggers) > 100);
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
    "record",       "record_link", "record_scope",   "org",          "role_grant", "cell",
    "contribution", "publication", "counter",        "entry_record", "entry",      "tile",
    "tree_state",   "tree_head",   "record_contact", "attachment",
};

/* What nothing in the journal says: when a file was uploaded, before an entry named it. */
static const char *const beyond_proof[] = {"attachment.put_at"};

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
    attack(sql);
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
        if (rows_of(attacked[i]) > 0 && !is_found(sql))
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
    assert_true(is_found(S("INSERT INTO contribution VALUES (1, 1, 1, 1, 1, 1)")));
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

/* Beside the leaf: found although the triggers stand as they were. */
static void what_no_leaf_says_is_found(void **state)
{
    static const char *const attacks[] = {
        "UPDATE entry SET key = 'key-9' WHERE key = 'key-1'",
        "UPDATE entry SET key = NULL, form_hash = NULL WHERE key = 'key-1'",
        "UPDATE entry SET form_hash = zeroblob(32) WHERE key = 'key-1'",
        "UPDATE entry SET key = 'key-9', form_hash = randomblob(32) WHERE sequence = 40",
        "UPDATE entry SET key = 'x' WHERE key = 'key-1';"
        "UPDATE entry SET (form_hash, mac) = (SELECT form_hash, mac FROM entry WHERE key = 'key-2')"
        " WHERE key = 'x';"
        "UPDATE entry SET key = NULL, form_hash = NULL WHERE key = 'key-2';"
        "UPDATE entry SET key = 'key-2' WHERE key = 'x'",
        "UPDATE entry SET mac = x'' WHERE sequence = 40",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(attacks); i++)
        if (!is_found(str_from_c(attacks[i])))
            fail_msg("not found: %s", attacks[i]);
}

static void every_missing_head_is_found(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_true(is_found(STR(town.arena,
                                 "DELETE FROM tree_head WHERE size = (SELECT size FROM tree_head "
                                 "ORDER BY size LIMIT 1 OFFSET ",
                                 i, ")")));
    assert_true(is_found(S("DELETE FROM tree_head")));
    assert_true(is_found(S("UPDATE tree_head SET signed_at = signed_at + 1")));
}

static void a_changed_schema_is_found(void **state)
{
    static const char *const attacks[] = {
        "DROP TRIGGER entry_no_update",
        ("DROP TRIGGER entry_no_update; CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry "
         "WHEN 0 BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"),
        "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM session; END",
        "CREATE VIEW more AS SELECT * FROM record",
        "CREATE TABLE more (id INTEGER)",
        "CREATE INDEX more ON record (title)",
        "DROP INDEX record_status",
        "ALTER TABLE session ADD COLUMN more TEXT",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(attacks); i++) {
        restore();
        raw(attacks[i]);
        if (verify().findings.n == 0)
            fail_msg("not found: %s", attacks[i]);
    }
}

/* A box that the site itself sealed for the record, but not the last one. */
static Str earlier_box(void)
{
    RandomSource random = random_system();
    Str box = crypto_seal(town.arena, town.site->keys.contact, &random,
                          STR(town.arena, with_contact, "\n1\n赵某\n13700137000"));
    Buf sql = buf_open(town.arena);
    TEXT(&sql, "UPDATE record_contact SET sealed = x'");
    buf_hex(&sql, box.p, box.n);
    TEXT(&sql, "' WHERE record = ", with_contact);
    return buf_str(&sql);
}

static void contacts_are_those_that_were_given(void **state)
{
    (void)state;
    restore();
    assert_int_equal(town_count(&town, "record_contact"), 2);
    assert_true(is_found(S("DELETE FROM record_contact")));
    assert_true(is_found(S("CREATE TEMP TABLE was AS SELECT * FROM record_contact;"
                           "UPDATE record_contact SET sealed = (SELECT sealed FROM was WHERE "
                           "was.record <> record_contact.record)")));
    assert_true(is_found(S("UPDATE record_contact SET sealed = substr(sealed, 1, 60)")));
    assert_true(is_found(S("INSERT INTO record_contact SELECT max(record) + 1, sealed "
                           "FROM record_contact")));
    assert_true(is_found(earlier_box()));
}

static void files_are_those_that_were_sent(void **state)
{
    (void)state;
    restore();
    assert_clean();
    file_write(FILE_ID, "%PDE-");
    assert_int_equal(verify().findings.n, 1);
    assert_int_equal(verify().findings.p[0].message, MSG_audit_file);
    file_write(FILE_ID, "%PDF-1");
    assert_int_equal(verify().findings.n, 1);
    assert_int_equal(remove(file_path(FILE_ID)), 0);
    assert_int_equal(verify().findings.n, 1);
    file_write(FILE_ID, "%PDF-");
    assert_clean();
    assert_true(is_found(S("UPDATE attachment SET name = '别的.pdf' WHERE name <> ''")));
    assert_true(is_found(S("UPDATE attachment SET record = NULL")));
    assert_true(is_found(S("UPDATE attachment SET record = 1 WHERE record IS NOT NULL")));
    assert_true(is_found(S("UPDATE attachment SET record = 1 WHERE record IS NULL")));
}

static void what_is_wrong_is_named(void **state)
{
    AuditReport report;
    const Finding *finding;
    (void)state;
    restore();
    attack(S("UPDATE record SET status = 'closed' WHERE id = (SELECT max(id) - 1 FROM record)"));
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
    attack(S("DELETE FROM record WHERE id % 2 = 0; UPDATE cell SET n = n + 1; DELETE FROM org;"
             "DELETE FROM counter; INSERT INTO role_grant VALUES (1, 'x', 1);"
             "DELETE FROM record_link"));
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
    attack(S("UPDATE entry SET action = action || 'x' WHERE sequence = 40; DELETE FROM counter"));
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
        cmocka_unit_test(what_no_leaf_says_is_found),
        cmocka_unit_test(every_missing_head_is_found),
        cmocka_unit_test(a_changed_schema_is_found),
        cmocka_unit_test(contacts_are_those_that_were_given),
        cmocka_unit_test(files_are_those_that_were_sent),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(rebuild_makes_the_same_tables),
        cmocka_unit_test(rebuild_refuses_a_damaged_journal),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
