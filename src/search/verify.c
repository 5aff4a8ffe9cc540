/* SPDX-License-Identifier: Apache-2.0 */
/* Does the index say what the records say? Three comparisons: every record that should be found
 * against its document, the number of documents, and every posting of the index against the tokens
 * that the documents have. Postings are compared by count and by the sum of their hashes, so that
 * memory does not grow with the site. */
#include "search/search_store.h"

#include "query.h"

typedef struct Postings {
    uint64_t count;
    uint64_t sum;
    int64_t docs;
    int64_t term_sum; /* of documents over all terms */
} Postings;

static uint64_t posting_hash(Str token, int64_t record)
{
    uint64_t x = str_hash(token) ^ ((uint64_t)record * UINT64_C(0x9e3779b97f4a7c15));
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static void postings_add(Arena *scratch, Postings *postings, const Doc *doc)
{
    Buf tokens = buf_open(scratch);
    Map seen = map_open(scratch);
    Str rest, token;
    buf_add(&tokens, doc->scope);
    token_write(&tokens, doc->text);
    rest = buf_str(&tokens);
    while (str_next(&rest, ' ', &token)) {
        if (token.n == 0 || map_find(&seen, token))
            continue;
        map_set(&seen, token, postings);
        postings->count++;
        postings->sum += posting_hash(token, doc->record);
    }
}

typedef struct TermSeen {
    Map seen;
    int64_t count;
} TermSeen;

static void term_seen(void *context, Str term)
{
    TermSeen *terms = context;
    if (map_find(&terms->seen, term))
        return;
    map_set(&terms->seen, term, terms);
    terms->count++;
}

/* Every record that should be indexed, against its document. */
static bool verify_records(Arena *arena, Search *search, Db *db, const Office *office,
                           Postings *postings, Str *ret_problem, Err *err)
{
    Arena *scratch = arena_open();
    QRecordRow row;
    DbRows rows;
    bool read = q_record_every_open(db, &rows, err), opened = read;
    while (read && ret_problem->n == 0 && q_record_every_next(&rows, &row)) {
        Doc doc, stored;
        TermSeen terms = {map_open(scratch), 0};
        int64_t record = row.id;
        bool found, has;
        read = doc_make(scratch, db, office, record, &doc, &found, err) &&
               doc_get(scratch, search->db, record, &stored, &has, err);
        if (read && found != has)
            *ret_problem = STR(arena, "record ", record, found ? " is not indexed" : " is indexed");
        else if (read && found &&
                 (!str_eq(doc.text, stored.text) || !str_eq(doc.scope, stored.scope)))
            *ret_problem = STR(arena, "record ", record, " is indexed with other text");
        else if (read && found) {
            postings->docs++;
            postings_add(scratch, postings, &doc);
            token_terms(doc.text, term_seen, &terms);
            postings->term_sum += terms.count;
        }
        arena_reset(scratch);
    }
    if (opened)
        read = db_rows_close(&rows, read ? err : NULL) && read;
    arena_close(scratch);
    return read;
}

static bool verify_postings(Arena *arena, Search *search, const Postings *wanted, Str *ret_problem,
                            Err *err)
{
    Postings found = {0};
    DbRows rows;
    if (!store_postings(arena, search->db, &rows, err))
        return false;
    while (db_rows_next(&rows)) {
        found.count++;
        found.sum += posting_hash(db_rows_text(&rows, 0), db_rows_int(&rows, 1));
    }
    if (!db_rows_close(&rows, err))
        return false;
    if (found.count != wanted->count || found.sum != wanted->sum)
        *ret_problem = S("the index does not hold what its texts say");
    return true;
}

static bool verify_counts(Arena *arena, Search *search, const Postings *wanted, Str *ret_problem,
                          Err *err)
{
    int64_t docs = 0, sum = 0;
    if (!store_sums(arena, search->db, &docs, &sum, err))
        return false;
    if (docs != wanted->docs)
        *ret_problem = STR(arena, docs, " documents for ", wanted->docs, " records");
    else if (sum != wanted->term_sum)
        *ret_problem = S("the counts of terms are not those of the texts");
    return true;
}

static bool verify_run(Arena *arena, Search *search, Db *db, const Office *office, Str *ret_problem,
                       Err *err)
{
    Postings wanted = {0};
    Followed followed;
    QEntryLast last;
    bool found;
    if (!store_followed(arena, search->db, &followed, err) ||
        !q_entry_last(db, arena, &last, &found, err))
        return false;
    if (found && followed.sequence != last.sequence)
        *ret_problem = STR(arena, "indexed up to entry ", followed.sequence, " of ", last.sequence);
    if (ret_problem->n == 0 &&
        !verify_records(arena, search, db, office, &wanted, ret_problem, err))
        return false;
    if (ret_problem->n == 0 && !verify_counts(arena, search, &wanted, ret_problem, err))
        return false;
    return ret_problem->n > 0 || verify_postings(arena, search, &wanted, ret_problem, err);
}

bool search_verify(Arena *arena, Search *search, Db *db, const Office *office, Str *ret_problem,
                   Err *err)
{
    bool own = !db_in_transaction(db), done;
    *ret_problem = (Str){0};
    if (own && !db_begin(db, err))
        return false;
    done = verify_run(arena, search, db, office, ret_problem, err);
    if (own)
        db_rollback(db);
    return done;
}
