/* SPDX-License-Identifier: Apache-2.0 */
#include "view/assessment_view.h"

#include <limits.h>

#include "base/number.h"
#include "view/list_query.h"
#include "write/url.h"

/* ---- who sees whose marks ---- */

static bool sees_all(const Visit *visit)
{
    return visit->actor.type == ACTOR_CLI ||
           (visit->account && permit_right(visit->office, &visit->actor, RIGHT_BOARD, 0));
}

static bool sees_unit(const Visit *visit, const IdVec *orgs, int64_t unit)
{
    for (size_t i = 0; i < orgs->n; i++)
        if (org_is_within(&visit->office->orgs, unit, orgs->p[i]))
            return true;
    return sees_all(visit);
}

bool assessment_is_seen(const Visit *visit)
{
    return visit->office->profile->n_assessments > 0 && visit_is_staff(visit);
}

/* ---- numbers in words ---- */

/* 95, 92.5: hundredths without zeros at the end. */
static Str hundredths(Arena *arena, int64_t number)
{
    Buf buf = buf_open(arena);
    decimal_write(&buf, number, 2, true);
    return buf_str(&buf);
}

/* 95%, 5件 / 95%, 5 requests */
static Str with_unit(const Visit *visit, Str number, const Figure *figure)
{
    Str unit = label_text(figure->unit, visit->language);
    bool apart = visit->language == LANGUAGE_EN && !str_eq(unit, S("%"));
    return STR(visit->arena, number, apart ? " " : "", unit);
}

static Str figure_href(const Visit *visit, const AssessmentView *view, const Figure *figure,
                       const Org *org)
{
    Url url = url_open(visit->arena, S("/figures"));
    url_segment(&url, figure->name);
    if (org)
        url_query(&url, S("org"), org->code);
    url_query(&url, S("from"), day_text(visit->arena, view->from));
    url_query(&url, S("to"), day_text(visit->arena, view->until));
    return url_text(&url);
}

/* ---- rounds ---- */

static int round_order(const void *a, const void *b)
{
    const RoundView *one = a, *other = b;
    if (one->from != other->from)
        return (one->from < other->from) - (one->from > other->from);
    return str_cmp(other->number, one->number);
}

static RoundView round_view(Visit *visit, const Kind *kind, const Record *record)
{
    const Values *values = &record->values;
    const State *state = flow_state(kind->flow, values_text(values, S("status")));
    return (RoundView){.record = record,
                       .number = view_reference(visit, record->id),
                       .title = record_title(kind, values),
                       .status_label = state ? label_text(state->label, visit->language) : S(""),
                       .href = row_may_stand(visit, record, false) ? view_href(visit, kind, record)
                                                                   : S(""),
                       .rule = values_text(values, S("rule")),
                       .from = (Day)values_int(values, S("from_on")),
                       .to = (Day)values_int(values, S("until_on")),
                       .is_final = values_int(values, S("final_at")) != 0};
}

static bool rounds_read(Visit *visit, const Assessment *rule, AssessmentHead *head, Err *err)
{
    const Kind *kind = visit->office->profile->round_kind;
    Record *records;
    RoundView *rounds;
    size_t count;
    if (!kind)
        return true;
    if (!record_of_kind(visit->arena, visit->db, kind->name, &records, &count, err))
        return false;
    rounds = NEW_ARRAY(visit->arena, RoundView, count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(values_text(&records[i].values, S("assessment")), rule->name) &&
            !values_int(&records[i].values, S("voided_at")))
            rounds[head->n_rounds++] = round_view(visit, kind, &records[i]);
    if (head->n_rounds > 0)
        qsort(rounds, head->n_rounds, sizeof *rounds, round_order);
    head->rounds = rounds;
    return true;
}

static bool head_read(Visit *visit, const Assessment *rule, AssessmentHead *ret_head, Err *err)
{
    *ret_head = (AssessmentHead){.assessment = rule,
                                 .name = rule->name,
                                 .label = label_text(rule->label, visit->language),
                                 .define = label_text(rule->define, visit->language),
                                 .href = STR(visit->arena, "/assessments/", rule->name)};
    return rounds_read(visit, rule, ret_head, err);
}

