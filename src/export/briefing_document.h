/* SPDX-License-Identifier: Apache-2.0 */
/* briefing_document.h - a briefing in the layout of an official document: a published edition with
 * who signs, its date and a QR code of its page, or a draft that says on every page that it is
 * one. */
#ifndef TONGXIN_EXPORT_BRIEFING_DOCUMENT_H
#define TONGXIN_EXPORT_BRIEFING_DOCUMENT_H

#include "http/request.h"
#include "report/briefing.h"
#include "write/paper.h"

typedef struct BriefingPrint {
    const BriefingText *text;
    Label office;    /* whose mark stands on top, and who signs */
    Str number;      /* of the record; empty: not given yet */
    int64_t edition; /* 1..; 0: a draft */
    Day day;         /* it was frozen, or the draft was made */
    Str address;     /* of the site as browsers know it; empty: the path alone is said */
    Language language;
} BriefingPrint;

/* The first heading is the title; the headings below it keep the numbers that the text gives them.
 * Texts live in `arena` or where `print` has them. */
Paper briefing_document(Arena *arena, const BriefingPrint *print);

/* Handlers of …/briefings/{number}/docx and …/pdf, pooled: what briefing_view shows the visitor,
 * with its query parameters. */
HttpOutcome briefing_docx_answer(HttpRequest *request, HttpResponse *response);
HttpOutcome briefing_pdf_answer(HttpRequest *request, HttpResponse *response);

#endif
