/* SPDX-License-Identifier: Apache-2.0 */
/* plan_view.h - plans, their tasks and targets, as people read them. The public sees plans that
 * were announced; staff who may list the kind see all of them. */
#ifndef TONGXIN_VIEW_PLAN_VIEW_H
#define TONGXIN_VIEW_PLAN_VIEW_H

#include "report/plan.h"
#include "view/visit.h"

typedef struct TargetView {
    const PlanTarget *target; /* its figure is never NULL */
    Str number, title;
    Str under; /* the task, branch or plan that promises it */
    Str lead;  /* of the task; empty: nobody */
    Str figure, figure_label, figure_href;
    Str comparator; /* 不少于 */
    Str goal;       /* 180 */
    Str unit;       /* 人次 */
    Str actual;     /* 196; empty: there is no value */
    Str period, scope;
    Str href; /* empty: the visitor may not open it */
} TargetView;

typedef struct MilestoneView {
    Str title;
    Day day;
    bool is_done;
} MilestoneView;

typedef struct PlanRowView {
    const PlanRow *row;
    Str number, code, title, tier;
    Str lead, co_units;
    Day from, until;
    bool is_done;
    const TargetView *targets;
    size_t n_targets;
    const MilestoneView *milestones;
    size_t n_milestones;
    Str href;
} PlanRowView;

typedef struct PlanView {
    Str number, title, pattern;
    int64_t year;
    bool is_announced;
    Day as_of;
    const PlanRowView *rows; /* the first one is the plan itself */
    size_t n_rows;
    size_t n_vague;   /* tasks without a number and without a day */
    size_t n_targets; /* of all rows */
    size_t lights[PROGRESS__COUNT];
    Str href;
} PlanView;

/* Query parameters: as_of, year. */
NODISCARD bool plans_view(Visit *visit, PlanView **ret_plans, size_t *ret_count, Err *err);
/* True when the visitor sees plans that were not announced. */
bool plan_is_staffed(const Visit *visit);

#endif
