/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/slot.h"

#include "base/number.h"

#define SLOT_WORDS_MAX 12

typedef struct Words {
    Str p[SLOT_WORDS_MAX];
    size_t n; /* SLOT_WORDS_MAX: perhaps more */
} Words;

static Words split(Str text)
{
    Words words = {0};
    Str word;
    while (words.n < SLOT_WORDS_MAX && str_next(&text, ' ', &word))
        if (word.n)
            words.p[words.n++] = word;
    return words;
}

static bool is_word(const Words *words, size_t at, Str word)
{
    return at < words->n && str_eq(words->p[at], word);
}

static bool is_step(Str word, int64_t *ret_step)
{
    return int_parse(word, ret_step) && *ret_step > 0;
}

static bool round_word(Str word, RoundWord *ret_word)
{
    static const struct {
        Str name;
        RoundWord word;
    } known[] = {{S_CONST("余"), ROUND_MORE_THAN},
                 {S_CONST("多"), ROUND_MANY},
                 {S_CONST("超"), ROUND_OVER},
                 {S_CONST("over"), ROUND_OVER}};
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (str_eq(known[i].name, word)) {
            *ret_word = known[i].word;
            return true;
        }
    }
    return false;
}

/* ---- periods ---- */

static bool two_digits(Str text, int last, int *ret_number)
{
    int64_t number;
    if (text.n == 0 || text.n > 2 || !str_only(text, S("0123456789")) ||
        !int_parse(text, &number) || number < 1 || number > last)
        return false;
    *ret_number = (int)number;
    return true;
}

bool slot_days(Str in, Day *ret_from, Day *ret_to)
{
    int64_t year;
    int first = 1, months = 12;
    Str rest = str_slice(in, 5, in.n);
    if (in.n < 4 || !str_only(str_slice(in, 0, 4), S("0123456789")) ||
        !int_parse(str_slice(in, 0, 4), &year) || year < 1900 || year > 2200)
        return false;
    if (in.n > 4 && in.p[4] != '-')
        return false;
    if (in.n == 7 && rest.p[0] == 'Q') {
        if (!two_digits(str_slice(rest, 1, 2), 4, &first))
            return false;
        first = first * 3 - 2;
        months = 3;
    } else if (in.n == 7) {
        if (!two_digits(rest, 12, &first))
            return false;
        months = 1;
    } else if (in.n != 4) {
        return false;
    }
    *ret_from = day_from_civil((CivilDate){.year = (int)year, .month = first, .day = 1});
    int end = first + months;
    *ret_to = day_from_civil((CivilDate){
                  .year = (int)year + (end > 12), .month = end > 12 ? end - 12 : end, .day = 1}) -
              1;
    return true;
}

static bool is_period(Str in)
{
    static const Str running[] = {S_CONST("month"), S_CONST("quarter"), S_CONST("year"),
                                  S_CONST("all")};
    Day from, to;
    for (size_t i = 0; i < COUNT_OF(running); i++)
        if (str_eq(running[i], in))
            return true;
    return slot_days(in, &from, &to);
}

/* ---- forms ---- */

/* Takes "at CODE" and "in PERIOD" off the end, each once, in either order. */
static bool take_scope(Words *words, Slot *slot)
{
    while (words->n >= 3) {
        Str key = words->p[words->n - 2], value = words->p[words->n - 1];
        bool at = str_eq(key, S("at")), in = str_eq(key, S("in"));
        if (!at && !in)
            return true;
        if ((at ? slot->at : slot->in).n || (in && !is_period(value)))
            return false;
        *(at ? &slot->at : &slot->in) = value;
        words->n -= 2;
    }
    return true;
}

static SlotType each_form(const Words *words, Slot *slot)
{
    Str what = words->p[1];
    bool below = words->n == 4 && is_word(words, 2, S("below"));
    bool org = !str_eq(what, S("month")) && !str_eq(what, S("quarter"));
    if (words->n != 2 && !(org && below))
        return SLOT_BROKEN;
    slot->each = org ? EACH_ORG : str_eq(what, S("month")) ? EACH_MONTH : EACH_QUARTER;
    if (org && !str_eq(what, S("org")))
        slot->type_code = what;
    if (below)
        slot->at = words->p[3];
    return SLOT_EACH;
}

static SlotType slot_form(const Words *words, Slot *slot)
{
    const Str *word = words->p;
    if (words->n == 1)
        return str_eq(word[0], S("period")) ? SLOT_PERIOD : SLOT_FIGURE;
    if (is_word(words, 0, S("each")))
        return each_form(words, slot);
    if (words->n == 2 && str_eq(word[1], S("full")))
        return SLOT_FULL;
    if (words->n == 3 && str_eq(word[1], S("near")) && is_step(word[2], &slot->step))
        return SLOT_NEAR;
    if (words->n == 3 && str_eq(word[1], S("of")))
        return SLOT_RATIO;
    if (words->n == 4 && str_eq(word[1], S("round")) && is_step(word[2], &slot->step) &&
        round_word(word[3], &slot->word))
        return SLOT_ROUND;
    if (words->n == 4 && str_eq(word[1], S("full")) && str_eq(word[2], S("of")))
        return SLOT_FULL;
    return SLOT_BROKEN;
}

Slot slot_parse(Str source)
{
    Slot slot = {0};
    Words words = split(str_slice(source, 1, source.n - 1));
    slot.type = words.n > 0 && words.n < SLOT_WORDS_MAX && take_scope(&words, &slot)
                    ? slot_form(&words, &slot)
                    : SLOT_BROKEN;
    bool scoped = slot.at.n || slot.in.n;
    if (slot.type == SLOT_NEAR)
        slot.word = ROUND_NEARLY;
    if (slot.type == SLOT_PERIOD && scoped)
        slot.type = SLOT_BROKEN;
    if (slot.type == SLOT_BROKEN || slot.type == SLOT_PERIOD || slot.type == SLOT_EACH)
        return slot;
    slot.name = words.p[0];
    if (words.n > 2 && (slot.type == SLOT_RATIO || slot.type == SLOT_FULL))
        slot.other_name = words.p[words.n - 1];
    return slot;
}

bool slot_next(Str line, size_t *at, Str *ret_before, Str *ret_source)
{
    size_t open = str_find(line, S("{"), *at);
    size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(line, S("}"), open);
    if (close == SIZE_MAX || close - open > SLOT_BYTES_MAX)
        return false;
    *ret_before = str_slice(line, *at, open);
    *ret_source = str_slice(line, open, close + 1);
    *at = close + 1;
    return true;
}
