/* SPDX-License-Identifier: Apache-2.0 */
/* handlers.h - every handler of the table; for the files of this room. */
#ifndef TONGXIN_API_HANDLERS_H
#define TONGXIN_API_HANDLERS_H

#include "http/request.h"

/* session_api.c */
HttpOutcome api_session_post(HttpRequest *request, HttpResponse *response);
HttpOutcome api_session_delete(HttpRequest *request, HttpResponse *response);
HttpOutcome api_session_get(HttpRequest *request, HttpResponse *response);

/* kind_api.c */
HttpOutcome api_kinds(HttpRequest *request, HttpResponse *response);
HttpOutcome api_kind(HttpRequest *request, HttpResponse *response);
HttpOutcome api_orgs(HttpRequest *request, HttpResponse *response);
HttpOutcome api_accounts(HttpRequest *request, HttpResponse *response);

/* record_api.c */
HttpOutcome api_records(HttpRequest *request, HttpResponse *response);
HttpOutcome api_record_create(HttpRequest *request, HttpResponse *response);
HttpOutcome api_record(HttpRequest *request, HttpResponse *response);
HttpOutcome api_record_history(HttpRequest *request, HttpResponse *response);
HttpOutcome api_record_similar(HttpRequest *request, HttpResponse *response);
HttpOutcome api_desk(HttpRequest *request, HttpResponse *response);
HttpOutcome api_search(HttpRequest *request, HttpResponse *response);

/* move_api.c */
HttpOutcome api_move(HttpRequest *request, HttpResponse *response);

/* public_api.c */
HttpOutcome api_public_create(HttpRequest *request, HttpResponse *response);
HttpOutcome api_public_list(HttpRequest *request, HttpResponse *response);
HttpOutcome api_public_track(HttpRequest *request, HttpResponse *response);
HttpOutcome api_public_rating(HttpRequest *request, HttpResponse *response);
HttpOutcome api_public_move(HttpRequest *request, HttpResponse *response);

/* figure_api.c */
HttpOutcome api_figures(HttpRequest *request, HttpResponse *response);
HttpOutcome api_figure(HttpRequest *request, HttpResponse *response);
HttpOutcome api_figure_records(HttpRequest *request, HttpResponse *response);

/* plan_api.c */
HttpOutcome api_coverages(HttpRequest *request, HttpResponse *response);
HttpOutcome api_coverage(HttpRequest *request, HttpResponse *response);
HttpOutcome api_plan(HttpRequest *request, HttpResponse *response);
HttpOutcome api_targets(HttpRequest *request, HttpResponse *response);

/* assessment_api.c */
HttpOutcome api_assessments(HttpRequest *request, HttpResponse *response);
HttpOutcome api_assessment(HttpRequest *request, HttpResponse *response);

/* supervision_api.c */
HttpOutcome api_supervision(HttpRequest *request, HttpResponse *response);
HttpOutcome api_sheet(HttpRequest *request, HttpResponse *response);

/* briefing_api.c */
HttpOutcome api_briefings(HttpRequest *request, HttpResponse *response);
HttpOutcome api_briefing(HttpRequest *request, HttpResponse *response);
HttpOutcome api_briefing_publish(HttpRequest *request, HttpResponse *response);

/* ledger_api.c */
HttpOutcome api_ledger_checkpoint(HttpRequest *request, HttpResponse *response);
HttpOutcome api_ledger_heads(HttpRequest *request, HttpResponse *response);
HttpOutcome api_ledger_key(HttpRequest *request, HttpResponse *response);
HttpOutcome api_ledger_proof(HttpRequest *request, HttpResponse *response);

/* attachment_api.c */
HttpOutcome api_attachment_post(HttpRequest *request, HttpResponse *response);

/* import_api.c */
HttpOutcome api_import_post(HttpRequest *request, HttpResponse *response);

/* health.c */
HttpOutcome api_health(HttpRequest *request, HttpResponse *response);
HttpOutcome api_metrics(HttpRequest *request, HttpResponse *response);

/* openapi.c */
HttpOutcome api_openapi(HttpRequest *request, HttpResponse *response);

#endif
