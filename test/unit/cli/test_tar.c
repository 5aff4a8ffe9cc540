/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/tar.h"

#include "cli/file.h"
#include "cli_test.h"

static Str archive_make(Arena *arena, Str folder, const char *const *texts, size_t count)
{
    Str path = path_join(arena, folder, S("a.tar"));
    Tar tar;
    Err err = {0};
    assert_true(tar_create(arena, path, &tar, &err));
    for (size_t i = 0; i < count; i++) {
        test_write(arena, folder, "in", texts[i]);
        assert_true(tar_add(arena, &tar, STR(arena, "file", (int64_t)i),
                            path_join(arena, folder, S("in")), &err));
    }
    assert_true(tar_finish(&tar, &err));
    return path;
}

static void what_went_in_comes_out(void **state)
{
    Arena *arena = arena_open();
    Str folder = test_folder(arena), name, text;
    char *block = arena_alloc(arena, 1025);
    const char *texts[] = {"", "x", memset(block, 'b', 1024)};
    Tar tar;
    uint64_t size;
    bool found;
    Err err = {0};
    (void)state;
    assert_true(tar_open(arena, archive_make(arena, folder, texts, 3), &tar, &err));
    for (size_t i = 0; i < 3; i++) {
        Str out = path_join(arena, folder, STR(arena, "out", (int64_t)i));
        assert_true(tar_next(arena, &tar, &name, &size, &found, &err));
        assert_true(found);
        assert_str(name, STR(arena, "file", (int64_t)i));
        assert_true(tar_take(arena, &tar, size, out, &err));
        assert_true(file_read(arena, out, 2000, &text, &err));
        assert_str(text, str_from_c(texts[i]));
    }
    assert_true(tar_next(arena, &tar, &name, &size, &found, &err));
    assert_false(found);
    tar_close(&tar);
    arena_close(arena);
}

static void an_archive_is_never_overwritten(void **state)
{
    Arena *arena = arena_open();
    Str folder = test_folder(arena);
    Tar tar;
    Err err = {0};
    (void)state;
    (void)archive_make(arena, folder, NULL, 0);
    assert_false(tar_create(arena, path_join(arena, folder, S("a.tar")), &tar, &err));
    assert_int_equal(err.code, ERR_CONFLICT);
    arena_close(arena);
}

static void a_cut_or_changed_archive_is_refused(void **state)
{
    Arena *arena = arena_open();
    Str folder = test_folder(arena), path, name;
    const char *texts[] = {"hello"};
    Tar tar;
    uint64_t size;
    bool found;
    Err err = {0};
    FILE *file;
    (void)state;
    path = archive_make(arena, folder, texts, 1);
    file = fopen(str_c(arena, path), "r+");
    assert_int_equal(fseek(file, 3, SEEK_SET), 0);
    assert_int_equal(fputc('Z', file), 'Z');
    assert_int_equal(fclose(file), 0);
    assert_true(tar_open(arena, path, &tar, &err));
    assert_false(tar_next(arena, &tar, &name, &size, &found, &err));
    assert_int_equal(err.code, ERR_WRONG);
    tar_close(&tar);
    assert_int_equal(truncate(str_c(arena, path), 100), 0);
    assert_true(tar_open(arena, path, &tar, &err));
    assert_false(tar_next(arena, &tar, &name, &size, &found, &err));
    tar_close(&tar);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_went_in_comes_out),
        cmocka_unit_test(an_archive_is_never_overwritten),
        cmocka_unit_test(a_cut_or_changed_archive_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
