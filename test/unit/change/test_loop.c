/* SPDX-License-Identifier: Apache-2.0 */
/* The closed loop, move by move, on the real profile. */
#include "support.h"

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

static void reply(int64_t id)
{
    assert_true(town_move(&town, "unit", id, "reply", "result=resolved;reply=已完成增容接电。"));
    assert_true(town.result.pending);
    assert_true(town_move(&town, "head", id, "approve", ""));
}

static void test_from_submission_to_closing(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    assert_text(town_text(&town, id, "number"), "QS-2023-00001");
    assert_text(town_text(&town, id, "status"), "in_progress");
    /* Ten working days after 1 March: 15 March. */
    assert_text(day_text(town.arena, (Day)town_int(&town, id, "due_on")), "2023-03-15");
    reply(id);
    assert_text(town_text(&town, id, "status"), "replied");
    assert_text(town_text(&town, id, "result"), "resolved");
    assert_int_equal(town_int(&town, id, "on_time"), 1);
    assert_true(
        town_move(&town, NULL, id, "rate", "attitude_rating=satisfied;outcome_rating=satisfied"));
    assert_true(town_move(&town, "supervisor", id, "close", ""));
    assert_text(town_text(&town, id, "status"), "closed");
    assert_true(town_int(&town, id, "closed_at") > 0);
}

static void test_numbers_have_no_gap(void **state)
{
    int64_t entries;
    (void)state;
    assert_true(town_create(
        &town, NULL, "enterprise_request", "submit",
        "title=一;body=情况;company_name=甲;category=utilities;place=CITY;agree_public=0"));
    entries = town_count(&town, "entry");
    assert_false(town_create(&town, NULL, "enterprise_request", "submit", "title=缺项"));
    assert_int_equal(town.err.code, ERR_INVALID_FORM);
    assert_non_null(town.err.fields);
    assert_non_null(town.err.fields->next); /* every wrong field at once */
    assert_int_equal(town_count(&town, "entry"), entries);
    assert_true(town_create(
        &town, NULL, "enterprise_request", "submit",
        "title=二;body=情况;company_name=乙;category=utilities;place=CITY;agree_public=0"));
    assert_text(town.result.number, "QS-2023-00002");
    assert_int_equal(town.result.code.n, 10);
}

static void test_nobody_closes_own_work(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    reply(id);
    assert_false(town_move(&town, "unit", id, "close", ""));
    assert_int_equal(town.err.code, ERR_FORBIDDEN);
    assert_false(town_move(&town, "supervisor", id, "close", "")); /* the rating window runs */
    assert_int_equal(town.err.message, MSG_wait_runs_for);
    town_clock(&town, "2023-03-17T09:00:00+08:00");
    assert_true(town_move(&town, "supervisor", id, "close", ""));
}

static void test_second_person(void **state)
{
    int64_t id;
    (void)state;
    assert_true(town_create(
        &town, NULL, "enterprise_request", "submit",
        "title=一;body=情况;company_name=甲;category=utilities;place=CITY;agree_public=0"));
    id = town.result.record;
    assert_true(town_move(&town, "intake", id, "decline",
                          "decline_ground=litigation;decline_note=请向人民法院起诉。"));
    assert_true(town.result.pending);
    assert_text(town_text(&town, id, "status"), "submitted");
    assert_false(town_move(&town, "intake", id, "approve", ""));
    assert_int_equal(town.err.code, ERR_FORBIDDEN);
    assert_false(town_move(&town, "intake", id, "accept", "category=utilities;place=CITY"));
    assert_int_equal(town.err.message, MSG_waits_for_second_person);
    assert_false(town_move(&town, "reviewer", id, "refuse", ""));
    assert_true(town_move(&town, "reviewer", id, "refuse", "reason=属于本市职责，应当受理。"));
    assert_int_equal(town_value(&town, id, "pending").type, VALUE_NONE);
    assert_true(town_move(&town, "intake", id, "decline",
                          "decline_ground=litigation;decline_note=请向人民法院起诉。"));
    assert_true(town_move(&town, "reviewer", id, "approve", ""));
    assert_text(town_text(&town, id, "status"), "declined");
    assert_text(town_text(&town, id, "decline_ground"), "litigation");
}

