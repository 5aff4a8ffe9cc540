/* SPDX-License-Identifier: Apache-2.0 */
/* The counterpart of the refusals: everything HTML() takes. Must compile. */
#include "write/html.h"

void show(Html *h, Str title, Url url, int64_t count, size_t rows, bool is_open);
void show(Html *h, Str title, Url url, int64_t count, size_t rows, bool is_open)
{
    static const Str constant = S_CONST("a");
    HTML(h, "<a href=\"", url, "\">", title, "</a>", count, rows, 7, constant);
    HTML(h, "<p>"
            "two literals in one piece"
            "</p>");
    HTML(h, T(h, MSG_none), S("text"));
    if (is_open)
        HTML(h, " open");
}
