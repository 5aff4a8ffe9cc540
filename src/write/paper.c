/* SPDX-License-Identifier: Apache-2.0 */
#include "write/paper.h"

#include "base/utf8.h"

static const Str types[PAPER__COUNT] = {
    [PAPER_OFFICE] = S_CONST("office"),   [PAPER_NUMBER] = S_CONST("number"),
    [PAPER_TITLE] = S_CONST("title"),     [PAPER_NOTE] = S_CONST("note"),
    [PAPER_HEADING] = S_CONST("heading"), [PAPER_TEXT] = S_CONST("text"),
    [PAPER_ITEM] = S_CONST("item"),       [PAPER_ROW] = S_CONST("row"),
    [PAPER_SIGN] = S_CONST("sign"),       [PAPER_DATE] = S_CONST("date"),
    [PAPER_CODE] = S_CONST("code"),       [PAPER_SMALL] = S_CONST("small"),
};
static const Str languages[LANGUAGE__COUNT] = {S_CONST("zh"), S_CONST("en")};

Str paper_type_name(PaperType type)
{
    ASSERT((unsigned)type < PAPER__COUNT);
    return types[type];
}

void paper_add(Arena *arena, Paper *paper, PaperType type, Str text)
{
    *vec_push(arena, &paper->blocks) = (PaperBlock){.type = type, .text = text};
}

void paper_row(Arena *arena, Paper *paper, bool is_head, const Str *cells, size_t n_cells)
{
    *vec_push(arena, &paper->blocks) = (PaperBlock){.type = PAPER_ROW,
                                                    .level = is_head,
                                                    .cells = cells,
                                                    .n_cells = MIN(n_cells, PAPER_CELLS_MAX)};
}

/* ---- writing ---- */

static Str cell_name(Arena *arena, size_t cell)
{
    Buf buf = buf_open(arena);
    TEXT(&buf, "cell.");
    buf_int_padded(&buf, (int64_t)cell, 2);
    return buf_str(&buf);
}

static void set_text(Arena *arena, Values *line, Str name, Str text)
{
    values_set(arena, line, name, text.n ? value_text(text) : VALUE_NOTHING);
}

static void write_block(Buf *buf, const PaperBlock *block)
{
    Values line = {0};
    set_text(buf->arena, &line, S("type"), types[block->type]);
    set_text(buf->arena, &line, S("text"), block->text);
    set_text(buf->arena, &line, S("link"), block->link);
    if (block->level)
        values_set(buf->arena, &line, S("level"), value_int(block->level));
    if (block->n_cells)
        values_set(buf->arena, &line, S("cells"), value_int((int64_t)block->n_cells));
    for (size_t i = 0; i < block->n_cells; i++)
        set_text(buf->arena, &line, cell_name(buf->arena, i), block->cells[i]);
    values_write(buf, &line);
    buf_byte(buf, '\n');
}

void paper_write(Buf *buf, const Paper *paper)
{
    Values line = {0};
    set_text(buf->arena, &line, S("type"), S("paper"));
    set_text(buf->arena, &line, S("language"), languages[paper->language]);
    set_text(buf->arena, &line, S("title"), paper->title);
    set_text(buf->arena, &line, S("mark"), paper->mark);
    if (paper->made_on)
        values_set(buf->arena, &line, S("made_on"), value_int(paper->made_on));
    values_write(buf, &line);
    buf_byte(buf, '\n');
    for (size_t i = 0; i < paper->blocks.n; i++)
        write_block(buf, &paper->blocks.p[i]);
}

/* ---- reading ---- */

static bool find_name(const Str *names, int count, Str name, int *ret_index)
{
    for (int i = 0; i < count; i++) {
        if (str_eq(names[i], name)) {
            *ret_index = i;
            return true;
        }
    }
    return false;
}

static bool is_clean(const Values *line)
{
    for (size_t i = 0; i < line->n; i++) {
        Str text = line->p[i].value.text;
        if (line->p[i].value.type == VALUE_TEXT && !utf8_is_clean(text))
            return false;
    }
    return true;
}

static bool parse_head(const Values *line, Paper *paper)
{
    int language;
    if (!str_eq(values_text(line, S("type")), S("paper")) ||
        !find_name(languages, LANGUAGE__COUNT, values_text(line, S("language")), &language))
        return false;
    paper->language = (Language)language;
    paper->title = values_text(line, S("title"));
    paper->mark = values_text(line, S("mark"));
    paper->made_on = (Day)values_int(line, S("made_on"));
    return true;
}

static bool parse_block(Arena *arena, const Values *line, Paper *paper)
{
    int type;
    int64_t level = values_int(line, S("level")), n_cells = values_int(line, S("cells"));
    if (!find_name(types, PAPER__COUNT, values_text(line, S("type")), &type) || level < 0 ||
        level > 3 || n_cells < 0 || n_cells > PAPER_CELLS_MAX)
        return false;
    Str *cells = NEW_ARRAY(arena, Str, (size_t)n_cells);
    for (size_t i = 0; i < (size_t)n_cells; i++)
        cells[i] = values_text(line, cell_name(arena, i));
    *vec_push(arena, &paper->blocks) = (PaperBlock){.type = (PaperType)type,
                                                    .level = (int)level,
                                                    .text = values_text(line, S("text")),
                                                    .link = values_text(line, S("link")),
                                                    .cells = cells,
                                                    .n_cells = (size_t)n_cells};
    return true;
}

static bool wrong_line(Arena *arena, int64_t number, Err *err)
{
    return err_set(err, ERR_WRONG, MSG_document_input_wrong, STR(arena, number));
}

bool paper_parse(Arena *arena, Str text, Paper *ret_paper, Err *err)
{
    Paper paper = {0};
    int64_t number = 0;
    for (Str line; str_next(&text, '\n', &line);) {
        Values values;
        number++;
        if (!values_parse(arena, line, &values, NULL) || !is_clean(&values) ||
            !(number == 1 ? parse_head(&values, &paper) : parse_block(arena, &values, &paper)))
            return wrong_line(arena, number, err);
    }
    if (number == 0)
        return wrong_line(arena, 1, err);
    *ret_paper = paper;
    return true;
}
