/* SPDX-License-Identifier: Apache-2.0 */
/* base_test.h - what the tests of src/base share. */
#ifndef TONGXIN_BASE_TEST_H
#define TONGXIN_BASE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/random.h"

/* `actual` has exactly these bytes; shows both texts when not. */
static inline void assert_str(Str actual, Str expected)
{
    if (str_eq(actual, expected))
        return;
    print_error("found    \"%.*s\"\nexpected \"%.*s\"\n", (int)actual.n, actual.p, (int)expected.n,
                expected.p);
    fail();
}

/* `run(argument)` in a child process ends it by abort(). */
static inline void assert_aborts(void (*run)(void *argument), void *argument)
{
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        run(argument);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

#endif
