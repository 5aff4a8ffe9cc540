/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for the visitor, by due day. */
#include "view/list_query.h"

#include "query.h"

#define DESK_ROWS 50
/* Most rows of a wide scope wait for somebody else: so many are looked at for one page. */
#define LOOKED_AT_MAX     400
#define ENTRIES_LOOKED_AT 20000
#define WEEK_US           (7 * DAY_US)

/* What may wait here, as rows of indexes: kind by kind and state by state, then by due day. */
typedef struct Todo {
    Str after;     /* the place that was come to, as a cursor */
    FindVec finds; /* of all parts behind it */
    Find horizon;  /* up to here no part has more */
    bool is_cut;   /* beyond it some part has */
} Todo;

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

static int find_order(const void *a, const void *b)
{
    const Find *x = a, *y = b;
    if (x->sort != y->sort)
        return x->sort < y->sort ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

/* Adds the first rows of one part. Of a part that has more, those of other parts behind its last
 * row must wait until it was asked again. */
static bool todo_part(Visit *visit, Todo *todo, ListQuery *query, Err *err)
{
    FindVec finds;
    query->after = todo->after;
    if (!record_finds(visit->arena, visit->db, &visit->office->orgs, query, &finds, err))
        return false;
    for (size_t i = 0; i < finds.n; i++)
        *vec_push(visit->arena, &todo->finds) = finds.p[i];
    if (finds.n < (size_t)query->limit)
        return true;
    if (!todo->is_cut || find_order(&finds.p[finds.n - 1], &todo->horizon) < 0)
        todo->horizon = finds.p[finds.n - 1];
    todo->is_cut = true;
    return true;
}

/* ---- what waits for a second person, whatever its state ---- */

static bool approval_held(const Visit *visit, const Kind *kind, const Move *move)
{
    Move approval = *move;
    approval.who = move->approval;
    approval.n_who = move->n_approval;
    return move->n_approval > 0 && move_role_held(visit, kind, &approval);
}

static ListQuery desk_query(const Visit *visit)
{
    return (ListQuery){.now = visit->now, .order = LIST_DUE, .limit = DESK_ROWS + 1};
}

static bool todo_kind(Visit *visit, const Kind *kind, Todo *todo, Err *err)
{
    IdVec orgs = permit_list_orgs(visit->arena, visit->office, &visit->actor, kind);
    const Flow *flow = kind->flow;
    ListQuery query = desk_query(visit);
    query.kind = kind;
    query.orgs = orgs.p;
    query.n_orgs = orgs.n;
    query.everything = visit->actor.type == ACTOR_CLI || kind->internal;
    query.open_only = true;
    for (size_t i = 0; i < flow->n_states; i++) {
        query.status = flow->states[i].name;
        if (flow->states[i].open && state_calls(visit, kind, &flow->states[i]) &&
            !todo_part(visit, todo, &query, err))
            return false;
    }
    query.open_only = false;
    query.status = S("");
    for (size_t i = 0; i < flow->n_moves; i++) {
        query.pending = flow->moves[i].name;
        if (approval_held(visit, kind, &flow->moves[i]) && !todo_part(visit, todo, &query, err))
            return false;
    }
    return true;
}

/* The next rows of all parts in order, none twice, up to the horizon. */
static bool todo_read(Visit *visit, Todo *todo, Err *err)
{
    const Profile *profile = visit->office->profile;
    FindVec *finds = &todo->finds;
    size_t kept = 0;
    finds->n = 0;
    todo->is_cut = false;
    for (size_t i = 0; i < profile->n_kinds; i++)
        if (profile->kinds[i].flow && !todo_kind(visit, &profile->kinds[i], todo, err))
            return false;
    if (finds->n)
        qsort(finds->p, finds->n, sizeof *finds->p, find_order);
    for (size_t i = 0; i < finds->n; i++)
        if ((kept == 0 || finds->p[kept - 1].record != finds->p[i].record) &&
            !(todo->is_cut && find_order(&finds->p[i], &todo->horizon) > 0))
            finds->p[kept++] = finds->p[i];
    finds->n = kept;
    return true;
}

/* ---- the rows of one page ---- */

typedef struct Desk {
    RecordRow rows[DESK_ROWS];
    size_t n, looked_at;
    bool is_full; /* more waits, or may wait, behind the last that was looked at */
} Desk;

/* Rows of a batch, until the page is full. */
static bool desk_take(Visit *visit, Todo *todo, Desk *desk, Err *err)
{
    ListQuery query = desk_query(visit);
    for (size_t i = 0; i < todo->finds.n; i++) {
        Record record;
        if (desk->looked_at++ == LOOKED_AT_MAX) {
            desk->is_full = true;
            return true;
        }
        if (!record_get(visit->arena, visit->db, todo->finds.p[i].record, &record, err))
            return false;
        if (waits_here(visit, &record)) {
            desk->is_full = desk->n == DESK_ROWS;
            if (desk->is_full)
                return true;
            desk->rows[desk->n++] = record_row(visit, &record);
        }
        todo->after = record_cursor(visit->arena, &query, todo->finds.p[i]);
    }
    return true;
}

static bool desk_rows(Visit *visit, Todo *todo, Desk *desk, Err *err)
{
    do {
        if (!todo_read(visit, todo, err) || !desk_take(visit, todo, desk, err))
            return false;
    } while (todo->is_cut && !desk->is_full);
    return true;
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

bool desk_view(Visit *visit, DeskView *ret_view, Err *err)
{
    DeskView view = {.todo = {.title = view_say(visit, MSG_view_desk_title), .order = S("due")}};
    Desk *desk = NEW(visit->arena, Desk);
    Todo todo = {.after = http_query(visit->request, S("after"))};
    view.is_first = todo.after.n == 0;
    if (!desk_rows(visit, &todo, desk, err))
        return false;
    view.todo.rows = desk->rows;
    view.todo.n_rows = desk->n;
    if (desk->is_full) {
        view.todo.next_cursor = todo.after;
        view.todo.next_href = list_next_href(visit, todo.after);
    }
    if (view.is_first)
        view.todo.count = STR(visit->arena, (int64_t)desk->n, desk->is_full ? "+" : "");
    if (view.is_first && desk->n == 0 &&
        !moved_since(visit, visit->now - WEEK_US, &view.moved_this_week, err))
        return false;
    *ret_view = view;
    return true;
}