static void test_return_once(void **state)
{
    int64_t id;
    (void)state;
    id = town_request(&town, "");
    assert_false(
        town_move(&town, "head", id, "return", "return_reason=不属本局职责。")); /* too late */
    assert_true(town_create(
        &town, NULL, "enterprise_request", "submit",
        "title=二;body=情况;company_name=乙;category=utilities;place=CITY;agree_public=0"));
    id = town.result.record;
    assert_true(town_move(&town, "intake", id, "accept", "category=utilities;place=CITY"));
    assert_true(town_move(&town, "dispatcher", id, "assign", "lead=CITY-A;complexity=simple"));
    assert_true(town_move(&town, "head", id, "return", "return_reason=不属本局职责。"));
    assert_true(town_move(&town, "dispatcher", id, "uphold_assignment",
                          "return_decision=按职责清单由甲局办理。"));
    assert_false(town_move(&town, "head", id, "return", "return_reason=仍不属本局职责。"));
    assert_int_equal(town.err.message, MSG_guard);
}

static void test_clock_extends_and_pauses(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    town_clock(&town, "2023-03-06T09:00:00+08:00");
    assert_true(town_move(&town, "dispatcher", id, "suspend",
                          "suspend_ground=expert_appraisal;suspend_note=等待鉴定。"));
    assert_int_equal(town_value(&town, id, "red_at").type, VALUE_NONE);
    town_clock(&town, "2023-03-08T09:00:00+08:00");
    assert_true(town_move(&town, "dispatcher", id, "resume", ""));
    assert_text(day_text(town.arena, (Day)town_int(&town, id, "due_on")), "2023-03-17");
    assert_true(
        town_move(&town, "head", id, "extend", "new_due_on=2023-03-22;extend_reason=设备未到货。"));
    assert_true(town_move(&town, "dispatcher", id, "approve", ""));
    assert_text(day_text(town.arena, (Day)town_int(&town, id, "due_on")), "2023-03-22");
    assert_false(
        town_move(&town, "head", id, "extend", "new_due_on=2023-03-29;extend_reason=再延。"));
    assert_int_equal(town.err.message, MSG_guard);
}

/* The only extension is one that was granted (domain 2.1: once by default). */
static void test_a_refused_extension_does_not_count(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    assert_true(
        town_move(&town, "unit", id, "extend", "new_due_on=2023-03-22;extend_reason=设备未到货。"));
    assert_true(town_move(&town, "dispatcher", id, "refuse", "reason=期限内可以办完。"));
    assert_int_equal(town_int(&town, id, "extensions"), 0);
    assert_true(
        town_move(&town, "unit", id, "extend", "new_due_on=2023-03-20;extend_reason=仍未到货。"));
    assert_true(town_move(&town, "dispatcher", id, "approve", ""));
    assert_int_equal(town_int(&town, id, "extensions"), 1);
}

/* What approving would refuse is refused to whoever asks, beside the field. */
static void test_an_extension_ends_later_than_the_limit(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    assert_false(
        town_move(&town, "unit", id, "extend", "new_due_on=2023-03-15;extend_reason=同一天。"));
    assert_int_equal(town.err.code, ERR_INVALID_FORM);
    assert_text(town.err.fields->field, "new_due_on");
    assert_int_equal(town.err.fields->message, MSG_new_due_not_later);
    assert_int_equal(town_value(&town, id, "pending").type, VALUE_NONE);
    assert_true(
        town_move(&town, "unit", id, "extend", "new_due_on=2023-03-16;extend_reason=多一天。"));
}

