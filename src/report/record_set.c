/* SPDX-License-Identifier: Apache-2.0 */
/* Which records stand behind a figure. */
#include "report/draft.h"

#include "ledger/tree.h"
#include "record/list.h"

#define PAGE_RECORDS 200

static int compare_ids(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static bool read_ids(Arena *arena, Db *db, const Office *office, const Selection *selection,
                     IdVec *ids, Err *err)
{
    ListQuery query = {.kind = selection->kind,
                       .everything = true,
                       .selection = selection,
                       .order = LIST_OLDEST,
                       .limit = PAGE_RECORDS};
    Arena *scratch = arena_open();
    bool done = true;
    do {
        ListPage page = {0};
        done = record_list(scratch, db, &office->orgs, &query, &page, err);
        for (size_t i = 0; done && i < page.n; i++)
            *vec_push(arena, ids) = page.records[i].id;
        query.after = str_dup(arena, page.next);
        arena_reset(scratch);
    } while (done && query.after.n);
    arena_close(scratch);
    return done;
}

static Str root_of(Arena *arena, const IdVec *ids)
{
    Frontier frontier = frontier_open(TREE_SHA256);
    ArenaMark mark = arena_mark(arena);
    for (size_t i = 0; i < ids->n; i++) {
        Hash leaf = tree_leaf(TREE_SHA256, STR(arena, ids->p[i]));
        frontier_add(&frontier, &leaf);
        arena_rewind(arena, mark);
    }
    Hash root = frontier_root(&frontier);
    return hash_text(arena, &root);
}

bool record_set_read(Arena *arena, Db *db, const Office *office, const BriefingFigure *figure,
                     bool counted, int64_t *budget, RecordSet *ret_set, Err *err)
{
    FigureQuery query = {figure->figure->of, figure->org, figure->from, figure->to};
    Selection selection;
    IdVec ids = {0};
    if (!figure_selection(arena, office, &query, !counted, &selection, err) ||
        !read_ids(arena, db, office, &selection, &ids, err))
        return false;
    if (ids.n)
        qsort(ids.p, ids.n, sizeof(*ids.p), compare_ids);
    *ret_set = (RecordSet){.count = (int64_t)ids.n, .root = root_of(arena, &ids)};
    bool keeps = !budget || (int64_t)ids.n <= *budget;
    if (keeps)
        ret_set->ids = ids.n ? ids.p : NEW(arena, int64_t);
    if (keeps && budget)
        *budget -= (int64_t)ids.n;
    return true;
}
