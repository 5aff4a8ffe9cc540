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

static void columns_share_the_width(void **state)
{
    static const Str few[] = {S_CONST("镇"), S_CONST("很长很长很长很长很长的说明")};
    static const Str one[] = {S_CONST("合计")};
    PaperBlock rows[] = {{.type = PAPER_ROW, .cells = few, .n_cells = 2},
                         {.type = PAPER_ROW, .cells = one, .n_cells = 1}};
    int widths[PAPER_CELLS_MAX];
    (void)state;
    assert_int_equal(sheet_columns(rows, 2, 1000, widths), 2);
    assert_int_equal(widths[0] + widths[1], 1000);
    assert_true(widths[0] > 100 && widths[1] > 3 * widths[0]);
    rows[0].n_cells = 0;
    rows[1].n_cells = 0;
    assert_int_equal(sheet_columns(rows, 2, 1000, widths), 1);
    assert_int_equal(widths[0], 1000);
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
