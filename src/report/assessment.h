/* SPDX-License-Identifier: Apache-2.0 */
/* assessment.h - marks of organisations by a rule of the profile, from figures alone.
 *
 * What an item counts is figure_value of its figure at the unit over the days of the round: the
 * number that every other page shows, with the records behind it. Marks are hundredths, exact and
 * rounded half up once, per item; a unit's marks are the sum of its items'. A unit with less than
 * the least volume, or without a value for some item, is listed and not scored. What may be
 * assessed at all is decided when the profile is loaded (profile/ceiling.h).
 *
 * Errors are those of the database. Threads: any, each with its own Db.
 */
#ifndef TONGXIN_REPORT_ASSESSMENT_H
#define TONGXIN_REPORT_ASSESSMENT_H

#include "figure/figure.h"

/* A value as a fraction, in hundredths of the figure's unit: 93.02 % is 120 * 10000 / 129. */
typedef struct ScoreValue {
    int64_t above, below; /* below > 0 */
} ScoreValue;

/* The hundredths of marks that the item gives for the value. Pure. Weight 1..100; |zero|, |full|
 * below 2^53, |above| and below too. */
int64_t assessment_marks(const AssessmentItem *item, ScoreValue value);
/* The same with the figure's value; false when it has none. */
bool assessment_item_marks(const AssessmentItem *item, const FigureValue *value,
                           int64_t *ret_marks);

typedef struct ItemScore {
    FigureValue value;
    bool has_marks;
    int64_t marks; /* hundredths */
} ItemScore;

typedef struct UnitScore {
    const Org *org;
    const ItemScore *items; /* as many as the assessment has, in its order */
    FigureValue volume;
    const FigureValue *excluded; /* as many as the assessment has */
    bool is_scored;
    int64_t marks; /* hundredths */
    int place;     /* 1 is the most marks, units with equal marks share one; 0: not scored */
} UnitScore;

typedef struct UnitScores {
    const UnitScore *p; /* in order of code */
    size_t n;
} UnitScores;

typedef struct AssessmentAsk {
    const Assessment *assessment; /* of the profile, or a copy with other weights */
    Day from, to;
} AssessmentAsk;

/* Organisations that the assessment is about and that were open on a day of the round, in order of
 * code; virtual ones never. */
NODISCARD bool assessment_scores(Arena *arena, Db *db, const Office *office,
                                 const AssessmentAsk *ask, UnitScores *ret_scores, Err *err);

#endif
