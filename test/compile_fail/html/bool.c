/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* A truth value is not text; say it in words. Must not compile. */
#include "write/html.h"

void show(Html *h, bool is_open);
void show(Html *h, bool is_open)
{
    HTML(h, is_open);
}
