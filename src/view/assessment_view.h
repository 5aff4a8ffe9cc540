/* SPDX-License-Identifier: Apache-2.0 */
/* assessment_view.h - assessments as people read them: the rule in words, counts beside each mark.
 *
 * Never public. A unit's marks are seen by who may list the records behind them at that unit, and
 * by who sees the board; places are seen by the latter alone, and only where the profile ranks.
 */
#ifndef TONGXIN_VIEW_ASSESSMENT_VIEW_H
#define TONGXIN_VIEW_ASSESSMENT_VIEW_H

#include "report/assessment.h"
#include "view/record_view.h"

typedef struct ItemRuleView {
    const AssessmentItem *item;
    Str name, label, unit;
    Str zero, full; /* as numbers: 70, 95.5 */
    Str rule;       /* 不低于95%得满分60分，不高于70%不得分，其间按比例 */
    Str define;     /* what the figure counts */
    Str figure_href;
} ItemRuleView;

typedef struct RoundView {
    const Record *record;
    Str number, title, status_label, href;
    Str rule; /* the hash it was adopted with; empty: it was not */
    Day from, to;
    bool is_final;
} RoundView;

typedef struct AssessmentHead {
    const Assessment *assessment;
    Str name, label, define, href;
    const RoundView *rounds; /* the latest first, adopted or not */
    size_t n_rounds;
} AssessmentHead;

/* Every assessment of the profile with its rounds. */
NODISCARD bool assessments_view(Visit *visit, AssessmentHead **ret_heads, size_t *ret_count,
                                Err *err);
/* True when the profile has one. */
bool assessment_is_seen(const Visit *visit);

typedef struct ItemScoreView {
    Str marks;  /* 52.63; empty: none */
    Str text;   /* 93.0%（120/129） */
    Str number; /* 93.0 */
    const FigureValue *value;
    Str href; /* the records behind it */
} ItemScoreView;

typedef struct UnitScoreView {
    const UnitScore *score;
    Str unit, code;
    Str marks; /* 88.5; empty: not scored */
    Str volume, volume_href;
    const ItemScoreView *items;
    const ItemScoreView *excluded;
} UnitScoreView;

typedef struct AssessmentView {
    AssessmentHead head;
    const RoundView *round; /* NULL: no round; then the running period, as a trial */
    bool is_same_rule;      /* what is shown goes by the rule that the round was adopted with */
    bool is_what_if;        /* weights or thresholds are those of the query */
    Assessment rule;
    Str wrong;           /* query parameter that is not understood; empty: none */
    int total;           /* marks that can be had */
    Day from, to, until; /* `until`: the last day that counts so far */
    Str period;
    const ItemRuleView *items;
    Str volume_rule; /* 应答复企业诉求不足5件的单位只列出，不计分 */
    Str volume_label;
    Str sum_rule;
    const Str *excluded; /* labels */
    const UnitScoreView *units;
    size_t n_units;
    bool ranked;
} AssessmentView;

/* Query parameters: round (a number), and for what-if weight.ITEM, zero.ITEM, full.ITEM, at_least.
 * ERR_NOT_FOUND for a name or round that is not there. */
NODISCARD bool assessment_view(Visit *visit, Str name, AssessmentView *ret_view, Err *err);

#endif