static bool hold(const char *held_on)
{
    Str form = STR(town.arena, "title=一期;place=CITY;head_count=3;held_on=", str_from_c(held_on));
    return town_create(&town, "office", "reception_session", "hold", str_c(town.arena, form));
}

/* What has happened is not in the future; the number has the year it happened in. */
static void test_what_happened_is_past(void **state)
{
    (void)state;
    assert_false(hold("2023-03-02"));
    assert_int_equal(town.err.code, ERR_INVALID_FORM);
    assert_text(town.err.fields->field, "held_on");
    assert_int_equal(town.err.fields->message, MSG_day_in_future);
    assert_true(hold("2023-03-01"));
    assert_text(town_text(&town, town.result.record, "number"), "HKT-2023-01");
    assert_true(hold("2022-12-30"));
    assert_text(town_text(&town, town.result.record, "number"), "HKT-2022-01");
}

static void test_what_is_promised_is_not_past(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    assert_false(town_move(&town, "unit", id, "reply",
                           "result=planned;reply=列入计划。;promise_on=2023-02-28"));
    assert_text(town.err.fields->field, "promise_on");
    assert_int_equal(town.err.fields->message, MSG_day_in_past);
    assert_true(town_move(&town, "unit", id, "reply",
                          "result=planned;reply=列入计划。;promise_on=2023-03-01"));
}

static void test_co_unit_blocks_closing(void **state)
{
    int64_t id = town_request(&town, "CITY-B"), child;
    Db *db = town_reader(&town);
    Record *children;
    size_t count;
    (void)state;
    assert_true(
        record_children(town.arena, db, id, S("co_handling"), &children, &count, &town.err));
    db_close(db);
    assert_int_equal(count, 1);
    child = children[0].id;
    assert_int_equal(town_int(&town, id, "open_co_handling"), 1);
    reply(id);
    assert_true(
        town_move(&town, NULL, id, "rate", "attitude_rating=satisfied;outcome_rating=satisfied"));
    assert_false(town_move(&town, "supervisor", id, "close", ""));
    assert_int_equal(town.err.message, MSG_guard);
    assert_false(town_move(&town, "unit", child, "answer", "opinion=替别的单位答复。"));
    assert_true(town_move(&town, "unit_b", child, "answer", "opinion=同意主办单位意见。"));
    assert_int_equal(town_int(&town, id, "open_co_handling"), 0);
    assert_true(town_move(&town, "supervisor", id, "close", ""));
}

/* One kind of co-handling serves every kind of matter. */
static void test_a_child_kind_may_have_several_parents(void **state)
{
    int64_t id, request = town_request(&town, "");
    (void)state;
    assert_true(town_create(&town, "intake", "suggestion", "submit",
                            "title=公交加密;body=早高峰候车过久。;category=traffic;place=CITY;"
                            "agree_public=1"));
    id = town.result.record;
    assert_true(town_move(&town, "intake", id, "accept", "category=traffic;place=CITY"));
    assert_true(town_move(&town, "dispatcher", id, "assign",
                          "lead=CITY-A;complexity=general;co_units=CITY-B"));
    assert_int_equal(town_int(&town, id, "open_co_handling"), 1);
    assert_true(
        town_create(&town, "dispatcher", "co_handling", "ask", "parent=JY-2023-00001;lead=CITY-C"));
    assert_int_equal(town_int(&town, town.result.record, "parent"), id);
    assert_int_equal(town_int(&town, id, "open_co_handling"), 2);
    assert_true(
        town_create(&town, "dispatcher", "co_handling", "ask", "parent=QS-2023-00001;lead=CITY-C"));
    assert_int_equal(town_int(&town, town.result.record, "parent"), request);
    assert_true(town_create(&town, "cli", "reception_session", "hold",
                            "title=一期;held_on=2023-03-01;place=CITY;head_count=3"));
    assert_false(
        town_create(&town, "dispatcher", "co_handling", "ask", "parent=HKT-2023-01;lead=CITY-C"));
    assert_int_equal(town.err.fields->message, MSG_form_no_such_record);
}

