/* SPDX-License-Identifier: Apache-2.0 */
/* field_view.h - typed values as people read them, and as other programs name them. */
#ifndef TONGXIN_VIEW_FIELD_VIEW_H
#define TONGXIN_VIEW_FIELD_VIEW_H

#include "view/record_view.h"

/* A message of the catalogue in the visitor's language, up to three arguments. */
#define view_say(visit, ...)              VIEW_SAY(visit, __VA_ARGS__, S(""), S(""), S(""), 0)
#define VIEW_SAY(visit, id, a, b, c, ...) view_say_with((visit), (id), (a), (b), (c))
Str view_say_with(const Visit *visit, MessageId id, Str a, Str b, Str c);

/* Who made an entry: a desk's title, the public, the system. */
Str view_who(const Visit *visit, Str actor);

/* 2023年10月20日, 20 October 2023; empty for 0. */
Str view_day(const Visit *visit, Day day);
/* 10月20日, 20 October. */
Str view_month_day(const Visit *visit, Day day);

/* What a record or organisation is called; empty when it is not there. Titles of confidential kinds
 * are not told: their number stands instead. */
Str view_name(Visit *visit, int64_t id);
/* By what a form names it: code of an organisation of the tree, number, else
 * "#" and the id. */
Str view_reference(Visit *visit, int64_t id);
/* Where its page is; empty when the visitor has none. */
Str view_href(Visit *visit, const Kind *kind, const Record *record);

/* The value in words of the visitor's language; empty for nothing. */
Str field_text(Visit *visit, const Field *field, Value value);

#endif
