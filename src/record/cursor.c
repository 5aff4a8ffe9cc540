/* SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"
#include "record/record_query.h"

#define CURSOR_MAX 64

/* What the page was sorted by. */
static Str cursor_order(const ListQuery *query)
{
    switch (query->order) {
    case LIST_DUE:
        return S("d");
    case LIST_OLDEST:
        return query->published ? S("op") : S("o");
    case LIST_NEWEST:
        break;
    }
    return query->published ? S("np") : S("n");
}

Str cursor_write(Arena *arena, const ListQuery *query, Cursor cursor)
{
    return STR(arena, cursor_order(query), "_", cursor.sort, "_", cursor.id);
}

bool cursor_parse(const ListQuery *query, Cursor *ret_cursor, Err *err)
{
    Str rest = query->after, order, sort;
    Cursor cursor = {.is_set = true};
    if (rest.n == 0) {
        *ret_cursor = (Cursor){0};
        return true;
    }
    if (rest.n > CURSOR_MAX || !str_next(&rest, '_', &order) ||
        !str_eq(order, cursor_order(query)) || !str_next(&rest, '_', &sort) ||
        !int_parse(sort, &cursor.sort) || !int_parse(rest, &cursor.id))
        return err_set(err, ERR_BAD_REQUEST, MSG_list_bad_cursor);
    *ret_cursor = cursor;
    return true;
}
