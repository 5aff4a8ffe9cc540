/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <iconv.h>

#include "base/buf.h"
#include "base/random.h"
#include "import/grid.h"
#include "write/piece.h"

static Arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

#define read_bytes(literal) read_str(S(literal))

static Grid read_str(Str bytes)
{
    Grid grid = {0};
    Err err = {0};
    if (!grid_read_csv(arena, bytes, GRID_ANY, &grid, &err))
        fail_msg("%s", str_c(arena, err_message(arena, &err, LANGUAGE_EN)));
    return grid;
}

static void assert_cell(const Grid *grid, size_t row, size_t column, const char *expected)
{
    assert_true(row < grid->rows.n && column < grid->rows.p[row].n);
    assert_string_equal(str_c(arena, grid->rows.p[row].cells[column]), expected);
}

static void test_the_separator_is_what_the_titles_have(void **state)
{
    Grid comma = read_bytes("a,b;c\r\n1,2\r\n"), semicolon = read_bytes("a;\"b,,,\"\n1;2,3");
    Grid tab = read_bytes("a\tb\r1\t2");
    (void)state;
    assert_cell(&comma, 0, 1, "b;c");
    assert_cell(&semicolon, 1, 1, "2,3");
    assert_cell(&tab, 1, 1, "2");
}

static void test_quotes_and_lines(void **state)
{
    Grid grid = read_bytes("a,b\n\n\"say \"\"yes\"\"\r\nor no\",\" 2 \"\n,,\nlast,");
    (void)state;
    assert_int_equal(grid.rows.n, 3);
    assert_cell(&grid, 1, 0, "say \"yes\"\nor no");
    assert_cell(&grid, 1, 1, "2");
    assert_int_equal(grid.rows.p[1].number, 3);
    assert_int_equal(grid.rows.p[2].number, 5);
    assert_int_equal(grid.rows.p[2].n, 1);
}

static void test_guards_of_exports_are_taken_off(void **state)
{
    Grid grid = read_bytes("a,b,c,d\n'=1+1,''=1+1,'-5,-5");
    (void)state;
    assert_cell(&grid, 1, 0, "=1+1");
    assert_cell(&grid, 1, 1, "'=1+1");
    assert_cell(&grid, 1, 2, "'-5");
    assert_cell(&grid, 1, 3, "-5");
}

static Str encode(const char *to, Str text)
{
    iconv_t converter = iconv_open(to, "UTF-8");
    size_t room = text.n * 4 + 16, left = text.n;
    char *out = arena_alloc(arena, room), *at = out, *in = (char *)(uintptr_t)text.p;
    assert_int_not_equal(iconv(converter, &in, &left, &at, &room), (size_t)-1);
    iconv_close(converter);
    return (Str){out, (size_t)(at - out)};
}

static void test_characters_are_found_out(void **state)
{
    Str text = S("主题,区域\r\n𠀀会,铜官区\r\n");
    Grid plain = read_str(text), marked = read_str(STR(arena, "\xef\xbb\xbf", text));
    Grid chinese = read_str(encode("GB18030", text));
    Grid wide = read_str(STR(arena, "\xff\xfe", encode("UTF-16LE", text)));
    Grid big = read_str(STR(arena, "\xfe\xff", encode("UTF-16BE", text)));
    const Grid *all[] = {&plain, &marked, &chinese, &wide, &big};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        assert_cell(all[i], 0, 0, "主题");
        assert_cell(all[i], 1, 0, "𠀀会");
        assert_cell(all[i], 1, 1, "铜官区");
    }
}

/* What was chosen is what is read, and what was found out is said. */
static void test_an_encoding_can_be_chosen(void **state)
{
    Str chinese = encode("GB18030", S("学习,a\n学校,b\n"));
    Grid found = read_str(chinese), chosen, marked = read_bytes("\xef\xbb\xbf学习,a\n");
    Err err = {0};
    (void)state;
    assert_int_equal(found.encoding, GRID_GB18030);
    assert_int_equal(marked.encoding, GRID_UTF8);
    assert_true(grid_read_csv(arena, chinese, GRID_UTF8, &chosen, &err));
    assert_int_equal(chosen.encoding, GRID_UTF8);
    assert_string_not_equal(str_c(arena, chosen.rows.p[0].cells[0]), "学习");
    assert_false(grid_read_csv(arena, S("学习会,a\n"), GRID_GB18030, &chosen, &err));
    for (int i = GRID_UTF8; i < GRID_ENCODING__COUNT; i++)
        assert_int_equal(grid_encoding_of(grid_encoding_word((GridEncoding)i)), i);
    assert_int_equal(grid_encoding_of(S("latin1")), GRID_ANY);
}

