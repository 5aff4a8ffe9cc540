/* SPDX-License-Identifier: Apache-2.0 */
/* Filling the slots of a template. */
#include "report/draft.h"

#include "profile/fault.h"
#include "record/record.h"

#define NAMES_MAX 5 /* of who is missing, in a sentence */

typedef struct Drafting {
    Arena *arena;
    Db *db;
    const Office *office;
    const BriefingQuery *query;
    BriefingDraft *draft;
    Language spoken; /* of the text; problems are told in the reader's */
    Err *err;
} Drafting;

static Str say(const Drafting *drafting, MessageId id, Str a, Str b)
{
    Str args[] = {a, b};
    return message_fill(drafting->arena, id, drafting->query->language, args, COUNT_OF(args));
}

static void slot_fails(const Drafting *drafting, BriefingSlot *slot, MessageId why, Str a, Str b)
{
    slot->is_true = false;
    slot->problem = say(drafting, why, a, b);
}

/* A name that no figure has, with the one that was meant. */
static void slot_unknown(const Drafting *drafting, BriefingSlot *slot, Str name)
{
    const Profile *profile = drafting->office->profile;
    StrVec known = {0};
    for (size_t i = 0; i < profile->n_figures; i++)
        *vec_push(drafting->arena, &known) = profile->figures[i].name;
    Str nearest = suggest(name, &known);
    slot_fails(drafting, slot, nearest.n ? MSG_report_no_figure_but : MSG_report_no_figure, name,
               nearest);
}

/* ---- figures ---- */

/* The organisation and days that a slot asks about, of one figure; false when it names an
 * organisation or a period that is not there. */
static bool figure_place(const Drafting *drafting, const BriefingSlot *slot, BriefingFigure *asked)
{
    const Office *office = drafting->office;
    const BriefingQuery *query = drafting->query;
    const Figure *figure = asked->figure;
    Str code = slot->at.n ? slot->at : figure->org;
    const Org *org = code.n ? org_by_code(&office->orgs, code) : NULL;
    static const Str running[] = {[PERIOD_YEAR] = S_CONST("year"),
                                  [PERIOD_QUARTER] = S_CONST("quarter"),
                                  [PERIOD_MONTH] = S_CONST("month"),
                                  [PERIOD_ALL] = S_CONST("all")};
    bool own =
        query->template ? figure->period != query->template->period : figure->period == PERIOD_ALL;
    asked->org = org ? org->id : query->org;
    asked->from = query->from;
    asked->to = query->to;
    for (size_t i = 0; i < COUNT_OF(running); i++)
        if (slot->in.n && str_eq(slot->in, running[i]))
            figure_period((PeriodType)i, query->to, &asked->from, &asked->to);
    if (!slot->in.n && own)
        figure_period(figure->period, query->to, &asked->from, &asked->to);
    if (slot_days(slot->in, &asked->from, &asked->to))
        asked->to = MIN(asked->to, MAX(query->to, asked->from - 1));
    return (org || !slot->at.n) && asked->from <= asked->to;
}

Str figure_key_text(Arena *arena, const Figure *figure)
{
    Buf buf = buf_open(arena);
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(figure->of->key >> (56 - 8 * i));
    buf_hex(&buf, bytes, sizeof(bytes));
    return buf_str(&buf);
}

bool briefing_figure_read(Arena *arena, Db *db, const Office *office, BriefingFigure *figure,
                          Err *err)
{
    FigureQuery query = {figure->figure->of, figure->org, figure->from, figure->to};
    if (!figure_value(arena, db, office, &query, &figure->value, err))
        return false;
    figure->number = figure_number(arena, figure->figure, &figure->value);
    return true;
}

/* Its definition, key and value: it is new in the draft. */
static bool figure_add(Drafting *drafting, BriefingFigure *asked)
{
    const Figure *figure = asked->figure;
    asked->name = figure->name;
    asked->label = figure->label;
    asked->define = figure->of->define;
    asked->unit = figure->unit;
    asked->key = figure_key_text(drafting->arena, figure);
    if (!briefing_figure_read(drafting->arena, drafting->db, drafting->office, asked,
                              drafting->err))
        return false;
    *vec_push(drafting->arena, &drafting->draft->figures) = *asked;
    return true;
}

/* The place of the figure in the draft, read when it is new; -1 with the slot's problem when there
 * is no such thing. False only for an error of the database. */
