/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <ftw.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/db_text.h"
#include "profile/load.h"

static Actor actor_named(Town *town, const char *login)
{
    Office *office;
    const Account *account;
    Actor actor = {ACTOR_PUBLIC, 0, S("public")};
    if (!login)
        return actor;
    if (strcmp(login, "cli") == 0)
        return (Actor){ACTOR_CLI, 0, S("cli:test")};
    office = site_office(town->site);
    account = office_account_by_login(office, str_from_c(login));
    assert_non_null(account);
    actor = (Actor){ACTOR_ACCOUNT, account->id, STR(town->arena, "account:", account->id)};
    office_drop(office);
    return actor;
}

static FormInput form_of(Town *town, const char *text)
{
    Str rest = str_from_c(text), pair;
    FormPair *pairs = NEW_ARRAY(town->arena, FormPair, 40);
    size_t n = 0;
    while (rest.n && str_next(&rest, ';', &pair)) {
        size_t equals = str_find(pair, S("="), 0);
        assert_true(equals != SIZE_MAX && n < 40);
        pairs[n++] = (FormPair){str_slice(pair, 0, equals), str_slice(pair, equals + 1, pair.n)};
    }
    return (FormInput){pairs, n};
}

static bool town_change(Town *town, const Change *change)
{
    bool done = site_change(town->site, town->arena, change, &town->result, &town->err);
    if (done)
        err_clear(&town->err);
    return done;
}

bool town_create(Town *town, const char *login, const char *kind, const char *move,
                 const char *form)
{
    Change change = {.actor = actor_named(town, login),
                     .kind = str_from_c(kind),
                     .move = str_from_c(move),
                     .version = -1,
                     .form = form_of(town, form)};
    return town_change(town, &change);
}

bool town_move(Town *town, const char *login, int64_t record, const char *move, const char *form)
{
    Change change = {.actor = actor_named(town, login),
                     .record = record,
                     .move = str_from_c(move),
                     .version = -1,
                     .with_code = !login,
                     .form = form_of(town, form)};
    return town_change(town, &change);
}

static void must(bool done, const Town *town)
{
    if (!done)
        print_message("refused: %s %s (%s:%d)\n", message_key(town->err.message).p,
                      town->err.detail, town->err.file, town->err.line);
    assert_true(done);
}

bool town_adopt(Town *town, Str bundle)
{
    FormPair pairs[3] = {
        {S("title"), S("测试")}, {S("profile_hash"), S("0")}, {S("bundle"), bundle}};
    Change change = {.actor = {ACTOR_CLI, 0, S("cli:test")},
                     .kind = S("profile_version"),
                     .move = S("activate"),
                     .version = -1,
                     .form = {pairs, 3}};
    Buf form = buf_open(town->arena);
    must(town_change(town, &change), town);
    TEXT(&form, "profile=#", town->result.record);
    return town_move(town, "cli", RECORD_SITE, "adopt", str_c(town->arena, buf_str(&form)));
}

Str town_bundle(Town *town)
{
    const char *folder = getenv("TONGXIN_PROFILES");
    Str bundle = {0};
    assert_non_null(folder);
    must(profile_bundle(town->arena, STR(town->arena, folder, "/tongling"), &bundle, &town->err),
         town);
    return bundle;
}

static void town_profile(Town *town)
{
    Str bundle = town_bundle(town);
    must(site_bootstrap(town->site, bundle, &town->err), town);
    must(town_create(town, "cli", "site", "create", "title=测试站点"), town);
    assert_int_equal(town->result.record, RECORD_SITE);
    must(town_adopt(town, bundle), town);
}

static void town_calendar(Town *town)
{
    FormPair pairs[3] = {{S("title"), S("2023")}, {S("year"), S("2023")}, {S("tsv"), {0}}};
    Change change = {.actor = {ACTOR_CLI, 0, S("cli:test")},
                     .kind = S("calendar_year"),
                     .move = S("load"),
                     .version = -1,
                     .form = {pairs, 3}};
    char text[8192];
    Str path = STR(town->arena, getenv("TONGXIN_PROFILES"), "/base/calendar/2023.tsv");
    FILE *file = fopen(str_c(town->arena, path), "r");
    assert_non_null(file);
    pairs[2].text = (Str){text, fread(text, 1, sizeof text, file)};
    fclose(file);
    must(town_change(town, &change), town);
}

static void town_accounts(Town *town)
{
    static const struct {
        const char *login, *role, *org;
    } desks[] = {
        {"intake", "intake", "CITY"},         {"reviewer", "reviewer", "CITY"},
        {"dispatcher", "dispatcher", "CITY"}, {"unit", "unit_officer", "CITY-A"},
        {"head", "unit_head", "CITY-A"},      {"unit_b", "unit_officer", "CITY-B"},
        {"co", "co_unit_officer", "CITY-B"},  {"supervisor", "supervisor", "CITY"},
        {"press", "press", "CITY"},           {"office", "office", "CITY"},
        {"mediator", "mediator", "CITY-C"},   {"admin", "system_admin", "CITY"},
    };
    for (size_t i = 0; i < COUNT_OF(desks); i++) {
        Str create = STR(town->arena, "title=岗位;login=", desks[i].login);
        Str grant = STR(town->arena, "role=", desks[i].role, ";org=", desks[i].org);
        must(town_create(town, "cli", "account", "create", str_c(town->arena, create)), town);
        must(town_move(town, "cli", town->result.record, "grant", str_c(town->arena, grant)), town);
    }
}

