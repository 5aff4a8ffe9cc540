/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* Nor as char *. Must not compile. */
#include "write/html.h"

void show(Html *h, char *user);
void show(Html *h, char *user)
{
    HTML(h, "<p>", user, "</p>");
}
