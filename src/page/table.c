/* SPDX-License-Identifier: Apache-2.0 */
/* Which address is which page. */
#include "export/briefing_document.h"
#include "export/case_file.h"
#include "page/page.h"
#include "page/pages.h"
#include "view/attachment.h"

#define OPEN  ROUTE_PUBLIC
#define STAFF "staff"
/* Another program makes it. */
#define PRINTED (OPEN | ROUTE_POOLED | ROUTE_COSTLY)
/* Storing a file waits for the disk. */
#define FILES     (ROUTE_UPLOAD | ROUTE_POOLED)
#define FILES_MAX (2 * ATTACHMENT_MAX)
/* Two texts of a briefing, escaped: a byte is three. */
#define WRITING_MAX (3 * 2 * FORM_FIELD_MAX)

static const Route routes[] = {
    {HTTP_GET, "/", page_portal, OPEN, 0, "Front page", NULL},
    {HTTP_GET, "/submit/{kind}", page_submit, OPEN, 0, "Form without an account", NULL},
    {HTTP_POST, "/submit/{kind}", page_submit_post, OPEN | FILES, FILES_MAX,
     "Submits a matter; answers with its receipt", NULL},
    {HTTP_GET, "/similar", page_similar, OPEN, 0,
     "Look-alikes of a text being typed, as a fragment", NULL},
    {HTTP_GET, "/similar/{kind}", page_similar, OPEN, 0,
     "Look-alikes of a text being typed, as a fragment", NULL},
    {HTTP_GET, "/track", page_track, OPEN, 0, "Follow a matter with number and code", NULL},
    {HTTP_POST, "/track/{number}/moves/{move}", page_track_move, OPEN | ROUTE_FORM, 0,
     "Rates the answer or withdraws", NULL},
    {HTTP_GET, "/answers", page_answers, OPEN, 0, "Published answers", NULL},
    {HTTP_GET, "/ledger", page_ledger, OPEN, 0, "Tree heads and inclusion check", NULL},
    {HTTP_GET, "/verify", page_verify, OPEN, 0, "Does a printed figure still stand", NULL},
    {HTTP_GET, "/help", page_help, OPEN, 0, "Help", NULL},
    {HTTP_GET, "/assets/{file}", page_asset, OPEN | ROUTE_QUIET, 0, "Style, script, icons", NULL},
    {HTTP_POST, "/size", page_size, OPEN | ROUTE_FORM, 0, "Large print on and off", NULL},
    {HTTP_POST, "/density", page_density, OPEN | ROUTE_FORM, 0, "Compact rows on and off", NULL},
    {HTTP_POST, "/language", page_language, OPEN | ROUTE_FORM, 0, "Chinese or English", NULL},

    {HTTP_GET, "/sign-in", page_sign_in, OPEN, 0, "Sign in", NULL},
    {HTTP_POST, "/sign-in", page_sign_in_post, OPEN | ROUTE_FORM | ROUTE_POOLED, 0, "Signs in",
     NULL},
    {HTTP_POST, "/sign-out", page_sign_out, OPEN | ROUTE_FORM, 0, "Signs out", NULL},
    {HTTP_GET, "/account/password", page_password, 0, 0, "Change the password", STAFF},
    {HTTP_POST, "/account/password", page_password_post, ROUTE_FORM | ROUTE_POOLED, 0,
     "Changes the password", STAFF},

    {HTTP_GET, "/desk", page_desk, 0, 0, "What is to be done", STAFF},
    {HTTP_GET, "/search", page_search, 0, 0, "Full text", STAFF},
    {HTTP_GET, "/records/{kind}", page_records, 0, 0, "List of a kind", STAFF},
    {HTTP_GET, "/records/{kind}/new", page_record_new, 0, 0, "Form of a new record", STAFF},
    {HTTP_POST, "/records/{kind}/new", page_record_create, FILES, FILES_MAX, "Makes a record",
     STAFF},
    {HTTP_POST, "/records/{kind}/moves/{move}", page_record_bulk, ROUTE_FORM, 0,
     "Makes a move on several records", STAFF},
    {HTTP_POST, "/records/{kind}/columns", page_record_columns, ROUTE_FORM, 0,
     "Chooses the columns of the list", STAFF},
    {HTTP_GET, "/records/{kind}/export", page_record_export, ROUTE_POOLED, 0,
     "The list as a sheet, as it is filtered", STAFF},
    {HTTP_GET, "/records/{kind}/import", page_import, 0, 0, "Form for a sheet of new records",
     "import"},
    {HTTP_GET, "/records/{kind}/import/template", page_import_template, ROUTE_POOLED, 0,
     "A sheet to be filled in", "import"},
    {HTTP_POST, "/records/{kind}/import", page_import_look, FILES, FILES_MAX,
     "Looks at a sheet and says what is wrong with it", "import"},
    {HTTP_POST, "/records/{kind}/import/apply", page_import_apply, ROUTE_FORM | ROUTE_POOLED, 0,
     "Records a sheet that was looked at", "import"},
    {HTTP_GET, "/records/{kind}/{number}", page_record, 0, 0, "One record", STAFF},
    {HTTP_GET, "/records/{kind}/{number}/pdf", case_file_answer, ROUTE_POOLED, 0,
     "One record with its history as PDF", STAFF},
    {HTTP_POST, "/records/{kind}/{number}/moves/{move}", page_record_move, FILES, FILES_MAX,
     "Makes a move", STAFF},
    {HTTP_POST, "/records/{kind}/{number}/contact", page_record_contact, ROUTE_FORM, 0,
     "Shows the contact once; journaled", STAFF},

    {HTTP_GET, "/attachments/{id}", attachment_answer, ROUTE_POOLED, 0, "A stored file", STAFF},

    {HTTP_GET, "/figures", page_figures, OPEN, 0, "All figures", NULL},
    {HTTP_GET, "/figures/export", page_figures_export, OPEN | ROUTE_POOLED, 0,
     "All figures as a sheet", NULL},
    {HTTP_GET, "/figures/{figure}", page_figure, OPEN, 0, "A figure and its records", NULL},
    {HTTP_GET, "/coverage", page_coverages, OPEN, 0, "Who of those that should have it has it",
     NULL},
    {HTTP_GET, "/coverage/{coverage}", page_coverage, OPEN, 0, "One coverage with who is missing",
     NULL},
    {HTTP_GET, "/plan", page_plan, OPEN, 0, "Plans with their tasks and targets", NULL},
    {HTTP_GET, "/targets", page_targets, OPEN, 0, "Promised, how far, reached", NULL},
    {HTTP_GET, "/board", page_board, 0, 0, "The leader's board", "board"},
    {HTTP_GET, "/assessments", page_assessments, 0, 0, "Assessments of units", STAFF},
    {HTTP_GET, "/assessments/{assessment}", page_assessment, 0, 0,
     "The rule, the marks and the counts behind them", STAFF},
    {HTTP_GET, "/supervision", page_supervision, 0, 0, "Which units are late", STAFF},
    {HTTP_GET, "/supervision/{unit}", page_sheet, 0, 0, "What a unit owes this week", STAFF},
    {HTTP_GET, "/supervision/{unit}/export", page_sheet_export, ROUTE_POOLED, 0,
     "The same as a sheet", STAFF},
    {HTTP_GET, "/briefings", page_briefings, OPEN, 0, "Briefings", NULL},
    {HTTP_GET, "/briefings/{number}", page_briefing, OPEN, 0, "One briefing", NULL},
    {HTTP_GET, "/briefings/{number}/markdown", page_briefing_markdown, OPEN, 0,
     "A briefing as Markdown", NULL},
    {HTTP_GET, "/briefings/{number}/docx", briefing_docx_answer, PRINTED, 0,
     "A briefing as a Word file", NULL},
    {HTTP_GET, "/briefings/{number}/pdf", briefing_pdf_answer, PRINTED, 0, "A briefing as PDF",
     NULL},
    {HTTP_GET, "/briefings/{number}/csv", page_briefing_csv, OPEN, 0,
     "The tables of a briefing with what each figure means", NULL},
    {HTTP_GET, "/briefings/new", page_briefing_write, ROUTE_POOLED, 0, "Writes a briefing",
     "briefing"},
    {HTTP_POST, "/briefings/new", page_briefing_write_post, ROUTE_FORM | ROUTE_POOLED, WRITING_MAX,
     "Shows what was written, or saves it as a draft", "briefing"},
    {HTTP_GET, "/briefings/{number}/edit", page_briefing_write, ROUTE_POOLED, 0,
     "Writes on a draft", "briefing"},
    {HTTP_POST, "/briefings/{number}/edit", page_briefing_write_post, ROUTE_FORM | ROUTE_POOLED,
     WRITING_MAX, "Shows what was written, or saves it", "briefing"},
    {HTTP_GET, "/briefings/figures", page_briefing_figures, ROUTE_POOLED, 0,
     "Figures to put into a briefing, with their values", "briefing"},

    {HTTP_GET, "/organisations", page_organisations, OPEN, 0, "The office's tree", NULL},
    {HTTP_GET, "/organisations/{code}", page_organisation, OPEN, 0, "One body of the tree", NULL},
    {HTTP_GET, "/calendar", page_calendar, OPEN, 0, "Working days and due days", NULL},
    {HTTP_GET, "/admin", page_admin, 0, 0, "Accounts and site", "admin"},
    {HTTP_GET, "/admin/accounts/{login}", page_admin_account, 0, 0, "One account", "admin"},
    {HTTP_POST, "/admin/accounts/{login}/grant", page_admin_grant, ROUTE_FORM, 0,
     "Gives or takes back a role", "admin"},
    {HTTP_POST, "/admin/accounts/{login}/password", page_admin_password, ROUTE_FORM | ROUTE_POOLED,
     0, "Sets a first password", "admin"},
};

RouteTable page_table(void)
{
    return ROUTE_TABLE(routes);
}
