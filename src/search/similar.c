/* SPDX-License-Identifier: Apache-2.0 */
/* Look-alikes. The rarest terms of a text are asked for one by one, and what holds most of them,
 * by weight, is read and ranked by all terms. So the work is bounded whatever the site has: so many
 * places in the index, so many scopes, so many texts. */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "search/search_store.h"

#define TEXT_CHARACTERS_MAX 4000
/* At least so many of the rarest terms are asked for, and more while few texts hold them. */
#define RAREST_MIN   8
#define RAREST_MAX   128
#define RAREST_TEXTS 4000
/* Of a term that many texts hold the newest so many. */
#define HOLDERS_MAX 500
/* Of the candidates with most weight the scope is looked at, and of those admitted the text is
 * read. */
#define LOOKED_AT_MAX 1000
#define READ_MAX      200
#define RANKED_MAX    20

typedef struct Term {
    Str text;
    int64_t texts; /* how many hold it, without the record itself */
    double weight;
    int64_t seen_in; /* the candidate that had it last */
} Term;

/* Asked for each term of each text that is read: a Map by text took twice as long. */
typedef struct Terms {
    VEC(Term *) list;
    Term **table; /* by hash, open addressing, at most half full */
    int bits;
} Terms;

/* A record, and how much of the rare terms, or of all, it holds. */
typedef struct Likeness {
    int64_t record;
    double score;
    bool read;
} Likeness;
typedef VEC(Likeness *) LikenessVec;

typedef struct Similar {
    Arena *arena;
    Db *index;
    const SearchScope *scope;
    int64_t except;
    Terms terms;
    Term *rarest[RAREST_MAX];
    size_t n_rarest;
    Map candidates; /* by record: Likeness* */
    bool all;       /* every record that holds one of the rarest terms is a candidate */
    double own;     /* of the candidate at hand */
    int64_t at;
    Likeness *best; /* descending */
    size_t count, limit, n_read;
} Similar;

static Str text_head(Str text)
{
    return text.n <= TEXT_CHARACTERS_MAX ? text : utf8_head(text, TEXT_CHARACTERS_MAX);
}

/* ---- terms ---- */

static void terms_open(Arena *arena, Terms *terms, size_t most)
{
    for (terms->bits = 4; (size_t)1 << terms->bits < 2 * most; terms->bits++)
        ;
    terms->table = NEW_ARRAY(arena, Term *, (size_t)1 << terms->bits);
}

/* Where the term is, or the free place where it belongs. Two characters are all its bytes. */
static Term **term_place(const Terms *terms, Str text)
{
    size_t last = ((size_t)1 << terms->bits) - 1, place;
    uint64_t bytes = 0;
    memcpy(&bytes, text.p, MIN(text.n, sizeof bytes));
    place = (size_t)((bytes * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - terms->bits));
    while (terms->table[place] && !str_eq(terms->table[place]->text, text))
        place = (place + 1) & last;
    return &terms->table[place];
}

static void similar_term(void *context, Str text)
{
    Similar *similar = context;
    Term **place = term_place(&similar->terms, text);
    if (*place)
        return;
    *place = NEW(similar->arena, Term);
    (*place)->text = text;
    *vec_push(similar->arena, &similar->terms.list) = *place;
}

/* The term, once for each candidate; NULL when it is none of ours or was seen. */
static Term *term_once(Similar *similar, Str text)
{
    Term *term = *term_place(&similar->terms, text);
    if (!term || term->seen_in == similar->at)
        return NULL;
    term->seen_in = similar->at;
    return term;
}

static bool terms_count(Similar *similar, Err *err)
{
    StrVec texts = {0};
    DbRows rows;
    for (size_t i = 0; i < similar->terms.list.n; i++)
        *vec_push(similar->arena, &texts) = similar->terms.list.p[i]->text;
    if (!store_terms(similar->arena, similar->index, &texts, &rows, err))
        return false;
    while (db_rows_next(&rows)) {
        Term *term = *term_place(&similar->terms, db_rows_text(&rows, 0));
        if (term)
            term->texts = db_rows_int(&rows, 1);
    }
    return db_rows_close(&rows, err);
}

