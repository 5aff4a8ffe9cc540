/* SPDX-License-Identifier: Apache-2.0 */
#include "view/briefing_view.h"

#include "base/number.h"
#include "change/rehearse.h"
#include "view/list_query.h"

#include "query.h"

/* ---- what is asked ---- */

static bool query_now(Visit *visit, BriefingQuery *query, Err *err)
{
    QEntryLast last;
    bool found;
    if (!q_entry_last(visit->db, visit->arena, &last, &found, err))
        return false;
    query->tree_size = found ? last.sequence : 0;
    query->today = day_of(visit->now);
    query->language = visit->language;
    return true;
}

/* The text, the values and the record sets are of one state of the database. */
static bool draft_read(Visit *visit, const BriefingQuery *query, BriefingDraft *ret_draft, Err *err)
{
    bool done = db_begin(visit->db, err);
    if (!done)
        return false;
    done = briefing_draft(visit->arena, visit->db, visit->office, query, ret_draft, err);
    db_rollback(visit->db);
    return done;
}

bool briefing_publish(Visit *visit, const Record *record, Change *change, Err *err)
{
    BriefingQuery query;
    bool done;
    if (!briefing_query(visit->office, &record->values, &query))
        return err_set(err, ERR_CONFLICT, MSG_view_no_template,
                       values_text(&record->values, S("template")));
    if (!db_begin(visit->db, err))
        return false;
    done = query_now(visit, &query, err) &&
           briefing_freeze(visit->arena, visit->db, visit->office, &query, &change->frozen, err);
    db_rollback(visit->db);
    return done;
}

/* ---- editions ---- */

typedef struct Editions {
    QEditionList *rows; /* newest first */
    size_t n;
} Editions;

static bool edition_at(Visit *visit, const Editions *editions, int64_t number,
                       BriefingEdition *ret_edition, Err *err)
{
    for (size_t i = 0; i < editions->n; i++)
        if (editions->rows[i].edition == number)
            return briefing_edition_parse(visit->arena, editions->rows[i].frozen, ret_edition, err);
    return err_set(err, ERR_NOT_FOUND, MSG_view_no_edition);
}

/* The edition asked for by number or day; 0: the draft. */
static bool edition_asked(Visit *visit, const Editions *editions, BriefingView *view, Err *err)
{
    Str asked = http_query(visit->request, S("edition"));
    bool open = values_int(&view->record.values, S("open")) != 0;
    Day as_of;
    if (!query_day(visit, S("as_of"), &as_of, err))
        return false;
    view->newest = editions->n ? editions->rows[0].edition : 0;
    view->edition = view->may_draft && open ? 0 : view->newest;
    if (str_eq(asked, S("draft")))
        view->edition = 0;
    else if (asked.n && !int_parse(asked, &view->edition))
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_edition);
    if (as_of && !asked.n && editions->n)
        view->edition = -1;
    for (size_t i = editions->n; i > 0 && as_of && !asked.n; i--) {
        BriefingEdition edition;
        if (!edition_at(visit, editions, editions->rows[i - 1].edition, &edition, err))
            return false;
        if (edition.frozen_on <= as_of)
            view->edition = editions->rows[i - 1].edition;
    }
    return view->edition != 0 || (view->may_draft && open) ||
           err_set(err, ERR_NOT_FOUND, MSG_view_no_edition);
}

static bool edition_fill(Visit *visit, const Editions *editions, BriefingView *view, Err *err)
{
    bool newest = view->edition == view->newest;
    int64_t other = newest ? view->edition - 1 : view->newest;
    if (!edition_at(visit, editions, view->edition, &view->shown, err) ||
        !briefing_changes(visit->arena, visit->db, visit->office, &view->shown, &view->changes,
                          err))
        return false;
    view->has_other = other > 0;
    if (!view->has_other)
        return true;
    if (!edition_at(visit, editions, other, &view->other, err))
        return false;
    view->corrections = newest ? briefing_corrections(visit->arena, &view->other, &view->shown)
                               : briefing_corrections(visit->arena, &view->shown, &view->other);
    return true;
}

static bool draft_fill(Visit *visit, BriefingView *view, Err *err)
{
    Day as_of;
    if (!query_day(visit, S("as_of"), &as_of, err))
        return false;
    if (as_of)
        view->query.to = MAX(view->query.from, MIN(view->query.to, as_of));
    return !view->has_text || draft_read(visit, &view->query, &view->draft, err);
}

bool briefing_view(Visit *visit, Str number, BriefingView *ret_view, Err *err)
{
    BriefingView view = {.may_draft = visit_may(visit, S("briefing,board"))};
    Editions editions = {0};
    if (!record_view(visit, S("briefing"), number, &view.view, err) ||
        !record_get(visit->arena, visit->db, view.view.row.id, &view.record, err) ||
        !q_edition_list_all(visit->db, visit->arena, view.record.id, &editions.rows, &editions.n,
                            err) ||
        !edition_asked(visit, &editions, &view, err))
        return false;
    view.has_text = briefing_query(visit->office, &view.record.values, &view.query);
    if (!query_now(visit, &view.query, err) ||
        !(view.edition ? edition_fill(visit, &editions, &view, err)
                       : draft_fill(visit, &view, err)))
        return false;
    *ret_view = view;
    return true;
}

/* ---- a text being written ---- */

static Str form_value(const FormInput *form, Str name)
{
    bool found;
    return form_text(form, name, &found);
}

