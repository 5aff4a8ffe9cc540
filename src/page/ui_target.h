/* SPDX-License-Identifier: Apache-2.0 */
/* ui_target.h - targets as they look on the pages of the plan, of targets and on the board. */
#ifndef TONGXIN_PAGE_UI_TARGET_H
#define TONGXIN_PAGE_UI_TARGET_H

#include "page/ui.h"
#include "view/plan_view.h"

typedef VEC(const TargetView *) TargetViews;

/* ● ▲ ■ with 正常, 接近, 落后. */
void ui_progress_light(Page *page, Progress light);
/* The lights at the end of each month so far, folded. */
void ui_progress_months(Page *page, const PlanTarget *target);
/* 0 to 100 percent of the goal; the mark is where the schedule says it should be. */
void ui_target_bar(Page *page, const PlanTarget *target);
/* 不少于 180 人次 */
void ui_target_goal(Page *page, const TargetView *view);
/* Promised and achieved, a row for each. */
void ui_target_table(Page *page, const TargetView *const *targets, size_t count, bool with_months);
/* The targets of a plan, in the order of its rows. */
TargetViews plan_targets(Page *page, const PlanView *plan);

#endif
