/* SPDX-License-Identifier: Apache-2.0 */
/* Briefings: drafts straight from a template, records of kind briefing with their editions. */
#include "view/briefing_view.h"

#include "api/handlers.h"
#include "api/record_json.h"
#include "base/utf8.h"

/* A draft of the template for a period and an organisation. */
static bool template_query(Visit *visit, const BriefingTemplate *template, BriefingQuery *ret_query,
                           Err *err)
{
    Str as_of = http_query(visit->request, S("as_of")), code = http_query(visit->request, S("org"));
    const Org *org = org_by_code(&visit->office->orgs, code);
    Day day = day_of(visit->now);
    BriefingQuery query = {.template = template,
                           .org = org ? org->id : 0,
                           .today = day_of(visit->now),
                           .language = visit->language};
    if (as_of.n && !day_parse(as_of, &day))
        return err_set(err, ERR_BAD_REQUEST, MSG_api_bad_day, S("as_of"));
    if (code.n && !org)
        return err_set(err, ERR_BAD_REQUEST, MSG_view_no_such_org, code);
    figure_period(template->period, day, &query.from, &query.to);
    *ret_query = query;
    return true;
}

static void write_figures(Json *json, const Visit *visit, const BriefingFigures *figures)
{
    json_field_array_begin(json, S("figures"));
    for (size_t i = 0; i < figures->n; i++) {
        json_object_begin(json);
        json_field_str(json, S("figure"), figures->p[i].name);
        json_field_str(json, S("label"), label_text(figures->p[i].label, visit->language));
        json_field_str(json, S("value"), figures->p[i].number);
        const Org *org = org_find(&visit->office->orgs, figures->p[i].org);
        if (org)
            json_field_str(json, S("org"), org->code);
        json_field_day(json, S("from"), figures->p[i].from);
        json_field_day(json, S("to"), figures->p[i].to);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_checks(Json *json, const BriefingDraft *draft)
{
    json_field_array_begin(json, S("checks"));
    for (size_t i = 0; i < draft->checks.n; i++) {
        json_object_begin(json);
        json_field_bool(json, S("passed"), draft->checks.p[i].passed);
        json_field_bool(json, S("blocks"), draft->checks.p[i].blocks);
        json_field_str(json, S("sentence"), draft->checks.p[i].sentence);
        json_object_end(json);
    }
    json_array_end(json);
    json_field_bool(json, S("can_publish"), draft->can_publish);
}

/* `view`: of the record; NULL for a template alone. */
static HttpOutcome answer_draft(Visit *visit, HttpResponse *response, const BriefingQuery *query,
                                const BriefingDraft *draft, const BriefingView *view)
{
    Json json = answer_open(response, 200);
    json_object_begin(&json);
    if (query->template)
        json_field_str(&json, S("template"), query->template->name);
    if (view) {
        json_field_str(&json, S("number"), view->view.row.number);
        json_field_int(&json, S("editions"), view->newest);
    }
    json_field_str(&json, S("status"), S("draft"));
    json_field_day(&json, S("from"), query->from);
    json_field_day(&json, S("to"), query->to);
    json_field_str(&json, S("source"), draft->source);
    json_field_str(&json, S("text"), briefing_markdown(visit->arena, &draft->text));
    write_figures(&json, visit, &draft->figures);
    write_checks(&json, draft);
    json_object_end(&json);
    return answer_close(response, &json);
}

/* The edition as it was frozen, and what would be different today. */
static void write_edition(Visit *visit, Json *json, const BriefingView *view)
{
    const BriefingEdition *edition = &view->shown;
    if (edition->template_name.n)
        json_field_str(json, S("template"), edition->template_name);
    json_field_day(json, S("from"), edition->from);
    json_field_day(json, S("to"), edition->to);
    json_field_day(json, S("frozen_on"), edition->frozen_on);
    json_field_int(json, S("tree_size"), edition->tree_size);
    json_field_str(json, S("text"),
                   briefing_markdown(visit->arena, &edition->text[visit->language]));
    write_figures(json, visit, &edition->figures);
    json_field_array_begin(json, S("changes"));
    for (size_t i = 0; i < view->changes.n; i++) {
        const BriefingChange *change = &view->changes.p[i];
        json_object_begin(json);
        json_field_str(json, S("figure"), edition->figures.p[change->figure].name);
        json_field_bool(json, S("definition_changed"), change->definition_changed);
        json_field_int(json, S("value_now"), change->now.value);
        json_field_int(json, S("added"), change->added);
        json_field_int(json, S("removed"), change->removed);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_number(Json *json, Str name, const BriefingFigures *figures, int place)
{
    if (place >= 0)
        json_field_str(json, name, figures->p[place].number);
}

/* Why it was corrected, or corrects, and both values of what the two editions do not say alike. */
static void write_corrections(Json *json, const BriefingView *view)
{
    bool newest = view->edition == view->newest;
    const BriefingEdition *before = newest ? &view->other : &view->shown;
    const BriefingEdition *after = newest ? &view->shown : &view->other;
    if (!view->has_other)
        return;
    json_field_str(json, S("reason"), after->reason);
    json_field_array_begin(json, S("corrections"));
    for (size_t i = 0; i < view->corrections.n; i++) {
        const BriefingCorrection *one = &view->corrections.p[i];
        json_object_begin(json);
        json_field_str(json, S("figure"),
                       one->after >= 0 ? after->figures.p[one->after].name
                                       : before->figures.p[one->before].name);
        write_number(json, S("before"), &before->figures, one->before);
        write_number(json, S("after"), &after->figures, one->after);
        json_object_end(json);
    }
    json_array_end(json);
}

static HttpOutcome answer_edition(Visit *visit, HttpResponse *response, const BriefingView *view)
{
    Json json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("number"), view->view.row.number);
    json_field_str(&json, S("status"), values_text(&view->record.values, S("status")));
    json_field_int(&json, S("edition"), view->edition);
    json_field_int(&json, S("editions"), view->newest);
    write_edition(visit, &json, view);
    write_corrections(&json, view);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_briefing(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Str id = http_param(request, S("id"));
    const BriefingTemplate *template = profile_briefing(visit->office->profile, id);
    BriefingQuery query;
    BriefingDraft draft;
    BriefingView view;
    Err err = {0};
    if (template && visit_may(visit, S("briefing,board"))) {
        if (!template_query(visit, template, &query, &err) ||
            !briefing_draft(visit->arena, visit->db, visit->office, &query, &draft, &err))
            return http_fail(request, response, &err);
        return answer_draft(visit, response, &query, &draft, NULL);
    }
    if (!briefing_view(visit, id, &view, &err))
        return http_fail(request, response, &err);
    if (view.edition)
        return answer_edition(visit, response, &view);
    if (view.has_text)
        return answer_draft(visit, response, &view.query, &view.draft, &view);
    err_set(&err, ERR_NOT_FOUND, MSG_api_no_such_briefing,
            values_text(&view.record.values, S("template")));
    return http_fail(request, response, &err);
}

HttpOutcome api_briefings(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Profile *profile = visit->office->profile;
    const Kind *kind = profile_kind(profile, S("briefing"));
    ListView view = {0};
    Err err = {0};
    Json json;
    if (kind && !list_view(visit, kind, &view, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_array_begin(&json, S("templates"));
    for (size_t i = 0; i < profile->n_briefings; i++) {
        json_object_begin(&json);
        json_field_str(&json, S("template"), profile->briefings[i].name);
        json_field_str(&json, S("label"), label_text(profile->briefings[i].label, visit->language));
        json_object_end(&json);
    }
    json_array_end(&json);
    json_rows(&json, visit, S("records"), view.rows, view.n_rows);
    json_object_end(&json);
    return answer_close(response, &json);
}

/* ---- writing ---- */

static HttpOutcome answer_drafted(HttpRequest *request, HttpResponse *response)
{
    return answer_made(request, response, 202);
}

/* Publishing needs a record that somebody else drafted; of a template it makes that record. */
static Change *draft_change(Visit *visit, const BriefingQuery *query)
{
    Change *change = visit_new_change(visit);
    FormPair *pairs = NEW_ARRAY(visit->arena, FormPair, 5);
    const Org *org =
        org_find(&visit->office->orgs, query->org ? query->org : visit->office->orgs.root);
    Str title = STR(visit->arena, label_text(query->template->label, LANGUAGE_ZH), " ",
                    figure_period_text(visit->arena, query->from, query->to, LANGUAGE_ZH));
    pairs[0] = (FormPair){S("title"), utf8_head(title, 60)};
    pairs[1] = (FormPair){S("template"), query->template->name};
    pairs[2] = (FormPair){S("period_from"), day_text(visit->arena, query->from)};
    pairs[3] = (FormPair){S("period_to"), day_text(visit->arena, query->to)};
    pairs[4] = (FormPair){S("org"), org ? org->code : S("")};
    change->kind = S("briefing");
    change->move = S("draft");
    change->form = (FormInput){pairs, 5};
    return change;
}

static bool publish_change(Visit *visit, Str number, Change **ret_change, Err *err)
{
    Change *change = visit_new_change(visit);
    Record record;
    if (!record_open(visit, S("briefing"), number, NULL, &record, err) ||
        !briefing_publish(visit, &record, change, err))
        return false;
    change->record = record.id;
    change->kind = S("briefing");
    change->move = S("publish");
    change->version = record.version;
    *ret_change = change;
    return true;
}

HttpOutcome api_briefing_publish(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Str id = http_param(request, S("id"));
    const BriefingTemplate *template = profile_briefing(visit->office->profile, id);
    BriefingQuery query;
    Change *change;
    JsonIn in;
    Err err = {0};
    if (!answer_body(request, &in, &err))
        return http_fail(request, response, &err);
    if (template) {
        if (!template_query(visit, template, &query, &err))
            return http_fail(request, response, &err);
        return visit_change(visit, response, draft_change(visit, &query), answer_drafted);
    }
    if (!publish_change(visit, id, &change, &err))
        return http_fail(request, response, &err);
    return visit_change(visit, response, change, answer_moved);
}
