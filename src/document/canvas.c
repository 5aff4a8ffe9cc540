/* SPDX-License-Identifier: Apache-2.0 */
#include "document/canvas.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define RISE 0.38 /* middle of a Chinese character above its base line, in its size */

struct Canvas {
    Arena *arena;
    Buf file;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoContext *context;
    int pages;       /* begun so far */
    int outlines[4]; /* the last entry of each level, to hang the next below it */
};

struct CanvasText {
    PangoLayout *layout;
    Setting setting;
};

/* What offices have comes first, what Debian has last; Pango takes for each character the first
 * that has it. */
static const char *const families[FACE__COUNT] = {
    [FACE_SONG] = "SimSun,Noto Serif CJK SC,serif",
    [FACE_TITLE] = "FZXiaoBiaoSong-B05S,方正小标宋简体,STZhongsong,Noto Serif CJK SC,serif",
    [FACE_FANG] = "FangSong_GB2312,仿宋_GB2312,FangSong,STFangsong,Noto Serif CJK SC,serif",
    [FACE_HEI] = "SimHei,Noto Sans CJK SC,sans-serif",
    [FACE_KAI] = "KaiTi_GB2312,楷体_GB2312,KaiTi,STKaiti,AR PL KaitiM GB,Noto Serif CJK SC,serif",
};

/* Without a type as bold as the one that is asked for, the plain one of the same face is doubled:
 * titles are set in a bold Song where the real one is missing. */
static bool is_bold(const Setting *setting)
{
    return setting->is_bold || setting->face == FACE_TITLE;
}

/* ---- open and close ---- */

static void release(void *pointer)
{
    Canvas *canvas = pointer;
    g_object_unref(canvas->context);
    cairo_destroy(canvas->cairo);
    cairo_surface_destroy(canvas->surface);
}

static cairo_status_t take(void *buf, const unsigned char *bytes, unsigned size)
{
    buf_bytes(buf, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

static void describe(Canvas *canvas, const Paper *paper)
{
    cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_TITLE,
                                   str_c(canvas->arena, paper->title));
    cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_CREATOR, "tongxin");
    cairo_pdf_surface_set_metadata(
        canvas->surface, CAIRO_PDF_METADATA_CREATE_DATE,
        str_c(canvas->arena,
              STR(canvas->arena, day_text(canvas->arena, paper->made_on), "T00:00:00+08:00")));
}

static bool has_chinese(Canvas *canvas)
{
    Setting setting = sheet_setting(LANGUAGE_ZH, PAPER_TEXT, 0);
    CanvasText *text = canvas_text(canvas, S("国"), &setting, 100);
    return pango_layout_get_unknown_glyphs_count(text->layout) == 0;
}

bool canvas_open(Arena *arena, const Paper *paper, Canvas **ret_canvas, Err *err)
{
    Canvas *canvas = NEW(arena, Canvas);
    PangoFontMap *fonts = pango_cairo_font_map_new();
    *canvas = (Canvas){.arena = arena, .file = buf_open(arena), .pages = 1};
    canvas->surface = cairo_pdf_surface_create_for_stream(take, &canvas->file, SHEET_WIDTH / 20.0,
                                                          SHEET_HEIGHT / 20.0);
    canvas->cairo = cairo_create(canvas->surface);
    canvas->context = pango_font_map_create_context(fonts);
    g_object_unref(fonts);
    arena_defer(arena, release, canvas);
    describe(canvas, paper);
    pango_context_set_language(
        canvas->context,
        pango_language_from_string(paper->language == LANGUAGE_ZH ? "zh-cn" : "en"));
    pango_cairo_update_context(canvas->cairo, canvas->context);
    if (!has_chinese(canvas)) {
        (void)err_set(err, ERR_ENVIRONMENT, MSG_document_no_font);
        return false;
    }
    *ret_canvas = canvas;
    return true;
}

void canvas_page(Canvas *canvas)
{
    cairo_show_page(canvas->cairo);
    canvas->pages++;
}

bool canvas_close(Canvas *canvas, Str *ret_file, Err *err)
{
    cairo_show_page(canvas->cairo);
    cairo_surface_finish(canvas->surface);
    cairo_status_t status = cairo_status(canvas->cairo);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(canvas->surface);
    if (status != CAIRO_STATUS_SUCCESS || !buf_ok(&canvas->file)) {
        (void)err_set(err, ERR_INTERNAL, MSG_document_failed);
        return err_detail(err, str_from_c(cairo_status_to_string(status)));
    }
    *ret_file = buf_str(&canvas->file);
    return true;
}

/* ---- text ---- */

static void unref(void *object)
{
    g_object_unref(object);
}

static int pango_units(double points)
{
    return (int)(points * PANGO_SCALE);
}

