/* SPDX-License-Identifier: Apache-2.0 */
#include <qrencode.h>

#include "write/qr.h"

#define QUIET 4 /* empty modules on each side (section 9.1) */

static bool is_dark(const QRcode *code, int x, int y)
{
    return x < code->width && (code->data[y * code->width + x] & 1);
}

/* Neighbours in a row as one rectangle: no seams between them, and a third of the bytes. */
static void write_row(Html *h, const QRcode *code, int y)
{
    for (int x = 0, end; x < code->width; x = end + 1) {
        for (end = x; is_dark(code, end, y); end++) {
        }
        if (end > x)
            HTML(h, "M", x, " ", y, "h", end - x, "v1h-", end - x, "z");
    }
}

void html_qr(Html *h, Str text, Str label)
{
    QRcode *code = NULL;
    if (text.n > 0 && text.n <= QR_TEXT_MAX)
        code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (!code)
        return;
    int size = code->width + 2 * QUIET;
    HTML(h, "<svg class=\"qr\" viewBox=\"", -QUIET, " ", -QUIET, " ", size, " ", size,
         "\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"", label, "\"><path d=\"");
    for (int y = 0; y < code->width; y++)
        write_row(h, code, y);
    HTML(h, "\"/></svg>");
    QRcode_free(code);
}
