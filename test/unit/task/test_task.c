/* SPDX-License-Identifier: Apache-2.0 */
/* What runs by itself, on the real profile; only that a matter is also closed by the clock. */
#include "support.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "change/journal.h"
#include "ledger/checkpoint.h"
#include "ledger/proof.h"
#include "org/session.h"
#include "rule/rule.h"
#include "task/task.h"

#include "query.h"

static Town town;
static char profiles[] = "/tmp/tongxin-test-profiles-XXXXXX";

static void must(bool done)
{
    if (!done)
        fail_msg("%s: %s", err_code_name(town.err.code), town.err.detail);
}

/* The city's profile with `clock` among those who may close a matter. */
static int setup(void **state)
{
    Arena *arena = arena_open();
    Str copy, edit;
    (void)state;
    assert_non_null(mkdtemp(profiles));
    copy = STR(arena, "cp -rL ", getenv("TONGXIN_PROFILES"), "/. ", (const char *)profiles);
    edit = STR(arena, "sed -i '/name: close$/,/who:/ s/who: .*/who: [intake, supervisor, clock]/' ",
               (const char *)profiles, "/base/flows/matter.yaml");
    assert_int_equal(system(str_c(arena, copy)), 0);
    assert_int_equal(system(str_c(arena, edit)), 0);
    setenv("TONGXIN_PROFILES", profiles, 1);
    arena_close(arena);
    town = town_open();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    assert_int_equal(system(str_c(town.arena, STR(town.arena, "rm -rf ", (const char *)profiles))),
                     0);
    town_close(&town);
    return 0;
}

/* ---- seal ---- */

static void check_head(int64_t size)
{
    Db *db = town_reader(&town);
    SigningKey key = signing_key(town.site->keys.sign);
    JournalTiles tiles = {db, town.arena};
    TileSource source = journal_tiles(&tiles);
    VerifyKey public = {0};
    QTreeHeadRow row;
    Checkpoint checkpoint;
    Hash root;
    bool found;
    Str rest;
    must(q_tree_head_last(db, town.arena, &row, &found, &town.err));
    assert_true(found);
    assert_int_equal(row.size, size);
    rest = row.note;
    assert_true(str_next(&rest, '\n', &public.name));
    memcpy(public.public_key, key.public_key, PUBLIC_KEY_SIZE);
    must(checkpoint_check(town.arena, row.note, &public, &checkpoint, &town.err));
    assert_int_equal(checkpoint.head.size, size);
    must(proof_root(town.arena, &source, (uint64_t)size, &root, &town.err));
    assert_true(hash_eq(&root, &checkpoint.head.root));
    db_close(db);
}

static void sealing_covers_every_entry(void **state)
{
    (void)state;
    must(task_seal(town.site, &town.err));
    check_head(town_count(&town, "entry"));
    for (int i = 0; i < 300; i++)
        assert_true(town_create(&town, NULL, "enterprise_request", "submit",
                                "title=缺水;body=停水。;company_name=某企业;category=utilities;"
                                "place=CITY;agree_public=1"));
    must(task_seal(town.site, &town.err));
    check_head(town_count(&town, "entry"));
    assert_int_equal(town_count(&town, "tree_head"), 2);
    must(task_seal(town.site, &town.err));
    assert_int_equal(town_count(&town, "tree_head"), 2);
}

/* ---- clock ---- */

static void reply(int64_t id)
{
    assert_true(town_move(&town, "unit", id, "reply", "result=resolved;reply=已完成增容接电。"));
    assert_true(town_move(&town, "head", id, "approve", ""));
}

static void clock_moves_when_the_wait_is_over(void **state)
{
    int64_t id, entries;
    (void)state;
    town_clock(&town, "2023-03-01T09:00:00+08:00");
    id = town_request(&town, "");
    reply(id);
    entries = town_count(&town, "entry");
    town_clock(&town, "2023-03-16T23:00:00+08:00"); /* the last of the 15 days */
    must(task_clock(town.site, NULL, &town.err));
    assert_int_equal(town_count(&town, "entry"), entries);
    assert_text(town_text(&town, id, "status"), "replied");
    town_clock(&town, "2023-03-17T00:00:01+08:00");
    must(task_clock(town.site, NULL, &town.err));
    assert_text(town_text(&town, id, "status"), "closed");
    assert_int_equal(town_count(&town, "entry"), entries + 1);
    must(task_clock(town.site, NULL, &town.err));
    assert_int_equal(town_count(&town, "entry"), entries + 1);
}