/* 学习 and 学校 in GBK are valid UTF-8 by chance. */
static void test_chinese_that_could_be_letters_is_chinese(void **state)
{
    Grid grid = read_str(encode("GB18030", S("学习,a\n学校,b\n")));
    Grid letters = read_bytes("café,µ\nnaïve,x\n");
    (void)state;
    assert_cell(&grid, 0, 0, "学习");
    assert_cell(&letters, 0, 0, "café");
}

static void assert_refused(Str bytes, const char *sentence)
{
    Grid grid;
    Err err = {0};
    assert_false(grid_read_csv(arena, bytes, GRID_ANY, &grid, &err));
    assert_string_equal(str_c(arena, err_message(arena, &err, LANGUAGE_EN)), sentence);
}

static Str repeated(const char *text, size_t count)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < count; i++)
        buf_add(&buf, str_from_c(text));
    return buf_str(&buf);
}

static void test_what_is_no_sheet_is_refused(void **state)
{
    (void)state;
    assert_refused(S(""), "There is nothing in the file");
    assert_refused(S("\n,,\n"), "There is nothing in the file");
    assert_refused(S("ab\xff\xffz"), "Byte 3 of the file is not text");
    assert_refused(S("\xef\xbb\xbf"
                     "a\xff"),
                   "Byte 5 of the file is not text");
    assert_refused(S("a,b\n1,\"2\n3,4"), "The quotation mark in row 2, column B is not closed");
    assert_refused(S("a,b\n1,x\001"),
                   "There are invisible control characters in row 2, column B; please remove them");
    assert_refused(repeated("a,", 300), "Row 1 has more than 200 columns");
    assert_refused(repeated("a\n", GRID_ROWS_MAX + 1),
                   "A file may have at most 10000 rows; please split it");
    assert_refused(STR(arena, "a,\"", repeated("x", GRID_CELL_MAX + 1), "\""),
                   "The cell in row 1, column B is too long");
    assert_refused(repeated("x", GRID_BYTES_MAX + 1),
                   "A file may have at most 8 MB; please split it");
}

static void test_columns_have_the_names_of_spreadsheets(void **state)
{
    (void)state;
    assert_string_equal(str_c(arena, sheet_column(arena, 1)), "A");
    assert_string_equal(str_c(arena, sheet_column(arena, 26)), "Z");
    assert_string_equal(str_c(arena, sheet_column(arena, 27)), "AA");
    assert_string_equal(str_c(arena, sheet_column(arena, 703)), "AAA");
}

/* Any cells, written and read again, are the same. */
static void test_what_is_written_is_read(void **state)
{
    static const char *const bits[] = {"\"", ",", ";", "\n", "'",  "=", "-",  "@", "1",
                                       "甲", "x", " ", "\t", "＝", "+", "．", ".", "é"};
    RandomSource random = random_seeded(7);
    (void)state;
    for (int round = 0; round < 2000; round++) {
        Grid grid = {0}, again;
        for (int64_t number = 1; number < 5; number++) {
            Str *cells = NEW_ARRAY(arena, Str, 4);
            for (size_t i = 0; i < 4; i++) {
                Str text = S("");
                for (uint64_t n = random_below(&random, 5); n > 0; n--)
                    text = STR(arena, text, bits[random_below(&random, COUNT_OF(bits))]);
                cells[i] = str_trim(text);
            }
            cells[3] = S("end");
            *vec_push(arena, &grid.rows) = (GridRow){number, cells, 4};
        }
        again = read_str(grid_write_csv(arena, &grid));
        for (size_t row = 0; row < 4; row++)
            for (size_t i = 0; i < 4; i++)
                assert_cell(&again, row, i, str_c(arena, grid.rows.p[row].cells[i]));
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_separator_is_what_the_titles_have),
        cmocka_unit_test(test_quotes_and_lines),
        cmocka_unit_test(test_guards_of_exports_are_taken_off),
        cmocka_unit_test(test_characters_are_found_out),
        cmocka_unit_test(test_an_encoding_can_be_chosen),
        cmocka_unit_test(test_chinese_that_could_be_letters_is_chinese),
        cmocka_unit_test(test_what_is_no_sheet_is_refused),
        cmocka_unit_test(test_columns_have_the_names_of_spreadsheets),
        cmocka_unit_test(test_what_is_written_is_read),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
