/* SPDX-License-Identifier: Apache-2.0 */
#include "view/list_query.h"

/* "1,000+" past LIST_COUNT_MAX. */
static Str count_words(const Visit *visit, int64_t count)
{
    if (count > LIST_COUNT_MAX)
        return STR(visit->arena, "1,000+");
    return count == LIST_COUNT_MAX ? S("1,000") : STR(visit->arena, count);
}

/* Counting looks at each record once more and took longer than the page itself: a page that is the
 * whole list counts itself, a later page says nothing, and a first page of a list that no figure
 * stands behind counts to a hundred. */
static bool list_count(Visit *visit, const ListQuery *query, const ListPage *page, ListView *view,
                       Err *err)
{
    int64_t most = query->selection ? LIST_COUNT_MAX : LIST_COUNT_PLAIN_MAX;
    int64_t count = (int64_t)page->n, sum;
    view->count = S("");
    if (query->after.n && !query->selection)
        return true;
    if (view->known)
        count = view->total;
    else if ((page->next.n || query->after.n) &&
             !record_count(visit->arena, visit->db, &visit->office->orgs, query, most + 1, &count,
                           &sum, err))
        return false;
    view->total = count;
    view->known = view->known || count <= most;
    view->count = !query->selection && count > most ? STR(visit->arena, most, "+")
                                                    : count_words(visit, count);
    return true;
}

Str list_next_href(const Visit *visit, Str cursor)
{
    const HttpRequest *request = visit->request;
    Buf href = buf_open(visit->arena);
    if (cursor.n == 0)
        return S("");
    TEXT(&href, request->path, "?");
    for (size_t i = 0; i < request->query.n; i++) {
        Str name = request->query.p[i].name, value = request->query.p[i].value;
        if (str_eq(name, S("after")) || value.n == 0)
            continue;
        form_encode(&href, name);
        buf_byte(&href, '=');
        form_encode(&href, value);
        buf_byte(&href, '&');
    }
    buf_add(&href, S("after="));
    form_encode(&href, cursor);
    return buf_str(&href);
}

/* The query finds what may be listed; each row is asked for once more, for lists over several kinds
 * and for kinds without scope rows. */
static void rows_of_page(Visit *visit, const ListPage *page, bool texts, ListView *view)
{
    RecordRow *rows = NEW_ARRAY(visit->arena, RecordRow, page->n + 1);
    RowColumns columns = {view->columns, view->n_columns};
    const RowColumns *chosen = view->columns ? &columns : NULL;
    size_t count = 0;
    for (size_t i = 0; i < page->n; i++)
        count += row_if_open(visit, &page->records[i], texts, chosen, &rows[count]);
    view->rows = rows;
    view->n_rows = count;
}

bool list_run(Visit *visit, const ListQuery *query, ListView *view, Err *err)
{
    const OrgTree *tree = &visit->office->orgs;
    ListPage page;
    if (!record_list(visit->arena, visit->db, tree, query, &page, err) ||
        !list_count(visit, query, &page, view, err))
        return false;
    rows_of_page(visit, &page, query->n_ids > 0, view);
    view->next_cursor = page.next;
    view->next_href = list_next_href(visit, page.next);
    return true;
}

/* An administrator sees no contents: a kind that none of one's roles sees is not there. */
static bool kind_is_listed(Visit *visit, const Kind *kind)
{
    Values none = {0};
    Scope scope = {kind, &none};
    if (!visit_is_staff(visit))
        return kind->public_title.n > 0;
    if (visit->actor.type == ACTOR_CLI || kind->open_plain || kind_is_open_to_staff(kind))
        return true;
    return permit_list_orgs(visit->arena, visit->office, &visit->actor, kind).n > 0 ||
           permit_see(visit->office, &visit->actor, &scope);
}

static Str order_word(ListOrder order)
{
    return order == LIST_DUE ? S("due") : order == LIST_OLDEST ? S("oldest") : S("newest");
}

