/* SPDX-License-Identifier: Apache-2.0 */
/* sheet.h - the measures of a printed page, the same for Word and PDF.
 *
 * Chinese after GB/T 9704-2012: A4; margins 37, 35, 28 and 26 mm, so a type area of 156 x 225 mm
 * (5.1, 5.2); text in size 3, 22 lines of 28 characters (5.2.3); title in size 2 (7.3.1); the red
 * mark 35 mm below the top of the type area (7.2.4). English keeps the page and sets smaller type.
 */
#ifndef TONGXIN_DOCUMENT_SHEET_H
#define TONGXIN_DOCUMENT_SHEET_H

#include "write/paper.h"

/* Lengths in twentieths of a point, as Word counts. */
#define SHEET_WIDTH  11906
#define SHEET_HEIGHT 16838
#define SHEET_TOP    2098                                     /* 37 mm */
#define SHEET_BOTTOM 1984                                     /* 35 mm */
#define SHEET_LEFT   1587                                     /* 28 mm */
#define SHEET_RIGHT  1474                                     /* 26 mm */
#define SHEET_TYPE   (SHEET_WIDTH - SHEET_LEFT - SHEET_RIGHT) /* 156 mm */
#define SHEET_OFFICE 1984 /* from the top of the type area to the mark: 35 mm */
#define SHEET_FOOTER 397  /* from the bottom of the type area to the page number: 7 mm */
#define SHEET_RULE   227  /* from the number of the document to the red rule: 4 mm */
#define SHEET_CODE   1587 /* side of a QR code: 28 mm */
#define SHEET_RED    0xFF0000

typedef enum Face { FACE_SONG, FACE_TITLE, FACE_FANG, FACE_HEI, FACE_KAI, FACE__COUNT } Face;

/* How a block is set. Sizes of type in half points, lengths in twentieths of a point. */
typedef struct Setting {
    Face face;
    bool is_bold;
    int size;
    int line;   /* from one line to the next */
    int before; /* above the first line */
    int left;   /* of all lines */
    int indent; /* of the first line, beyond `left` */
    int pitch;  /* added behind each character: 28 of size 3 are 2 mm too wide (5.2.3) */
    int color;  /* 0xRRGGBB */
    enum { ALIGN_BOTH, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_LEFT } align;
} Setting;

/* What a block of this type and level looks like. */
Setting sheet_setting(Language language, PaperType type, int level);
/* Cells of tables, and what stands under a page. */
Setting sheet_cell(Language language, bool is_head);
Setting sheet_footer(Language language);
/* The size, in half points, at which the office's name fits on one line, at most 72. */
int sheet_office_size(Str name);

/* Width in half characters: 1 for what is narrow, 2 for Chinese. */
int sheet_halves(Str text);
/* PAPER_SIGN or PAPER_DATE at place `at` (7.3.5.4): who signs ends two characters left of the edge,
 * the date begins two characters right of that beginning; a longer date ends at those two and moves
 * who signs. In English both end at the edge. */
Setting sheet_signed(const Paper *paper, size_t at);
/* Widths of the columns of a table that begins at rows[0] and has `count` rows; their sum is
 * SHEET_TYPE. `ret_widths` has PAPER_CELLS_MAX places; the number of columns is returned. */
int sheet_columns(Language language, const PaperBlock *rows, size_t count, int *ret_widths);
/* How many blocks from `first` on are one table. */
size_t sheet_rows(const Paper *paper, size_t first);

#endif
