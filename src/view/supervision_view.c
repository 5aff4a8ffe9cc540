/* SPDX-License-Identifier: Apache-2.0 */
#include "view/supervision_view.h"

#include "report/board.h"
#include "view/list_query.h"

#define LATE_MAX 2000 /* records looked at for the lists of late ones */

typedef VEC(SheetRow) SheetVec;

/* The week asked about; how it looks at this instant. */
typedef struct Week {
    Visit *visit;
    Day from, to;
} Week;

static bool week_of(Visit *visit, Week *ret_week, Err *err)
{
    Day day;
    if (!query_day(visit, S("week"), &day, err))
        return false;
    if (!day)
        day = day_of(visit->now);
    day -= (day_weekday(day) + 6) % 7;
    *ret_week = (Week){visit, day, day + 6};
    return true;
}

/* ---- who sees which sheet ---- */

static bool sees_all(const Visit *visit)
{
    return visit->actor.type == ACTOR_CLI ||
           (visit->account && permit_right(visit->office, &visit->actor, RIGHT_BOARD, 0));
}

/* Where the visitor lists the steps of following up. */
static IdVec orgs_seen(const Visit *visit)
{
    const Profile *profile = visit->office->profile;
    IdVec orgs = {0};
    for (size_t i = 0; i < profile->n_kinds && visit->account; i++) {
        const Kind *kind = &profile->kinds[i];
        IdVec some = kind->ladder
                         ? permit_list_orgs(visit->arena, visit->office, &visit->actor, kind)
                         : (IdVec){0};
        for (size_t j = 0; j < some.n; j++)
            *vec_push(visit->arena, &orgs) = some.p[j];
    }
    return orgs;
}

static bool sees_unit(const Visit *visit, int64_t unit)
{
    IdVec orgs = sees_all(visit) ? (IdVec){0} : orgs_seen(visit);
    for (size_t i = 0; i < orgs.n; i++)
        if (org_is_within(&visit->office->orgs, unit, orgs.p[i]))
            return true;
    return sees_all(visit);
}

bool supervision_is_seen(const Visit *visit)
{
    return sees_all(visit) || orgs_seen(visit).n > 0;
}

/* ---- one row ---- */

static bool is_late_new(const Week *week, const RecordRow *row)
{
    Day late = row->due + 1; /* red from then on */
    return row->light == LIGHT_LATE && late >= week->from && late <= week->to;
}

/* The latest step of one kind of ladder since the present limit began. */
static void step_of(Week *week, const Kind *kind, const Record *steps, size_t count, Instant since,
                    SheetRow *sheet)
{
    for (size_t i = 0; i < count; i++) {
        const Values *values = &steps[i].values;
        Instant at = values_int(values, S("created_at"));
        if (at < since || at < sheet->step_at || values_int(values, S("voided_at")))
            continue;
        sheet->step_at = at;
        sheet->step = field_text(week->visit, kind->ladder, values_get(values, kind->ladder->name));
        sheet->step_number = values_text(values, S("number"));
        sheet->step_href = row_may_stand(week->visit, &steps[i], false)
                               ? view_href(week->visit, kind, &steps[i])
                               : S("");
    }
}

static bool row_steps(Week *week, const Record *record, SheetRow *sheet, Err *err)
{
    const Profile *profile = week->visit->office->profile;
    Day from = (Day)values_int(&record->values, S("clock_from"));
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *kind = &profile->kinds[i];
        Record *steps;
        size_t count;
        if (!kind->ladder || !kind_is_child_of(kind, sheet->row.kind))
            continue;
        if (!record_children(week->visit->arena, week->visit->db, record->id, kind->name, &steps,
                             &count, err))
            return false;
        step_of(week, kind, steps, count, from ? day_start(from) : 0, sheet);
    }
    return true;
}

