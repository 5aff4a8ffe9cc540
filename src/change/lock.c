/* SPDX-License-Identifier: Apache-2.0 */
#include "change/lock.h"

#include "base/number.h"
#include "figure/period.h"

/* What changes of one indicator at one organisation (and of one thing, where those are counted). */
typedef struct Step {
    int64_t indicator, org, ref;
    Day day;
    int64_t n, sum;
    bool stock;
} Step;
typedef VEC(Step) Steps;

typedef struct Locked {
    const PeriodLock *lock;
    bool everywhere;
    OrgSpans spans;
} Locked;

#define COMPARE(a, b)                  \
    do {                               \
        if ((a) != (b))                \
            return (a) < (b) ? -1 : 1; \
    } while (0)

static int compare_series(const Step *a, const Step *b)
{
    COMPARE(a->indicator, b->indicator);
    COMPARE(a->org, b->org);
    COMPARE(a->ref, b->ref);
    return 0;
}

static int compare_steps(const void *left, const void *right)
{
    const Step *a = left, *b = right;
    int order = compare_series(a, b);
    return order ? order : (a->day > b->day) - (a->day < b->day);
}

static Steps steps_of(Arena *arena, const CellDeltas *deltas)
{
    Steps steps = {0};
    for (size_t i = 0; i < deltas->cells.n; i++) {
        const CellDelta *cell = &deltas->cells.p[i];
        if (cell->grain == 0 && (cell->n != 0 || cell->sum != 0))
            *vec_push(arena, &steps) = (Step){
                cell->indicator, cell->org, 0, (Day)cell->period, cell->n, cell->sum, cell->stock};
    }
    for (size_t i = 0; i < deltas->refs.n; i++) {
        const RefDelta *ref = &deltas->refs.p[i];
        *vec_push(arena, &steps) =
            (Step){ref->indicator, ref->org, ref->ref, ref->day, ref->sign * ref->n, 0, ref->stock};
    }
    if (steps.n)
        qsort(steps.p, steps.n, sizeof *steps.p, compare_steps);
    return steps;
}

static bool stands_below(const Locked *locked, int64_t org, Day from, Day to)
{
    for (size_t i = 0; i < locked->spans.n; i++) {
        const SelectionSpan *span = &locked->spans.p[i];
        if (span->org == org && span->from <= to && from <= span->to)
            return true;
    }
    return locked->everywhere;
}

static bool is_locked(const Locked *locked, int64_t org, Day from, Day to)
{
    from = MAX(from, locked->lock->from);
    to = MIN(to, locked->lock->to);
    return from <= to && stands_below(locked, org, from, to);
}

/* A series has days on which its level differs from before: is one of them locked? */
static bool series_locked(const Locked *locked, const Step *steps, size_t count)
{
    int64_t n = 0, sum = 0;
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count;
        n = add_checked(n, steps[i].n);
        sum = add_checked(sum, steps[i].sum);
        if (!last && steps[i + 1].day == steps[i].day)
            continue;
        Day to = !steps[i].stock ? steps[i].day : last ? DAY_LAST : steps[i + 1].day - 1;
        if ((n != 0 || sum != 0) && is_locked(locked, steps[i].org, steps[i].day, to))
            return true;
        if (!steps[i].stock)
            n = sum = 0;
    }
    return false;
}

static Locked lock_look(Arena *arena, const OrgTree *tree, const PeriodLock *lock)
{
    Locked locked = {.lock = lock, .everywhere = lock->org == tree->root};
    if (!locked.everywhere)
        locked.spans = org_spans(arena, tree, lock->org, lock->from, lock->to);
    return locked;
}

static bool refuse(Arena *arena, const PeriodLock *lock, Err *err)
{
    err_set(err, ERR_CONFLICT, MSG_period_locked, lock->number, day_text(arena, lock->from),
            day_text(arena, lock->to));
    return err_hint(err, MSG_period_locked_hint);
}

bool locks_allow(Arena *arena, const Office *office, const CellDeltas *deltas, Err *err)
{
    Steps steps = {0};
    size_t end;
    if (office->n_locks == 0)
        return true;
    steps = steps_of(arena, deltas);
    for (size_t i = 0; i < office->n_locks; i++) {
        Locked locked = lock_look(arena, &office->orgs, &office->locks[i]);
        for (size_t start = 0; start < steps.n; start = end) {
            for (end = start; end < steps.n && !compare_series(&steps.p[start], &steps.p[end]);)
                end++;
            if (series_locked(&locked, steps.p + start, end - start))
                return refuse(arena, locked.lock, err);
        }
    }
    return true;
}
