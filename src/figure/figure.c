/* SPDX-License-Identifier: Apache-2.0 */
#include "figure/figure.h"

#include "base/number.h"
#include "figure/read.h"

/* One reading: whose cells, where and when. */
typedef struct Reading {
    Arena *arena;
    Db *db;
    const Indicator *indicator;
    const OrgSpans *spans; /* NULL: the whole site */
    Day from, to;
} Reading;

/* Spans of a subtree. A stock asks for the tree of `to` and counts from the beginning. */
static const OrgSpans *spans_of(Arena *arena, const OrgTree *tree, const FigureQuery *query,
                                bool stock)
{
    OrgSpans *spans = NEW(arena, OrgSpans);
    if (query->org == 0)
        return NULL;
    if (org_find(tree, query->org))
        *spans = org_spans(arena, tree, query->org, stock ? query->to : query->from, query->to);
    else
        *vec_push(arena, spans) = (SelectionSpan){query->org, query->from, query->to};
    for (size_t i = 0; stock && i < spans->n; i++)
        spans->p[i].from = DAY_FIRST;
    return spans;
}

/* A coverage asks for the tree of its last day, as its members are a stock. */
static bool is_stock(const Indicator *indicator)
{
    return indicator_is_stock(indicator) || indicator->type == INDICATOR_COVERAGE;
}

static FigureValue value_of(const Indicator *indicator, CellSum sum)
{
    return (FigureValue){
        .n = sum.n, .sum = sum.sum, .value = indicator->sum.n ? sum.sum : sum.n, .has_value = true};
}

FigureValue figure_ratio(int64_t numerator, int64_t denominator, int scale)
{
    FigureValue value = {.numerator = numerator, .denominator = denominator};
    __int128 parts = numerator;
    if (denominator <= 0)
        return value;
    for (int i = 0; i < scale + 2; i++)
        parts *= 10;
    parts = (2 * parts + (parts < 0 ? -denominator : denominator)) / (2 * (__int128)denominator);
    value.value = (int64_t)parts;
    value.has_value = true;
    return value;
}

static FigureValue coverage_value(int64_t numerator, int64_t denominator)
{
    return (FigureValue){.n = numerator,
                         .value = numerator,
                         .numerator = numerator,
                         .denominator = denominator,
                         .has_value = denominator > 0};
}

static bool read_plain(const Reading *reading, const Indicator *indicator, FigureValue *ret_value,
                       Err *err)
{
    CellSum sum = {0};
    CellQuery query = {.indicator = (int64_t)indicator->key,
                       .spans = reading->spans,
                       .from = is_stock(indicator) ? DAY_FIRST : reading->from,
                       .to = reading->to};
    if (indicator->type == INDICATOR_DISTINCT
            ? !refs_count(reading->arena, reading->db, &query, &sum.n, err)
            : !cells_sum(reading->arena, reading->db, &query, &sum, err))
        return false;
    *ret_value = value_of(indicator, sum);
    return true;
}

/* The members that stand at the spans. */
static bool read_members(const Reading *reading, FigureMember **ret_members, size_t *ret_count,
                         Err *err)
{
    Map here = map_open(reading->arena);
    FigureMember *members;
    size_t count, kept = 0;
    if (!members_read(reading->arena, reading->db, reading->indicator,
                      (SelectionSpan){.from = reading->from, .to = reading->to}, &members, &count,
                      err))
        return false;
    for (size_t i = 0; reading->spans && i < reading->spans->n; i++)
        map_set_id(&here, reading->spans->p[i].org, (void *)(uintptr_t)reading);
    for (size_t i = 0; i < count; i++)
        if (!reading->spans || map_find_id(&here, members[i].org))
            members[kept++] = members[i];
    *ret_members = members;
    *ret_count = kept;
    return true;
}