static int64_t recommendation(const char *number, const char *gist)
{
    Str form = STR(town.arena, "parent=", number, ";gist=", gist);
    assert_true(town_create(&town, "unit", "recommendation", "propose", str_c(town.arena, form)));
    return town.result.record;
}

static int64_t suggestion(void)
{
    int64_t id;
    assert_true(town_create(&town, "intake", "suggestion", "submit",
                            "title=公交加密;body=早高峰候车过久。;category=traffic;place=CITY;"
                            "agree_public=1"));
    id = town.result.record;
    assert_true(town_move(&town, "intake", id, "accept", "category=traffic;place=CITY"));
    assert_true(town_move(&town, "dispatcher", id, "assign", "lead=CITY-A;complexity=general"));
    return id;
}

/* Nothing repeats inside a record: what a suggestion recommends is answered one by one. */
static void test_recommendations_are_adopted_one_by_one(void **state)
{
    static const char reply[] = "result=resolved;reply=已加密班次。;adoption=partly_adopted";
    int64_t id = suggestion(), first, second;
    (void)state;
    assert_false(town_create(&town, "unit", "recommendation", "propose",
                             "parent=JY-2023-00001;gist=加密班次"));
    assert_int_equal(town.err.message, MSG_guard);
    assert_true(town_move(&town, "unit", id, "acknowledge", ""));
    assert_false(town_create(&town, "unit_b", "recommendation", "propose",
                             "parent=JY-2023-00001;gist=替别的单位列"));
    first = recommendation("JY-2023-00001", "加密早高峰班次");
    second = recommendation("JY-2023-00001", "新开夜间专线");
    assert_int_equal(town_int(&town, first, "lead"), town_int(&town, id, "lead"));
    assert_true(town_move(&town, "unit", first, "adopt", "measure=早高峰增开四班。"));
    assert_false(town_move(&town, "unit", id, "reply", reply));
    assert_int_equal(town.err.message, MSG_guard);
    assert_false(town_move(&town, "unit", second, "leave", ""));
    assert_int_equal(town.err.code, ERR_INVALID_FORM);
    assert_true(town_move(&town, "unit", second, "leave", "not_adopted_reason=客流不足。"));
    assert_int_equal(town_value(&town, second, "adopted_at").type, VALUE_NONE);
    assert_true(town_move(&town, "unit", id, "reply", reply));
    assert_int_equal(town_int(&town, id, "children_recommendation"), 2);
}

static void assert_none_opens(int64_t recommendation_id)
{
    assert_false(town_create(&town, "unit", "recommendation", "propose",
                             "parent=JY-2023-00001;gist=新开夜间专线"));
    assert_int_equal(town.err.message, MSG_guard);
    assert_false(town_move(&town, "head", recommendation_id, "reconsider", ""));
    assert_int_equal(town.err.message, MSG_guard);
}

/* The answer says that all were answered: from when it is asked for, none is opened beside it. */
static void test_an_answer_leaves_no_recommendation_open(void **state)
{
    static const char reply[] = "result=resolved;reply=已加密班次。;adoption=adopted";
    int64_t id = suggestion(), first;
    (void)state;
    assert_true(town_move(&town, "unit", id, "acknowledge", ""));
    first = recommendation("JY-2023-00001", "加密早高峰班次");
    assert_true(town_move(&town, "unit", first, "adopt", "measure=早高峰增开四班。"));
    assert_true(town_move(&town, "unit", id, "reply", reply));
    assert_none_opens(first);
    assert_true(town_move(&town, "head", id, "refuse", "reason=再议"));
    assert_true(town_move(&town, "head", first, "reconsider", ""));
    assert_true(town_move(&town, "unit", first, "adopt", "measure=早高峰增开六班。"));
    assert_true(town_move(&town, "unit", id, "reply", reply));
    assert_true(town_move(&town, "head", id, "approve", ""));
    assert_none_opens(first);
    assert_true(town_move(&town, "supervisor", id, "reopen", "reopen_reason=夜间仍不便"));
    (void)recommendation("JY-2023-00001", "新开夜间专线");
    assert_int_equal(town_int(&town, id, "open_recommendation"), 1);
    assert_false(town_move(&town, "unit", id, "reply", reply));
    assert_int_equal(town.err.message, MSG_guard);
}

