/* SPDX-License-Identifier: Apache-2.0 */
#include "view/list_query.h"

static IdVec search_orgs(Visit *visit)
{
    Sights sights = permit_sights(visit->arena, visit->office, &visit->actor);
    IdVec orgs = {0};
    for (size_t i = 0; i < sights.n; i++)
        if (!ids_have(orgs.p, orgs.n, sights.p[i].org))
            *vec_push(visit->arena, &orgs) = sights.p[i].org;
    return orgs;
}

static bool search_ids(Visit *visit, Str words, IdVec *ret_ids, Err *err)
{
    IdVec orgs = {0};
    SearchScope scope = {.published_only = !visit_is_staff(visit),
                         .everything = visit->actor.type == ACTOR_CLI};
    if (!visit->search)
        return err_set(err, ERR_UNAVAILABLE, MSG_view_search_not_ready);
    if (visit_is_staff(visit))
        orgs = search_orgs(visit);
    scope.orgs = orgs.p;
    scope.n_orgs = orgs.n;
    return search_find(visit->arena, visit->search, visit->db, visit->office, words, &scope,
                       LIST_LIMIT_MAX, ret_ids, err);
}

bool search_view(Visit *visit, Str words, ListView *ret_view, Err *err)
{
    ListView view = {.title = view_say(visit, MSG_view_search_title), .count = S("0")};
    Record record;
    IdVec ids = {0};
    bool found = false, by_text;
    words = str_trim(words);
    if (words.n && !record_find(visit->arena, visit->db, words, &record, &found, err))
        return false;
    by_text = !found;
    if (found)
        *vec_push(visit->arena, &ids) = record.id;
    else if (words.n && !search_ids(visit, words, &ids, err))
        return false;
    if (ids.n && !rows_by_id(visit, &ids, by_text, &view, err))
        return false;
    *ret_view = view;
    return true;
}

bool similar_view(Visit *visit, const Kind *kind, Str text, ListView *ret_view, Err *err)
{
    ListView view = {.kind = kind, .title = view_say(visit, MSG_view_similar_title)};
    IdVec ids = similar_ids(visit, kind, text, MAX(visit->office->profile->similar_count, 1));
    if (!rows_by_id(visit, &ids, true, &view, err))
        return false;
    *ret_view = view;
    return true;
}
