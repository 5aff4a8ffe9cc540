/* SPDX-License-Identifier: Apache-2.0 */
/* Filling the slots of a template. */
#include "report/draft.h"

typedef struct Drafting {
    Arena *arena;
    Db *db;
    const Office *office;
    const BriefingQuery *query;
    BriefingDraft *draft;
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

/* ---- figures ---- */

static int64_t figure_org(const Drafting *drafting, const Figure *figure)
{
    const Org *org = figure->org.n ? org_by_code(&drafting->office->orgs, figure->org) : NULL;
    return org ? org->id : drafting->query->org;
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

static BriefingFigure figure_asked(const Drafting *drafting, const Figure *figure)
{
    const BriefingQuery *query = drafting->query;
    BriefingFigure asked = {.name = figure->name,
                            .label = figure->label,
                            .define = figure->of->define,
                            .unit = figure->unit,
                            .key = figure_key_text(drafting->arena, figure),
                            .org = figure_org(drafting, figure),
                            .from = query->from,
                            .to = query->to,
                            .figure = figure};
    if (figure->period != query->template->period)
        figure_period(figure->period, query->to, &asked.from, &asked.to);
    return asked;
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

/* The place of the figure in the draft, read when it is new; -1 when the profile has none. False
 * only for an error of the database. */
static bool figure_take(Drafting *drafting, Str name, int *ret_place)
{
    const Figure *figure = profile_figure(drafting->office->profile, name);
    BriefingFigures *figures = &drafting->draft->figures;
    *ret_place = -1;
    if (!figure || !figure->of)
        return true;
    for (size_t i = 0; i < figures->n; i++) {
        if (figures->p[i].figure == figure) {
            *ret_place = (int)i;
            return true;
        }
    }
    BriefingFigure asked = figure_asked(drafting, figure);
    if (!briefing_figure_read(drafting->arena, drafting->db, drafting->office, &asked,
                              drafting->err))
        return false;
    *ret_place = (int)figures->n;
    *vec_push(drafting->arena, figures) = asked;
    return true;
}

/* ---- what a slot says ---- */

static void say_ratio(const Drafting *drafting, BriefingSlot *slot, const FigureValue *value,
                      int scale)
{
    slot->text = figure_ratio_text(drafting->arena, value, scale, drafting->query->language);
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
    slot->text = round_text(drafting->arena, rounded, slot->word, drafting->query->language);
    if (!is_true)
        slot_fails(drafting, slot, MSG_report_word_untrue, figure->number, slot->text);
}

/* Of two figures of the text, as they are: not of one cohort. */
static void say_of(const Drafting *drafting, BriefingSlot *slot, const BriefingFigure *figure,
                   const BriefingFigure *other)
{
    FigureValue value = figure_ratio(figure->value.value, other->value.value, 1);
    say_ratio(drafting, slot, &value, 1);
}

static void say_full(const Drafting *drafting, BriefingSlot *slot, const BriefingFigure *figure,
                     const BriefingFigure *other)
{
    slot->text = message(MSG_report_full_coverage, drafting->query->language);
    if (figure->value.value != other->value.value || other->value.value <= 0)
        slot_fails(drafting, slot, MSG_report_not_full, figure->number, other->number);
}

static void slot_say(const Drafting *drafting, BriefingSlot *slot)
{
    const BriefingFigure *all = drafting->draft->figures.p;
    slot->is_true = true;
    if (slot->type == SLOT_FIGURE)
        say_figure(drafting, slot, &all[slot->figure]);
    else if (slot->type == SLOT_RATIO)
        say_of(drafting, slot, &all[slot->figure], &all[slot->other]);
    else if (slot->type == SLOT_FULL)
        say_full(drafting, slot, &all[slot->figure], &all[slot->other]);
    else
        say_round(drafting, slot, &all[slot->figure]);
}

static bool slot_fill(Drafting *drafting, BriefingSlot *slot)
{
    const BriefingQuery *query = drafting->query;
    if (slot->type == SLOT_BROKEN) {
        slot_fails(drafting, slot, MSG_report_bad_slot, slot->source, S(""));
        return true;
    }
    if (slot->type == SLOT_PERIOD) {
        slot->is_true = true;
        slot->text = figure_period_text(drafting->arena, query->from, query->to, query->language);
        return true;
    }
    if (!figure_take(drafting, slot->name, &slot->figure))
        return false;
    if (slot->other_name.n && !figure_take(drafting, slot->other_name, &slot->other))
        return false;
    if (slot->figure < 0 || (slot->other_name.n && slot->other < 0))
        slot_fails(drafting, slot, MSG_report_no_figure,
                   slot->figure < 0 ? slot->name : slot->other_name, S(""));
    else
        slot_say(drafting, slot);
    return true;
}

bool briefing_draft(Arena *arena, Db *db, const Office *office, const BriefingQuery *query,
                    BriefingDraft *ret_draft, Err *err)
{
    Str source = query->language == LANGUAGE_EN ? query->template->en : query->template->zh;
    BriefingDraft draft = {.text = briefing_parse(arena, source)};
    Drafting drafting = {arena, db, office, query, &draft, err};
    for (size_t i = 0; i < draft.text.slots.n; i++)
        if (!slot_fill(&drafting, &draft.text.slots.p[i]))
            return false;
    if (!briefing_check(arena, db, office, query, &draft, err))
        return false;
    *ret_draft = draft;
    return true;
}
