/* SPDX-License-Identifier: Apache-2.0 */
/* expect: must be a string literal | _Generic */
/* A double has no defined digits; figures are scaled integers. Must not compile. */
#include "write/html.h"

void show(Html *h, double rate);
void show(Html *h, double rate)
{
    HTML(h, rate);
}
