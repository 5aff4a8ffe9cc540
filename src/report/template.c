/* SPDX-License-Identifier: Apache-2.0 */
/* A template's Markdown as blocks of pieces. */
#include "report/briefing.h"

/* ---- slots ---- */

static BriefingSlot slot_of(Str source)
{
    Slot slot = slot_parse(source);
    return (BriefingSlot){.type = slot.type,
                          .source = source,
                          .name = slot.name,
                          .other_name = slot.other_name,
                          .step = slot.step,
                          .word = slot.word,
                          .at = slot.at,
                          .in = slot.in,
                          .figure = -1,
                          .other = -1,
                          .text = source};
}

/* ---- pieces ---- */

static void add_text(Arena *arena, BriefingBlock *block, Str text, int cell)
{
    if (text.n)
        *vec_push(arena, &block->pieces) = (BriefingPiece){.text = text, .slot = -1, .cell = cell};
}

static void add_pieces(Arena *arena, BriefingText *text, BriefingBlock *block, Str line, int cell)
{
    size_t at = 0;
    Str before, source;
    while (slot_next(line, &at, &before, &source)) {
        add_text(arena, block, before, cell);
        *vec_push(arena, &block->pieces) =
            (BriefingPiece){.slot = (int)text->slots.n, .cell = cell};
        *vec_push(arena, &text->slots) = slot_of(source);
    }
    add_text(arena, block, str_slice(line, at, line.n), cell);
}

/* ---- blocks ---- */

static BriefingBlock *block_open(Arena *arena, BriefingText *text, BriefingBlockType type,
                                 int level)
{
    BriefingBlock *block = vec_push(arena, &text->blocks);
    *block = (BriefingBlock){.type = type, .level = level, .n_cells = 1};
    return block;
}

/* |---|:--:|: the row above is the head. */
static bool is_rule(Str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != '|' && line.p[i] != '-' && line.p[i] != ':' && line.p[i] != ' ')
            return false;
    return str_has(line, S("-"));
}

static void add_row(Arena *arena, BriefingText *text, Str line)
{
    BriefingBlock *last = text->blocks.n ? &text->blocks.p[text->blocks.n - 1] : NULL;
    Str rest = str_slice(line, 1, line.n), cell;
    if (is_rule(line)) {
        if (last && last->type == BRIEFING_ROW)
            last->level = 1;
        return;
    }
    BriefingBlock *block = block_open(arena, text, BRIEFING_ROW, 0);
    block->n_cells = 0;
    while (str_next(&rest, '|', &cell))
        add_pieces(arena, text, block, str_trim(cell), block->n_cells++);
}

static int heading_level(Str line)
{
    int level = 0;
    while ((size_t)level < line.n && line.p[level] == '#')
        level++;
    bool heading = level >= 1 && level <= 6 && (size_t)level < line.n && line.p[level] == ' ';
    return heading ? level : 0;
}

static bool is_ascii(char byte)
{
    return (unsigned char)byte < 0x80;
}

/* A line that goes on with the paragraph before it. */
static void join_line(Arena *arena, Str *paragraph, Str line)
{
    bool space = paragraph->n && is_ascii(paragraph->p[paragraph->n - 1]) && is_ascii(line.p[0]);
    *paragraph = paragraph->n ? STR(arena, *paragraph, space ? " " : "", line) : line;
}

static void end_paragraph(Arena *arena, BriefingText *text, Str *paragraph)
{
    if (paragraph->n)
        add_pieces(arena, text, block_open(arena, text, BRIEFING_PARAGRAPH, 0), *paragraph, 0);
    *paragraph = S("");
}

BriefingText briefing_parse(Arena *arena, Str markdown)
{
    BriefingText text = {0};
    Str line, paragraph = {0};
    while (str_next(&markdown, '\n', &line)) {
        line = str_trim(line);
        int level = heading_level(line);
        bool item = str_starts(line, S("- ")) || str_starts(line, S("* "));
        bool row = str_starts(line, S("|"));
        if (line.n && !level && !item && !row) {
            join_line(arena, &paragraph, line);
            continue;
        }
        end_paragraph(arena, &text, &paragraph);
        if (level)
            add_pieces(arena, &text, block_open(arena, &text, BRIEFING_HEADING, level),
                       str_trim(str_slice(line, (size_t)level, line.n)), 0);
        else if (item)
            add_pieces(arena, &text, block_open(arena, &text, BRIEFING_ITEM, 0),
                       str_trim(str_slice(line, 2, line.n)), 0);
        else if (row)
            add_row(arena, &text, line);
    }
    end_paragraph(arena, &text, &paragraph);
    return text;
}

/* ---- back to Markdown ---- */

static void write_piece(Buf *buf, const BriefingText *text, const BriefingPiece *piece)
{
    buf_add(buf, piece->slot < 0 ? piece->text : text->slots.p[piece->slot].text);
}

static void write_row(Buf *buf, const BriefingText *text, const BriefingBlock *block)
{
    size_t at = 0;
    for (int cell = 0; cell < block->n_cells; cell++) {
        TEXT(buf, "| ");
        for (; at < block->pieces.n && block->pieces.p[at].cell == cell; at++)
            write_piece(buf, text, &block->pieces.p[at]);
        TEXT(buf, " ");
    }
    TEXT(buf, "|\n");
    for (int cell = 0; block->level && cell < block->n_cells; cell++)
        TEXT(buf, "|---", cell + 1 == block->n_cells ? "|\n" : "");
}

static void write_block(Buf *buf, const BriefingText *text, const BriefingBlock *block)
{
    if (block->type == BRIEFING_ROW) {
        write_row(buf, text, block);
        return;
    }
    for (int i = 0; block->type == BRIEFING_HEADING && i < block->level; i++)
        buf_byte(buf, '#');
    if (block->type != BRIEFING_PARAGRAPH)
        buf_add(buf, block->type == BRIEFING_ITEM ? S("- ") : S(" "));
    for (size_t i = 0; i < block->pieces.n; i++)
        write_piece(buf, text, &block->pieces.p[i]);
    buf_byte(buf, '\n');
}

Str briefing_markdown(Arena *arena, const BriefingText *text)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < text->blocks.n; i++) {
        const BriefingBlock *block = &text->blocks.p[i];
        bool goes_on = i > 0 && block->type == text->blocks.p[i - 1].type &&
                       (block->type == BRIEFING_ITEM || block->type == BRIEFING_ROW);
        if (i > 0 && !goes_on)
            buf_byte(&buf, '\n');
        write_block(&buf, text, block);
    }
    return buf_str(&buf);
}
