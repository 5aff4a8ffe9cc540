/* SPDX-License-Identifier: Apache-2.0 */
/* draft.h - what the files of briefing.h share; used inside report/ only. */
#ifndef TONGXIN_REPORT_DRAFT_H
#define TONGXIN_REPORT_DRAFT_H

#include "report/briefing.h"

/* The key of a figure's definition: 16 hexadecimal digits. */
Str figure_key_text(Arena *arena, const Figure *figure);

/* Reads value and number of a figure whose `figure`, org and days are set. */
NODISCARD bool briefing_figure_read(Arena *arena, Db *db, const Office *office,
                                    BriefingFigure *figure, Err *err);

/* Adds the checks of a filled draft and sets can_publish. */
NODISCARD bool briefing_check(Arena *arena, Db *db, const Office *office,
                              const BriefingQuery *query, BriefingDraft *draft, Err *err);

/* The first sentence with a word of the rule (which has `evidence`) that no record of that kind
 * stands behind: none, not voided, has a title that stands in the text around the word. Empty when
 * there is no such word. */
NODISCARD bool claim_without_evidence(Arena *arena, Db *db, const ScanRule *rule,
                                      const BriefingText *text, Str *ret_sentence, Err *err);

/* The first few numbers of the text that were typed with a unit word of a figure behind them, with
 * commas between; empty when there are none. */
Str typed_numbers(Arena *arena, const Profile *profile, const BriefingText *text);

/* The records behind a figure (of a ratio's numerator with `counted`), as of now. `*budget` is how
 * many more ids may be kept; what is kept is taken off. With `budget` NULL all ids are kept. */
NODISCARD bool record_set_read(Arena *arena, Db *db, const Office *office,
                               const BriefingFigure *figure, bool counted, int64_t *budget,
                               RecordSet *ret_set, Err *err);

#endif
