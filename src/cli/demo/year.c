/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/demo/year.h"

#include "cli/demo/scenario.h"
#include "report/briefing.h"
#include "task/task.h"

#include "query.h"

#define DEMO_SEED      UINT64_C(20231020)
#define FOUNDED_BEFORE 20 /* days before the first matter */
#define OPENING_US     (9 * HOUR_US)

typedef struct Year {
    Cli *cli;
    const Founding *founding;
    Scenario scenario;
    Plan plan;
    Site *site;
    Stream *stream;
    Map desks;
    bool empty; /* the profile has no year to make */
} Year;

/* The day of the first matter that will be made. */
static Day first_day(const Scenario *scenario, Instant now, int64_t records)
{
    Day first = day_of(now), day;
    for (size_t i = 0; i < scenario->groups.n; i++) {
        const Group *group = &scenario->groups.p[i];
        if ((group->fill && records == 0) || !plan_day_parse(group->from, now, &day))
            continue;
        first = MIN(first, day);
    }
    return first;
}

/* ---- the year's briefing, drafted by one desk and published by another ---- */

static bool desk_change(Year *year, const char *desk, Change *change, ChangeResult *ret_result,
                        Err *err)
{
    const Actor *actor = map_find(&year->desks, str_from_c(desk));
    if (!actor)
        return err_set(err, ERR_WRONG, MSG_cli_scenario_wrong, S("accounts.tsv"), S(""),
                       str_from_c(desk));
    change->actor = *actor;
    change->version = -1;
    return site_change(year->site, year->cli->arena, change, ret_result, err);
}

static bool briefing_make(Year *year, const Office *office, const BriefingTemplate *template,
                          BriefingQuery *query, Err *err)
{
    Arena *arena = year->cli->arena;
    const Org *root = org_find(&office->orgs, office->orgs.root);
    Change draft = {.kind = S("briefing"), .move = S("draft")}, publish = {.move = S("publish")};
    ChangeResult result;
    Db *db;
    FormPair pairs[] = {
        {S("title"), STR(arena, day_to_civil(query->to).year, "年", template->label.zh)},
        {S("template"), template->name},
        {S("period_from"), day_text(arena, query->from)},
        {S("period_to"), day_text(arena, query->to)},
        {S("org"), root ? root->code : S("")},
    };
    draft.form = (FormInput){pairs, COUNT_OF(pairs)};
    if (!desk_change(year, "press", &draft, &result, err) ||
        !site_reader(arena, year->site, &db, err))
        return false;
    query->tree_size = result.sequence;
    publish.record = result.record;
    if (!briefing_freeze(arena, db, office, query, &publish.frozen, err))
        return false;
    db_close(db);
    return desk_change(year, "reviewer", &publish, &result, err);
}

static bool year_briefing(Year *year, Err *err)
{
    Office *office = site_office(year->site);
    const Profile *profile = office->profile;
    BriefingQuery query = {.today = day_of(year->plan.now), .language = LANGUAGE_ZH};
    bool good = true;
    if (profile->n_briefings > 0 && office->orgs.root) {
        query.template = &profile->briefings[0];
        figure_period(query.template->period, query.today, &query.from, &query.to);
        query.to = MIN(query.to, query.today);
        good = briefing_make(year, office, query.template, &query, err);
    }
    office_drop(office);
    return good;
}

/* ---- the clock afterwards ---- */

static bool demo_now_put(Db *db, Arena *arena, void *context, Err *err)
{
    return q_setting_put(db, S("demo_now"), STR(arena, *(const Instant *)context), err);
}

/* What was due long ago is more than the clock does in one run. */
static bool year_clock(Year *year, Err *err)
{
    ClockMarks marks = clock_marks(year->cli->arena);
    int64_t before;
    do {
        before = marks.made;
        if (!task_clock(year->site, &marks, err))
            return false;
    } while (marks.made > before);
    return true;
}

static bool year_settle(Year *year, Err *err)
{
    Job job = {.housekeep = demo_now_put, .context = &year->plan.now, .arena = year->cli->arena};
    Search *search;
    Db *db;
    bool more = true, good;
    year->site->clock_fixed = year->plan.now;
    good = year_clock(year, err) && (year->empty || year_briefing(year, err)) &&
           writer_run(year->site->writer, &job, err) && task_seal(year->site, err) &&
           site_reader(year->cli->arena, year->site, &db, err) &&
           search_open_writer(year->cli->arena, year->site->dir, &search, err);
    while (good && more)
        good = task_follow(year->site, db, search, &more, err);
    if (!good)
        return false;
    search_close(search);
    db_close(db);
    year->site->clock_fixed = 0;
    year->site->random = random_system();
    year->site->clock_offset = year->plan.now - instant_now();
    return true;
}

static bool year_live(Year *year, int64_t records, Err *err)
{
    Arena *arena = year->cli->arena;
    Office *office = site_office(year->site);
    Str accounts = year->founding->profile->accounts_file;
    bool good;
    if (accounts.n > 0)
        accounts = path_join(arena, year->founding->folder, accounts);
    year->plan.calendar = office->calendar;
    good = plan_cases(arena, &year->plan, &year->scenario, records, (int64_t)office->orgs.by_id.n,
                      err);
    if (good)
        plan_events(arena, &year->plan);
    office_drop(office);
    year->plan.calendar = NULL;
    return good &&
           accounts_add(year->cli, year->stream, year->site, &year->plan, accounts, &year->desks,
                        err) &&
           events_run(year->cli, year->stream, year->site, &year->plan, &year->desks, err);
}

/* A city that has no year of its own gets its accounts and nothing else. */
static bool year_load(Year *year, int64_t records, Err *err)
{
    Arena *arena = year->cli->arena;
    const Founding *founding = year->founding;
    Str folder = path_join(arena, founding->folder, S("demo"));
    year->empty = !file_exists(arena, folder);
    if (!year->empty)
        return scenario_load(arena, folder, &year->scenario, err);
    if (records > 0)
        return err_set(err, ERR_USAGE, MSG_cli_demo_no_records, founding->profile->name);
    cli_note(year->cli, MSG_cli_demo_empty, founding->profile->name, S(""), S(""));
    return true;
}

bool demo_year(Cli *cli, Founding *founding, Instant now, int64_t records, Site **ret_site,
               Err *err)
{
    Year year = {.cli = cli, .founding = founding, .plan = {.now = now}};
    bool good;
    founding->seed = DEMO_SEED;
    if (!year_load(&year, records, err))
        return false;
    founding->clock =
        day_start(first_day(&year.scenario, now, records) - FOUNDED_BEFORE) + OPENING_US;
    if (!site_found(cli, founding, &year.site, err))
        return false;
    year.stream = stream_open(cli->arena, year.site);
    good = year_live(&year, records, err);
    stream_close(year.stream);
    good = good && year_settle(&year, err);
    if (good)
        *ret_site = year.site;
    else
        site_close(year.site);
    return good;
}
