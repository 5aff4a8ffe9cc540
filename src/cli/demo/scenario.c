/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/demo/scenario.h"

#include "base/number.h"

#define STEPS_MAX 60

static bool scenario_wrong(Arena *arena, Str file, size_t row, Str what, Err *err)
{
    return err_set(err, ERR_WRONG, MSG_cli_scenario_wrong, file, STR(arena, row + 1), what);
}

static bool words_load(Scenario *scenario, Err *err)
{
    Sheet sheet;
    if (!sheet_read(scenario->arena, path_join(scenario->arena, scenario->folder, S("words.tsv")),
                    &sheet, err))
        return false;
    for (size_t i = 0; i < sheet.rows.n; i++) {
        Str name = sheet_cell(&sheet, i, S("list"));
        StrVec *list = map_find(&scenario->words, name);
        if (!list) {
            list = NEW(scenario->arena, StrVec);
            map_set(&scenario->words, name, list);
        }
        *vec_push(scenario->arena, list) = sheet_cell(&sheet, i, S("word"));
    }
    return true;
}

/* ---- scripts ---- */

/* "kind.move" makes the record, "kind+move" a child, "kind:move" acts on an open child. */
static void step_target(ScenarioStep *step, Str move)
{
    static const struct {
        Str mark;
        StepTarget target;
    } marks[] = {
        {S_CONST("."), STEP_SELF}, {S_CONST("+"), STEP_CHILD_NEW}, {S_CONST(":"), STEP_CHILD_OPEN}};
    step->move = move;
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        size_t at = str_find(move, marks[i].mark, 0);
        if (at == SIZE_MAX)
            continue;
        step->kind = str_slice(move, 0, at);
        step->move = str_slice(move, at + 1, move.n);
        step->target = marks[i].target;
        return;
    }
}

static void step_who(ScenarioStep *step, Str who)
{
    static const Str roles[] = {S_CONST("officer"), S_CONST("head"), S_CONST("mediator")};
    size_t at = str_find(who, S("@"), 0);
    step->who = str_slice(who, 0, at);
    if (at != SIZE_MAX) {
        step->column = str_slice(who, at + 1, who.n);
        return;
    }
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (str_eq(roles[i], who))
            step->column = S("lead");
}

static bool step_form(Arena *arena, const StrVec *cells, ScenarioStep *step)
{
    Pair *pairs = NEW_ARRAY(arena, Pair, cells->n);
    for (size_t i = 4; i < cells->n; i++) {
        size_t at = str_find(cells->p[i], S("="), 0);
        if (at == SIZE_MAX)
            return false;
        pairs[step->n_form++] =
            (Pair){str_slice(cells->p[i], 0, at), str_slice(cells->p[i], at + 1, cells->p[i].n)};
    }
    step->form = pairs;
    return true;
}

static Script *script_take(Scenario *scenario, Str name)
{
    Script *script = map_find(&scenario->scripts, name);
    if (script)
        return script;
    script = NEW(scenario->arena, Script);
    script->name = name;
    map_set(&scenario->scripts, name, script);
    return script;
}

static bool scripts_load(Scenario *scenario, Err *err)
{
    Arena *arena = scenario->arena;
    Str file = path_join(arena, scenario->folder, S("scripts.tsv"));
    Sheet sheet;
    if (!sheet_read(arena, file, &sheet, err))
        return false;
    for (size_t i = 0; i < sheet.rows.n; i++) {
        const StrVec *cells = &sheet.rows.p[i];
        Script *script = script_take(scenario, cells->p[0]);
        ScenarioStep step = {0};
        if (cells->n < 4)
            return scenario_wrong(arena, file, i, cells->p[0], err);
        step_target(&step, cells->p[3]);
        step_who(&step, cells->p[2]);
        if (!str_starts(step.move, S("=")) &&
            (!after_parse(cells->p[1], &step.after) || !step_form(arena, cells, &step)))
            return scenario_wrong(arena, file, i, cells->p[0], err);
        *vec_push(arena, &script->steps) = step;
    }
    return true;
}

/* Puts the steps of others where `=other` stands. */
static bool script_unfold(Scenario *scenario, const Script *script, Script *into, int depth,
                          Err *err)
{
    for (size_t i = 0; i < script->steps.n; i++) {
        const ScenarioStep *step = &script->steps.p[i];
        Str name = str_slice(step->move, 1, step->move.n);
        const Script *other;
        if (!str_starts(step->move, S("="))) {
            *vec_push(scenario->arena, &into->steps) = *step;
            continue;
        }
        other = map_find(&scenario->scripts, name);
        if (!other || depth > 8 || into->steps.n > STEPS_MAX)
            return scenario_wrong(scenario->arena, S("scripts.tsv"), i, name, err);
        if (!script_unfold(scenario, other, into, depth + 1, err))
            return false;
    }
    return true;
}

/* ---- the plan ---- */

static bool row_is_wanted(const Sheet *sheet, size_t row, Str set, Str lead)
{
    return (set.n == 0 || str_eq(sheet_cell(sheet, row, S("set")), set)) &&
           (lead.n == 0 || str_eq(sheet_cell(sheet, row, S("lead")), lead));
}

