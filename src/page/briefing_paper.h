/* SPDX-License-Identifier: Apache-2.0 */
/* briefing_paper.h - a briefing as it will be printed, and the checks beside it: for the pages that
 * read, write and preview one. */
#ifndef TONGXIN_PAGE_BRIEFING_PAPER_H
#define TONGXIN_PAGE_BRIEFING_PAPER_H

#include "page/frame.h"
#include "report/briefing.h"

/* The text on paper, each figure underlined with its value and definition; `top` stands over it. */
void briefing_paper(Page *page, const BriefingText *text, const BriefingFigures *figures, Str top);
/* What was looked at, and why a slot is not true. */
void briefing_checks(Page *page, const BriefingDraft *draft);

#endif
