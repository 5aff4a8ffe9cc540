/* SPDX-License-Identifier: Apache-2.0 */
/* Which characters a file has. Adapter of iconv. */
#include <errno.h>
#include <iconv.h>

#include "base/utf8.h"
#include "import/grid.h"

static const Str words[GRID_ENCODING__COUNT] = {S_CONST(""), S_CONST("utf-8"), S_CONST("gb18030"),
                                                S_CONST("utf-16")};

Str grid_encoding_word(GridEncoding encoding)
{
    return words[encoding];
}

MessageId grid_encoding_label(GridEncoding encoding)
{
    static const MessageId labels[GRID_ENCODING__COUNT] = {
        MSG_none, MSG_import_encoding_utf8, MSG_import_encoding_gb18030, MSG_import_encoding_utf16};
    return labels[encoding];
}

GridEncoding grid_encoding_of(Str word)
{
    for (int i = GRID_UTF8; i < GRID_ENCODING__COUNT; i++)
        if (str_eq(words[i], word))
            return (GridEncoding)i;
    return GRID_ANY;
}

/* False with the byte at which the text cannot go on. */
static bool convert(Arena *arena, const char *from, Str bytes, Str *ret_text, size_t *ret_at)
{
    iconv_t converter = iconv_open("UTF-8", from);
    size_t room = bytes.n * 3 + 16, left = bytes.n;
    char *out = arena_room(arena, room), *to = out;
    char *in = (char *)(uintptr_t)bytes.p;
    bool done;
    ASSERT(converter != (iconv_t)-1);
    done = iconv(converter, &in, &left, &to, &room) != (size_t)-1 && left == 0;
    iconv_close(converter);
    *ret_at = bytes.n - left;
    if (done)
        *ret_text = (Str){out, (size_t)(to - out)};
    return done;
}

static bool no_text(Arena *arena, size_t at, Err *err)
{
    err_set(err, ERR_WRONG, MSG_import_no_text, STR(arena, at + 1));
    return err_hint(err, MSG_import_no_text_hint);
}

static bool all_between(Str text, uint32_t least, uint32_t most)
{
    uint32_t point;
    while (utf8_next(&text, &point))
        if (point >= 0x80 && (point < least || point > most))
            return false;
    return true;
}

/* "é" in "café" stands alone between ASCII; Chinese comes in words. */
static bool any_alone(Str text)
{
    uint32_t point;
    size_t run = 0;
    while (utf8_next(&text, &point)) {
        if (point < 0x80 && run == 1)
            return true;
        run = point < 0x80 ? 0 : run + 1;
    }
    return run == 1;
}

/* Two-byte characters of GBK may by chance be letters of Latin, Greek, Cyrillic or Arabic in UTF-8.
 * A sheet of nothing but such letters that reads as common Chinese is Chinese. */
static bool reads_better(Arena *arena, Str text, Str *ret_text)
{
    Str chinese;
    size_t at;
    if (utf8_count(text) == text.n || !all_between(text, 0x80, 0x7FF) || any_alone(text) ||
        !convert(arena, "GB18030", text, &chinese, &at) || !all_between(chinese, 0x4E00, 0x9FFF))
        return false;
    *ret_text = chinese;
    return true;
}

/* ---- what a file is ---- */

static bool take_utf16(Arena *arena, Str bytes, Str *ret_text, Err *err)
{
    const char *from = str_starts(bytes, S("\xff\xfe")) ? "UTF-16LE" : "UTF-16BE";
    size_t at;
    return convert(arena, from, str_slice(bytes, 2, bytes.n), ret_text, &at) ||
           no_text(arena, at + 2, err);
}

static bool take_utf8(Arena *arena, Str bytes, Str *ret_text, Err *err)
{
    size_t mark = str_starts(bytes, S("\xef\xbb\xbf")) ? 3 : 0;
    Str text = str_slice(bytes, mark, bytes.n);
    if (utf8_check(text) < text.n)
        return no_text(arena, utf8_check(text) + mark, err);
    *ret_text = text;
    return true;
}

static bool take_gb18030(Arena *arena, Str bytes, Str *ret_text, Err *err)
{
    size_t at;
    return convert(arena, "GB18030", bytes, ret_text, &at) || no_text(arena, at, err);
}

/* A mark decides; else good UTF-8 is that, unless it reads better as Chinese. */
static GridEncoding found(Arena *arena, Str bytes)
{
    Str text;
    if (str_starts(bytes, S("\xff\xfe")) || str_starts(bytes, S("\xfe\xff")))
        return GRID_UTF16;
    if (str_starts(bytes, S("\xef\xbb\xbf")))
        return GRID_UTF8;
    if (utf8_check(bytes) < bytes.n || reads_better(arena, bytes, &text))
        return GRID_GB18030;
    return GRID_UTF8;
}

bool grid_text(Arena *arena, Str bytes, GridEncoding *encoding, Str *ret_text, Err *err)
{
    static bool (*const takers[])(Arena *, Str, Str *, Err *) = {NULL, take_utf8, take_gb18030,
                                                                 take_utf16};
    if (*encoding == GRID_ANY || *encoding == GRID_UTF16)
        *encoding = found(arena, bytes);
    return takers[*encoding](arena, bytes, ret_text, err);
}
