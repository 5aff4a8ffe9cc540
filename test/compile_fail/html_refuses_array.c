/* SPDX-License-Identifier: Apache-2.0 */
/* Nor in an array. Must not compile. */
#include "write/html.h"

void show(Html *h, char byte);
void show(Html *h, char byte)
{
    char user[8] = {byte};
    HTML(h, "<p>", user, "</p>");
}