Town town_open(void)
{
    static const char *const orgs[] = {
        "title=某市;code=CITY;org_type=city;opened_on=2000-01-01",
        "title=甲局;code=CITY-A;org_type=department;parent_org=CITY;opened_on=2000-01-01",
        "title=乙局;code=CITY-B;org_type=department;parent_org=CITY;opened_on=2000-01-01",
        "title=调解组织;code=CITY-C;org_type=department;parent_org=CITY;opened_on=2000-01-01",
    };
    Town town = {.arena = arena_open()};
    char dir[] = "/tmp/tongxin-test-XXXXXX";
    assert_non_null(mkdtemp(dir));
    town.dir = STR(town.arena, dir, "/site");
    must(site_create(town.dir, true, &town.err), &town);
    must(site_open(town.dir, &town.site, &town.err), &town);
    town.site->random = random_seeded(7);
    town_clock(&town, "2023-03-01T09:00:00+08:00");
    town_profile(&town);
    town_calendar(&town);
    for (size_t i = 0; i < COUNT_OF(orgs); i++)
        must(town_create(&town, "cli", "org", "create", orgs[i]), &town);
    town_accounts(&town);
    return town;
}

static int remove_one(const char *path, const struct stat *status, int flag, struct FTW *walk)
{
    (void)status;
    (void)flag;
    (void)walk;
    return remove(path);
}

void town_close(Town *town)
{
    site_close(town->site);
    nftw(str_c(town->arena, str_slice(town->dir, 0, town->dir.n - 5)), remove_one, 8,
         FTW_DEPTH | FTW_PHYS);
    arena_close(town->arena);
}

void town_clock(Town *town, const char *when)
{
    assert_true(instant_parse(str_from_c(when), &town->site->clock_fixed));
}

int64_t town_request(Town *town, const char *co_units)
{
    int64_t id;
    Str assign = STR(town->arena, "lead=CITY-A;complexity=general;co_units=", co_units);
    must(town_create(town, NULL, "enterprise_request", "submit",
                     "title=用电增容办理慢;body=变压器增容申请三个月没有答复。;"
                     "company_name=某注塑企业;category=utilities;place=CITY;agree_public=1"),
         town);
    id = town->result.record;
    must(town_move(town, "intake", id, "accept", "category=utilities;place=CITY"), town);
    must(town_move(town, "dispatcher", id, "assign", str_c(town->arena, assign)), town);
    must(town_move(town, "unit", id, "acknowledge", ""), town);
    return id;
}

Db *town_reader(Town *town)
{
    Db *db;
    must(site_reader(town->arena, town->site, &db, &town->err), town);
    return db;
}

Value town_value(Town *town, int64_t record, const char *name)
{
    Db *db = town_reader(town);
    Record row;
    must(record_get(town->arena, db, record, &row, &town->err), town);
    db_close(db);
    return values_get(&row.values, str_from_c(name));
}

Str town_text(Town *town, int64_t record, const char *name)
{
    return town_value(town, record, name).text;
}

int64_t town_int(Town *town, int64_t record, const char *name)
{
    Value value = town_value(town, record, name);
    return value.type == VALUE_IDS ? value.ids[0] : value.number;
}

int64_t town_count(Town *town, const char *table)
{
    Db *db = town_reader(town);
    DbText q = db_text_open(town->arena);
    DbRows rows;
    int64_t count;
    db_sql_literal(&q, "SELECT count(*) FROM ");
    db_sql_name(&q, str_from_c(table));
    must(db_run(db, &q, &rows, &town->err), town);
    assert_true(db_rows_next(&rows));
    count = db_rows_int(&rows, 0);
    assert_true(db_rows_close(&rows, &town->err));
    db_close(db);
    return count;
}

static void waiting_done(Job *job)
{
    sem_post(job->waiter);
}

void waiting_submit(Town *town, Waiting *waiting, Actor actor)
{
    waiting->change.actor = actor;
    waiting->change.version = -1;
    waiting->job = (Job){.change = &waiting->change,
                         .arena = arena_open(),
                         .done = waiting_done,
                         .waiter = &waiting->done};
    sem_init(&waiting->done, 0, 0);
    assert_true(writer_submit(town->site->writer, &waiting->job, &town->err));
}

bool waiting_finish(Town *town, Waiting *waiting)
{
    sem_wait(&waiting->done);
    sem_destroy(&waiting->done);
    err_copy(town->arena, &town->err, &waiting->job.err);
    arena_close(waiting->job.arena);
    return waiting->job.ok;
}

static sem_t gate;

static bool stand_still(Db *db, Arena *arena, void *context, Err *err)
{
    (void)db, (void)arena, (void)context, (void)err;
    sem_wait(&gate);
    return true;
}

void in_one_batch(Town *town, Waiting *first, Actor first_actor, Waiting *second,
                  Actor second_actor)
{
    Waiting still = {.job = {.housekeep = stand_still, .done = waiting_done}};
    sem_init(&gate, 0, 0);
    sem_init(&still.done, 0, 0);
    still.job.arena = arena_open();
    still.job.waiter = &still.done;
    assert_true(writer_submit(town->site->writer, &still.job, &town->err));
    waiting_submit(town, first, first_actor);
    waiting_submit(town, second, second_actor);
    sem_post(&gate);
    assert_true(waiting_finish(town, &still));
    sem_destroy(&gate);
}
