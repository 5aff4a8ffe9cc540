/* SPDX-License-Identifier: Apache-2.0 */
/* explain.h - what may stand in a field, in words: for templates, and for the definitions that go
 * with an export. */
#ifndef TONGXIN_RECORD_EXPLAIN_H
#define TONGXIN_RECORD_EXPLAIN_H

#include "profile/profile.h"

/* "an amount in 10,000 yuan", "one of: …": type, unit and the labels of the first choices. The
 * field's help, if it has one, stands on a second line. */
Str field_explain(Arena *arena, const Field *field, Language language);

/* The same for the record that one of a child kind belongs to. */
Str parent_explain(Arena *arena, const Kind *kind, Language language);

#endif
