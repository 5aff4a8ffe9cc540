/* SPDX-License-Identifier: Apache-2.0 */
/* verb.h - what tongxin-document can do. One verb a run: it reads all of standard input, writes one
 * file to standard output and ends with 0; or writes one line (base/err_line.h) to standard error
 * and ends with 1. Nothing of the output is written before all of it is made. */
#ifndef TONGXIN_DOCUMENT_VERB_H
#define TONGXIN_DOCUMENT_VERB_H

#include "base/err.h"
#include "document/sandbox.h"

/* `output` is in `arena`, which lives as long as the program. */
typedef bool (*VerbRun)(Arena *arena, Str input, Str *ret_output, Err *err);

typedef struct Verb {
    const char *name;
    Sandbox sandbox;  /* as little as it can do with */
    size_t input_max; /* bytes */
    VerbRun run;
} Verb;

/* A document (write/paper.h) as a Word file. */
NODISCARD bool docx_run(Arena *arena, Str input, Str *ret_output, Err *err);
/* The same as PDF, fonts embedded. */
NODISCARD bool pdf_run(Arena *arena, Str input, Str *ret_output, Err *err);

/* The first sheet of a workbook, as pieces (write/piece.h). */
NODISCARD bool xlsx_read_run(Arena *arena, Str input, Str *ret_output, Err *err);
/* A table (write/table.h) as a workbook. */
NODISCARD bool xlsx_write_run(Arena *arena, Str input, Str *ret_output, Err *err);

#endif