static bool figure_take(Drafting *drafting, BriefingSlot *slot, Str name, int *ret_place)
{
    BriefingFigure asked = {.figure = profile_figure(drafting->office->profile, name)};
    BriefingFigures *figures = &drafting->draft->figures;
    *ret_place = -1;
    if (!asked.figure || !asked.figure->of) {
        slot_unknown(drafting, slot, name);
        return true;
    }
    if (!figure_place(drafting, slot, &asked)) {
        slot_fails(drafting, slot, MSG_report_no_place, slot->source, S(""));
        return true;
    }
    for (size_t i = 0; i < figures->n; i++) {
        const BriefingFigure *known = &figures->p[i];
        if (known->figure == asked.figure && known->org == asked.org && known->from == asked.from &&
            known->to == asked.to) {
            *ret_place = (int)i;
            return true;
        }
    }
    if (figures->n == BRIEFING_FIGURES_MAX) {
        slot_fails(drafting, slot, MSG_report_many_figures,
                   STR(drafting->arena, BRIEFING_FIGURES_MAX), S(""));
        return true;
    }
    *ret_place = (int)figures->n;
    return figure_add(drafting, &asked);
}

/* ---- what a slot says ---- */

static void say_ratio(const Drafting *drafting, BriefingSlot *slot, const FigureValue *value,
                      int scale)
{
    slot->text = figure_ratio_text(drafting->arena, value, scale, drafting->spoken);
    if (!value->has_value)
        slot_fails(drafting, slot, MSG_report_no_denominator, slot->source, S(""));
    else if (value->numerator > value->denominator)
        slot_fails(drafting, slot, MSG_report_more_than_whole,
                   STR(drafting->arena, value->numerator),
                   STR(drafting->arena, value->denominator));
}

static void say_figure(const Drafting *drafting, BriefingSlot *slot, const BriefingFigure *figure)
{
    if (figure->figure->of->type == INDICATOR_RATIO)
        say_ratio(drafting, slot, &figure->value, figure->figure->of->scale);
    else
        slot->text = figure->number;
}

static void say_round(const Drafting *drafting, BriefingSlot *slot, const BriefingFigure *figure)
{
    int64_t rounded;
    bool is_true = figure_round(figure->figure, &figure->value, slot->step, slot->word, &rounded);
    slot->text = round_text(drafting->arena, rounded, slot->word, drafting->spoken);
    if (!is_true)
        slot_fails(drafting, slot, MSG_report_word_untrue, figure->number, slot->text);
}

/* A share of a rate is no number of anything. */
static bool is_rate(const BriefingFigure *figure)
{
    return figure->figure->of->type == INDICATOR_RATIO;
}

/* True when the two can be set against each other; else the slot says why not. */
static bool pair_fits(const Drafting *drafting, BriefingSlot *slot, const BriefingFigure *figure,
                      const BriefingFigure *other)
{
    const Figure *a = figure->figure, *b = other->figure;
    if (!str_eq(a->of->dimension, b->of->dimension))
        slot_fails(drafting, slot, MSG_report_other_dimension,
                   label_text(a->unit, drafting->spoken), label_text(b->unit, drafting->spoken));
    else if (figures_overlap(a, b) && !figure_is_within(a, b))
        slot_fails(drafting, slot, MSG_report_overlaps, label_text(a->label, drafting->spoken),
                   label_text(b->label, drafting->spoken));
    return slot->is_true;
}

/* Of two figures of the text, as they are: not of one cohort. */
static void say_of(const Drafting *drafting, BriefingSlot *slot, const BriefingFigure *figure,
                   const BriefingFigure *other)
{
    FigureValue value = figure_ratio(figure->value.value, other->value.value, 1);
    say_ratio(drafting, slot, &value, 1);
    if (is_rate(figure) || is_rate(other))
        slot_fails(drafting, slot, MSG_report_share_of_rate, slot->source, S(""));
    if (slot->is_true)
        (void)pair_fits(drafting, slot, figure, other);
}

/* The names of the first few of them, and how many there are. */
static bool missing_names(const Drafting *drafting, const BriefingFigure *figure, Str *ret_names)
{
    FigureQuery query = {figure->figure->of, figure->org, figure->from, figure->to};
    Buf names = buf_open(drafting->arena);
    FigureMember *members;
    size_t count, named = 0;
    if (!figure_members(drafting->arena, drafting->db, drafting->office, &query, &members, &count,
                        drafting->err))
        return false;
    for (size_t i = 0; i < count && named < NAMES_MAX; i++) {
        Record record;
        if (members[i].has)
            continue;
        if (!record_get(drafting->arena, drafting->db, members[i].id, &record, drafting->err))
            return false;
        if (named++ > 0)
            TEXT(&names, message(MSG_report_comma, drafting->spoken),
                 drafting->spoken == LANGUAGE_EN ? " " : "");
        buf_add(&names, values_text(&record.values, S("title")));
    }
    *ret_names = buf_str(&names);
    return true;
}

