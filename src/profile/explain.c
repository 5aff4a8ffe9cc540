/* SPDX-License-Identifier: Apache-2.0 */
/* How a mistake is shown: place, sentence, the line, a caret under the column, a hint. */
#include "profile/load.h"

#include "base/utf8.h"

#define LINE_SHOWN_MAX 300 /* bytes */

/* Columns a character takes on a terminal: 2 for East Asian wide and full-width forms, 0 for
 * combining marks (Unicode UAX #11; the ranges that occur in Chinese office text). */
static int display_width(uint32_t point)
{
    static const struct {
        uint32_t from, to;
    } wide[] = {
        {0x1100, 0x115f},   {0x2e80, 0x303e}, {0x3041, 0x33ff}, {0x3400, 0x4dbf},
        {0x4e00, 0x9fff},   {0xa000, 0xa4cf}, {0xac00, 0xd7a3}, {0xf900, 0xfaff},
        {0xfe30, 0xfe4f},   {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1faff},
        {0x20000, 0x3fffd},
    };
    if ((point >= 0x300 && point <= 0x36f) || point == 0x200b || point == 0xfeff)
        return 0;
    for (size_t i = 0; i < COUNT_OF(wide); i++) {
        if (point >= wide[i].from && point <= wide[i].to)
            return 2;
    }
    return 1;
}

/* Tabs are kept as tabs so that the caret moves with them. */
static void write_caret(Buf *buf, Str line, int column)
{
    uint32_t point;
    Str rest = line;
    for (int i = 1; i < column && utf8_next(&rest, &point); i++) {
        if (point == '\t')
            buf_byte(buf, '\t');
        for (int j = 0; point != '\t' && j < display_width(point); j++)
            buf_byte(buf, ' ');
    }
    buf_add(buf, S("^\n"));
}

static Str shown(Str line)
{
    size_t end = MIN(line.n, LINE_SHOWN_MAX);
    if (utf8_check(line) != line.n)
        return (Str){0};
    while (end < line.n && ((uint8_t)line.p[end] & 0xc0) == 0x80)
        end--;
    return str_slice(line, 0, end);
}

static void write_one(Buf *buf, const Diagnostic *diagnostic, Language language)
{
    Position at = diagnostic->position;
    Arena *arena = buf->arena;
    Str line = shown(diagnostic->line_text);
    TEXT(buf, at.file, ":", at.line, ":", at.column, ": ", message(MSG_profile_error, language),
         ": ", message_fill(arena, diagnostic->message, language, diagnostic->args, 3), "\n");
    if (line.n > 0) {
        TEXT(buf, "    ", line, "\n    ");
        write_caret(buf, line, at.column);
    }
    if (diagnostic->hint != MSG_none)
        TEXT(buf, "    ", message(MSG_profile_hint, language), ": ",
             message_fill(arena, diagnostic->hint, language, diagnostic->hint_args, 2), "\n");
}

void diagnostics_write(Buf *buf, const Diagnostics *diagnostics, Language language)
{
    for (size_t i = 0; i < diagnostics->n; i++)
        write_one(buf, &diagnostics->p[i], language);
}
