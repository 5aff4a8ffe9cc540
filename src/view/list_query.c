/* SPDX-License-Identifier: Apache-2.0 */
#include "view/list_query.h"

#include "base/number.h"
#include "view/mask.h"

static bool bad_query(const Visit *visit, Str name, Err *err)
{
    (void)visit;
    return err_set(err, ERR_BAD_REQUEST, MSG_view_bad_query, name);
}

bool query_day(const Visit *visit, Str name, Day *ret_day, Err *err)
{
    Str text = http_query(visit->request, name);
    *ret_day = 0;
    return text.n == 0 || day_parse(text, ret_day) || bad_query(visit, name, err);
}

bool query_org(const Visit *visit, Str name, int64_t *ret_org, Err *err)
{
    Str text = http_query(visit->request, name);
    const Org *org = org_by_code(&visit->office->orgs, text);
    *ret_org = org ? org->id : 0;
    return text.n == 0 || org || err_set(err, ERR_BAD_REQUEST, MSG_view_no_such_org, text);
}

static bool query_limit(const Visit *visit, int *ret_limit, Err *err)
{
    Str text = http_query(visit->request, S("limit"));
    int64_t limit;
    *ret_limit = LIST_LIMIT_DEFAULT;
    if (text.n == 0)
        return true;
    if (!int_parse(text, &limit) || limit < 1 || limit > LIST_LIMIT_MAX)
        return bad_query(visit, S("limit"), err);
    *ret_limit = (int)limit;
    return true;
}

static bool query_order(const Visit *visit, ListOrder *ret_order, Err *err)
{
    Str text = http_query(visit->request, S("sort"));
    if (text.n == 0 || str_eq(text, S("newest")))
        *ret_order = LIST_NEWEST;
    else if (str_eq(text, S("due")))
        *ret_order = LIST_DUE;
    else if (str_eq(text, S("oldest")))
        *ret_order = LIST_OLDEST;
    else
        return bad_query(visit, S("sort"), err);
    return true;
}

/* Kinds without scope rows are open to whoever sees the kind at all; list_run asks for each row. */
static void query_whose(Visit *visit, const Kind *kind, ListQuery *query)
{
    IdVec orgs;
    if (!visit_is_staff(visit) || (kind && mask_hides_drafts(visit, kind))) {
        query->published = true;
        return;
    }
    query->everything =
        visit->actor.type == ACTOR_CLI || (kind && kind->internal) || (kind && kind->open_plain);
    orgs = permit_list_orgs(visit->arena, visit->office, &visit->actor, kind);
    query->orgs = orgs.p;
    query->n_orgs = orgs.n;
}

bool list_query_base(Visit *visit, const Kind *kind, ListQuery *ret_query, Err *err)
{
    ListQuery query = {.kind = kind, .now = visit->now, .limit = LIST_LIMIT_DEFAULT};
    query_whose(visit, kind, &query);
    query.after = http_query(visit->request, S("after"));
    if (!query_limit(visit, &query.limit, err) || !query_order(visit, &query.order, err))
        return false;
    *ret_query = query;
    return true;
}

/* ---- filters ---- */

static bool filter_status(const Visit *visit, const Kind *kind, ListQuery *query, Err *err)
{
    Str status = http_query(visit->request, S("status"));
    if (str_eq(status, S("open"))) {
        query->open_only = true;
        return true;
    }
    query->status = status;
    return status.n == 0 || (kind && kind->flow && flow_state(kind->flow, status)) ||
           bad_query(visit, S("status"), err);
}

static bool filter_light(const Visit *visit, ListQuery *query, Err *err)
{
    static const struct {
        Str name;
        ListLight light;
    } lights[] = {{S_CONST(""), LIGHT_ANY},
                  {S_CONST("green"), LIGHT_GREEN},
                  {S_CONST("yellow"), LIGHT_YELLOW},
                  {S_CONST("red"), LIGHT_RED},
                  {S_CONST("paused"), LIGHT_PAUSED}};
    Str text = http_query(visit->request, S("light"));
    for (size_t i = 0; i < COUNT_OF(lights); i++) {
        query->light = lights[i].light;
        if (str_eq(text, lights[i].name))
            return true;
    }
    return bad_query(visit, S("light"), err);
}

static bool filter_value(Visit *visit, const Field *field, Str text, Value *ret_value, Err *err)
{
    int64_t number;
    Day day;
    switch (field->type) {
    case FIELD_CHOICE:
    case FIELD_CHOICES:
        *ret_value = value_text(text);
        return choice_find(field->choices, text) != NULL || bad_query(visit, field->name, err);
    case FIELD_YES_NO:
        *ret_value =
            value_int(str_eq(text, S("1")) || str_eq(text, S("yes")) || str_eq(text, S("true")));
        return true;
    case FIELD_DATE:
        if (!day_parse(text, &day))
            return bad_query(visit, field->name, err);
        *ret_value = value_int(day);
        return true;
    case FIELD_NUMBER:
        if (!int_parse(text, &number))
            return bad_query(visit, field->name, err);
        *ret_value = value_int(number);
        return true;
    default:
        *ret_value = value_text(text);
        return true;
    }
}

