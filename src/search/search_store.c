/* SPDX-License-Identifier: Apache-2.0 */
#include "search/search_store.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Contentless: the text stands once, in `doc`. The tokenizer cuts at the spaces we wrote. */
static const DbMigration steps[] = {
    {1, S_CONST("0001_search"),
     S_CONST("CREATE TABLE doc (id INTEGER PRIMARY KEY, version INTEGER NOT NULL,"
             " scope TEXT NOT NULL, text TEXT NOT NULL) STRICT;"
             "CREATE TABLE term (term TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL)"
             " STRICT, WITHOUT ROWID;"
             "CREATE TABLE followed (id INTEGER PRIMARY KEY CHECK (id = 1),"
             " sequence INTEGER NOT NULL, leaf BLOB NOT NULL, fields TEXT NOT NULL,"
             " docs INTEGER NOT NULL, compact INTEGER NOT NULL) STRICT;"
             "CREATE VIRTUAL TABLE fts USING fts5(tokens, content='', detail=none, columnsize=0,"
             " tokenize=\"ascii tokenchars '_'\");"
             "CREATE VIRTUAL TABLE fts_posting USING fts5vocab(fts, instance);"),
     S_CONST("")},
};
static const DbMigrations search_migrations = {steps, COUNT_OF(steps)};

/* ---- opening ---- */

static uint64_t path_inode(Str path)
{
    struct stat info;
    Arena *scratch = arena_open();
    bool there = stat(str_c(scratch, path), &info) == 0;
    arena_close(scratch);
    return there ? (uint64_t)info.st_ino : 0;
}

static void search_keep(Search *search, Str path)
{
    search->path = path;
    search->inode = path_inode(path);
}

bool search_is_current(const Search *search)
{
    return search->inode != 0 && path_inode(search->path) == search->inode;
}

static Str search_path(Arena *arena, Str dir)
{
    return STR(arena, dir, "/search.db");
}

/* What is deleted is overwritten with zeros, in free pages too. */
static bool overwrite_deleted(Arena *arena, Db *index, Err *err)
{
    DbText q = db_text_open(arena);
    DbRows rows;
    db_sql_literal(&q, "PRAGMA secure_delete = ON");
    if (!db_run(index, &q, &rows, err))
        return false;
    (void)db_rows_next(&rows);
    return db_rows_close(&rows, err);
}

static bool open_writer(Arena *arena, Str path, Db **ret_db, Err *err)
{
    Db *db = NULL;
    if (db_open_writer(arena, path, &db, err) && overwrite_deleted(arena, db, err) &&
        db_migrate_with(db, search_migrations, err)) {
        *ret_db = db;
        return true;
    }
    db_close(db);
    return false;
}

/* A file that cannot be read or is of another version is thrown away: everything in it is made
 * again from the site. */
static bool store_throw_away(Arena *arena, Str path)
{
    bool gone = unlink(str_c(arena, path)) == 0 || errno == ENOENT;
    unlink(str_c(arena, STR(arena, path, "-wal")));
    unlink(str_c(arena, STR(arena, path, "-shm")));
    return gone;
}

bool search_open_writer(Arena *arena, Str dir, Search **ret_search, Err *err)
{
    Str path = search_path(arena, dir);
    Search *search = NEW(arena, Search);
    Err first = {0};
    search->arena = arena;
    if (!open_writer(arena, path, &search->db, &first)) {
        if (first.code != ERR_ENVIRONMENT || !store_throw_away(arena, path)) {
            if (err)
                err_copy(arena, err, &first);
            return false;
        }
        if (!open_writer(arena, path, &search->db, err))
            return false;
    }
    search_keep(search, path);
    *ret_search = search;
    return true;
}

bool search_open_reader(Arena *arena, Str dir, Search **ret_search, Err *err)
{
    Str path = search_path(arena, dir);
    Search *search = NEW(arena, Search);
    search->arena = arena;
    if (access(str_c(arena, path), F_OK) != 0)
        return err_set(err, ERR_NOT_FOUND, MSG_search_not_there);
    if (!db_open_reader(arena, path, &search->db, err))
        return false;
    if (!db_schema_check(search->db, search_migrations, err)) {
        db_close(search->db);
        return false;
    }
    search_keep(search, path);
    *ret_search = search;
    return true;
}

