/* SPDX-License-Identifier: Apache-2.0 */
/* plan.h - plans as trees, with what their targets promise and what the figures say.
 *
 * A plan, its nodes, items, milestones and targets are records of the kinds that the profile names
 * for it (Profile.plan_parts). What a target has reached is figure_value of the figure it names,
 * over the target's own days and organisation: the number that every other page shows.
 *
 * Everything that is returned lives in `arena`. Errors are those of the database. Threads: any,
 * each with its own Db.
 */
#ifndef TONGXIN_REPORT_PLAN_H
#define TONGXIN_REPORT_PLAN_H

#include "figure/figure.h"
#include "record/record.h"
#include "report/progress.h"

typedef VEC(const Record *) RecordPtrs;

typedef struct PlanMonth {
    Day day; /* the last day of the month that was looked at */
    Progress light;
} PlanMonth;
typedef VEC(PlanMonth) PlanMonths;

typedef struct PlanTarget {
    const Record *record;
    const Record *of; /* the plan, node or item that promises it */
    const Figure *figure;
    Comparator comparator;
    int64_t value; /* as entered, at `scale` digits behind the point */
    int scale;
    int64_t org;  /* whose figure it is; 0: the whole site */
    Day from, to; /* the period of the promise */
    Day until;    /* the last day that `actual` counts */
    FigureValue actual;
    bool reached;
    int percent;     /* of the goal, 0 to 999 */
    int due_percent; /* what the schedule asks for today */
    Progress light;
    PlanMonths months; /* the light at the end of each month so far */
} PlanTarget;
typedef VEC(PlanTarget) PlanTargets;

/* A line of the tree. */
typedef struct PlanRow {
    PlanPart part; /* PLAN_ROOT, PLAN_NODE or PLAN_ITEM */
    const Record *record;
    int depth; /* 0: the plan itself */
    PlanTargets targets;
    RecordPtrs milestones;
    bool is_vague; /* an item with neither a number nor a day to be measured by */
    bool is_loose; /* a node whose `above` does not lead up to the plan */
} PlanRow;

typedef struct PlanTree {
    const Record *record;
    int64_t year;
    VEC(PlanRow) rows; /* each below what it belongs to; the first one is the plan */
} PlanTree;
typedef VEC(PlanTree) PlanTrees;

typedef struct PlanAsk {
    Day as_of;
    bool announced_only; /* plans with the milestone `announced_at` */
    int64_t year;        /* 0: all */
} PlanAsk;

/* Plans that are not voided, the latest year first. None when the profile has no such kind. */
NODISCARD bool plans_read(Arena *arena, Db *db, const Office *office, const PlanAsk *ask,
                          PlanTrees *ret_plans, Err *err);

typedef struct TargetAsk {
    const Record *record;
    int64_t year;          /* of the plan: the period of a target without days of its own */
    RecordPtrs milestones; /* of the target: its schedule */
    Day as_of;
} TargetAsk;

/* One target. A figure that the profile does not have leaves `figure` NULL. */
NODISCARD bool target_read(Arena *arena, Db *db, const Office *office, const TargetAsk *ask,
                           PlanTarget *ret_target, Err *err);
/* The promised number without unit: "180", "100" for all of a ratio. */
Str target_number(Arena *arena, const PlanTarget *target);

#endif
