/* SPDX-License-Identifier: Apache-2.0 */
/* No record that counts names a voided one: doubles are merged, children fall with their parent,
 * and what others name stays until they are corrected. */
#include "support.h"

#include "audit/audit.h"
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

static void assert_sound(void)
{
    AuditReport report;
    Db *db = town_reader(&town);
    AuditSource source = {.db = db, .site = town.site};
    assert_true(audit_verify(town.arena, &source, &report, &town.err));
    db_close(db);
    assert_int_equal(report.findings.n, 0);
}

static const char *text_of(Str text)
{
    return str_c(town.arena, text);
}

static int64_t organisation(void)
{
    assert_true(town_create(&town, "cli", "organisation", "create",
                            "title=样例企业;organisation_type=enterprise"));
    return town.result.record;
}

static bool request_of(int64_t submitter)
{
    return town_create(&town, "cli", "enterprise_request", "submit",
                       text_of(STR(town.arena,
                                   "title=一件;body=情况。;company_name=某企业;category=utilities;"
                                   "place=CITY;agree_public=1;submitter=#",
                                   submitter)));
}

static bool merge(const char *login, int64_t record, int64_t kept)
{
    return town_move(&town, login, record, "merge",
                     text_of(STR(town.arena, "merged_into=#", kept)));
}

static void test_a_double_leaves_nothing_that_names_it(void **state)
{
    int64_t first = organisation(), second = organisation(), third = organisation();
    int64_t request;
    (void)state;
    assert_true(request_of(second));
    request = town.result.record;
    assert_true(merge("intake", second, first));
    assert_true(town.result.pending);
    assert_false(town_move(&town, "intake", second, "approve", ""));
    assert_true(town_move(&town, "reviewer", second, "approve", ""));
    assert_int_equal(town_int(&town, request, "submitter"), first);
    assert_int_equal(town_int(&town, second, "merged_into"), first);
    assert_true(town_int(&town, second, "voided_at") > 0);
    /* Merged again, both say where they went. */
    assert_true(merge("cli", first, third));
    assert_int_equal(town_int(&town, request, "submitter"), third);
    assert_int_equal(town_int(&town, second, "merged_into"), third);
    assert_int_equal(town_int(&town, first, "merged_into"), third);
    assert_sound();
}

static void test_links_without_a_column_follow_too(void **state)
{
    int64_t posts[2], request;
    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_true(town_create(&town, "cli", "post", "create", "title=经办岗;lead=CITY-A"));
        posts[i] = town.result.record;
    }
    assert_true(request_of(organisation()));
    request = town.result.record;
    assert_true(town_move(&town, "intake", request, "accept", "category=utilities;place=CITY"));
    assert_true(
        town_move(&town, "dispatcher", request, "assign", "lead=CITY-A;complexity=general"));
    assert_true(town_move(&town, "unit", request, "acknowledge",
                          text_of(STR(town.arena, "case_post=#", posts[0]))));
    assert_true(merge("cli", posts[0], posts[1]));
    assert_int_equal(town_int(&town, request, "case_post"), posts[1]);
    assert_sound();
}

static void test_no_merge_into_itself_or_what_is_voided(void **state)
{
    int64_t first = organisation(), second = organisation();
    (void)state;
    assert_false(merge("intake", first, first));
    assert_int_equal(town.err.fields->message, MSG_merge_with_itself);
    assert_true(merge("intake", first, second)); /* waits */
    assert_true(town_move(&town, "cli", second, "void", "void_reason=录错"));
    assert_false(town_move(&town, "reviewer", first, "approve", ""));
    assert_int_equal(town.err.fields->message, MSG_link_voided);
    assert_false(request_of(second));
    assert_int_equal(town.err.fields->message, MSG_link_voided);
}

static void test_what_others_name_is_not_voided(void **state)
{
    int64_t first = organisation(), request;
    (void)state;
    assert_true(request_of(first));
    request = town.result.record;
    assert_false(town_move(&town, "intake", first, "void", "void_reason=录错"));
    assert_int_equal(town.err.message, MSG_void_while_named);
    assert_true(town_move(&town, "intake", request, "edit", "submitter="));
    assert_true(town_move(&town, "intake", first, "void", "void_reason=录错"));
    /* While it waits it is named again. */
    assert_true(town_move(&town, "intake", request, "edit",
                          text_of(STR(town.arena, "submitter=#", first))));
    assert_false(town_move(&town, "reviewer", first, "approve", ""));
    assert_int_equal(town.err.message, MSG_void_while_named);
}