void search_close(Search *search)
{
    if (search)
        db_close(search->db);
}

/* ---- how far ---- */

bool store_followed(Arena *arena, Db *index, Followed *ret_followed, Err *err)
{
    DbText q = db_text_open(arena);
    Followed followed = {0};
    DbRows rows;
    db_sql_literal(&q, "SELECT sequence, leaf, fields, docs, compact FROM followed WHERE id = 1");
    if (!db_run(index, &q, &rows, err))
        return false;
    if (db_rows_next(&rows))
        followed = (Followed){db_rows_int(&rows, 0), str_dup(arena, db_rows_blob(&rows, 1)),
                              str_dup(arena, db_rows_text(&rows, 2)), db_rows_int(&rows, 3),
                              db_rows_int(&rows, 4) != 0};
    if (!db_rows_close(&rows, err))
        return false;
    *ret_followed = followed;
    return true;
}

bool store_followed_put(Arena *arena, Db *index, const Followed *followed, Err *err)
{
    DbText q = db_text_open(arena);
    db_sql_literal(&q,
                   "INSERT INTO followed (id, sequence, leaf, fields, docs, compact) VALUES (1, ");
    db_sql_int(&q, followed->sequence);
    db_sql_literal(&q, ", ");
    db_sql_blob(&q, followed->leaf);
    db_sql_literal(&q, ", ");
    db_sql_text(&q, followed->fields);
    db_sql_literal(&q, ", ");
    db_sql_int(&q, followed->docs);
    db_sql_literal(&q, ", ");
    db_sql_int(&q, followed->compact);
    db_sql_literal(&q, ") ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence,"
                       " leaf = excluded.leaf, fields = excluded.fields, docs = excluded.docs,"
                       " compact = excluded.compact");
    return db_execute(index, &q, err);
}

bool search_watermark(Search *search, int64_t *ret_sequence, Err *err)
{
    Arena *arena = arena_open();
    Followed followed;
    bool read = store_followed(arena, search->db, &followed, err);
    arena_close(arena);
    if (read)
        *ret_sequence = followed.sequence;
    return read;
}

/* ---- documents in the index ---- */

bool doc_get(Arena *arena, Db *index, int64_t id, Doc *ret_doc, bool *ret_found, Err *err)
{
    DbText q = db_text_open(arena);
    DbRows rows;
    db_sql_literal(&q, "SELECT version, scope, text FROM doc WHERE id = ");
    db_sql_int(&q, id);
    if (!db_run(index, &q, &rows, err))
        return false;
    *ret_found = db_rows_next(&rows);
    if (*ret_found)
        *ret_doc = (Doc){id, db_rows_int(&rows, 0), str_dup(arena, db_rows_text(&rows, 1)),
                         str_dup(arena, db_rows_text(&rows, 2))};
    return db_rows_close(&rows, err);
}

static bool doc_put(Arena *arena, Db *index, const Doc *doc, Err *err)
{
    DbText q = db_text_open(arena);
    db_sql_literal(&q, "INSERT INTO doc (id, version, scope, text) VALUES (");
    db_sql_int(&q, doc->id);
    db_sql_literal(&q, ", ");
    db_sql_int(&q, doc->version);
    db_sql_literal(&q, ", ");
    db_sql_text(&q, doc->scope);
    db_sql_literal(&q, ", ");
    db_sql_text(&q, doc->text);
    db_sql_literal(&q, ") ON CONFLICT (id) DO UPDATE SET version = excluded.version,"
                       " scope = excluded.scope, text = excluded.text");
    return db_execute(index, &q, err);
}

static bool doc_delete(Arena *arena, Db *index, int64_t id, Err *err)
{
    DbText q = db_text_open(arena);
    db_sql_literal(&q, "DELETE FROM doc WHERE id = ");
    db_sql_int(&q, id);
    return db_execute(index, &q, err);
}

