/* SPDX-License-Identifier: Apache-2.0 */
/* scenario.h - the demo year of a city as data: profiles/<city>/demo/, described in its README.
 *
 *     scenario_load   the tables
 *     plan_cases      which matters, each with a seed of its own
 *     plan_events     their steps, laid out over working time and sorted
 *     accounts_add    the desks that the steps need
 *     events_run      every step through the door
 */
#ifndef TONGXIN_CLI_DEMO_SCENARIO_H
#define TONGXIN_CLI_DEMO_SCENARIO_H

#include "base/map.h"
#include "base/random.h"
#include "calendar/calendar.h"
#include "cli/cli.h"
#include "cli/file.h"
#include "cli/stream.h"

typedef struct Pair {
    Str name;
    Str text; /* with holes */
} Pair;

typedef enum StepTarget {
    STEP_SELF, /* creates the case's record, or makes a move on it */
    STEP_CHILD_NEW,
    STEP_CHILD_OPEN /* the first open child of `kind` */
} StepTarget;

/* From `least` to `most` of a unit later than the step before. */
typedef struct After {
    int least, most;
    char unit; /* m h w d */
} After;

typedef struct ScenarioStep {
    After after;
    Str who;    /* a login, "public", or a role of a unit */
    Str column; /* for a role: the column or list that holds the unit's code */
    Str kind;   /* of the record made, or of the child */
    Str move;
    StepTarget target;
    const Pair *form;
    size_t n_form;
} ScenarioStep;

typedef struct Script {
    Str name;
    VEC(ScenarioStep) steps; /* `=other` already put in */
} Script;

#define LINKS_MAX 3

typedef struct Group Group;

/* Cases of a group that others name: `link`, `link2`, … of their holes. */
typedef struct GroupLink {
    const Group *to;
    int64_t first, last; /* from 1; 0: all */
} GroupLink;

struct Group {
    Str name;
    int64_t count; /* 0 for groups that only fill */
    int64_t fill;  /* weight among the filling groups */
    bool each;     /* one case for each row, however many are wanted in all */
    bool in_turn;  /* the rows one after the other, not drawn */
    const Script *script;
    const Sheet *sheet;
    IdVec rows;    /* those of the wanted set and unit */
    bool same_row; /* set "=": the row of the first linked case */
    Str from, to;
    GroupLink links[LINKS_MAX];
    size_t n_links;
    size_t first_case, n_cases; /* set by plan_cases */
};

typedef struct Scenario {
    Arena *arena;
    Str folder;
    Map sheets;  /* name → Sheet* */
    Map scripts; /* name → Script* */
    Map words;   /* list → StrVec* */
    VEC(Group) groups;
} Scenario;

/* When the demo's clock begins unless somebody says otherwise: `now` of settings.tsv. `*ret_now`
 * stays as it is where the folder has none. */
NODISCARD bool scenario_now(Arena *arena, Str folder, Instant *ret_now, Err *err);
NODISCARD bool scenario_load(Arena *arena, Str folder, Scenario *ret_scenario, Err *err);

/* One matter. */
typedef struct Case {
    const Group *group;
    size_t row;
    int64_t place;           /* in the group, from 0 */
    size_t links[LINKS_MAX]; /* the linked cases */
    size_t n_links;
    uint64_t seed;
    Instant begins;
    Instant made; /* of its first step: what is linked to it comes later */
    StreamResult result;
} Case;

typedef struct Event {
    Instant at;
    uint32_t number; /* of the case */
    uint16_t step;
} Event;

typedef struct Plan {
    const Scenario *scenario;
    const Calendar *calendar;
    Instant now; /* nothing happens after it */
    Case *cases;
    size_t n_cases;
    Event *events;
    size_t n_events;
} Plan;

/* `records`: about how many in all; 0: what the plan says. `standing` exist already. */
NODISCARD bool plan_cases(Arena *arena, Plan *plan, Scenario *scenario, int64_t records,
                          int64_t standing, Err *err);
void plan_events(Arena *arena, Plan *plan);

/* ---- time ---- */

bool after_parse(Str text, After *ret_after);
/* Later by `after`; in office hours unless `any_hour`. */
Instant time_after(const Calendar *calendar, Instant from, After after, bool any_hour,
                   RandomSource *random);
/* Some moment of the day: office hours of the first working day from it on, or any daytime. */
Instant time_on(const Calendar *calendar, Day day, bool any_hour, RandomSource *random);
/* "2023-01-09" or "now-20d". */
bool plan_day_parse(Str text, Instant now, Day *ret_day);

/* ---- texts ---- */

typedef struct Fill {
    const Plan *plan;
    const Case *matter;
    Instant at; /* of the step */
} Fill;
/* The text with its holes filled; a hole has the same value all through a matter. */
Str text_fill(Arena *arena, const Fill *fill, Str text);

/* ---- doing it ---- */

/* Key of a desk: "unit_head@TL-GXJ", a login, or "public". */
Str step_desk(Arena *arena, const Fill *fill, const ScenarioStep *step);
/* Makes the accounts of the profile's list `file` (empty: none), all with the demo password, and of
 * every desk that an event needs. */
NODISCARD bool accounts_add(Cli *cli, Stream *stream, Site *site, const Plan *plan, Str file,
                            Map *ret_desks, Err *err);
NODISCARD bool events_run(Cli *cli, Stream *stream, Site *site, Plan *plan, const Map *desks,
                          Err *err);

#endif