bool assessments_view(Visit *visit, AssessmentHead **ret_heads, size_t *ret_count, Err *err)
{
    const Profile *profile = visit->office->profile;
    AssessmentHead *heads = NEW_ARRAY(visit->arena, AssessmentHead, profile->n_assessments);
    for (size_t i = 0; i < profile->n_assessments; i++)
        if (!head_read(visit, &profile->assessments[i], &heads[i], err))
            return false;
    *ret_heads = heads;
    *ret_count = profile->n_assessments;
    return true;
}

/* The one asked for, else the latest that was adopted and has begun. */
static bool round_pick(Visit *visit, AssessmentView *view, Err *err)
{
    Str asked = http_query(visit->request, S("round"));
    Day today = day_of(visit->now);
    for (size_t i = 0; i < view->head.n_rounds && !view->round; i++) {
        const RoundView *round = &view->head.rounds[i];
        bool is_it =
            asked.n ? str_eq(asked, round->number) : round->rule.n > 0 && round->from <= today;
        if (is_it)
            view->round = round;
    }
    if (asked.n && !view->round)
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_record);
    figure_period(view->rule.period, today, &view->from, &view->to);
    if (view->round) {
        view->from = view->round->from;
        view->to = view->round->to;
    }
    view->until = MAX(view->from, MIN(view->to, today));
    view->period = figure_period_text(visit->arena, view->from, view->until, visit->language);
    return true;
}

/* ---- what if ---- */

/* A number of the query in place of the rule's; `scale` digits behind the point. */
static bool what_if(Visit *visit, AssessmentView *view, Str name, int scale, int64_t *number)
{
    Str text = http_query(visit->request, name);
    int64_t given;
    if (text.n == 0)
        return false;
    if (!decimal_parse(text, scale, &given) || given < 0 || given > INT64_C(1000000000000)) {
        view->wrong = name;
        return false;
    }
    view->is_what_if = view->is_what_if || given != *number;
    *number = given;
    return true;
}

static AssessmentItem item_if(Visit *visit, AssessmentView *view, const AssessmentItem *item)
{
    AssessmentItem changed = *item;
    int64_t weight = item->weight;
    (void)what_if(visit, view, STR(visit->arena, "weight.", item->name), 0, &weight);
    (void)what_if(visit, view, STR(visit->arena, "zero.", item->name), 2, &changed.zero);
    (void)what_if(visit, view, STR(visit->arena, "full.", item->name), 2, &changed.full);
    if (weight > 100 || changed.zero == changed.full) {
        view->wrong = item->name;
        return *item;
    }
    changed.weight = (int)weight;
    return changed;
}

static void rule_read(Visit *visit, const Assessment *rule, AssessmentView *view)
{
    AssessmentItem *items = NEW_ARRAY(visit->arena, AssessmentItem, rule->n_items);
    view->rule = *rule;
    for (size_t i = 0; i < rule->n_items; i++) {
        items[i] = item_if(visit, view, &rule->items[i]);
        view->total += items[i].weight;
    }
    (void)what_if(visit, view, S("at_least"), 0, &view->rule.volume_min);
    view->rule.items = items;
    view->ranked = rule->ranking && sees_all(visit);
}

/* ---- the rule in words ---- */

static ItemRuleView item_view(Visit *visit, const AssessmentView *view, const AssessmentItem *item)
{
    const Figure *figure = item->figure;
    ItemRuleView words = {.item = item,
                          .name = item->name,
                          .label = label_text(item->label, visit->language),
                          .unit = label_text(figure->unit, visit->language),
                          .zero = hundredths(visit->arena, item->zero),
                          .full = hundredths(visit->arena, item->full),
                          .define = label_text(figure->of->define, visit->language),
                          .figure_href = figure_href(visit, view, figure, NULL)};
    words.rule = view_say(visit, item->full > item->zero ? MSG_view_item_more : MSG_view_item_less,
                          with_unit(visit, words.full, figure), STR(visit->arena, item->weight),
                          with_unit(visit, words.zero, figure));
    return words;
}

