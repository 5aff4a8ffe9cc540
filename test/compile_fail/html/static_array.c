/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* Not even in a constant array, which could come from a table. Must not compile. */
#include "write/html.h"

static const char user[] = "<b>";
void show(Html *h);
void show(Html *h)
{
    HTML(h, "<p>", user, "</p>");
}
