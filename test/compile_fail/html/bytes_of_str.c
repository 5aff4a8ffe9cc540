/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* The bytes of a Str are not markup. Must not compile. */
#include "write/html.h"

void show(Html *h, Str user);
void show(Html *h, Str user)
{
    HTML(h, "<p>", user.p, "</p>");
}
