/* SPDX-License-Identifier: Apache-2.0 */
/* ui_import.h - the parts of the pages of a sheet: form, how it begins, what is wrong. */
#ifndef TONGXIN_PAGE_UI_IMPORT_H
#define TONGXIN_PAGE_UI_IMPORT_H

#include "page/ui.h"
#include "view/import_view.h"

/* /records/{kind}/import and what follows. */
Str ui_import_href(Arena *arena, const Kind *kind, Str rest);
/* Chooses a file; with the way to the template. */
void ui_import_form(Page *page, const Kind *kind);
/* The first rows as they were read. */
void ui_import_begin(Page *page, const Import *import);
/* The sheet that is kept under `sheet`, read as `encoding`; a button to read it the other way. */
void ui_import_encoding(Page *page, const Kind *kind, GridEncoding encoding, Str sheet);
/* How many rows, how many faults. */
void ui_import_counts(Page *page, const Import *import);
/* The button that records; nothing when there is nothing to record. */
void ui_import_make(Page *page, const Import *import, Str sheet);
/* The problems from the one at `from`: cell, title, what stands there, what is wrong. */
void ui_import_problems(Page *page, const Import *import, size_t from);

#endif
