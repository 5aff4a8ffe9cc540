/* SPDX-License-Identifier: Apache-2.0 */
/* /assessments: the same views as the pages. */
#include "api/handlers.h"
#include "api/record_json.h"
#include "view/assessment_view.h"

static void write_round(Json *json, const RoundView *round)
{
    json_object_begin(json);
    json_field_str(json, S("number"), round->number);
    json_field_str(json, S("title"), round->title);
    json_field_str(json, S("status_label"), round->status_label);
    json_field_day(json, S("from"), round->from);
    json_field_day(json, S("to"), round->to);
    json_field_str(json, S("rule"), round->rule);
    json_field_bool(json, S("final"), round->is_final);
    json_object_end(json);
}

static void head_members(Json *json, const AssessmentHead *head)
{
    json_field_str(json, S("assessment"), head->name);
    json_field_str(json, S("label"), head->label);
    json_field_str(json, S("define"), head->define);
    json_field_str(json, S("rule"), head->assessment->hash);
    json_field_bool(json, S("ranking"), head->assessment->ranking);
    json_field_array_begin(json, S("rounds"));
    for (size_t i = 0; i < head->n_rounds; i++)
        write_round(json, &head->rounds[i]);
    json_array_end(json);
}

HttpOutcome api_assessments(HttpRequest *request, HttpResponse *response)
{
    AssessmentHead *heads;
    size_t count;
    Err err = {0};
    Json json;
    if (!assessments_view(visit_of(request), &heads, &count, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_array_begin(&json, S("assessments"));
    for (size_t i = 0; i < count; i++) {
        json_object_begin(&json);
        head_members(&json, &heads[i]);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

/* ---- one ---- */

static void write_items(Json *json, const AssessmentView *view)
{
    json_field_array_begin(json, S("items"));
    for (size_t i = 0; i < view->rule.n_items; i++) {
        const ItemRuleView *item = &view->items[i];
        json_object_begin(json);
        json_field_str(json, S("name"), item->name);
        json_field_str(json, S("label"), item->label);
        json_field_str(json, S("figure"), item->item->figure->name);
        json_field_int(json, S("weight"), item->item->weight);
        json_number(json, S("zero"), item->zero);
        json_number(json, S("full"), item->full);
        json_field_str(json, S("rule_words"), item->rule);
        json_object_end(json);
    }
    json_array_end(json);
}

/* The records behind it are GET /figures/{figure}/records with org, from and to. */
static void write_score(Json *json, const Figure *figure, const ItemScoreView *score)
{
    json_object_begin(json);
    json_field_str(json, S("figure"), figure->name);
    json_number(json, S("marks"), score->marks);
    json_number(json, S("value"), score->number);
    json_field_str(json, S("text"), score->text);
    if (indicator_has_whole(figure->of)) {
        json_field_int(json, S("numerator"), score->value->numerator);
        json_field_int(json, S("denominator"), score->value->denominator);
    }
    json_object_end(json);
}

static void write_unit(Json *json, const AssessmentView *view, const UnitScoreView *unit)
{
    json_object_begin(json);
    json_field_str(json, S("org"), unit->code);
    json_field_str(json, S("label"), unit->unit);
    json_field_bool(json, S("scored"), unit->score->is_scored);
    json_number(json, S("marks"), unit->marks);
    json_number(json, S("volume"), unit->volume);
    if (view->ranked && unit->score->place)
        json_field_int(json, S("place"), unit->score->place);
    json_field_array_begin(json, S("scores"));
    for (size_t i = 0; i < view->rule.n_items; i++)
        write_score(json, view->rule.items[i].figure, &unit->items[i]);
    json_array_end(json);
    json_field_array_begin(json, S("excluded"));
    for (size_t i = 0; i < view->rule.n_excluded; i++)
        write_score(json, view->rule.excluded[i], &unit->excluded[i]);
    json_array_end(json);
    json_object_end(json);
}

HttpOutcome api_assessment(HttpRequest *request, HttpResponse *response)
{
    AssessmentView view;
    Err err = {0};
    Json json;
    if (!assessment_view(visit_of(request), http_param(request, S("assessment")), &view, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    head_members(&json, &view.head);
    json_field_str(&json, S("round"), view.round ? view.round->number : S(""));
    json_field_bool(&json, S("what_if"), view.is_what_if);
    json_field_bool(&json, S("adopted_rule"), view.is_same_rule);
    json_field_day(&json, S("from"), view.from);
    json_field_day(&json, S("to"), view.to);
    json_field_day(&json, S("as_of"), view.until);
    json_field_int(&json, S("total"), view.total);
    json_field_str(&json, S("total_words"), view.sum_rule);
    json_field_str(&json, S("volume_words"), view.volume_rule);
    write_items(&json, &view);
    json_field_array_begin(&json, S("units"));
    for (size_t i = 0; i < view.n_units; i++)
        write_unit(&json, &view, &view.units[i]);
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}