/* The mark stands behind the only one that waits, as after a run that 500 before it used up. */
static void the_clock_goes_on_behind_those_it_asked(void **state)
{
    ClockMarks marks = clock_marks(town.arena);
    Wait mark;
    int64_t id;
    (void)state;
    town_clock(&town, "2023-09-18T09:00:00+08:00");
    id = town_request(&town, "");
    reply(id);
    town_clock(&town, "2023-11-01T00:00:01+08:00");
    mark = (Wait){id, INT64_MAX - 1};
    map_set(&marks.waits, S("enterprise_request.close"), &mark);
    must(task_clock(town.site, &marks, &town.err));
    assert_text(town_text(&town, id, "status"), "replied");
    /* There was nobody behind it, so the next run begins anew. */
    assert_int_equal(mark.since, 0);
    must(task_clock(town.site, &marks, &town.err));
    assert_text(town_text(&town, id, "status"), "closed");
}

/* Of one matter, how many steps of supervision each level has. */
static int64_t steps(int64_t matter, const char *level, int64_t *ret_last)
{
    Arena *arena = town.arena;
    Db *db = town_reader(&town);
    DbText sql = db_text_open(arena);
    DbRows rows;
    int64_t count = 0;
    db_sql_literal(&sql,
                   "SELECT r.id FROM record AS r WHERE r.kind = 'supervision' AND r.parent = ");
    db_sql_int(&sql, matter);
    db_sql_literal(&sql, " AND ");
    fact_sql(&sql, S("level"));
    db_sql_literal(&sql, " = ");
    db_sql_text(&sql, str_from_c(level));
    must(db_run(db, &sql, &rows, &town.err));
    for (; db_rows_next(&rows); count++)
        *ret_last = db_rows_int(&rows, 0);
    must(db_rows_close(&rows, &town.err));
    db_close(db);
    return count;
}

static void clock_runs_twice(const char *at)
{
    int64_t entries;
    town_clock(&town, at);
    must(task_clock(town.site, NULL, &town.err));
    entries = town_count(&town, "entry");
    must(task_clock(town.site, NULL, &town.err));
    assert_int_equal(town_count(&town, "entry"), entries);
}

/* Whom the clock would ask: who is refused must not be asked at every run. */
static size_t waiting(const char *move)
{
    Office *office = site_office(town.site);
    const Kind *kind = profile_kind(office->profile, S("enterprise_request"));
    WaitQuery query = {kind, flow_move(kind->flow, str_from_c(move)), town.site->clock_fixed,
                       (Wait){0}, 100};
    Db *db = town_reader(&town);
    WaitVec waits;
    must(record_waiting(town.arena, db, &query, &waits, &town.err));
    db_close(db);
    office_drop(office);
    return waits.n;
}

/* A step says of which office it is, and belongs to the matter's round. */
static void check_office(int64_t step, const char *code)
{
    Office *office = site_office(town.site);
    const Org *org = org_find(&office->orgs, town_int(&town, step, "lead"));
    assert_non_null(org);
    assert_text(org->code, code);
    office_drop(office);
}

