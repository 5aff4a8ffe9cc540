/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err_line.h"

static void an_error_comes_back_as_it_went(void **state)
{
    Arena *arena = arena_open();
    Err err = {0}, back = {0};
    (void)state;
    (void)err_set(&err, ERR_WRONG, MSG_import_file_large, S("第\t3\n"), S("b"), S("c"));
    Str line = err_line_write(arena, &err);
    assert_true(str_eq(line, S("wrong\timport_file_large\t第 3 \tb\tc\n")));
    assert_true(err_line_parse(line, &back));
    assert_int_equal(back.code, ERR_WRONG);
    assert_int_equal(back.message, MSG_import_file_large);
    assert_true(str_eq(back.args[0], S("第 3 ")));
    assert_true(str_eq(back.args[2], S("c")));
    arena_close(arena);
}

static void what_is_no_such_line_is_refused(void **state)
{
    static const Str lines[] = {
        S_CONST(""),
        S_CONST("\n"),
        S_CONST("wrong\n"),
        S_CONST("wrong\timport_file_large\t3"),
        S_CONST("wrong\tno_such_key\t3\n"),
        S_CONST("none\timport_file_large\t3\n"),
        S_CONST("wrong\timport_file_large\t1\t2\t3\t4\n"),
        S_CONST("wrong\timport_file_large\t1\nmore\n"),
        S_CONST("wrong\timport_file_large\t\xff\n"),
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        Err err = {0};
        assert_false(err_line_parse(lines[i], &err));
        assert_int_equal(err.code, ERR_NONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_comes_back_as_it_went),
        cmocka_unit_test(what_is_no_such_line_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