static bool group_sheet(Scenario *scenario, Group *group, Str name, Err *err)
{
    Sheet *sheet = map_find(&scenario->sheets, name);
    if (!sheet) {
        sheet = NEW(scenario->arena, Sheet);
        if (!sheet_read(
                scenario->arena,
                path_join(scenario->arena, scenario->folder, STR(scenario->arena, name, ".tsv")),
                sheet, err))
            return false;
        map_set(&scenario->sheets, name, sheet);
    }
    group->sheet = sheet;
    return true;
}

static bool group_count(Group *group, Str text)
{
    if (str_starts(text, S("fill:")))
        return int_parse(str_slice(text, 5, text.n), &group->fill);
    group->each = str_eq(text, S("each"));
    group->in_turn = group->each || str_eq(text, S("turn"));
    return group->in_turn || int_parse(text, &group->count);
}

/* "sessions" or "sessions:1-20" */
static bool group_link(const Scenario *scenario, Str text, GroupLink *link)
{
    size_t colon = str_find(text, S(":"), 0);
    Str name = str_slice(text, 0, colon), range = str_slice(text, MIN(colon, text.n), text.n);
    size_t dash = str_find(range, S("-"), 0);
    for (size_t i = 0; i < scenario->groups.n; i++)
        if (str_eq(scenario->groups.p[i].name, name))
            link->to = (const Group *)(i + 1); /* a place until the table stops growing */
    if (!link->to)
        return false;
    return range.n == 0 || (int_parse(str_slice(range, 1, dash), &link->first) &&
                            int_parse(str_slice(range, dash + 1, range.n), &link->last));
}

/* "sessions:1-20 firms" */
static bool group_links(const Scenario *scenario, Group *group, Str text)
{
    Str rest = text, word;
    while (str_next(&rest, ' ', &word)) {
        if (word.n == 0)
            continue;
        if (group->n_links == LINKS_MAX ||
            !group_link(scenario, word, &group->links[group->n_links++]))
            return false;
    }
    return true;
}

static bool group_load(Scenario *scenario, const Sheet *plan, size_t row, Err *err)
{
    Group group = {.name = sheet_cell(plan, row, S("name")),
                   .script = map_find(&scenario->scripts, sheet_cell(plan, row, S("script"))),
                   .from = sheet_cell(plan, row, S("from")),
                   .to = sheet_cell(plan, row, S("to"))};
    Str set = sheet_cell(plan, row, S("set")), lead = sheet_cell(plan, row, S("lead"));
    if (!group.script || !group_count(&group, sheet_cell(plan, row, S("count"))) ||
        !group_links(scenario, &group, sheet_cell(plan, row, S("link"))))
        return scenario_wrong(scenario->arena, S("plan.tsv"), row, group.name, err);
    if (!group_sheet(scenario, &group, sheet_cell(plan, row, S("sheet")), err))
        return false;
    group.same_row = str_eq(set, S("="));
    for (size_t i = 0; !group.same_row && i < group.sheet->rows.n; i++)
        if (row_is_wanted(group.sheet, i, set, lead))
            *vec_push(scenario->arena, &group.rows) = (int64_t)i;
    if (!group.same_row && group.rows.n == 0)
        return scenario_wrong(scenario->arena, S("plan.tsv"), row, group.name, err);
    if (group.in_turn)
        group.count = (int64_t)group.rows.n;
    *vec_push(scenario->arena, &scenario->groups) = group;
    return true;
}

static bool plan_load(Scenario *scenario, Err *err)
{
    Sheet plan;
    if (!sheet_read(scenario->arena, path_join(scenario->arena, scenario->folder, S("plan.tsv")),
                    &plan, err))
        return false;
    for (size_t i = 0; i < plan.rows.n; i++)
        if (!group_load(scenario, &plan, i, err))
            return false;
    for (size_t i = 0; i < scenario->groups.n; i++) {
        Group *group = &scenario->groups.p[i];
        for (size_t j = 0; j < group->n_links; j++)
            group->links[j].to = &scenario->groups.p[(uintptr_t)group->links[j].to - 1];
    }
    return true;
}

bool scenario_now(Arena *arena, Str folder, Instant *ret_now, Err *err)
{
    Str file = path_join(arena, folder, S("settings.tsv"));
    Sheet sheet;
    if (!file_exists(arena, file))
        return true;
    if (!sheet_read(arena, file, &sheet, err))
        return false;
    for (size_t i = 0; i < sheet.rows.n; i++) {
        Str name = sheet_cell(&sheet, i, S("name"));
        if (!str_eq(name, S("now")) || !instant_parse(sheet_cell(&sheet, i, S("value")), ret_now))
            return scenario_wrong(arena, file, i, name, err);
    }
    return true;
}

bool scenario_load(Arena *arena, Str folder, Scenario *ret_scenario, Err *err)
{
    Scenario scenario = {.arena = arena,
                         .folder = folder,
                         .sheets = map_open(arena),
                         .scripts = map_open(arena),
                         .words = map_open(arena)};
    Map whole = map_open(arena);
    if (!words_load(&scenario, err) || !scripts_load(&scenario, err))
        return false;
    for (size_t i = 0; i < scenario.scripts.n; i++) {
        const Script *script = scenario.scripts.slots[i].value;
        Script *into = NEW(arena, Script);
        into->name = script->name;
        if (!script_unfold(&scenario, script, into, 0, err))
            return false;
        map_set(&whole, into->name, into);
    }
    scenario.scripts = whole;
    if (!plan_load(&scenario, err))
        return false;
    *ret_scenario = scenario;
    return true;
}
