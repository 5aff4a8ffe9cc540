/* SPDX-License-Identifier: Apache-2.0 */
/* document.h - a described document (write/paper.h) made into a file by tongxin-document.
 *
 * Blocks until it is made: pooled routes and commands only. */
#ifndef TONGXIN_EXPORT_DOCUMENT_H
#define TONGXIN_EXPORT_DOCUMENT_H

#include "http/request.h"
#include "write/paper.h"

typedef enum DocumentFormat { DOCUMENT_DOCX, DOCUMENT_PDF, DOCUMENT__COUNT } DocumentFormat;

/* "docx", "pdf": the verb, and the end of a file's name. */
Str document_format_name(DocumentFormat format);
/* By that name; false for any other. */
bool document_format_parse(Str name, DocumentFormat *ret_format);

/* Whether this machine has the program that makes them. */
bool document_is_possible(void);
/* The file in `arena`. Errors of child_run. */
NODISCARD bool document_make(Arena *arena, const Paper *paper, DocumentFormat format, Str *ret_file,
                             Err *err);
/* Makes it and sends it as `name`.docx or `name`.pdf. */
HttpOutcome document_answer(HttpRequest *request, HttpResponse *response, const Paper *paper,
                            DocumentFormat format, Str name);

#endif
