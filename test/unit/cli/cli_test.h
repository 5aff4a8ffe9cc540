/* SPDX-License-Identifier: Apache-2.0 */
/* cli_test.h - what the tests of this room share. */
#ifndef TONGXIN_CLI_TEST_H
#define TONGXIN_CLI_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"

#define assert_str(a, b) assert_true(str_eq((a), (b)))

/* A new folder that the test may fill; left for the system to clean. */
static inline Str test_folder(Arena *arena)
{
    char *path = arena_copy(arena, "/tmp/tongxin-cli-XXXXXX", 24);
    assert_non_null(mkdtemp(path));
    return str_from_c(path);
}

static inline void test_write(Arena *arena, Str folder, const char *name, const char *text)
{
    FILE *file = fopen(str_c(arena, STR(arena, folder, "/", name)), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

#endif
