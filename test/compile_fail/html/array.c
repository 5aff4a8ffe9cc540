/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* Nor in an array. Must not compile. */
#include "write/html.h"

void show(Html *h, char byte);
void show(Html *h, char byte)
{
    char user[8] = {byte};
    HTML(h, "<p>", user, "</p>");
}
