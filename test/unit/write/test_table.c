/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "write/table.h"

static const TableColumn columns[] = {
    {S_CONST("title"), S_CONST("Title"), TABLE_TEXT, S_CONST("text"), NULL, 0},
    {S_CONST("amount"), S_CONST("Amount"), TABLE_NUMBER, S_CONST("in yuan"), NULL, 0},
    {S_CONST("day"), S_CONST("Day"), TABLE_DAY, S_CONST("a date"), NULL, 0},
    {S_CONST("at"), S_CONST("At"), TABLE_INSTANT, S_CONST("a moment"), NULL, 0},
};
static const TableHead head = {
    S_CONST("things"),
    S_CONST("Things"),
    columns,
    COUNT_OF(columns),
    {S_CONST("Definitions"), S_CONST("Column"), S_CONST("Field"), S_CONST("What it says")}};

static int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

static Str written(Arena *arena, TableFormat format)
{
    Buf buf = buf_open(arena), more = buf_open(arena);
    Table table = table_begin(&buf, format, &head);
    table_cell(&table, S("=1+1"));
    table_cell(&table, S("12.50"));
    table_cell(&table, S("2026-03-05"));
    table_instant(&table, day_start(day_from_civil((CivilDate){2026, 3, 5})));
    table_row_end(&table);
    table_onto(&table, &more);
    table_cell(&table, S("b"));
    table_cell(&table, S("***"));
    table_row_end(&table);
    table_end(&table, S("by office"));
    return STR(arena, buf_str(&buf), buf_str(&more));
}

static void a_csv_table_has_titles_and_rows_only(void **state)
{
    assert_string_equal(str_c(*state, written(*state, TABLE_CSV)),
                        "\xef\xbb\xbf\"Title\",\"Amount\",\"Day\",\"At\"\r\n"
                        "\"'=1+1\",\"12.50\",\"2026-03-05\",2026-03-05T00:00:00+08:00\r\n"
                        "\"b\",\"***\",,\r\n"
                        "\"by office\",,,\r\n");
}

static void a_json_table_says_what_it_means(void **state)
{
    assert_string_equal(str_c(*state, written(*state, TABLE_JSON)),
                        "{\"table\":\"things\",\"title\":\"Things\",\"definitions\":["
                        "{\"name\":\"title\",\"title\":\"Title\",\"means\":\"text\"},"
                        "{\"name\":\"amount\",\"title\":\"Amount\",\"means\":\"in yuan\"},"
                        "{\"name\":\"day\",\"title\":\"Day\",\"means\":\"a date\"},"
                        "{\"name\":\"at\",\"title\":\"At\",\"means\":\"a moment\"}],\"rows\":["
                        "{\"title\":\"=1+1\",\"amount\":12.5,\"day\":\"2026-03-05\","
                        "\"at\":\"2026-03-05T00:00:00+08:00\"},"
                        "{\"title\":\"b\",\"amount\":\"***\",\"day\":null,\"at\":null}],"
                        "\"note\":\"by office\"}\n");
}

static void cells_have_their_type_and_length(void **state)
{
    Str text = written(*state, TABLE_CELLS);
    assert_true(str_has(text, S("s6:Things")));
    assert_true(str_has(text, S("h6:Amountc6:amountk6:numberm7:in yuan")));
    assert_true(str_has(text, S("t4:=1+1n5:12.50d10:2026-03-05i25:2026-03-05T00:00:00+08:00r0:")));
    assert_true(str_has(text, S("t1:bt3:***t0:t0:r0:f9:by office")));
}

static void definitions_are_a_sheet_of_their_own(void **state)
{
    Buf buf = buf_open(*state);
    table_definitions(&buf, &head);
    assert_string_equal(str_c(*state, buf_str(&buf)),
                        "\xef\xbb\xbf\"Column\",\"Field\",\"What it says\"\r\n"
                        "\"Title\",\"title\",\"text\"\r\n\"Amount\",\"amount\",\"in yuan\"\r\n"
                        "\"Day\",\"day\",\"a date\"\r\n\"At\",\"at\",\"a moment\"\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_csv_table_has_titles_and_rows_only),
        cmocka_unit_test(a_json_table_says_what_it_means),
        cmocka_unit_test(cells_have_their_type_and_length),
        cmocka_unit_test(definitions_are_a_sheet_of_their_own),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
