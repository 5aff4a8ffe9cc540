/* SPDX-License-Identifier: Apache-2.0 */
/* What is looked at before a briefing is published. */
#include "report/draft.h"

typedef struct Checking {
    Arena *arena;
    const Office *office;
    const BriefingQuery *query;
    BriefingDraft *draft;
} Checking;

/* Adds the sentence of the outcome; `a` fills its hole. */
static void check_add(Checking *checking, bool passed, bool blocks, MessageId id, Str a)
{
    Str args[] = {a};
    *vec_push(checking->arena, &checking->draft->checks) = (BriefingCheck){
        .passed = passed,
        .blocks = blocks,
        .sentence = message_fill(checking->arena, id, checking->query->language, args, 1)};
}

static void check_add_why(Checking *checking, MessageId id, const BriefingSlot *slot)
{
    Str args[] = {slot->source, slot->problem};
    *vec_push(checking->arena, &checking->draft->checks) = (BriefingCheck){
        .blocks = true,
        .sentence = message_fill(checking->arena, id, checking->query->language, args, 2)};
}

static bool is_resolved(const BriefingSlot *slot)
{
    return slot->type == SLOT_PERIOD || (slot->type != SLOT_BROKEN && slot->figure >= 0 &&
                                         (!slot->other_name.n || slot->other >= 0));
}

static bool is_ratio(const BriefingDraft *draft, const BriefingSlot *slot)
{
    return slot->type == SLOT_RATIO ||
           (slot->type == SLOT_FIGURE &&
            draft->figures.p[slot->figure].figure->of->type == INDICATOR_RATIO);
}

/* The first slot of one sort that must not be published; NULL when there is none. */
static const BriefingSlot *first_wrong(const BriefingDraft *draft, bool ratios)
{
    for (size_t i = 0; i < draft->text.slots.n; i++) {
        const BriefingSlot *slot = &draft->text.slots.p[i];
        if (!slot->is_true && is_resolved(slot) && is_ratio(draft, slot) == ratios)
            return slot;
    }
    return NULL;
}

static void check_slots(Checking *checking)
{
    Str wrong = {0};
    const BriefingText *text = &checking->draft->text;
    for (size_t i = text->slots.n; i-- > 0;)
        if (!is_resolved(&text->slots.p[i]))
            wrong = text->slots.p[i].source;
    check_add(checking, !wrong.n, true,
              wrong.n ? MSG_report_check_slots_wrong : MSG_report_check_slots,
              wrong.n ? wrong : STR(checking->arena, text->slots.n));
    const BriefingSlot *word = first_wrong(checking->draft, false);
    const BriefingSlot *ratio = first_wrong(checking->draft, true);
    if (word)
        check_add_why(checking, MSG_report_check_words_wrong, word);
    else
        check_add(checking, true, true, MSG_report_check_words, S(""));
    check_add(checking, !ratio, true,
              ratio ? MSG_report_check_ratios_wrong : MSG_report_check_ratios,
              ratio ? ratio->source : S(""));
}

static bool says_a_number(const BriefingSlot *slot)
{
    return is_resolved(slot) &&
           (slot->type == SLOT_FIGURE || slot->type == SLOT_ROUND || slot->type == SLOT_NEAR);
}

/* One figure is said in one way: headline and body agree, and nobody reads 320多 here and 321
 * there. */
static void check_agree(Checking *checking)
{
    const BriefingText *text = &checking->draft->text;
    Str wrong = {0};
    for (size_t i = 0; i < text->slots.n && !wrong.n; i++) {
        const BriefingSlot *slot = &text->slots.p[i];
        for (size_t j = 0; j < i && says_a_number(slot); j++) {
            const BriefingSlot *other = &text->slots.p[j];
            if (says_a_number(other) && other->figure == slot->figure &&
                !str_eq(other->text, slot->text))
                wrong = STR(checking->arena, other->source, " ", slot->source);
        }
    }
    check_add(checking, !wrong.n, true,
              wrong.n ? MSG_report_check_agree_wrong : MSG_report_check_agree, wrong);
}

/* A period still running may be reported when the text says up to which day. */
static bool is_dated(const BriefingDraft *draft)
{
    for (size_t i = 0; i < draft->text.slots.n; i++)
        if (draft->text.slots.p[i].type == SLOT_PERIOD)
            return true;
    for (size_t i = 0; i < draft->text.blocks.n; i++) {
        const BriefingBlock *block = &draft->text.blocks.p[i];
        for (size_t j = 0; j < block->pieces.n; j++)
            if (str_has(block->pieces.p[j].text, S("截至")) ||
                str_has(block->pieces.p[j].text, S("as of")) ||
                str_has(block->pieces.p[j].text, S("up to")))
                return true;
    }
    return false;
}

