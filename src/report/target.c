/* SPDX-License-Identifier: Apache-2.0 */
/* What a target promises and what the figure it names says. */
#include "base/number.h"
#include "figure/period.h"
#include "report/plan.h"

/* What is read to judge one target. */
typedef struct Look {
    Arena *arena;
    Db *db;
    const Office *office;
    ProgressGoal goal;
    FigureQuery query;
} Look;

static Amount power_of_ten(int scale)
{
    Amount power = 1;
    for (int i = 0; i < scale; i++)
        power *= 10;
    return power;
}

/* A value of the target's field, at the scale that amounts have here. */
static Amount amount_of(const PlanTarget *target, int64_t value)
{
    const Figure *figure = target->figure;
    if (figure->of->type == INDICATOR_RATIO)
        return value * power_of_ten(figure->of->scale);
    return (Amount)value * figure->unit_size;
}

static bool is_all_of_whole(const PlanTarget *target)
{
    return target->comparator == COMPARE_ALL && indicator_has_whole(target->figure->of);
}

/* The actual amount; of "all" of a whole the goal is its denominator on that day. */
static Amount actual_of(const PlanTarget *target, const FigureValue *value, ProgressGoal *goal)
{
    if (!is_all_of_whole(target))
        return value->value * power_of_ten(target->scale);
    goal->amount = value->denominator;
    return value->numerator;
}

/* ---- what is promised ---- */

static void read_period(const Record *record, int64_t year, PlanTarget *target)
{
    Day from = (Day)values_int(&record->values, S("from_on"));
    Day to = (Day)values_int(&record->values, S("until_on"));
    CivilDate first = {.year = (int)year, .month = 1, .day = 1};
    CivilDate last = {.year = (int)year, .month = 12, .day = 31};
    target->to = to ? to : day_from_civil(last);
    target->from = from ? from : MIN(day_from_civil(first), target->to);
}

static int64_t scope_of(const Office *office, const Record *record, const Figure *figure)
{
    int64_t scope = values_id(&record->values, S("scope"));
    const Org *own = scope || !figure->org.n ? NULL : org_by_code(&office->orgs, figure->org);
    return own ? own->id : scope;
}

static int step_compare(const void *a, const void *b)
{
    const ProgressStep *one = a, *other = b;
    return (one->day > other->day) - (one->day < other->day);
}

static void read_steps(Look *look, const PlanTarget *target, const RecordPtrs *milestones)
{
    ProgressStep *steps = NEW_ARRAY(look->arena, ProgressStep, milestones->n);
    for (size_t i = 0; i < milestones->n; i++) {
        const Values *values = &milestones->p[i]->values;
        Value value = values_get(values, S("value"));
        if (value.type == VALUE_INT)
            steps[look->goal.n_steps++] =
                (ProgressStep){(Day)values_int(values, S("day")), amount_of(target, value.number)};
    }
    if (look->goal.n_steps > 0)
        qsort(steps, look->goal.n_steps, sizeof *steps, step_compare);
    look->goal.steps = steps;
}

/* ---- what was reached ---- */

/* The light at the end of a day; the figure up to it stays in target->actual. */
static bool look_at(Look *look, Day day, PlanTarget *target, Progress *ret_light, Err *err)
{
    Amount actual;
    target->until = look->query.to = MIN(day, target->to);
    *ret_light = PROGRESS_NONE;
    target->actual = (FigureValue){0};
    if (day < target->from)
        return true;
    if (!figure_value(look->arena, look->db, look->office, &look->query, &target->actual, err))
        return false;
    if (!target->actual.has_value)
        return true;
    actual = actual_of(target, &target->actual, &look->goal);
    *ret_light = progress_light(&look->goal, actual, day);
    target->reached = progress_reached(&look->goal, actual);
    target->percent = look->goal.amount > 0
                          ? (int)MIN(MAX(actual * 100 / look->goal.amount, 0), 999)
                          : (target->reached ? 100 : 0);
    return true;
}

static bool read_months(Look *look, Day as_of, PlanTarget *target, bool *ret_late, Err *err)
{
    int64_t first = month_of(target->from), last = month_of(MIN(as_of, target->to));
    bool was_late = false;
    first = MAX(first, last - FIGURE_MONTHS_MAX + 1);
    for (int64_t month = first; month <= last; month++) {
        Day day = MIN(month_last(month), target->to);
        Progress light;
        if (day > as_of)
            break;
        if (!look_at(look, day, target, &light, err))
            return false;
        *vec_push(look->arena, &target->months) = (PlanMonth){day, progress_after(light, was_late)};
        was_late = was_late || light == PROGRESS_LATE;
    }
    *ret_late = was_late;
    return true;
}

static PlanTarget promise_of(const Profile *profile, const TargetAsk *ask)
{
    const Values *values = &ask->record->values;
    PlanTarget target = {.record = ask->record,
                         .figure = profile_figure(profile, values_text(values, S("figure"))),
                         .comparator = comparator_of(values_text(values, S("comparator"))),
                         .value = values_int(values, S("value")),
                         .scale = kind_field(profile->plan_parts[PLAN_TARGET], S("value"))->scale};
    read_period(ask->record, ask->year, &target);
    return target;
}

static void look_open(Look *look, const TargetAsk *ask, const PlanTarget *target)
{
    const Profile *profile = look->office->profile;
    look->goal = (ProgressGoal){.comparator = target->comparator,
                                .amount = amount_of(target, target->value),
                                .from = target->from,
                                .to = target->to,
                                .yellow_points = profile->progress_yellow,
                                .red_points = profile->progress_red};
    look->query = (FigureQuery){target->figure->of, target->org, target->from, target->to};
    if (target->figure->period == PERIOD_ALL && !values_int(&ask->record->values, S("from_on")))
        look->query.from = DAY_FIRST;
    read_steps(look, target, &ask->milestones);
}

bool target_read(Arena *arena, Db *db, const Office *office, const TargetAsk *ask,
                 PlanTarget *ret_target, Err *err)
{
    PlanTarget target = promise_of(office->profile, ask);
    Look look = {.arena = arena, .db = db, .office = office};
    Progress light;
    bool was_late;
    *ret_target = target;
    if (!target.figure || target.comparator == COMPARE__COUNT)
        return true;
    target.org = scope_of(office, ask->record, target.figure);
    look_open(&look, ask, &target);
    if (!read_months(&look, ask->as_of, &target, &was_late, err) ||
        !look_at(&look, ask->as_of, &target, &light, err))
        return false;
    target.light = progress_after(light, was_late);
    target.due_percent = progress_due_percent(&look.goal, ask->as_of);
    *ret_target = target;
    return true;
}

Str target_number(Arena *arena, const PlanTarget *target)
{
    Buf buf = buf_open(arena);
    if (is_all_of_whole(target) && target->figure->of->type == INDICATOR_RATIO)
        return S("100");
    if (is_all_of_whole(target))
        return STR(arena, target->actual.denominator);
    decimal_write(&buf, target->value, target->scale, true);
    return buf_str(&buf);
}
