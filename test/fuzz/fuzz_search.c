/* SPDX-License-Identifier: Apache-2.0 */
/* Any text with any word in it: the index finds the word, and what it takes for proof is proof.
 * The first line is the word, the second another text. */
#include "base/utf8.h"
#include "fuzz.h"
#include "search/token.h"

/* `phrase` is "…" or "…"*: such a token, or one that begins so. */
static bool has_token(Arena *arena, Str tokens, Str phrase)
{
    bool begins = str_ends(phrase, S("*"));
    Str token = str_slice(phrase, 1, phrase.n - (begins ? 2 : 1));
    return str_has(tokens, STR(arena, " ", token, begins ? "" : " "));
}

static bool has_word(Arena *arena, Str normal, const TokenWord *word)
{
    Buf tokens = buf_open(arena);
    buf_byte(&tokens, ' ');
    token_write(&tokens, normal);
    for (size_t i = 0; i < word->phrases.n; i++)
        if (!has_token(arena, buf_str(&tokens), word->phrases.p[i]))
            return false;
    return true;
}

static void check_term(void *context, Str term)
{
    const Str *normal = context;
    ASSERT(term.n > 0 && str_has(*normal, term) && !str_has(term, S("_")));
}

void fuzz_one(Arena *arena, Str input)
{
    Str rest = input, line;
    if (!utf8_is_clean(input) || !str_next(&rest, '\n', &line))
        return;
    Str normal = token_normal(arena, line), text = token_normal(arena, rest);
    TokenWord word = token_word(arena, normal);
    token_terms(text, check_term, &text);
    if (str_only(normal, S("\t\r ")) || str_has(normal, S(" ")))
        return;
    ASSERT(has_word(arena, STR(arena, text, normal, text), &word));
    if (word.is_proof && has_word(arena, text, &word))
        ASSERT(str_has(text, normal));
}
