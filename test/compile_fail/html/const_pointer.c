/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* Text from elsewhere as const char * is not markup. Must not compile. */
#include "write/html.h"

void show(Html *h, const char *user);
void show(Html *h, const char *user)
{
    HTML(h, "<p>", user, "</p>");
}