static void test_children_fall_with_their_parent(void **state)
{
    int64_t id = town_request(&town, "CITY-B"), child = 0, last;
    (void)state;
    last = town_count(&town, "record");
    for (int64_t at = id + 1; at <= last; at++)
        if (town_int(&town, at, "parent") == id)
            child = at;
    assert_true(child > 0);
    assert_int_equal(town_int(&town, id, "open_co_handling"), 1);
    assert_true(town_move(&town, "intake", id, "void", "void_reason=录错"));
    assert_true(town_move(&town, "reviewer", id, "approve", ""));
    assert_true(town_int(&town, child, "voided_at") > 0);
    assert_int_equal(town_int(&town, id, "open_co_handling"), 0);
    assert_int_equal(town_int(&town, id, "children_co_handling"), 0);
    assert_sound();
}

/* ---- against a slow model ---- */

#define ORGANISATIONS 8
#define REQUESTS_MAX  80

typedef struct Model {
    int64_t orgs[ORGANISATIONS], requests[REQUESTS_MAX];
    int into[ORGANISATIONS]; /* -1: nowhere */
    int submitter[REQUESTS_MAX];
    bool org_gone[ORGANISATIONS], request_gone[REQUESTS_MAX];
    int n_requests;
} Model;

static bool model_named(const Model *model, int org)
{
    for (int i = 0; i < model->n_requests; i++)
        if (!model->request_gone[i] && model->submitter[i] == org)
            return true;
    return false;
}

static void model_merge(Model *model, int from, int to)
{
    bool may = from != to && !model->org_gone[from] && !model->org_gone[to];
    assert_int_equal(merge("cli", model->orgs[from], model->orgs[to]), may);
    if (!may)
        return;
    for (int i = 0; i < model->n_requests; i++)
        if (model->submitter[i] == from)
            model->submitter[i] = to;
    for (int i = 0; i < ORGANISATIONS; i++)
        if (model->into[i] == from)
            model->into[i] = to;
    model->into[from] = to;
    model->org_gone[from] = true;
}

static void model_void_org(Model *model, int org)
{
    bool may = !model->org_gone[org] && !model_named(model, org);
    assert_int_equal(town_move(&town, "cli", model->orgs[org], "void", "void_reason=录错"), may);
    model->org_gone[org] |= may;
}

static void model_request(Model *model, int org)
{
    assert_int_equal(request_of(model->orgs[org]), !model->org_gone[org]);
    if (model->org_gone[org])
        return;
    model->requests[model->n_requests] = town.result.record;
    model->submitter[model->n_requests++] = org;
}

static void model_void_request(Model *model, int request)
{
    assert_int_equal(town_move(&town, "cli", model->requests[request], "void", "void_reason=录错"),
                     !model->request_gone[request]);
    model->request_gone[request] = true;
}

static void model_step(Model *model, RandomSource *random)
{
    int org = (int)random_below(random, ORGANISATIONS), other;
    other = (int)random_below(random, ORGANISATIONS);
    switch (random_below(random, 12)) {
    case 0:
        model_merge(model, org, other);
        break;
    case 1:
        model_void_org(model, org);
        break;
    case 2:
        if (model->n_requests)
            model_void_request(model, (int)random_below(random, (uint64_t)model->n_requests));
        break;
    default:
        if (model->n_requests < REQUESTS_MAX)
            model_request(model, org);
    }
}

static void test_random_merges_keep_every_link(void **state)
{
    RandomSource random = random_seeded(20260);
    Model model = {0};
    (void)state;
    for (int i = 0; i < ORGANISATIONS; i++) {
        model.orgs[i] = organisation();
        model.into[i] = -1;
    }
    for (int i = 0; i < 90; i++)
        model_step(&model, &random);
    for (int i = 0; i < model.n_requests; i++) {
        assert_int_equal(town_int(&town, model.requests[i], "submitter"),
                         model.orgs[model.submitter[i]]);
        assert_int_equal(town_int(&town, model.requests[i], "voided_at") > 0,
                         model.request_gone[i]);
    }
    for (int i = 0; i < ORGANISATIONS; i++) {
        assert_int_equal(town_int(&town, model.orgs[i], "voided_at") > 0, model.org_gone[i]);
        assert_int_equal(town_int(&town, model.orgs[i], "merged_into"),
                         model.into[i] < 0 ? 0 : model.orgs[model.into[i]]);
    }
    assert_sound();
}

#define LINKS_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LINKS_TEST(test_a_double_leaves_nothing_that_names_it),
        LINKS_TEST(test_links_without_a_column_follow_too),
        LINKS_TEST(test_no_merge_into_itself_or_what_is_voided),
        LINKS_TEST(test_what_others_name_is_not_voided),
        LINKS_TEST(test_children_fall_with_their_parent),
        LINKS_TEST(test_random_merges_keep_every_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
