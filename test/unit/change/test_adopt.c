/* SPDX-License-Identifier: Apache-2.0 */
/* Another profile over records that are there: nothing is lost, what was renamed is renamed in the
 * journal, and the check and the adopting are one. */
#include "support.h"

#include "audit/audit.h"
#include "base/buf.h"
#include "change/adopt.h"

static Town town;

static int setup(void **state)
{
    (void)state;
    town = town_open();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    town_close(&town);
    return 0;
}

/* The text with every `from` replaced; there must be one. */
static Str with(Str text, const char *from, const char *to)
{
    Str old = str_from_c(from);
    Buf buf = buf_open(town.arena);
    size_t at = 0, hit = str_find(text, old, 0);
    assert_true(hit != SIZE_MAX);
    for (; hit != SIZE_MAX; hit = str_find(text, old, at)) {
        TEXT(&buf, str_slice(text, at, hit), str_from_c(to));
        at = hit + old.n;
    }
    buf_add(&buf, str_slice(text, at, text.n));
    return buf_str(&buf);
}

/* Everything readable follows from the journal, cells included. */
static void assert_agrees(void)
{
    AuditReport report = {0};
    Db *db = town_reader(&town);
    AuditSource source = {.db = db, .site = town.site};
    assert_true(audit_verify(town.arena, &source, &report, &town.err));
    db_close(db);
    for (size_t i = 0; i < report.findings.n; i++)
        print_message("%s\n", str_c(town.arena, STR(town.arena, report.findings.p[i].table, " ",
                                                    report.findings.p[i].row)));
    assert_int_equal(report.findings.n, 0);
}

static void assert_refused(MessageId why)
{
    assert_int_equal(town.err.code, ERR_INVALID_FORM);
    assert_non_null(town.err.fields);
    assert_int_equal(town.err.fields->message, why);
    assert_text(town.err.fields->field, "profile");
}

static Str other_category(Str bundle)
{
    return with(bundle, "utilities", "supply");
}

static Str renamed_category(Str bundle)
{
    return with(other_category(bundle), "code: supply,", "code: supply, was: [utilities],");
}

static Str other_state(Str bundle)
{
    bundle = with(bundle, "{name: in_progress,", "{name: at_work,");
    bundle = with(bundle, "to: in_progress", "to: at_work");
    bundle = with(bundle, "[in_progress", "[at_work");
    bundle = with(bundle, " in_progress]", " at_work]");
    return with(bundle, " in_progress,", " at_work,");
}

/* ---- refusing ---- */

static void test_an_occupied_state_is_not_lost(void **state)
{
    int64_t id = town_request(&town, ""), entries = town_count(&town, "entry");
    (void)state;
    assert_false(town_adopt(&town, other_state(town_bundle(&town))));
    assert_refused(MSG_profile_lost_state);
    assert_int_equal(town_count(&town, "entry"), entries + 1); /* the version that was recorded */
    assert_text(town_text(&town, id, "status"), "in_progress");
    assert_true(town_move(&town, "unit", id, "consult",
                          "consulted_on=2023-03-01;consult_way=phone;consult_gist=已联系。"));
    assert_agrees();
}

static void test_what_waits_for_approval_counts_as_used(void **state)
{
    int64_t id = town_request(&town, "");
    Str next = with(town_bundle(&town), "code: under_way,", "code: going_on,");
    (void)state;
    next = with(with(next, "[planned, under_way]", "[planned, going_on]"), "[under_way, planned]",
                "[going_on, planned]");
    assert_true(town_move(&town, "unit", id, "reply",
                          "result=under_way;reply=正在增容。;promise_on=2023-05-01"));
    assert_true(town.result.pending);
    assert_false(town_adopt(&town, next));
    assert_refused(MSG_profile_lost_choice);
    assert_true(
        town_adopt(&town, with(next, "code: going_on,", "code: going_on, was: [under_way],")));
    assert_true(town_move(&town, "head", id, "approve", ""));
    assert_text(town_text(&town, id, "result"), "going_on");
    assert_agrees();
}

/* Whoever drafted an answer must not close it: a move under another name would forget who did. */
static void test_what_moves_left_is_not_lost(void **state)
{
    Str next = with(town_bundle(&town), "acknowledged_at", "received_at");
    (void)state;
    (void)town_request(&town, "");
    assert_false(town_adopt(&town, next));
    assert_refused(MSG_profile_lost_field);
    next = with(town_bundle(&town), "name: acknowledge\n", "name: take_receipt\n");
    assert_false(town_adopt(&town, next));
    assert_refused(MSG_profile_lost_move);
}

