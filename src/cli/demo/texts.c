/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/number.h"
#include "cli/demo/scenario.h"

#define DEPTH_MAX 4

static void fill_into(Buf *buf, const Fill *fill, Str text, int depth);

/* What a hole says depends on the matter and the hole alone, so that title and body agree. */
static uint64_t draw(const Fill *fill, Str hole)
{
    RandomSource random = random_seeded(fill->matter->seed ^ str_hash(hole));
    return random_u64(&random);
}

/* "3-20" */
static bool hole_number(Buf *buf, const Fill *fill, Str hole)
{
    size_t dash = str_find(hole, S("-"), 0);
    int64_t least, most;
    if (dash == SIZE_MAX || !int_parse(str_slice(hole, 0, dash), &least) ||
        !int_parse(str_slice(hole, dash + 1, hole.n), &most) || most < least)
        return false;
    buf_int(buf, least + (int64_t)(draw(fill, hole) % (uint64_t)(most - least + 1)));
    return true;
}

/* "day", "day+30" */
static bool hole_day(Buf *buf, const Fill *fill, Str hole)
{
    int64_t days = 0;
    if (!str_starts(hole, S("day")) ||
        (hole.n > 3 && (hole.p[3] != '+' || !int_parse(str_slice(hole, 4, hole.n), &days))))
        return false;
    day_write(buf, day_of(fill->at) + (Day)days);
    return true;
}

/* What a form calls the record: its number, or its id where the kind has none. */
static void reference_add(Buf *buf, const StreamResult *result)
{
    if (result->number.n)
        buf_add(buf, result->number);
    else
        TEXT(buf, "#", result->record);
}

/* "link", "link2" */
static bool hole_link(Buf *buf, const Fill *fill, Str hole)
{
    int64_t which = 1;
    const Case *matter = fill->matter;
    if (!str_starts(hole, S("link")) ||
        (hole.n > 4 && !int_parse(str_slice(hole, 4, hole.n), &which)) || which < 1 ||
        which > (int64_t)matter->n_links)
        return false;
    reference_add(buf, &fill->plan->cases[matter->links[which - 1]].result);
    return true;
}

static bool hole_known(Buf *buf, const Fill *fill, Str hole)
{
    const Case *matter = fill->matter;
    if (str_eq(hole, S("number")))
        reference_add(buf, &matter->result);
    else if (str_eq(hole, S("nth")))
        buf_int(buf, matter->place + 1);
    else
        return hole_link(buf, fill, hole) || hole_number(buf, fill, hole) ||
               hole_day(buf, fill, hole);
    return true;
}

static void hole_fill(Buf *buf, const Fill *fill, Str hole, int depth)
{
    const Case *matter = fill->matter;
    Str cell = sheet_cell(matter->group->sheet, matter->row, hole);
    const StrVec *list = map_find(&fill->plan->scenario->words, hole);
    if (cell.n)
        fill_into(buf, fill, cell, depth + 1);
    else if (list)
        fill_into(buf, fill, list->p[draw(fill, hole) % list->n], depth + 1);
    else
        (void)hole_known(buf, fill, hole);
}

static void fill_into(Buf *buf, const Fill *fill, Str text, int depth)
{
    size_t at = 0;
    while (at < text.n && depth < DEPTH_MAX) {
        size_t open = str_find(text, S("{"), at);
        size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(text, S("}"), open);
        buf_add(buf, str_slice(text, at, close == SIZE_MAX ? text.n : open));
        if (close == SIZE_MAX)
            return;
        hole_fill(buf, fill, str_slice(text, open + 1, close), depth);
        at = close + 1;
    }
}

Str text_fill(Arena *arena, const Fill *fill, Str text)
{
    Buf buf = buf_open(arena);
    fill_into(&buf, fill, text, 0);
    return buf_str(&buf);
}
