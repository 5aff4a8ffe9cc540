/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that somebody typed where a slot belongs: digits with the unit word of a figure behind
 * them. 第3期 and 2023年 only name something and pass. */
#include "report/draft.h"

#define TYPED_SHOWN 3

typedef struct Typed {
    Arena *arena;
    StrVec units;
    Buf found; /* "63处、35名" */
    int count;
} Typed;

static void add_unit(Typed *typed, Str unit)
{
    for (size_t i = 0; i < typed->units.n; i++)
        if (str_eq(typed->units.p[i], unit))
            return;
    if (unit.n)
        *vec_push(typed->arena, &typed->units) = unit;
}

static bool is_digit(Str text, size_t at)
{
    return at < text.n && text.p[at] >= '0' && text.p[at] <= '9';
}

/* Past the digits, with commas and a point between them. */
static size_t number_end(Str text, size_t at)
{
    while (is_digit(text, at) ||
           (at + 1 < text.n && (text.p[at] == ',' || text.p[at] == '.') && is_digit(text, at + 1)))
        at++;
    return at;
}

/* Past what may stand between a number and its unit. */
static size_t unit_start(Str text, size_t at)
{
    static const Str between[] = {S_CONST(" "), S_CONST("余"), S_CONST("多"), S_CONST("万"),
                                  S_CONST("亿")};
    bool more = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < COUNT_OF(between) && !more; i++) {
            more = str_starts(str_slice(text, at, text.n), between[i]);
            at += more ? between[i].n : 0;
        }
    }
    return at;
}

static bool names_something(Str text, size_t at, Str number, Str unit)
{
    Str before = str_trim(str_slice(text, 0, at));
    return str_ends(before, S("第")) || (number.n == 4 && str_eq(unit, S("年")));
}

/* The end of the unit word behind the number [at, end); 0 when there is none. */
static size_t unit_end(const Typed *typed, Str text, size_t at, size_t end)
{
    size_t start = unit_start(text, end);
    Str rest = str_slice(text, start, text.n);
    for (size_t i = 0; i < typed->units.n; i++)
        if (str_starts(rest, typed->units.p[i]) &&
            !names_something(text, at, str_slice(text, at, end), typed->units.p[i]))
            return start + typed->units.p[i].n;
    return 0;
}

static void look(Typed *typed, Str text)
{
    for (size_t at = 0; at < text.n; at++) {
        if (!is_digit(text, at))
            continue;
        size_t end = number_end(text, at), unit = unit_end(typed, text, at, end);
        if (unit && typed->count++ < TYPED_SHOWN)
            TEXT(&typed->found, typed->count > 1 ? "、" : "", str_slice(text, at, unit));
        at = end;
    }
}

Str typed_numbers(Arena *arena, const Profile *profile, const BriefingText *text)
{
    Typed typed = {.arena = arena, .found = buf_open(arena)};
    for (size_t i = 0; i < profile->n_figures; i++) {
        add_unit(&typed, profile->figures[i].unit.zh);
        add_unit(&typed, profile->figures[i].unit.en);
    }
    for (size_t i = 0; i < text->blocks.n; i++)
        for (size_t j = 0; j < text->blocks.p[i].pieces.n; j++)
            if (text->blocks.p[i].pieces.p[j].slot < 0)
                look(&typed, text->blocks.p[i].pieces.p[j].text);
    return buf_str(&typed.found);
}
