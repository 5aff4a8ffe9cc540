/* SPDX-License-Identifier: Apache-2.0 */
#include <qrencode.h>

#include "write/qr.h"

QrModules qr_modules(Arena *arena, Str text)
{
    QRcode *code = NULL;
    if (text.n > 0 && text.n <= QR_TEXT_MAX)
        code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (!code)
        return (QrModules){0};
    size_t count = (size_t)code->width * (size_t)code->width;
    char *is_dark = arena_copy(arena, code->data, count);
    for (size_t i = 0; i < count; i++)
        is_dark[i] &= 1;
    QrModules modules = {code->width, is_dark};
    QRcode_free(code);
    return modules;
}

/* Neighbours in a row as one rectangle: no seams between them, and a third of the bytes. */
static void write_row(Html *h, const char *row, int size, int y)
{
    for (int x = 0, end; x < size; x = end + 1) {
        for (end = x; end < size && row[end]; end++) {
        }
        if (end > x)
            HTML(h, "M", x, " ", y, "h", end - x, "v1h-", end - x, "z");
    }
}

void html_qr(Html *h, Str text, Str label)
{
    QrModules code = qr_modules(h->buf->arena, text);
    if (code.size == 0)
        return;
    int size = code.size + 2 * QR_QUIET;
    HTML(h, "<svg class=\"qr\" viewBox=\"", -QR_QUIET, " ", -QR_QUIET, " ", size, " ", size,
         "\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"", label, "\"><path d=\"");
    for (int y = 0; y < code.size; y++)
        write_row(h, code.is_dark + y * code.size, code.size, y);
    HTML(h, "\"/></svg>");
}