/* Everything that is to be covered is there, and there is something to be covered. */
static bool say_covered(const Drafting *drafting, BriefingSlot *slot, const BriefingFigure *figure)
{
    const FigureValue *value = &figure->value;
    Str names;
    slot->text = message(MSG_report_full_coverage, drafting->spoken);
    if (figure->figure->of->type != INDICATOR_COVERAGE) {
        slot_fails(drafting, slot, MSG_report_bad_slot, slot->source, S(""));
    } else if (!value->has_value) {
        slot_fails(drafting, slot, MSG_report_no_denominator, slot->source, S(""));
    } else if (value->numerator < value->denominator) {
        if (!missing_names(drafting, figure, &names))
            return false;
        slot_fails(drafting, slot, MSG_report_not_covered,
                   STR(drafting->arena, value->denominator - value->numerator), names);
    }
    return true;
}

static void say_full(const Drafting *drafting, BriefingSlot *slot, const BriefingFigure *figure,
                     const BriefingFigure *other)
{
    slot->text = message(MSG_report_full_coverage, drafting->spoken);
    if (!pair_fits(drafting, slot, figure, other))
        return;
    if (figure->value.value != other->value.value || other->value.value <= 0)
        slot_fails(drafting, slot, MSG_report_not_full, figure->number, other->number);
    if (is_rate(figure) || is_rate(other))
        slot_fails(drafting, slot, MSG_report_share_of_rate, slot->source, S(""));
}

/* False only for an error of the database. */
static bool slot_say(const Drafting *drafting, BriefingSlot *slot)
{
    const BriefingFigure *all = drafting->draft->figures.p;
    slot->is_true = true;
    if (slot->type == SLOT_FIGURE)
        say_figure(drafting, slot, &all[slot->figure]);
    else if (slot->type == SLOT_RATIO)
        say_of(drafting, slot, &all[slot->figure], &all[slot->other]);
    else if (slot->type == SLOT_FULL && !slot->other_name.n)
        return say_covered(drafting, slot, &all[slot->figure]);
    else if (slot->type == SLOT_FULL)
        say_full(drafting, slot, &all[slot->figure], &all[slot->other]);
    else
        say_round(drafting, slot, &all[slot->figure]);
    return true;
}

/* Those that ask for no figure; true when this is one. */
static bool slot_fill_plain(const Drafting *drafting, BriefingSlot *slot)
{
    const BriefingQuery *query = drafting->query;
    slot->is_true = slot->type == SLOT_PERIOD;
    if (slot->type == SLOT_PERIOD)
        slot->text = figure_period_text(drafting->arena, query->from, query->to, drafting->spoken);
    if (slot->type == SLOT_EACH)
        slot_fails(drafting, slot, MSG_report_no_rows, slot->source,
                   STR(drafting->arena, BRIEFING_ROWS_MAX));
    if (slot->type == SLOT_BROKEN)
        slot_fails(drafting, slot, MSG_report_bad_slot, slot->source, S(""));
    return slot->type == SLOT_PERIOD || slot->type == SLOT_EACH || slot->type == SLOT_BROKEN;
}

static bool slot_fill(Drafting *drafting, BriefingSlot *slot)
{
    if (slot_fill_plain(drafting, slot))
        return true;
    if (!figure_take(drafting, slot, slot->name, &slot->figure))
        return false;
    if (slot->figure >= 0 && slot->other_name.n &&
        !figure_take(drafting, slot, slot->other_name, &slot->other))
        return false;
    if (slot->figure >= 0 && (!slot->other_name.n || slot->other >= 0))
        return slot_say(drafting, slot);
    return true;
}

bool briefing_draft(Arena *arena, Db *db, const Office *office, const BriefingQuery *query,
                    BriefingDraft *ret_draft, Err *err)
{
    BriefingDraft draft = {0};
    Drafting drafting = {arena, db, office, query, &draft, LANGUAGE_ZH, err};
    draft.source = briefing_source(arena, office, query, &drafting.spoken);
    draft.text = briefing_parse(arena, draft.source);
    draft.text.language = drafting.spoken;
    for (size_t i = 0; i < draft.text.slots.n; i++)
        if (!slot_fill(&drafting, &draft.text.slots.p[i]))
            return false;
    if (!briefing_check(arena, db, office, query, &draft, err))
        return false;
    *ret_draft = draft;
    return true;
}
