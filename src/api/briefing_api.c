/* SPDX-License-Identifier: Apache-2.0 */
/* Briefings: drafts straight from a template, records of kind briefing with their editions. */
#include "report/briefing.h"

#include "api/handlers.h"
#include "api/record_json.h"
#include "base/utf8.h"

#include "query.h"

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

static bool record_query(Visit *visit, const Record *record, BriefingQuery *ret_query, Err *err)
{
    Str name = values_text(&record->values, S("template"));
    const BriefingTemplate *template = profile_briefing(visit->office->profile, name);
    QEntryLast last;
    bool found;
    if (!template)
        return err_set(err, ERR_NOT_FOUND, MSG_api_no_such_briefing, name);
    if (!q_entry_last(visit->db, visit->arena, &last, &found, err))
        return false;
    *ret_query = (BriefingQuery){.template = template,
                                 .org = values_id(&record->values, S("org")),
                                 .from = (Day)values_int(&record->values, S("period_from")),
                                 .to = (Day)values_int(&record->values, S("period_to")),
                                 .today = day_of(visit->now),
                                 .tree_size = found ? last.sequence : 0,
                                 .language = visit->language};
    /* The root covers the whole site, with what is not attributed. */
    if (ret_query->org == visit->office->orgs.root)
        ret_query->org = 0;
    return true;
}

static void write_figures(Json *json, const BriefingFigures *figures, Language language)
{
    json_field_array_begin(json, S("figures"));
    for (size_t i = 0; i < figures->n; i++) {
        json_object_begin(json);
        json_field_str(json, S("figure"), figures->p[i].name);
        json_field_str(json, S("label"), label_text(figures->p[i].label, language));
        json_field_str(json, S("value"), figures->p[i].number);
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

static HttpOutcome answer_draft(Visit *visit, HttpResponse *response, const BriefingQuery *query,
                                Str number)
{
    BriefingDraft draft;
    Err err = {0};
    Json json;
    if (!briefing_draft(visit->arena, visit->db, visit->office, query, &draft, &err))
        return http_fail(visit->request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("template"), query->template->name);
    if (number.n)
        json_field_str(&json, S("number"), number);
    json_field_str(&json, S("status"), S("draft"));
    json_field_day(&json, S("from"), query->from);
    json_field_day(&json, S("to"), query->to);
    json_field_str(&json, S("text"), briefing_markdown(visit->arena, &draft.text));
    write_figures(&json, &draft.figures, visit->language);
    write_checks(&json, &draft);
    json_object_end(&json);
    return answer_close(response, &json);
}

/* The newest edition as it was frozen, and what would be different today. */
static bool write_edition(Visit *visit, Json *json, Str frozen, Err *err)
{
    BriefingEdition edition;
    BriefingChanges changes;
    if (!briefing_edition_parse(visit->arena, frozen, &edition, err) ||
        !briefing_changes(visit->arena, visit->db, visit->office, &edition, &changes, err))
        return false;
    json_field_str(json, S("template"), edition.template_name);
    json_field_day(json, S("from"), edition.from);
    json_field_day(json, S("to"), edition.to);
    json_field_day(json, S("frozen_on"), edition.frozen_on);
    json_field_int(json, S("tree_size"), edition.tree_size);
    json_field_str(json, S("text"),
                   briefing_markdown(visit->arena, &edition.text[visit->language]));
    write_figures(json, &edition.figures, visit->language);
    json_field_array_begin(json, S("changes"));
    for (size_t i = 0; i < changes.n; i++) {
        json_object_begin(json);
        json_field_str(json, S("figure"), edition.figures.p[changes.p[i].figure].name);
        json_field_bool(json, S("definition_changed"), changes.p[i].definition_changed);
        json_field_int(json, S("value_now"), changes.p[i].now.value);
        json_field_int(json, S("added"), changes.p[i].added);
        json_field_int(json, S("removed"), changes.p[i].removed);
        json_object_end(json);
    }
    json_array_end(json);
    return true;
}

static HttpOutcome answer_editions(Visit *visit, HttpResponse *response, const Record *record,
                                   const QEditionList *editions)
{
    Err err = {0};
    Json json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("number"), values_text(&record->values, S("number")));
    json_field_str(&json, S("status"), values_text(&record->values, S("status")));
    json_field_int(&json, S("edition"), editions[0].edition);
    if (!write_edition(visit, &json, editions[0].frozen, &err))
        return http_fail(visit->request, response, &err);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_briefing(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Str id = http_param(request, S("id"));
    const BriefingTemplate *template = profile_briefing(visit->office->profile, id);
    QEditionList *editions;
    size_t count;
    BriefingQuery query;
    Record record;
    Err err = {0};
    if (template && visit_may(visit, S("briefing,board"))) {
        if (!template_query(visit, template, &query, &err))
            return http_fail(request, response, &err);
        return answer_draft(visit, response, &query, S(""));
    }
    if (!record_open(visit, S("briefing"), id, NULL, &record, &err) ||
        !q_edition_list_all(visit->db, visit->arena, record.id, &editions, &count, &err))
        return http_fail(request, response, &err);
    if (count > 0)
        return answer_editions(visit, response, &record, editions);
    if (!record_query(visit, &record, &query, &err))
        return http_fail(request, response, &err);
    return answer_draft(visit, response, &query, id);
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
    BriefingQuery query;
    Record record;
    if (!record_open(visit, S("briefing"), number, NULL, &record, err) ||
        !record_query(visit, &record, &query, err))
        return false;
    /* One state of the database for the text, the values and the record sets. */
    if (!db_begin(visit->db, err))
        return false;
    if (!briefing_freeze(visit->arena, visit->db, visit->office, &query, &change->frozen, err)) {
        db_rollback(visit->db);
        return false;
    }
    db_rollback(visit->db);
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
