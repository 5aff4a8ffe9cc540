/* SPDX-License-Identifier: Apache-2.0 */
/* search_store.h - search.db: the texts, their index, and how far the journal was followed. For
 * the files of this room. */
#ifndef TONGXIN_SEARCH_SEARCH_STORE_H
#define TONGXIN_SEARCH_SEARCH_STORE_H

#include "db/db_text.h"
#include "search/search.h"
#include "search/token.h"

struct Search {
    Arena *arena;
    Db *db;
    Str path;
    uint64_t inode; /* not given to another file while this one is open */
};

/* A record as the index has it. What the public may read of a published record is a document of its
 * own, whose id is the record's with a minus: words of internal text must not find the record for
 * the public. */
typedef struct Doc {
    int64_t id, version;
    Str scope; /* "_k_suggestion _o12 _o3 ": kind, organisations; "_k_suggestion _p ": the public */
    Str text;  /* normal; fields one a line */
} Doc;

static inline bool doc_is_public(int64_t id)
{
    return id < 0;
}

static inline int64_t doc_record(int64_t id)
{
    return id < 0 ? -id : id;
}

/* How far the index is, and of what. */
typedef struct Followed {
    int64_t sequence;
    Str leaf;   /* of that entry: another journal has another */
    Str fields; /* which fields of which kinds are indexed */
    int64_t docs;
    bool compact; /* texts were erased since the file was last written anew */
} Followed;

/* Kinds and fields that the profile wants indexed, as one text. */
Str store_fields(Arena *arena, const Profile *profile);

/* Reads how far the index is; all zero when it is empty. */
NODISCARD bool store_followed(Arena *arena, Db *index, Followed *ret_followed, Err *err);
/* Writes it; part of the transaction that brings the index so far. */
NODISCARD bool store_followed_put(Arena *arena, Db *index, const Followed *followed, Err *err);

/* The document as it should be; *ret_found is false when there should be none: not searchable,
 * voided, not there, and the public's when not published. */
NODISCARD bool doc_make(Arena *arena, Db *db, const Office *office, int64_t id, Doc *ret_doc,
                        bool *ret_found, Err *err);
NODISCARD bool doc_get(Arena *arena, Db *index, int64_t id, Doc *ret_doc, bool *ret_found,
                       Err *err);

/* Changes to how many texts hold each term, merged in memory. */
typedef struct TermCounts {
    Arena *arena;
    Map counts; /* term → int64_t* */
} TermCounts;
/* Adds them to the table. */
NODISCARD bool terms_flush(TermCounts *terms, Db *index, Err *err);

/* Takes `old` out of the index, puts `new` in; either may be NULL. */
NODISCARD bool doc_replace(Arena *arena, Db *index, TermCounts *terms, const Doc *old,
                           const Doc *new, Err *err);
/* Everything out. */
NODISCARD bool store_clear(Arena *arena, Db *index, Err *err);
/* Writes the index anew, so that nothing of what was deleted is left in the file. */
NODISCARD bool store_compact(Arena *arena, Db *index, Err *err);

/* ---- looking ---- */

typedef struct Match {
    Str words;      /* FTS5 expression */
    bool published; /* in the public's documents, else in the staff's */
    bool with_text; /* else the text is empty and not read */
    int64_t limit;
} Match;
/* Rows (record, text) of what is found, newest first. */
NODISCARD bool store_match(Arena *arena, Db *index, const Match *match, DbRows *ret_rows, Err *err);
/* Rows (term, number of texts that hold it) of the terms that any text holds; terms are as
 * token_terms gives them. */
NODISCARD bool store_terms(Arena *arena, Db *index, const StrVec *terms, DbRows *ret_rows,
                           Err *err);
/* Rows (document, scope, text) of documents by id, in the order asked, those that are there. Read
 * one by one, so the caller can stop early. */
NODISCARD bool store_texts(Arena *arena, Db *index, const int64_t *ids, size_t count,
                           DbRows *ret_rows, Err *err);
/* Rows (token, record): the whole index. */
NODISCARD bool store_postings(Arena *arena, Db *index, DbRows *ret_rows, Err *err);
/* Documents, and the sum of the counts of all terms. */
NODISCARD bool store_sums(Arena *arena, Db *index, int64_t *ret_docs, int64_t *ret_terms, Err *err);

/* ---- who may find what ---- */

/* Adds the FTS5 expression of a scope, ending in " AND "; false when nothing can be found at
 * all. */
bool scope_match(Buf *match, const SearchScope *scope);
/* The same on a document in memory. */
bool scope_admits(const SearchScope *scope, Str tokens);

struct QEntryRow;
/* Ids of the records an entry names, and of the organisations it moved in the tree (NULL: not
 * asked for); both grow in the arena of `touched`. `arena` is scratch. */
NODISCARD bool entry_touches(Arena *arena, const struct QEntryRow *row, Map *touched, IdVec *moved,
                             Err *err);

#endif
