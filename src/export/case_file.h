/* SPDX-License-Identifier: Apache-2.0 */
/* case_file.h - one record as a document: its text, fields, answer, children, what points to it,
 * files, history, and the signed head of the journal it can be checked against.
 *
 * Written from RecordView alone, so it says what the record's page says to the same visitor and
 * nothing else. */
#ifndef TONGXIN_EXPORT_CASE_FILE_H
#define TONGXIN_EXPORT_CASE_FILE_H

#include "view/record_view.h"
#include "write/paper.h"

/* Reads the files' hashes and the head beside the view. Texts live in the visit's arena. */
NODISCARD bool case_file(Visit *visit, const RecordView *view, Paper *ret_paper, Err *err);

/* Handler of …/records/{kind}/{number}/pdf, pooled. */
HttpOutcome case_file_answer(HttpRequest *request, HttpResponse *response);

#endif
