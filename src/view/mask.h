/* SPDX-License-Identifier: Apache-2.0 */
/* mask.h - what of a record a visitor sees; for the files of this room.
 *
 * The public sees public_title, public_body and public_reply of published records. Staff see what
 * permit_see lets them list. Of confidential kinds, texts are shown to those whose role names the
 * kind and covers the record, the parties' names to its handlers (a role over `lead`) alone. */
#ifndef TONGXIN_VIEW_MASK_H
#define TONGXIN_VIEW_MASK_H

#include "view/field_view.h"

typedef struct Mask {
    bool open;        /* the record may be opened at all */
    bool public_only; /* nothing but what is published */
    bool texts;
    bool parties;
} Mask;

/* Of a kind that is open to all staff and published to everyone: what is not published yet is for
 * who writes briefings or decides, and this visitor is none of them. */
bool mask_hides_drafts(const Visit *visit, const Kind *kind);
/* What the visitor sees of this record. */
Mask mask_of(const Visit *visit, const Kind *kind, const Values *values);
/* It may stand in a list; `texts`: also in one found by texts. */
static inline bool mask_lets_stand(Mask mask, bool texts)
{
    return mask.open && (!texts || mask.texts);
}
/* The field may be shown, perhaps masked. Personal fields never. */
bool mask_shows(Mask mask, const Kind *kind, const Field *field);
/* The field under its mask. */
FieldView field_view(Visit *visit, const Kind *kind, Mask mask, const Field *field, Value value);
/* What the record is called, for this visitor. */
Str mask_title(Visit *visit, const Kind *kind, Mask mask, const Values *values);

#endif
