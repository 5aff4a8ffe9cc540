/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/sheet.h"

#define CHARACTER 315 /* of size 3, squeezed so that 28 fit, in twentieths of a point */

static void chinese_is_twice_as_wide(void **state)
{
    (void)state;
    assert_int_equal(sheet_halves(S("")), 0);
    assert_int_equal(sheet_halves(S("2023年3月5日")), 4 + 2 + 1 + 2 + 1 + 2);
    assert_int_equal(sheet_halves(S("——（）")), 8);
    assert_int_equal(sheet_halves(S("caf\xc3\xa9")), 4);
}

static void the_mark_fits_on_a_line(void **state)
{
    static const Str names[] = {
        S_CONST("统战部"), S_CONST("中共某某市委统一战线工作部办公室"),
        S_CONST("某某市促进非公有制经济健康发展和非公有制经济人士健康成长领导小组"),
        S_CONST("United Front Work Department of the Municipal Committee")};
    (void)state;
    assert_int_equal(sheet_office_size(names[0]), 72);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        assert_true(sheet_halves(names[i]) * 5 * sheet_office_size(names[i]) <= SHEET_TYPE);
}

static int left_of(Str sign, Str date, size_t at)
{
    Arena *arena = arena_open();
    Paper paper = {.language = LANGUAGE_ZH};
    if (sign.n)
        paper_add(arena, &paper, PAPER_SIGN, sign);
    paper_add(arena, &paper, PAPER_DATE, date);
    int left = sheet_signed(&paper, at).left;
    arena_close(arena);
    return left;
}

/* 7.3.5.4: the date begins two characters right of who signs; the longer of the two ends two
 * characters before the edge. */
static void who_signs_and_the_date_stand_by_each_other(void **state)
{
    Str date = S("2023年3月5日"); /* 6 characters */
    (void)state;
    assert_int_equal(left_of(S("某某市政协办公室"), date, 0), SHEET_TYPE - (2 + 8) * CHARACTER);
    assert_int_equal(left_of(S("某某市政协办公室"), date, 1), SHEET_TYPE - 8 * CHARACTER);
    assert_int_equal(left_of(S("统战部"), date, 1), SHEET_TYPE - 8 * CHARACTER);
    assert_int_equal(left_of(S("统战部"), date, 1) - left_of(S("统战部"), date, 0), 2 * CHARACTER);
    assert_int_equal(left_of((Str){0}, date, 0), left_of(S("统战部"), date, 1));
    assert_int_equal(
        left_of(S("某某市促进非公有制经济健康发展和非公有制经济人士健康成长领导小组"), date, 0), 0);
}

static int columns_of(const Str *cells, size_t count, int *widths)
{
    PaperBlock row = {.type = PAPER_ROW, .cells = cells, .n_cells = count};
    return sheet_columns(LANGUAGE_ZH, &row, 1, widths);
}

static void columns_share_the_width(void **state)
{
    static const Str few[] = {S_CONST("镇"), S_CONST("12"), S_CONST("乡")};
    static const Str uneven[] = {
        S_CONST("日志号"), S_CONST("很长很长很长很长很长很长很长很长很长很长很长的说明"),
        S_CONST("很长很长很长很长很长很长很长很长很长很长很长的说明"), S_CONST("2023年")};
    int widths[PAPER_CELLS_MAX];
    (void)state;
    assert_int_equal(columns_of(few, 3, widths), 3);
    assert_int_equal(widths[0] + widths[1] + widths[2], SHEET_TYPE);
    assert_in_range(widths[0], SHEET_TYPE / 3 - 1, SHEET_TYPE / 3 + 1);
    /* What is short has all it needs; what is long divides the rest. */
    assert_int_equal(columns_of(uneven, 4, widths), 4);
    assert_int_equal(widths[0] + widths[1] + widths[2] + widths[3], SHEET_TYPE);
    assert_true(widths[0] >= 3 * 240 && widths[3] >= 3 * 240);
    assert_true(widths[1] > 2500 && widths[2] >= widths[1] && widths[2] <= widths[1] + 1);
    assert_int_equal(columns_of(few, 0, widths), 1);
    assert_int_equal(widths[0], SHEET_TYPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_is_twice_as_wide),
        cmocka_unit_test(the_mark_fits_on_a_line),
        cmocka_unit_test(who_signs_and_the_date_stand_by_each_other),
        cmocka_unit_test(columns_share_the_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
