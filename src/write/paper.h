/* SPDX-License-Identifier: Apache-2.0 */
/* paper.h - a document to be printed, described: blocks of text by what they are, not how they
 * look. The server writes the description, tongxin-document reads it and lays it out as DOCX or
 * PDF after GB/T 9704-2012 (ADR 0012).
 *
 * The description is one line a block, each a flat object of canonical JSON (base/value.h), the
 * first of type "paper". Texts are UTF-8 without control characters but line ends.
 */
#ifndef TONGXIN_PAPER_H
#define TONGXIN_PAPER_H

#include "base/message.h"
#include "base/moment.h"
#include "base/value.h"
#include "base/vec.h"

#define PAPER_CELLS_MAX 32 /* cells of a row; more are left out by whoever writes */

typedef enum PaperType {
    PAPER_OFFICE,  /* name of the office, red, above the rule (the mark of GB/T 9704 7.2.4) */
    PAPER_NUMBER,  /* number of the document, under the mark; the red rule follows */
    PAPER_TITLE,   /* centred, size 2 */
    PAPER_NOTE,    /* under the title, centred: period, edition, that it is a draft */
    PAPER_HEADING, /* level 1..3 */
    PAPER_TEXT,
    PAPER_ITEM,  /* of a list */
    PAPER_ROW,   /* of a table: cells; level 1: a head row; consecutive rows are one table */
    PAPER_SIGN,  /* who signs; right */
    PAPER_DATE,  /* right, under PAPER_SIGN */
    PAPER_CODE,  /* `link` as a QR code with `text` beside it */
    PAPER_SMALL, /* size 4: remarks at the end */
    PAPER__COUNT
} PaperType;

typedef struct PaperBlock {
    PaperType type;
    int level;
    Str text;
    Str link;         /* PAPER_CODE */
    const Str *cells; /* PAPER_ROW */
    size_t n_cells;
} PaperBlock;

typedef struct Paper {
    Language language;
    Str title;   /* of the file */
    Day made_on; /* of the file; without an hour, so the same description gives the same file */
    Str mark;    /* in the margin of every page, "草稿"; empty: none */
    VEC(PaperBlock) blocks;
} Paper;

/* A block of one text at the end. */
void paper_add(Arena *arena, Paper *paper, PaperType type, Str text);
/* A row at the end; `cells` is kept by reference. */
void paper_row(Arena *arena, Paper *paper, bool is_head, const Str *cells, size_t n_cells);

Str paper_type_name(PaperType type); /* "heading" */

/* The description. */
void paper_write(Buf *buf, const Paper *paper);
/* Reads what paper_write wrote; ERR_WRONG names the line that is anything else. Texts are in
 * `arena`. */
NODISCARD bool paper_parse(Arena *arena, Str text, Paper *ret_paper, Err *err);

#endif