static bool read_coverage(const Reading *reading, FigureValue *ret_value, Err *err)
{
    FigureMember *members;
    size_t count;
    int64_t have = 0;
    if (!read_members(reading, &members, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        have += members[i].has;
    *ret_value = coverage_value(have, (int64_t)count);
    return true;
}

static bool read_value(const Reading *reading, FigureValue *ret_value, Err *err)
{
    const Indicator *indicator = reading->indicator;
    FigureValue numerator, denominator;
    if (indicator->type == INDICATOR_COVERAGE)
        return read_coverage(reading, ret_value, err);
    if (indicator->type != INDICATOR_RATIO)
        return read_plain(reading, indicator, ret_value, err);
    if (!read_plain(reading, indicator->numerator, &numerator, err) ||
        !read_plain(reading, indicator->denominator, &denominator, err))
        return false;
    *ret_value = figure_ratio(numerator.value, denominator.value, indicator->scale);
    return true;
}

static Reading reading_of(Arena *arena, Db *db, const Office *office, const FigureQuery *query)
{
    return (Reading){.arena = arena,
                     .db = db,
                     .indicator = query->indicator,
                     .spans = spans_of(arena, &office->orgs, query, is_stock(query->indicator)),
                     .from = query->from,
                     .to = query->to};
}

bool figure_value(Arena *arena, Db *db, const Office *office, const FigureQuery *query,
                  FigureValue *ret_value, Err *err)
{
    Reading reading = reading_of(arena, db, office, query);
    return read_value(&reading, ret_value, err);
}

bool figure_members(Arena *arena, Db *db, const Office *office, const FigureQuery *query,
                    FigureMember **ret_members, size_t *ret_count, Err *err)
{
    Reading reading = reading_of(arena, db, office, query);
    return read_members(&reading, ret_members, ret_count, err);
}

/* ---- months ---- */

static bool months_one_by_one(Arena *arena, Db *db, const Office *office, const FigureQuery *query,
                              int months, FigureValue *values, Err *err)
{
    int64_t first = month_of(query->to) - months + 1;
    for (int i = 0; i < months; i++) {
        FigureQuery month = *query;
        month.from = month_first(first + i);
        month.to = MIN(month_last(first + i), query->to);
        if (!figure_value(arena, db, office, &month, &values[i], err))
            return false;
    }
    return true;
}

static bool months_of(const Reading *reading, const Indicator *indicator, int months,
                      CellSum **ret_sums, Err *err)
{
    CellSum *sums = NEW_ARRAY(reading->arena, CellSum, (size_t)months);
    CellQuery query = {.indicator = (int64_t)indicator->key,
                       .spans = reading->spans,
                       .from = reading->from,
                       .to = reading->to};
    *ret_sums = sums;
    return cells_months(reading->arena, reading->db, &query, month_of(reading->from), sums, err);
}

static bool months_ratio(const Reading *reading, int months, FigureValue *values, Err *err)
{
    const Indicator *of = reading->indicator->numerator, *per = reading->indicator->denominator;
    CellSum *numerators, *denominators;
    if (!months_of(reading, of, months, &numerators, err) ||
        !months_of(reading, per, months, &denominators, err))
        return false;
    for (int i = 0; i < months; i++)
        values[i] = figure_ratio(value_of(of, numerators[i]).value,
                                 value_of(per, denominators[i]).value, reading->indicator->scale);
    return true;
}

bool figure_adds_months(const Indicator *indicator)
{
    if (indicator->type == INDICATOR_RATIO)
        return indicator->numerator->type == INDICATOR_FLOW &&
               indicator->denominator->type == INDICATOR_FLOW;
    return indicator->type == INDICATOR_FLOW;
}

bool figure_months(Arena *arena, Db *db, const Office *office, const FigureQuery *query, int months,
                   FigureValue *ret_values, Err *err)
{
    FigureQuery all = *query;
    CellSum *sums;
    ASSERT(months >= 1 && months <= FIGURE_MONTHS_MAX);
    if (!figure_adds_months(query->indicator))
        return months_one_by_one(arena, db, office, query, months, ret_values, err);
    all.from = month_first(month_of(query->to) - months + 1);
    Reading reading = reading_of(arena, db, office, &all);
    if (query->indicator->type == INDICATOR_RATIO)
        return months_ratio(&reading, months, ret_values, err);
    if (!months_of(&reading, query->indicator, months, &sums, err))
        return false;
    for (int i = 0; i < months; i++)
        ret_values[i] = value_of(query->indicator, sums[i]);
    return true;
}

/* ---- parts ---- */

/* The parts are read together, in one reading of each indicator. */
typedef struct Parts {
    const OrgTree *tree;
    Reading reading;
    int64_t org;        /* whose children they are */
    OrgSpans spans;     /* of all parts */
    VEC(size_t) owners; /* for each span the part it is of */
    VEC(FigurePart) list;
    size_t always;    /* so many of the list stand there even with nothing */
    FigureValue rest; /* the whole less the parts */
} Parts;

static void value_subtract(FigureValue *from, const FigureValue *part)
{
    from->n -= part->n;
    from->sum -= part->sum;
    from->value -= part->value;
    from->numerator -= part->numerator;
    from->denominator -= part->denominator;
}

static bool is_nothing(const FigureValue *value)
{
    return value->n == 0 && value->sum == 0 && value->numerator == 0 && value->denominator == 0;
}

static void part_span(Parts *parts, SelectionSpan span)
{
    *vec_push(parts->reading.arena, &parts->spans) = span;
    *vec_push(parts->reading.arena, &parts->owners) = parts->list.n - 1;
}

/* The child's subtree on the days it stood under parts->org. */
static void part_child(Parts *parts, int64_t child)
{
    const Reading *reading = &parts->reading;
    bool stock = is_stock(reading->indicator);
    *vec_push(reading->arena, &parts->list) = (FigurePart){.org = child};
    for (size_t i = 0; i < parts->tree->n_periods; i++) {
        const OrgPeriod *period = &parts->tree->periods[i];
        Day from = MAX(period->from, stock ? reading->to : reading->from);
        Day to = MIN(period->to - 1, reading->to);
        if (period->org != child || period->parent != parts->org || from > to)
            continue;
        OrgSpans more = org_spans(reading->arena, parts->tree, child, from, to);
        for (size_t j = 0; j < more.n; j++) {
            more.p[j].from = stock ? DAY_FIRST : more.p[j].from;
            part_span(parts, more.p[j]);
        }
    }
}

static void part_children(Parts *parts)
{
    const Org *org = org_find(parts->tree, parts->org);
    IdVec children = {0};
    size_t today = org ? org->children.n : 0;
    for (size_t i = 0; i < today; i++)
        *vec_push(parts->reading.arena, &children) = org->children.p[i];
    for (size_t i = 0; i < parts->tree->n_periods; i++) {
        const OrgPeriod *period = &parts->tree->periods[i];
        if (period->parent == parts->org && !ids_have(children.p, children.n, period->org))
            *vec_push(parts->reading.arena, &children) = period->org;
    }
    for (size_t i = 0; i < children.n; i++)
        part_child(parts, children.p[i]);
    parts->always = today;
}

static void part_itself(Parts *parts)
{
    const Reading *reading = &parts->reading;
    *vec_push(reading->arena, &parts->list) = (FigurePart){.org = parts->org};
    part_span(parts,
              (SelectionSpan){parts->org, is_stock(reading->indicator) ? DAY_FIRST : reading->from,
                              reading->to});
}

static bool parts_sums(Parts *parts, const Indicator *indicator, CellSum **ret_sums, Err *err)
{
    CellQuery query = {.indicator = (int64_t)indicator->key, .spans = &parts->spans};
    *ret_sums = NEW_ARRAY(parts->reading.arena, CellSum, parts->list.n);
    return cells_split(parts->reading.arena, parts->reading.db, &query, parts->owners.p, *ret_sums,
                       err);
}

/* Each member stands at one organisation, and on one day that stands in one part. */
static bool parts_members(Parts *parts, Err *err)
{
    Map owners = map_open(parts->reading.arena);
    FigureMember *members;
    size_t count;
    if (!read_members(&parts->reading, &members, &count, err))
        return false;
    for (size_t i = 0; i < parts->spans.n; i++)
        map_set_id(&owners, parts->spans.p[i].org, &parts->list.p[parts->owners.p[i]].value);
    for (size_t i = 0; i < count; i++) {
        FigureValue *value = map_find_id(&owners, members[i].org);
        if (value)
            *value = coverage_value(value->numerator + members[i].has, value->denominator + 1);
    }
    for (size_t i = 0; i < parts->list.n; i++)
        value_subtract(&parts->rest, &parts->list.p[i].value);
    return true;
}

static bool parts_read(Parts *parts, Err *err)
{
    const Indicator *indicator = parts->reading.indicator;
    bool ratio = indicator->type == INDICATOR_RATIO;
    const Indicator *of = ratio ? indicator->numerator : indicator;
    CellSum *sums, *bases = NULL;
    if (!parts_sums(parts, of, &sums, err) ||
        (ratio && !parts_sums(parts, indicator->denominator, &bases, err)))
        return false;
    for (size_t i = 0; i < parts->list.n; i++) {
        FigureValue value = value_of(of, sums[i]);
        if (ratio)
            value = figure_ratio(value.value, value_of(indicator->denominator, bases[i]).value,
                                 indicator->scale);
        parts->list.p[i].value = value;
        value_subtract(&parts->rest, &value);
    }
    return true;
}

/* A child of today stands there always, what stood there once only with something. */
static void parts_thin(Parts *parts)
{
    size_t kept = 0;
    for (size_t i = 0; i < parts->list.n; i++)
        if (i < parts->always || !is_nothing(&parts->list.p[i].value))
            parts->list.p[kept++] = parts->list.p[i];
    parts->list.n = kept;
}

static void part_rest(Parts *parts)
{
    FigureValue rest = parts->rest;
    const Indicator *indicator = parts->reading.indicator;
    if (indicator->type == INDICATOR_RATIO)
        rest = figure_ratio(rest.numerator, rest.denominator, indicator->scale);
    if (indicator->type == INDICATOR_COVERAGE)
        rest = coverage_value(rest.numerator, rest.denominator);
    *vec_push(parts->reading.arena, &parts->list) = (FigurePart){.org = 0, .value = rest};
}

bool figure_is_distinct(const Indicator *indicator)
{
    if (indicator->type == INDICATOR_RATIO)
        return indicator->numerator->type == INDICATOR_DISTINCT ||
               indicator->denominator->type == INDICATOR_DISTINCT;
    return indicator->type == INDICATOR_DISTINCT;
}

bool figure_split(Arena *arena, Db *db, const Office *office, const FigureQuery *query,
                  FigurePart **ret_parts, size_t *ret_count, Err *err)
{
    Parts parts = {.tree = &office->orgs,
                   .reading = reading_of(arena, db, office, query),
                   .org = query->org ? query->org : office->orgs.root};
    if (figure_is_distinct(query->indicator)) {
        err_set(err, ERR_INTERNAL, MSG_internal_error);
        return err_detail(err, S("figure_split of a distinct indicator"));
    }
    if (query->org == 0 && !read_value(&parts.reading, &parts.rest, err))
        return false;
    if (parts.org) {
        part_children(&parts);
        part_itself(&parts);
        if (query->indicator->type == INDICATOR_COVERAGE ? !parts_members(&parts, err)
                                                         : !parts_read(&parts, err))
            return false;
        parts_thin(&parts);
    }
    if (query->org == 0)
        part_rest(&parts);
    *ret_parts = parts.list.p;
    *ret_count = parts.list.n;
    return true;
}

/* ---- records ---- */

bool figure_selection(Arena *arena, const Office *office, const FigureQuery *query,
                      bool denominator, Selection *ret_selection, Err *err)
{
    const Indicator *of = query->indicator;
    if (indicator_has_whole(of))
        of = denominator ? of->denominator : of->numerator;
    if (!of || !of->kind) {
        err_set(err, ERR_INTERNAL, MSG_internal_error);
        return err_detail(err, S("an indicator that counts nothing"));
    }
    bool stock = is_stock(of);
    bool self = str_eq(of->distinct, FACT_SELF); /* each record is one thing */
    bool anywhere = query->indicator->type == INDICATOR_COVERAGE && of->at.n == 0;
    const OrgSpans *spans =
        anywhere ? NULL : spans_of(arena, &office->orgs, query, is_stock(query->indicator));
    *ret_selection = (Selection){.kind = of->kind,
                                 .where = of->where,
                                 .in = stock ? of->from : of->in,
                                 .in_is_instant = day_is_instant(stock ? of->from : of->in),
                                 .from = stock ? DAY_FIRST : query->from,
                                 .to = query->to,
                                 .until = stock ? of->until : S(""),
                                 .until_is_instant = stock && day_is_instant(of->until),
                                 .at = of->at,
                                 .sum = of->sum,
                                 .distinct = self ? S("") : of->distinct};
    if (spans) {
        ret_selection->spans = spans->n ? spans->p : NEW(arena, SelectionSpan);
        ret_selection->n_spans = of->at.n ? spans->n : 0; /* it stands nowhere */
    }
    return true;
}

/* All names of the stock: an opening value may have any of them. */
static const Condition *names_of(Arena *arena, const Profile *profile, const Indicator *of)
{
    Condition *condition = NEW(arena, Condition);
    Value *values = NEW_ARRAY(arena, Value, profile->n_figures + 1);
    for (size_t i = 0; i < profile->n_figures; i++)
        if (profile->figures[i].of && profile->figures[i].of->key == of->key)
            values[condition->n_values++] = value_text(profile->figures[i].name);
    condition->type = CONDITION_EQUAL;
    condition->fact = S("figure");
    condition->values = values;
    return condition;
}

bool figure_openings(Arena *arena, const Office *office, const FigureQuery *query,
                     Selection *ret_selection)
{
    const Profile *profile = office->profile;
    const Kind *kind = NULL;
    const OrgSpans *spans;
    for (size_t i = 0; i < profile->n_kinds && !kind; i++)
        kind = profile->kinds[i].opens ? &profile->kinds[i] : NULL;
    if (!kind || query->indicator->type != INDICATOR_STOCK)
        return false;
    spans = spans_of(arena, &office->orgs, query, true);
    *ret_selection = (Selection){.kind = kind,
                                 .where = names_of(arena, profile, query->indicator),
                                 .in = S("as_of"),
                                 .from = DAY_FIRST,
                                 .to = query->to,
                                 .at = S("place"),
                                 .sum = S("value")};
    if (spans) {
        ret_selection->spans = spans->n ? spans->p : NEW(arena, SelectionSpan);
        ret_selection->n_spans = spans->n;
    }
    return true;
}