/* A disabled account under another name would sign in again, also one disabled later. */
static void test_states_that_the_program_reads_keep_their_names(void **state)
{
    Str next = with(town_bundle(&town), "to: disabled", "to: off");
    (void)state;
    next = with(with(next, "[disabled]", "[off]"), "{name: disabled,", "{name: off,");
    assert_false(town_adopt(&town, next));
    assert_refused(MSG_profile_lost_own_state);
    assert_false(town_adopt(&town, with(next, "{name: off,", "{name: off, was: [disabled],")));
    assert_refused(MSG_profile_lost_own_state);
}

/* ---- renaming ---- */

static void test_records_follow_a_renamed_state(void **state)
{
    int64_t id = town_request(&town, "");
    Str next = with(other_state(town_bundle(&town)), "{name: at_work,",
                    "{name: at_work, was: [in_progress],");
    (void)state;
    assert_true(town_adopt(&town, next));
    assert_text(town_text(&town, id, "status"), "at_work");
    assert_true(town_move(&town, "unit", id, "reply", "result=resolved;reply=已完成增容接电。"));
    assert_true(town_move(&town, "head", id, "approve", ""));
    assert_agrees();
}

static void test_a_state_that_is_no_longer_open_leaves_the_desk(void **state)
{
    int64_t id = town_request(&town, "CITY-B");
    (void)state;
    assert_int_equal(town_int(&town, id, "open_co_handling"), 1);
    assert_true(town_adopt(&town, with(town_bundle(&town), "en: Awaiting opinion}, open: true}",
                                       "en: Awaiting opinion}}")));
    assert_int_equal(town_int(&town, id, "open_co_handling"), 0);
    assert_agrees();
    assert_true(town_adopt(&town, town_bundle(&town)));
    assert_int_equal(town_int(&town, id, "open_co_handling"), 1);
    assert_agrees();
}

static Str type_of(const char *code)
{
    Office *office = site_office(town.site);
    Str type = str_dup(town.arena, org_by_code(&office->orgs, str_from_c(code))->type);
    assert_int_equal(office->version, town_count(&town, "entry"));
    office_drop(office);
    return type;
}

/* The office is made from records, and some were just renamed. */
static void test_the_office_follows_too(void **state)
{
    Str next = with(town_bundle(&town), "code: department, label: {zh: 部门, en: Department}",
                    "code: bureau_x, was: [department], label: {zh: 部门, en: Department}");
    next = with(next, "types: [department, unit]", "types: [bureau_x, unit]");
    (void)state;
    assert_text(type_of("CITY-A"), "department");
    assert_true(town_adopt(&town, next));
    assert_text(type_of("CITY-A"), "bureau_x");
    assert_text(type_of("CITY"), "city");
    assert_agrees();
}

static void test_old_numbers_stay_and_new_ones_begin(void **state)
{
    int64_t id = town_request(&town, "");
    Str next = with(town_bundle(&town), "number: QS-{year}-{seq:5}", "number: QYSQ-{year}-{seq:5}");
    (void)state;
    assert_false(town_adopt(&town, next));
    assert_refused(MSG_profile_changed_number);
    next = with(next, "number: QYSQ-{year}-{seq:5}\n",
                "number: QYSQ-{year}-{seq:5}\nnumber_was: [\"QS-{year}-{seq:5}\"]\n");
    assert_true(town_adopt(&town, next));
    assert_text(town_text(&town, id, "number"), "QS-2023-00001");
    assert_text(town_text(&town, town_request(&town, ""), "number"), "QYSQ-2023-00001");
    assert_agrees();
}

/* The same profile again writes nothing; a former name that stays in the file does no harm. */
static void test_renaming_happens_once(void **state)
{
    Str next = renamed_category(town_bundle(&town));
    int64_t id = town_request(&town, ""), version;
    (void)state;
    assert_true(town_adopt(&town, next));
    assert_text(town_text(&town, id, "category"), "supply");
    version = town_count(&town, "entry_record");
    assert_true(town_adopt(&town, next));
    assert_int_equal(town_count(&town, "entry_record"), version + 2); /* the version, the site */
}

/* ---- many ---- */

