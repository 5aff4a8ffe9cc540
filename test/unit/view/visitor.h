/* SPDX-License-Identifier: Apache-2.0 */
/* visitor.h - somebody who looks at the town of test/unit/change/support.h. */
#ifndef TEST_VIEW_VISITOR_H
#define TEST_VIEW_VISITOR_H

#include "support.h"

#include "view/list_view.h"

/* A visit of the account (NULL: the public), with the query of a request: "status=open&limit=5". */
Visit *visit_as(Town *town, const char *login, const char *query);
/* The kind of the active profile. */
const Kind *visit_kind(const Visit *visit, const char *name);
bool str_is(Str text, const char *expected);

#endif
