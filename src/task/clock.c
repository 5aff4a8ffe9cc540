/* SPDX-License-Identifier: Apache-2.0 */
/* What time does by itself. Everything is an ordinary change with a key that says for what it is,
 * so a second run, or a second node, changes nothing more. A refused change (a guard does not hold
 * yet) is asked for again at the next run. */
#include "base/log.h"
#include "calendar/due.h"
#include "db/db_text.h"
#include "rule/rule.h"
#include "task/task.h"

#include "query.h"

/* Changes of one sort asked for in one run: the thread must be able to stop. */
#define RUN_MAX 500

static const Str years_setting = S_CONST("recomputed_years");

typedef struct Clocking {
    Arena *arena;
    Site *site;
    const Office *office;
    Db *db;
    Instant now;
} Clocking;

typedef struct Wanted {
    int64_t record;
    Str key;
} Wanted;
typedef VEC(Wanted) WantedVec;

/* False only when nothing more can be written. */
static bool clock_change(Clocking *clocking, const Wanted *wanted, Str move, Err *err)
{
    Arena *arena = arena_open();
    Change change = {.actor = {ACTOR_TASK, 0, S("task:clock")},
                     .record = wanted->record,
                     .move = move,
                     .version = -1,
                     .key = wanted->key};
    ChangeResult result;
    Err why = {0};
    bool made = site_change(clocking->site, arena, &change, &result, &why);
    bool writable = made || (why.code != ERR_UNAVAILABLE && why.code != ERR_DISK_FULL &&
                             why.code != ERR_OUTCOME_UNKNOWN);
    if (!made && writable && why.code != ERR_NOT_ALLOWED_NOW) {
        err_detail(&why, STR(arena, "record ", wanted->record, " ", move));
        log_err(S("task"), &why);
    }
    if (!writable && err)
        err_copy(clocking->arena, err, &why);
    arena_close(arena);
    return writable;
}

static bool clock_changes(Clocking *clocking, const WantedVec *wanted, Str move, Err *err)
{
    for (size_t i = 0; i < wanted->n; i++)
        if (!clock_change(clocking, &wanted->p[i], move, err))
            return false;
    return true;
}

/* ---- moves by the clock ---- */

static void sql_states(DbText *q, Arena *arena, const Move *move)
{
    Str *states = NEW_ARRAY(arena, Str, move->n_from);
    for (size_t i = 0; i < move->n_from; i++)
        states[i] = move->from[i]->name;
    db_sql_texts(q, states, move->n_from);
}

/* Records from which the move leads, whose wait began, the longest waiting first. */
static void sql_waiting(Clocking *clocking, const Kind *kind, const Move *move, DbText *q)
{
    db_sql_literal(q, "SELECT r.id, ");
    fact_sql(q, move->wait_since);
    db_sql_literal(q, " AS since FROM record AS r WHERE r.kind = ");
    db_sql_text(q, kind->name);
    db_sql_literal(q, " AND r.voided_at IS NULL AND r.status IN ");
    sql_states(q, clocking->arena, move);
    db_sql_literal(q, " AND ");
    fact_sql(q, move->wait_since);
    db_sql_literal(q, " <= ");
    db_sql_int(q, clocking->now);
    db_sql_literal(q, " ORDER BY since, r.id");
}

static bool waiting_read(Clocking *clocking, const Move *move, const DbText *q, WantedVec *wanted,
                         Err *err)
{
    Day today = day_of(clocking->now);
    DbRows rows;
    if (!db_run(clocking->db, q, &rows, err))
        return false;
    while (wanted->n < RUN_MAX && db_rows_next(&rows)) {
        int64_t record = db_rows_int(&rows, 0), since = db_rows_int(&rows, 1);
        if (today <= due_date(clocking->office->calendar, move->wait, day_of(since)).due)
            break; /* who began later ends later */
        *vec_push(clocking->arena, wanted) =
            (Wanted){record, STR(clocking->arena, "clock:", record, ":", move->name, ":", since)};
    }
    return db_rows_close(&rows, err);
}

static bool clock_move(Clocking *clocking, const Kind *kind, const Move *move, Err *err)
{
    WantedVec wanted = {0};
    DbText q = db_text_open(clocking->arena);
    if (!move->by_clock || move->wait.amount == 0 || move->wait_since.n == 0 || move->n_from == 0)
        return true;
    sql_waiting(clocking, kind, move, &q);
    return waiting_read(clocking, move, &q, &wanted, err) &&
           clock_changes(clocking, &wanted, move->name, err);
}

static bool clock_moves(Clocking *clocking, Err *err)
{
    const Profile *profile = clocking->office->profile;
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *kind = &profile->kinds[i];
        for (size_t j = 0; kind->flow && j < kind->flow->n_moves; j++)
            if (!clock_move(clocking, kind, &kind->flow->moves[j], err))
                return false;
    }
    return true;
}

/* ---- contacts past their time ---- */

static bool clock_contacts(Clocking *clocking, Err *err)
{
    Instant before = clocking->now - clocking->office->profile->contact_days * DAY_US;
    WantedVec wanted = {0};
    QContactOverdue *rows;
    size_t count;
    if (!q_contact_overdue_all(clocking->db, clocking->arena, before, RUN_MAX, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        *vec_push(clocking->arena, &wanted) =
            (Wanted){rows[i].record,
                     STR(clocking->arena, "erase_contact:", rows[i].record, ":", rows[i].version)};
    return clock_changes(clocking, &wanted, S("erase_contact"), err);
}

/* ---- deadlines that were provisional ---- */

/* "2023,2024,2026": what the deadlines may rest on. */
static Str clock_years(Clocking *clocking)
{
    const Calendar *calendar = clocking->office->calendar;
    Buf years = buf_open(clocking->arena);
    int last = calendar_last_year(calendar);
    for (int year = calendar_first_year(calendar); last && year <= last; year++)
        if (calendar_has_year(calendar, year))
            TEXT(&years, years.n ? "," : "", year);
    return buf_str(&years);
}

static bool years_put(Db *db, Arena *arena, void *context, Err *err)
{
    (void)arena;
    return q_setting_put(db, years_setting, *(const Str *)context, err);
}

static bool clock_provisional(Clocking *clocking, Err *err)
{
    Str years = clock_years(clocking);
    int last = calendar_last_year(clocking->office->calendar);
    Job job = {.housekeep = years_put, .context = &years, .arena = clocking->arena};
    WantedVec wanted = {0};
    QProvisionalDue *rows;
    QSettingGet done;
    size_t count;
    bool found;
    if (!q_setting_get(clocking->db, clocking->arena, years_setting, &done, &found, err))
        return false;
    if (found && str_eq(done.value, years))
        return true;
    if (!q_provisional_due_all(clocking->db, clocking->arena, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (calendar_covers(clocking->office->calendar, (Day)rows[i].due_on))
            *vec_push(clocking->arena, &wanted) =
                (Wanted){rows[i].record, STR(clocking->arena, "recompute_due:", rows[i].record, ":",
                                             last, ":", rows[i].due_on)};
    return clock_changes(clocking, &wanted, S("recompute_due"), err) &&
           writer_run(clocking->site->writer, &job, err);
}

bool task_clock(Site *site, Err *err)
{
    Office *office = site_office(site);
    Arena *arena = arena_open();
    Clocking clocking = {arena, site, office, NULL, site_now(site)};
    bool done =
        !office || (site_reader(arena, site, &clocking.db, err) && clock_moves(&clocking, err) &&
                    clock_contacts(&clocking, err) && clock_provisional(&clocking, err));
    arena_close(arena);
    office_drop(office);
    return done;
}
