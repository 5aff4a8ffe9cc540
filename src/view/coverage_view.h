/* SPDX-License-Identifier: Apache-2.0 */
/* coverage_view.h - which of a set have what they should have, by name. How many they are is
 * public; a name is shown to whom its record is, and those of the office's tree to everyone. */
#ifndef TONGXIN_VIEW_COVERAGE_VIEW_H
#define TONGXIN_VIEW_COVERAGE_VIEW_H

#include "view/figure_view.h"

typedef struct MemberView {
    Str label;
    Str code; /* of an organisation of the tree, or the record's number; may be empty */
    Str href; /* empty: there is no page of it */
} MemberView;
typedef VEC(MemberView) MemberViews;

/* What stands directly below the organisation that was asked for. */
typedef struct CoverageGroup {
    Str label; /* the organisation, or 未归属 */
    Str code;
    Str href; /* the same coverage below it; empty: none */
    int64_t have, all;
    MemberViews missing, having; /* in order of name; only those that may be named */
} CoverageGroup;

typedef struct CoverageView {
    FigureRow row; /* numerator of denominator */
    Str org_label, org_code;
    const CoverageGroup *groups; /* they add up to the whole */
    size_t n_groups;
    int64_t hidden; /* members whose names the visitor may not read */
} CoverageView;

/* Query parameters: org, from, to, as_of. Every coverage of the profile, without names. */
NODISCARD bool coverages_view(Visit *visit, FigureRow **ret_rows, size_t *ret_count, Err *err);
/* ERR_NOT_FOUND for a name that is no coverage. */
NODISCARD bool coverage_view(Visit *visit, Str name, CoverageView *ret_view, Err *err);

#endif