static void except_term(void *context, Str text)
{
    Term *term = term_once(context, text);
    if (term)
        term->texts--;
}

/* What only the record itself says finds nothing but itself. */
static bool terms_without(Similar *similar, Err *err)
{
    const int64_t own[] = {similar->except, -similar->except};
    DbRows rows;
    if (!similar->except)
        return true;
    if (!store_texts(similar->arena, similar->index, own, COUNT_OF(own), &rows, err))
        return false;
    while (db_rows_next(&rows)) {
        similar->at = db_rows_int(&rows, 0);
        token_terms(db_rows_text(&rows, 2), except_term, similar);
    }
    return db_rows_close(&rows, err);
}

static int rarer_first(const void *a, const void *b)
{
    const Term *x = *(Term *const *)a, *y = *(Term *const *)b;
    if (x->texts != y->texts)
        return x->texts < y->texts ? -1 : 1;
    return str_cmp(x->text, y->text);
}

static void terms_weigh(Similar *similar, int64_t docs)
{
    Term **sorted = NEW_ARRAY(similar->arena, Term *, similar->terms.list.n + 1);
    size_t count = 0;
    int64_t texts = 0;
    for (size_t i = 0; i < similar->terms.list.n; i++) {
        Term *term = similar->terms.list.p[i];
        term->seen_in = 0;
        if (term->texts <= 0)
            continue;
        term->weight = log2((double)(docs + 1) / (double)term->texts);
        sorted[count++] = term;
    }
    if (count == 0)
        return;
    qsort(sorted, count, sizeof(Term *), rarer_first);
    for (size_t i = 0; i < MIN(count, RAREST_MAX); i++) {
        texts += sorted[i]->texts;
        if (i >= RAREST_MIN && texts > RAREST_TEXTS)
            break;
        similar->rarest[similar->n_rarest++] = sorted[i];
    }
}

/* ---- candidates ---- */

static Likeness *candidate_of(Similar *similar, int64_t record)
{
    Likeness *candidate = map_find_id(&similar->candidates, record);
    if (!candidate) {
        candidate = NEW(similar->arena, Likeness);
        candidate->record = record;
        candidate->read = record == similar->except;
        map_set_id(&similar->candidates, record, candidate);
    }
    return candidate;
}

static bool term_holders(Similar *similar, const Term *term, Err *err)
{
    Match match = {.words = STR(similar->arena, "\"", term->text, "\""),
                   .published = similar->scope->published_only,
                   .limit = HOLDERS_MAX};
    DbRows rows;
    int64_t count = 0;
    if (!store_match(similar->arena, similar->index, &match, &rows, err))
        return false;
    for (; db_rows_next(&rows); count++)
        candidate_of(similar, db_rows_int(&rows, 0))->score += term->weight;
    similar->all = similar->all && count < HOLDERS_MAX;
    return db_rows_close(&rows, err);
}

static int heavier_first(const void *a, const void *b)
{
    const Likeness *x = *(Likeness *const *)a, *y = *(Likeness *const *)b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->record > y->record ? -1 : 1;
}

static bool candidates_find(Similar *similar, LikenessVec *ret_found, Err *err)
{
    similar->all = true;
    for (size_t i = 0; i < similar->n_rarest; i++)
        if (!term_holders(similar, similar->rarest[i], err))
            return false;
    for (size_t i = 0; i < similar->candidates.n; i++)
        *vec_push(similar->arena, ret_found) = similar->candidates.slots[i].value;
    if (ret_found->n)
        qsort(ret_found->p, ret_found->n, sizeof(Likeness *), heavier_first);
    similar->all = similar->all && ret_found->n <= LOOKED_AT_MAX;
    ret_found->n = MIN(ret_found->n, LOOKED_AT_MAX);
    return true;
}

