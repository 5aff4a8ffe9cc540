/* SPDX-License-Identifier: Apache-2.0 */
#include "api/answer.h"
#include "api/api.h"
#include "api/handlers.h"
#include "api/open311.h"
#include "export/briefing_document.h"
#include "export/case_file.h"
#include "view/attachment.h"

#define FORM_LIMIT   ((size_t)256 * 1024) /* bytes of a JSON form */
#define UPLOAD_LIMIT (ATTACHMENT_MAX + (size_t)64 * 1024)

#define PUBLIC      ROUTE_PUBLIC, 0
#define JSON_PUBLIC ROUTE_PUBLIC | ROUTE_JSON, FORM_LIMIT
#define READ        0, 0
#define READ_POOLED ROUTE_POOLED, 0
#define WRITE       ROUTE_JSON, FORM_LIMIT

static const Route routes[] = {
    {HTTP_GET, "/healthz", api_health, ROUTE_PUBLIC | ROUTE_QUIET, 0, "Is the site serving", NULL},
    {HTTP_GET, "/metrics", api_metrics, ROUTE_PUBLIC | ROUTE_QUIET, 0, "Counters for Prometheus",
     NULL},
    {HTTP_GET, API "/openapi.json", api_openapi, PUBLIC, "This description", "public"},
    {HTTP_POST, API "/session", api_session_post, ROUTE_PUBLIC | ROUTE_JSON | ROUTE_POOLED, 4096,
     "Sign in: a bearer token for 12 hours", "public"},
    {HTTP_GET, API "/session", api_session_get, READ, "Who is signed in", "staff"},
    {HTTP_DELETE, API "/session", api_session_delete, READ, "End the session", "staff"},
    {HTTP_GET, API "/kinds", api_kinds, READ, "Kinds of record", "staff"},
    {HTTP_GET, API "/kinds/{kind}", api_kind, READ, "Fields, states and moves of a kind", "staff"},
    {HTTP_GET, API "/orgs", api_orgs, PUBLIC, "The tree of organisations", "public"},
    {HTTP_GET, API "/accounts", api_accounts, READ, "Accounts with their roles", "admin"},
    {HTTP_GET, API "/desk", api_desk, READ_POOLED, "Open records that wait for the caller",
     "staff"},
    {HTTP_GET, API "/search", api_search, READ_POOLED, "Full text: ?q=", "staff"},
    {HTTP_GET, API "/records/{kind}", api_records, READ_POOLED, "A page of records", "staff"},
    {HTTP_POST, API "/records/{kind}", api_record_create, WRITE, "Make a record", "staff"},
    {HTTP_GET, API "/records/{kind}/{number}", api_record, READ_POOLED, "One record", "staff"},
    {HTTP_GET, API "/records/{kind}/{number}/history", api_record_history, READ_POOLED,
     "The entries of a record", "staff"},
    {HTTP_GET, API "/records/{kind}/{number}/pdf", case_file_answer, READ_POOLED,
     "A record with its history as PDF", "staff"},
    {HTTP_GET, API "/records/{kind}/{number}/similar", api_record_similar, READ_POOLED,
     "Look-alikes of a record, most alike first", "staff"},
    {HTTP_POST, API "/records/{kind}/{number}/moves/{move}", api_move, WRITE,
     "Run a move; also approve, refuse, reveal_contact, erase_text", "staff"},
    {HTTP_POST, API "/records/{kind}/{number}/attachments", api_attachment_post,
     ROUTE_UPLOAD | ROUTE_POOLED, UPLOAD_LIMIT, "Store a file that a move can then name", "staff"},
    {HTTP_POST, API "/imports", api_import_post, ROUTE_UPLOAD | ROUTE_POOLED, UPLOAD_LIMIT,
     "Look at a CSV sheet of new records; with apply, record it", "import"},
    {HTTP_GET, API "/attachments/{id}", attachment_answer, READ_POOLED, "A stored file", "staff"},
    {HTTP_GET, API "/public/records", api_public_list, ROUTE_PUBLIC | ROUTE_POOLED, 0,
     "Published records", "public"},
    {HTTP_POST, API "/public/records/{kind}", api_public_create, JSON_PUBLIC,
     "Submit without an account: number and query code", "public"},
    {HTTP_GET, API "/public/records/{number}", api_public_track, PUBLIC,
     "Follow a submission: ?code=", "public"},
    {HTTP_POST, API "/public/records/{number}/rating", api_public_rating, JSON_PUBLIC,
     "Rate the answer: {code, form}", "public"},
    {HTTP_POST, API "/public/records/{number}/moves/{move}", api_public_move, JSON_PUBLIC,
     "Another public move, such as withdraw: {code, form}", "public"},
    {HTTP_GET, API "/figures", api_figures, READ_POOLED,
     "All figures: ?org=&from=&to=&as_of=", "staff"},
    {HTTP_GET, API "/figures/{figure}", api_figure, READ_POOLED,
     "One figure, by organisation and month", "staff"},
    {HTTP_GET, API "/figures/{figure}/records", api_figure_records, READ_POOLED,
     "The records behind a figure", "staff"},
    {HTTP_GET, API "/coverage", api_coverages, ROUTE_PUBLIC | ROUTE_POOLED, 0,
     "How many of each set have what they should have: ?org=&from=&to=&as_of=", "public"},
    {HTTP_GET, API "/coverage/{coverage}", api_coverage, ROUTE_PUBLIC | ROUTE_POOLED, 0,
     "One of them with who has it and who does not, by organisation", "public"},
    {HTTP_GET, API "/plan", api_plan, ROUTE_PUBLIC | ROUTE_POOLED, 0,
     "Plans with branches, tasks and targets: ?year=&as_of=; announced ones without an account",
     "public"},
    {HTTP_GET, API "/targets", api_targets, ROUTE_PUBLIC | ROUTE_POOLED, 0,
     "Targets with what was reached: ?year=&as_of=", "public"},
    {HTTP_GET, API "/assessments", api_assessments, READ_POOLED,
     "Assessments of units with their rounds", "staff"},
    {HTTP_GET, API "/assessments/{assessment}", api_assessment, READ_POOLED,
     "The rule, the marks and the counts behind them: ?round=", "staff"},
    {HTTP_GET, API "/supervision", api_supervision, READ_POOLED,
     "Which units are late, newly overdue and second-stage records: ?week=", "staff"},
    {HTTP_GET, API "/supervision/{unit}", api_sheet, READ_POOLED,
     "What a unit owes in a week: ?week=", "staff"},
    {HTTP_GET, API "/briefings", api_briefings, READ, "Templates and published briefings", "staff"},
    {HTTP_GET, API "/briefings/{id}", api_briefing, READ_POOLED,
     "A draft by template, or a briefing by number: ?as_of=&org=&edition=", "staff"},
    {HTTP_GET, API "/briefings/{id}/docx", briefing_docx_answer, READ_POOLED,
     "A briefing as a Word file: ?edition=", "staff"},
    {HTTP_GET, API "/briefings/{id}/pdf", briefing_pdf_answer, READ_POOLED,
     "A briefing as PDF: ?edition=", "staff"},
    {HTTP_POST, API "/briefings/{id}/publish", api_briefing_publish, ROUTE_JSON | ROUTE_POOLED,
     FORM_LIMIT, "By template: drafts a briefing; by number: freezes and publishes it", "briefing"},
    {HTTP_GET, OPEN311 "/discovery.json", open311_discovery, PUBLIC, "Open311 discovery", "public"},
    {HTTP_GET, OPEN311 "/discovery.xml", open311_discovery, PUBLIC, "Open311 discovery", "public"},
    {HTTP_GET, OPEN311 "/services.json", open311_services, PUBLIC,
     "What can be submitted (Open311 GeoReport v2)", "public"},
    {HTTP_GET, OPEN311 "/services.xml", open311_services, PUBLIC,
     "What can be submitted (Open311 GeoReport v2)", "public"},
    {HTTP_GET, OPEN311 "/services/{file}", open311_service, PUBLIC, "One service", "public"},
    {HTTP_GET, OPEN311 "/requests.json", open311_requests, ROUTE_PUBLIC | ROUTE_POOLED, 0,
     "Published matters (Open311 GeoReport v2)", "public"},
    {HTTP_GET, OPEN311 "/requests.xml", open311_requests, ROUTE_PUBLIC | ROUTE_POOLED, 0,
     "Published matters (Open311 GeoReport v2)", "public"},
    {HTTP_GET, OPEN311 "/requests/{file}", open311_request, PUBLIC, "One published matter",
     "public"},
    {HTTP_GET, API "/ledger/checkpoint", api_ledger_checkpoint, PUBLIC,
     "The newest signed tree head (C2SP checkpoint)", "public"},
    {HTTP_GET, API "/ledger/heads", api_ledger_heads, PUBLIC, "Signed tree heads, newest first",
     "public"},
    {HTTP_GET, API "/ledger/key", api_ledger_key, PUBLIC, "The key that signs tree heads",
     "public"},
    {HTTP_GET, API "/ledger/proof", api_ledger_proof, PUBLIC,
     "Inclusion (?sequence= or ?number=) or consistency (?from=&to=)", "public"},
};

RouteTable api_table(void)
{
    return ROUTE_TABLE(routes);
}
