/* SPDX-License-Identifier: Apache-2.0 */
/* The patterns of doc/profile-format.md, taken from there and run. */
#include "support.h"

#include <stdio.h>

#include "base/buf.h"

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

static Str document(void)
{
    size_t size = 1 << 20;
    char *text = arena_alloc(town.arena, size);
    Str path = STR(town.arena, getenv("TONGXIN_PROFILES"), "/../doc/profile-format.md");
    FILE *file = fopen(str_c(town.arena, path), "r");
    assert_non_null(file);
    size = fread(text, 1, size, file);
    fclose(file);
    return (Str){text, size};
}

/* The example that begins with this line. */
static Str example(const char *first)
{
    Str text = document();
    size_t from = str_find(text, STR(town.arena, "```yaml\n", str_from_c(first)), 0);
    assert_true(from != SIZE_MAX);
    from += S("```yaml\n").n;
    return str_slice(text, from, str_find(text, S("```"), from));
}

/* The desks that work on matters work on notices too. */
static Str with_notices(Str bundle)
{
    Str desks = S("kinds: [suggestion, enterprise_request, co_handling, recommendation");
    Buf buf = buf_open(town.arena);
    size_t at = 0, hit;
    while ((hit = str_find(bundle, desks, at)) != SIZE_MAX) {
        TEXT(&buf, str_slice(bundle, at, hit), desks, ", notice");
        at = hit + desks.n;
    }
    assert_true(at > 0);
    buf_add(&buf, str_slice(bundle, at, bundle.n));
    return buf_str(&buf);
}

/* `more` is put over the example. */
static void adopt_notices(const char *more)
{
    Str bundle =
        STR(town.arena, with_notices(town_bundle(&town)), "%%% tongling/pattern.yaml\n",
            example("flow: notice\n"),
            "---\nkind: notice\nlabel: {zh: 通报, en: Notice}\ntitle: title\nflow: notice\n"
            "fields:\n"
            "  - {name: title, type: text, required: true, label: {zh: 标题, en: Title}}\n"
            "  - {name: lead, type: organisation, label: {zh: 单位, en: Unit}}\n"
            "  - {name: place, type: place, label: {zh: 区域, en: Area}}\n",
            str_from_c(more));
    assert_true(town_adopt(&town, bundle));
}

static int64_t signed_notice(void)
{
    int64_t id;
    assert_true(town_create(&town, "unit", "notice", "draft",
                            "title=关于整改的通报;lead=CITY-A;place=CITY"));
    id = town.result.record;
    assert_true(town_move(&town, "unit", id, "sign", ""));
    assert_true(town.result.pending);
    assert_false(town_move(&town, "supervisor", id, "issue", "")); /* not before the head */
    assert_true(town_move(&town, "head", id, "approve", ""));
    assert_text(town_text(&town, id, "status"), "signed");
    return id;
}

static void test_two_approvals_are_two_persons(void **state)
{
    int64_t id;
    (void)state;
    adopt_notices("");
    id = signed_notice();
    assert_false(town_move(&town, "unit", id, "issue", ""));
    assert_false(town_move(&town, "head", id, "issue", ""));
    assert_true(town_move(&town, "supervisor", id, "issue", ""));
    assert_text(town_text(&town, id, "status"), "issued");
}

static void test_the_second_may_send_it_back(void **state)
{
    int64_t id;
    (void)state;
    adopt_notices("");
    id = signed_notice();
    assert_true(town_move(&town, "supervisor", id, "send_back", "send_back_reason=缺少依据。"));
    assert_text(town_text(&town, id, "status"), "drafted");
    assert_int_equal(town_value(&town, id, "signed_at").type, VALUE_NONE);
    assert_true(town_move(&town, "unit", id, "sign", ""));
    assert_true(town_move(&town, "head", id, "approve", ""));
    assert_true(town_move(&town, "supervisor", id, "issue", ""));
}

/* Also where the role could do both: whoever approved the first does not make the second. */
static void test_who_approved_the_first_does_not_make_the_second(void **state)
{
    int64_t id;
    (void)state;
    adopt_notices("%%% zz/heads.yaml\nflow: notice\n"
                  "moves: [{name: issue, who: [unit_head, supervisor]}]\n");
    id = signed_notice();
    assert_false(town_move(&town, "head", id, "issue", ""));
    assert_int_equal(town.err.message, MSG_second_person_needed);
    assert_true(town_move(&town, "supervisor", id, "issue", ""));
}

#define PATTERN_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PATTERN_TEST(test_two_approvals_are_two_persons),
        PATTERN_TEST(test_the_second_may_send_it_back),
        PATTERN_TEST(test_who_approved_the_first_does_not_make_the_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
