/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <signal.h>
#include <sys/resource.h>

static const char submission[] = "title=缺水;body=停水。;company_name=某企业;category=utilities;"
                                 "place=CITY;agree_public=1";

static bool submit(Town *town)
{
    return town_create(town, NULL, "enterprise_request", "submit", submission);
}

/* RLIMIT_FSIZE makes the write of the log fail with EFBIG, which SQLite reports as an I/O error. */
static void every_refusal_of_a_stopped_writer_says_what_to_do(void **state)
{
    struct rlimit old, small;
    Town town = town_open();
    bool first, second;
    Err why;
    (void)state;
    assert_true(submit(&town));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_IGN);
    small = (struct rlimit){.rlim_cur = 4096, .rlim_max = old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    first = submit(&town);
    why = town.err;
    second = submit(&town);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_false(first || second);
    assert_int_equal(why.code, ERR_OUTCOME_UNKNOWN);
    assert_int_equal(why.hint, MSG_db_outcome_unknown_hint);
    assert_int_equal(town.err.code, ERR_UNAVAILABLE);
    assert_int_equal(town.err.message, MSG_db_stopped);
    assert_int_equal(town.err.hint, MSG_db_stopped_hint);
    assert_true(writer_counts(town.site->writer).stopped);
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refusal_of_a_stopped_writer_says_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
