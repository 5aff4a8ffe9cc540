/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody with an account may try against the others: reaching into their matters through a
 * child, moving time, carrying personal data in a reason, reading hashes and boxes of the
 * database. */
#include "support.h"

#include "base/buf.h"
#include "change/fold.h"
#include "change/keep.h"
#include "db/db_text.h"

#include "query.h"

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

static Actor actor_of(const char *login)
{
    Office *office = site_office(town.site);
    const Account *account = office_account_by_login(office, str_from_c(login));
    Actor actor;
    assert_non_null(account);
    actor = (Actor){ACTOR_ACCOUNT, account->id, STR(town.arena, "account:", account->id)};
    office_drop(office);
    return actor;
}

/* town_move at another time than now, with at most one field. */
static bool move_at(const char *login, int64_t record, const char *move, Instant at, FormPair pair)
{
    Change change = {.actor = actor_of(login),
                     .record = record,
                     .move = str_from_c(move),
                     .version = -1,
                     .at = at,
                     .form = {&pair, pair.name.n ? 1 : 0}};
    err_clear(&town.err);
    return site_change(town.site, town.arena, &change, &town.result, &town.err);
}

static Str number_of(int64_t id)
{
    return town_text(&town, id, "number");
}

/* ---- children ---- */

static void make_unit_b_head(void)
{
    int64_t account = actor_of("unit_b").account;
    assert_true(town_move(&town, "cli", account, "grant", "role=unit_head;org=CITY-B"));
}

static void test_no_child_of_what_one_cannot_open(void **state)
{
    int64_t id = town_request(&town, "");
    const char *form = str_c(town.arena, STR(town.arena, "lead=CITY-B;parent=", number_of(id)));
    (void)state;
    make_unit_b_head();
    /* Naming one's own unit as the co-unit opens no door; and the matter is as if it were not. */
    assert_false(town_create(&town, "unit_b", "co_handling", "ask", form));
    assert_int_equal(town.err.code, ERR_INVALID_FORM);
    assert_int_equal(town.err.fields->message, MSG_form_no_such_record);
    assert_int_equal(town_value(&town, id, "open_co_handling").type, VALUE_NONE);
    /* Who works on the matter may ask, whichever unit is asked. */
    assert_true(town_create(&town, "head", "co_handling", "ask", form));
    assert_int_equal(town_int(&town, id, "open_co_handling"), 1);
}

static void test_seeing_the_parent_is_not_enough(void **state)
{
    int64_t id = town_request(&town, "CITY-B");
    const char *form = str_c(town.arena, STR(town.arena, "lead=CITY-B;parent=", number_of(id)));
    (void)state;
    make_unit_b_head();
    assert_false(town_create(&town, "unit_b", "co_handling", "ask", form));
    assert_int_equal(town.err.code, ERR_FORBIDDEN);
}

static void test_no_child_of_what_was_voided(void **state)
{
    int64_t id = town_request(&town, "");
    const char *form = str_c(town.arena, STR(town.arena, "lead=CITY-B;parent=", number_of(id)));
    (void)state;
    assert_true(town_move(&town, "intake", id, "void", "void_reason=录错"));
    assert_true(town_move(&town, "reviewer", id, "approve", ""));
    assert_false(town_create(&town, "dispatcher", "co_handling", "ask", form));
    assert_int_equal(town.err.message, MSG_record_voided);
}

static void test_no_child_of_what_is_not_worked_on(void **state)
{
    int64_t id;
    const char *form;
    (void)state;
    assert_true(town_create(&town, NULL, "enterprise_request", "submit",
                            "title=缺水;body=停水。;company_name=某企业;category=utilities;"
                            "place=CITY;agree_public=1"));
    id = town.result.record;
    form = str_c(town.arena, STR(town.arena, "lead=CITY-B;parent=", number_of(id)));
    assert_false(town_create(&town, "dispatcher", "co_handling", "ask", form));
    assert_int_equal(town.err.message, MSG_guard);
    id = town_request(&town, "");
    form = str_c(town.arena, STR(town.arena, "lead=CITY-B;parent=", number_of(id)));
    assert_true(town_move(&town, "unit", id, "reply", "result=resolved;reply=已完成。"));
    assert_true(town_move(&town, "head", id, "approve", ""));
    assert_true(
        town_move(&town, NULL, id, "rate", "attitude_rating=satisfied;outcome_rating=satisfied"));
    assert_true(town_move(&town, "supervisor", id, "close", ""));
    assert_false(town_create(&town, "dispatcher", "co_handling", "ask", form));
    assert_int_equal(town.err.message, MSG_guard);
}

