/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

static void a_seed_repeats_the_run(void **state)
{
    (void)state;
    RandomSource a = random_seeded(42);
    RandomSource b = random_seeded(42);
    RandomSource c = random_seeded(43);
    unsigned char one[100];
    unsigned char two[100];
    random_bytes(&a, one, sizeof(one));
    random_bytes(&b, two, sizeof(two));
    assert_memory_equal(one, two, sizeof(one));
    random_bytes(&c, two, sizeof(two));
    assert_memory_not_equal(one, two, sizeof(one));
    assert_true(random_u64(&a) == random_u64(&b));
}

/* The reference program of Blackman and Vigna, state {1, 2, 3, 4}. */
static void it_is_xoshiro256starstar(void **state)
{
    (void)state;
    RandomSource source = {.seeded = true, .state = {1, 2, 3, 4}};
    assert_true(random_u64(&source) == 11520);
    assert_true(random_u64(&source) == 0);
    assert_true(random_u64(&source) == 1509978240);
    assert_true(random_u64(&source) == UINT64_C(1215971899390074240));
}

static void the_system_source_differs_each_time(void **state)
{
    (void)state;
    RandomSource source = random_system();
    unsigned char one[1000] = {0};
    unsigned char two[1000] = {0};
    random_bytes(&source, one, sizeof(one));
    random_bytes(&source, two, sizeof(two));
    assert_memory_not_equal(one, two, sizeof(one));
    assert_true(random_u64(&source) != random_u64(&source));
    random_bytes(&source, NULL, 0);
}

static void below_a_limit_all_are_equally_likely(void **state)
{
    (void)state;
    RandomSource source = random_seeded(9);
    int counts[6] = {0};
    for (int i = 0; i < 60000; i++)
        counts[random_below(&source, COUNT_OF(counts))]++;
    for (size_t i = 0; i < COUNT_OF(counts); i++)
        assert_in_range(counts[i], 9500, 10500);
    assert_int_equal(random_below(&source, 1), 0);
    /* Without refusing, the lower half would come twice as often as the upper. */
    const uint64_t limit = UINT64_C(3) << 62;
    int low = 0;
    for (int i = 0; i < 30000; i++) {
        uint64_t number = random_below(&source, limit);
        assert_true(number < limit);
        low += number < limit / 3;
    }
    assert_in_range(low, 9500, 10500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_repeats_the_run),
        cmocka_unit_test(it_is_xoshiro256starstar),
        cmocka_unit_test(the_system_source_differs_each_time),
        cmocka_unit_test(below_a_limit_all_are_equally_likely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