static Str doc_tokens(Arena *arena, const Doc *doc)
{
    Buf tokens = buf_open(arena);
    buf_add(&tokens, doc->scope);
    token_write(&tokens, doc->text);
    return buf_str(&tokens);
}

/* A contentless table forgets a row only when told what was in it. */
static bool fts_put(Arena *arena, Db *index, const Doc *doc, bool take_out, Err *err)
{
    DbText q = db_text_open(arena);
    if (take_out)
        db_sql_literal(&q, "INSERT INTO fts (fts, rowid, tokens) VALUES ('delete', ");
    else
        db_sql_literal(&q, "INSERT INTO fts (rowid, tokens) VALUES (");
    db_sql_int(&q, doc->id);
    db_sql_literal(&q, ", ");
    db_sql_text(&q, doc_tokens(arena, doc));
    db_sql_literal(&q, ")");
    return db_execute(index, &q, err);
}

/* ---- how many texts hold a term ---- */

typedef struct TermCounting {
    TermCounts *terms;
    Map seen; /* terms of this text */
    int sign;
} TermCounting;

static void term_count(void *context, Str term)
{
    TermCounting *counting = context;
    Map *counts = &counting->terms->counts;
    int64_t *count;
    if (map_find(&counting->seen, term))
        return;
    map_set(&counting->seen, term, counting);
    count = map_find(counts, term);
    if (!count) {
        count = NEW(counting->terms->arena, int64_t);
        map_set(counts, str_dup(counting->terms->arena, term), count);
    }
    *count += counting->sign;
}

static void terms_count(Arena *scratch, TermCounts *terms, Str text, int sign)
{
    TermCounting counting = {terms, map_open(scratch), sign};
    token_terms(text, term_count, &counting);
}

static bool term_add(Arena *arena, Db *index, Str term, int64_t count, Err *err)
{
    DbText q = db_text_open(arena), empty = db_text_open(arena);
    db_sql_literal(&q, "INSERT INTO term (term, n) VALUES (");
    db_sql_text(&q, term);
    db_sql_literal(&q, ", ");
    db_sql_int(&q, count);
    db_sql_literal(&q, ") ON CONFLICT (term) DO UPDATE SET n = n + excluded.n");
    db_sql_literal(&empty, "DELETE FROM term WHERE n <= 0 AND term = ");
    db_sql_text(&empty, term);
    return db_execute(index, &q, err) && (count > 0 || db_execute(index, &empty, err));
}

bool terms_flush(TermCounts *terms, Db *index, Err *err)
{
    Arena *scratch = arena_open();
    bool written = true;
    for (size_t i = 0; written && i < terms->counts.n; i++) {
        int64_t count = *(const int64_t *)terms->counts.slots[i].value;
        if (count != 0)
            written = term_add(scratch, index, terms->counts.slots[i].key, count, err);
        arena_reset(scratch);
    }
    arena_close(scratch);
    return written;
}

bool doc_replace(Arena *arena, Db *index, TermCounts *terms, const Doc *old, const Doc *new,
                 Err *err)
{
    bool same = old && new &&str_eq(old->scope, new->scope) && str_eq(old->text, new->text);
    if (!same && old) {
        terms_count(arena, terms, old->text, -1);
        if (!fts_put(arena, index, old, true, err))
            return false;
    }
    if (!same && new) {
        terms_count(arena, terms, new->text, 1);
        if (!fts_put(arena, index, new, false, err))
            return false;
    }
    if (!new)
        return !old || doc_delete(arena, index, old->id, err);
    return doc_put(arena, index, new, err);
}

/* ---- the whole file ---- */

#define RUN_LITERAL(arena, index, literal, err)   \
    __extension__({                               \
        DbText run_text_ = db_text_open((arena)); \
        db_sql_literal(&run_text_, literal);      \
        db_execute((index), &run_text_, (err));   \
    })

