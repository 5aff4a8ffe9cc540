/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

#include "base/vec.h"

static void it_grows_and_keeps_order(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    IdVec ids = {0};
    for (int64_t i = 0; i < 1000; i++)
        *vec_push(arena, &ids) = i;
    assert_int_equal(ids.n, 1000);
    for (size_t i = 0; i < ids.n; i++)
        assert_int_equal(ids.p[i], i);
    arena_close(arena);
}

static void a_pushed_element_is_zero(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    StrVec names = {0};
    *vec_push(arena, &names) = S("x");
    names.n = 0;
    assert_null(vec_push(arena, &names)->p);
    arena_close(arena);
}

static void membership(void **state)
{
    (void)state;
    int64_t ids[] = {9, -1, 4};
    assert_true(ids_have(ids, 3, 4));
    assert_false(ids_have(ids, 2, 4));
    assert_false(ids_have(NULL, 0, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_grows_and_keeps_order),
        cmocka_unit_test(a_pushed_element_is_zero),
        cmocka_unit_test(membership),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
