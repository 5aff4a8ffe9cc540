/* SPDX-License-Identifier: Apache-2.0 */
/* Every step through the door, in the order of time. */
#include "cli/demo/scenario.h"

typedef struct Run {
    Stream *stream;
    Site *site;
    Plan *plan;
    const Map *desks;
    Arena *arena; /* of the reading connection */
    Db *db;
} Run;

static bool step_actor(Run *run, const Fill *fill, const ScenarioStep *step, StreamSlot *slot,
                       Err *err)
{
    Str key = step_desk(slot->arena, fill, step);
    const Actor *actor = map_find(run->desks, key);
    if (str_eq(key, S("public"))) {
        slot->change.actor = (Actor){.type = ACTOR_PUBLIC, .name = S("public")};
        slot->change.with_code = true;
        return true;
    }
    if (!actor)
        return err_set(err, ERR_WRONG, MSG_cli_scenario_wrong, fill->matter->group->name,
                       step->move, key);
    slot->change.actor = *actor;
    return true;
}

/* Children are made by moves, so their ids are known to the database alone. */
static bool open_child(Run *run, int64_t parent, Str kind, int64_t *ret_id, Err *err)
{
    Record *children;
    size_t count;
    if (!stream_wait(run->stream, err) ||
        !record_children(run->arena, run->db, parent, kind, &children, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (values_int(&children[i].values, S("open"))) {
            *ret_id = children[i].id;
            return true;
        }
    return err_set(err, ERR_WRONG, MSG_no_such_record, kind);
}

/* Which record: a new one, the matter's, or a child. */
static bool step_record(Run *run, Case *matter, const Event *event, const ScenarioStep *step,
                        StreamSlot *slot, Err *err)
{
    slot->change.move = step->move;
    slot->change.kind = step->kind;
    for (size_t i = 0; i < matter->n_links; i++)
        if (!stream_wait_for(run->stream, &run->plan->cases[matter->links[i]].result, err))
            return false;
    if (event->step == 0) {
        slot->result = &matter->result;
        return true;
    }
    if (!stream_wait_for(run->stream, &matter->result, err))
        return false;
    if (step->target == STEP_SELF)
        slot->change.record = matter->result.record;
    if (step->target == STEP_CHILD_OPEN)
        return open_child(run, matter->result.record, step->kind, &slot->change.record, err);
    return true;
}

static bool event_send(Run *run, const Event *event, Err *err)
{
    Case *matter = &run->plan->cases[event->number];
    const ScenarioStep *step = &matter->group->script->steps.p[event->step];
    Fill fill = {run->plan, matter, event->at};
    StreamSlot *slot = stream_slot(run->stream, err);
    if (!slot)
        return false;
    slot->clock = event->at;
    slot->change.at = event->at;
    if (!step_record(run, matter, event, step, slot, err) ||
        !step_actor(run, &fill, step, slot, err))
        return false;
    for (size_t i = 0; i < step->n_form; i++) {
        Str text = text_fill(slot->arena, &fill, step->form[i].text);
        if (text.n)
            slot_form(slot, step->form[i].name, text);
    }
    return stream_send(run->stream, slot, err);
}

bool events_run(Cli *cli, Stream *stream, Site *site, Plan *plan, const Map *desks, Err *err)
{
    Run run = {.stream = stream, .site = site, .plan = plan, .desks = desks, .arena = arena_open()};
    bool good = site_reader(run.arena, site, &run.db, err);
    for (size_t i = 0; good && i < plan->n_events; i++) {
        good = event_send(&run, &plan->events[i], err);
        if (i % 256 == 0)
            cli_progress(cli, (int64_t)i, (int64_t)plan->n_events);
    }
    good = good && stream_wait(stream, err);
    cli_progress(cli, 1, 1);
    if (run.db)
        db_close(run.db);
    arena_close(run.arena);
    return good;
}