/* A request for something else, waiting beside it, is no answer. */
static void test_an_extension_does_not_stop_recommendations(void **state)
{
    int64_t id = suggestion();
    (void)state;
    assert_true(town_move(&town, "unit", id, "acknowledge", ""));
    assert_true(
        town_move(&town, "unit", id, "extend", "new_due_on=2023-04-28;extend_reason=需要论证"));
    assert_true(town.result.pending);
    (void)recommendation("JY-2023-00001", "加密早高峰班次");
}

static void test_merged_are_answered_too(void **state)
{
    int64_t first = town_request(&town, ""), second;
    (void)state;
    assert_true(town_create(&town, NULL, "enterprise_request", "submit",
                            "title=增容太慢;body=同样的情况;company_name=丙;category=utilities;"
                            "place=CITY;agree_public=0"));
    second = town.result.record;
    assert_true(town_move(&town, "intake", second, "accept", "category=utilities;place=CITY"));
    assert_true(town_move(&town, "intake", second, "merge", "merged_into=QS-2023-00001"));
    assert_text(town_text(&town, second, "status"), "merged");
    reply(first);
    assert_true(town_move(&town, NULL, first, "rate",
                          "attitude_rating=satisfied;outcome_rating=satisfied"));
    assert_true(town_move(&town, "supervisor", first, "close", ""));
    assert_text(town_text(&town, second, "reply"), "已完成增容接电。");
    assert_true(town_int(&town, second, "answered_at") > 0);
}

static void test_reopen_at_most_twice(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    for (int round = 0; round < 2; round++) {
        reply(id);
        assert_true(town_move(&town, "intake", id, "reopen", "reopen_reason=没有通电。"));
        assert_int_equal(town_int(&town, id, "rounds"), round + 1);
        assert_int_equal(town_value(&town, id, "replied_at").type, VALUE_NONE);
    }
    reply(id);
    assert_false(town_move(&town, "intake", id, "reopen", "reopen_reason=还是没有。"));
    assert_int_equal(town.err.message, MSG_guard);
}

static void test_free_text_is_scanned(void **state)
{
    (void)state;
    assert_false(town_create(
        &town, NULL, "suggestion", "submit",
        "title=反映;body=请打 138 0013 8000 联系;category=traffic;place=CITY;agree_public=0"));
    assert_int_equal(town.err.code, ERR_INVALID_FORM);
    assert_int_equal(town.err.fields->message, MSG_scan_phone);
    assert_false(town_create(
        &town, NULL, "suggestion", "submit",
        "title=身份;body=证号 11010519491231002X;category=traffic;place=CITY;agree_public=0"));
    assert_int_equal(town.err.fields->message, MSG_scan_identity);
}

static void test_contact_is_sealed(void **state)
{
    int64_t id;
    Change read = {.actor = {ACTOR_PUBLIC, 0, S("public")}};
    (void)state;
    (void)read;
    assert_true(town_create(&town, NULL, "suggestion", "submit",
                            "title=路灯;body=路灯不亮;category=traffic;place=CITY;agree_public=0;"
                            "contact_name=王某;contact_phone=13800138000"));
    id = town.result.record;
    assert_int_equal(town_int(&town, id, "has_contact"), 1);
    assert_int_equal(town_value(&town, id, "contact_phone").type, VALUE_NONE);
    assert_int_equal(town_count(&town, "record_contact"), 1);
    assert_false(town_move(&town, "unit", id, "reveal_contact", "reason=核实"));
    assert_true(town_move(&town, "cli", id, "erase_contact", ""));
    assert_int_equal(town_count(&town, "record_contact"), 0);
}

