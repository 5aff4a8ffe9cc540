/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers: "QS-{year}-{seq:5}". Issued with the creating entry from one counter a pattern and year
 * of `at` (or of the kind's `number_day`), so a series has no gap and no double: nothing is ever
 * removed. */
#include "base/number.h"
#include "change/decide.h"

/* The pattern with {year} filled in and {seq…} cut out: the name of the counter. */
static Str number_series(Arena *arena, Str pattern, int year)
{
    size_t at = str_find(pattern, S("{year}"), 0);
    size_t seq = str_find(pattern, S("{seq"), 0);
    Str head = str_slice(pattern, 0, at), middle;
    if (at == SIZE_MAX || seq == SIZE_MAX || seq < at)
        return str_slice(pattern, 0, seq);
    middle = str_slice(pattern, at + S("{year}").n, seq);
    return STR(arena, head, year, middle);
}

static int number_width(Str pattern)
{
    size_t colon = str_find(pattern, S("{seq:"), 0);
    int64_t width = 1;
    if (colon == SIZE_MAX)
        return 1;
    colon += S("{seq:").n;
    if (!int_parse(str_slice(pattern, colon, str_find(pattern, S("}"), colon)), &width))
        return 1;
    return (int)width;
}

bool number_issue(Draft *draft, DraftRecord *record, Err *err)
{
    Str pattern = record->kind->number, series;
    Day day = (Day)values_int(&record->values, record->kind->number_day);
    Buf number = buf_open(draft->arena);
    int64_t sequence;
    if (pattern.n == 0)
        return true;
    series = number_series(draft->arena, pattern, day_to_civil(day ? day : day_of(draft->at)).year);
    if (!draft_count(draft, series, &sequence, err))
        return false;
    buf_add(&number, series);
    buf_int_padded(&number, sequence, number_width(pattern));
    draft_set(draft, record, S("number"), value_text(buf_str(&number)));
    return true;
}
