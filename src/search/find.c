/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"
#include "search/search_store.h"

#include "query.h"

#define QUERY_CHARACTERS_MAX 200
#define QUERY_PHRASES_MAX    64  /* more are left to the look at the text */
#define TAIL_MAX             500 /* entries */

typedef VEC(TokenWord) WordVec;

typedef struct Find {
    Arena *arena;
    Search *search;
    Db *db;
    const Office *office;
    const SearchScope *scope;
    WordVec words;
    bool is_proof; /* the index alone proves every word */
    size_t limit;
    Map touched; /* records of the tail: the index knows an older state of them */
    IdVec tail, indexed;
} Find;

/* Words are separated by white space; what is only punctuation asks for nothing. */
static void find_words(Find *find, Str words)
{
    Str rest = token_normal(find->arena, utf8_head(words, QUERY_CHARACTERS_MAX)), part;
    char *text = arena_copy(find->arena, rest.p, rest.n);
    for (size_t i = 0; i < rest.n; i++)
        if (text[i] == '\t' || text[i] == '\n' || text[i] == '\r')
            text[i] = ' ';
    rest.p = text;
    find->is_proof = true;
    while (str_next(&rest, ' ', &part)) {
        TokenWord word = token_word(find->arena, part);
        if (word.phrases.n == 0)
            continue;
        *vec_push(find->arena, &find->words) = word;
        find->is_proof = find->is_proof && word.is_proof;
    }
}

static bool find_holds(const Find *find, Str text)
{
    for (size_t i = 0; i < find->words.n; i++)
        if (!str_has(text, find->words.p[i].word))
            return false;
    return true;
}

/* ---- the tail ---- */

static int ids_descend(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

static bool tail_entries(Find *find, int64_t count, Err *err)
{
    Arena *scratch = arena_open();
    QEntryRow row;
    DbRows rows;
    bool read = q_entry_latest_open(find->db, MIN(count, TAIL_MAX), &rows, err), opened = read;
    while (read && q_entry_latest_next(&rows, &row)) {
        read = entry_touches(scratch, &row, &find->touched, NULL, err);
        arena_reset(scratch);
    }
    if (opened)
        read = db_rows_close(&rows, read ? err : NULL) && read;
    arena_close(scratch);
    return read;
}

static bool tail_match(Find *find, Err *err)
{
    Arena *scratch = arena_open();
    bool read = true;
    for (size_t i = 0; read && i < find->touched.n; i++) {
        int64_t record = find->touched.slots[i].number;
        int64_t id = find->scope->published_only ? -record : record;
        Doc doc;
        bool found;
        read = doc_make(scratch, find->db, find->office, id, &doc, &found, err);
        if (read && found && scope_admits(find->scope, doc.scope) && find_holds(find, doc.text))
            *vec_push(find->arena, &find->tail) = record;
        arena_reset(scratch);
    }
    arena_close(scratch);
    if (find->tail.n)
        qsort(find->tail.p, find->tail.n, sizeof *find->tail.p, ids_descend);
    return read;
}

static bool find_tail(Find *find, Err *err)
{
    Followed followed;
    QEntryLast last;
    bool found;
    if (!store_followed(find->arena, find->search->db, &followed, err) ||
        !q_entry_last(find->db, find->arena, &last, &found, err))
        return false;
    if (!found || last.sequence <= followed.sequence)
        return true;
    return tail_entries(find, last.sequence - followed.sequence, err) && tail_match(find, err);
}

/* ---- the index ---- */

/* Phrases that are left out prove nothing. */
static Str find_match(Find *find)
{
    Buf match = buf_open(find->arena);
    size_t count = 0;
    if (!scope_match(&match, find->scope))
        return (Str){0};
    for (size_t i = 0; i < find->words.n; i++)
        for (size_t j = 0; j < find->words.p[i].phrases.n; j++) {
            if (count == QUERY_PHRASES_MAX) {
                find->is_proof = false;
                return buf_str(&match);
            }
            TEXT(&match, count++ ? " AND " : "", find->words.p[i].phrases.p[j]);
        }
    return buf_str(&match);
}

static bool find_index(Find *find, Err *err)
{
    Match match = {find_match(find), find->scope->published_only, false, INT64_MAX};
    DbRows rows;
    match.with_text = !find->is_proof;
    if (!store_match(find->arena, find->search->db, &match, &rows, err))
        return false;
    while (find->indexed.n < find->limit && db_rows_next(&rows)) {
        int64_t record = db_rows_int(&rows, 0);
        if (map_find_id(&find->touched, record))
            continue;
        if (find->is_proof || find_holds(find, db_rows_text(&rows, 1)))
            *vec_push(find->arena, &find->indexed) = record;
    }
    return db_rows_close(&rows, err);
}

/* Both lists descend and share nothing. */
static IdVec find_merge(const Find *find)
{
    IdVec ids = {0};
    size_t i = 0, j = 0;
    while (ids.n < find->limit && (i < find->tail.n || j < find->indexed.n)) {
        bool from_tail =
            j == find->indexed.n || (i < find->tail.n && find->tail.p[i] > find->indexed.p[j]);
        *vec_push(find->arena, &ids) = from_tail ? find->tail.p[i++] : find->indexed.p[j++];
    }
    return ids;
}

static bool find_run(Find *find, Err *err)
{
    bool own = !db_in_transaction(find->search->db), done;
    /* The index is looked at as it was before the tail is read, so nothing falls between. */
    if (own && !db_begin(find->search->db, err))
        return false;
    done = find_tail(find, err) && find_index(find, err);
    if (own)
        db_rollback(find->search->db);
    return done;
}

bool search_find(Arena *arena, Search *search, Db *db, const Office *office, Str words,
                 const SearchScope *scope, int limit, IdVec *ret_ids, Err *err)
{
    Find find = {.arena = arena,
                 .search = search,
                 .db = db,
                 .office = office,
                 .scope = scope,
                 .limit = (size_t)MIN(MAX(limit, 1), 200),
                 .touched = map_open(arena)};
    bool nobody = !scope->everything && !scope->published_only && scope->n_orgs == 0;
    find_words(&find, words);
    *ret_ids = (IdVec){0};
    if (find.words.n == 0 || nobody)
        return true;
    if (!find_run(&find, err))
        return false;
    *ret_ids = find_merge(&find);
    return true;
}
