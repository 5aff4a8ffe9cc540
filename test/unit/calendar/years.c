/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "years.h"

Str year_file(Arena *arena, int year)
{
    const char *path = str_c(arena, STR(arena, YEARS_FOLDER "/", year, ".tsv"));
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    char *bytes = arena_alloc(arena, CALENDAR_FILE_MAX);
    size_t size = fread(bytes, 1, CALENDAR_FILE_MAX, stream);
    fclose(stream);
    return (Str){bytes, size};
}

Calendar *shipped_calendar(Arena *arena)
{
    Calendar *calendar = calendar_open(arena);
    for (int year = 2004; year <= 2026; year++) {
        Err err = {0};
        bool added = calendar_add_year(calendar, year, S("x.tsv"), year_file(arena, year), &err);
        if (!added)
            fail_msg("%d: %.*s", year, (int)err_message(arena, &err, LANGUAGE_EN).n,
                     err_message(arena, &err, LANGUAGE_EN).p);
    }
    return calendar;
}

Day day(const char *text)
{
    Day answer = 0;
    assert_true(day_parse(str_from_c(text), &answer));
    return answer;
}
