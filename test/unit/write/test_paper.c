/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "write/paper.h"

static void a_description_comes_back_as_it_went(void **state)
{
    static const Str cells[] = {S_CONST("镇"), S_CONST(""), S_CONST("a\"b\\\n<c>")};
    Arena *arena = arena_open();
    Paper paper = {.language = LANGUAGE_EN, .title = S("标题"), .mark = S("草稿")}, back;
    Buf text = buf_open(arena), again = buf_open(arena);
    Err err = {0};
    (void)state;
    for (PaperType type = 0; type < PAPER__COUNT; type++)
        paper_add(arena, &paper, type, S("文 x"));
    paper.blocks.p[PAPER_HEADING].level = 2;
    paper.blocks.p[PAPER_CODE].link = S("https://example.org/?a=1&b=2");
    paper_row(arena, &paper, true, cells, COUNT_OF(cells));
    paper_write(&text, &paper);
    assert_true(paper_parse(arena, buf_str(&text), &back, &err));
    assert_int_equal(back.language, LANGUAGE_EN);
    assert_int_equal(back.blocks.n, PAPER__COUNT + 1);
    const PaperBlock *row = &back.blocks.p[PAPER__COUNT];
    assert_int_equal(row->level, 1);
    assert_int_equal(row->n_cells, 3);
    assert_true(str_eq(row->cells[2], cells[2]));
    paper_write(&again, &back);
    assert_true(str_eq(buf_str(&text), buf_str(&again)));
    arena_close(arena);
}

static void what_is_none_is_refused_with_its_line(void **state)
{
    static const struct {
        Str text, line;
    } rows[] = {
        {S_CONST(""), S_CONST("1")},
        {S_CONST("{\"type\":\"text\"}\n"), S_CONST("1")},
        {S_CONST("{\"type\":\"paper\"}\n"), S_CONST("1")},
        {S_CONST("{\"language\":\"de\",\"type\":\"paper\"}\n"), S_CONST("1")},
        {S_CONST("{\"language\":\"zh\",\"type\":\"paper\"}\nx\n"), S_CONST("2")},
        {S_CONST("{\"language\":\"zh\",\"type\":\"paper\"}\n{\"type\":\"no\"}\n"), S_CONST("2")},
        {S_CONST("{\"language\":\"zh\",\"type\":\"paper\"}\n{\"level\":9,\"type\":\"text\"}\n"),
         S_CONST("2")},
        {S_CONST("{\"language\":\"zh\",\"type\":\"paper\"}\n{\"cells\":33,\"type\":\"row\"}\n"),
         S_CONST("2")},
        {S_CONST("{\"language\":\"zh\",\"type\":\"paper\"}\n{\"cells\":-1,\"type\":\"row\"}\n"),
         S_CONST("2")},
        {S_CONST("{\"language\":\"zh\",\"type\":\"paper\"}\n{\"text\":\"\\u0001\",\"type\":"
                 "\"text\"}\n"),
         S_CONST("2")},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Arena *arena = arena_open();
        Paper paper;
        Err err = {0};
        assert_false(paper_parse(arena, rows[i].text, &paper, &err));
        assert_int_equal(err.message, MSG_document_input_wrong);
        assert_true(str_eq(err.args[0], rows[i].line));
        arena_close(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_description_comes_back_as_it_went),
        cmocka_unit_test(what_is_none_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