static void test_same_key_same_answer(void **state)
{
    FormPair pairs[] = {{S("title"), S("路灯")},
                        {S("body"), S("路灯不亮")},
                        {S("category"), S("traffic")},
                        {S("place"), S("CITY")},
                        {S("agree_public"), S("0")}};
    Change change = {.actor = {ACTOR_PUBLIC, 0, S("public")},
                     .kind = S("suggestion"),
                     .move = S("submit"),
                     .version = -1,
                     .form = {pairs, COUNT_OF(pairs)},
                     .key = S("k1")};
    ChangeResult first, second;
    (void)state;
    assert_true(site_change(town.site, town.arena, &change, &first, &town.err));
    assert_true(site_change(town.site, town.arena, &change, &second, &town.err));
    assert_true(second.repeated);
    assert_int_equal(first.record, second.record);
    assert_true(str_eq(first.code, second.code));
    pairs[0].text = S("别的");
    assert_false(site_change(town.site, town.arena, &change, &second, &town.err));
    assert_int_equal(town.err.code, ERR_CONFLICT);
}

static void test_stale_version(void **state)
{
    int64_t id = town_request(&town, "");
    Change change = {
        .actor = {ACTOR_CLI, 0, S("cli:test")}, .record = id, .move = S("suspend"), .version = 1};
    (void)state;
    assert_false(site_change(town.site, town.arena, &change, &town.result, &town.err));
    assert_int_equal(town.err.code, ERR_STALE);
}

static void test_void_needs_two(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    assert_true(town_move(&town, "intake", id, "void", "void_reason=重复登记。"));
    assert_true(town.result.pending);
    assert_true(town_move(&town, "reviewer", id, "approve", ""));
    assert_true(town_int(&town, id, "voided_at") > 0);
    assert_false(town_move(&town, "unit", id, "reply", "result=resolved;reply=完成。"));
    assert_int_equal(town.err.message, MSG_record_voided);
}

static void test_no_organisation_below_itself(void **state)
{
    (void)state;
    for (int64_t id = 1; id < 12; id++) {
        if (!str_eq(town_text(&town, id, "code"), S("CITY")))
            continue;
        assert_false(town_move(&town, "cli", id, "move", "parent_org=CITY-A;moved_on=2023-03-01"));
        assert_int_equal(town.err.fields->message, MSG_org_parent_below);
        return;
    }
    fail();
}

#define LOOP_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOOP_TEST(test_from_submission_to_closing),
        LOOP_TEST(test_numbers_have_no_gap),
        LOOP_TEST(test_nobody_closes_own_work),
        LOOP_TEST(test_second_person),
        LOOP_TEST(test_return_once),
        LOOP_TEST(test_clock_extends_and_pauses),
        LOOP_TEST(test_a_refused_extension_does_not_count),
        LOOP_TEST(test_an_extension_ends_later_than_the_limit),
        LOOP_TEST(test_what_happened_is_past),
        LOOP_TEST(test_what_is_promised_is_not_past),
        LOOP_TEST(test_co_unit_blocks_closing),
        LOOP_TEST(test_a_child_kind_may_have_several_parents),
        LOOP_TEST(test_recommendations_are_adopted_one_by_one),
        LOOP_TEST(test_an_answer_leaves_no_recommendation_open),
        LOOP_TEST(test_an_extension_does_not_stop_recommendations),
        LOOP_TEST(test_merged_are_answered_too),
        LOOP_TEST(test_reopen_at_most_twice),
        LOOP_TEST(test_free_text_is_scanned),
        LOOP_TEST(test_contact_is_sealed),
        LOOP_TEST(test_same_key_same_answer),
        LOOP_TEST(test_stale_version),
        LOOP_TEST(test_void_needs_two),
        LOOP_TEST(test_no_organisation_below_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