/* ---- rounds ---- */

static void test_who_answered_in_an_earlier_round_never_closes(void **state)
{
    int64_t id = town_request(&town, ""), unit = actor_of("unit").account;
    (void)state;
    assert_true(town_move(&town, "unit", id, "reply", "result=resolved;reply=已完成。"));
    assert_true(town_move(&town, "head", id, "approve", ""));
    assert_true(town_move(&town, "intake", id, "reopen", "reopen_reason=没有通电。"));
    assert_true(town_move(&town, "cli", actor_of("unit_b").account, "grant",
                          "role=unit_officer;org=CITY-A"));
    assert_true(town_move(&town, "cli", unit, "grant", "role=unit_officer;org=CITY-A;remove=1"));
    assert_true(town_move(&town, "cli", unit, "grant", "role=supervisor;org=CITY"));
    assert_true(town_move(&town, "unit_b", id, "reply", "result=resolved;reply=已通电。"));
    assert_true(town_move(&town, "head", id, "approve", ""));
    assert_true(
        town_move(&town, NULL, id, "rate", "attitude_rating=satisfied;outcome_rating=satisfied"));
    assert_false(town_move(&town, "unit", id, "close", ""));
    assert_int_equal(town.err.message, MSG_second_person_needed);
    assert_true(town_move(&town, "supervisor", id, "close", ""));
}

static void test_erasing_takes_back_what_waits(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    assert_true(town_move(&town, "unit", id, "reply", "result=resolved;reply=已完成。"));
    assert_true(town_move(&town, "admin", id, "erase_text", ""));
    assert_false(town_move(&town, "head", id, "approve", ""));
    assert_int_equal(town.err.message, MSG_nothing_pending);
    assert_int_equal(town_value(&town, id, "pending").type, VALUE_NONE);
    assert_true(town_move(&town, "unit", id, "reply", "result=resolved;reply=已经完成。"));
    assert_true(town_move(&town, "head", id, "approve", ""));
}

/* ---- time ---- */

static void test_a_decision_is_not_made_tomorrow(void **state)
{
    int64_t id = town_request(&town, "");
    Instant now = town.site->clock_fixed;
    FormPair reason = {S("reason"), S("重写")};
    (void)state;
    assert_true(town_move(&town, "unit", id, "reply", "result=resolved;reply=已完成。"));
    assert_false(move_at("head", id, "approve", now + MINUTE_US, (FormPair){{0}, {0}}));
    assert_int_equal(town.err.message, MSG_at_in_future);
    assert_false(move_at("head", id, "refuse", now + MINUTE_US, reason));
    /* nor before it was asked for */
    assert_false(move_at("head", id, "approve", now - MINUTE_US, (FormPair){{0}, {0}}));
    assert_int_equal(town.err.message, MSG_at_before_last_step);
    /* but late entry of a decision made in between stands */
    town.site->clock_fixed = now + 10 * MINUTE_US;
    assert_true(move_at("head", id, "approve", now + MINUTE_US, (FormPair){{0}, {0}}));
    assert_int_equal(town_int(&town, id, "replied_at"), now + MINUTE_US);
}

static void test_no_late_decision_on_what_has_no_late_entry(void **state)
{
    int64_t id = town_request(&town, "");
    Instant now = town.site->clock_fixed;
    (void)state;
    assert_true(town_move(&town, "intake", id, "void", "void_reason=录错"));
    town.site->clock_fixed = now + 10 * MINUTE_US;
    assert_false(move_at("reviewer", id, "approve", now + MINUTE_US, (FormPair){{0}, {0}}));
    assert_int_equal(town.err.message, MSG_no_backdate);
    assert_true(move_at("reviewer", id, "approve", 0, (FormPair){{0}, {0}}));
}

