/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/base64.h"

#define PAD 64

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

void base64_write(Buf *buf, Str bytes)
{
    for (size_t i = 0; i < bytes.n; i += 3) {
        uint32_t three = 0;
        size_t have = MIN(bytes.n - i, 3);
        for (size_t j = 0; j < 3; j++)
            three = three << 8 | (j < have ? (uint8_t)bytes.p[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            buf_byte(buf, alphabet[j <= have ? (three >> (18 - 6 * j)) & 63 : PAD]);
    }
}

static int digit_of(char c)
{
    const char *found = memchr(alphabet, c, PAD);
    return found ? (int)(found - alphabet) : -1;
}

/* Four characters, `have` of them digits (2 to 4), to have - 1 bytes. */
static bool parse_four(Buf *buf, const char *four, size_t have)
{
    uint32_t bits = 0;
    for (size_t j = 0; j < 4; j++) {
        int digit = j < have ? digit_of(four[j]) : 0;
        if (digit < 0)
            return false;
        bits = bits << 6 | (uint32_t)digit;
    }
    for (size_t j = 0; j < have - 1; j++)
        buf_byte(buf, (char)(bits >> (16 - 8 * j)));
    /* Bits behind the last byte must be zero, or one value could be written in two ways. */
    return (bits & ((UINT32_C(1) << (8 * (4 - have))) - 1)) == 0;
}

bool base64_parse(Arena *arena, Str text, Str *ret_bytes)
{
    Buf buf = buf_open(arena);
    size_t digits = text.n;
    if (text.n % 4 != 0)
        return false;
    for (int i = 0; i < 2 && digits > 0 && text.p[digits - 1] == '='; i++)
        digits--;
    for (size_t i = 0; i < text.n; i += 4) {
        if (!parse_four(&buf, text.p + i, MIN(digits - i, 4)))
            return false;
    }
    *ret_bytes = buf_str(&buf);
    return true;
}
