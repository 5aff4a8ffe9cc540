/* SPDX-License-Identifier: Apache-2.0 */
/* slot.h - what stands between the braces of a briefing's text, in templates of the profile and in
 * texts written in the browser (doc/profile-format.md, "briefing").
 *
 *     {figure}  {figure round 10 余}  {figure near 100}  {a of b}  {a full of b}  {coverage full}
 *     {period}
 *     {figure at CODE in month}       any of them, about one organisation and a period of its own
 *     {each org below CODE}  {each month}  {each quarter}   in a row of a table: the row repeated
 *     {each county below CODE}        those of a type of organisations, at any depth
 */
#ifndef TONGXIN_PROFILE_SLOT_H
#define TONGXIN_PROFILE_SLOT_H

#include "base/moment.h"
#include "base/str.h"

#define SLOT_BYTES_MAX 200 /* with its braces */

/* Words that say how a number was cut (domain rule 3.7). */
typedef enum RoundWord {
    ROUND_EXACT,
    ROUND_MORE_THAN, /* 余 */
    ROUND_MANY,      /* 多 */
    ROUND_OVER,      /* 超 */
    ROUND_NEARLY     /* 近 */
} RoundWord;

typedef enum SlotType {
    SLOT_FIGURE, /* {figure}: the number; a ratio with numerator and denominator */
    SLOT_ROUND,  /* {figure round 10 余} */
    SLOT_NEAR,   /* {figure near 100} */
    SLOT_RATIO,  /* {a of b} */
    SLOT_FULL,   /* {figure full of other}, {coverage full}: 全覆盖 */
    SLOT_PERIOD, /* {period} */
    SLOT_EACH,   /* {each county below CODE}, {each month}, {each quarter} */
    SLOT_BROKEN  /* nothing of these */
} SlotType;

typedef enum SlotEach { EACH_ORG, EACH_MONTH, EACH_QUARTER } SlotEach;

typedef struct Slot {
    SlotType type;
    Str name, other_name; /* figures; empty where the form has none */
    int64_t step;         /* SLOT_ROUND, SLOT_NEAR; above 0 */
    RoundWord word;
    Str at; /* code of an organisation; empty: none is named. SLOT_EACH: what it stands below */
    Str in; /* month, quarter, year, all, 2023, 2023-Q1 or 2023-03; empty: none is named */
    SlotEach each;
    Str type_code; /* EACH_ORG: a type of organisations; empty: what stands directly below */
} Slot;

/* The next slot of a line at `*at` or behind it, with its braces; `*at` is then behind the slot,
 * and `*ret_before` the text since. False when none follows: from `*at` on all is text. A brace
 * that is not closed within SLOT_BYTES_MAX ends the search. */
bool slot_next(Str line, size_t *at, Str *ret_before, Str *ret_source);
/* `source` has its braces. The strings of the slot are parts of it. Never fails. */
Slot slot_parse(Str source);

/* The days of a period that is named by its date: 2023, 2023-Q1, 2023-03. False for anything else,
 * also for month, quarter, year and all, which depend on the day of the text. */
bool slot_days(Str in, Day *ret_from, Day *ret_to);

#endif