static void test_a_contact_is_read_now(void **state)
{
    FormPair reason = {S("reason"), S("核实")};
    Instant now = town.site->clock_fixed;
    int64_t id;
    (void)state;
    assert_true(town_create(&town, NULL, "suggestion", "submit",
                            "title=路灯;body=路灯不亮;category=traffic;place=CITY;agree_public=0;"
                            "contact_name=王某;contact_phone=13800138000"));
    id = town.result.record;
    assert_false(move_at("intake", id, "reveal_contact", now - MINUTE_US, reason));
    assert_int_equal(town.err.message, MSG_no_backdate);
    assert_false(move_at("intake", id, "reveal_contact", now + MINUTE_US, reason));
    assert_int_equal(town.err.message, MSG_at_in_future);
    assert_true(move_at("intake", id, "reveal_contact", now, reason));
}

/* A paused clock moves the deadline, so a pause must not begin before there was anything to
 * pause. */
static void test_steps_keep_their_order(void **state)
{
    int64_t id = town_request(&town, "");
    Instant now = town.site->clock_fixed;
    Change pause = {.actor = actor_of("dispatcher"),
                    .record = id,
                    .move = S("suspend"),
                    .version = -1,
                    .at = now + MINUTE_US};
    FormPair pairs[] = {{S("suspend_ground"), S("appraisal")}, {S("suspend_note"), S("鉴定")}};
    FormPair note = {S("urge_note"), S("请抓紧")};
    const Kind *kind;
    Office *office = site_office(town.site);
    (void)state;
    kind = profile_kind(office->profile, S("enterprise_request"));
    pairs[0].text = kind_field(kind, S("suspend_ground"))->choices->items[0].code;
    pause.form = (FormInput){pairs, COUNT_OF(pairs)};
    town.site->clock_fixed = now + 60 * MINUTE_US;
    assert_true(town_move(&town, "unit", id, "reply", "result=resolved;reply=已完成。"));
    assert_true(move_at("head", id, "refuse", 0, (FormPair){S("reason"), S("重写")}));
    assert_true(site_change(town.site, town.arena, &pause, &town.result, &town.err));
    assert_false(move_at("dispatcher", id, "resume", now, (FormPair){{0}, {0}}));
    assert_int_equal(town.err.message, MSG_at_before_last_step);
    assert_true(move_at("dispatcher", id, "resume", now + 2 * MINUTE_US, (FormPair){{0}, {0}}));
    /* What changes no state may be noted whenever it was. */
    assert_true(move_at("supervisor", id, "urge", 0, note));
    office_drop(office);
}

/* ---- what must not stay behind ---- */

static void test_a_reason_is_free_text(void **state)
{
    FormPair reason = {S("reason"), S("核对身份证11010519491231002X")};
    Buf many = buf_open(town.arena);
    int64_t id;
    (void)state;
    assert_true(town_create(&town, NULL, "suggestion", "submit",
                            "title=路灯;body=路灯不亮;category=traffic;place=CITY;agree_public=0;"
                            "contact_name=王某;contact_phone=13800138000"));
    id = town.result.record;
    assert_false(move_at("intake", id, "reveal_contact", 0, reason));
    assert_int_equal(town.err.fields->message, MSG_scan_identity);
    for (int i = 0; i < 501; i++)
        TEXT(&many, "长");
    reason.text = buf_str(&many);
    assert_false(move_at("intake", id, "reveal_contact", 0, reason));
    assert_int_equal(town.err.fields->message, MSG_form_too_long);
    reason.text = S("  ");
    assert_false(move_at("intake", id, "reveal_contact", 0, reason));
    assert_int_equal(town.err.fields->message, MSG_form_required);
    reason.text = S("\xff");
    assert_false(move_at("intake", id, "reveal_contact", 0, reason));
    assert_int_equal(town.err.fields->message, MSG_form_not_utf8);
}

static Str form_hash(const char *key)
{
    DbText q = db_text_open(town.arena);
    Db *db = town_reader(&town);
    DbRows rows;
    Str hash;
    db_sql_literal(&q, "SELECT form_hash FROM entry WHERE key = ");
    db_sql_text(&q, str_from_c(key));
    assert_true(db_run(db, &q, &rows, &town.err));
    assert_true(db_rows_next(&rows));
    hash = str_dup(town.arena, db_rows_blob(&rows, 0));
    assert_true(db_rows_close(&rows, &town.err));
    db_close(db);
    return hash;
}