static const Actor somebody = {ACTOR_PUBLIC, 0, S_CONST("public")};
static const Actor owner = {ACTOR_CLI, 0, S_CONST("cli:test")};
static const FormPair asking[] = {
    {S_CONST("title"), S_CONST("用电增容")},     {S_CONST("body"), S_CONST("增容没有答复。")},
    {S_CONST("category"), S_CONST("utilities")}, {S_CONST("company_name"), S_CONST("某企业")},
    {S_CONST("place"), S_CONST("CITY")},         {S_CONST("agree_public"), S_CONST("0")},
};
static const Change submission = {.kind = S_CONST("enterprise_request"),
                                  .move = S_CONST("submit"),
                                  .form = {(FormPair *)(uintptr_t)asking, COUNT_OF(asking)}};

/* More than one entry may hold: the rest goes into the next, all in one transaction. */
static void test_many_records_take_several_entries(void **state)
{
    enum { MANY = 2 * ADOPT_FIELDS_MAX + 100 };
    Waiting *all = NEW_ARRAY(town.arena, Waiting, MANY);
    int64_t entries;
    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        all[i].change = submission;
        waiting_submit(&town, &all[i], somebody);
    }
    for (size_t i = 0; i < MANY; i++)
        assert_true(waiting_finish(&town, &all[i]));
    entries = town_count(&town, "entry");
    assert_true(town_adopt(&town, renamed_category(town_bundle(&town))));
    assert_int_equal(town_count(&town, "entry"), entries + 2 + 3);
    assert_text(town_text(&town, all[0].job.result.record, "category"), "supply");
    assert_text(town_text(&town, all[MANY - 1].job.result.record, "category"), "supply");
    assert_agrees();
}

/* ---- figures through links ---- */

/* An organisation changes, and with it what counts for the records that name it: also in a link
 * with a column of its own. */
static void test_a_figure_follows_every_link(void **state)
{
    Str bundle = STR(town.arena, town_bundle(&town), "%%% tongling/through.yaml\n",
                     "indicator: by_departments\nlabel: {zh: 部门承办, en: By departments}\n"
                     "define: {zh: 按交办日统计。, en: By day of assignment.}\n"
                     "unit: {dimension: piece, word: {zh: 件, en: requests}}\n"
                     "count: {kind: enterprise_request, where: {lead: {org_type: department}}}\n"
                     "in: assigned_at\n");
    Office *office;
    int64_t bureau;
    (void)state;
    (void)town_request(&town, "");
    assert_true(town_adopt(&town, bundle));
    office = site_office(town.site);
    bureau = org_by_code(&office->orgs, S("CITY-A"))->id;
    office_drop(office);
    assert_agrees();
    assert_true(town_move(&town, "cli", bureau, "edit", "title=甲局;org_type=office"));
    assert_agrees();
    assert_true(town_move(&town, "cli", bureau, "edit", "title=甲局;org_type=department"));
    assert_agrees();
}

/* ---- at the same time ---- */

static Change adopting(Str bundle)
{
    FormPair version[] = {
        {S("title"), S("另一版")}, {S("profile_hash"), S("1")}, {S("bundle"), bundle}};
    FormPair *site = NEW(town.arena, FormPair);
    Change activate = {.actor = owner,
                       .kind = S("profile_version"),
                       .move = S("activate"),
                       .version = -1,
                       .form = {version, COUNT_OF(version)}};
    assert_true(site_change(town.site, town.arena, &activate, &town.result, &town.err));
    *site = (FormPair){S("profile"), STR(town.arena, "#", town.result.record)};
    return (Change){.record = RECORD_SITE, .move = S("adopt"), .form = {site, 1}};
}

static void test_a_record_made_just_before_is_not_lost(void **state)
{
    Waiting make = {.change = submission}, adopt = {0};
    (void)state;
    /* Nothing has the category when whoever adopts looks. */
    adopt.change = adopting(other_category(town_bundle(&town)));
    in_one_batch(&town, &make, somebody, &adopt, owner);
    assert_true(waiting_finish(&town, &make));
    assert_false(waiting_finish(&town, &adopt));
    assert_refused(MSG_profile_lost_choice);
    assert_text(town_text(&town, make.job.result.record, "category"), "utilities");
    assert_agrees();
}

static void test_a_record_made_just_after_is_made_by_the_new_profile(void **state)
{
    Waiting make = {.change = submission}, adopt = {0};
    (void)state;
    adopt.change = adopting(other_category(town_bundle(&town)));
    in_one_batch(&town, &adopt, owner, &make, somebody);
    assert_true(waiting_finish(&town, &adopt));
    assert_false(waiting_finish(&town, &make));
    assert_text(town.err.fields->field, "category");
    assert_agrees();
}

