/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base_test.h"

static void test_all_of_it_is_written(void **state UNUSED)
{
    char read_back[16] = "";
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_true(file_put(ends[1], S("twelve bytes")));
    assert_true(file_put(ends[1], S("")));
    assert_int_equal(read(ends[0], read_back, sizeof read_back), 12);
    assert_string_equal(read_back, "twelve bytes");
    close(ends[0]);
    close(ends[1]);
}

static void test_a_full_disk_says_what_to_do(void **state UNUSED)
{
    Err err = {0};
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    assert_false(file_put(full, S("x")));
    assert_false(file_put_failed(MSG_cannot_write_file, S("sheet.csv"), &err));
    assert_int_equal(err.code, ERR_DISK_FULL);
    assert_int_equal(err.hint, MSG_db_disk_full_hint);
    close(full);
}

static void test_a_folder_can_be_synced_and_a_file_is_none(void **state UNUSED)
{
    assert_true(file_sync_folder("/tmp"));
    assert_false(file_sync_folder("/dev/null"));
    assert_false(file_sync_folder("/no-such-folder"));
}

static void test_any_other_failure_is_of_the_environment(void **state UNUSED)
{
    Err err = {0};
    int closed = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_false(file_put(closed, S("x")));
    assert_false(file_put_failed(MSG_cannot_write_file, S("sheet.csv"), &err));
    assert_int_equal(err.code, ERR_ENVIRONMENT);
    assert_int_equal(err.hint, MSG_db_read_failed_hint);
    close(closed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_of_it_is_written),
        cmocka_unit_test(test_a_full_disk_says_what_to_do),
        cmocka_unit_test(test_a_folder_can_be_synced_and_a_file_is_none),
        cmocka_unit_test(test_any_other_failure_is_of_the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
