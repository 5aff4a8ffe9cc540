/* SPDX-License-Identifier: Apache-2.0 */
#include "write/piece.h"

#include "base/number.h"

void piece_put(Buf *buf, char tag, Str text)
{
    buf_byte(buf, tag);
    buf_int(buf, (int64_t)text.n);
    buf_byte(buf, ':');
    buf_add(buf, text);
}

bool piece_next(Str *rest, Piece *ret_piece)
{
    size_t colon = str_find(*rest, S(":"), 0);
    int64_t n;
    if (colon == SIZE_MAX || colon < 2 || colon > 12 ||
        !int_parse(str_slice(*rest, 1, colon), &n) || n < 0 || (size_t)n > rest->n - colon - 1)
        return false;
    *ret_piece = (Piece){rest->p[0], str_slice(*rest, colon + 1, colon + 1 + (size_t)n)};
    *rest = str_slice(*rest, colon + 1 + (size_t)n, rest->n);
    return true;
}

Str sheet_column(Arena *arena, size_t column)
{
    char letters[16];
    size_t at = sizeof letters;
    for (; column > 0 && at > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    return str_dup(arena, (Str){letters + at, sizeof letters - at});
}
