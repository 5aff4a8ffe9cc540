/* SPDX-License-Identifier: Apache-2.0 */
/* The desks of the demo: those of the profile's list, and one for every unit that a step needs. */
#include "cli/demo/scenario.h"

#include "cli/founding.h"
#include "org/session.h"

#include "query.h"

#define DEMO_PASSWORD S("tongxin-demo")

typedef struct Desk {
    Str login, zh, en;
    StrVec grants; /* "role@code" */
    bool signs_in;
    StreamResult result;
} Desk;

typedef VEC(Desk *) Desks;

static const struct {
    Str who, role;
    MessageId title;
} roles[] = {
    {S_CONST("officer"), S_CONST("unit_officer"), MSG_cli_demo_officer},
    {S_CONST("head"), S_CONST("unit_head"), MSG_cli_demo_head},
    {S_CONST("mediator"), S_CONST("mediator"), MSG_cli_demo_mediator},
};

Str step_desk(Arena *arena, const Fill *fill, const ScenarioStep *step)
{
    for (size_t i = 0; i < COUNT_OF(roles) && step->column.n; i++)
        if (str_eq(roles[i].who, step->who))
            return STR(arena, roles[i].role, "@",
                       text_fill(arena, fill, STR(arena, "{", step->column, "}")));
    return step->who;
}

static bool desks_of_file(Arena *arena, Str file, Desks *desks, Err *err)
{
    Sheet sheet;
    if (file.n == 0)
        return true;
    if (!sheet_read(arena, file, &sheet, err))
        return false;
    for (size_t i = 0; i < sheet.rows.n; i++) {
        Desk *desk = NEW(arena, Desk);
        Str grants = sheet_cell(&sheet, i, S("grants")), grant;
        *desk = (Desk){.login = sheet_cell(&sheet, i, S("login")),
                       .zh = sheet_cell(&sheet, i, S("title_zh")),
                       .en = sheet_cell(&sheet, i, S("title_en")),
                       .signs_in = true};
        while (str_next(&grants, ' ', &grant))
            *vec_push(arena, &desk->grants) = grant;
        *vec_push(arena, desks) = desk;
    }
    return true;
}

/* "unit_head@TL-ZJJ" becomes the desk tl-zjj-head, which nobody can sign in to. */
static Desk *desk_of_unit(Arena *arena, const Office *office, Str key)
{
    size_t at = str_find(key, S("@"), 0);
    Str role = str_slice(key, 0, at), code = str_slice(key, MIN(at + 1, key.n), key.n);
    const Org *org = at == SIZE_MAX ? NULL : org_by_code(&office->orgs, code);
    Desk *desk = NEW(arena, Desk);
    for (size_t i = 0; i < COUNT_OF(roles) && org; i++) {
        if (!str_eq(roles[i].role, role))
            continue;
        desk->login = STR(arena, str_lower(arena, code), "-", roles[i].who);
        desk->zh = message_fill(arena, roles[i].title, LANGUAGE_ZH, &org->title.zh, 1);
        desk->en = message_fill(arena, roles[i].title, LANGUAGE_EN, &org->title.en, 1);
        *vec_push(arena, &desk->grants) = key;
        return desk;
    }
    return NULL;
}

static void known_add(Map *known, Desk *desk)
{
    if (!map_find(known, desk->login))
        map_set(known, desk->login, desk);
    for (size_t i = 0; i < desk->grants.n; i++)
        if (!map_find(known, desk->grants.p[i]))
            map_set(known, desk->grants.p[i], desk);
}

static bool desks_of_plan(Arena *arena, const Office *office, const Plan *plan, Map *known,
                          Desks *desks, Err *err)
{
    Arena *scratch = arena_open();
    bool good = true;
    for (size_t i = 0; good && i < plan->n_events; i++) {
        const Event *event = &plan->events[i];
        const Case *matter = &plan->cases[event->number];
        const ScenarioStep *step = &matter->group->script->steps.p[event->step];
        Fill fill = {plan, matter, event->at};
        Str key = step_desk(scratch, &fill, step);
        Desk *desk;
        if (str_eq(key, S("public")) || map_find(known, key))
            continue;
        desk = desk_of_unit(arena, office, str_dup(arena, key));
        good = desk || err_set(err, ERR_WRONG, MSG_cli_scenario_wrong, matter->group->name,
                               step->move, key);
        if (!good)
            break;
        known_add(known, desk);
        *vec_push(arena, desks) = desk;
        arena_reset(scratch);
    }
    arena_close(scratch);
    return good;
}

