/* SPDX-License-Identifier: Apache-2.0 */
#include "search/token.h"

#include "base/utf8.h"

typedef enum RunType { RUN_NONE, RUN_PLAIN, RUN_WIDE } RunType;

typedef struct Run {
    RunType type;
    Str text;
} Run;

Str token_normal(Arena *arena, Str text)
{
    return str_lower(arena, utf8_narrow(arena, text));
}

/* Beyond ASCII everything is a letter but the blocks of punctuation that Chinese text uses. A wrong
 * guess about a rare sign costs nothing: index and query guess alike. */
static RunType point_type(uint32_t point)
{
    if (point < 0x80) {
        bool letter = (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
        return letter || (point >= '0' && point <= '9') ? RUN_PLAIN : RUN_NONE;
    }
    if (point < 0xC0 || (point >= 0x2000 && point <= 0x206F) || point == 0xFEFF)
        return RUN_NONE;
    if (point >= 0x3000 && point <= 0x303F)
        return point >= 0x3005 && point <= 0x3007 ? RUN_WIDE : RUN_NONE;
    if ((point >= 0xFE10 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF0F) ||
        (point >= 0xFF1A && point <= 0xFF20) || (point >= 0xFF5B && point <= 0xFF65))
        return RUN_NONE;
    return RUN_WIDE;
}

/* Takes the next run off `rest`. */
static bool run_next(Str *rest, Run *ret_run)
{
    const char *start = rest->p;
    Str at = *rest;
    uint32_t point;
    RunType type = RUN_NONE;
    while (utf8_next(&at, &point)) {
        RunType next = point_type(point);
        if (type != RUN_NONE && next != type)
            break;
        if (type == RUN_NONE)
            start = rest->p;
        type = next;
        *rest = at;
    }
    *ret_run = (Run){type, {start, (size_t)(rest->p - start)}};
    return type != RUN_NONE;
}

/* ---- the index ---- */

static void token_add(Buf *tokens, Str token)
{
    buf_add(tokens, token);
    buf_byte(tokens, ' ');
}

static void write_wide(Buf *tokens, Str run)
{
    while (run.n > 0) {
        Str one = utf8_head(run, 1), two = utf8_head(run, 2);
        token_add(tokens, one);
        if (two.n > one.n)
            token_add(tokens, two);
        run = str_slice(run, one.n, run.n);
    }
}

static void write_plain(Buf *tokens, Str run)
{
    for (size_t i = 0; i < run.n; i++) {
        size_t left = run.n - i;
        token_add(tokens, str_slice(run, i, i + 1));
        if (left >= 2)
            token_add(tokens, str_slice(run, i, i + 2));
        if (left >= 3)
            token_add(tokens, str_slice(run, i, i + TOKEN_PLAIN_MAX));
    }
}

void token_write(Buf *tokens, Str normal)
{
    Run run;
    while (run_next(&normal, &run))
        (run.type == RUN_WIDE ? write_wide : write_plain)(tokens, run.text);
}

/* ---- a query ---- */

static void word_wide(Arena *arena, Str run, StrVec *phrases)
{
    do {
        Str one = utf8_head(run, 1), two = utf8_head(run, 2);
        *vec_push(arena, phrases) = STR(arena, "\"", two, "\"");
        run = str_slice(run, one.n, run.n);
    } while (utf8_head(run, 1).n < run.n);
}

static void word_plain(Arena *arena, Str run, StrVec *phrases)
{
    *vec_push(arena, phrases) =
        STR(arena, "\"", str_slice(run, 0, TOKEN_PLAIN_MAX), run.n >= 3 ? "\"*" : "\"");
}

TokenWord token_word(Arena *arena, Str word)
{
    TokenWord result = {.word = word};
    Str rest = word;
    Run run;
    while (run_next(&rest, &run)) {
        if (run.type == RUN_WIDE)
            word_wide(arena, run.text, &result.phrases);
        else
            word_plain(arena, run.text, &result.phrases);
        result.is_proof = run.text.n == word.n && result.phrases.n == 1 &&
                          (run.type == RUN_WIDE || run.text.n <= TOKEN_PLAIN_MAX);
    }
    return result;
}

/* ---- likeness ---- */

/* One pass without cutting runs first: every character of each ranked text comes by here. */
void token_terms(Str normal, TokenTerm each, void *context)
{
    const char *wide = NULL, *plain = NULL; /* the wide character before, where a plain run began */
    Str rest = normal;
    uint32_t point = 0;
    for (bool goes_on = true; goes_on;) {
        const char *start = rest.p;
        goes_on = utf8_next(&rest, &point);
        RunType type = goes_on ? point_type(point) : RUN_NONE;
        if (plain && type != RUN_PLAIN) {
            Str run = {plain, (size_t)(start - plain)};
            if (run.n >= 2)
                each(context, str_slice(run, 0, TOKEN_PLAIN_MAX));
            plain = NULL;
        }
        if (wide && type == RUN_WIDE)
            each(context, (Str){wide, (size_t)(rest.p - wide)});
        wide = type == RUN_WIDE ? start : NULL;
        if (!plain && type == RUN_PLAIN)
            plain = start;
    }
}
