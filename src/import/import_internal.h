/* SPDX-License-Identifier: Apache-2.0 */
/* import_internal.h - the parts of a preview; for the files of this room. */
#ifndef TONGXIN_IMPORT_INTERNAL_H
#define TONGXIN_IMPORT_INTERNAL_H

#include "import/import.h"

/* Begins the first cell of a template's row of explanations. */
#define IMPORT_EXPLAINS S("※")

/* Notes what is wrong; `column` from 1, 0 for none. */
void import_problem(Import *import, int64_t row, size_t column, Str title, Str sentence);
/* The sentence in the language of the import. */
#define import_say(import, id, ...) import_say_args((import), (id), (const Str[3]){__VA_ARGS__})
/* What import_say calls. */
Str import_say_args(const Import *import, MessageId id, const Str args[3]);

/* Notes what is wrong with a cell of the row; the row cannot be made. */
void import_wrong(Import *import, ImportRow *row, size_t column, Str sentence);

/* The code of the organisation of the tree that a cell names. */
void import_org(Import *import, ImportRow *row, size_t column, Str *text);
/* Cells that name a record by code or title get its number; what a row further up is called
 * becomes a link. False only when the database cannot be read. */
NODISCARD bool import_refer(Import *import, ImportRow *row, Err *err);
/* Puts the numbers of linked rows into the form. False, with the problem noted, when one has no
 * record. */
bool import_linked(Import *import, ImportRow *row);
/* Rows below may name the one at this place in `rows`. */
void import_made(Import *import, size_t at);

/* What the titles of the sheet mean. Unknown, doubled, missing and refused ones become problems. */
void import_columns(Import *import, const GridRow *head);
/* What a template and a diagnostic call the field: its label, with the name when two fields of the
 * form share the label. */
Str import_title(Arena *arena, const MoveFields *fields, const Field *field, Language language);

/* Adds the cell to the form: several choices or organisations one by one. False, with the problem
 * noted, where a spreadsheet has spoilt it. */
bool import_cell(Import *import, int64_t row, size_t column, Str text, StrVec *ret_texts);

#endif
