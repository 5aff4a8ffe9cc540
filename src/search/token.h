/* SPDX-License-Identifier: Apache-2.0 */
/* token.h - from text to the tokens of the index, and from a word to the tokens it must have.
 *
 * Text is compared narrow and with small ASCII letters. It is cut into runs: wide (Chinese and
 * other letters beyond ASCII) and plain (ASCII letters and digits); everything else separates. Of
 * a wide run every character and every pair of neighbours is a token; of a plain run every
 * character, every pair, and from each place on what follows, so that any part of a number is the
 * beginning of a token. Hence a text that holds a word always has the word's tokens.
 *
 * No token of text holds '_': the tokens that say who may find a record all begin with it.
 */
#ifndef TONGXIN_SEARCH_TOKEN_H
#define TONGXIN_SEARCH_TOKEN_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

/* Characters of a plain token; longer ones are cut and the text is looked at. */
#define TOKEN_PLAIN_MAX 16

/* The form in which texts are compared. */
Str token_normal(Arena *arena, Str text);
/* Adds the tokens of a normal text, each with a space behind it. */
void token_write(Buf *tokens, Str normal);

/* What FTS5 must find for a word of a query, and whether finding it proves that the word is
 * there. */
typedef struct TokenWord {
    Str word;       /* normal */
    StrVec phrases; /* in FTS5's language; none: the word is only separators */
    bool is_proof;
} TokenWord;
/* `word` is normal and without white space. */
TokenWord token_word(Arena *arena, Str word);

/* Receives one term: a view into the text. */
typedef void (*TokenTerm)(void *context, Str term);
/* Terms that make texts alike: pairs of wide characters, plain runs of two characters or more.
 * Each is a token too. Calls `each` for every one, doubles included. */
void token_terms(Str normal, TokenTerm each, void *context);

#endif