/* References come by code or number; what is not there finds nothing rather than everything. */
static bool filter_link(Visit *visit, Str text, Value *ret_value, Err *err)
{
    const Org *org = org_by_code(&visit->office->orgs, text);
    Record record;
    bool found = false;
    int64_t id = org ? org->id : 0;
    if (!org && !record_find(visit->arena, visit->db, text, &record, &found, err))
        return false;
    if (found)
        id = record.id;
    else if (!org && !(str_starts(text, S("#")) && int_parse(str_slice(text, 1, text.n), &id)))
        id = -1;
    *ret_value = value_int(id);
    return true;
}

/* The children of one record. */
static bool filter_parent(Visit *visit, const Kind *kind, ListFilter *filters, ListQuery *query,
                          Err *err)
{
    static const Field parent = {.name = S_CONST("parent"), .type = FIELD_RECORD, .filter = true};
    Str text = http_query(visit->request, parent.name);
    if (!kind || !kind->n_parents || text.n == 0)
        return true;
    filters[query->n_filters].field = &parent;
    return filter_link(visit, text, &filters[query->n_filters++].value, err);
}

static bool filter_fields(Visit *visit, const Kind *kind, ListQuery *query, Err *err)
{
    ListFilter *filters = NEW_ARRAY(visit->arena, ListFilter, (kind ? kind->n_fields : 0) + 1);
    if (!filter_parent(visit, kind, filters, query, err))
        return false;
    for (size_t i = 0; kind && i < kind->n_fields; i++) {
        const Field *field = kind->fields[i];
        Str text = http_query(visit->request, field->name);
        ListFilter *filter = &filters[query->n_filters];
        if (!field->filter || text.n == 0 || str_eq(field->name, S("category")))
            continue;
        /* Asked for by its value a withheld text would be told by the count. */
        if (kind->confidential && (field_is_text(field) || field->disputant != DISPUTANT_NONE))
            continue;
        filter->field = field;
        if (!(field_is_link(field) ? filter_link(visit, text, &filter->value, err)
                                   : filter_value(visit, field, text, &filter->value, err)))
            return false;
        query->n_filters++;
    }
    query->filters = filters;
    return true;
}

/* What was found by its text stays only where the visitor may read that text: else a count, or
 * another page, would tell which words a withheld text has. */
static bool ids_readable(Visit *visit, IdVec *ids, Err *err)
{
    size_t count = 0;
    for (size_t i = 0; i < ids->n; i++) {
        Record record;
        if (!record_get(visit->arena, visit->db, ids->p[i], &record, err))
            return false;
        if (row_may_stand(visit, &record, true))
            ids->p[count++] = ids->p[i];
    }
    ids->n = count;
    return true;
}

/* By number when it is one, else by the words of the text. */
bool list_query_words(Visit *visit, const Kind *kind, ListQuery *query, Err *err)
{
    Str words = str_trim(http_query(visit->request, S("q")));
    SearchScope scope = {.orgs = query->orgs,
                         .n_orgs = query->n_orgs,
                         .published_only = query->published,
                         .everything = query->everything,
                         .kind = kind ? kind->name : S("")};
    Record record;
    IdVec ids = {0};
    bool found;
    if (words.n == 0)
        return true;
    if (!record_find(visit->arena, visit->db, words, &record, &found, err))
        return false;
    if (found) {
        *vec_push(visit->arena, &ids) = record.id;
    } else if (!visit->search) {
        return err_set(err, ERR_UNAVAILABLE, MSG_view_search_not_ready);
    } else if (!search_find(visit->arena, visit->search, visit->db, visit->office, words, &scope,
                            LIST_LIMIT_MAX, &ids, err)) {
        return false;
    }
    if (!ids_readable(visit, &ids, err))
        return false;
    if (ids.n == 0)
        *vec_push(visit->arena, &ids) = -1; /* no record: an empty list would mean any */
    query->ids = ids.p;
    query->n_ids = ids.n;
    return true;
}

bool list_query_filters(Visit *visit, const Kind *kind, ListQuery *query, Err *err)
{
    const Field *category = kind ? kind_field(kind, S("category")) : NULL;
    query->category = http_query(visit->request, S("category"));
    if (query->category.n &&
        (!category || !category->choices || !choice_find(category->choices, query->category)))
        return bad_query(visit, S("category"), err);
    return filter_status(visit, kind, query, err) && filter_light(visit, query, err) &&
           query_org(visit, S("org"), &query->org, err) &&
           query_day(visit, S("from"), &query->from, err) &&
           query_day(visit, S("to"), &query->to, err) && filter_fields(visit, kind, query, err) &&
           list_query_words(visit, kind, query, err);
}
