/* SPDX-License-Identifier: Apache-2.0 */
/* Signed heads and a machine whose clock is set back: nothing of it may make verify fail. */
#include "support.h"

#include "audit/audit.h"
#include "change/journal.h"
#include "db/db_text.h"
#include "task/task.h"

#include "query.h"

#define LATER "2023-03-01T12:00:00+08:00"
#define BACK  "2023-03-01T08:00:00+08:00"

static void seal(Town *town)
{
    if (!task_seal(town->site, &town->err))
        fail_msg("%s", town->err.detail);
}

static size_t findings_of(Town *town)
{
    AuditReport report = {0};
    Db *db = town_reader(town);
    AuditSource source = {.db = db, .site = town->site};
    assert_true(audit_verify(town->arena, &source, &report, &town->err));
    db_close(db);
    return report.findings.n;
}

static Instant last_signed(Town *town)
{
    Db *db = town_reader(town);
    QTreeHeadRow head;
    bool found;
    assert_true(q_tree_head_last(db, town->arena, &head, &found, &town->err) && found);
    db_close(db);
    return head.signed_at;
}

static Instant last_recorded(Town *town)
{
    Db *db = town_reader(town);
    QEntryLast last;
    bool found;
    assert_true(q_entry_last(db, town->arena, &last, &found, &town->err) && found);
    db_close(db);
    return last.recorded_at;
}

static void an_entry_is_never_before_the_last_head(void **state)
{
    Town town = town_open();
    (void)state;
    town_request(&town, "");
    town_clock(&town, LATER);
    seal(&town);
    town_clock(&town, BACK);
    town_request(&town, "");
    assert_true(last_recorded(&town) >= last_signed(&town));
    assert_int_equal(findings_of(&town), 0);
    town_close(&town);
}

static void a_head_is_never_before_its_last_entry(void **state)
{
    Town town = town_open();
    (void)state;
    town_clock(&town, LATER);
    town_request(&town, "");
    town_clock(&town, BACK);
    seal(&town);
    assert_true(last_signed(&town) >= last_recorded(&town));
    assert_int_equal(findings_of(&town), 0);
    town_close(&town);
}

/* What a site held before entries followed heads: the head an hour late, the code of the next entry
 * made with that hour. */
static bool make_late(Db *db, Arena *arena, void *context, Err *err)
{
    Site *site = context;
    QTreeHeadRow head;
    QEntryRow row;
    JournalEntry made = {0};
    DbText drop = db_text_open(arena), code = db_text_open(arena), late = db_text_open(arena);
    Hash mac;
    bool found;
    if (!q_tree_head_last(db, arena, &head, &found, err) || !found ||
        !q_entry_get(db, arena, head.size + 1, &row, &found, err) || !found)
        return false;
    made.entry.header.sequence = row.sequence;
    made.entry.header.key = row.key;
    made.entry.header.form_hash = row.form_hash;
    made.record = row.record;
    made.head_signed_at = head.signed_at + 3600 * SECOND_US;
    memcpy(made.leaf.bytes, row.leaf.p, HASH_SIZE);
    mac = journal_mac(arena, site->keys.code, &made);
    db_sql_literal(&drop, "DROP TRIGGER entry_no_update");
    db_sql_literal(&code, "UPDATE entry SET mac = ");
    db_sql_blob(&code, hash_bytes(&mac));
    db_sql_literal(&code, " WHERE sequence = ");
    db_sql_int(&code, row.sequence);
    db_sql_literal(&late, "UPDATE tree_head SET signed_at = ");
    db_sql_int(&late, made.head_signed_at);
    db_sql_literal(&late, " WHERE size = ");
    db_sql_int(&late, head.size);
    return db_execute(db, &drop, err) && db_execute(db, &code, err) && db_execute(db, &late, err);
}

static void a_head_its_next_entry_vouches_for_is_right(void **state)
{
    Town town = town_open();
    Job late = {.housekeep = make_late, .context = town.site, .arena = town.arena};
    (void)state;
    town_request(&town, "");
    seal(&town);
    town_request(&town, "");
    if (!writer_run(town.site->writer, &late, &town.err))
        fail_msg("%s", town.err.detail);
    assert_int_equal(findings_of(&town), 1); /* the trigger that is away, and nothing else */
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_never_before_the_last_head),
        cmocka_unit_test(a_head_is_never_before_its_last_entry),
        cmocka_unit_test(a_head_its_next_entry_vouches_for_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