/* A general matter of ten working days, handed over on Wednesday, 1 March 2023. */
static void a_late_matter_goes_through_each_level_once(void **state)
{
    static const struct {
        const char *at;
        int reminders, warnings, orders;
    } days[] = {
        {"2023-03-09T12:00:00+08:00", 0, 0, 0}, {"2023-03-13T12:00:00+08:00", 1, 0, 0},
        {"2023-03-15T23:59:00+08:00", 1, 0, 0}, {"2023-03-16T09:00:00+08:00", 1, 1, 0},
        {"2023-03-20T23:59:00+08:00", 1, 1, 0}, {"2023-03-21T00:00:01+08:00", 1, 1, 1},
        {"2023-04-28T12:00:00+08:00", 1, 1, 1},
    };
    static const char *const levels[] = {"circular", "reminder", "warning", "order"};
    int64_t id, step;
    (void)state;
    town_clock(&town, "2023-03-01T09:00:00+08:00");
    id = town_request(&town, "");
    assert_text(town_text(&town, id, "status"), "in_progress");
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        clock_runs_twice(days[i].at);
        assert_int_equal(steps(id, "reminder", &step), days[i].reminders);
        assert_int_equal(steps(id, "warning", &step), days[i].warnings);
        assert_int_equal(steps(id, "order", &step), days[i].orders);
    }
    /* The last level is a person's, with a second one. */
    must(town_create(&town, "cli", "account", "create", "title=领导岗;login=leader"));
    must(town_move(&town, "cli", town.result.record, "grant", "role=leader;org=CITY"));
    must(town_create(
        &town, "supervisor", "supervision", "draft_circular",
        str_c(town.arena, STR(town.arena, "lead=CITY-A;parent=", town_text(&town, id, "number")))));
    step = town.result.record;
    assert_false(town_move(&town, "supervisor", step, "approve", ""));
    must(town_move(&town, "supervisor", step, "circulate", ""));
    assert_false(town_move(&town, "supervisor", step, "approve", ""));
    must(town_move(&town, "leader", step, "approve", ""));
    for (size_t i = 0; i < COUNT_OF(levels); i++) {
        assert_int_equal(steps(id, levels[i], &step), 1);
        check_office(step, "CITY-A");
    }
    assert_false(town_move(&town, "unit_b", step, "answer", "feedback=不是本单位"));
    must(town_move(&town, "unit", step, "answer", "feedback=正在组织施工，下周答复。"));
    assert_false(town_move(&town, "unit", step, "conclude", ""));
    must(town_move(&town, "supervisor", step, "conclude", ""));
    assert_text(town_text(&town, step, "status"), "concluded");
    /* Handled again, it can be late again. */
    reply(id);
    must(town_move(&town, "supervisor", id, "reopen", "reopen_reason=没有解决"));
    clock_runs_twice("2023-07-31T12:00:00+08:00");
    assert_int_equal(steps(id, "order", &step), 2);
    /* Past the limit nobody is reminded that it is near. */
    assert_int_equal(steps(id, "reminder", &step), 1);
    assert_int_equal(
        waiting("remind_near_limit") + waiting("warn_past_limit") + waiting("order_past_limit"), 0);
}

static void contacts_go_when_their_time_is_over(void **state)
{
    int64_t id, open, entries;
    (void)state;
    town_clock(&town, "2023-03-20T09:00:00+08:00");
    for (int i = 0; i < 2; i++) {
        assert_true(town_create(&town, NULL, "enterprise_request", "submit",
                                "title=用电;body=用电。;company_name=某企业;category=utilities;"
                                "place=CITY;agree_public=1;contact_name=王一;"
                                "contact_phone=13912345678"));
        open = i == 0 ? town.result.record : open;
        id = town.result.record;
    }
    assert_int_equal(town_count(&town, "record_contact"), 2);
    must(town_move(&town, NULL, id, "withdraw", "withdraw_reason=已解决"));
    town_clock(&town, "2023-09-16T08:00:00+08:00"); /* 180 days less an hour */
    must(task_clock(town.site, NULL, &town.err));
    assert_int_equal(town_count(&town, "record_contact"), 2);
    entries = town_count(&town, "entry");
    town_clock(&town, "2023-09-16T10:00:00+08:00");
    must(task_clock(town.site, NULL, &town.err));
    assert_int_equal(town_count(&town, "record_contact"), 1);
    assert_int_equal(town_int(&town, id, "has_contact"), 0);
    assert_int_equal(town_int(&town, open, "has_contact"), 1);
    assert_int_equal(town_count(&town, "entry"), entries + 1);
    must(task_clock(town.site, NULL, &town.err));
    assert_int_equal(town_count(&town, "entry"), entries + 1);
}

static void load_year(int year)
{
    FormPair pairs[3] = {{S("title"), STR(town.arena, year)}, {S("year"), STR(town.arena, year)}};
    Change change = {.actor = {ACTOR_CLI, 0, S("cli:test")},
                     .kind = S("calendar_year"),
                     .move = S("load"),
                     .version = -1,
                     .form = {pairs, 3}};
    static char text[8192];
    FILE *file = fopen(
        str_c(town.arena, STR(town.arena, (const char *)profiles, "/base/calendar/", year, ".tsv")),
        "r");
    assert_non_null(file);
    pairs[2] = (FormPair){S("tsv"), {text, fread(text, 1, sizeof text, file)}};
    fclose(file);
    must(site_change(town.site, town.arena, &change, &town.result, &town.err));
}

