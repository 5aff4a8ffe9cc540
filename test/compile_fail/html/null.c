/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* A null pointer is nothing to write. Must not compile. */
#include "write/html.h"

void show(Html *h);
void show(Html *h)
{
    HTML(h, NULL);
}
