/* SPDX-License-Identifier: Apache-2.0 */
/* canvas.h - pages of a PDF and text set on them: cairo and Pango behind one small face.
 *
 * Lengths and places are points, from the top left corner of the page. A canvas is used by one
 * thread and remembers the first thing that failed; canvas_close says it.
 */
#ifndef TONGXIN_DOCUMENT_CANVAS_H
#define TONGXIN_DOCUMENT_CANVAS_H

#include "document/sheet.h"
#include "write/qr.h"

typedef struct Canvas Canvas;
typedef struct CanvasText CanvasText; /* one paragraph in lines */

/* Handles and texts live as long as `arena`. ERR_ENVIRONMENT when no font here has Chinese. */
NODISCARD bool canvas_open(Arena *arena, const Paper *paper, Canvas **ret_canvas, Err *err);
/* Ends this page and begins the next. */
void canvas_page(Canvas *canvas);

/* The paragraph broken into lines of at most `width`, less setting->left. Line ends in `text` begin
 * new lines. */
CanvasText *canvas_text(Canvas *canvas, Str text, const Setting *setting, double width);
int canvas_lines(const CanvasText *text);
/* Draws one of its lines into a slot whose top is `y` and height the setting's line, at `x`. */
void canvas_draw(Canvas *canvas, const CanvasText *text, int line, double x, double y);

/* A line from one place to another. `color` is 0xRRGGBB. */
void canvas_rule(Canvas *canvas, double from[2], double to[2], double thickness, int color);
/* The code with its empty modules, filling a square of `side`; it opens `link`. */
void canvas_code(Canvas *canvas, QrModules code, Str link, double x, double y, double side);
/* An entry of the outline that readers show beside the pages, for the page as it is. */
void canvas_outline(Canvas *canvas, Str text, double y, int level);

/* The finished file, in the arena; ERR_INTERNAL with what cairo said. */
NODISCARD bool canvas_close(Canvas *canvas, Str *ret_file, Err *err);

#endif
