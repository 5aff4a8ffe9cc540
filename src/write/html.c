/* SPDX-License-Identifier: Apache-2.0 */
#include "write/html.h"

/* What stands for a byte in HTML; an empty entry means the byte itself. &#39; because &apos; is
 * not HTML 4, and old office viewers are. */
static const Str ESCAPES[256] = {
    ['&'] = S_CONST("&amp;"),  ['<'] = S_CONST("&lt;"),   ['>'] = S_CONST("&gt;"),
    ['"'] = S_CONST("&quot;"), ['\''] = S_CONST("&#39;"),
};

Html html_open(Buf *buf, Language language)
{
    return (Html){.buf = buf, .language = language};
}

/* None of eight bytes is escaped. `|` folds pairs that differ in one bit: & and ', < and >. Where a
 * byte of a pattern is zero after taking it away, its top bit shows (wrong alarms are harmless). */
static bool eight_are_plain(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t quotes = eight ^ ones * '"';
    uint64_t ands = (eight | ones) ^ ones * '\'';
    uint64_t angles = (eight | ones * 2) ^ ones * '>';
    return (((quotes - ones) | (ands - ones) | (angles - ones)) & ~eight & tops) == 0;
}

/* Bytes that need no escape, up to the last eight; those overlap with what was seen. */
static size_t plain_size(Str text)
{
    size_t at = 0;
    for (; text.n - at > 8; at += 8)
        if (!eight_are_plain(str_eight((Str){text.p + at, 8})))
            return at;
    size_t last = text.n > 8 ? text.n - 8 : 0;
    return eight_are_plain(str_eight((Str){text.p + last, text.n - last})) ? text.n : at;
}

void html_text(Html *h, Str text)
{
    size_t from = 0, i = plain_size(text);
    while (i < text.n) {
        Str escape = ESCAPES[(unsigned char)text.p[i++]];
        if (escape.n == 0)
            continue;
        buf_bytes(h->buf, text.p + from, i - 1 - from);
        buf_add(h->buf, escape);
        from = i;
        i += plain_size((Str){text.p + i, text.n - i});
    }
    if (from < text.n)
        buf_bytes(h->buf, text.p + from, text.n - from);
}

void html_int(Html *h, int64_t number)
{
    buf_int(h->buf, number);
}

void html_url(Html *h, Url url)
{
    html_text(h, url_text(&url));
}

void html_count(Html *h, int64_t number)
{
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    uint64_t unit = 1;
    while (rest / unit >= 1000)
        unit *= 1000;
    if (number < 0)
        buf_byte(h->buf, '-');
    buf_int(h->buf, (int64_t)(rest / unit));
    for (unit /= 1000; unit > 0; unit /= 1000) {
        buf_byte(h->buf, ',');
        buf_int_padded(h->buf, (int64_t)(rest / unit % 1000), 3);
    }
}

void html_lines(Html *h, Str text)
{
    Str line;
    bool first = true;
    while (str_next(&text, '\n', &line)) {
        if (!first)
            html_literal(h, "<br>");
        first = false;
        html_text(h, str_ends(line, S("\r")) ? str_slice(line, 0, line.n - 1) : line);
    }
}

void html_label(Html *h, Label label)
{
    html_text(h, label_text(label, h->language));
}

Str html_say(const Html *h, MessageId id, Str a, Str b, Str c)
{
    Str sentence = message(id, h->language);
    if (!str_has(sentence, S("{")))
        return sentence;
    return message_fill(h->buf->arena, id, h->language, (const Str[]){a, b, c}, 3);
}
