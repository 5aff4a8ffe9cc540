/* SPDX-License-Identifier: Apache-2.0 */
/* What time does by itself. Everything is an ordinary change with a key that says for what it is,
 * so a second run, or a second node, changes nothing more. A refused change (a guard does not hold
 * yet) is asked for again at the next run. */
#include "base/log.h"
#include "calendar/due.h"
#include "task/task.h"

#include "query.h"

/* Changes of one move asked for in one run: the thread must be able to stop. */
#define RUN_MAX 500

static const Str years_setting = S_CONST("recomputed_years");

typedef struct Clocking {
    Arena *arena;
    Site *site;
    const Office *office;
    Db *db;
    Instant now;
    ClockMarks *marks;
} Clocking;

typedef struct Wanted {
    int64_t record;
    Str key;
} Wanted;
typedef VEC(Wanted) WantedVec;

/* False only when nothing more can be written. */
static bool clock_answer(Clocking *clocking, Job *job, Err *err)
{
    const Change *change = job->change;
    bool writable =
        job->ok || (job->err.code != ERR_UNAVAILABLE && job->err.code != ERR_DISK_FULL &&
                    job->err.code != ERR_OUTCOME_UNKNOWN);
    clocking->marks->made += job->ok;
    if (!job->ok && writable && job->err.code != ERR_NOT_ALLOWED_NOW) {
        err_detail(&job->err, STR(job->arena, "record ", change->record, " ", change->move));
        log_err(S("task"), &job->err);
    }
    if (!writable && err)
        err_copy(clocking->arena, err, &job->err);
    return writable;
}

/* A batch of the writer at a time: one transaction for each step would take all the disk's time
 * when much has become due at once. */
static bool clock_step(Clocking *clocking, const Wanted *wanted, size_t count, Str move, Err *err)
{
    Arena *arena = arena_open();
    Change *changes = NEW_ARRAY(arena, Change, count);
    Job *jobs = NEW_ARRAY(arena, Job, count);
    bool writable = true;
    for (size_t i = 0; i < count; i++) {
        changes[i] = (Change){.actor = {ACTOR_TASK, 0, S("task:clock")},
                              .record = wanted[i].record,
                              .move = move,
                              .version = -1,
                              .key = wanted[i].key};
        jobs[i] = (Job){.change = &changes[i], .arena = arena};
    }
    writer_run_all(clocking->site->writer, jobs, count);
    for (size_t i = 0; i < count && writable; i++)
        writable = clock_answer(clocking, &jobs[i], err);
    arena_close(arena);
    return writable;
}

static bool clock_changes(Clocking *clocking, const WantedVec *wanted, Str move, Err *err)
{
    for (size_t at = 0; at < wanted->n; at += WRITER_BATCH)
        if (!clock_step(clocking, wanted->p + at, MIN(wanted->n - at, WRITER_BATCH), move, err))
            return false;
    return true;
}

/* ---- moves by the clock ---- */

/* Where the last run stopped asking for a move. */
static Wait *clock_mark(Clocking *clocking, const Kind *kind, const Move *move)
{
    ClockMarks *marks = clocking->marks;
    Str name = STR(clocking->arena, kind->name, ".", move->name);
    Wait *mark = map_find(&marks->waits, name);
    if (!mark) {
        mark = NEW(marks->arena, Wait);
        map_set(&marks->waits, str_dup(marks->arena, name), mark);
    }
    return mark;
}

/* Those whose wait is over, from the mark on. Who is refused keeps waiting, so the next run goes on
 * behind them, and begins anew when the last was asked. */
static bool clock_waits(Clocking *clocking, const Kind *kind, const Move *move, WantedVec *wanted,
                        Err *err)
{
    Wait *mark = clock_mark(clocking, kind, move);
    WaitQuery query = {kind, move, clocking->now, *mark, RUN_MAX};
    Day today = day_of(clocking->now);
    WaitVec waits;
    if (!record_waiting(clocking->arena, clocking->db, &query, &waits, err))
        return false;
    *mark = (Wait){0};
    for (size_t i = 0; i < waits.n; i++) {
        Wait wait = waits.p[i];
        if (move->wait.amount &&
            today <= due_date(clocking->office->calendar, move->wait, day_of(wait.since)).due)
            return true; /* who began later ends later */
        *vec_push(clocking->arena, wanted) =
            (Wanted){wait.record,
                     STR(clocking->arena, "clock:", wait.record, ":", move->name, ":", wait.since)};
    }
    if (waits.n == RUN_MAX)
        *mark = waits.p[RUN_MAX - 1];
    return true;
}

static bool clock_move(Clocking *clocking, const Kind *kind, const Move *move, Err *err)
{
    WantedVec wanted = {0};
    if (!move->by_clock || move->wait_since.n == 0 || move->n_from == 0)
        return true;
    return clock_waits(clocking, kind, move, &wanted, err) &&
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

ClockMarks clock_marks(Arena *arena)
{
    return (ClockMarks){arena, map_open(arena), 0};
}

bool task_clock(Site *site, ClockMarks *marks, Err *err)
{
    Office *office = site_office(site);
    Arena *arena = arena_open();
    ClockMarks none = clock_marks(arena);
    Clocking clocking = {arena, site, office, NULL, site_now(site), marks ? marks : &none};
    bool done =
        !office || (site_reader(arena, site, &clocking.db, err) && clock_moves(&clocking, err) &&
                    clock_contacts(&clocking, err) && clock_provisional(&clocking, err));
    arena_close(arena);
    office_drop(office);
    return done;
}