static void words_of_rule(Visit *visit, AssessmentView *view)
{
    const Assessment *rule = &view->rule;
    ItemRuleView *items = NEW_ARRAY(visit->arena, ItemRuleView, rule->n_items);
    Str *excluded = NEW_ARRAY(visit->arena, Str, rule->n_excluded);
    for (size_t i = 0; i < rule->n_items; i++)
        items[i] = item_view(visit, view, &rule->items[i]);
    for (size_t i = 0; i < rule->n_excluded; i++)
        excluded[i] = label_text(rule->excluded[i]->label, visit->language);
    view->items = items;
    view->excluded = excluded;
    view->volume_label = label_text(rule->volume->label, visit->language);
    view->volume_rule =
        view_say(visit, MSG_view_volume_rule, view->volume_label,
                 with_unit(visit, STR(visit->arena, rule->volume_min), rule->volume));
    view->sum_rule = view_say(visit, MSG_view_sum_rule, STR(visit->arena, view->total));
}

/* ---- marks ---- */

static ItemScoreView value_view(Visit *visit, const AssessmentView *view, const Figure *figure,
                                const Org *org, const FigureValue *value)
{
    return (ItemScoreView){.text = figure_text(visit->arena, figure, value, visit->language),
                           .number = figure_number(visit->arena, figure, value),
                           .value = value,
                           .href = figure_href(visit, view, figure, org)};
}

static UnitScoreView unit_view(Visit *visit, const AssessmentView *view, const UnitScore *score)
{
    const Assessment *rule = &view->rule;
    ItemScoreView *items = NEW_ARRAY(visit->arena, ItemScoreView, rule->n_items);
    ItemScoreView *excluded = NEW_ARRAY(visit->arena, ItemScoreView, rule->n_excluded);
    UnitScoreView unit = {.score = score,
                          .unit = label_text(score->org->title, visit->language),
                          .code = score->org->code,
                          .items = items,
                          .excluded = excluded};
    for (size_t i = 0; i < rule->n_items; i++) {
        items[i] =
            value_view(visit, view, rule->items[i].figure, score->org, &score->items[i].value);
        if (score->is_scored)
            items[i].marks = hundredths(visit->arena, score->items[i].marks);
    }
    for (size_t i = 0; i < rule->n_excluded; i++)
        excluded[i] = value_view(visit, view, rule->excluded[i], score->org, &score->excluded[i]);
    unit.volume = figure_number(visit->arena, rule->volume, &score->volume);
    unit.volume_href = figure_href(visit, view, rule->volume, score->org);
    if (score->is_scored)
        unit.marks = hundredths(visit->arena, score->marks);
    return unit;
}

static int place_order(const void *a, const void *b)
{
    const UnitScoreView *one = a, *other = b;
    int x = one->score->place ? one->score->place : INT_MAX;
    int y = other->score->place ? other->score->place : INT_MAX;
    return x != y ? (x > y) - (x < y) : str_cmp(one->code, other->code);
}

static bool units_read(Visit *visit, AssessmentView *view, Err *err)
{
    IdVec orgs =
        permit_list_orgs(visit->arena, visit->office, &visit->actor, view->rule.volume->of->kind);
    AssessmentAsk ask = {&view->rule, view->from, view->until};
    UnitScores scores;
    UnitScoreView *units;
    if (!assessment_scores(visit->arena, visit->db, visit->office, &ask, &scores, err))
        return false;
    units = NEW_ARRAY(visit->arena, UnitScoreView, scores.n);
    for (size_t i = 0; i < scores.n; i++)
        if (sees_unit(visit, &orgs, scores.p[i].org->id))
            units[view->n_units++] = unit_view(visit, view, &scores.p[i]);
    if (view->ranked && view->n_units > 0)
        qsort(units, view->n_units, sizeof *units, place_order);
    view->units = units;
    return true;
}

bool assessment_view(Visit *visit, Str name, AssessmentView *ret_view, Err *err)
{
    const Assessment *rule = profile_assessment(visit->office->profile, name);
    AssessmentView view = {0};
    if (!rule)
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_assessment, name);
    rule_read(visit, rule, &view);
    if (!head_read(visit, rule, &view.head, err) || !round_pick(visit, &view, err))
        return false;
    words_of_rule(visit, &view);
    if (!units_read(visit, &view, err))
        return false;
    view.is_same_rule =
        !view.is_what_if && view.round && str_eq(view.round->rule, view.head.assessment->hash);
    *ret_view = view;
    return true;
}