/* False in *ret_shown: not for this visitor. */
static bool row_make(Week *week, const Record *record, SheetRow *ret_row, bool *ret_shown, Err *err)
{
    Visit *visit = week->visit;
    SheetRow sheet = {0};
    const Org *unit = org_find(&visit->office->orgs, values_id(&record->values, S("lead")));
    *ret_shown = row_if_open(visit, record, false, NULL, &sheet.row);
    if (!*ret_shown)
        return true;
    sheet.left = row_left(visit, &sheet.row);
    sheet.unit = unit ? label_text(unit->title, visit->language) : S("");
    sheet.unit_code = unit ? unit->code : S("");
    sheet.is_due = sheet.row.light != LIGHT_NONE && sheet.row.light != LIGHT_STANDING &&
                   sheet.row.due >= week->from && sheet.row.due <= week->to;
    sheet.is_new_late = is_late_new(week, &sheet.row);
    if (!row_steps(week, record, &sheet, err) ||
        !extensions_view(visit, sheet.row.kind, record, &sheet.extensions, &sheet.n_extensions,
                         err))
        return false;
    *ret_row = sheet;
    return true;
}

/* ---- the sheet of a unit ---- */

static int rank(Light light)
{
    static const int ranks[LIGHT__COUNT] = {
        [LIGHT_LATE] = 0, [LIGHT_NEAR] = 1, [LIGHT_ON_COURSE] = 2, [LIGHT_STANDING] = 3};
    return light == LIGHT_NONE ? 4 : ranks[light];
}

static int row_order(const void *a, const void *b)
{
    const SheetRow *one = a, *other = b;
    if (rank(one->row.light) != rank(other->row.light))
        return rank(one->row.light) - rank(other->row.light);
    if (one->row.due != other->row.due)
        return (one->row.due > other->row.due) - (one->row.due < other->row.due);
    return (one->row.id > other->row.id) - (one->row.id < other->row.id);
}

static SheetRows rows_of(SheetVec *rows)
{
    if (rows->n > 0)
        qsort(rows->p, rows->n, sizeof *rows->p, row_order);
    return (SheetRows){rows->p, rows->n};
}

static void count_row(SheetView *view, const SheetRow *row)
{
    view->lights[row->row.light]++;
    view->n_due += row->is_due;
    view->n_new_late += row->is_new_late;
    view->n_extensions += row->n_extensions;
}

/* A step whose limit does not run waits for somebody else than the unit. */
static bool read_kind(Week *week, const Kind *kind, int64_t unit, SheetVec *rows, Err *err)
{
    Record *records;
    size_t count;
    if (!record_led(week->visit->arena, week->visit->db, kind->name, unit, &records, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        SheetRow row;
        bool shown;
        if (!row_make(week, &records[i], &row, &shown, err))
            return false;
        if (shown && !(kind->ladder && row.row.light == LIGHT_NONE))
            *vec_push(week->visit->arena, rows) = row;
    }
    return true;
}

bool sheet_view(Visit *visit, Str unit, SheetView *ret_view, Err *err)
{
    const Profile *profile = visit->office->profile;
    const Org *org = org_by_code(&visit->office->orgs, unit);
    SheetVec matters = {0}, owed = {0};
    SheetView view = {0};
    Week week;
    if (!org)
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_org, unit);
    if (!sees_unit(visit, org->id))
        return err_set(err, ERR_FORBIDDEN, MSG_view_route_forbidden);
    if (!week_of(visit, &week, err))
        return false;
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *kind = &profile->kinds[i];
        if (kind_field(kind, S("lead")) && !kind->internal &&
            !read_kind(&week, kind, org->id, kind->ladder ? &owed : &matters, err))
            return false;
    }
    for (size_t i = 0; i < matters.n; i++)
        count_row(&view, &matters.p[i]);
    view.unit = label_text(org->title, visit->language);
    view.code = org->code;
    view.from = week.from;
    view.to = week.to;
    view.as_of = day_of(visit->now);
    view.matters = rows_of(&matters);
    view.owed = rows_of(&owed);
    *ret_view = view;
    return true;
}