bool store_clear(Arena *arena, Db *index, Err *err)
{
    return RUN_LITERAL(arena, index, "INSERT INTO fts (fts) VALUES ('delete-all')", err) &&
           RUN_LITERAL(arena, index, "DELETE FROM doc", err) &&
           RUN_LITERAL(arena, index, "DELETE FROM term", err) &&
           RUN_LITERAL(arena, index, "DELETE FROM followed", err);
}

/* Merging into one segment drops what was deleted from the index (SQLite 3.40.1 has no
 * `secure-delete` for FTS5), the checkpoint what the log still has; pages are overwritten as they
 * become free. */
bool store_compact(Arena *arena, Db *index, Err *err)
{
    return RUN_LITERAL(arena, index, "INSERT INTO fts (fts) VALUES ('optimize')", err) &&
           db_checkpoint(index, err);
}

/* ---- looking ---- */

/* By id, so that newest first is descending among the staff's and ascending among the public's. */
bool store_match(Arena *arena, Db *index, const Match *match, DbRows *ret_rows, Err *err)
{
    DbText q = db_text_open(arena);
    if (match->with_text)
        db_sql_literal(&q, "SELECT abs(fts.rowid), doc.text FROM fts CROSS JOIN doc"
                           " ON doc.id = fts.rowid WHERE fts MATCH ");
    else
        db_sql_literal(&q, "SELECT abs(fts.rowid), '' FROM fts WHERE fts MATCH ");
    db_sql_text(&q, match->words);
    if (match->published)
        db_sql_literal(&q, " AND fts.rowid < 0 ORDER BY fts.rowid LIMIT ");
    else
        db_sql_literal(&q, " AND fts.rowid > 0 ORDER BY fts.rowid DESC LIMIT ");
    db_sql_int(&q, match->limit);
    return db_run(index, &q, ret_rows, err);
}

/* What a JSON array is made of here, ids and terms, has nothing to escape. */
bool store_terms(Arena *arena, Db *index, const StrVec *terms, DbRows *ret_rows, Err *err)
{
    DbText q = db_text_open(arena);
    Buf list = buf_open(arena);
    for (size_t i = 0; i < terms->n; i++)
        TEXT(&list, i ? ",\"" : "[\"", terms->p[i], "\"");
    buf_add(&list, terms->n ? S("]") : S("[]"));
    db_sql_literal(&q, "SELECT term.term, term.n FROM json_each(");
    db_sql_text(&q, buf_str(&list));
    db_sql_literal(&q, ") AS asked CROSS JOIN term ON term.term = asked.value");
    return db_run(index, &q, ret_rows, err);
}

bool store_texts(Arena *arena, Db *index, const int64_t *ids, size_t count, DbRows *ret_rows,
                 Err *err)
{
    DbText q = db_text_open(arena);
    Buf list = buf_open(arena);
    for (size_t i = 0; i < count; i++)
        TEXT(&list, i ? "," : "[", ids[i]);
    buf_add(&list, count ? S("]") : S("[]"));
    db_sql_literal(&q, "SELECT doc.id, doc.scope, doc.text FROM json_each(");
    db_sql_text(&q, buf_str(&list));
    db_sql_literal(&q, ") AS asked CROSS JOIN doc ON doc.id = asked.value");
    return db_run(index, &q, ret_rows, err);
}

bool store_postings(Arena *arena, Db *index, DbRows *ret_rows, Err *err)
{
    DbText q = db_text_open(arena);
    db_sql_literal(&q, "SELECT term, doc FROM fts_posting");
    return db_run(index, &q, ret_rows, err);
}

bool store_sums(Arena *arena, Db *index, int64_t *ret_docs, int64_t *ret_terms, Err *err)
{
    DbText q = db_text_open(arena);
    DbRows rows;
    db_sql_literal(&q, "SELECT (SELECT count(*) FROM doc), (SELECT coalesce(sum(n), 0) FROM term)");
    if (!db_run(index, &q, &rows, err))
        return false;
    if (db_rows_next(&rows)) {
        *ret_docs = db_rows_int(&rows, 0);
        *ret_terms = db_rows_int(&rows, 1);
    }
    return db_rows_close(&rows, err);
}