static void check_period(Checking *checking)
{
    const BriefingQuery *query = checking->query;
    bool future = query->to > query->today;
    bool ended = query->to < query->today &&
                 (!query->template || figure_period_ended(query->template->period, query->to));
    bool dated = is_dated(checking->draft);
    bool passed = !future && (ended || dated);
    Str day = day_text(checking->arena, query->to);
    check_add(checking, passed, true,
              future    ? MSG_report_check_period_future
              : !passed ? MSG_report_check_period_open
              : ended   ? MSG_report_check_period
                        : MSG_report_check_period_dated,
              day);
}

/* Deadlines of a year without a notice may still move, and with them what was in time. */
static void check_calendar(Checking *checking, const Calendar *calendar)
{
    const BriefingQuery *query = checking->query;
    CivilDate last = day_to_civil(query->to);
    /* What counts from the beginning began before there were deadlines. */
    CivilDate first = query->from > 1 ? day_to_civil(query->from) : last;
    int missing = 0;
    if (!calendar)
        return;
    for (int year = last.year; year >= first.year && year > last.year - 100; year--)
        if (!calendar_has_year(calendar, year))
            missing = year;
    check_add(checking, !missing, false,
              missing ? MSG_report_check_calendar_open : MSG_report_check_calendar,
              STR(checking->arena, missing));
}

static bool names_figure(const BriefingText *text, Str name)
{
    for (size_t i = 0; i < text->slots.n; i++)
        if (str_eq(text->slots.p[i].name, name) || str_eq(text->slots.p[i].other_name, name))
            return true;
    return false;
}

static Str missing_from(const BriefingText *text, const BriefingText *other)
{
    for (size_t i = 0; i < other->slots.n; i++)
        if (other->slots.p[i].name.n && !names_figure(text, other->slots.p[i].name))
            return other->slots.p[i].name;
    return S("");
}

/* 首个, 率先: each such word needs a record with the document behind it. */
static bool check_claims(Checking *checking, Db *db, const Profile *profile, Err *err)
{
    Str wrong = {0};
    bool any = false;
    for (size_t i = 0; i < profile->n_scans && !wrong.n; i++) {
        const ScanRule *rule = &profile->scans[i];
        any |= rule->evidence.n > 0;
        if (rule->evidence.n &&
            !claim_without_evidence(checking->arena, db, rule, &checking->draft->text, &wrong, err))
            return false;
    }
    if (any)
        check_add(checking, !wrong.n, true,
                  wrong.n ? MSG_report_check_claims_wrong : MSG_report_check_claims, wrong);
    return true;
}

static BriefingText source_text(const Checking *checking, Language language)
{
    BriefingQuery query = *checking->query;
    query.language = language;
    return briefing_parse(checking->arena,
                          briefing_source(checking->arena, checking->office, &query, &language));
}

/* Both languages report the same figures; a text in Chinese only says so. */
static void check_languages(Checking *checking)
{
    const Str *written = checking->query->written;
    if (written[LANGUAGE_ZH].n && !written[LANGUAGE_EN].n) {
        check_add(checking, false, false, MSG_report_check_languages_one, S(""));
        return;
    }
    BriefingText zh = source_text(checking, LANGUAGE_ZH);
    BriefingText en = source_text(checking, LANGUAGE_EN);
    Str wrong = missing_from(&en, &zh);
    if (!wrong.n)
        wrong = missing_from(&zh, &en);
    check_add(checking, !wrong.n, false,
              wrong.n ? MSG_report_check_languages_differ : MSG_report_check_languages, wrong);
}

/* Where a slot belongs, no number is typed. */
static void check_typed(Checking *checking)
{
    Str typed = typed_numbers(checking->arena, checking->office->profile, &checking->draft->text);
    check_add(checking, !typed.n, false,
              typed.n ? MSG_report_check_typed_found : MSG_report_check_typed, typed);
}

bool briefing_check(Arena *arena, Db *db, const Office *office, const BriefingQuery *query,
                    BriefingDraft *draft, Err *err)
{
    Checking checking = {arena, office, query, draft};
    if (draft->text.blocks.n == 0)
        check_add(&checking, false, true, MSG_report_check_empty, S(""));
    check_slots(&checking);
    check_agree(&checking);
    check_typed(&checking);
    if (!check_claims(&checking, db, office->profile, err))
        return false;
    check_period(&checking);
    check_calendar(&checking, office->calendar);
    check_languages(&checking);
    draft->can_publish = true;
    for (size_t i = 0; i < draft->checks.n; i++)
        if (!draft->checks.p[i].passed && draft->checks.p[i].blocks)
            draft->can_publish = false;
    return true;
}