/* ---- every unit ---- */

typedef struct UnitVec {
    UnitView *p;
    size_t n, capacity;
} UnitVec;

static UnitView *unit_named(const UnitVec *units, Str code)
{
    for (size_t i = 0; i < units->n; i++)
        if (str_eq(units->p[i].code, code))
            return &units->p[i];
    return NULL;
}

static bool read_units(Visit *visit, UnitVec *units, Err *err)
{
    BoardLights lights;
    if (!board_lights(visit->arena, visit->db, visit->office, visit->now, &lights, err))
        return false;
    for (size_t i = 0; i < lights.n; i++) {
        const BoardLight *light = &lights.p[i];
        const Org *org = org_find(&visit->office->orgs, light->lead);
        int64_t open = light->red + light->yellow + light->green + light->paused + light->unlimited;
        if (org && open > 0 && sees_unit(visit, org->id))
            *vec_push(visit->arena, units) =
                (UnitView){.unit = label_text(org->title, visit->language),
                           .code = org->code,
                           .red = light->red,
                           .yellow = light->yellow,
                           .green = light->green,
                           .paused = light->paused,
                           .unlimited = light->unlimited};
    }
    return true;
}

/* Late for a second time: a step whose own limit passed, or a record that was reopened. */
static bool is_second(const Record *record, const Kind *kind)
{
    return kind->ladder || values_int(&record->values, S("rounds")) > 0;
}

static bool read_late(Week *week, UnitVec *units, SheetVec *new_late, SheetVec *second,
                      bool *is_cut, Err *err)
{
    Visit *visit = week->visit;
    Record *records;
    size_t count;
    if (!record_late(visit->arena, visit->db, visit->now, LATE_MAX, &records, &count, err))
        return false;
    *is_cut = count == LATE_MAX;
    for (size_t i = 0; i < count; i++) {
        const Kind *kind =
            profile_kind(visit->office->profile, values_text(&records[i].values, S("kind")));
        Day late = (Day)values_int(&records[i].values, S("due_on")) + 1;
        bool is_new = late >= week->from && late <= week->to, shown;
        SheetRow row;
        UnitView *unit;
        if (!kind || kind->internal || (!is_new && !is_second(&records[i], kind)))
            continue;
        if (!row_make(week, &records[i], &row, &shown, err))
            return false;
        unit = shown ? unit_named(units, row.unit_code) : NULL;
        if (!unit)
            continue;
        if (is_new && !kind->ladder) {
            *vec_push(visit->arena, new_late) = row;
            unit->new_late++;
        }
        if (is_second(&records[i], kind)) {
            *vec_push(visit->arena, second) = row;
            unit->second++;
        }
    }
    return true;
}

static int unit_order(const void *a, const void *b)
{
    const UnitView *one = a, *other = b;
    if (one->red != other->red)
        return one->red > other->red ? -1 : 1;
    if (one->yellow != other->yellow)
        return one->yellow > other->yellow ? -1 : 1;
    return str_cmp(one->code, other->code);
}

bool supervision_view(Visit *visit, SupervisionView *ret_view, Err *err)
{
    SupervisionView view = {.as_of = day_of(visit->now)};
    SheetVec new_late = {0}, second = {0};
    UnitVec units = {0};
    Week week;
    if (!week_of(visit, &week, err) || !read_units(visit, &units, err) ||
        !read_late(&week, &units, &new_late, &second, &view.is_cut, err))
        return false;
    if (units.n > 0)
        qsort(units.p, units.n, sizeof *units.p, unit_order);
    view.from = week.from;
    view.to = week.to;
    view.units = units.p;
    view.n_units = units.n;
    view.new_late = rows_of(&new_late);
    view.second = rows_of(&second);
    *ret_view = view;
    return true;
}
