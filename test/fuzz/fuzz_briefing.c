/* SPDX-License-Identifier: Apache-2.0 */
/* Any text as a briefing's: every piece and slot stands where it says, nothing is written twice,
 * and the Markdown that comes back has the same slots. */
#include "base/utf8.h"
#include "fuzz.h"
#include "report/briefing.h"

static void check_slot(const BriefingSlot *slot)
{
    bool figure = slot->type != SLOT_PERIOD && slot->type != SLOT_EACH && slot->type != SLOT_BROKEN;
    bool full = slot->type == SLOT_FULL; /* of another figure, or of a coverage by itself */
    Day from = 1, to = 0;
    ASSERT(slot->source.n >= 2 && slot->source.n <= SLOT_BYTES_MAX + 1);
    ASSERT(figure == (slot->name.n > 0));
    ASSERT(full || (slot->type == SLOT_RATIO) == (slot->other_name.n > 0));
    ASSERT((slot->type != SLOT_ROUND && slot->type != SLOT_NEAR) || slot->step > 0);
    if (slot_days(slot->in, &from, &to))
        ASSERT(from <= to && to - from < 366);
}

static size_t block_bytes(const BriefingText *text, const BriefingBlock *block)
{
    size_t bytes = 0;
    for (size_t i = 0; i < block->pieces.n; i++) {
        const BriefingPiece *piece = &block->pieces.p[i];
        ASSERT(piece->slot < (int)text->slots.n && piece->cell >= 0);
        ASSERT(piece->cell < block->n_cells);
        bytes += piece->slot < 0 ? piece->text.n : text->slots.p[piece->slot].source.n;
    }
    return bytes;
}

void fuzz_one(Arena *arena, Str input)
{
    BriefingText text = briefing_parse(arena, input), again;
    size_t bytes = 0;
    for (size_t i = 0; i < text.slots.n; i++)
        check_slot(&text.slots.p[i]);
    for (size_t i = 0; i < text.blocks.n; i++)
        bytes += block_bytes(&text, &text.blocks.p[i]);
    ASSERT(bytes <= input.n); /* lines are joined with at most the space that ended them */
    Str markdown = briefing_markdown(arena, &text);
    again = briefing_parse(arena, markdown);
    ASSERT(again.slots.n == text.slots.n);
    ASSERT(utf8_check(input) != input.n || utf8_check(markdown) == markdown.n);
}