BriefingQuery briefing_query_of_form(Visit *visit, const FormInput *form)
{
    static const Str texts[] = {S_CONST("title"), S_CONST("template"), S_CONST("text"),
                                S_CONST("text_en"), S_CONST("correction")};
    const Org *org = org_by_code(&visit->office->orgs, form_value(form, S("org")));
    Day today = day_of(visit->now), from, to;
    Values values = {0};
    BriefingQuery query;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        values_set(visit->arena, &values, texts[i],
                   value_text(str_newlines(visit->arena, form_value(form, texts[i]))));
    (void)briefing_query(visit->office, &values, &query);
    figure_period(PERIOD_YEAR, today, &from, &to);
    (void)!day_parse(form_value(form, S("period_from")), &from);
    (void)!day_parse(form_value(form, S("period_to")), &to);
    query.org = org && org->id != visit->office->orgs.root ? org->id : 0;
    query.from = from;
    query.to = MAX(to, from);
    query.today = today;
    query.language = visit->language;
    return query;
}

bool briefing_try(Visit *visit, const Change *change, BriefingDraft *ret_draft, Err *ret_refused,
                  Err *err)
{
    BriefingQuery query = briefing_query_of_form(visit, &change->form);
    Rehearsal rehearsal;
    Rehearsed made;
    rehearsal_open(&rehearsal, visit->db, visit->office, visit->now);
    (void)!rehearse(visit->arena, &rehearsal, change, &made, ret_refused);
    rehearsal_close(&rehearsal);
    return draft_read(visit, &query, ret_draft, err);
}

/* ---- figures to put in ---- */

/* "会客厅 期数": every word stands somewhere. */
static bool has_words(Arena *arena, const Figure *figure, Str words)
{
    Str text = str_lower(arena, STR(arena, figure->name, " ", figure->label.zh, " ",
                                    figure->label.en, " ", figure->of->define.zh)),
        word;
    while (str_next(&words, ' ', &word))
        if (word.n && !str_has(text, str_lower(arena, word)))
            return false;
    return true;
}

/* The step that cuts a number of this size: 1234 is 1200余, 470 is 47 tens. */
static Str step_text(const BriefingFigure *figure)
{
    int64_t number = 0;
    (void)!decimal_parse(figure->number, 0, &number);
    return number >= 1000 ? S("100") : S("10");
}

static void add_form(Buf *text, Str name, Str how, Str with, Str word)
{
    TEXT(text, "{", name, how, with, word, "}");
}

static void add_forms(Buf *text, const BriefingFigure *figure, Str of)
{
    static const Str words[] = {S_CONST(" 余"), S_CONST(" 多"), S_CONST(" 超")};
    Str name = figure->name, step = step_text(figure);
    bool ratio = figure->figure->of->type == INDICATOR_RATIO;
    add_form(text, name, S(""), S(""), S(""));
    for (size_t i = 0; !ratio && i < COUNT_OF(words); i++)
        add_form(text, name, S(" round "), step, words[i]);
    if (!ratio)
        add_form(text, name, S(" near "), step, S(""));
    add_form(text, name, S(" full"), S(""), S("")); /* true of a coverage that is complete */
    if (of.n && !str_eq(of, name)) {
        add_form(text, name, S(" of "), of, S(""));
        add_form(text, name, S(" full of "), of, S(""));
    }
    TEXT(text, "\n\n");
}

static bool forms_read(Visit *visit, const BriefingQuery *query, Str text, BriefingDraft *ret_draft,
                       Err *err)
{
    BriefingQuery asked = *query;
    asked.written[LANGUAGE_ZH] = asked.written[LANGUAGE_EN] = text;
    return draft_read(visit, &asked, ret_draft, err);
}

static SlotRow slot_row(Visit *visit, const BriefingDraft *draft, const BriefingBlock *block)
{
    BriefingSlot *slots = NEW_ARRAY(visit->arena, BriefingSlot, block->pieces.n + 1);
    SlotRow row = {.slots = slots};
    for (size_t i = 0; i < block->pieces.n; i++) {
        const BriefingSlot *slot = &draft->text.slots.p[block->pieces.p[i].slot];
        if (i == 0)
            row.figure = profile_figure(visit->office->profile, slot->name);
        if (i == 0 || slot->is_true)
            slots[row.n_slots++] = *slot;
    }
    row.label = label_text(row.figure->label, visit->language);
    row.define = label_text(row.figure->of->define, visit->language);
    row.unit = label_text(row.figure->unit, visit->language);
    return row;
}

bool briefing_figures_view(Visit *visit, const BriefingQuery *query, Str words, Str of,
                           SlotRow **ret_rows, size_t *ret_count, Err *err)
{
    const Profile *profile = visit->office->profile;
    BriefingDraft plain, forms;
    Buf text = buf_open(visit->arena), all = buf_open(visit->arena);
    size_t count = 0;
    for (size_t i = 0; i < profile->n_figures && count < SLOT_ROWS_MAX; i++) {
        if (!profile->figures[i].of || !has_words(visit->arena, &profile->figures[i], words))
            continue;
        TEXT(&text, "{", profile->figures[i].name, "}\n\n");
        count++;
    }
    if (!forms_read(visit, query, buf_str(&text), &plain, err))
        return false;
    for (size_t i = 0; i < plain.figures.n; i++)
        add_forms(&all, &plain.figures.p[i], profile_figure(profile, of) ? of : S(""));
    if (!forms_read(visit, query, buf_str(&all), &forms, err))
        return false;
    *ret_rows = NEW_ARRAY(visit->arena, SlotRow, forms.text.blocks.n + 1);
    for (size_t i = 0; i < forms.text.blocks.n; i++)
        (*ret_rows)[i] = slot_row(visit, &forms, &forms.text.blocks.p[i]);
    *ret_count = forms.text.blocks.n;
    return true;
}
