/* SPDX-License-Identifier: Apache-2.0 */
#include "document/picture.h"

#include <cairo.h>

#define PIXELS 8 /* a module */

static cairo_status_t take(void *buf, const unsigned char *bytes, unsigned size)
{
    buf_bytes(buf, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

static void draw(cairo_t *cairo, QrModules code)
{
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (int i = 0; i < code.size * code.size; i++) {
        if (code.is_dark[i])
            cairo_rectangle(cairo, (QR_QUIET + i % code.size) * PIXELS,
                            (QR_QUIET + i / code.size) * PIXELS, PIXELS, PIXELS);
    }
    cairo_fill(cairo);
}

Str picture_code(Arena *arena, QrModules code)
{
    Buf buf = buf_open(arena);
    int side = (code.size + 2 * QR_QUIET) * PIXELS;
    if (code.size == 0)
        return buf_str(&buf);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cairo = cairo_create(surface);
    draw(cairo, code);
    cairo_destroy(cairo);
    if (cairo_surface_write_to_png_stream(surface, take, &buf) != CAIRO_STATUS_SUCCESS)
        buf_clear(&buf);
    cairo_surface_destroy(surface);
    return buf_str(&buf);
}
