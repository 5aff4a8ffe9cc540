/* SPDX-License-Identifier: Apache-2.0 */
/* Claims to be first or best. What is claimed is the title of a record that carries the document
 * and its day; the text may say it in these words and no others. */
#include "query.h"
#include "report/draft.h"

typedef struct Claims {
    Arena *arena;
    const ScanRule *rule;
    StrVec titles; /* of records with evidence */
} Claims;

static bool claims_read(Claims *claims, Db *db, Err *err)
{
    QRecordRow *rows;
    size_t count;
    if (!q_record_of_kind_all(db, claims->arena, claims->rule->evidence, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (rows[i].voided_at == 0 && rows[i].title.n > 0)
            *vec_push(claims->arena, &claims->titles) = rows[i].title;
    return true;
}

static Str block_text(Arena *arena, const BriefingText *text, const BriefingBlock *block)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < block->pieces.n; i++) {
        const BriefingPiece *piece = &block->pieces.p[i];
        buf_add(&buf, piece->slot < 0 ? piece->text : text->slots.p[piece->slot].text);
    }
    return buf_str(&buf);
}

/* Some title stands in the text so that it holds the word at `at`. */
static bool is_covered(const Claims *claims, Str text, size_t at, size_t size)
{
    for (size_t i = 0; i < claims->titles.n; i++) {
        Str title = claims->titles.p[i];
        for (size_t from = 0; (from = str_find(text, title, from)) <= at; from++)
            if (from + title.n >= at + size)
                return true;
    }
    return false;
}

/* Up to the ends of the sentence, for the margin. */
static Str sentence_at(Str text, size_t at)
{
    static const Str ends[] = {S_CONST("。"), S_CONST("；"), S_CONST(". ")};
    size_t first = 0, last = text.n;
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        for (size_t end = 0; (end = str_find(text, ends[i], end)) < at; end += ends[i].n)
            first = MAX(first, end + ends[i].n);
        last = MIN(last, str_find(text, ends[i], at));
    }
    return str_trim(str_slice(text, first, last));
}

static Str uncovered(const Claims *claims, Str text)
{
    for (size_t i = 0; i < claims->rule->n_words; i++) {
        Str word = claims->rule->words[i];
        for (size_t at = 0; (at = str_find(text, word, at)) != SIZE_MAX; at += word.n)
            if (!is_covered(claims, text, at, word.n))
                return sentence_at(text, at);
    }
    return S("");
}

bool claim_without_evidence(Arena *arena, Db *db, const ScanRule *rule, const BriefingText *text,
                            Str *ret_sentence, Err *err)
{
    Claims claims = {.arena = arena, .rule = rule};
    *ret_sentence = S("");
    if (!claims_read(&claims, db, err))
        return false;
    for (size_t i = 0; i < text->blocks.n && ret_sentence->n == 0; i++)
        *ret_sentence = uncovered(&claims, block_text(arena, text, &text->blocks.p[i]));
    return true;
}