/* What is kept to know a repeated form again. Without a key of the site in it, a thief of the
 * database could try all telephone numbers against it. */
static void test_the_hash_of_a_form_is_keyed(void **state)
{
    FormPair pairs[] = {{S("title"), S("路灯")},
                        {S("body"), S("路灯不亮")},
                        {S("category"), S("traffic")},
                        {S("place"), S("CITY")},
                        {S("agree_public"), S("0")},
                        {S("contact_name"), S("王某")},
                        {S("contact_phone"), S("13800138000")}};
    const char *keys[] = {"k1", "k2", "k3"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        Change change = {.actor = {ACTOR_PUBLIC, 0, S("public")},
                         .kind = S("suggestion"),
                         .move = S("submit"),
                         .version = -1,
                         .form = {pairs, COUNT_OF(pairs)},
                         .key = str_from_c(keys[i])};
        town.site->keys.code[0] ^= i == 2 ? 1 : 0;
        assert_true(site_change(town.site, town.arena, &change, &town.result, &town.err));
    }
    assert_int_equal(form_hash("k1").n, 32);
    assert_true(str_eq(form_hash("k1"), form_hash("k2")));
    assert_false(str_eq(form_hash("k1"), form_hash("k3")));
}

#define FILE_ID "00112233445566778899aabbccddeeff"

static bool put_file(Db *db, Arena *arena, void *context, Err *err)
{
    (void)arena;
    (void)context;
    return q_attachment_put(db, S(FILE_ID), S("答复.pdf"), S("application/pdf"), 5, S("00"), 1,
                            err);
}

/* Tidying takes what nobody named for a day; a decision may take longer, and needs the file. */
static void test_a_file_is_the_records_while_it_waits(void **state)
{
    int64_t id = town_request(&town, "");
    Job put = {.housekeep = put_file, .arena = town.arena};
    QAttachmentRow row;
    bool found;
    Db *db;
    (void)state;
    assert_true(writer_run(town.site->writer, &put, &town.err));
    assert_true(town_move(&town, "unit", id, "reply",
                          "result=resolved;reply=已完成。;reply_file=" FILE_ID));
    assert_true(town.result.pending);
    db = town_reader(&town);
    assert_true(q_attachment_get(db, town.arena, S(FILE_ID), &row, &found, &town.err));
    assert_true(found);
    assert_int_equal(row.record, id);
    db_close(db);
}

static int64_t file_owner(void)
{
    QAttachmentRow row;
    bool found;
    Db *db = town_reader(&town);
    assert_true(q_attachment_get(db, town.arena, S(FILE_ID), &row, &found, &town.err));
    assert_true(found && !row.record_is_null);
    db_close(db);
    return row.record;
}

/* Whoever named it first has it, also when nothing of the batch was written yet. */
static void test_two_cannot_have_one_file(void **state)
{
    FormPair answer[] = {
        {S("result"), S("resolved")}, {S("reply"), S("已完成。")}, {S("reply_file"), S(FILE_ID)}};
    Waiting *asks = NEW_ARRAY(town.arena, Waiting, 2);
    Job put = {.housekeep = put_file, .arena = town.arena};
    (void)state;
    assert_true(writer_run(town.site->writer, &put, &town.err));
    for (size_t i = 0; i < 2; i++)
        asks[i].change = (Change){.record = town_request(&town, ""),
                                  .move = S("reply"),
                                  .form = {answer, COUNT_OF(answer)}};
    in_one_batch(&town, &asks[0], actor_of("unit"), &asks[1], actor_of("unit"));
    assert_true(waiting_finish(&town, &asks[0]));
    assert_false(waiting_finish(&town, &asks[1]));
    assert_int_equal(town.err.fields->message, MSG_attachment_unknown);
    assert_int_equal(file_owner(), asks[0].change.record);
    /* Its own record may name it again. */
    assert_true(town_move(&town, "head", asks[0].change.record, "refuse", "reason=重写"));
    assert_true(town_move(&town, "unit", asks[0].change.record, "reply",
                          "result=resolved;reply=已完成。;reply_file=" FILE_ID));
}

