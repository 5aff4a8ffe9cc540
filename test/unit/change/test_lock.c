/* SPDX-License-Identifier: Apache-2.0 */
/* What a lock refuses is what a day-by-day look at every level would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "change/lock.h"

#define DAYS  30
#define ORGS  4 /* 1 is the root; 3 stands below 2 until day 14, then below 1; 4 below 2 */
#define TRIES 3000

static const OrgPeriod periods[] = {
    {1, 0, INT32_MIN, INT32_MAX}, {2, 1, INT32_MIN, INT32_MAX}, {3, 1, 15, INT32_MAX},
    {3, 2, INT32_MIN, 15},        {4, 2, INT32_MIN, INT32_MAX},
};
static const OrgPeriod by_parent[] = {
    {1, 0, INT32_MIN, INT32_MAX}, {2, 1, INT32_MIN, INT32_MAX}, {3, 1, 15, INT32_MAX},
    {3, 2, INT32_MIN, 15},        {4, 2, INT32_MIN, INT32_MAX},
};

static Office *office_make(Arena *arena)
{
    Office *office = NEW(arena, Office);
    office->orgs = (OrgTree){.by_id = map_open(arena),
                             .by_code = map_open(arena),
                             .periods = periods,
                             .by_parent = by_parent,
                             .n_periods = COUNT_OF(periods),
                             .root = 1};
    for (int64_t id = 1; id <= ORGS; id++) {
        Org *org = NEW(arena, Org);
        org->id = id;
        map_set_id(&office->orgs.by_id, id, org);
    }
    return office;
}

static bool is_below(int64_t org, int64_t root, Day day)
{
    if (root == 1 || org == root)
        return true;
    return root == 2 && (org == 4 || (org == 3 && day < 15));
}

typedef struct Series {
    int64_t org;
    bool stock;
    int64_t by_day[DAYS];
} Series;

/* The level of a stock on a day is all that came before; a flow has what is of the day. */
static bool model_allows(const Series *series, size_t count, const PeriodLock *lock)
{
    for (size_t i = 0; i < count; i++) {
        int64_t level = 0;
        for (Day day = 0; day < DAYS; day++) {
            level = series[i].by_day[day] + (series[i].stock ? level : 0);
            if (level != 0 && day >= lock->from && day <= lock->to &&
                is_below(series[i].org, lock->org, day))
                return false;
        }
    }
    return true;
}

static void some_series(RandomSource *random, Series *series)
{
    *series = (Series){.org = (int64_t)random_below(random, ORGS + 1),
                       .stock = random_below(random, 2) == 0};
    for (uint64_t i = random_below(random, 4); i > 0; i--) {
        int64_t n = random_below(random, 2) ? 1 : -1;
        series->by_day[random_below(random, DAYS)] += n;
        if (random_below(random, 2))
            series->by_day[random_below(random, DAYS)] -= n;
    }
}

static void add_deltas(Arena *arena, CellDeltas *deltas, const Series *series, int64_t indicator)
{
    bool refs = indicator % 2 == 1;
    for (Day day = 0; day < DAYS; day++) {
        int64_t n = series->by_day[day];
        if (n == 0)
            continue;
        if (!refs)
            *vec_push(arena, &deltas->cells) = (CellDelta){.indicator = indicator,
                                                           .org = series->org,
                                                           .period = day,
                                                           .n = n,
                                                           .stock = series->stock};
        for (int64_t i = 0; refs && i < (n < 0 ? -n : n); i++)
            *vec_push(arena, &deltas->refs) = (RefDelta){.indicator = indicator,
                                                         .org = series->org,
                                                         .day = day,
                                                         .ref = 7,
                                                         .n = 1,
                                                         .sign = n < 0 ? -1 : 1,
                                                         .stock = series->stock};
    }
}

static void a_lock_refuses_what_changes_a_level_inside_it(void **state)
{
    RandomSource random = random_seeded(3);
    size_t refused = 0;
    (void)state;
    for (int try = 0; try < TRIES; try++) {
        Arena *arena = arena_open();
        Office *office = office_make(arena);
        CellDeltas deltas = cell_deltas_open(arena);
        Day a = (Day)random_below(&random, DAYS), b = (Day)random_below(&random, DAYS);
        PeriodLock lock = {.number = S("SD-1"),
                           .org = 1 + (int64_t)random_below(&random, ORGS),
                           .from = MIN(a, b),
                           .to = MAX(a, b)};
        Series series[3];
        Err err = {0};
        office->locks = &lock;
        office->n_locks = 1;
        for (size_t i = 0; i < COUNT_OF(series); i++) {
            some_series(&random, &series[i]);
            add_deltas(arena, &deltas, &series[i], (int64_t)i);
        }
        bool allowed = model_allows(series, COUNT_OF(series), &lock);
        assert_int_equal(locks_allow(arena, office, &deltas, &err), allowed);
        assert_int_equal(err.code, allowed ? ERR_NONE : ERR_CONFLICT);
        refused += !allowed;
        arena_close(arena);
    }
    assert_in_range(refused, TRIES / 10, TRIES - TRIES / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lock_refuses_what_changes_a_level_inside_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
