/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* A choice between literals made at run time is a pointer; write it with if. Must not compile. */
#include "write/html.h"

void show(Html *h, bool is_open);
void show(Html *h, bool is_open)
{
    HTML(h, is_open ? " open" : "");
}