/* The file that a draft names for record 1: it is another's, or there is none. */
static bool claim_file(Db *db, Arena *arena, void *context, Err *err)
{
    Draft draft = {.arena = arena};
    *vec_push(arena, &draft.assignments) = (Assignment){
        .record = 1, .name = STR(arena, FILE_PREFIX, str_from_c(context)), .is_text = true};
    return keep_draft(town.site, db, &draft, 1, err);
}

static void test_a_claim_that_changes_nothing_is_an_error(void **state)
{
    char file[] = FILE_ID, nothing[] = "ff";
    Job put = {.housekeep = put_file, .arena = town.arena};
    Job claim = {.housekeep = claim_file, .context = file, .arena = town.arena};
    (void)state;
    assert_true(writer_run(town.site->writer, &put, &town.err));
    assert_true(town_move(&town, "unit", town_request(&town, ""), "reply",
                          "result=resolved;reply=已完成。;reply_file=" FILE_ID));
    assert_false(writer_run(town.site->writer, &claim, &town.err));
    assert_int_equal(town.err.code, ERR_INTERNAL);
    claim.context = nothing;
    assert_false(writer_run(town.site->writer, &claim, &town.err));
    assert_int_equal(town.err.code, ERR_INTERNAL);
}

/* Puts the first record's box into the second's row, as somebody with the database could. */
static bool move_box(Db *db, Arena *arena, void *context, Err *err)
{
    const int64_t *ids = context;
    QContactGet row;
    bool found;
    return q_contact_get(db, arena, ids[0], &row, &found, err) && found &&
           q_contact_put(db, ids[1], row.sealed, err);
}

static void test_a_contact_opens_at_its_own_record_only(void **state)
{
    int64_t ids[2];
    Job swap = {.housekeep = move_box, .context = ids, .arena = town.arena};
    Contact contact;
    Db *db;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        assert_true(
            town_create(&town, NULL, "suggestion", "submit",
                        i ? "title=路灯;body=不亮;category=traffic;place=CITY;agree_public=0;"
                            "contact_name=李某;contact_phone=13900139000"
                          : "title=路灯;body=不亮;category=traffic;place=CITY;agree_public=0;"
                            "contact_name=王某;contact_phone=13800138000"));
        ids[i] = town.result.record;
    }
    db = town_reader(&town);
    assert_true(contact_open(town.arena, town.site, db, ids[1], &contact, &town.err));
    assert_text(contact.name, "李某");
    assert_text(contact.phone, "13900139000");
    db_close(db);
    assert_true(writer_run(town.site->writer, &swap, &town.err));
    db = town_reader(&town);
    assert_false(contact_open(town.arena, town.site, db, ids[1], &contact, &town.err));
    assert_int_equal(town.err.message, MSG_contact_unreadable);
    db_close(db);
}

#define ABUSE_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ABUSE_TEST(test_no_child_of_what_one_cannot_open),
        ABUSE_TEST(test_seeing_the_parent_is_not_enough),
        ABUSE_TEST(test_no_child_of_what_was_voided),
        ABUSE_TEST(test_no_child_of_what_is_not_worked_on),
        ABUSE_TEST(test_who_answered_in_an_earlier_round_never_closes),
        ABUSE_TEST(test_erasing_takes_back_what_waits),
        ABUSE_TEST(test_a_decision_is_not_made_tomorrow),
        ABUSE_TEST(test_no_late_decision_on_what_has_no_late_entry),
        ABUSE_TEST(test_a_contact_is_read_now),
        ABUSE_TEST(test_steps_keep_their_order),
        ABUSE_TEST(test_a_reason_is_free_text),
        ABUSE_TEST(test_the_hash_of_a_form_is_keyed),
        ABUSE_TEST(test_a_file_is_the_records_while_it_waits),
        ABUSE_TEST(test_two_cannot_have_one_file),
        ABUSE_TEST(test_a_claim_that_changes_nothing_is_an_error),
        ABUSE_TEST(test_a_contact_opens_at_its_own_record_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