static void set_font(PangoLayout *layout, const Setting *setting)
{
    PangoFontDescription *font = pango_font_description_new();
    PangoAttrList *attributes = pango_attr_list_new();
    pango_font_description_set_family_static(font, families[setting->face]);
    pango_font_description_set_absolute_size(font, pango_units(setting->size / 2.0));
    if (is_bold(setting))
        pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    if (setting->pitch != 0)
        pango_attr_list_insert(attributes,
                               pango_attr_letter_spacing_new(pango_units(setting->pitch / 20.0)));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

CanvasText *canvas_text(Canvas *canvas, Str text, const Setting *setting, double width)
{
    static const PangoAlignment alignments[] = {
        [ALIGN_BOTH] = PANGO_ALIGN_LEFT,
        [ALIGN_CENTRE] = PANGO_ALIGN_CENTER,
        [ALIGN_RIGHT] = PANGO_ALIGN_RIGHT,
        [ALIGN_LEFT] = PANGO_ALIGN_LEFT,
    };
    CanvasText *set = NEW(canvas->arena, CanvasText);
    PangoLayout *layout = pango_layout_new(canvas->context);
    *set = (CanvasText){layout, *setting};
    arena_defer(canvas->arena, unref, layout);
    set_font(layout, setting);
    pango_layout_set_width(layout, pango_units(width - setting->left / 20.0));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_indent(layout, pango_units(setting->indent / 20.0));
    pango_layout_set_alignment(layout, alignments[setting->align]);
    pango_layout_set_justify(layout, setting->align == ALIGN_BOTH);
    pango_layout_set_text(layout, text.n ? text.p : "", (int)text.n);
    return set;
}

int canvas_lines(const CanvasText *text)
{
    return pango_layout_get_line_count(text->layout);
}

static double line_start(const CanvasText *text, int line)
{
    PangoLayoutIter *iter = pango_layout_get_iter(text->layout);
    PangoRectangle place;
    while (line-- > 0 && pango_layout_iter_next_line(iter)) {
    }
    pango_layout_iter_get_line_extents(iter, NULL, &place);
    pango_layout_iter_free(iter);
    return (double)place.x / PANGO_SCALE;
}

void canvas_draw(Canvas *canvas, const CanvasText *text, int line, double x, double y)
{
    const Setting *setting = &text->setting;
    double base = y + setting->line / 40.0 + RISE * setting->size / 2.0;
    bool is_red = setting->color == SHEET_RED;
    cairo_set_source_rgb(canvas->cairo, is_red ? 1 : 0, 0, 0);
    cairo_move_to(canvas->cairo, x + setting->left / 20.0 + line_start(text, line), base);
    pango_cairo_show_layout_line(canvas->cairo, pango_layout_get_line_readonly(text->layout, line));
}

/* ---- the rest ---- */

void canvas_rule(Canvas *canvas, double from[2], double to[2], double thickness, int color)
{
    cairo_set_source_rgb(canvas->cairo, (color >> 16 & 255) / 255.0, (color >> 8 & 255) / 255.0,
                         (color & 255) / 255.0);
    cairo_set_line_width(canvas->cairo, thickness);
    cairo_move_to(canvas->cairo, from[0], from[1]);
    cairo_line_to(canvas->cairo, to[0], to[1]);
    cairo_stroke(canvas->cairo);
}

void canvas_code(Canvas *canvas, QrModules code, Str link, double x, double y, double side)
{
    double module = side / (code.size + 2 * QR_QUIET);
    Str uri = STR(canvas->arena, "uri='", link, "'");
    bool is_link = !str_has(link, S("'")) && !str_has(link, S("\\"));
    if (is_link)
        cairo_tag_begin(canvas->cairo, CAIRO_TAG_LINK, str_c(canvas->arena, uri));
    cairo_set_source_rgb(canvas->cairo, 0, 0, 0);
    for (int i = 0; i < code.size * code.size; i++) {
        if (code.is_dark[i])
            cairo_rectangle(canvas->cairo, x + (QR_QUIET + i % code.size) * module,
                            y + (QR_QUIET + i / code.size) * module, module, module);
    }
    cairo_fill(canvas->cairo);
    if (is_link)
        cairo_tag_end(canvas->cairo, CAIRO_TAG_LINK);
}

void canvas_outline(Canvas *canvas, Str text, double y, int level)
{
    int above = level > 1 ? canvas->outlines[level - 1] : CAIRO_PDF_OUTLINE_ROOT;
    Str place = STR(canvas->arena, "page=", canvas->pages, " pos=[0 ", (int)y, "]");
    int entry =
        cairo_pdf_surface_add_outline(canvas->surface, above, str_c(canvas->arena, text),
                                      str_c(canvas->arena, place), (cairo_pdf_outline_flags_t)0);
    for (int i = level; i < (int)COUNT_OF(canvas->outlines); i++)
        canvas->outlines[i] = entry;
}