/* The newest that the scope admits and that hold any of the rarest terms. */
static bool candidates_in_scope(Similar *similar, LikenessVec *ret_found, Err *err)
{
    Buf words = buf_open(similar->arena);
    Match match = {.published = similar->scope->published_only, .limit = READ_MAX};
    DbRows rows;
    if (!scope_match(&words, similar->scope))
        return true;
    for (size_t i = 0; i < similar->n_rarest; i++)
        TEXT(&words, i ? " OR " : "(", "\"", similar->rarest[i]->text, "\"");
    buf_byte(&words, ')');
    match.words = buf_str(&words);
    if (!store_match(similar->arena, similar->index, &match, &rows, err))
        return false;
    while (db_rows_next(&rows))
        *vec_push(similar->arena, ret_found) = candidate_of(similar, db_rows_int(&rows, 0));
    return db_rows_close(&rows, err);
}

/* ---- ranking ---- */

static void similar_shared(void *context, Str text)
{
    Similar *similar = context;
    const Term *term = term_once(similar, text);
    if (term && term->texts > 0)
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

static void candidate_rank(Similar *similar, int64_t record, Str text)
{
    similar->at = record;
    similar->own = 0;
    similar->n_read++;
    text = text_head(text);
    token_terms(text, similar_shared, similar);
    similar_keep(similar, (Likeness){record, similar_score(similar->own, text), true});
}

/* Reads the first of `found` that the scope admits. */
static bool candidates_rank(Similar *similar, const LikenessVec *found, Err *err)
{
    int64_t *ids = NEW_ARRAY(similar->arena, int64_t, found->n + 1);
    size_t count = 0;
    DbRows rows;
    for (size_t i = 0; i < found->n; i++) {
        if (!found->p[i]->read)
            ids[count++] =
                similar->scope->published_only ? -found->p[i]->record : found->p[i]->record;
        found->p[i]->read = true;
    }
    if (!store_texts(similar->arena, similar->index, ids, count, &rows, err))
        return false;
    similar->n_read = 0;
    while (similar->n_read < READ_MAX && db_rows_next(&rows))
        if (scope_admits(similar->scope, db_rows_text(&rows, 1)))
            candidate_rank(similar, doc_record(db_rows_int(&rows, 0)), db_rows_text(&rows, 2));
    return db_rows_close(&rows, err);
}

static bool similar_rank(Similar *similar, Err *err)
{
    LikenessVec found = {0}, own = {0};
    if (!candidates_find(similar, &found, err) || !candidates_rank(similar, &found, err))
        return false;
    /* Others hold the terms so often that what the scope admits was not come to. */
    if (similar->all || similar->count >= similar->limit)
        return true;
    return candidates_in_scope(similar, &own, err) && candidates_rank(similar, &own, err);
}

static bool scope_is_empty(const SearchScope *scope)
{
    return !scope->everything && !scope->published_only && scope->n_orgs == 0;
}

bool search_similar(Arena *arena, Search *search, Str text, const SearchScope *scope,
                    int64_t except, int limit, IdVec *ret_ids, Err *err)
{
    Similar similar = {.arena = arena,
                       .index = search->db,
                       .scope = scope,
                       .except = except,
                       .candidates = map_open(arena),
                       .limit = (size_t)MIN(MAX(limit, 1), RANKED_MAX)};
    Followed followed;
    *ret_ids = (IdVec){0};
    similar.best = NEW_ARRAY(arena, Likeness, similar.limit);
    text = token_normal(arena, text_head(text));
    terms_open(arena, &similar.terms, utf8_count(text));
    token_terms(text, similar_term, &similar);
    if (similar.terms.list.n == 0 || scope_is_empty(scope))
        return true;
    if (!store_followed(arena, search->db, &followed, err) || !terms_count(&similar, err) ||
        !terms_without(&similar, err))
        return false;
    terms_weigh(&similar, followed.docs);
    if (similar.n_rarest && !similar_rank(&similar, err))
        return false;
    for (size_t i = 0; i < similar.count; i++)
        *vec_push(arena, ret_ids) = similar.best[i].record;
    return true;
}
