/* SPDX-License-Identifier: Apache-2.0 */
/* Every query of sql/query against the schema of sql/schema: it prepares, has the parameters and
 * columns of its signature, and its columns have the declared names. */
#include "test_support.h"

static void every_query_matches_its_signature(void **state)
{
    Fixture *f = *state;
    Db *db = NULL;
    int wrong = 0;
    must(db_open_memory(f->arena, &db, &f->err), &f->err);
    must(db_migrate(db, &f->err), &f->err);
    for (size_t i = 0; i < db_query_count; i++) {
        if (db_query_check(db, i, &f->err))
            continue;
        wrong++;
        print_error("sql/query/%s: %s: %s\n", db_queries[i].place, db_queries[i].name,
                    f->err.detail);
        err_clear(&f->err);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(every_query_matches_its_signature)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
