/* SPDX-License-Identifier: Apache-2.0 */
/* pages.h - the handlers of this room; table.c says which address each answers. */
#ifndef TONGXIN_PAGE_PAGES_H
#define TONGXIN_PAGE_PAGES_H

#include "base/number.h"
#include "page/ui.h"

/* How long a browser remembers what was chosen. */
#define YEAR_S (INT64_C(365) * 24 * 3600)

#define PAGE_HANDLER(name) HttpOutcome name(HttpRequest *request, HttpResponse *response)

/* Public pages. */
PAGE_HANDLER(page_portal);
PAGE_HANDLER(page_answers);
PAGE_HANDLER(page_submit);
PAGE_HANDLER(page_submit_post);
PAGE_HANDLER(page_similar);
PAGE_HANDLER(page_track);
PAGE_HANDLER(page_track_move);
PAGE_HANDLER(page_help);
PAGE_HANDLER(page_ledger);
PAGE_HANDLER(page_verify);
PAGE_HANDLER(page_asset);
PAGE_HANDLER(page_size);
PAGE_HANDLER(page_density);
PAGE_HANDLER(page_language);

/* Signing in. */
PAGE_HANDLER(page_sign_in);
PAGE_HANDLER(page_sign_in_post);
PAGE_HANDLER(page_sign_out);
PAGE_HANDLER(page_password);
PAGE_HANDLER(page_password_post);

/* The staff's work. */
PAGE_HANDLER(page_desk);
PAGE_HANDLER(page_records);
PAGE_HANDLER(page_record);
PAGE_HANDLER(page_record_new);
PAGE_HANDLER(page_record_create);
PAGE_HANDLER(page_record_move);
PAGE_HANDLER(page_record_bulk);
PAGE_HANDLER(page_record_columns);
PAGE_HANDLER(page_record_export);
PAGE_HANDLER(page_record_contact);
PAGE_HANDLER(page_import);
PAGE_HANDLER(page_import_template);
PAGE_HANDLER(page_import_look);
PAGE_HANDLER(page_import_apply);
PAGE_HANDLER(page_search);

/* Figures and reports. */
PAGE_HANDLER(page_figures);
PAGE_HANDLER(page_figure);
PAGE_HANDLER(page_figures_export);
PAGE_HANDLER(page_board);
PAGE_HANDLER(page_coverages);
PAGE_HANDLER(page_coverage);
PAGE_HANDLER(page_plan);
PAGE_HANDLER(page_targets);
PAGE_HANDLER(page_assessments);
PAGE_HANDLER(page_assessment);
PAGE_HANDLER(page_supervision);
PAGE_HANDLER(page_sheet);
PAGE_HANDLER(page_sheet_export);
PAGE_HANDLER(page_briefings);
PAGE_HANDLER(page_briefing);
PAGE_HANDLER(page_briefing_markdown);
PAGE_HANDLER(page_briefing_csv);
PAGE_HANDLER(page_briefing_write);
PAGE_HANDLER(page_briefing_write_post);
PAGE_HANDLER(page_briefing_figures);

/* The office. */
PAGE_HANDLER(page_organisations);
PAGE_HANDLER(page_organisation);
PAGE_HANDLER(page_calendar);
PAGE_HANDLER(page_admin);
PAGE_HANDLER(page_admin_account);
PAGE_HANDLER(page_admin_grant);
PAGE_HANDLER(page_admin_password);

/* Published matters as the public sees them in lists. */
void ui_answers(Page *page, const RecordRow *rows, size_t count);

/* What of a record's page depends on what was just tried. */
typedef struct RecordPage {
    Str done;              /* name of the move that was made; empty: none */
    bool pending;          /* it waits for the second person */
    const Err *err;        /* of the move that was refused */
    Str refused;           /* its name */
    const FormInput *sent; /* what was typed */
    Str contact_name;      /* revealed for this one answer */
    Str contact_phone;
    bool has_contact;
} RecordPage;
/* Writes the page of the record that the path names. */
HttpOutcome record_show(HttpRequest *request, HttpResponse *response, const RecordPage *state);

/* Publishing carries the edition: freezes the briefing of `view` into the change. */
NODISCARD bool briefing_fill_change(Visit *visit, const RecordView *view, Change *change, Err *err);
/* Tabs over figures, the board, supervision and assessments, or over plan and targets, as `nav`
 * says; over all of them in the public frame, which has no navigation beside it. The one with the
 * address is here. */
void figure_tabs(Page *page, PageNav nav, Str here);
/* What the figures on the page are about, and how to ask for other organisations and days. */
void figure_chips(Page *page, Str label, Str period);

/* One more name and text. */
void form_add(Arena *arena, FormInput *form, Str name, Str text);
/* Stores the files of the form one after the other, puts their ids into the change, makes it. */
HttpOutcome change_with_files(HttpRequest *request, HttpResponse *response, Change *change,
                              HttpHandler then);

/* The page of an account's password and roles. */
Str page_account_href(Arena *arena, int64_t account);

/* A page for what is not there. */
HttpOutcome page_missing(HttpRequest *request, HttpResponse *response);

#endif
