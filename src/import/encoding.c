/* SPDX-License-Identifier: Apache-2.0 */
/* Which characters a file has. Adapter of iconv. */
#include <errno.h>
#include <iconv.h>

#include "base/utf8.h"
#include "import/grid.h"

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

bool grid_text(Arena *arena, Str bytes, Str *ret_text, Err *err)
{
    size_t at;
    bool little = str_starts(bytes, S("\xff\xfe"));
    if (little || str_starts(bytes, S("\xfe\xff")))
        return convert(arena, little ? "UTF-16LE" : "UTF-16BE", str_slice(bytes, 2, bytes.n),
                       ret_text, &at) ||
               no_text(arena, at + 2, err);
    if (str_starts(bytes, S("\xef\xbb\xbf"))) {
        Str text = str_slice(bytes, 3, bytes.n);
        if (utf8_check(text) < text.n)
            return no_text(arena, utf8_check(text) + 3, err);
        *ret_text = text;
        return true;
    }
    if (utf8_check(bytes) < bytes.n)
        return convert(arena, "GB18030", bytes, ret_text, &at) || no_text(arena, at, err);
    if (!reads_better(arena, bytes, ret_text))
        *ret_text = bytes;
    return true;
}
