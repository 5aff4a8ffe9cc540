/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

static void check(void *argument)
{
    ASSERT(*(int *)argument == 1);
}

static void a_broken_promise_aborts(void **state)
{
    (void)state;
    int kept = 1;
    int broken = 2;
    check(&kept);
    assert_aborts(check, &broken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_broken_promise_aborts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
