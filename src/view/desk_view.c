/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for the visitor, by due day. */
#include "view/list_query.h"

#include "query.h"

#define DESK_ROWS         200
#define ENTRIES_LOOKED_AT 20000
#define WEEK_US           (7 * DAY_US)

typedef VEC(const Record *) Found;

static bool is_found(const Found *found, int64_t id)
{
    for (size_t i = 0; i < found->n; i++)
        if (found->p[i]->id == id)
            return true;
    return false;
}

/* The look before the row is made: most records of a wide scope wait for somebody else. */
static bool waits_here(Visit *visit, const Record *record)
{
    const Kind *kind =
        profile_kind(visit->office->profile, values_text(&record->values, S("kind")));
    Subject subject;
    if (!kind)
        return false;
    subject = subject_of(visit, kind, record);
    return subject.mask.open && (move_to_decide(visit, &subject) || move_next(visit, &subject));
}

/* ---- what has a primary move for a role of the visitor: by kind and state ---- */

static bool state_calls(const Visit *visit, const Kind *kind, const State *state)
{
    for (size_t i = 0; i < kind->flow->n_moves; i++) {
        const Move *move = &kind->flow->moves[i];
        if (move->primary && move_leaves(move, state) && move_role_held(visit, kind, move))
            return true;
    }
    return false;
}

static bool desk_state(Visit *visit, ListQuery *query, const State *state, Found *found, Err *err)
{
    ListPage page;
    query->status = state->name;
    if (!record_list(visit->arena, visit->db, &visit->office->orgs, query, &page, err))
        return false;
    for (size_t i = 0; i < page.n; i++)
        if (waits_here(visit, &page.records[i]))
            *vec_push(visit->arena, found) = &page.records[i];
    return true;
}

/* ---- what waits for a second person, whatever its state ---- */

/* Not a field of any kind: the engine's own value, filtered by as one. */
static const Field pending_field = {
    .name = S_CONST("pending"), .type = FIELD_CHOICE, .filter = true};

static bool approval_held(const Visit *visit, const Kind *kind, const Move *move)
{
    Move approval = *move;
    approval.who = move->approval;
    approval.n_who = move->n_approval;
    return move->n_approval > 0 && move_role_held(visit, kind, &approval);
}

static bool desk_pending(Visit *visit, ListQuery *query, const Move *move, Found *found, Err *err)
{
    ListFilter filter = {&pending_field, value_text(move->name)};
    ListPage page;
    query->open_only = false;
    query->status = S("");
    query->filters = &filter;
    query->n_filters = 1;
    if (!record_list(visit->arena, visit->db, &visit->office->orgs, query, &page, err))
        return false;
    for (size_t i = 0; i < page.n; i++)
        if (!is_found(found, page.records[i].id) && waits_here(visit, &page.records[i]))
            *vec_push(visit->arena, found) = &page.records[i];
    return true;
}

static bool desk_kind(Visit *visit, const Kind *kind, Found *found, Err *err)
{
    IdVec orgs = permit_list_orgs(visit->arena, visit->office, &visit->actor, kind);
    ListQuery query = {.kind = kind,
                       .orgs = orgs.p,
                       .n_orgs = orgs.n,
                       .everything = visit->actor.type == ACTOR_CLI || kind->internal,
                       .open_only = true,
                       .now = visit->now,
                       .order = LIST_DUE,
                       .limit = LIST_LIMIT_MAX};
    const Flow *flow = kind->flow;
    for (size_t i = 0; i < flow->n_states; i++)
        if (flow->states[i].open && state_calls(visit, kind, &flow->states[i]) &&
            !desk_state(visit, &query, &flow->states[i], found, err))
            return false;
    query.order = LIST_NEWEST;
    for (size_t i = 0; i < flow->n_moves; i++)
        if (approval_held(visit, kind, &flow->moves[i]) &&
            !desk_pending(visit, &query, &flow->moves[i], found, err))
            return false;
    return true;
}

static int due_order(const void *a, const void *b)
{
    const Record *x = *(const Record *const *)a, *y = *(const Record *const *)b;
    int64_t x_due = values_int(&x->values, S("due_on")),
            y_due = values_int(&y->values, S("due_on"));
    if (x_due != y_due)
        return x_due == 0 ? 1 : y_due == 0 || x_due < y_due ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* ---- when nothing waits: what was done ---- */

/* Entries are in order of time, so the first of the week is found by halving. */
static bool first_since(Visit *visit, Instant since, int64_t *ret_sequence, Err *err)
{
    QEntryLast last;
    bool found;
    int64_t low = 1, high;
    if (!q_entry_last(visit->db, visit->arena, &last, &found, err))
        return false;
    high = found ? last.sequence + 1 : 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        QEntryRow row;
        if (!q_entry_get(visit->db, visit->arena, middle, &row, &found, err))
            return false;
        if (!found || row.recorded_at >= since)
            high = middle;
        else
            low = middle + 1;
    }
    *ret_sequence = low;
    return true;
}

static bool moved_since(Visit *visit, Instant since, int64_t *ret_count, Err *err)
{
    DbRows rows;
    QEntryRow row;
    int64_t first, looked = 0;
    if (!first_since(visit, since, &first, err) ||
        !q_entry_after_open(visit->db, first - 1, &rows, err))
        return false;
    while (looked++ < ENTRIES_LOOKED_AT && q_entry_after_next(&rows, &row))
        *ret_count += str_eq(row.actor, visit->actor.name);
    return db_rows_close(&rows, err);
}

static void desk_rows(Visit *visit, Found *found, ListView *view)
{
    size_t count = MIN(found->n, (size_t)DESK_ROWS);
    RecordRow *rows = NEW_ARRAY(visit->arena, RecordRow, count + 1);
    if (found->n)
        qsort(found->p, found->n, sizeof(const Record *), due_order);
    for (size_t i = 0; i < count; i++)
        rows[i] = record_row(visit, found->p[i]);
    view->rows = rows;
    view->n_rows = count;
    view->count = found->n > count ? STR(visit->arena, (int64_t)count, "+")
                                   : STR(visit->arena, (int64_t)count);
}

bool desk_view(Visit *visit, DeskView *ret_view, Err *err)
{
    const Profile *profile = visit->office->profile;
    DeskView view = {.todo = {.title = view_say(visit, MSG_view_desk_title), .order = S("due")}};
    Found found = {0};
    for (size_t i = 0; i < profile->n_kinds; i++)
        if (profile->kinds[i].flow && !desk_kind(visit, &profile->kinds[i], &found, err))
            return false;
    desk_rows(visit, &found, &view.todo);
    if (view.todo.n_rows == 0 &&
        !moved_since(visit, visit->now - WEEK_US, &view.moved_this_week, err))
        return false;
    *ret_view = view;
    return true;
}