bool list_query_of(Visit *visit, const Kind *kind, ListQuery *ret_query, Err *err)
{
    if (kind && !kind_is_listed(visit, kind))
        return err_set(err, ERR_FORBIDDEN, MSG_view_route_forbidden);
    return list_query_base(visit, kind, ret_query, err) &&
           list_query_filters(visit, kind, ret_query, err);
}

bool list_view(Visit *visit, const Kind *kind, ListView *ret_view, Err *err)
{
    ListView view = {.kind = kind};
    ListQuery query;
    list_columns(visit, kind, &view);
    if (!list_query_of(visit, kind, &query, err) || !list_run(visit, &query, &view, err))
        return false;
    view.title = kind ? label_text(kind->label, visit->language) : S("");
    view.order = order_word(query.order);
    list_filters(visit, kind, &view);
    view.may_create =
        kind && visit_is_staff(visit) && !kind->n_parents && new_move(visit, kind, NULL);
    *ret_view = view;
    return true;
}

bool answers_view(Visit *visit, ListView *ret_view, Err *err)
{
    ListView view = {.title = view_say(visit, MSG_view_answers_title)};
    Visit *public = visit_as_public(visit);
    ListQuery query;
    /* Everyone sees the same page, also who is signed in. */
    if (!list_query_base(public, NULL, &query, err) ||
        !list_query_words(public, NULL, &query, err) || !list_run(public, &query, &view, err))
        return false;
    view.filters = NULL;
    *ret_view = view;
    return true;
}

static bool ids_of_numbers(Visit *visit, const PublishedQuery *asked, IdVec *ids, Err *err)
{
    for (size_t i = 0; i < asked->n_numbers; i++) {
        Record record;
        bool found;
        if (!record_find(visit->arena, visit->db, asked->numbers[i], &record, &found, err))
            return false;
        if (found)
            *vec_push(visit->arena, ids) = record.id;
    }
    return true;
}

bool published_view(Visit *visit, const PublishedQuery *asked, ListView *ret_view, Err *err)
{
    Visit *public = visit_as_public(visit);
    ListQuery query = {.published = true, .kind = asked->kind, .now = visit->now};
    RecordRow *rows = NEW_ARRAY(visit->arena, RecordRow, (size_t)asked->most);
    ListView part = {0}, view = {.rows = rows};
    IdVec ids = {0};
    ListPage page;
    if (!ids_of_numbers(visit, asked, &ids, err))
        return false;
    query.from = asked->from;
    query.to = asked->to;
    query.ids = ids.p;
    query.n_ids = ids.n;
    bool more = asked->n_numbers == 0 || ids.n > 0;
    while (more && view.n_rows < (size_t)asked->most) {
        query.limit = MIN(asked->most - (int)view.n_rows, LIST_LIMIT_MAX);
        if (!record_list(visit->arena, visit->db, &visit->office->orgs, &query, &page, err))
            return false;
        rows_of_page(public, &page, false, &part);
        if (part.n_rows > 0)
            memcpy(rows + view.n_rows, part.rows, part.n_rows * sizeof *rows);
        view.n_rows += part.n_rows;
        query.after = page.next;
        more = page.next.n > 0;
    }
    *ret_view = view;
    return true;
}

bool answers_latest(Visit *visit, int most, ListView *ret_view, Err *err)
{
    return published_view(visit, &(PublishedQuery){.most = most}, ret_view, err);
}

bool rows_by_id(Visit *visit, const IdVec *ids, bool texts, ListView *view, Err *err)
{
    Record *records = NEW_ARRAY(visit->arena, Record, ids->n + 1);
    ListPage page = {.records = records};
    for (size_t i = 0; i < ids->n; i++)
        if (ids->p[i] > 0) {
            if (!record_get(visit->arena, visit->db, ids->p[i], &records[page.n], err))
                return false;
            page.n++;
        }
    rows_of_page(visit, &page, texts, view);
    view->count = count_words(visit, (int64_t)view->n_rows);
    return true;
}
