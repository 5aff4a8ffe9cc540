/* SPDX-License-Identifier: Apache-2.0 */
/* Random desks make random moves on random records, most of them refused. Whatever happens: the
 * journal is dense, a refused change leaves nothing behind, and folding the entries alone gives the
 * records that the database holds. */
#include "change/fold.h"
#include "change/journal.h"
#include "query.h"
#include "support.h"

#define STEPS 600

typedef struct Try {
    const char *login, *move, *form;
} Try;

static const Try tries[] = {
    {"intake", "accept", "category=utilities;place=CITY"},
    {"intake", "decline", "decline_ground=litigation;decline_note=请走诉讼。"},
    {"reviewer", "approve", ""},
    {"reviewer", "refuse", "reason=理由不足。"},
    {"dispatcher", "assign", "lead=CITY-A;complexity=simple;co_units=CITY-B"},
    {"dispatcher", "assign", "lead=CITY-B;complexity=complex"},
    {"unit", "acknowledge", ""},
    {"unit_b", "acknowledge", ""},
    {"head", "return", "return_reason=不属职责。"},
    {"dispatcher", "agree_return", "return_decision=同意。"},
    {"dispatcher", "uphold_assignment", "return_decision=维持。"},
    {"dispatcher", "suspend", "suspend_ground=expert_appraisal;suspend_note=鉴定。"},
    {"dispatcher", "resume", ""},
    {"unit", "reply", "result=resolved;reply=已解决。"},
    {"unit", "reply", "result=planned;reply=列入计划。;promise_on=2023-09-01"},
    {"head", "approve", ""},
    {NULL, "rate",
     "attitude_rating=satisfied;outcome_rating=dissatisfied;rating_reason=没有办好。"},
    {NULL, "rate", "attitude_rating=satisfied;outcome_rating=satisfied"},
    {"supervisor", "close", ""},
    {"intake", "reopen", "reopen_reason=还有问题。"},
    {"unit_b", "answer", "opinion=没有意见。"},
    {"intake", "void", "void_reason=登记错误。"},
    {"intake", "merge", "merged_into=QS-2023-00001"},
    {NULL, "withdraw", "withdraw_reason=已经解决。"},
    {"cli", "erase_text", ""},
};

static int64_t random_record(Town *town, RandomSource *random, int64_t first)
{
    int64_t n = town_count(town, "record");
    return first + (int64_t)random_below(random, (uint64_t)(n - first + 1));
}

static bool random_step(Town *town, RandomSource *random, int64_t first)
{
    const Try *try = &tries[random_below(random, COUNT_OF(tries))];
    if (random_below(random, 12) == 0)
        return town_create(town, NULL, "enterprise_request", "submit",
                           "title=随机;body=随机的情况。;company_name=某企业;category=utilities;"
                           "place=CITY;agree_public=1");
    if (strcmp(try->move, "erase_text") == 0 && random_below(random, 8) != 0)
        return false;
    town->site->clock_fixed += (Instant)random_below(random, 6 * 3600) * SECOND_US;
    return town_move(town, try->login, random_record(town, random, first), try->move, try->form);
}

static bool compare_record(void *context, const Record *record, Err *err)
{
    SiteState *folded = context;
    StateRecord *other = state_find(folded, record->id, err);
    Buf ours = buf_open(folded->arena), theirs = buf_open(folded->arena);
    assert_non_null(other);
    values_write(&ours, &record->values);
    values_write(&theirs, &other->now.values);
    assert_int_equal(ours.n, theirs.n);
    assert_memory_equal(ours.p, theirs.p, ours.n);
    assert_int_equal(record->version, other->now.version);
    return true;
}

static void compare_all(Town *town)
{
    Db *db = town_reader(town);
    SiteState folded = state_open(town->arena, NULL);
    QEntryRow *rows;
    size_t count;
    assert_true(q_entry_after_all(db, town->arena, 0, &rows, &count, &town->err));
    for (size_t i = 0; i < count; i++) {
        Entry entry;
        assert_int_equal(rows[i].sequence, i + 1);
        assert_true(journal_read(town->arena, &rows[i], &entry, &town->err));
        assert_true(fold_entry(&folded, &entry, &town->err));
    }
    assert_true(record_each(db, compare_record, &folded, &town->err));
    db_close(db);
}

static void test_fold_alone_gives_the_records(void **state)
{
    Town town = town_open();
    RandomSource random = random_seeded(20231);
    int64_t first, made = 0;
    (void)state;
    assert_true(town_create(&town, NULL, "enterprise_request", "submit",
                            "title=第一件;body=情况。;company_name=某企业;category=utilities;"
                            "place=CITY;agree_public=1"));
    first = town.result.record;
    for (int i = 0; i < STEPS; i++) {
        int64_t entries = town_count(&town, "entry");
        bool done = random_step(&town, &random, first);
        assert_int_equal(town_count(&town, "entry"), entries + done);
        made += done;
    }
    assert_true(made > STEPS / 10); /* else the test would show nothing */
    compare_all(&town);
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fold_alone_gives_the_records)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
