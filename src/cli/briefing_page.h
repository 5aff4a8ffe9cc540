/* SPDX-License-Identifier: Apache-2.0 */
/* briefing_page.h - a briefing as one HTML file that needs nothing beside it. */
#ifndef TONGXIN_CLI_BRIEFING_PAGE_H
#define TONGXIN_CLI_BRIEFING_PAGE_H

#include "report/briefing.h"

/* The page in `arena`; slots stand out as <strong>. */
Str briefing_page(Arena *arena, const BriefingText *text, Language language);

#endif
