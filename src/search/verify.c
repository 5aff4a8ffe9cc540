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

static uint64_t posting_hash(Str token, int64_t id)
{
    uint64_t x = str_hash(token) ^ ((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15));
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
        postings->sum += posting_hash(token, doc->id);
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

typedef struct Verify {
    Arena *scratch; /* of one record */
    Search *search;
    Db *db;
    const Office *office;
    Postings postings; /* that there should be */
    Str *problem;
    Arena *arena;
} Verify;

static bool verify_document(Verify *verify, int64_t id, Err *err)
{
    Arena *scratch = verify->scratch;
    Doc doc, stored;
    TermSeen terms = {map_open(scratch), 0};
    bool found, has;
    if (!doc_make(scratch, verify->db, verify->office, id, &doc, &found, err) ||
        !doc_get(scratch, verify->search->db, id, &stored, &has, err))
        return false;
    if (found != has) {
        *verify->problem =
            STR(verify->arena, "record ", id, found ? " is not indexed" : " is indexed");
    } else if (found && (!str_eq(doc.text, stored.text) || !str_eq(doc.scope, stored.scope))) {
        *verify->problem = STR(verify->arena, "record ", id, " is indexed with other text");
    } else if (found) {
        verify->postings.docs++;
        postings_add(scratch, &verify->postings, &doc);
        token_terms(doc.text, term_seen, &terms);
        verify->postings.term_sum += terms.count;
    }
    return true;
}

/* Every record that should be indexed, against what the staff and the public find it by. */
static bool verify_records(Verify *verify, Err *err)
{
    QRecordRow row;
    DbRows rows;
    bool read = q_record_every_open(verify->db, &rows, err), opened = read;
    while (read && verify->problem->n == 0 && q_record_every_next(&rows, &row)) {
        int64_t record = row.id;
        read = verify_document(verify, record, err) &&
               (verify->problem->n > 0 || verify_document(verify, -record, err));
        arena_reset(verify->scratch);
    }
    if (opened)
        read = db_rows_close(&rows, read ? err : NULL) && read;
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
        *ret_problem = STR(arena, docs, " documents, and there should be ", wanted->docs, "");
    else if (sum != wanted->term_sum)
        *ret_problem = S("the counts of terms are not those of the texts");
    return true;
}

static bool verify_run(Verify *verify, Err *err)
{
    Arena *arena = verify->arena;
    Search *search = verify->search;
    Followed followed;
    QEntryLast last;
    bool found;
    if (!store_followed(arena, search->db, &followed, err) ||
        !q_entry_last(verify->db, arena, &last, &found, err))
        return false;
    if (found && followed.sequence != last.sequence)
        *verify->problem =
            STR(arena, "indexed up to entry ", followed.sequence, " of ", last.sequence);
    if (verify->problem->n == 0 && !verify_records(verify, err))
        return false;
    if (verify->problem->n == 0 &&
        !verify_counts(arena, search, &verify->postings, verify->problem, err))
        return false;
    return verify->problem->n > 0 ||
           verify_postings(arena, search, &verify->postings, verify->problem, err);
}

bool search_verify(Arena *arena, Search *search, Db *db, const Office *office, Str *ret_problem,
                   Err *err)
{
    Verify verify = {
        .search = search, .db = db, .office = office, .problem = ret_problem, .arena = arena};
    bool own = !db_in_transaction(db), done;
    *ret_problem = (Str){0};
    if (own && !db_begin(db, err))
        return false;
    verify.scratch = arena_open();
    done = verify_run(&verify, err);
    arena_close(verify.scratch);
    if (own)
        db_rollback(db);
    return done;
}
