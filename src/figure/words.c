/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as text: units, rates, and words of size that must be true. */
#include "figure/figure.h"

#include "base/number.h"

static Str fill(Arena *arena, MessageId id, Language language, Str a, Str b, Str c)
{
    Str args[] = {a, b, c};
    return message_fill(arena, id, language, args, COUNT_OF(args));
}

/* value * 10^scale / unit, rounded half up, away from zero. */
static int64_t in_unit(int64_t value, int64_t unit, int scale)
{
    __int128 parts = value;
    for (int i = 0; i < scale; i++)
        parts *= 10;
    parts = 2 * parts + (parts < 0 ? -unit : unit);
    return (int64_t)(parts / (2 * (__int128)unit));
}

static Str decimal_text(Arena *arena, int64_t number, int scale, bool trim)
{
    Buf buf = buf_open(arena);
    decimal_write(&buf, number, scale, trim);
    return buf_str(&buf);
}

static Str number_text(Arena *arena, const Figure *figure, const FigureValue *value, bool trim)
{
    const Indicator *of = figure->of;
    if (!value->has_value && of->type != INDICATOR_COVERAGE)
        return S("");
    if (of->type == INDICATOR_RATIO)
        return decimal_text(arena, value->value, of->scale, false);
    return decimal_text(arena, in_unit(value->value, MAX(figure->unit_size, 1), of->scale),
                        of->scale, trim);
}

Str figure_number(Arena *arena, const Figure *figure, const FigureValue *value)
{
    return number_text(arena, figure, value, true);
}

Str figure_ratio_text(Arena *arena, const FigureValue *value, int scale, Language language)
{
    Str of = STR(arena, value->numerator), per = STR(arena, value->denominator);
    if (!value->has_value)
        return fill(arena, MSG_figure_no_ratio, language, of, per, S(""));
    return fill(arena, MSG_figure_ratio, language, decimal_text(arena, value->value, scale, false),
                of, per);
}

Str figure_with_unit(Arena *arena, const Figure *figure, const FigureValue *value,
                     Language language)
{
    Str number = figure_number(arena, figure, value);
    if (number.n == 0)
        return number;
    if (figure->of->type == INDICATOR_RATIO)
        return STR(arena, number, "%");
    return str_trim(fill(arena, MSG_figure_with_unit, language, number,
                         label_text(figure->unit, language), S("")));
}

Str figure_text(Arena *arena, const Figure *figure, const FigureValue *value, Language language)
{
    if (figure->of->type == INDICATOR_COVERAGE)
        return fill(arena, MSG_figure_coverage, language, STR(arena, value->numerator),
                    label_text(figure->unit, language), STR(arena, value->denominator));
    if (figure->of->type == INDICATOR_RATIO)
        return figure_ratio_text(arena, value, figure->of->scale, language);
    return str_trim(fill(arena, MSG_figure_with_unit, language,
                         number_text(arena, figure, value, false),
                         label_text(figure->unit, language), S("")));
}

/* ---- words of size ---- */

#define ROUND_LEAST 20 /* smaller numbers stay exact (domain rule 3.7) */

/* Everything in `unit`s: 5000万次 is a value of 50,000,000 in a unit of 10,000. */
static bool round_in(int64_t value, int64_t unit, int64_t step, RoundWord word,
                     int64_t *ret_rounded)
{
    __int128 whole = (__int128)step * unit;
    __int128 steps;
    *ret_rounded = in_unit(value, unit, 0);
    if (word == ROUND_EXACT)
        return true;
    if (step <= 0 || value < whole || value < (__int128)ROUND_LEAST * unit)
        return false;
    steps = value / whole;
    bool cut = value % whole != 0;
    if (word == ROUND_NEARLY && cut)
        steps++;
    *ret_rounded = (int64_t)(steps * step);
    return cut;
}

bool figure_round(const Figure *figure, const FigureValue *value, int64_t step, RoundWord word,
                  int64_t *ret_rounded)
{
    *ret_rounded = 0;
    if (!value->has_value || figure->of->type == INDICATOR_RATIO)
        return false;
    return round_in(value->value, MAX(figure->unit_size, 1), step, word, ret_rounded);
}

Str round_text(Arena *arena, int64_t rounded, RoundWord word, Language language)
{
    static const MessageId words[] = {
        [ROUND_MORE_THAN] = MSG_figure_more_than,
        [ROUND_MANY] = MSG_figure_many,
        [ROUND_OVER] = MSG_figure_over,
        [ROUND_NEARLY] = MSG_figure_nearly,
    };
    Str number = STR(arena, rounded);
    if (word == ROUND_EXACT)
        return number;
    return fill(arena, words[word], language, number, S(""), S(""));
}
