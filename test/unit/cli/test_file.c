/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/file.h"

#include "cli_test.h"

static void a_sheet_has_columns_by_name(void **state)
{
    Arena *arena = arena_open();
    Str folder = test_folder(arena);
    Sheet sheet;
    Err err = {0};
    (void)state;
    test_write(arena, folder, "a.tsv",
               "# comment\ncode\tname\tparent\r\nTL\t铜陵市\n\n# more\nTL-BGS\t办公室\tTL\r\n");
    assert_true(sheet_read(arena, path_join(arena, folder, S("a.tsv")), &sheet, &err));
    assert_int_equal(sheet.rows.n, 2);
    assert_str(sheet_cell(&sheet, 0, S("name")), S("铜陵市"));
    assert_str(sheet_cell(&sheet, 0, S("parent")), S(""));
    assert_str(sheet_cell(&sheet, 1, S("parent")), S("TL"));
    assert_str(sheet_cell(&sheet, 1, S("no_such_column")), S(""));
    arena_close(arena);
}

static void what_is_no_text_is_refused(void **state)
{
    Arena *arena = arena_open();
    Str folder = test_folder(arena), text;
    Err err = {0};
    (void)state;
    test_write(arena, folder, "bad", "\xff\xfe");
    test_write(arena, folder, "mark", "\xef\xbb\xbfx");
    assert_false(file_read(arena, path_join(arena, folder, S("bad")), 100, &text, &err));
    assert_int_equal(err.code, ERR_WRONG);
    assert_false(file_read(arena, path_join(arena, folder, S("none")), 100, &text, &err));
    assert_int_equal(err.code, ERR_ENVIRONMENT);
    assert_false(file_read(arena, path_join(arena, folder, S("mark")), 3, &text, &err));
    assert_true(file_read(arena, path_join(arena, folder, S("mark")), 4, &text, &err));
    assert_str(text, S("x"));
    arena_close(arena);
}

static void keys_are_copied_only_whole_and_only_once(void **state)
{
    Arena *arena = arena_open();
    Str folder = test_folder(arena);
    Str from = path_join(arena, folder, S("keys")), to = path_join(arena, folder, S("copy"));
    Err err = {0};
    (void)state;
    test_write(arena, folder, "keys", "0123456789");
    assert_false(file_copy_private(arena, from, to, 11, &err));
    assert_false(file_copy_private(arena, from, to, 9, &err));
    assert_true(file_copy_private(arena, from, to, 10, &err));
    assert_false(file_copy_private(arena, from, to, 10, &err));
    arena_close(arena);
}

static void paths_join_with_one_slash(void **state)
{
    Arena *arena = arena_open();
    (void)state;
    assert_str(path_join(arena, S("a/"), S("b")), S("a/b"));
    assert_str(path_join(arena, S("a"), S("b")), S("a/b"));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_has_columns_by_name),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(keys_are_copied_only_whole_and_only_once),
        cmocka_unit_test(paths_join_with_one_slash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
