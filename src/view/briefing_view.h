/* SPDX-License-Identifier: Apache-2.0 */
/* briefing_view.h - a briefing as a visitor may read it: the draft for who writes it, the edition
 * for everyone, with what was corrected; a text being written; the figures to put into it.
 */
#ifndef TONGXIN_VIEW_BRIEFING_VIEW_H
#define TONGXIN_VIEW_BRIEFING_VIEW_H

#include "report/briefing.h"
#include "view/record_view.h"

typedef struct BriefingView {
    RecordView view;
    Record record;
    BriefingQuery query;
    bool has_text;       /* false: its template is gone, so there is no draft */
    int64_t edition;     /* the one shown; 0: the draft */
    int64_t newest;      /* number of editions */
    bool may_draft;      /* the visitor may see drafts */
    BriefingDraft draft; /* edition 0 */
    BriefingEdition shown;
    BriefingChanges changes;         /* what its figures would be today */
    BriefingEdition other;           /* an older one is shown: the newest; else the one before */
    bool has_other;                  /* there is such an edition */
    BriefingCorrections corrections; /* between the two, older to newer */
} BriefingView;

/* Query parameters: edition (1, 2, …; draft), as_of: the edition that stood on that day, or the
 * draft's figures up to that day. ERR_NOT_FOUND for a number, an edition or a draft that the
 * visitor may not read. */
NODISCARD bool briefing_view(Visit *visit, Str number, BriefingView *ret_view, Err *err);

/* Freezes the record's draft as of now into `change`, which publishes it. */
NODISCARD bool briefing_publish(Visit *visit, const Record *record, Change *change, Err *err);

/* What a form of the moves draft and edit asks: title, template, period_from, period_to, org (a
 * code), text, text_en. */
BriefingQuery briefing_query_of_form(Visit *visit, const FormInput *form);

/* The text as it would be, with its checks; `*ret_refused` is what the door would say to the
 * change: nothing is written. False: the draft cannot be read. */
NODISCARD bool briefing_try(Visit *visit, const Change *change, BriefingDraft *ret_draft,
                            Err *ret_refused, Err *err);

typedef struct SlotRow {
    const BriefingSlot *slots; /* those whose words are true, the plain figure first */
    size_t n_slots;
    const Figure *figure;
    Str label, define, unit;
} SlotRow;

/* Figures with all words of `words` in name, label or definition, at most SLOT_ROWS_MAX, each in
 * the forms it can take now; with `of`, the name of a figure, also as a share of that one. */
#define SLOT_ROWS_MAX 12
NODISCARD bool briefing_figures_view(Visit *visit, const BriefingQuery *query, Str words, Str of,
                                     SlotRow **ret_rows, size_t *ret_count, Err *err);

#endif
