/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "child/child.h"

#define MB ((size_t)1024 * 1024)

static ChildJob job_of(const char *verb, Str input)
{
    return (ChildJob){.verb = verb,
                      .input = input,
                      .output_max = 8 * MB,
                      .memory_max = 64 * MB,
                      .cpu_seconds = 1,
                      .deadline_ms = 5000};
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How many descriptors this process has, and that no child of it is left. */
static int files_open(void)
{
    int count = 0;
    for (int file = 0; file < 1024; file++)
        count += fcntl(file, F_GETFD) >= 0;
    return count;
}

static void assert_reaped(int files)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    assert_int_equal(files_open(), files);
}

static void bytes_go_through_whole(void **state)
{
    static const size_t sizes[] = {0, 1, 65536, 3 * MB + 7};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        Arena *arena = arena_open();
        char *bytes = arena_alloc(arena, sizes[i] + 1);
        int files = files_open();
        Str output;
        Err err = {0};
        for (size_t at = 0; at < sizes[i]; at++)
            bytes[at] = (char)(at * 7 + at / 251);
        ChildJob job = job_of("echo", (Str){bytes, sizes[i]});
        assert_true(child_run(arena, &job, &output, &err));
        assert_true(str_eq(output, job.input));
        /* Both directions at once, more out than in. */
        job = job_of("double", (Str){bytes, sizes[i]});
        assert_true(child_run(arena, &job, &output, &err));
        assert_int_equal(output.n, 2 * sizes[i]);
        assert_reaped(files);
        arena_close(arena);
    }
}

static void a_child_finds_nothing_of_ours(void **state)
{
    Arena *arena = arena_open();
    int leak = open("/dev/null", O_RDONLY); /* without close-on-exec, as a library might */
    ChildJob job = job_of("look", S("x"));
    sigset_t term;
    Str output;
    Err err = {0};
    (void)state;
    (void)sigemptyset(&term);
    (void)sigaddset(&term, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &term, NULL);
    assert_true(child_run(arena, &job, &output, &err));
    (void)sigprocmask(SIG_UNBLOCK, &term, NULL);
    assert_true(str_starts(output, S("env 0 files 3 folder / pipe 1 blocked 0 group 1\n")));
    assert_true(str_has(output, S(" cpu 1 file 0 core 0\n")));
#if !defined(__SANITIZE_ADDRESS__)
    assert_true(str_has(output, STR(arena, "\nmemory ", 64 * MB, " cpu")));
#endif
    (void)close(leak);
    arena_close(arena);
}

static void what_goes_wrong_ends_the_child(void **state)
{
    static const struct {
        const char *verb;
        ErrCode code;
        MessageId message;
        int deadline_ms;
    } rows[] = {
        {"hang", ERR_UNAVAILABLE, MSG_child_late, 100},
        {"mute", ERR_UNAVAILABLE, MSG_child_late, 100},
        {"spin", ERR_UNAVAILABLE, MSG_child_late, 20000}, /* its second of processor time */
        {"chatter", ERR_UNAVAILABLE, MSG_child_late, 300},
        {"flood", ERR_TOO_LARGE, MSG_child_large, 20000},
        {"die", ERR_INTERNAL, MSG_child_failed, 5000},
        {"refuse", ERR_WRONG, MSG_document_input_wrong, 5000},
        {"mumble", ERR_INTERNAL, MSG_child_failed, 5000},
#if !defined(__SANITIZE_ADDRESS__)
        {"eat", ERR_INTERNAL, MSG_child_failed, 5000},
#endif
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Arena *arena = arena_open();
        ChildJob job = job_of(rows[i].verb, S("input"));
        int files = files_open();
        int64_t began = now_ms();
        Str output = S("untouched");
        Err err = {0};
        job.deadline_ms = rows[i].deadline_ms;
        assert_false(child_run(arena, &job, &output, &err));
        assert_int_equal(err.code, rows[i].code);
        assert_int_equal(err.message, rows[i].message);
        assert_true(str_eq(output, S("untouched")));
        assert_true(now_ms() - began < 10000);
        assert_reaped(files);
        arena_close(arena);
    }
}

static void what_it_complained_is_told(void **state)
{
    Arena *arena = arena_open();
    ChildJob job = job_of("refuse", S(""));
    Str output;
    Err err = {0};
    (void)state;
    assert_false(child_run(arena, &job, &output, &err));
    assert_true(str_has(err_message(arena, &err, LANGUAGE_EN), S("Line 12 ")));
    job = job_of("mumble", S(""));
    assert_false(child_run(arena, &job, &output, &err));
    assert_true(str_has(str_from_c(err.detail), S("mumble: exit 1 something is wrong")));
    arena_close(arena);
}

static void a_child_need_not_read_all_it_is_given(void **state)
{
    Arena *arena = arena_open();
    Str input = {arena_alloc(arena, 8 * MB), 8 * MB};
    ChildJob job = job_of("deaf", input);
    Str output;
    Err err = {0};
    (void)state;
    assert_true(child_run(arena, &job, &output, &err));
    assert_true(str_eq(output, S("enough\n")));
    arena_close(arena);
}

static void a_missing_program_is_said(void **state)
{
    Arena *arena = arena_open();
    const char *stub = str_c(arena, str_from_c(getenv("TONGXIN_DOCUMENT")));
    ChildJob job = job_of("echo", S(""));
    Str output;
    Err err = {0};
    (void)state;
    assert_true(child_is_there());
    assert_int_equal(setenv("TONGXIN_DOCUMENT", "/nowhere/tongxin-document", 1), 0);
    assert_false(child_is_there());
    assert_false(child_run(arena, &job, &output, &err));
    assert_int_equal(err.code, ERR_ENVIRONMENT);
    assert_int_equal(err.message, MSG_child_missing);
    assert_int_equal(err.hint, MSG_child_missing_hint);
    /* Without a name it stands beside the program that runs: not here. */
    assert_int_equal(unsetenv("TONGXIN_DOCUMENT"), 0);
    assert_false(child_is_there());
    assert_int_equal(setenv("TONGXIN_DOCUMENT", stub, 1), 0);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_go_through_whole),
        cmocka_unit_test(a_child_finds_nothing_of_ours),
        cmocka_unit_test(what_goes_wrong_ends_the_child),
        cmocka_unit_test(what_it_complained_is_told),
        cmocka_unit_test(a_child_need_not_read_all_it_is_given),
        cmocka_unit_test(a_missing_program_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
