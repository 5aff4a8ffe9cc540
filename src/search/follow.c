/* SPDX-License-Identifier: Apache-2.0 */
#include "search/search_store.h"

#include "query.h"

typedef struct Follow {
    Arena *arena;
    Db *index;
    Db *db;
    const Office *office;
    Followed followed;
    int64_t last; /* entry up to which this run goes */
    Map touched;
    IdVec moved;
    TermCounts terms;
    bool erased, more;
} Follow;

/* Another journal (a restored backup), or a profile that wants other fields: from the beginning. */
static bool follow_restart(Follow *follow, Err *err)
{
    Str fields = store_fields(follow->arena, follow->office->profile);
    QEntryRow row;
    bool found = false, same = str_eq(fields, follow->followed.fields);
    if (same && follow->followed.sequence) {
        if (!q_entry_get(follow->db, follow->arena, follow->followed.sequence, &row, &found, err))
            return false;
        same = found && str_eq(row.leaf, follow->followed.leaf);
    }
    if (same)
        return true;
    follow->followed = (Followed){.fields = fields, .compact = follow->followed.compact};
    return store_clear(follow->arena, follow->index, err);
}

static bool follow_entries(Follow *follow, int limit, Err *err)
{
    Arena *scratch = arena_open();
    QEntryRow row;
    DbRows rows;
    bool read = q_entry_after_open(follow->db, follow->followed.sequence, &rows, err),
         opened = read;
    int count = 0;
    while (read && q_entry_after_next(&rows, &row)) {
        if (count++ == limit) {
            follow->more = true;
            break;
        }
        read = entry_touches(scratch, &row, &follow->touched, &follow->moved, err);
        follow->erased |= str_ends(row.action, S(".erase_text"));
        follow->last = row.sequence;
        follow->followed.leaf = str_dup(follow->arena, row.leaf);
        arena_reset(scratch);
    }
    if (opened)
        read = db_rows_close(&rows, read ? err : NULL) && read;
    arena_close(scratch);
    return read;
}

/* Who may list a record also changes when an organisation above it moves. */
static bool follow_moved(Follow *follow, Err *err)
{
    for (size_t i = 0; i < follow->moved.n; i++) {
        QScopeRecords *rows;
        size_t count;
        if (!q_scope_records_all(follow->db, follow->arena, follow->moved.p[i], &rows, &count, err))
            return false;
        for (size_t j = 0; j < count; j++)
            map_set_id(&follow->touched, rows[j].record, follow);
    }
    return true;
}

static bool follow_document(Follow *follow, Arena *scratch, int64_t id, Err *err)
{
    Doc old, new;
    bool has_old, has_new;
    if (!doc_get(scratch, follow->index, id, &old, &has_old, err) ||
        !doc_make(scratch, follow->db, follow->office, id, &new, &has_new, err))
        return false;
    /* A later entry touches it again: until then it is found by scanning the tail. */
    if (has_new && new.version > follow->last)
        return true;
    follow->followed.docs += has_new - has_old;
    return doc_replace(scratch, follow->index, &follow->terms, has_old ? &old : NULL,
                       has_new ? &new : NULL, err);
}

static bool follow_record(Follow *follow, Arena *scratch, int64_t record, Err *err)
{
    return follow_document(follow, scratch, record, err) &&
           follow_document(follow, scratch, -record, err);
}

static bool follow_index(Follow *follow, Err *err)
{
    Arena *scratch = arena_open();
    bool indexed = true;
    for (size_t i = 0; indexed && i < follow->touched.n; i++) {
        indexed = follow_record(follow, scratch, follow->touched.slots[i].number, err);
        arena_reset(scratch);
    }
    arena_close(scratch);
    follow->followed.sequence = follow->last;
    follow->followed.compact |= follow->erased;
    return indexed && terms_flush(&follow->terms, follow->index, err) &&
           store_followed_put(follow->arena, follow->index, &follow->followed, err);
}

static bool follow_steps(Follow *follow, int limit, Err *err)
{
    if (!store_followed(follow->arena, follow->index, &follow->followed, err) ||
        !follow_restart(follow, err))
        return false;
    follow->last = follow->followed.sequence;
    if (!follow_entries(follow, limit, err) || !follow_moved(follow, err))
        return false;
    return follow_index(follow, err);
}

/* Erased text must not stay behind in free pages. The mark is taken back only when all is done, so
 * a stop in between is made good at the next run. */
static bool follow_compact(Follow *follow, Err *err)
{
    if (!follow->followed.compact)
        return true;
    follow->followed.compact = false;
    return store_compact(follow->arena, follow->index, err) &&
           store_followed_put(follow->arena, follow->index, &follow->followed, err);
}

/* Is there anything at all? Asked twice a second. */
static bool follow_is_due(Follow *follow, bool *ret_due, Err *err)
{
    QEntryLast last;
    bool found;
    if (!store_followed(follow->arena, follow->index, &follow->followed, err) ||
        !q_entry_last(follow->db, follow->arena, &last, &found, err))
        return false;
    *ret_due =
        (found ? last.sequence : 0) != follow->followed.sequence ||
        !str_eq(store_fields(follow->arena, follow->office->profile), follow->followed.fields);
    return true;
}

static bool follow_run(Follow *follow, int limit, Err *err)
{
    bool own = !db_in_transaction(follow->db), done, due;
    if (!follow_is_due(follow, &due, err))
        return false;
    if (!due)
        return follow_compact(follow, err);
    if (own && !db_begin(follow->db, err))
        return false;
    done = db_begin(follow->index, err) && follow_steps(follow, limit, err);
    if (own)
        db_rollback(follow->db);
    if (!done) {
        db_rollback(follow->index);
        return false;
    }
    return db_commit(follow->index, err) && follow_compact(follow, err);
}

bool search_follow(Search *search, Db *db, const Office *office, int limit, bool *ret_more,
                   Err *err)
{
    Arena *arena = arena_open();
    Follow follow = {.arena = arena,
                     .index = search->db,
                     .db = db,
                     .office = office,
                     .touched = map_open(arena),
                     .terms = {arena, map_open(arena)}};
    bool done = follow_run(&follow, limit, err);
    *ret_more = follow.more;
    arena_close(arena);
    return done;
}