/* ---- against a model ---- */

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* Records in any state with any category; what the journal says afterwards is what a reader with
 * the two lists of names in hand would have written. */
static void test_any_records_are_renamed_as_a_reader_would(void **state)
{
    static const char *const categories[] = {"utilities", "land", "traffic"};
    enum { RECORDS = 40 };
    int64_t ids[RECORDS];
    Str was[RECORDS][2];
    uint64_t seed = (uint64_t)instant_now();
    Str next = renamed_category(with(other_state(town_bundle(&town)), "{name: at_work,",
                                     "{name: at_work, was: [in_progress],"));
    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (size_t i = 0; i < RECORDS; i++) {
        const char *category = categories[next_random(&seed) % 3];
        uint64_t steps = next_random(&seed) % 5;
        Str accept = STR(town.arena, "place=CITY;category=", category);
        assert_true(town_create(&town, NULL, "enterprise_request", "submit",
                                "title=用电;body=增容;company_name=甲;category=traffic;place=CITY;"
                                "agree_public=0"));
        ids[i] = town.result.record;
        if (steps > 0)
            assert_true(town_move(&town, "intake", ids[i], "accept", str_c(town.arena, accept)));
        if (steps > 1)
            assert_true(
                town_move(&town, "dispatcher", ids[i], "assign", "lead=CITY-A;complexity=simple"));
        if (steps > 2)
            assert_true(town_move(&town, "unit", ids[i], "acknowledge", ""));
        if (steps > 3)
            assert_true(town_move(&town, "unit", ids[i], "reply", "result=resolved;reply=已办。"));
        was[i][0] = town_text(&town, ids[i], "status");
        was[i][1] = town_text(&town, ids[i], "category");
    }
    assert_true(town_adopt(&town, next));
    for (size_t i = 0; i < RECORDS; i++) {
        Str status = str_eq(was[i][0], S("in_progress")) ? S("at_work") : was[i][0];
        Str category = str_eq(was[i][1], S("utilities")) ? S("supply") : was[i][1];
        assert_true(str_eq(town_text(&town, ids[i], "status"), status));
        assert_true(str_eq(town_text(&town, ids[i], "category"), category));
    }
    assert_agrees();
}

static void test_a_role_that_somebody_holds_stays(void **state)
{
    Str bundle = town_bundle(&town);
    Office *office;
    int64_t unit;
    (void)state;
    assert_true(town_adopt(&town, with(bundle, "---\nrole: office\n",
                                       "---\nrole: archivist\nlabel: {zh: 档案员, en: Archivist}\n"
                                       "over: place\n---\nrole: office\n")));
    office = site_office(town.site);
    unit = office_account_by_login(office, S("unit"))->id;
    office_drop(office);
    assert_true(town_move(&town, "cli", unit, "grant", "role=archivist;org=CITY"));
    assert_true(town_move(&town, "cli", unit, "grant", "role=archivist;org=CITY-A"));
    assert_false(town_adopt(&town, bundle));
    assert_refused(MSG_role_is_held);
    assert_text(town.err.fields->args[0], "archivist");
    assert_text(town.err.fields->args[1], "1");
    assert_true(town_move(&town, "cli", unit, "grant", "role=archivist;org=CITY;remove=1"));
    assert_true(town_move(&town, "cli", unit, "grant", "role=archivist;org=CITY-A;remove=1"));
    assert_true(town_adopt(&town, bundle));
    assert_agrees();
}

#define ADOPT_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ADOPT_TEST(test_an_occupied_state_is_not_lost),
        ADOPT_TEST(test_what_waits_for_approval_counts_as_used),
        ADOPT_TEST(test_what_moves_left_is_not_lost),
        ADOPT_TEST(test_states_that_the_program_reads_keep_their_names),
        ADOPT_TEST(test_records_follow_a_renamed_state),
        ADOPT_TEST(test_the_office_follows_too),
        ADOPT_TEST(test_a_state_that_is_no_longer_open_leaves_the_desk),
        ADOPT_TEST(test_a_role_that_somebody_holds_stays),
        ADOPT_TEST(test_old_numbers_stay_and_new_ones_begin),
        ADOPT_TEST(test_renaming_happens_once),
        ADOPT_TEST(test_many_records_take_several_entries),
        ADOPT_TEST(test_a_figure_follows_every_link),
        ADOPT_TEST(test_a_record_made_just_before_is_not_lost),
        ADOPT_TEST(test_a_record_made_just_after_is_made_by_the_new_profile),
        ADOPT_TEST(test_any_records_are_renamed_as_a_reader_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
