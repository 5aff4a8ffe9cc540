/* SPDX-License-Identifier: Apache-2.0 */
/* date.h - days and instants in words: 10月21日 周三, Wed 21 Oct. Texts live in `arena`. */
#ifndef TONGXIN_PAGE_DATE_H
#define TONGXIN_PAGE_DATE_H

#include "page/frame.h"

/* With the weekday; the year only when it is not the year of `today` (0: always). */
Str date_words(Arena *arena, Day day, Day today, Language language);
/* Without the weekday. */
Str date_short(Arena *arena, Day day, Day today, Language language);
/* "2026年10月", "October 2026" short: "10月", "Oct". */
Str date_month(Arena *arena, Day day, Language language);
Str date_month_name(int month, Language language);
/* 一 … 日, Mon … Sun; 0 is Sunday. */
Str date_weekday(int weekday, Language language);

/* The same as <time> elements; nothing for 0. */
void ui_day(Page *page, Day day);
void ui_day_short(Page *page, Day day);
void ui_instant(Page *page, Instant when);
/* Today at the site; 0 without a visit. */
Day page_today(const Page *page);

#endif
