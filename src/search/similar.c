/* SPDX-License-Identifier: Apache-2.0 */
/* Look-alikes: the rarest terms of a text bring candidates, all its terms rank them. */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "search/search_store.h"

#define TEXT_CHARACTERS_MAX 4000
/* At least so many of the rarest terms are asked for, and more while few texts hold them. */
#define RAREST_MIN   8
#define RAREST_MAX   64
#define RAREST_TEXTS 1000
/* Ranking reads each candidate whole: the newest so many of those that hold a rare term. */
#define CANDIDATES_MAX 1000

typedef struct Term {
    Str text;
    int64_t texts; /* how many hold it, without the record itself */
    double weight;
    int64_t seen_in; /* the candidate that had it last */
} Term;

typedef struct Likeness {
    int64_t record;
    double score;
} Likeness;

typedef struct Similar {
    Arena *arena;
    Db *index;
    const SearchScope *scope;
    int64_t except;
    Map terms;  /* Term* */
    double own; /* of the candidate at hand */
    int64_t at;
    Likeness *best; /* descending */
    size_t count, limit;
} Similar;

static void similar_term(void *context, Str text)
{
    Similar *similar = context;
    Term *term;
    if (map_find(&similar->terms, text))
        return;
    term = NEW(similar->arena, Term);
    term->text = text;
    map_set(&similar->terms, text, term);
}

static void except_term(void *context, Str text)
{
    Similar *similar = context;
    Term *term = map_find(&similar->terms, text);
    if (!term || term->seen_in == similar->at)
        return;
    term->seen_in = similar->at;
    term->texts--;
}

static bool similar_counts(Similar *similar, Err *err)
{
    for (size_t i = 0; i < similar->terms.n; i++) {
        Term *term = similar->terms.slots[i].value;
        if (!store_term(similar->arena, similar->index, term->text, &term->texts, err))
            return false;
    }
    return true;
}

static bool similar_without_one(Similar *similar, int64_t id, Err *err)
{
    Doc doc;
    bool found;
    if (!doc_get(similar->arena, similar->index, id, &doc, &found, err))
        return false;
    similar->at = id;
    if (found)
        token_terms(doc.text, except_term, similar);
    return true;
}

/* What only the record itself says finds nothing but itself. */
static bool similar_without(Similar *similar, Err *err)
{
    return !similar->except || (similar_without_one(similar, similar->except, err) &&
                                similar_without_one(similar, -similar->except, err));
}

static int rarer_first(const void *a, const void *b)
{
    const Term *x = *(Term *const *)a, *y = *(Term *const *)b;
    if (x->texts != y->texts)
        return x->texts < y->texts ? -1 : 1;
    return str_cmp(x->text, y->text);
}

/* The FTS5 expression for any of the rarest terms; empty when there is none or nobody may look. */
static Str similar_match(Similar *similar, int64_t docs)
{
    Term **sorted = NEW_ARRAY(similar->arena, Term *, similar->terms.n + 1);
    Buf match = buf_open(similar->arena);
    size_t count = 0;
    int64_t texts = 0;
    for (size_t i = 0; i < similar->terms.n; i++) {
        Term *term = similar->terms.slots[i].value;
        if (term->texts <= 0)
            continue;
        term->weight = log2((double)(docs + 1) / (double)term->texts);
        term->seen_in = 0;
        sorted[count++] = term;
    }
    if (count == 0 || !scope_match(&match, similar->scope))
        return (Str){0};
    qsort(sorted, count, sizeof(Term *), rarer_first);
    for (size_t i = 0; i < MIN(count, RAREST_MAX); i++) {
        texts += sorted[i]->texts;
        if (i >= RAREST_MIN && texts > RAREST_TEXTS)
            break;
        TEXT(&match, i ? " OR " : "(", "\"", sorted[i]->text, "\"");
    }
    buf_byte(&match, ')');
    return buf_str(&match);
}

static void similar_shared(void *context, Str text)
{
    Similar *similar = context;
    Term *term = map_find(&similar->terms, text);
    if (!term || term->texts <= 0 || term->seen_in == similar->at)
        return;
    term->seen_in = similar->at;
    similar->own += term->weight;
}

static void similar_keep(Similar *similar, Likeness likeness)
{
    size_t at = similar->count;
    if (at == similar->limit && likeness.score <= similar->best[at - 1].score)
        return;
    if (at < similar->limit)
        similar->count++;
    else
        at--;
    for (; at > 0 && similar->best[at - 1].score < likeness.score; at--)
        similar->best[at] = similar->best[at - 1];
    similar->best[at] = likeness;
}

/* Long texts share more by chance. */
static double similar_score(double shared, Str text)
{
    return shared / sqrt((double)utf8_count(text) + 50.0);
}

static bool similar_rank(Similar *similar, Str words, Err *err)
{
    Match match = {words, similar->scope->published_only, true, CANDIDATES_MAX};
    DbRows rows;
    if (!store_match(similar->arena, similar->index, &match, &rows, err))
        return false;
    while (db_rows_next(&rows)) {
        Str text = utf8_head(db_rows_text(&rows, 1), TEXT_CHARACTERS_MAX);
        similar->at = db_rows_int(&rows, 0);
        similar->own = 0;
        if (similar->at == similar->except)
            continue;
        token_terms(text, similar_shared, similar);
        similar_keep(similar, (Likeness){similar->at, similar_score(similar->own, text)});
    }
    return db_rows_close(&rows, err);
}

bool search_similar(Arena *arena, Search *search, Str text, const SearchScope *scope,
                    int64_t except, int limit, IdVec *ret_ids, Err *err)
{
    Similar similar = {.arena = arena,
                       .index = search->db,
                       .scope = scope,
                       .except = except,
                       .terms = map_open(arena),
                       .limit = (size_t)MIN(MAX(limit, 1), 20)};
    Followed followed;
    Str match;
    similar.best = NEW_ARRAY(arena, Likeness, similar.limit);
    token_terms(token_normal(arena, utf8_head(text, TEXT_CHARACTERS_MAX)), similar_term, &similar);
    if (!store_followed(arena, search->db, &followed, err) || !similar_counts(&similar, err) ||
        !similar_without(&similar, err))
        return false;
    match = similar_match(&similar, followed.docs);
    if (match.n && !similar_rank(&similar, match, err))
        return false;
    *ret_ids = (IdVec){0};
    for (size_t i = 0; i < similar.count; i++)
        *vec_push(arena, ret_ids) = similar.best[i].record;
    return true;
}
