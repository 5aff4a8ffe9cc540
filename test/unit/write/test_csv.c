/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "write/csv.h"

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

static void rows_follow_rfc_4180_with_a_byte_order_mark(void **state)
{
    Buf buf = buf_open(*state);
    Csv csv = csv_open(&buf);
    csv_str(&csv, S("编号"));
    csv_str(&csv, S("引\"号\",\n"));
    csv_str(&csv, S("c"));
    csv_str(&csv, S("d"));
    csv_row_end(&csv);
    csv_empty(&csv);
    csv_instant(&csv, 0);
    csv_instant(&csv, day_start(day_from_civil((CivilDate){2026, 3, 5})));
    csv_str(&csv, S(""));
    csv_row_end(&csv);
    assert_true(str_eq(buf_str(&buf), S("\xef\xbb\xbf"
                                        "\"编号\",\"引\"\"号\"\",\n\",\"c\",\"d\"\r\n"
                                        ",,2026-03-05T00:00:00+08:00,\"\"\r\n")));
}

static void formulas_are_disarmed_and_numbers_left_alone(void **state)
{
    static const struct {
        Str text;
        Str cell;
    } CASES[] = {
        {S_CONST("=1+1"), S_CONST("\"'=1+1\"")},
        {S_CONST("+86 10"), S_CONST("\"'+86 10\"")},
        {S_CONST("-1+2"), S_CONST("\"'-1+2\"")},
        {S_CONST("-"), S_CONST("\"'-\"")},
        {S_CONST("--5"), S_CONST("\"'--5\"")},
        {S_CONST("-1.2.3"), S_CONST("\"'-1.2.3\"")},
        {S_CONST("@SUM(A1)"), S_CONST("\"'@SUM(A1)\"")},
        {S_CONST("\t=1"), S_CONST("\"'\t=1\"")},
        {S_CONST("\r=1"), S_CONST("\"'\r=1\"")},
        {S_CONST("\n=1"), S_CONST("\"'\n=1\"")},
        {S_CONST("＝1"), S_CONST("\"'＝1\"")},
        {S_CONST("-5"), S_CONST("\"-5\"")},
        {S_CONST("+3.5"), S_CONST("\"+3.5\"")},
        {S_CONST("a=1"), S_CONST("\"a=1\"")},
        {S_CONST("2026"), S_CONST("\"2026\"")},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Buf buf = buf_open(*state);
        Csv csv = csv_open(&buf);
        csv_str(&csv, CASES[i].text);
        assert_true(str_eq(str_slice(buf_str(&buf), 3, SIZE_MAX), CASES[i].cell));
    }
}

#define with_arena(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

static void what_was_guarded_is_given_back(void **state)
{
    static const char *const texts[] = {"=1", "'=1", "''@x", "'-5", "-5", "'a", "", "'", "\t1"};
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Buf buf = buf_open(arena);
        Csv csv = csv_open(&buf);
        Str cell, text = str_from_c(texts[i]);
        csv_str(&csv, text);
        cell = str_slice(buf_str(&buf), 4, buf.n - 1); /* mark and quotes */
        assert_true(str_eq(csv_unguard(cell), text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_arena(rows_follow_rfc_4180_with_a_byte_order_mark),
        with_arena(formulas_are_disarmed_and_numbers_left_alone),
        with_arena(what_was_guarded_is_given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
