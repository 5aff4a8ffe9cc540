/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* Nor are unsigned bytes. Must not compile. */
#include "write/html.h"

void show(Html *h, unsigned char *user);
void show(Html *h, unsigned char *user)
{
    HTML(h, "<p>", user, "</p>");
}
