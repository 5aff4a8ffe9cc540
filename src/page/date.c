/* SPDX-License-Identifier: Apache-2.0 */
#include "page/date.h"

/* The `index`-th part of a message that lists words with commas between. */
static Str word_of(MessageId list, int index, Language language)
{
    Str rest = message(list, language);
    Str part = {0};
    for (int i = 0; i <= index; i++)
        if (!str_next(&rest, ',', &part))
            return (Str){0};
    return part;
}

Str date_month_name(int month, Language language)
{
    return word_of(MSG_page_month_names, month - 1, language);
}

Str date_weekday(int weekday, Language language)
{
    return word_of(MSG_page_weekday_names, weekday, language);
}

Str date_short(Arena *arena, Day day, Day today, Language language)
{
    CivilDate date = day_to_civil(day);
    const Str args[] = {STR(arena, date.year), date_month_name(date.month, language),
                        STR(arena, date.day)};
    if (today == 0 || day_to_civil(today).year != date.year)
        return message_fill(arena, MSG_page_date_full, language, args, 3);
    return message_fill(arena, MSG_page_date_short, language, args + 1, 2);
}

Str date_words(Arena *arena, Day day, Day today, Language language)
{
    const Str args[] = {date_short(arena, day, today, language),
                        date_weekday(day_weekday(day), language)};
    return message_fill(arena, MSG_page_date_weekday, language, args, 2);
}

/* Day and time of day at +08:00. */
static Str date_time(Arena *arena, Instant when, Day today, Language language)
{
    Day day = day_of(when);
    int minute = (int)((when - day_start(day)) / MINUTE_US);
    Buf buf = buf_open(arena);
    TEXT(&buf, date_short(arena, day, today, language), " ");
    buf_int_padded(&buf, minute / 60, 2);
    buf_byte(&buf, ':');
    buf_int_padded(&buf, minute % 60, 2);
    return buf_str(&buf);
}

Str date_month(Arena *arena, Day day, Language language)
{
    CivilDate date = day_to_civil(day);
    const Str args[] = {STR(arena, date.year), date_month_name(date.month, language)};
    return message_fill(arena, MSG_page_month_year, language, args, 2);
}

Day page_today(const Page *page)
{
    return page->visit ? day_of(page->visit->now) : 0;
}

static void write_time(Page *page, Day day, Str words)
{
    HTML(&page->html, "<time datetime=\"", day_text(page->arena, day), "\">", words, "</time>");
}

void ui_day(Page *page, Day day)
{
    if (day != 0)
        write_time(page, day, date_words(page->arena, day, page_today(page), page->language));
}

void ui_day_short(Page *page, Day day)
{
    if (day != 0)
        write_time(page, day, date_short(page->arena, day, page_today(page), page->language));
}

void ui_instant(Page *page, Instant when)
{
    if (when != 0)
        HTML(&page->html, "<time datetime=\"", instant_text(page->arena, when), "\">",
             date_time(page->arena, when, page_today(page), page->language), "</time>");
}