static StreamSlot *account_slot(Stream *stream, int64_t record, Str move, Err *err)
{
    StreamSlot *slot = stream_slot(stream, err);
    if (!slot)
        return NULL;
    slot->change.actor = cli_actor(slot->arena);
    slot->change.kind = S("account");
    slot->change.record = record;
    slot->change.move = move;
    return slot;
}

static bool desks_create(Stream *stream, const Desks *desks, Err *err)
{
    for (size_t i = 0; i < desks->n; i++) {
        Desk *desk = desks->p[i];
        StreamSlot *slot = account_slot(stream, 0, S("create"), err);
        if (!slot)
            return false;
        slot->result = &desk->result;
        slot_form(slot, S("title"), desk->zh);
        slot_form(slot, S("title_en"), desk->en);
        slot_form(slot, S("login"), desk->login);
        if (!stream_send(stream, slot, err))
            return false;
    }
    return stream_wait(stream, err);
}

static bool desks_grant(Stream *stream, const Desks *desks, Err *err)
{
    for (size_t i = 0; i < desks->n; i++)
        for (size_t j = 0; j < desks->p[i]->grants.n; j++) {
            Str grant = desks->p[i]->grants.p[j];
            size_t at = str_find(grant, S("@"), 0);
            StreamSlot *slot = account_slot(stream, desks->p[i]->result.record, S("grant"), err);
            if (!slot)
                return false;
            slot_form(slot, S("role"), str_slice(grant, 0, at));
            slot_form(slot, S("org"), str_slice(grant, MIN(at + 1, grant.n), grant.n));
            if (!stream_send(stream, slot, err))
                return false;
        }
    return stream_wait(stream, err);
}

typedef struct Passwords {
    const Desks *desks;
    Str hash;
} Passwords;

static bool passwords_put(Db *db, Arena *arena, void *context, Err *err)
{
    const Passwords *passwords = context;
    (void)arena;
    for (size_t i = 0; i < passwords->desks->n; i++) {
        const Desk *desk = passwords->desks->p[i];
        if (desk->signs_in && !q_credential_put(db, desk->result.record, passwords->hash, err))
            return false;
    }
    return true;
}

/* One hash for all: everybody knows the password anyway, and Argon2 takes its time. */
static bool desks_password(Cli *cli, Site *site, const Desks *desks, Err *err)
{
    Passwords passwords = {.desks = desks};
    Job job = {.housekeep = passwords_put, .context = &passwords, .arena = cli->arena};
    if (!crypto_password_hash(cli->arena, DEMO_PASSWORD, &passwords.hash))
        return err_set(err, ERR_ENVIRONMENT, MSG_internal_error);
    return writer_run(site->writer, &job, err);
}

static void desks_actors(Arena *arena, const Map *known, Map *ret_desks)
{
    for (size_t i = 0; i < known->n; i++) {
        const Desk *desk = known->slots[i].value;
        Actor *actor = NEW(arena, Actor);
        *actor = (Actor){.type = ACTOR_ACCOUNT,
                         .account = desk->result.record,
                         .name = STR(arena, "account:", desk->result.record)};
        map_set(ret_desks, known->slots[i].key, actor);
    }
}

bool accounts_add(Cli *cli, Stream *stream, Site *site, const Plan *plan, Str file, Map *ret_desks,
                  Err *err)
{
    Office *office = site_office(site);
    Map known = map_open(cli->arena);
    Desks desks = {0};
    bool made;
    *ret_desks = map_open(cli->arena);
    made = desks_of_file(cli->arena, file, &desks, err);
    for (size_t i = 0; i < desks.n; i++)
        known_add(&known, desks.p[i]);
    made = made && desks_of_plan(cli->arena, office, plan, &known, &desks, err) &&
           desks_create(stream, &desks, err) && desks_grant(stream, &desks, err) &&
           desks_password(cli, site, &desks, err);
    office_drop(office);
    if (made)
        desks_actors(cli->arena, &known, ret_desks);
    return made;
}