/* From 2023-12-29 ten working days end in January 2024, whose notice is not known yet: New Year's
 * day is counted as free by law, but not the days around it. */
static void provisional_deadlines_are_computed_again(void **state)
{
    int64_t id, entries;
    (void)state;
    town_clock(&town, "2023-12-29T09:00:00+08:00");
    id = town_request(&town, "");
    must(task_clock(town.site, NULL, &town.err));
    assert_int_equal(town_int(&town, id, "provisional"), 1);
    load_year(2024);
    entries = town_count(&town, "entry");
    must(task_clock(town.site, NULL, &town.err));
    assert_int_equal(town_int(&town, id, "provisional"), 0);
    assert_text(day_text(town.arena, (Day)town_int(&town, id, "due_on")), "2024-01-15");
    assert_true(town_count(&town, "entry") > entries);
    entries = town_count(&town, "entry");
    must(task_clock(town.site, NULL, &town.err));
    assert_int_equal(town_count(&town, "entry"), entries);
}

/* ---- tidy ---- */

static bool put_sessions(Db *db, Arena *arena, void *context, Err *err)
{
    Instant now = *(Instant *)context;
    QAttachmentClaim claimed;
    bool found;
    return q_session_put(db, S("new"), 5, S("c"), now - 3600 * SECOND_US, err) &&
           q_session_put(db, S("idle"), 5, S("c"), now - 3 * 3600 * SECOND_US, err) &&
           q_attachment_put(db, S("young"), S("a.pdf"), S("application/pdf"), 1, S(""), now, err) &&
           q_attachment_put(db, S("old"), S("a.pdf"), S("application/pdf"), 1, S(""),
                            now - 2 * DAY_US, err) &&
           q_attachment_put(db, S("named"), S("a.pdf"), S("application/pdf"), 1, S(""),
                            now - 2 * DAY_US, err) &&
           q_attachment_claim(db, arena, S("named"), 5, &claimed, &found, err) && found;
}

static void tidying_takes_what_nobody_needs(void **state)
{
    Instant now = site_now(town.site);
    Job job = {.housekeep = put_sessions, .context = &now, .arena = town.arena};
    const char *old = str_c(town.arena, STR(town.arena, town.dir, "/attachments/old"));
    const char *young = str_c(town.arena, STR(town.arena, town.dir, "/attachments/young"));
    (void)state;
    must(writer_run(town.site->writer, &job, &town.err));
    close(open(old, O_CREAT | O_WRONLY, 0600));
    close(open(young, O_CREAT | O_WRONLY, 0600));
    must(task_tidy(town.site, &town.err));
    assert_int_equal(town_count(&town, "session"), 1);
    assert_int_equal(town_count(&town, "attachment"), 2);
    assert_int_not_equal(access(old, F_OK), 0);
    assert_int_equal(access(young, F_OK), 0);
}

/* ---- the thread ---- */

static void the_thread_follows_seals_and_stops(void **state)
{
    Tasks *tasks;
    Search *search = NULL;
    int64_t start, at = 0, entries = town_count(&town, "entry");
    (void)state;
    must(tasks_start(town.site, &tasks, &town.err));
    for (int i = 0; i < 100 && at < entries; i++) {
        usleep(50000);
        if (search || search_open_reader(town.arena, town.dir, &search, NULL))
            must(search_watermark(search, &at, &town.err));
    }
    assert_true(at >= entries);
    check_head(town_count(&town, "entry"));
    start = monotonic_us();
    tasks_stop(tasks);
    assert_true(monotonic_us() - start < SECOND_US);
    search_close(search);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sealing_covers_every_entry),
        cmocka_unit_test(clock_moves_when_the_wait_is_over),
        cmocka_unit_test(contacts_go_when_their_time_is_over),
        cmocka_unit_test(the_clock_goes_on_behind_those_it_asked),
        cmocka_unit_test(provisional_deadlines_are_computed_again),
        cmocka_unit_test(tidying_takes_what_nobody_needs),
        cmocka_unit_test(a_late_matter_goes_through_each_level_once),
        cmocka_unit_test(the_thread_follows_seals_and_stops),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
