/* SPDX-License-Identifier: Apache-2.0 */
/* search.h - Chinese full text and look-alikes, in a file of its own (site/search.db).
 *
 * A follower of the journal: search_follow indexes what was recorded since it last ran, so it is
 * never part of a change's transaction; what is newer is found by scanning the tail. SQLite FTS5
 * over bigrams cut by our own tokenizer, plus one token for each organisation whose staff may list
 * the record, `detail=none`; words of more than two characters are verified against the text. The
 * file can be deleted at any time: it is made again.
 *
 * It indexes the text fields of kinds with `searchable`, never contacts. Voided records leave it.
 * The public finds by number, public title, body and reply alone: what it may not read is in
 * another document, so a word cannot be used to ask for it.
 */
#ifndef TONGXIN_SEARCH_H
#define TONGXIN_SEARCH_H

#include "org/office.h"

typedef struct Search Search;

/* The follower's own connection: the one that writes search.db. */
NODISCARD bool search_open_writer(Arena *arena, Str dir, Search **ret_search, Err *err);
/* For queries; ERR_NOT_FOUND when the file is not there yet. */
NODISCARD bool search_open_reader(Arena *arena, Str dir, Search **ret_search, Err *err);
void search_close(Search *search);
/* False when another file, or none, has taken the place of the one that is open. */
bool search_is_current(const Search *search);

/* Indexes at most `limit` entries after the last one indexed, read from the site's `db`.
 * *ret_more tells whether there is more to do. */
NODISCARD bool search_follow(Search *search, Db *db, const Office *office, int limit,
                             bool *ret_more, Err *err);
/* Sequence of the last entry indexed. */
NODISCARD bool search_watermark(Search *search, int64_t *ret_sequence, Err *err);

/* Who asks: records of these organisations' lists, or published ones only, or all. */
typedef struct SearchScope {
    const int64_t *orgs;
    size_t n_orgs;
    bool published_only;
    bool everything;
    Str kind; /* empty: every kind */
} SearchScope;

/* Ids of records that hold all the words, newest first, at most `limit` (1..200). 1-, 2- and
 * n-character words are all found; `db` is for the tail not yet indexed. Only the newest 500
 * entries of that tail are looked at: while the index is further behind (it is being made, or after
 * a large import), records changed in between are found by their older text or not at all. */
NODISCARD bool search_find(Arena *arena, Search *search, Db *db, const Office *office, Str words,
                           const SearchScope *scope, int limit, IdVec *ret_ids, Err *err);

/* Ids of the records most like a text, most alike first, at most `limit` (1..20), without
 * `except`. Only the rarest terms are queried; ranked, never a percentage, never merged by
 * themselves. */
NODISCARD bool search_similar(Arena *arena, Search *search, Str text, const SearchScope *scope,
                              int64_t except, int limit, IdVec *ret_ids, Err *err);

/* Every indexed text against the records; *ret_problem is empty when all agree. */
NODISCARD bool search_verify(Arena *arena, Search *search, Db *db, const Office *office,
                             Str *ret_problem, Err *err);

#endif
